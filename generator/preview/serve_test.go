package preview

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestServeEndsWithItsContext(t *testing.T) {
	before := runtime.NumGoroutine()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, New(l.Addr().(*net.TCPAddr).Port)) }()
	unused, err := net.Dial("tcp", l.Addr().String()) // as browsers open them in advance
	if err != nil {
		t.Fatal(err)
	}
	defer unused.Close()
	var ends []func()
	var streams []*bufio.Scanner
	for range 5 {
		_, lines, end := listen(t, l.Addr().String())
		expect(t, lines, "retry: 1000")
		ends, streams = append(ends, end), append(streams, lines)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("Serve did not return")
	}
	for _, lines := range streams {
		for lines.Scan() { // until the stream ends, which the server has done
		}
	}
	for _, end := range ends {
		end()
	}
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("the port still answers")
	}
	eventually(t, "no goroutine is left", func() bool { return runtime.NumGoroutine() <= before })
}

// So event streams end by themselves, before their connections are closed.
func TestRequestsAreOfTheContext(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	type key struct{}
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, "Serve"))
	defer cancel()
	go Serve(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Context().Value(key{})) }))
	if _, body := ask(t, l.Addr().String(), "GET / HTTP/1.1\nHost: HOST"); body != "Serve" {
		t.Errorf("the context of a request is not that of %s", body)
	}
}

func TestServeReportsABrokenListener(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := Serve(context.Background(), l, http.NotFoundHandler()); err == nil ||
		!strings.Contains(err.Error(), "use of closed") {
		t.Errorf("got %v", err)
	}
}

package preview

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// listen opens an event stream. Its request ends with the test, or with end.
func listen(t *testing.T, address string) (response *http.Response, lines *bufio.Scanner, end func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	response, err = transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	lines = bufio.NewScanner(response.Body)
	lines.Buffer(nil, 64<<20)
	return response, lines, func() { cancel(); response.Body.Close() }
}

// next returns the next event of a stream in one line.
func next(t *testing.T, lines *bufio.Scanner) string {
	t.Helper()
	var event []string
	for lines.Scan() {
		switch line := lines.Text(); {
		case line != "" && !strings.HasPrefix(line, ":"):
			event = append(event, line)
		case len(event) > 0:
			return strings.Join(event, " | ")
		}
	}
	t.Fatalf("the stream ended: %v", lines.Err())
	return ""
}

func expect(t *testing.T, lines *bufio.Scanner, want ...string) {
	t.Helper()
	for _, want := range want {
		if got := next(t, lines); got != want {
			t.Fatalf("got %q, expected %q", got, want)
		}
	}
}

func TestEventsSayWhatIsCurrent(t *testing.T) {
	p, address := start(t)
	p.Show([]byte(secret), "ONE")
	response, lines, _ := listen(t, address)
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("Content-Type %q", kind)
	}
	expect(t, lines, "retry: 1000", "event: page | data: ONE")
	p.Fail("error: a\n  | ^ \"b\" <c> \u2028")
	diagnostics := `event: diagnostics | data: {"text":"error: a\n  | ^ \"b\" \u003cc\u003e \u2028","version":"ONE"}`
	expect(t, lines, diagnostics)
	_, late, _ := listen(t, address)
	expect(t, late, "retry: 1000", diagnostics)
	p.Show([]byte(secret), "ONE")
	expect(t, lines, "event: page | data: ONE")
	expect(t, late, "event: page | data: ONE")
	p.Show([]byte(secret), "TWO")
	expect(t, lines, "event: page | data: TWO")
}

func TestTheWaitingPageIsAVersionToo(t *testing.T) {
	p, address := start(t)
	_, lines, _ := listen(t, address)
	expect(t, lines, "retry: 1000")
	first := next(t, lines)
	p.Fail("broken")
	if second := next(t, lines); !strings.HasPrefix(second, "event: page | data: ") || second == first {
		t.Errorf("got %q after %q, expected another page: it holds the mistakes itself", second, first)
	}
}

func TestOneStreamTooManyIsRefused(t *testing.T) {
	_, address := start(t)
	var ends []func()
	for range 32 {
		response, lines, end := listen(t, address)
		if response.StatusCode != 200 {
			t.Fatalf("stream %d: status %d", len(ends)+1, response.StatusCode)
		}
		expect(t, lines, "retry: 1000")
		ends = append(ends, end)
	}
	response, _, _ := listen(t, address)
	if response.StatusCode != 503 || response.Header.Get("Retry-After") == "" {
		t.Errorf("stream 33: status %d, Retry-After %q", response.StatusCode, response.Header.Get("Retry-After"))
	}
	if head, _ := ask(t, address, "HEAD /events HTTP/1.1\nHost: HOST"); head.StatusCode != 200 {
		t.Errorf("HEAD needs no stream: status %d", head.StatusCode)
	}
	if response, _ := ask(t, address, "GET / HTTP/1.1\nHost: HOST"); response.StatusCode != 200 {
		t.Errorf("the page needs no stream: status %d", response.StatusCode)
	}
	ends[7]()
	eventually(t, "a stream is free after one ended", func() bool {
		response, _, end := listen(t, address)
		defer end()
		return response.StatusCode == 200
	})
}

func eventually(t *testing.T, what string, isSo func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !isSo(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within 20 seconds: %s", what)
		}
	}
}

// stick opens an event stream and reads nothing of it.
func stick(t *testing.T, p *Page, address string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.(*net.TCPConn).SetReadBuffer(4096)
	io.WriteString(conn, "GET /events HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
	eventually(t, "the stream is open", func() bool { return len(p.streams) > 0 })
}

var long = strings.Repeat("error: this is a long text\n", 1<<19)

func TestAStuckBrowserBlocksNobody(t *testing.T) {
	p, address := start(t)
	p.patience = time.Hour
	p.Show([]byte(secret), "N")
	stick(t, p, address)
	_, lines, _ := listen(t, address)
	done := make(chan bool)
	go func() {
		for range 20 {
			p.Fail(long)
			time.Sleep(5 * time.Millisecond) // lets the stuck stream get to where it is stuck
		}
		p.Show([]byte(secret), "LAST")
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("Fail waits for a browser that does not read")
	}
	for got := ""; got != "event: page | data: LAST"; got = next(t, lines) {
	}
}

func TestAStuckBrowserIsLeftBehind(t *testing.T) {
	p, address := start(t)
	p.patience = 50 * time.Millisecond
	p.Show([]byte(secret), "N")
	stick(t, p, address)
	eventually(t, "the stream has ended", func() bool {
		p.Fail(long)
		return len(p.streams) == 0
	})
}

// The server's timeouts count from the request. They do not end a stream.
func TestAQuietStreamLives(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	p := New(server.Listener.Addr().(*net.TCPAddr).Port)
	p.beat = 20 * time.Millisecond
	server.Config.Handler = p
	server.Config.ReadTimeout = 50 * time.Millisecond
	server.Config.WriteTimeout = 50 * time.Millisecond
	server.Start()
	defer server.Close()
	_, lines, end := listen(t, server.Listener.Addr().String())
	defer end()
	for beats := 0; beats < 20; {
		if !lines.Scan() {
			t.Fatalf("the stream ended after %d beats: %v", beats, lines.Err())
		}
		if strings.HasPrefix(lines.Text(), ":") {
			beats++
		}
	}
	p.Show([]byte(secret), "N")
	expect(t, lines, "event: page | data: N")
}

package preview

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Serve answers with h until ctx ends, and then returns nil. Event streams end with ctx; other answers get a moment to
// be taken in.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          log.New(io.Discard, "", 0), // it speaks of broken connections, about which nobody can do anything

		DisableGeneralOptionsHandler: true, // which would answer OPTIONS * for any host
	}
	broken := make(chan error, 1)
	go func() { broken <- server.Serve(l) }()
	select {
	case err := <-broken:
		server.Close()
		return err
	case <-ctx.Done():
	}
	// Browsers open connections that they may use later, for which Shutdown would wait for seconds.
	moment, stop := context.WithTimeout(context.WithoutCancel(ctx), 300*time.Millisecond)
	defer stop()
	if server.Shutdown(moment) != nil {
		server.Close()
	}
	<-broken
	return nil
}

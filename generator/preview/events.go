package preview

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// serveEvents tells one browser what is current, at once and after each change, until the browser or errgen ends.
func (p *Page) serveEvents(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Type", "text/event-stream")
		return
	}
	select {
	case p.streams <- struct{}{}:
		defer func() { <-p.streams }()
	default:
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many browsers show this page; close some of them", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	p.stream(w, r)
}

func (p *Page) stream(w http.ResponseWriter, r *http.Request) {
	connection := http.NewResponseController(w)
	beat := time.NewTicker(p.beat)
	defer beat.Stop()
	now, changed := p.look()
	message := "retry: 1000\n\n" + now.event()
	for p.send(w, connection, message) == nil {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			message = ": still here\n\n"
		case <-changed:
			now, changed = p.look()
			message = now.event()
		}
	}
}

func (p *Page) send(w io.Writer, connection *http.ResponseController, message string) error {
	connection.SetWriteDeadline(time.Now().Add(p.patience))
	if _, err := io.WriteString(w, message); err != nil {
		return err
	}
	return connection.Flush()
}

// event says all of a state in one event, so that no browser sees half of it.
func (s state) event() string {
	if s.mistakes == "" {
		return "event: page\ndata: " + s.nonce + "\n\n"
	}
	data, err := json.Marshal(map[string]string{"version": s.nonce, "text": s.mistakes})
	if err != nil {
		panic(err) // two strings
	}
	return "event: diagnostics\ndata: " + string(data) + "\n\n"
}

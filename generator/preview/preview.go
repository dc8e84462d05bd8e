// Package preview is the live page: what it was last given, kept current in every browser that shows it.
package preview

import (
	"bytes"
	"crypto/rand"
	"embed"
	"html/template"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

//go:embed live.js live.css waiting.html
var files embed.FS

var waiting = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(files, "waiting.html"))
})

// Page is an http.Handler. All it serves lies in memory, nothing it is asked changes anything, and it answers only its
// own address and its own origin: other sites that are open in the browser, and names that they make point at this
// machine, learn nothing.
type Page struct {
	hosts  []string // what the Host of a request may be
	routes map[string]http.HandlerFunc

	streams  chan struct{} // full when no browser more can listen
	beat     time.Duration // between two signs of life
	patience time.Duration // until a browser that takes nothing in is left behind

	mutex   sync.Mutex
	now     state
	changed chan struct{} // closed when now is not current any more
}

// state is what a browser has to show.
type state struct {
	html      []byte
	nonce     string // of the elements of html, and its version: no two pages have the same
	mistakes  string // shown over the page; empty if there are none
	isWaiting bool   // html is not what Show was given: there was none yet
}

// New returns a Page that waits for the first Show. It is served at this port of 127.0.0.1.
func New(port int) *Page {
	p := &Page{
		streams:  make(chan struct{}, 32),
		beat:     20 * time.Second,
		patience: 5 * time.Second,
		now:      wait(""),
		changed:  make(chan struct{}),
	}
	for _, name := range []string{"127.0.0.1", "localhost"} {
		p.hosts = append(p.hosts, net.JoinHostPort(name, strconv.Itoa(port)))
		if port == 80 { // which browsers leave out
			p.hosts = append(p.hosts, name)
		}
	}
	p.routes = map[string]http.HandlerFunc{
		"/":         p.serveHTML,
		"/events":   p.serveEvents,
		"/live.js":  serveFile("live.js", "text/javascript"),
		"/live.css": serveFile("live.css", "text/css"),
	}
	return p
}

// Show replaces the page and ends the diagnostics. The page's own script and style elements carry the nonce, and one of
// them is <script nonce="…" src="/live.js" defer>; a page with another nonce is another version, which browsers reload.
func (p *Page) Show(html []byte, nonce string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.now = state{html: html, nonce: nonce}
	p.announce()
}

// Fail shows diagnostics, as plain text, over the last good page.
func (p *Page) Fail(text string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.now.isWaiting {
		p.now = wait(text)
	} else {
		p.now.mistakes = text
	}
	p.announce()
}

// announce wakes the event streams. It waits for none of them: each reads what is current when it gets to it.
func (p *Page) announce() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// look returns what is current, and what is closed when it is not any more.
func (p *Page) look() (state, <-chan struct{}) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.now, p.changed
}

// wait returns the page before the first good one. It holds the diagnostics itself, so that they can be read without
// JavaScript.
func wait(mistakes string) state {
	nonce := rand.Text()
	var html bytes.Buffer
	if err := waiting().Execute(&html, map[string]string{"Nonce": nonce, "Mistakes": mistakes}); err != nil {
		panic(err) // the template is embedded, and nothing is written but memory
	}
	return state{html: html.Bytes(), nonce: nonce, isWaiting: true}
}

// ServeHTTP refuses what does not come from the page itself or from the address bar, and serves a fixed map of routes.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	protect(w.Header())
	serve, known := p.routes[r.URL.Path]
	switch {
	case !slices.Contains(p.hosts, r.Host):
		http.Error(w, "this is not the address of errgen preview; expected http://"+p.hosts[0]+"/",
			http.StatusMisdirectedRequest)
	case isForeign(r):
		http.Error(w, "errgen preview answers no other site", http.StatusForbidden)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "errgen preview only shows; expected GET or HEAD", http.StatusMethodNotAllowed)
	case !known:
		http.Error(w, "errgen preview has one page; expected http://"+p.hosts[0]+"/", http.StatusNotFound)
	default:
		serve(w, r)
	}
}

const policy = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func protect(header http.Header) {
	header.Set("Content-Security-Policy", "default-src 'none'; "+policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cache-Control", "no-store")
}

// isForeign reports whether another site sent a request. A link on one may lead here all the same: the one who follows
// it sees the page, the site does not.
func isForeign(r *http.Request) bool {
	if origin, sent := r.Header["Origin"]; sent && !slices.Equal(origin, []string{"http://" + r.Host}) {
		return true
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin": // an old browser or a program, the address bar, the page
		return false
	}
	isLink := r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	return !isLink || r.URL.Path != "/"
}

func (p *Page) serveHTML(w http.ResponseWriter, _ *http.Request) {
	now, _ := p.look()
	sources := "script-src 'nonce-" + now.nonce + "'; style-src 'nonce-" + now.nonce + "'; img-src data:; " +
		"connect-src 'self'; "
	w.Header().Set("Content-Security-Policy", "default-src 'none'; "+sources+policy)
	serve(w, now.html, "text/html")
}

func serveFile(name, kind string) http.HandlerFunc {
	content, err := files.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return func(w http.ResponseWriter, _ *http.Request) { serve(w, content, kind) }
}

func serve(w http.ResponseWriter, content []byte, kind string) {
	w.Header().Set("Content-Length", strconv.Itoa(len(content))) // which HEAD tells too
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	w.Write(content)
}

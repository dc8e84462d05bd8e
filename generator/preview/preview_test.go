package preview

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// start serves a Page on a free port until the test ends.
func start(t *testing.T) (p *Page, address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p = New(l.Addr().(*net.TCPAddr).Port)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, p) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return p, l.Addr().String()
}

// ask sends a request as it stands, with HOST for the address and PORT for its port, and lines that end in \n.
func ask(t *testing.T, address, request string) (*http.Response, string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	_, port, _ := net.SplitHostPort(address)
	io.WriteString(conn, strings.NewReplacer("HOST", address, "PORT", port, "\n", "\r\n").Replace(request)+"\r\n\r\n")
	method, _, _ := strings.Cut(request, " ")
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.200q: %v", request, err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%.200q: %v", request, err)
	}
	return response, string(body)
}

const secret = "<!doctype html><title>the page</title>"

const link = "\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document"

var requests = []struct {
	request string
	status  int
}{
	{"GET / HTTP/1.1\nHost: HOST", 200},
	{"GET / HTTP/1.1\nHost: localhost:PORT", 200},
	{"GET / HTTP/1.0\nHost: HOST", 200},
	{"GET /?search=x HTTP/1.1\nHost: HOST", 200},
	{"GET http://HOST/ HTTP/1.1\nHost: HOST", 200},

	{"GET / HTTP/1.1\nHost: evil.com", 421},
	{"GET / HTTP/1.1\nHost: evil.com:PORT", 421},
	{"GET / HTTP/1.1\nHost: localhost.evil.com:PORT", 421},
	{"GET / HTTP/1.1\nHost: evil.com#localhost:PORT", 400}, // by net/http itself
	{"GET / HTTP/1.1\nHost: 127.0.0.1", 421},
	{"GET / HTTP/1.1\nHost: localhost", 421},
	{"GET / HTTP/1.1\nHost: 127.0.0.1:1", 421},
	{"GET / HTTP/1.1\nHost: 127.0.0.1:PORT0", 421},
	{"GET / HTTP/1.1\nHost: 127.0.0.1.:PORT", 421},
	{"GET / HTTP/1.1\nHost: [::1]:PORT", 421},
	{"GET / HTTP/1.1\nHost: 2130706433:PORT", 421},
	{"GET / HTTP/1.1\nHost: 0.0.0.0:PORT", 421},
	{"GET / HTTP/1.1\nHost: ", 421},
	{"GET / HTTP/1.0", 421},
	{"GET http://evil.com/ HTTP/1.1\nHost: HOST", 421},
	{"GET http://evil.com/ HTTP/1.1\nHost: evil.com", 421},
	{"GET / HTTP/1.1\nHost: evil.com\nX-Forwarded-Host: HOST", 421},
	{"GET / HTTP/1.1\nHost: user@127.0.0.1:PORT", 400}, // as well
	{"GET / HTTP/1.1\nHost: HOST\nHost: evil.com", 400},
	{"GET / HTTP/1.1", 400},
	{"OPTIONS * HTTP/1.1\nHost: evil.com", 421}, // which net/http would answer
	{"CONNECT evil.com:443 HTTP/1.1\nHost: evil.com", 421},
	{"GET /events HTTP/1.1\nHost: evil.com", 421},
	{"GET /live.js HTTP/1.1\nHost: evil.com", 421},

	{"GET / HTTP/1.1\nHost: HOST\nOrigin: http://HOST", 200},
	{"GET / HTTP/1.1\nHost: localhost:PORT\nOrigin: http://localhost:PORT", 200},
	{"GET / HTTP/1.1\nHost: HOST\nOrigin: http://evil.com", 403},
	{"GET / HTTP/1.1\nHost: HOST\nOrigin: https://HOST", 403},
	{"GET / HTTP/1.1\nHost: HOST\nOrigin: http://127.0.0.1", 403},
	{"GET / HTTP/1.1\nHost: HOST\nOrigin: http://localhost:PORT", 403},
	{"GET / HTTP/1.1\nHost: HOST\nOrigin: null", 403},
	{"GET / HTTP/1.1\nHost: HOST\nOrigin: ", 403},
	{"GET / HTTP/1.1\nHost: HOST\nOrigin: http://HOST\nOrigin: http://evil.com", 403},
	{"GET /events HTTP/1.1\nHost: HOST\nOrigin: http://evil.com", 403},
	{"GET /live.js HTTP/1.1\nHost: HOST\nOrigin: null", 403},

	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: none" + link, 200},
	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: same-origin" + link, 200},
	{"GET /live.js HTTP/1.1\nHost: HOST\nSec-Fetch-Site: same-origin\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script",
		200},
	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: cross-site" + link, 200},
	{"GET /?search=x HTTP/1.1\nHost: HOST\nSec-Fetch-Site: same-site" + link, 200},
	{"GET /live.js HTTP/1.1\nHost: HOST\nSec-Fetch-Site: cross-site" + link, 403},
	{"GET /events HTTP/1.1\nHost: HOST\nSec-Fetch-Site: same-site" + link, 403},
	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: cross-site", 403},
	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe", 403},
	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty", 403},
	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: same-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: document", 403},
	{"GET / HTTP/1.1\nHost: HOST\nSec-Fetch-Site: anything", 403},
	{"POST / HTTP/1.1\nHost: HOST\nOrigin: http://evil.com\nSec-Fetch-Site: cross-site" + link + "\nContent-Length: 0",
		403},
}

func TestOnlyItsOwnAddressAndOriginGetThePage(t *testing.T) {
	p, address := start(t)
	p.Show([]byte(secret), "N")
	for _, c := range requests {
		response, body := ask(t, address, c.request)
		if response.StatusCode != c.status {
			t.Errorf("%q: status %d, expected %d", c.request, response.StatusCode, c.status)
		}
		if c.status != 200 && (strings.Contains(body, "the page") || body == "") {
			t.Errorf("%q: refused with %q", c.request, body)
		}
	}
}

func TestPort80NeedsNoPort(t *testing.T) {
	if want := []string{"127.0.0.1:80", "127.0.0.1", "localhost:80", "localhost"}; !slices.Equal(New(80).hosts, want) {
		t.Errorf("got %q, expected %q", New(80).hosts, want)
	}
}

func TestNothingButTheRoutes(t *testing.T) {
	p, address := start(t)
	p.Show([]byte(secret), "N")
	paths := []string{
		"/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/etc/passwd", "/%5c..%5c", `/..\..\`, "/C:/", "/C:%5CWindows",
		"/%00", "/live.js%00", "/live.js%00.html",
		"/live.js/", "/./live.js", "//live.js", "//evil.com", "///", "//evil.com/..", "/index.html", "/preview.go",
		"/waiting.html", "/.git/config", "/.env", "/errors.yaml",
		"/favicon.ico", "/LIVE.JS", "/events/", "/live.js;x", "/" + strings.Repeat("a/", 5*1024),
	}
	for _, path := range paths {
		response, body := ask(t, address, "GET "+path+" HTTP/1.1\nHost: HOST")
		if response.StatusCode != 404 || response.Header.Get("Location") != "" || strings.Contains(body, "the page") {
			t.Errorf("%.60q: status %d, %q", path, response.StatusCode, body)
		}
	}
	for _, target := range []string{"*", "evil.com", "../etc/passwd", "/\x00", "/%zz"} {
		if response, _ := ask(t, address, "GET "+target+" HTTP/1.1\nHost: HOST"); response.StatusCode < 400 {
			t.Errorf("%q: status %d", target, response.StatusCode)
		}
	}
	if response, _ := ask(t, address, "GET / HTTP/1.1\nHost: HOST\nX: "+strings.Repeat("x",
		32<<10)); response.StatusCode != 431 {
		t.Errorf("32 KiB of header: status %d", response.StatusCode)
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	_, address := start(t)
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X"} {
		for _, path := range []string{"/", "/events", "/live.js", "/absent"} {
			response, _ := ask(t, address, method+" "+path+" HTTP/1.1\nHost: HOST\nContent-Length: 0")
			if response.StatusCode != 405 || response.Header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: status %d, Allow %q", method, path, response.StatusCode, response.Header.Get("Allow"))
			}
		}
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	const strict = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	withPage := "default-src 'none'; script-src 'nonce-N'; style-src 'nonce-N'; img-src data:; connect-src 'self'; " +
		strict
	p, address := start(t)
	p.Show([]byte(secret), "N")
	script, _ := files.ReadFile("live.js")
	style, _ := files.ReadFile("live.css")
	const text, html = "text/plain; charset=utf-8", "text/html; charset=utf-8"
	cases := []struct {
		request, status, kind, policy string
		length                        int
		more                          []string
	}{
		{"GET / HTTP/1.1\nHost: HOST", "200 OK", html, withPage, len(secret), nil},
		{"HEAD / HTTP/1.1\nHost: HOST", "200 OK", html, withPage, len(secret), nil},
		{"GET /live.js HTTP/1.1\nHost: HOST", "200 OK", "text/javascript; charset=utf-8", "default-src 'none'; " + strict,
			len(script), nil},
		{"GET /live.css HTTP/1.1\nHost: HOST", "200 OK", "text/css; charset=utf-8", "default-src 'none'; " + strict,
			len(style), nil},
		{"HEAD /events HTTP/1.1\nHost: HOST", "200 OK", "text/event-stream", "default-src 'none'; " + strict, -1, nil},
		{"GET / HTTP/1.1\nHost: HOST\nOrigin: http://evil.com", "403 Forbidden", text, "default-src 'none'; " + strict, -1,
			nil},
		{"GET /x HTTP/1.1\nHost: HOST", "404 Not Found", text, "default-src 'none'; " + strict, -1, nil},
		{"OPTIONS / HTTP/1.1\nHost: HOST\nAccess-Control-Request-Method: GET", "405 Method Not Allowed", text,
			"default-src 'none'; " + strict, -1, []string{"Allow: GET, HEAD"}},
		{"GET / HTTP/1.1\nHost: evil.com", "421 Misdirected Request", text, "default-src 'none'; " + strict, -1, nil},
		{"GET /events HTTP/1.1\nHost: HOST", "503 Service Unavailable", text, "default-src 'none'; " + strict, -1,
			[]string{"Retry-After: 5"}},
	}
	for _, c := range cases {
		if strings.HasPrefix(c.status, "503") {
			for range cap(p.streams) {
				p.streams <- struct{}{}
			}
		}
		response, _ := ask(t, address, c.request)
		want := append([]string{
			"Cache-Control: no-store",
			"Content-Security-Policy: " + c.policy,
			"Content-Type: " + c.kind,
			"Cross-Origin-Opener-Policy: same-origin",
			"Cross-Origin-Resource-Policy: same-origin",
			"Referrer-Policy: no-referrer",
			"X-Content-Type-Options: nosniff",
		}, c.more...)
		slices.Sort(want)
		if got := list(response.Header); response.Status != c.status || !slices.Equal(got, want) {
			t.Errorf("%q:\ngot      %s\n%s\nexpected %s\n%s", c.request, response.Status, strings.Join(got, "\n"), c.status,
				strings.Join(want, "\n"))
		}
		if c.length >= 0 && response.ContentLength != int64(c.length) {
			t.Errorf("%q: length %d, expected %d", c.request, response.ContentLength, c.length)
		}
	}
}

// list returns a header as sorted lines, without what net/http sets.
func list(header http.Header) (lines []string) {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if name != "Date" && name != "Content-Length" && name != "Connection" {
			lines = append(lines, name+": "+strings.Join(header[name], ", "))
		}
	}
	return lines
}

func TestNoOtherOriginMayEverRead(t *testing.T) {
	_, address := start(t)
	for _, path := range []string{"/", "/live.js", "/live.css", "/absent"} {
		for _, method := range []string{"GET", "HEAD", "OPTIONS"} {
			for _, origin := range []string{"http://HOST", "http://evil.com", "null"} {
				response, _ := ask(t, address, fmt.Sprintf("%s %s HTTP/1.1\nHost: HOST\nOrigin: "+
					"%s\nAccess-Control-Request-Method: GET\nAccess-Control-Request-Private-Network: true", method, path, origin))
				for name := range response.Header {
					if strings.HasPrefix(name, "Access-Control-") {
						t.Errorf("%s %s of %s: header %s", method, path, origin, name)
					}
				}
			}
		}
	}
}

func TestItWaitsForTheFirstGoodPage(t *testing.T) {
	p, address := start(t)
	get := func() (nonce, body string) {
		response, body := ask(t, address, "GET / HTTP/1.1\nHost: HOST")
		_, rest, _ := strings.Cut(response.Header.Get("Content-Security-Policy"), "script-src 'nonce-")
		nonce, _, _ = strings.Cut(rest, "'")
		for _, want := range []string{"errgen waits for a catalog without mistakes",
			`<script nonce="` + nonce + `" src="/live.js" defer>`, `nonce="` + nonce + `" href="/live.css"`,
			`<link rel="icon" href="data:,">`} {
			if !strings.Contains(body, want) {
				t.Errorf("no %q in %s", want, body)
			}
		}
		if len(nonce) < 22 {
			t.Errorf("the nonce %q can be guessed", nonce)
		}
		return nonce, body
	}
	first, body := get()
	if strings.Contains(body, "<pre") {
		t.Errorf("mistakes before there are any: %s", body)
	}
	p.Fail("error: </pre><script>alert(1)</script>\n  | ^^")
	second, body := get()
	if !strings.Contains(body, "\nerror: &lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;\n  | ^^</pre>") {
		t.Errorf("the mistakes are not in %s", body)
	}
	if first == second {
		t.Error("the page with the mistakes is no version of its own")
	}
	p.Show([]byte(secret), "N")
	if _, body := ask(t, address, "GET / HTTP/1.1\nHost: HOST"); body != secret {
		t.Errorf("got %q", body)
	}
	p.Fail("broken again")
	if _, body := ask(t, address, "GET / HTTP/1.1\nHost: HOST"); body != secret {
		t.Errorf("got %q, expected the last good page", body)
	}
}

package capture

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// all returns what is in a capture, a line for each response, and the error at the end.
func all(text string) string {
	var lines []string
	for r, err := range Read("c", strings.NewReader(text)) {
		if err != nil {
			lines = append(lines, err.Error())
			continue
		}
		lines = append(lines, r.describe())
	}
	return strings.Join(lines, "\n")
}

func (r *Response) describe() string {
	body := "none"
	if r.Body != nil {
		body = fmt.Sprintf("%q", r.Body)
	}
	words := []string{fmt.Sprintf("%d:%d", r.Start.Line, r.Start.Column), r.Place().Source, "body " + body}
	if r.Host != "" {
		words = append(words, "host "+r.Host)
	}
	if r.Route != "" {
		words = append(words, "route "+r.Route)
	}
	if r.IsCut() {
		words = append(words, "cut")
	}
	if r.Headers == nil {
		words = append(words, "no headers")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		words = append(words, name+"="+r.Headers[name])
	}
	return strings.Join(words, ", ")
}

func TestLines(t *testing.T) {
	for text, want := range map[string]string{
		`{"status": 404}`: "1:1, 404, body none, no headers",
		`{"status": 404, "body": null, "headers": {}}` + "\r\n\n" + ` {"status": 500, "body": ""}`: "" +
			"1:1, 404, body none\n3:1, 500, body \"\", no headers",
		"\ufeff" + `{"method": "GET", "path": "/a?token=x", "route": "GET /{a}", "status": 400, "body": {"a": [1.0]},
`: "cannot read c:1: the line is no JSON object; was the recording cut off?",
		`{"method":"GET","path":"/a?token=x#y","route":"GET /{a}","status":400,"body":{"a": [1.0]},"more":1}`: "" +
			`1:1, GET /a 400, body "{\"a\": [1.0]}", route GET /{a}, no headers`,
		`{"url":"HTTPS://u:p@API.example.com:8443?x","status":400,"headers":{"A":["1","2"],"b":7}}`: "" +
			`1:1, / 400, body none, host api.example.com:8443, a=1, b=`,
		`{"status": 400, "body": "é \u2028"}`: `1:1, 400, body "é \u2028", no headers`,
		`{"body": "x"}`: "cannot read c:1: the line has no status; expected HAR, JSON lines such as " +
			`{"status": 404, "body": …}, or what ` + "`curl -i` prints",
		`{"status": "404"}`: "cannot read c:1: status is of type string, expected a number such as 404",
		`{"status": 404, "headers": 7}`: "" +
			"cannot read c:1: headers is of type number, expected an object with the headers by name",
		`{"status": 404}` + "\n[]": "" +
			"1:1, 404, body none, no headers\ncannot read c:2: the line is no JSON object; was the recording cut off?",
	} {
		if got := all(text); got != want {
			t.Errorf("%s:\n got %s\nwant %s", text, got, want)
		}
	}
}

func har(entries string) string {
	return `{"log": {"version": "1.2", "pages": [{"a": [{}]}], "entries": [` + entries + `], "comment": ""}, "x": 1}`
}

func entry(url, rest string) string {
	return `{"request": {"method": "GET", "url": "` + url + `"}, "response": {` + rest + `}}`
}

func TestHAR(t *testing.T) {
	one := entry("https://h/a?b", `"status": 404, "headers": [{"name": "A", "value": "1"}],`+
		` "content": {"text": "x", "size": 1}`)
	for text, want := range map[string]string{
		har(""): "",
		har(one + ",\n  " + one): "1:64, log.entries[0]: GET /a 404, body \"x\", host h, a=1\n" +
			"2:3, log.entries[1]: GET /a 404, body \"x\", host h, a=1",
		har(entry("/é", `"status": 0`) + "," + one): "1:135, log.entries[1]: GET /a 404, body \"x\", host h, a=1",
		har(one) + "\n" + har(one): "1:64, log.entries[0]: GET /a 404, body \"x\", host h, a=1\n" +
			"2:64, log.entries[0]: GET /a 404, body \"x\", host h, a=1",
		har(entry("/", `"status": 404, "content": {"size": 7, "mimeType": "text/html"}`)): "" +
			"1:64, log.entries[0]: GET / 404, body none, content-type=text/html",
		har(entry("/", `"status": 404, "content": {"size": 0, "mimeType": "x-unknown"}`)): "" +
			"1:64, log.entries[0]: GET / 404, body \"\", no headers",
		har(entry("/", `"status": 404, "content": {"size": 9, "text": "eHl6", "encoding": "base64"}`)): "" +
			"1:64, log.entries[0]: GET / 404, body \"xyz\", cut, no headers",
		har(entry("/", `"status": 404, "content": {"text": "=", "encoding": "base64"}`)): "" +
			"1:64, log.entries[0]: GET / 404, body none, no headers",
		har(one)[:100]:                     "cannot read c:1: the HAR ends in the middle: the recording was cut off",
		`{"log": []}`:                      "cannot read c:1: it is no HAR: expected an object",
		`{"log": {"entries": {}}}`:         "cannot read c:1: it is no HAR: expected a list of entries",
		`{"log": {"entries": null}}`:       "",
		har(entry("/", `"status": "404"`)): "cannot read c:1: it is no HAR: response.status is of another type",
		`{"log": {"entries": [{"request": secret`: "" +
			"cannot read c:1: it is no HAR: invalid character 's' looking for beginning of value",
	} {
		if got := all(text); got != want {
			t.Errorf("%s:\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestCurl(t *testing.T) {
	for text, want := range map[string]string{
		"HTTP/1.1 404 Not Found\r\nContent-Type: a/b; x=\"y:z\"\r\nA:1\r\n\r\nx\r\ny\n": "" +
			`1:1, 404, body "x\r\ny", a=1, content-type=a/b; x="y:z"`,
		"HTTP/2 404 \nA: 1\n\nx\nHTTP/1.1 500 No\nB: 2\n\n": "" +
			"1:1, 404, body \"x\", a=1\n5:1, 500, body \"\", b=2",
		"HTTP/2 404 \r\nA: 1\r\n\r\né{}HTTP/2 500 \r\n\r\n": "" +
			"1:1, 404, body \"é{}\", a=1\n4:4, 500, body \"\"",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 Slow\r\n\r\nslow": `3:1, 429, body "slow"`,
		"HTTP/1.1 404 Not Found\r\nContent-Length: 17\r\n\r\n": "" +
			"1:1, 404, body none, content-length=17",
		"HTTP/1.1 404 Not Found\nA: 1\n\nsee HTTP/1.1 200 OK\nand more": "" +
			`1:1, 404, body "see HTTP/1.1 200 OK\nand more", a=1`,
		"HTTP/1.1 404\r\n\r\n": "1:1, 404, body \"\"",
	} {
		if got := all(text); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestWhatIsNoCapture(t *testing.T) {
	const expects = "expected HAR, JSON lines such as {\"status\": 404, \"body\": …}, or what `curl -i` prints"
	for text, want := range map[string]string{
		"":                   "cannot read c: it is empty; " + expects,
		" \n":                "cannot read c: it is empty; " + expects,
		"<html>":             "cannot read c: it is no recording of responses; " + expects,
		"[1]":                "cannot read c: it is no recording of responses; " + expects,
		"PK\x03\x04rest":     "cannot read c: it is a zip archive; unpack it, or record to a file that ends in .har",
		"\x1f\x8b\x08\x00xx": "cannot read c: it is compressed; give what `gzip -d` makes of it",
	} {
		if got := all(text); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
	for _, err := range Read("c", iotest.ErrReader(errors.New("the disk is gone"))) {
		if err == nil || err.Error() != "cannot read c: the disk is gone" {
			t.Errorf("got %v", err)
		}
	}
}

func TestWhoHasEnoughGetsNoMore(t *testing.T) {
	for _, text := range []string{strings.Repeat("{\"status\": 404}\n", 9), har(entry("/", `"status": 404`) + "," +
		entry("/", `"status": 404`)), strings.Repeat("HTTP/2 404 \r\n\r\n", 9)} {
		n := 0
		for _, err := range Read("c", strings.NewReader(text)) {
			if n++; err != nil || n == 1 {
				break
			}
		}
		if n != 1 {
			t.Errorf("%.20s: got %d", text, n)
		}
	}
}

// endless repeats a text between a head and an end.
type endless struct {
	head, text, end string
	times           int
}

func (e *endless) Read(p []byte) (int, error) {
	for e.head == "" {
		switch {
		case e.times > 0:
			e.head, e.times = e.text, e.times-1
		case e.end != "":
			e.head, e.end = e.end, ""
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, e.head)
	e.head = e.head[n:]
	return n, nil
}

// However long a capture is, no more than one response of it is kept.
func TestReadKeepsNothing(t *testing.T) {
	const times, most = 20_000, 8 << 20
	body := strings.Repeat("x", 1000)
	one := entry("/", `"status": 404, "content": {"text": "`+body+`"}`)
	for name, in := range map[string]*endless{
		"HAR":        {`{"log": {"entries": [` + one, "," + one, "]}}", times},
		"JSON lines": {"", `{"status": 404, "body": "` + body + "\"}\n", "", times},
		"curl":       {"", "HTTP/2 404 \r\nA: b\r\n\r\n" + body, "", times},
	} {
		n, before := 0, heap()
		for _, err := range Read("c", in) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%5000 == 0 && heap() > before+most {
				t.Fatalf("%s: after %d responses the heap has grown by %d bytes", name, n, heap()-before)
			}
		}
		if n < times {
			t.Errorf("%s: %d responses", name, n)
		}
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Whatever is cut off, changed or sent a byte at a time: nothing panics, nothing hangs, and the bytes alone decide.
func FuzzRead(f *testing.F) {
	f.Add([]byte(har(entry("https://h/a", `"status": 404, "content": {"text": "x"}`))))
	f.Add([]byte(`{"status": 404, "headers": {"A": ["b"]}, "body": {"a": 1}}` + "\n"))
	f.Add([]byte("HTTP/1.1 404 Not Found\r\nA: b\r\n\r\nxHTTP/2 500 \r\n\r\ny"))
	f.Fuzz(func(t *testing.T, text []byte) {
		whole := collect(bytes.NewReader(text))
		if slow := collect(iotest.OneByteReader(bytes.NewReader(text))); whole != slow {
			t.Errorf("at once\n%s\nbyte by byte\n%s", whole, slow)
		}
	})
}

func collect(in io.Reader) string {
	var b strings.Builder
	for r, err := range Read("c", in) {
		if err != nil {
			return b.String() + err.Error()
		}
		b.WriteString(r.describe() + "\n")
	}
	return b.String()
}

// Package capture reads recorded HTTP responses: HAR, JSON lines, and what curl -i prints.
//
// A capture is read as a stream, one response after the other, however large it is. Its text is never shown as it is:
// it may hold what nobody should see in a log.
package capture

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// Response is one recorded response.
type Response struct {
	Method  string // empty: not recorded
	Host    string // empty: not recorded
	Path    string // without its query; empty: not recorded
	Route   string // what the router has matched, such as GET /pets/{id}; empty: not recorded
	Status  int
	Headers map[string]string // by their names in small letters; nil: not recorded
	Body    []byte            // nil: not recorded
	Size    int64             // of the body as it was sent, where that is recorded, else -1

	File  string
	Start diag.Position // in the file
	Entry int           // number in log.entries of a HAR, from 0; -1 in other captures
}

// Header returns the value of a header, or "".
func (r *Response) Header(name string) string { return r.Headers[strings.ToLower(name)] }

// MediaType returns a content type without its parameters.
func MediaType(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return strings.ToLower(strings.TrimSpace(value))
}

// IsCut reports whether less of the body is recorded than was sent.
func (r *Response) IsCut() bool { return r.Body != nil && int64(len(r.Body)) < r.Size }

// Place returns where the response stands. In place of the source it shows what was answered.
func (r *Response) Place() diag.Place {
	words := []string{}
	if r.Entry >= 0 {
		words = append(words, fmt.Sprintf("log.entries[%d]:", r.Entry))
	}
	if r.Method != "" {
		words = append(words, Shorten(r.Method))
	}
	if r.Path != "" {
		words = append(words, Shorten(r.Path))
	}
	words = append(words, strconv.Itoa(r.Status))
	return diag.Place{File: r.File, Range: diag.Range{Start: r.Start, End: r.Start}, Source: strings.Join(words, " "),
		SourceColumn: r.Start.Column}
}

// Shorten cuts what a client or server has sent at 60 characters, since it may be anything.
func Shorten(s string) string { return diag.Cut(s, 60) }

// maxEntry is how many bytes one response may take in a file: it is read as a whole.
const maxEntry = 256 << 20

var errTooLong = fmt.Errorf("one response takes more than %d MiB", maxEntry>>20)

// Read ranges over the responses in a capture; its format is known by what it begins with. Name is the file for people.
// After an error there is nothing more.
func Read(name string, in io.Reader) iter.Seq2[*Response, error] {
	return func(yield func(*Response, error) bool) {
		r := &reader{name: name, in: bufio.NewReaderSize(in, 64<<10), yield: yield}
		if err := r.read(); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errStopped is returned where nobody wants more responses.
var errStopped = errors.New("stopped")

// reader is one capture that is being read.
type reader struct {
	name  string
	in    *bufio.Reader
	yield func(*Response, error) bool
}

// send hands out a response.
func (r *reader) send(response *Response) error {
	response.File = r.name
	if !r.yield(response, nil) {
		return errStopped
	}
	return nil
}

// fail says what is wrong with the capture at a line, if it has got that far.
func (r *reader) fail(line int, says string) error {
	if line > 0 {
		return fmt.Errorf("cannot read %s:%d: %s", diag.Visible(r.name), line, says)
	}
	return fmt.Errorf("cannot read %s: %s", diag.Visible(r.name), says)
}

// read tells the format. The largest part of a file that has to be seen for that is the first key.
func (r *reader) read() error {
	head, err := r.in.Peek(4 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return r.fail(0, err.Error())
	}
	if bom := []byte("\ufeff"); bytes.HasPrefix(head, bom) {
		_, _ = r.in.Discard(len(bom)) // has been peeked
		head = head[len(bom):]
	}
	switch start := bytes.TrimLeft(head, " \t\r\n"); {
	case len(start) == 0:
		return r.fail(0, "it is empty; "+expected)
	case bytes.HasPrefix(start, []byte("HTTP/")):
		return r.curl()
	case isHAR(start):
		return r.har()
	case start[0] == '{':
		return r.lines()
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return r.fail(0, "it is a zip archive; unpack it, or record to a file that ends in .har")
	case bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
		return r.fail(0, "it is compressed; give what `gzip -d` makes of it")
	}
	return r.fail(0, "it is no recording of responses; "+expected)
}

const expected = "expected HAR, JSON lines such as {\"status\": 404, \"body\": …}, or what `curl -i` prints"

// isHAR reports whether an object begins with what only HAR has.
func isHAR(start []byte) bool {
	d := json.NewDecoder(bytes.NewReader(start))
	open, _ := d.Token()
	key, _ := d.Token()
	return open == json.Delim('{') && key == "log"
}

// target takes apart the address of a request.
func (r *Response) target(address string) {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	if _, rest, hasHost := strings.Cut(address, "://"); hasHost {
		host, path, _ := strings.Cut(rest, "/")
		r.Host = strings.ToLower(host[strings.LastIndexByte(host, '@')+1:])
		address = "/" + path
	}
	r.Path = cmp.Or(address, "/")
}

// header notes a header. Of one that came twice the first counts.
func (r *Response) header(name, value string) {
	if r.Headers == nil {
		r.Headers = map[string]string{}
	}
	name = strings.ToLower(name)
	if _, twice := r.Headers[name]; !twice {
		r.Headers[name] = value
	}
}

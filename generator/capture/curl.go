package capture

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// statusLine is the first line of a response.
var statusLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`HTTP/[0-9.]{1,3} ([0-9]{3})(?: [^\r\n]*)?(\r?\n)?$`)
})

// findStatus returns where in a line a response begins, and its status. Curl ends the status line in CRLF, by which it
// is known also behind a body without a line break at its end. Where it begins the line, an editor may have changed it.
func findStatus(line []byte, whole bool) (at, status int, found bool) {
	if !bytes.Contains(line, []byte("HTTP/")) {
		return 0, 0, false
	}
	match := statusLine().FindSubmatchIndex(line)
	if match == nil || match[0] == 0 && !whole || match[0] > 0 && !bytes.HasSuffix(line, []byte("\r\n")) {
		return 0, 0, false
	}
	status, _ = strconv.Atoi(string(line[match[2]:match[3]]))
	return match[0], status, true
}

// maxCurlBody is how much of a body is kept: more than clients look into.
const maxCurlBody = 2 << 20

// curl reads what curl -i prints, once or several times.
func (r *reader) curl() error {
	c := &curlReader{reader: r}
	for number, whole := 1, true; ; {
		line, err := r.in.ReadSlice('\n')
		if failed := c.line(number, line, whole); failed != nil {
			return failed
		}
		whole = !errors.Is(err, bufio.ErrBufferFull)
		switch {
		case errors.Is(err, io.EOF):
			return c.end()
		case err != nil && whole:
			return r.fail(number, err.Error())
		case whole:
			number++
		}
	}
}

type curlReader struct {
	*reader
	response *Response // that is being read; nil before the first
	inBody   bool
}

// line takes a line, or a part of a long one: whole says whether it begins one.
func (c *curlReader) line(number int, line []byte, whole bool) error {
	if at, status, found := findStatus(line, whole); found {
		c.body(line[:at])
		if err := c.end(); err != nil {
			return err
		}
		c.response = &Response{Status: status, Headers: map[string]string{}, Body: []byte{}, Size: -1, Entry: -1}
		c.response.Start = diag.Position{Line: number, Column: 1 + utf8.RuneCount(line[:at])}
		c.inBody = false
		return nil
	}
	switch {
	case c.response == nil:
	case c.inBody:
		c.body(line)
	case len(bytes.TrimSpace(line)) == 0:
		c.inBody = true
	default:
		if name, value, ok := strings.Cut(string(line), ":"); ok {
			c.response.header(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return nil
}

func (c *curlReader) body(part []byte) {
	if c.response != nil && c.inBody {
		room := max(0, maxCurlBody-len(c.response.Body))
		c.response.Body = append(c.response.Body, part[:min(len(part), room)]...)
	}
}

// end hands out what has been read. What a server says before its answer is none (RFC 9110 section 15.2).
func (c *curlReader) end() error {
	response := c.response
	c.response = nil
	if response == nil || response.Status < 200 {
		return nil
	}
	response.Body = bytes.TrimRight(response.Body, "\r\n")
	if len(response.Body) == 0 && response.sentSomething() {
		response.Body = nil // curl -I
	}
	return c.send(response)
}

// sentSomething reports whether the headers promise a body.
func (r *Response) sentSomething() bool {
	length := r.Header("Content-Length")
	return length != "" && length != "0"
}

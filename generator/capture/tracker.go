package capture

import (
	"bytes"
	"io"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// tracker knows the places of what a decoder has come to, which reads ahead. It keeps no more than what is ahead.
type tracker struct {
	in       io.Reader
	read     []byte // of which the bytes from passed on are ahead
	passed   int
	offset   int64 // of the first byte ahead
	position diag.Position
	left     int // bytes that may be read until the next entry
}

func newTracker(in io.Reader) *tracker {
	return &tracker{in: in, position: diag.Position{Line: 1, Column: 1}, left: maxEntry}
}

func (t *tracker) Read(p []byte) (int, error) {
	const most = 64 << 10
	if t.left <= 0 {
		return 0, errTooLong
	}
	n, err := t.in.Read(p[:min(len(p), most)])
	t.left -= n
	if t.passed > len(t.read)/2 {
		t.read = t.read[:copy(t.read, t.read[t.passed:])]
		t.passed = 0
	}
	t.read = append(t.read, p[:n]...)
	return n, err
}

// at moves on to an offset that has been read, and returns its place.
func (t *tracker) at(offset int64) diag.Position {
	ahead := t.read[t.passed:]
	t.pass(ahead[:min(int64(len(ahead)), offset-t.offset)])
	return t.position
}

// begin moves on to the value that comes behind an offset, and returns its place.
func (t *tracker) begin(offset int64) diag.Position {
	t.at(offset)
	ahead := t.read[t.passed:]
	t.pass(ahead[:len(ahead)-len(bytes.TrimLeft(ahead, " \t\r\n,:"))])
	return t.position
}

// pass counts bytes as passed. Columns count code points.
func (t *tracker) pass(bytesPassed []byte) {
	t.passed += len(bytesPassed)
	t.offset += int64(len(bytesPassed))
	if last := bytes.LastIndexByte(bytesPassed, '\n'); last >= 0 {
		t.position.Line += bytes.Count(bytesPassed, []byte("\n"))
		t.position.Column = 1
		bytesPassed = bytesPassed[last+1:]
	}
	t.position.Column += utf8.RuneCount(bytesPassed)
}

package generator

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"slices"
)

// output is a file while it is rendered. As long as it equals what is on disk, nothing of it is held: most runs change little, and outputs would be most of their memory.
type output struct {
	path  string
	disk  *os.File      // what is on disk; nil if nothing is, or once the output differs
	old   *bufio.Reader // the rest of disk, with \r\n as \n
	same  int64         // bytes that were equal
	pages [][]byte      // what is rendered, once it differs
	done  bool
}

// compare has the output look at what is on disk.
func (o *output) compare() {
	if info, err := os.Stat(o.path); err != nil || !info.Mode().IsRegular() { // opening a pipe would wait
		return
	}
	disk, err := os.Open(o.path)
	if err != nil {
		return // Compare says why
	}
	o.disk = disk
	o.old = bufio.NewReaderSize(&lineFeeds{from: disk}, 16<<10)
}

func (o *output) Write(b []byte) (int, error) {
	if o.disk != nil && !o.matches(b) {
		o.diverge()
	}
	if o.disk == nil {
		o.hold(b)
	}
	return len(b), nil
}

// matches compares b with what comes next on disk.
func (o *output) matches(b []byte) bool {
	for rest := b; len(rest) > 0; {
		n := min(len(rest), o.old.Size())
		next, _ := o.old.Peek(n)
		if !bytes.Equal(next, rest[:n]) {
			return false
		}
		_, _ = o.old.Discard(n) // has been peeked at
		rest = rest[n:]
	}
	o.same += int64(len(b))
	return true
}

// diverge begins to hold the output, with what was equal so far.
func (o *output) diverge() {
	if _, err := o.disk.Seek(0, io.SeekStart); err == nil {
		equal, _ := io.ReadAll(io.LimitReader(&lineFeeds{from: o.disk}, o.same))
		o.hold(equal)
	}
	o.close()
}

func (o *output) close() {
	o.disk.Close()
	o.disk, o.old = nil, nil
}

// hold appends b without moving what is there already.
func (o *output) hold(b []byte) {
	const pageSize = 64 << 10
	last := len(o.pages) - 1
	if last < 0 || len(b) > cap(o.pages[last])-len(o.pages[last]) {
		o.pages = append(o.pages, make([]byte, 0, max(pageSize, len(b))))
		last++
	}
	o.pages[last] = append(o.pages[last], b...)
}

// finish ends the output; it is current if nothing more is on disk.
func (o *output) finish() {
	if o.done {
		return
	}
	o.done = true
	if o.disk == nil {
		return
	}
	if _, err := o.old.Peek(1); err != io.EOF {
		o.diverge()
		return
	}
	o.close()
	o.pages = nil
}

func (o *output) file() File {
	if o.pages == nil {
		return File{Path: o.path, Current: true}
	}
	return File{Path: o.path, Content: slices.Concat(o.pages...)}
}

// lineFeeds reads \r\n as \n.
type lineFeeds struct {
	from  io.Reader
	chunk []byte // as it stands in the file
	rest  []byte // of chunk, folded
	held  bool   // the chunk ended in \r, and what follows decides
	err   error
}

func (l *lineFeeds) Read(b []byte) (int, error) {
	for len(l.rest) == 0 {
		if l.err != nil {
			return 0, l.err
		}
		l.fill()
	}
	n := copy(b, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

func (l *lineFeeds) fill() {
	if l.chunk == nil {
		l.chunk = make([]byte, 16<<10)
	}
	start := 0
	if l.held {
		l.chunk[0], start = '\r', 1
	}
	n, err := l.from.Read(l.chunk[start:])
	text := l.chunk[:start+n]
	l.err = err
	if l.held = err == nil && len(text) > 0 && text[len(text)-1] == '\r'; l.held {
		text = text[:len(text)-1]
	}
	l.rest = foldCRLF(text)
}

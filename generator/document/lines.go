package document

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// lines converts between byte offsets and places of a text. Targets that run side by side share it.
type lines struct {
	text   string
	starts []int // byte offset of each line

	guard sync.Mutex
	// The place that was asked for last. The next one is mostly behind it: so a file that is one long line is not walked
	// again and again.
	last struct {
		diag.Position
		offset int
	}
}

func newLines(text string) *lines {
	l := &lines{text: text, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			l.starts = append(l.starts, i+1)
		}
	}
	return l
}

// line returns the byte offsets of a line's beginning and of its end before the line break.
func (l *lines) line(number int) (start, end int) {
	start, end = l.starts[number-1], len(l.text)
	if number < len(l.starts) {
		end = l.starts[number] - 1
	}
	if end > start && l.text[end-1] == '\r' {
		end--
	}
	return start, end
}

// position converts a byte offset.
func (l *lines) position(offset int) diag.Position {
	number, found := slices.BinarySearch(l.starts, offset)
	if !found {
		number--
	}
	column, from := 1, l.starts[number]
	l.guard.Lock()
	defer l.guard.Unlock()
	if l.last.Line == number+1 && l.last.offset <= offset {
		column, from = l.last.Column, l.last.offset
	}
	column += utf8.RuneCountInString(l.text[from:offset])
	l.last.Position, l.last.offset = diag.Position{Line: number + 1, Column: column}, offset
	return l.last.Position
}

// offset converts a position; one behind its line becomes the line's end.
func (l *lines) offset(p diag.Position) int {
	start, end := l.line(p.Line)
	column, at := 1, start
	l.guard.Lock()
	defer l.guard.Unlock()
	if l.last.Line == p.Line && l.last.Column <= p.Column {
		column, at = l.last.Column, l.last.offset
	}
	for ; column < p.Column && at < end; column++ {
		_, size := utf8.DecodeRuneInString(l.text[at:])
		at += size
	}
	l.last.Position, l.last.offset = diag.Position{Line: p.Line, Column: column}, at
	return at
}

// source returns the part of a line around a position that is worth showing, and the column where it begins.
func (l *lines) source(p diag.Position) (text string, column int) {
	const before, behind = 60, 80
	start, end := l.line(p.Line)
	if end-start <= before+behind {
		return strings.ToValidUTF8(l.text[start:end], "\ufffd"), 1
	}
	at := l.offset(p)
	from, to := at, at
	for n := 0; n < before && from > start; n++ {
		_, size := utf8.DecodeLastRuneInString(l.text[start:from])
		from -= size
		p.Column--
	}
	for n := 0; n < behind && to < end; n++ {
		_, size := utf8.DecodeRuneInString(l.text[to:end])
		to += size
	}
	text = strings.ToValidUTF8(l.text[from:to], "\ufffd")
	if to < end {
		text += "…"
	}
	return text, p.Column
}

package document

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// lines converts between byte offsets and places of a text.
type lines struct {
	text   string
	starts []int // byte offset of each line
	marks  []mark
}

// mark says how many characters stand before a byte. There is one for each stretch of the text, so that a file that is
// one long line is not walked again and again.
type mark struct{ offset, characters int }

const stretch = 1024 // bytes

func newLines(text string) *lines {
	l := &lines{text: text, starts: []int{0}, marks: []mark{{}}}
	characters, next := 0, stretch
	for i, c := range text {
		if i >= next {
			l.marks = append(l.marks, mark{i, characters})
			next = i + stretch
		}
		if c == '\n' {
			l.starts = append(l.starts, i+1)
		}
		characters++
	}
	return l
}

// characters returns how many characters stand between two bytes.
func (l *lines) characters(from, to int) int {
	if to-from <= stretch {
		return utf8.RuneCountInString(l.text[from:to])
	}
	return l.before(to) - l.before(from)
}

// before returns how many characters stand before a byte.
func (l *lines) before(offset int) int {
	behind := sort.Search(len(l.marks), func(i int) bool { return l.marks[i].offset > offset })
	m := l.marks[behind-1]
	return m.characters + utf8.RuneCountInString(l.text[m.offset:offset])
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
	return diag.Position{Line: number + 1, Column: 1 + l.characters(l.starts[number], offset)}
}

// offset converts a position; one behind its line becomes the line's end.
func (l *lines) offset(p diag.Position) int {
	at, end := l.line(p.Line)
	left := p.Column - 1
	if left > stretch {
		sought := l.before(at) + left
		behind := sort.Search(len(l.marks), func(i int) bool { return l.marks[i].characters > sought })
		if m := l.marks[behind-1]; m.offset > at {
			at, left = m.offset, sought-m.characters
		}
	}
	for ; left > 0 && at < end; left-- {
		_, size := utf8.DecodeRuneInString(l.text[at:])
		at += size
	}
	return min(at, end)
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

package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Apply makes edits, whatever their order. One that overlaps an edit before it is left out: the next run finds it again.
func Apply(text []byte, edits []diag.Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b diag.Edit) int { return a.Start - b.Start })
	out := make([]byte, 0, len(text))
	done := 0
	for _, e := range edits {
		if e.Start < done {
			continue
		}
		out = append(append(out, text[done:e.Start]...), e.New...)
		done = e.End
	}
	return append(out, text[done:]...)
}

// source finds nodes in the bytes of the file.
type source struct {
	doc   *document.Document
	text  string
	lines []int // the offset of each line; made when it is needed

	// The place that was asked for last: the next one is mostly behind it, which matters in a file that is one long line.
	last       diag.Position
	lastOffset int
}

func newSource(doc *document.Document) *source { return &source{doc: doc, text: string(doc.Text)} }

func (s *source) index() []int {
	if s.lines == nil {
		s.lines = []int{0}
		for i := range len(s.text) {
			if s.text[i] == '\n' {
				s.lines = append(s.lines, i+1)
			}
		}
	}
	return s.lines
}

// offset returns the byte where a node begins.
func (s *source) offset(n *document.Node) int {
	at := s.doc.PlaceOf(n).Start
	column, offset := 1, s.index()[at.Line-1]
	if s.last.Line == at.Line && s.last.Column <= at.Column {
		column, offset = s.last.Column, s.lastOffset
	}
	for ; column < at.Column; column++ {
		_, size := utf8.DecodeRuneInString(s.text[offset:])
		offset += size
	}
	s.last, s.lastOffset = at, offset
	return offset
}

// line returns a line without its line break; lines count from 1.
func (s *source) line(number int) string {
	end := len(s.text)
	if number < len(s.index()) {
		end = s.index()[number]
	}
	return strings.TrimRight(s.text[s.index()[number-1]:end], "\r\n")
}

// spell returns the byte of the file that spells each byte of a scalar's text, and the byte behind the scalar.
// It is false for the few scalars whose spelling it does not follow: escapes in double quotes other than \" and \\.
func (s *source) spell(n *document.Node) (offsets []int, end int, ok bool) {
	at := s.offset(n)
	style := s.text[at]
	switch style {
	case '|', '>':
		header := strings.IndexByte(s.text[at:], '\n')
		if header < 0 {
			return nil, len(s.text), n.Text == ""
		}
		at += header + 1
		if n.Text != "" && !isSpace(n.Text[0]) {
			at = s.skipSpace(at)
		}
	case '"', '\'':
		at++
	}
	offsets = make([]int, 0, len(n.Text))
	for i := 0; i < len(n.Text); i++ {
		if isSpace(n.Text[i]) { // all white space counts alike: line breaks may be folded, lines indented
			offsets = append(offsets, at)
			if i+1 == len(n.Text) || !isSpace(n.Text[i+1]) {
				at = s.skipSpace(at)
			}
			continue
		}
		at += escape(style, s.text[at:])
		if at == len(s.text) || s.text[at] != n.Text[i] {
			return nil, 0, false
		}
		offsets = append(offsets, at)
		at++
	}
	if style != '"' && style != '\'' {
		return offsets, at, true
	}
	return offsets, at + 1, at < len(s.text) && s.text[at] == style
}

// escape returns 1 if rest begins with a character that is escaped, where the escape is a byte before the character itself.
func escape(style byte, rest string) int {
	if style == '\'' && strings.HasPrefix(rest, "''") || style == '"' && (strings.HasPrefix(rest, `\"`) || strings.HasPrefix(rest, `\\`)) {
		return 1
	}
	return 0
}

func (s *source) skipSpace(at int) int {
	for at < len(s.text) && isSpace(s.text[at]) {
		at++
	}
	return at
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// replace makes the edit that puts new in place of text[from:to] of a scalar; none where the scalar's spelling is not followed, or new might need quotes.
func (s *source) replace(n *document.Node, from, to int, new string) []diag.Edit {
	offsets, _, ok := s.spell(n)
	if !ok || from >= to || to > len(offsets) {
		return nil
	}
	switch style := s.text[s.offset(n)]; {
	case style == '"':
		new = strings.ReplaceAll(new, `\`, `\\`)
	case !strings.ContainsRune(`'|>`, rune(style)) && strings.ContainsAny(new, "{}[],#: "):
		return nil
	}
	start := offsets[from]
	if s.escaped(n, start) {
		start--
	}
	return []diag.Edit{{Start: start, End: offsets[to-1] + 1, New: new}}
}

// escaped tells whether the byte at offset is the second half of \\, \" or ”.
func (s *source) escaped(n *document.Node, offset int) bool {
	switch s.text[s.offset(n)] {
	case '"':
		return s.text[offset] == '\\' || s.text[offset] == '"'
	case '\'':
		return s.text[offset] == '\''
	}
	return false
}

// quotedEnd returns the byte behind the quotes that open at an offset.
func (s *source) quotedEnd(at int) int {
	quote := s.text[at]
	for i := at + 1; i < len(s.text); i++ {
		switch {
		case quote == '"' && s.text[i] == '\\':
			i++
		case s.text[i] != quote:
		case quote == '\'' && strings.HasPrefix(s.text[i+1:], "'"):
			i++
		default:
			return i + 1
		}
	}
	return len(s.text)
}

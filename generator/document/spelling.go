package document

import (
	"cmp"
	"sort"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// spelling returns the part of its line that spells the node.
func (n *Node) spelling(line string) string {
	line = strings.TrimRight(line, " \t\r")
	switch {
	case line == "":
		return ""
	case n.Kind == Null:
		return line[:len(nullSpelling().FindString(line))]
	case n.Kind == Map || n.Kind == List:
		return line[:bracketLength(line)]
	case line[0] == '"' || line[0] == '\'':
		return line[:quotedLength(line)]
	case n.Text != "" && strings.HasPrefix(line, n.Text):
		return n.Text
	}
	line, _, _ = strings.Cut(line, " #")
	return strings.TrimRight(line, " \t")
}

var nullSpelling = Pattern(`^(null|Null|NULL|~)`)

// bracketLength returns where the bracket that line begins with is closed: its length if on another line, or if there
// is no bracket. Quotes inside plain text, as in it's, open nothing.
func bracketLength(line string) int {
	depth := 0
	before := byte(',') // the last character that is no space
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case (c == '"' || c == '\'') && strings.IndexByte("{[,:?", before) >= 0:
			i += quotedLength(line[i:]) - 1
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
		if depth == 0 && (line[0] == '{' || line[0] == '[') {
			return min(i+1, len(line))
		}
		if !isSpace(c) {
			before = c
		}
	}
	return len(line)
}

// quotedLength returns where the quotes that text begins with are closed: its length if they are not.
func quotedLength(text string) int {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] != quote:
		case quote == '\'' && strings.HasPrefix(text[i+1:], "'"):
			i++
		default:
			return i + 1
		}
	}
	return len(text)
}

// Spelling returns the byte of the file that spells each byte of a scalar's text, and the byte behind the scalar. It is
// false for the few scalars that it does not follow: those with escapes in double quotes other than \" and \\.
func (n *Node) Spelling() (offsets []int, end int, ok bool) {
	text, at := n.doc.lines().text, n.Offset()
	style := n.Style()
	switch style {
	case '|', '>':
		header := strings.IndexByte(text[at:], '\n')
		if header < 0 {
			return nil, len(text), n.Text == ""
		}
		at += header + 1
		if n.Text != "" && !isSpace(n.Text[0]) {
			at = skipSpace(text, at)
		}
	case '"', '\'':
		at++
	}
	offsets = make([]int, 0, len(n.Text))
	for i := 0; i < len(n.Text); i++ {
		if isSpace(n.Text[i]) { // all white space counts alike: line breaks may be folded, lines indented
			offsets = append(offsets, at)
			if i+1 == len(n.Text) || !isSpace(n.Text[i+1]) {
				at = skipSpace(text, at)
			}
			continue
		}
		at += escapeLength(style, text[at:])
		if at == len(text) || text[at] != n.Text[i] {
			return nil, 0, false
		}
		offsets = append(offsets, at)
		at++
	}
	if style == 0 || style == '|' || style == '>' {
		return offsets, at, true
	}
	return offsets, at + 1, at < len(text) && text[at] == style
}

// Style returns how a scalar is written: ', ", | or > as it begins, and 0 for plain text.
func (n *Node) Style() byte {
	text, at := n.doc.lines().text, n.Offset()
	if at < len(text) && strings.IndexByte(`'"|>`, text[at]) >= 0 {
		return text[at]
	}
	return 0
}

// escapeLength returns 1 if rest begins with a character that is escaped, where the escape is a byte before the
// character itself.
func escapeLength(style byte, rest string) int {
	if style == '\'' && strings.HasPrefix(rest, "''") ||
		style == '"' && (strings.HasPrefix(rest, `\"`) || strings.HasPrefix(rest, `\\`)) {
		return 1
	}
	return 0
}

func skipSpace(text string, at int) int {
	for at < len(text) && isSpace(text[at]) {
		at++
	}
	return at
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// InText reports whether a byte of the file lies in quotes or in a block of text, where a # begins no comment.
func (d *Document) InText(offset int) bool {
	n := d.lastBefore(d.lines().position(offset))
	if n == nil || n.Kind != String {
		return false
	}
	text, at := d.lines().text, n.Offset()
	switch n.Style() {
	case '"', '\'':
		return offset < at+quotedLength(text[at:])
	case '|', '>':
		header := at + strings.IndexByte(text[at:]+"\n", '\n')
		_, end, ok := n.Spelling()
		return offset > header && (!ok || offset < end)
	}
	return false
}

// lastBefore returns the last scalar or empty collection that begins at a position or before it, or nil.
func (d *Document) lastBefore(p diag.Position) *Node {
	n := d.Root
	for len(n.children) > 0 {
		i := sort.Search(len(n.children), func(i int) bool {
			at := n.children[i].position()
			return cmp.Or(cmp.Compare(at.Line, p.Line), cmp.Compare(at.Column, p.Column)) > 0
		})
		if i == 0 {
			return nil
		}
		n = &n.children[i-1]
	}
	return n
}

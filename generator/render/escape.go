package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/document"
)

// stringStyle is how a language writes text in double quotes.
type stringStyle struct {
	Unicode string // of a character up to U+FFFF, such as \u%04x
	Astral  string // of one beyond; empty: a surrogate pair
	Replace pairs  // what else needs an escape, and how it is written; the first that stands there counts
}

// pairs of texts and what is written for them; where their order does not matter, target.yaml can have them as a map.
type pairs [][2]string

func (p *pairs) UnmarshalYAML(decode func(any) error) error {
	if decode((*[][2]string)(p)) == nil {
		return nil
	}
	var unordered map[string]string
	err := decode(&unordered)
	*p = nil
	for _, from := range slices.Sorted(maps.Keys(unordered)) {
		*p = append(*p, [2]string{from, unordered[from]})
	}
	return err
}

// at returns the pair whose text stands at the beginning of text, or two empty ones.
func (p pairs) at(text string) [2]string {
	for _, pair := range p {
		if strings.HasPrefix(text, pair[0]) {
			return pair
		}
	}
	return [2]string{}
}

// plainASCII reports whether every byte can stand in a literal as it is.
func (s *stringStyle) plainASCII(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	for _, pair := range s.Replace {
		if strings.Contains(text, pair[0]) {
			return false
		}
	}
	return true
}

// literal returns text as a string literal with its quotes.
func (s *stringStyle) literal(text string) string {
	if s.plainASCII(text) {
		return `"` + text + `"`
	}
	var b strings.Builder
	b.Grow(len(text) + 8)
	b.WriteByte('"')
	s.escape(&b, text)
	b.WriteByte('"')
	return b.String()
}

func (s *stringStyle) escape(b *strings.Builder, text string) {
	past := 0 // what a pair stands for
	for i, r := range text {
		switch {
		case i < past:
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case hidden(r):
			b.WriteString(s.codePoint(r))
		default:
			if pair := s.Replace.at(text[i:]); pair[0] != "" {
				b.WriteString(pair[1])
				past = i + len(pair[0])
				continue
			}
			b.WriteRune(r)
		}
	}
}

// hidden reports whether a character is invisible, reorders text, or ends a line for some parser.
func hidden(r rune) bool {
	if r < 0x7f {
		return r < ' '
	}
	return r < 0xa0 || r == 0xad || r == 0xfffe || r == 0xffff ||
		r > 0x5ff && unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co)
}

func (s *stringStyle) codePoint(r rune) string {
	if r <= 0xffff {
		return fmt.Sprintf(s.Unicode, r)
	}
	if s.Astral != "" {
		return fmt.Sprintf(s.Astral, r)
	}
	r -= 0x10000
	return fmt.Sprintf(s.Unicode, 0xd800+r>>10) + fmt.Sprintf(s.Unicode, 0xdc00+r&0x3ff)
}

// json writes a value as JSON on one line.
func (s *stringStyle) json(b *strings.Builder, n *document.Node) {
	switch n.Kind {
	case document.Null:
		b.WriteString("null")
	case document.Bool:
		b.WriteString(n.Text)
	case document.Number:
		b.WriteString(plainNumber(n.Text))
	case document.String:
		b.WriteByte('"')
		s.escape(b, n.Text)
		b.WriteByte('"')
	case document.List, document.Map:
		open, end := brackets(n)
		b.WriteString(open)
		for i := range n.Len() {
			if i > 0 {
				b.WriteString(", ")
			}
			s.key(b, n, i)
			s.json(b, n.Item(i))
		}
		b.WriteString(end)
	}
}

func brackets(n *document.Node) (open, end string) {
	if n.Kind == document.List {
		return "[", "]"
	}
	return "{", "}"
}

// key writes the i-th key of a map; a list has none.
func (s *stringStyle) key(b *strings.Builder, n *document.Node, i int) {
	if n.Kind == document.Map {
		s.json(b, n.Key(i))
		b.WriteString(": ")
	}
}

// prettyJSON writes a value as JSON on as many lines as it needs not to be wider than width (0: of any width), and at
// least on those that break it open to a depth. All but the first begin with the indent.
func (s *stringStyle) prettyJSON(b *strings.Builder, n *document.Node, indent string, depth, width int) {
	var line strings.Builder
	s.json(&line, n)
	if n.Len() == 0 || depth <= 0 && (width == 0 || len(indent)+line.Len() <= width) {
		b.WriteString(line.String())
		return
	}
	open, end := brackets(n)
	b.WriteString(open)
	for i := range n.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + indent + "  ")
		s.key(b, n, i)
		s.prettyJSON(b, n.Item(i), indent+"  ", depth-1, width)
	}
	b.WriteString("\n" + indent + end)
}

// plainNumber writes an exponent so that YAML 1.1 and 1.2 parsers both see a number: with a dot and a sign.
func plainNumber(text string) string {
	mantissa, exponent, found := strings.Cut(strings.ToLower(text), "e")
	if !found {
		return text
	}
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	if exponent[0] != '-' && exponent[0] != '+' {
		exponent = "+" + exponent
	}
	return mantissa + "e" + exponent
}

// commentStyle is how a language's comments are kept whole.
type commentStyle struct {
	Width int // of a line with its prefix; 0: lines are not broken
	// Replace is applied in order; text begins with a space, so that a rule can speak of the beginning.
	Replace [][2]string
}

// comment returns text for the inside of a comment. White space, line breaks too, becomes single spaces; a line is
// broken only before a letter, since other characters can mean something at the beginning of a line.
func (c *commentStyle) comment(prefix, text string, style *stringStyle) string {
	text = " " + strings.Join(strings.Fields(lineBreaks.Replace(text)), " ")
	if strings.IndexFunc(text, hidden) >= 0 {
		var b strings.Builder
		for _, r := range text {
			if hidden(r) {
				b.WriteString(style.codePoint(r))
				continue
			}
			b.WriteRune(r)
		}
		text = b.String()
	}
	for _, rule := range c.Replace {
		text = strings.ReplaceAll(text, rule[0], rule[1])
	}
	return c.wrap(prefix, strings.TrimPrefix(text, " "))
}

// Line separators of all kinds are white space in a comment.
var lineBreaks = strings.NewReplacer("\u2028", " ", "\u2029", " ", "\u0085", " ")

func (c *commentStyle) wrap(prefix, text string) string {
	indent := len(prefix) + 3*strings.Count(prefix, "\t") // a tab counts 4
	if c.Width == 0 || indent+len(text) <= c.Width {
		return text
	}
	var b strings.Builder
	width := indent
	for i, word := range strings.Split(text, " ") {
		length := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case width+1+length > c.Width && mayBeginLine(word):
			b.WriteString("\n" + prefix)
			width = indent
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += length
	}
	return b.String()
}

// mayBeginLine keeps words such as "Deprecated:", "go:build" and "1." off the beginning of a line.
func mayBeginLine(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(r) && !strings.Contains(word, ":")
}

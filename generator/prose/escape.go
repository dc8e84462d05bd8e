package prose

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Escape returns inline Markdown that shows exactly the plain text, in a paragraph as in a table cell. Newlines are
// spaces.
func Escape(plain string) string {
	e := escaper{s: oneLine(plain), starts: true, blockStart: true, ends: true, cell: true}
	return e.string()
}

// escaper escapes one run of text. The zero value knows nothing of what stands around the text and escapes all that
// could mean something there.
type escaper struct {
	s          string
	indent     string // begins each line after the first
	starts     bool   // s begins a line: spaces there would be lost
	blockStart bool   // a block marker at the start of the line would be one
	ends       bool   // nothing follows s
	link       bool   // s is within a link
	cell       bool   // s is within a table cell
	heading    bool   // s is within a heading
	page       bool   // {{ is taken apart
	wordEnd    int    // the verdict below holds up to here
	plainWord  bool   // no byte of this word needs an escape
}

// string returns the escaped text; that is s itself if there is nothing to escape.
func (e *escaper) string() string {
	at, with, size := e.next(0)
	if at == len(e.s) {
		return e.s
	}
	var b strings.Builder
	b.Grow(len(e.s) + 16)
	b.WriteString(e.s[:at])
	b.WriteString(with)
	e.write(&b, at+size)
	return b.String()
}

func (e *escaper) write(b *strings.Builder, from int) {
	for {
		at, with, size := e.next(from)
		b.WriteString(e.s[from:at])
		if at == len(e.s) {
			return
		}
		b.WriteString(with)
		from = at + size
	}
}

var outMarks = table256("\\`*_~[]{}<&|!#:w\n", func(byte) bool { return false })

// next finds the next piece of s to replace: size bytes at index at. Without one, at is the length of s.
func (e *escaper) next(from int) (at int, with string, size int) {
	if e.starts && from < len(e.s) {
		e.starts = false
		if with, size = e.lineStart(e.s[from:]); size > 0 {
			return from, with, size
		}
	}
	for i := from; i < len(e.s); i++ {
		if !outMarks[e.s[i]] {
			continue
		}
		if e.s[i] == '\n' && i > from && e.s[i-1] == ' ' {
			return i - 1, "&#32;", 1
		}
		with, size = e.mark(i)
		if with != "" {
			return i, with, size
		}
		i += size - 1
	}
	if last := len(e.s) - 1; e.ends && last >= from && e.s[last] == ' ' {
		return last, "&#32;", 1
	}
	return len(e.s), "", 0
}

// mark returns what replaces the size bytes at i; "" keeps them.
func (e *escaper) mark(i int) (with string, size int) {
	c := e.s[i]
	switch c {
	case '\n':
		return e.newline(), 1
	case '<':
		return "&lt;", 1
	case '*', '_', '~':
		return e.delimiters(i)
	case ':', 'w':
		return e.url(i)
	case '&':
		if reference(e.s[i:]) != "" {
			return "&amp;", 1
		}
		return "", 1
	case '{':
		if e.page && strings.HasPrefix(e.s[i+1:], "{") {
			return `\{<span></span>`, 1
		}
	}
	if e.means(c, i) {
		return `\` + e.s[i:i+1], 1
	}
	return "", 1
}

// means reports whether the character at i would mean something without a backslash before it.
func (e *escaper) means(c byte, i int) bool {
	last := i+1 == len(e.s)
	switch c {
	case '\\':
		return last || isPunct(e.s[i+1]) || endsBlank(e.s[i+1:])
	case ']':
		return e.link
	case '|':
		return e.cell
	case '!': // with a link after it: an image
		return last && !e.ends
	case '#': // at the end of a heading: its closing sequence
		return e.heading && e.ends && (i == 0 || e.s[i-1] == ' ') && strings.TrimLeft(e.s[i:], "#") == ""
	}
	return true
}

func (e *escaper) newline() string {
	if e.cell {
		return " "
	}
	e.starts = true
	return "\n" + e.indent
}

// delimiters escapes a run of *, _ or ~ unless its neighbours make it text: words on both sides of underscores, spaces
// on both sides of any.
func (e *escaper) delimiters(i int) (with string, size int) {
	s, c := e.s, e.s[i]
	end := i + 1
	for end < len(s) && s[end] == c {
		end++
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[end:])
	switch {
	case c == '_' && isWord(before) && isWord(after):
		return "", end - i
	case before == ' ' && after == ' ' && insideLine(s[:i-1]) && end+1 < len(s) && s[end+1] != '\n':
		return "", end - i
	}
	return strings.Repeat(`\`+s[i:i+1], end-i), end - i
}

// insideLine reports whether what follows s is not the start of a line.
func insideLine(s string) bool {
	return s != "" && s[len(s)-1] != '\n' && s[len(s)-1] != ' '
}

// url breaks up a bare address, which GFM links and shows as written, backslashes included, if escapes follow in it.
func (e *escaper) url(i int) (with string, size int) {
	switch rest := e.s[i:]; {
	case e.link: // addresses are not links there
	case strings.HasPrefix(rest, "://") && i > 0 && isLetter(e.s[i-1]) && !e.isPlainWord(i):
		return "&#58;", 1
	case strings.HasPrefix(rest, "www.") && (i == 0 || !isWordByte(e.s[i-1])) && !e.isPlainWord(i):
		return "www&#46;", 4
	}
	return "", 1
}

// isPlainWord reports whether the rest of the word at i ends within s and needs no escapes, nor the space after it.
func (e *escaper) isPlainWord(i int) bool {
	if i < e.wordEnd {
		return e.plainWord
	}
	word := e.s[i:]
	end := strings.IndexAny(word, " \n")
	if end >= 0 {
		word = word[:end]
	}
	e.wordEnd = i + len(word)
	e.plainWord = (end >= 0 && !endsBlank(e.s[e.wordEnd:]) || end < 0 && e.ends) &&
		!strings.ContainsAny(word, "*~\\[]{}<>|`")
	for k := 0; k < len(word) && e.plainWord; k++ {
		switch word[k] {
		case '_':
			e.plainWord = 0 < k && k+1 < len(word) && isWordByte(word[k-1]) && isWordByte(word[k+1])
		case '&':
			e.plainWord = reference(word[k:]) == ""
		}
	}
	return e.plainWord
}

// lineStart returns what replaces the first size bytes of a line, if they would be lost or start a block.
func (e *escaper) lineStart(s string) (with string, size int) {
	if s[0] == ' ' {
		return "&#32;", 1
	}
	if !e.blockStart {
		return "", 0
	}
	line := firstLine(s)
	if e.indent == "" && (strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "export ")) {
		return reference10(line[:1]), 1 // MDX runs such lines as JavaScript
	}
	if n := blockMarker(line); n > 0 {
		return line[:n-1] + `\` + line[n-1:n], n
	}
	return "", 0
}

// endsBlank reports whether nothing but spaces is left of the line: the last one is printed as a reference.
func endsBlank(rest string) bool {
	rest = strings.TrimLeft(rest, " ")
	return rest == "" || rest[0] == '\n'
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// blockMarker returns the length of the block marker that line starts with, up to the byte to escape.
func blockMarker(line string) int {
	n := 0
	switch c := line[0]; {
	case c == '>':
		return 1
	case c == '#':
		if n = len(line) - len(strings.TrimLeft(line, "#")); n <= 6 && endsWord(line[n:]) {
			return 1
		}
	case c == '+' || c == '-' || c == ':' || c == '|' || c == '=':
		if (c == '+' || c == '-') && endsWord(line[1:]) || isUnderline(line) {
			return 1
		}
	case isDigit(c):
		for n < len(line) && isDigit(line[n]) {
			n++
		}
		if n <= 9 && n < len(line) && (line[n] == '.' || line[n] == ')') && endsWord(line[n+1:]) {
			return n + 1
		}
	}
	return 0
}

// isUnderline reports whether line would make a heading or a table of the line before it.
func isUnderline(line string) bool {
	return strings.Trim(line, "= ") == "" || strings.Trim(line, "-:| ") == "" && strings.Contains(line, "-")
}

func endsWord(rest string) bool { return rest == "" || rest[0] == ' ' }

// reference10 writes every character as a decimal reference.
func reference10(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "&#%d;", r)
	}
	return b.String()
}

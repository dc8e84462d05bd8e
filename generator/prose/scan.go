package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marks are the bytes that may mean something to an inline parser, and those that need a closer look.
var marks = table256("\\`*_[<&\x7f", func(c byte) bool { return c < ' ' || c >= utf8.RuneSelf })

func table256(chars string, more func(byte) bool) (t [256]bool) {
	for c := range 256 {
		t[c] = more(byte(c)) || c < utf8.RuneSelf && strings.IndexByte(chars, byte(c)) >= 0
	}
	return t
}

// simple reports whether s is nothing but text and code spans in single backticks, and counts the backticks. It may say
// no where a parser would say yes, never the other way round.
func simple(s string) (ticks int, ok bool) {
	wide := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case !marks[c]:
		case c >= utf8.RuneSelf:
			wide = true
		case c == '`':
			if !plainTick(s, i, ticks) {
				return 0, false
			}
			ticks++
		case c < ' ' || c == 0x7f:
			return 0, false
		case ticks%2 == 1: // inside code
		case !plainMark(s, i):
			return 0, false
		}
	}
	return ticks, ticks%2 == 0 && (!wide || isClean(s))
}

// plainTick reports whether the backtick at i stands alone and has no space on the inner side, which a parser strips.
func plainTick(s string, i, ticks int) bool {
	if ticks%2 == 0 {
		return i+1 < len(s) && s[i+1] != '`' && s[i+1] != ' '
	}
	return s[i-1] != ' ' && (i+1 == len(s) || s[i+1] != '`')
}

// plainMark reports whether the mark at i means nothing: an underscore within a word, an asterisk between spaces, an
// ampersand or a less-than sign with no letter after it.
func plainMark(s string, i int) bool {
	if i+1 == len(s) {
		return s[i] == '&' || s[i] == '<'
	}
	before, after := byte(' '), s[i+1]
	if i > 0 {
		before = s[i-1]
	}
	switch s[i] {
	case '_':
		return isWordByte(before) && isWordByte(after)
	case '*':
		return i > 0 && before == ' ' && after == ' '
	case '&', '<':
		return after == ' ' || after == '=' || isDigit(after)
	}
	return false
}

// splitCode splits what simple accepted.
func splitCode(s string, ticks int) []node {
	nodes := make([]node, 0, ticks+1)
	for s != "" {
		before, rest, found := strings.Cut(s, "`")
		if before != "" {
			nodes = append(nodes, node{kind: text, text: before})
		}
		if !found {
			break
		}
		content, rest, _ := strings.Cut(rest, "`")
		nodes = append(nodes, node{kind: code, text: content})
		s = rest
	}
	return nodes
}

func trim(s string) string { return strings.Trim(s, " \t\r\n") }

func isClean(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return cleanRune(r) != r }) < 0
}

// cleanRune makes white space a space, but for the line feed, and other invisible controls U+FFFD: they hide text from
// reviewers or end lines in one language and not in another. As with NUL in CommonMark, what was there stays visible.
func cleanRune(r rune) rune {
	switch {
	case r == '\n' || ' ' <= r && r < 0x7f:
		return r
	case r == '\r':
		return '\n'
	case r == '\t' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return ' '
	case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == 0xFEFF:
		return utf8.RuneError
	}
	return r
}

// Clean returns text of several lines without invisible characters that hide or reorder what is seen: white space of
// other kinds becomes a space, the others U+FFFD. Tabs stay, and line feeds end lines.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return cleanRune(r)
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// expandTabs replaces each tab by the spaces that CommonMark reads it as: those up to the next column of four.
func expandTabs(s string) string {
	if strings.IndexByte(s, '\t') < 0 {
		return s
	}
	var b strings.Builder
	column := 0
	for _, r := range s {
		switch r {
		case '\t':
			spaces := "    "[column%4:]
			b.WriteString(spaces)
			column += len(spaces)
			continue
		case '\n':
			column = -1
		}
		b.WriteRune(r)
		column++
	}
	return b.String()
}

// oneLine cleans s and makes every newline, with the white space around it, one space.
func oneLine(s string) string {
	s = strings.Map(cleanRune, strings.ReplaceAll(s, "\r\n", "\n"))
	if strings.IndexByte(s, '\n') < 0 {
		return s
	}
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		if line = trim(line); line != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(line)
		}
	}
	return b.String()
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isWordByte(c byte) bool {
	return isLetter(c) || isDigit(c)
}

// isWord reports whether every version of CommonMark takes r for neither punctuation nor white space.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isPunct(c byte) bool {
	return '!' <= c && c <= '~' && !isWordByte(c)
}

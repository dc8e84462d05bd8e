package prose

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// resolve replaces backslash escapes and character references as CommonMark says, and cleans what they give.
func resolve(raw string) string {
	i := strings.IndexAny(raw, `\&`)
	if i < 0 {
		return raw
	}
	var b strings.Builder
	for ; i >= 0; i = strings.IndexAny(raw, `\&`) {
		b.WriteString(raw[:i])
		raw = raw[i:]
		size := 1
		if raw[0] == '\\' && len(raw) > 1 && isPunct(raw[1]) {
			b.WriteByte(raw[1])
			size = 2
		} else if name := reference(raw); name != "" && expand(&b, name) {
			size = len(name) + 2
		} else {
			b.WriteByte(raw[0])
		}
		raw = raw[size:]
	}
	b.WriteString(raw)
	return b.String()
}

// reference returns the name in "&name;" at the start of s, or "" if there is none.
func reference(s string) string {
	if s[0] != '&' {
		return ""
	}
	for i := 1; i < len(s); i++ {
		if s[i] == ';' {
			return s[1:i]
		}
		if !isWordByte(s[i]) && (s[i] != '#' || i > 1) {
			break
		}
	}
	return ""
}

// expand writes the characters a reference stands for, and reports whether it stands for any.
func expand(b *strings.Builder, name string) bool {
	if name[0] != '#' {
		entity, ok := util.LookUpHTML5EntityByName(name)
		if ok {
			b.WriteString(strings.Map(cleanReferred, string(entity.Characters)))
		}
		return ok
	}
	digits, base, most := name[1:], 10, 7
	if len(digits) > 0 && digits[0]|0x20 == 'x' {
		digits, base, most = digits[1:], 16, 6
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > most {
		return false
	}
	r := rune(code)
	if r == 0 || !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	b.WriteRune(cleanReferred(r))
	return true
}

// cleanReferred cleans a character that was written as a reference: a line feed, too, is a space.
func cleanReferred(r rune) rune {
	if r = cleanRune(r); r == '\n' {
		return ' '
	}
	return r
}

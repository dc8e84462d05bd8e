package prose

import (
	"fmt"
	"strings"
)

// address returns a destination as it is printed, or "" if a link must not lead there: only http, https, mailto,
// relative paths and anchors are kept.
func address(s string) string {
	s = strings.Trim(s, " ")
	if strings.HasPrefix(s, "//") || strings.ContainsRune(s, '\n') {
		return ""
	}
	if i := strings.IndexAny(s, ":/?#"); i >= 0 && s[i] == ':' {
		switch strings.ToLower(s[:i]) {
		case "http", "https", "mailto":
		default:
			return ""
		}
	}
	return percentEncode(s)
}

var urlBytes = table256("-._~:/?#@!$&'()*+,;=%", isWordByte)

// percentEncode encodes every byte that has no place in a URL (RFC 3986) or would need an escape in Markdown, and a
// percent sign that encodes nothing.
func percentEncode(s string) string {
	var b strings.Builder
	done := 0
	for i := range len(s) {
		if !urlBytes[s[i]] || s[i] == '%' && !encodes(s[i+1:]) {
			b.WriteString(s[done:i])
			fmt.Fprintf(&b, "%%%02X", s[i])
			done = i + 1
		}
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// encodes reports whether the two characters behind a percent sign are the number of a byte.
func encodes(s string) bool { return len(s) > 1 && isHex(s[0]) && isHex(s[1]) }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// balanced reports whether the parentheses in s pair up, so that a link may hold them as they are.
func balanced(s string) bool {
	open := 0
	for i := range len(s) {
		switch s[i] {
		case '(':
			open++
		case ')':
			open--
		}
		if open < 0 || open > maxDepth {
			return false
		}
	}
	return open == 0
}

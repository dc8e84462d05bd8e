// Package regex compares what Go and JavaScript make of a regular expression. It stands alone.
package regex

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// token is one piece of a regular expression that Go accepts.
type token struct {
	kind       tokenKind
	start, end int    // bytes in the pattern
	text       string // pattern[start:end]
	min, max   int    // of a quantifier; max is -1 if there is none
}

type tokenKind uint8

const (
	atom       tokenKind = iota // a character, an escape or a class: it matches one character
	quote                       // \Q…\E
	assertion                   // it matches a place
	group                       // the opening of a group
	groupEnd                    //
	bar                         // |
	quantifier                  //
	flags                       // (?i) without a group
)

// split cuts a regular expression into its tokens.
func split(pattern string) []token {
	var tokens []token
	for at := 0; at < len(pattern); {
		t := next(pattern[at:])
		t.start, t.end = at, at+len(t.text)
		tokens = append(tokens, t)
		at = t.end
	}
	return tokens
}

func next(rest string) token {
	switch rest[0] {
	case '\\':
		return escapeToken(rest)
	case '[':
		return token{kind: atom, text: rest[:classLength(rest)]}
	case '(':
		return groupToken(rest)
	case ')':
		return token{kind: groupEnd, text: rest[:1]}
	case '|':
		return token{kind: bar, text: rest[:1]}
	case '^', '$':
		return token{kind: assertion, text: rest[:1]}
	case '*', '+', '?', '{':
		if t, ok := quantifierToken(rest); ok {
			return t
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return token{kind: atom, text: rest[:size]}
}

func escapeToken(rest string) token {
	switch rest[1] {
	case 'Q':
		length := len(rest)
		if end := strings.Index(rest, `\E`); end >= 0 {
			length = end + len(`\E`)
		}
		return token{kind: quote, text: rest[:length]}
	case 'b', 'B', 'A', 'z':
		return token{kind: assertion, text: rest[:2]}
	}
	return token{kind: atom, text: rest[:escapeLength(rest)]}
}

// escapeLength returns the length of the escape that rest begins with.
func escapeLength(rest string) int {
	switch c := rest[1]; {
	case (c == 'p' || c == 'P' || c == 'x') && rest[2] == '{':
		return strings.IndexByte(rest, '}') + 1
	case c == 'p' || c == 'P':
		return 3
	case c == 'x':
		return 4
	case '0' <= c && c <= '7':
		length := 2
		for length < len(rest) && length < 4 && '0' <= rest[length] && rest[length] <= '7' {
			length++
		}
		return length
	}
	_, size := utf8.DecodeRuneInString(rest[1:])
	return 1 + size
}

// classItems cuts the inside of the class that rest begins with into characters, escapes and [:name:]s; a range is
// three items.
func classItems(rest string) (items []string, start int) {
	start = 1
	if rest[start] == '^' {
		start++
	}
	at := start
	take := func(length int) {
		items = append(items, rest[at:at+length])
		at += length
	}
	for len(items) == 0 || rest[at] != ']' { // a ] in the first place is a character
		take(classItemLength(rest[at:]))
		if item := items[len(items)-1]; standsForMany(item) || rest[at] != '-' || rest[at+1] == ']' {
			continue
		}
		take(len("-"))
		take(characterLength(rest[at:]))
	}
	return items, start
}

func classLength(rest string) int {
	items, length := classItems(rest)
	for _, item := range items {
		length += len(item)
	}
	return length + 1
}

func classItemLength(rest string) int {
	if strings.HasPrefix(rest, "[:") {
		if end := strings.Index(rest[2:], ":]"); end >= 0 {
			return 2 + end + 2
		}
	}
	return characterLength(rest)
}

func characterLength(rest string) int {
	if rest[0] == '\\' {
		return escapeLength(rest)
	}
	_, size := utf8.DecodeRuneInString(rest)
	return size
}

// standsForMany reports whether an item of a class is a set of characters, so that it begins no range.
func standsForMany(item string) bool {
	return strings.HasPrefix(item, "[:") || len(item) > 1 && item[0] == '\\' && strings.IndexByte("dDwWsSpP", item[1]) >= 0
}

func groupToken(rest string) token {
	if !strings.HasPrefix(rest, "(?") {
		return token{kind: group, text: rest[:1]}
	}
	end := strings.IndexAny(rest, ":)>")
	kind := group
	if rest[end] == ')' {
		kind = flags
	}
	return token{kind: kind, text: rest[:end+1]}
}

// quantifierToken is false for a brace that counts nothing: Go takes it for a character.
func quantifierToken(rest string) (token, bool) {
	t := token{kind: quantifier, max: -1}
	length := 1
	switch rest[0] {
	case '+':
		t.min = 1
	case '?':
		t.max = 1
	case '{':
		end := strings.IndexByte(rest, '}')
		if end < 0 {
			return t, false
		}
		from, to, ranged := strings.Cut(rest[1:end], ",")
		var ok bool
		if t.min, ok = count(from); !ok {
			return t, false
		}
		if t.max = t.min; ranged {
			t.max = -1
		}
		if to != "" {
			if t.max, ok = count(to); !ok {
				return t, false
			}
		}
		length = end + 1
	}
	if strings.HasPrefix(rest[length:], "?") {
		length++
	}
	t.text = rest[:length]
	return t, true
}

func count(digits string) (int, bool) {
	n, err := strconv.ParseUint(digits, 10, 16)
	return int(n), err == nil && (digits == "0" || digits[0] != '0')
}

// Package regex compares what Go and JavaScript make of a regular expression. It stands alone.
package regex

import (
	"regexp"
	"strings"
	"sync"
)

// token is one piece of a regular expression that Go accepts.
type token struct {
	kind  tokenKind
	start int // byte in the pattern
	text  string
}

type tokenKind uint8

const (
	atom      tokenKind = iota // a character, an escape or a class, | or )
	quote                      // \Q…\E
	assertion                  // it matches a place
	group                      // the opening of a group, or flags without one
	quantifier
)

// split cuts a regular expression into its tokens.
func split(pattern string) []token {
	var tokens []token
	for at := 0; at < len(pattern); {
		t := next(pattern[at:])
		t.start = at
		tokens = append(tokens, t)
		at += len(t.text)
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
		length := 1
		if strings.HasPrefix(rest, "(?") {
			length = strings.IndexAny(rest, ":)>") + 1
		}
		return token{kind: group, text: rest[:length]}
	case '^', '$':
		return token{kind: assertion, text: rest[:1]}
	case '*', '+', '?', '{':
		if text := count().FindString(rest); text != "" {
			return token{kind: quantifier, text: text}
		}
	}
	return token{kind: atom, text: character().FindString(rest)}
}

// count finds what counts: a brace that counts nothing is a character to Go.
var count = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[*+?]|\{(?:0|[1-9]\d*)(?:,(?:0|[1-9]\d*)?)?\})\??`)
})

// character finds a character or an escape.
var character = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)^(?:\\(?:[pPx]\{.*?\}|[pP].|x..|[0-7]{1,3}|.)|.)`)
})

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
	return token{kind: atom, text: character().FindString(rest)}
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

func characterLength(rest string) int { return len(character().FindString(rest)) }

// standsForMany reports whether an item of a class is a set of characters, so that it begins no range.
func standsForMany(item string) bool {
	return strings.HasPrefix(item, "[:") || len(item) > 1 && item[0] == '\\' && strings.IndexByte("dDwWsSpP", item[1]) >= 0
}

package render

import (
	"fmt"
	"strings"
	"unicode"
)

// part is one piece of a name: a code, a property, a word such as Details.
type part struct {
	text string
	keep bool // its capitals stay as they are in Pascal case
}

// namePattern is a pattern such as Code{pascal}, cut at its placeholders.
type namePattern struct {
	literals []string // one more than cases
	cases    []string
}

func parsePattern(pattern string, known ...string) (namePattern, error) {
	var p namePattern
	for {
		before, rest, found := strings.Cut(pattern, "{")
		p.literals = append(p.literals, before)
		if !found {
			return p, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || !contains(known, name) {
			return p, fmt.Errorf("{%s} is no placeholder here, expected one of {%s}", name, strings.Join(known, "}, {"))
		}
		p.cases = append(p.cases, name)
		pattern = after
	}
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func (p namePattern) uses(placeholder string) bool { return contains(p.cases, placeholder) }

// fill replaces each placeholder.
func (p namePattern) fill(value func(placeholder string) string) string {
	if len(p.cases) == 0 {
		return p.literals[0]
	}
	if len(p.cases) == 1 {
		return p.literals[0] + value(p.cases[0]) + p.literals[1]
	}
	var b strings.Builder
	for i, c := range p.cases {
		b.WriteString(p.literals[i])
		b.WriteString(value(c))
	}
	b.WriteString(p.literals[len(p.cases)])
	return b.String()
}

// speller turns words into the names of one language.
type speller struct {
	special  map[string]string // spelling by lower-case word
	digit    string
	reserved map[string]bool
}

// spell applies a naming convention to the parts of a name.
func (s *speller) spell(convention string, parts []part) string {
	switch convention {
	case "pascal":
		return s.pascal(parts)
	case "camel":
		return s.camel(parts)
	case "snake":
		return joinWords(parts, "_", strings.ToLower)
	case "upper":
		return joinWords(parts, "_", strings.ToUpper)
	case "kebab":
		return joinWords(parts, "-", strings.ToLower)
	}
	panic("no naming convention: " + convention)
}

func (s *speller) pascal(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.keep {
			b.WriteString(strings.ToUpper(p.text[:1]))
			b.WriteString(p.text[1:])
			continue
		}
		for word := range words(p.text) {
			s.capitalize(&b, word)
		}
	}
	return b.String()
}

func (s *speller) camel(parts []part) string {
	first := ""
	var b strings.Builder
	for _, p := range parts {
		for word := range words(p.text) {
			if first == "" {
				first = strings.ToLower(word)
				continue
			}
			s.capitalize(&b, word)
		}
	}
	return first + b.String()
}

func (s *speller) capitalize(b *strings.Builder, word string) {
	lower := strings.ToLower(word)
	if special, ok := s.special[lower]; ok {
		b.WriteString(special)
		return
	}
	if isEncoded(word) {
		b.WriteString(word)
		return
	}
	b.WriteString(strings.ToUpper(lower[:1]))
	b.WriteString(lower[1:])
}

func joinWords(parts []part, separator string, convert func(string) string) string {
	var all []string
	for _, p := range parts {
		for word := range words(p.text) {
			all = append(all, convert(word))
		}
	}
	return strings.Join(all, separator)
}

// finish makes a name legal: it may not begin with a digit or be a reserved word.
func (s *speller) finish(name string) string {
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		name = s.digit + name
	}
	if s.reserved[name] {
		name += "_"
	}
	return name
}

// words cuts text into words: at what is neither letter nor digit, before a capital behind a small letter, and before the last capital of several that a small
// letter follows. Digits belong to the word before them. Letters beyond ASCII become words such as U65E5: identifiers of most languages are ASCII, and no letter may be lost.
func words(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := -1
		found := false
		for i, r := range text {
			if r < unicode.MaxASCII && isAlphanumeric(byte(r)) {
				if start >= 0 && startsWord(text, i) {
					if !yield(text[start:i]) {
						return
					}
					start = i
				} else if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 {
				found = true
				if !yield(text[start:i]) {
					return
				}
				start = -1
			}
			if r > unicode.MaxASCII {
				found = true
				if !yield(fmt.Sprintf("U%04X", r)) {
					return
				}
			}
		}
		if start >= 0 {
			yield(text[start:])
		} else if !found {
			encodeAll(text, yield)
		}
	}
}

// encodeAll names text that has no letter at all.
func encodeAll(text string, yield func(string) bool) {
	for _, r := range text {
		if !yield(fmt.Sprintf("U%04X", r)) {
			return
		}
	}
}

func isEncoded(word string) bool {
	if len(word) < 5 || word[0] != 'U' {
		return false
	}
	for i := 1; i < len(word); i++ {
		if c := word[i]; (c < '0' || c > '9') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

func isAlphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// startsWord tells whether the capital at i begins a word. Behind digits that follow capitals, as in 2FA, it does not unless a small letter follows it.
func startsWord(text string, i int) bool {
	if !isUpper(text[i]) {
		return false
	}
	before := strings.TrimRight(text[:i], "0123456789")
	if before != "" && before[len(before)-1] >= 'a' && before[len(before)-1] <= 'z' {
		return true
	}
	return i+1 < len(text) && text[i+1] >= 'a' && text[i+1] <= 'z'
}

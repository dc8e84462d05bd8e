package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

// part is one piece of a name: a code, a property, a word such as Details.
type part struct {
	text   string
	keep   bool // its capitals stay as they are in Pascal case
	isCode bool
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
		convention, _, _ := strings.Cut(name, "+")
		if !closed || !slices.Contains(known, name) && !(slices.Contains(conventions, convention) && endsInWord().MatchString(name)) {
			return p, fmt.Errorf("{%s} is no placeholder here, expected one of {%s}", name, strings.Join(known, "}, {"))
		}
		p.cases = append(p.cases, name)
		pattern = after
	}
}

// endsInWord matches a naming convention whose names end in a word: {pascal+Error}.
var endsInWord = document.Pattern(`^[a-z]+\+[A-Za-z]+$`)

func (p namePattern) uses(placeholder string) bool { return slices.Contains(p.cases, placeholder) }

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
	special     map[string]string          // spelling by lower-case word
	digit       byNoun[string]             // what stands before a name that would begin with one
	reserved    map[string]map[string]bool // words by noun; those of all nouns too
	ignoresCase bool
}

// fold returns what two names have in common that are one to the language.
func (s *speller) fold(name string) string {
	if s.ignoresCase {
		return strings.ToLower(name)
	}
	return name
}

// isReserved reports whether a name of a noun is a word of the language.
func (s *speller) isReserved(noun, name string) bool {
	name = s.fold(name)
	return s.reserved[everyNoun][name] || s.reserved[noun][name]
}

// byNoun is a section of target.yaml: something for each noun, or for all.
type byNoun[T any] map[string]T

const everyNoun = "all"

func (b *byNoun[T]) UnmarshalYAML(decode func(any) error) error {
	var all T
	if decode(&all) == nil {
		*b = byNoun[T]{everyNoun: all}
		return nil
	}
	return decode((*map[string]T)(b))
}

// wordSets makes sets of the reserved words.
func wordSets(reserved byNoun[[]string], ignoresCase bool) map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for noun, words := range reserved {
		all[noun] = make(map[string]bool, len(words))
		for _, word := range words {
			if ignoresCase {
				word = strings.ToLower(word)
			}
			all[noun][word] = true
		}
	}
	return all
}

// spell applies a naming convention to the parts of a name.
func (s *speller) spell(convention string, parts []part) string {
	convention, word, _ := strings.Cut(convention, "+")
	if word != "" && !endsIn(parts, word) {
		parts = append(slices.Clip(parts), part{text: word})
	}
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

// endsIn reports whether the last word of a name is this one, or the word that stands before the digits of a code.
func endsIn(parts []part, word string) bool {
	last := ""
	for w := range catalog.Words(parts[len(parts)-1].text) {
		last = w
	}
	return strings.EqualFold(last, word) || !parts[0].isCode && strings.EqualFold(parts[0].text, word)
}

func (s *speller) pascal(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.keep {
			b.WriteString(strings.ToUpper(p.text[:1]))
			b.WriteString(p.text[1:])
			continue
		}
		for word := range catalog.Words(p.text) {
			s.capitalize(&b, word)
		}
	}
	return b.String()
}

func (s *speller) camel(parts []part) string {
	first := ""
	var b strings.Builder
	for _, p := range parts {
		for word := range catalog.Words(p.text) {
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
		for word := range catalog.Words(p.text) {
			all = append(all, convert(word))
		}
	}
	return strings.Join(all, separator)
}

// finish makes a name of a noun legal: it may not begin with a digit or be a reserved word.
func (s *speller) finish(noun, name string) string {
	if beginsWithDigit(name) {
		name = cmp.Or(s.digit[noun], s.digit[everyNoun], "N") + name
	}
	if s.isReserved(noun, name) {
		name += "_"
	}
	return name
}

func beginsWithDigit(name string) bool { return name != "" && name[0] >= '0' && name[0] <= '9' }

// isEncoded reports whether a word stands for a character that names cannot have, by its number: U00E9.
func isEncoded(word string) bool {
	return len(word) >= 5 && word[0] == 'U' && strings.Trim(word[1:], "0123456789ABCDEF") == ""
}

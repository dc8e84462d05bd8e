package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// CodeStyle is how a catalog spells its codes.
type CodeStyle string

// MaxCodeLength is the most characters a code may have, as in google.rpc.ErrorInfo.reason.
const MaxCodeLength = 63

var codeStyles = map[CodeStyle]struct {
	pattern func() *regexp.Regexp
	example string
}{
	"UPPER_SNAKE": {pattern(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`), "NOT_FOUND"},
	"lower_snake": {pattern(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`), "not_found"},
	"kebab-case":  {pattern(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`), "not-found"},
	"PascalCase":  {pattern(`^[A-Z][A-Za-z0-9]*$`), "NotFound"},
	"camelCase":   {pattern(`^[a-z][A-Za-z0-9]*$`), "notFound"},
	"dot.case":    {pattern(`^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)*$`), "auth.token_expired"},
}

// pattern compiles a regular expression when it is first used: most runs need few of those there are.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// Valid tells whether code is spelled in the style.
func (s CodeStyle) Valid(code string) bool {
	return len(code) <= MaxCodeLength && codeStyles[s].pattern().MatchString(code)
}

// Keeps tells whether the style's own capitals separate the words, so that they stay in Pascal-case names.
func (s CodeStyle) Keeps() bool { return s == "PascalCase" || s == "camelCase" }

// suggest returns the hint for a code in another style.
func (s CodeStyle) suggest(code string) string {
	hint := "write it like " + codeStyles[s].example
	if respelled := s.join(splitWords(code)); s.Valid(respelled) && ordinary().MatchString(code) {
		hint = "write " + respelled
	}
	for _, other := range slices.Sorted(maps.Keys(codeStyles)) {
		if other.Valid(code) {
			return hint + ", or set info.codeStyle: " + string(other)
		}
	}
	return hint
}

func (s CodeStyle) join(words []string) string {
	text := strings.ToLower(strings.Join(words, "_"))
	switch s {
	case "UPPER_SNAKE":
		return strings.ToUpper(text)
	case "kebab-case":
		return strings.ReplaceAll(text, "_", "-")
	case "PascalCase", "camelCase":
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + strings.ToLower(w[1:])
		}
		text = strings.Join(words, "")
		if s == "camelCase" && text != "" {
			text = strings.ToLower(text[:1]) + text[1:]
		}
	}
	return text
}

var (
	ordinary     = pattern(`^[A-Za-z0-9 ._-]+$`)
	wordOfCode   = pattern(`[A-Z]?[a-z0-9]+|[A-Z0-9]+`)
	innerAcronym = pattern(`([A-Z])([A-Z][a-z])`)
)

// splitWords splits at separators, and where a capital begins a word.
func splitWords(code string) []string {
	return wordOfCode().FindAllString(innerAcronym().ReplaceAllString(code, "${1}_${2}"), -1)
}

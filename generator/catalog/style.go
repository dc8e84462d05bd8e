package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
)

// CodeStyle is how a catalog spells its codes.
type CodeStyle string

// MaxCodeLength is the most characters a code may have: no key of a catalog has more.
const MaxCodeLength = 100

var codeStyles = map[CodeStyle]func() *regexp.Regexp{
	"UPPER_SNAKE": document.Pattern(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`),
	"lower_snake": document.Pattern(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`),
	"kebab-case":  document.Pattern(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`),
	"PascalCase":  document.Pattern(`^[A-Z][A-Za-z0-9]*$`),
	"camelCase":   document.Pattern(`^[a-z][A-Za-z0-9]*$`),
	"dot.case":    document.Pattern(`^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)*$`),
	"digits":      document.Pattern(`^-?[0-9]+(_[0-9]+)*$`),
	"any":         document.Pattern(`^[!-~]([ -~]*[!-~])?$`),
}

// Valid reports whether code is spelled in the style.
func (s CodeStyle) Valid(code string) bool {
	return len(code) <= MaxCodeLength && codeStyles[s]().MatchString(code)
}

// Keeps reports whether the style's own capitals separate the words, so that they stay in Pascal-case names.
func (s CodeStyle) Keeps() bool { return s == "PascalCase" || s == "camelCase" }

// suggest returns the hint for a code in another style. The catalog follows what the API sends: only a new code can
// still be spelled otherwise.
func (s CodeStyle) suggest(code string) string {
	if !CodeStyle("any").Valid(code) {
		return "codes are printable ASCII characters, without a space at either end"
	}
	fits := CodeStyle("any")
	for _, other := range slices.Sorted(maps.Keys(codeStyles)) {
		if other != fits && other.Valid(code) {
			fits = other
			break
		}
	}
	hint := "set info.codeStyle: " + string(fits) + " if the API sends it so"
	if respelled := s.join(slices.Collect(Words(code))); s.Valid(respelled) && ordinary().MatchString(code) {
		hint += ", else write " + respelled
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

var ordinary = document.Pattern(`^[A-Za-z0-9 ._-]+$`)

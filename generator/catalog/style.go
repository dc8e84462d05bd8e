package catalog

import "regexp"

// CodeStyle is how a catalog spells its codes.
type CodeStyle string

// MaxCodeLength is the most characters a code may have, as in google.rpc.ErrorInfo.reason.
const MaxCodeLength = 63

var codeStyles = map[CodeStyle]struct {
	pattern *regexp.Regexp
	example string
}{
	"UPPER_SNAKE": {regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`), "NOT_FOUND"},
	"lower_snake": {regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`), "not_found"},
	"kebab-case":  {regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`), "not-found"},
	"PascalCase":  {regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`), "NotFound"},
	"camelCase":   {regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`), "notFound"},
	"dot.case":    {regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z0-9]+(_[a-z0-9]+)*)*$`), "auth.token_expired"},
}

// Valid tells whether code is spelled in the style.
func (s CodeStyle) Valid(code string) bool {
	return len(code) <= MaxCodeLength && codeStyles[s].pattern.MatchString(code)
}

// Keeps tells whether the style's own capitals separate the words, so that they stay in Pascal-case names.
func (s CodeStyle) Keeps() bool { return s == "PascalCase" || s == "camelCase" }

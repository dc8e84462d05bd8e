package draft

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"github.com/sigsentry/errgen/generator/document"
)

// plain is what may stand without quotes, unless something in it ends it, opens a comment or is read as a key.
var plain = document.Pattern(`^(\.{0,2}/|[$\pL])[^\x00-\x1f]*$`)

// Text returns text as a value or key of YAML: plain where every parser reads it so, else in double quotes.
func Text(s string) string {
	if plain().MatchString(s) && !isWord(s) && !strings.Contains(s, ": ") && !strings.Contains(s, " #") &&
		!strings.HasSuffix(s, ":") && !strings.HasSuffix(s, " ") && !strings.ContainsFunc(s, unseen) {
		return s
	}
	return quoted(s)
}

// plainInFlow is what may stand without quotes between brackets, where parsers differ on more characters.
var plainInFlow = document.Pattern(`^(\.{0,2}/|[$\pL])[\pL\d _./()-]*$`)

// FlowText is Text between brackets.
func FlowText(s string) string {
	if !plainInFlow().MatchString(s) {
		return quoted(s)
	}
	return Text(s)
}

// isWord reports whether text is a word that YAML parsers, new or old, read as something else.
func isWord(s string) bool {
	words := []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
	return slices.Contains(words, strings.ToLower(s))
}

// unseen reports whether a character has to be escaped.
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) ||
		r == unicode.ReplacementChar || r > 0xffff && !unicode.IsPrint(r)
}

func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xffff && unseen(r):
			fmt.Fprintf(&b, `\U%08X`, r)
		case unseen(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// isBlock reports whether n is text of several lines that stands as it is behind |.
func isBlock(n *document.Node) bool {
	text := strings.TrimSuffix(n.Text, "\n")
	return n.Kind == document.String && strings.Contains(text, "\n") && !strings.HasSuffix(text, "\n") &&
		strings.TrimLeft(text, " \t\n") == text && !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && unseen(r) })
}

// blockHeader says whether the last line break counts.
func blockHeader(text string) string {
	if strings.HasSuffix(text, "\n") {
		return "|"
	}
	return "|-"
}

// number returns a number as every parser of YAML reads it: some want a fraction before an exponent.
func number(text string) string {
	if !strings.ContainsAny(text, "eE") {
		return text
	}
	value, ok := new(big.Float).SetString(text)
	if !ok {
		return text
	}
	return value.Text('f', -1)
}

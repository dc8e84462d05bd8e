package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
	"github.com/sigsentry/errgen/generator/render"
)

var (
	// What a code looks like where nothing else says that it is one.
	wordCode = document.Pattern(`^[A-Za-z][A-Za-z0-9]*([_.:/-][A-Za-z0-9]+)*$`)
	// What hardly anything but a code looks like.
	clearCode = document.Pattern(`^([A-Z][A-Z0-9]{2,}|[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[a-z][a-z0-9]*([_.][a-z0-9]+)+)$`)

	oneStatus    = document.Pattern(`(?i)^(?:http[ /:-]*)?([2-5]\d\d)(?:[ :(—–-]+[\pL' -]+\)?)?$`)
	statusClass  = document.Pattern(`(?i)^(?:http )?([45])xx$`)
	statusList   = document.Pattern(`(?i)^[2-5]\d\d(?:\s*(?:,|/|\||or)\s*[2-5]\d\d)+$`)
	statusDigits = document.Pattern(`[2-5]\d\d`)
	integer      = document.Pattern(`^-?[0-9]+$`)
)

// wrongCode says why a code cannot stand in a catalog; "" if it can.
func wrongCode(code string) string {
	switch {
	case len(code) > catalog.MaxCodeLength:
		return fmt.Sprintf("the code %s has more than %d characters", diag.Quote(code), catalog.MaxCodeLength)
	case !catalog.CodeStyle("any").Valid(code):
		return "the code " + diag.Quote(code) + " has other characters than printable ASCII"
	}
	return ""
}

// isCode reports whether text alone can be a code: one word with a letter in it.
func isCode(s string) bool { return len(s) <= catalog.MaxCodeLength && wordCode().MatchString(s) }

func isInteger(s string) bool { return integer().MatchString(s) }

// isStatus reports whether a text is an HTTP status, or several.
func isStatus(s string) bool { return statusOf(s) != nil }

// statusOf reads a status as people and programs write it: 404, 404 Not Found, http.StatusNotFound, 4xx, 409 or 422. It
// returns what stands for it in a catalog, or nil.
func statusOf(s string) *document.Node {
	s = strings.TrimSpace(s)
	if m := oneStatus().FindStringSubmatch(s); m != nil {
		return &document.Node{Kind: document.Number, Text: m[1]}
	}
	if m := statusClass().FindStringSubmatch(s); m != nil {
		return document.NewString(m[1] + "xx")
	}
	if statusList().MatchString(s) {
		var all []*document.Node
		for _, one := range statusDigits().FindAllString(s, -1) {
			all = append(all, &document.Node{Kind: document.Number, Text: one})
		}
		return document.NewList(all...)
	}
	return statusByName(s)
}

// statusByName reads a constant for a status, as http.StatusNotFound and HttpStatus.NOT_FOUND.
func statusByName(s string) *document.Node {
	_, name, qualified := strings.Cut(s, ".")
	if !qualified || strings.ContainsAny(s, " ") {
		return nil
	}
	name = strings.TrimPrefix(fold(name), "status")
	name = strings.TrimPrefix(name, "http")
	name = strings.TrimLeft(name, "0123456789")
	if status := phrases()[name]; status > 0 {
		return document.NewInt(int64(status))
	}
	return nil
}

// phrases holds the statuses by their reason phrases, folded.
var phrases = sync.OnceValue(func() map[string]int {
	all := map[string]int{"requestentitytoolarge": 413, "unprocessableentity": 422, "requesturitoolong": 414}
	for status := 200; status < 600; status++ {
		if phrase := fold(render.Reason(status)); phrase != "" {
			all[phrase] = status
		}
	}
	return all
})

// isPhrase reports whether a text says no more than the reason phrase of a status.
func isPhrase(s string) bool {
	s = fold(regexp.MustCompile(`[0-9]`).ReplaceAllString(s, ""))
	return s == "" || phrases()[strings.TrimPrefix(s, "http")] > 0
}

// fold makes names that differ in spelling alike: HTTP Status, http_status and httpStatus.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// oneLine puts single spaces for all white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isTrue reads a truth value as people write it.
func isTrue(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "y", "✓", "✅", "1":
		return true, true
	case "false", "no", "n", "✗", "❌", "0":
		return false, true
	}
	return false, false
}

// meant returns what a value of a field says: texts that differ in marks or white space alone say the same.
func meant(key string, n *document.Node) string {
	if n.Kind != document.String || key == "status" {
		return spell(n)
	}
	return oneLine(prose.Inline(n.Text).Plain())
}

// same reports whether two values of a field say the same.
func same(key string, a, b *document.Node) bool {
	return a.Kind == b.Kind && meant(key, a) == meant(key, b)
}

func spell(n *document.Node) string {
	text, _ := n.MarshalJSON() // no node fails
	return string(text)
}

// show prints a value for a message or a comment.
func show(n *document.Node) string {
	switch n.Kind {
	case document.String:
		return quote(n.Text)
	case document.List:
		var all []string
		for item := range n.Items() {
			all = append(all, show(item))
		}
		return "[" + strings.Join(all, ", ") + "]"
	case document.Map:
		return "{…}"
	}
	return n.Text
}

// quote shows a text as a whole, if it is not very long: people choose between such texts.
func quote(s string) string {
	s = diag.Cut(oneLine(s), 300)
	return `"` + diag.Visible(strings.ReplaceAll(s, `"`, `\"`)) + `"`
}

// pascal makes a name in every language of words.
func pascal(text string) string {
	var b strings.Builder
	for word := range catalog.Words(text) {
		b.WriteString(strings.ToUpper(word[:1]) + strings.ToLower(word[1:]))
	}
	return b.String()
}

// atoi reads a number that is known to be one.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// styleOf returns the first style that all codes are in.
func styleOf(codes []string) catalog.CodeStyle {
	styles := []catalog.CodeStyle{"UPPER_SNAKE", "lower_snake", "kebab-case", "dot.case", "PascalCase", "camelCase",
		"digits", "any"}
	for _, s := range styles {
		if !slices.ContainsFunc(codes, func(c string) bool { return !s.Valid(c) }) {
			return s
		}
	}
	return "any"
}

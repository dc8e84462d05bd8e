package catalog

import (
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// fit reports where a value does not fit a schema, as JSON Schema 2020-12 with format assertion says. What is the value's role: example or default.
func (l *loader) fit(s *Schema, n *document.Node, what string) {
	nullable := s.isNullable()
	s = s.Resolve()
	switch {
	case s.Kind == unknown || s.Kind == Ref: // has been refused
	case n.Kind == document.Null && nullable:
	case n.Kind == document.Null:
		l.misfit(n, what, "is null, expected "+string(schemaType(s.Kind)), "leave the property out, or allow null: type: ["+string(schemaType(s.Kind))+`, "null"]`)
	case !hasKind(s, n):
		l.misfit(n, what, "is "+n.Describe()+", expected type "+string(schemaType(s.Kind)), n.Respell(string(s.Kind)))
	default:
		l.fitScalar(s, n, what)
		l.fitLimits(s, n, what)
		l.fitInside(s, n, what)
	}
}

func (l *loader) misfit(n *document.Node, what, message, hint string) {
	l.report(n, "invalid-"+what, "the "+what+" "+message, hint)
}

func hasKind(s *Schema, n *document.Node) bool {
	switch s.Kind {
	case Object, Map:
		return n.Kind == document.Map
	case Array:
		return n.Kind == document.List
	case String:
		return n.Kind == document.String
	case Boolean:
		return n.Kind == document.Bool
	case Integer:
		return n.Kind == document.Number && n.Exact().IsInt()
	}
	return n.Kind == document.Number
}

func (l *loader) fitScalar(s *Schema, n *document.Node, what string) {
	switch {
	case len(s.Enum) > 0 && !s.Open && !slices.Contains(s.Enum, n.Text):
		l.misfit(n, what, "is "+diag.Quote(n.Text)+", which the enum does not list", diag.DidYouMean(n.Text, s.Enum))
	case s.Const != nil && s.Const.Text != n.Text:
		l.misfit(n, what, "is "+diag.Quote(n.Text)+", expected "+diag.Quote(s.Const.Text), "")
	case s.Format != "" && !hasFormat(s.Format, n):
		l.misfit(n, what, "is "+diag.Quote(n.Text)+", which is no "+s.Format, "expected "+formatExamples[s.Format])
	}
}

// What a value of each format looks like.
var formatExamples = map[string]string{
	"date-time": "a time such as 2025-03-01T12:00:00Z",
	"date":      "a day such as 2025-03-01",
	"uuid":      "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
	"uri":       "an address such as https://example.com/",
	"email":     "an address such as user@example.com",
	"duration":  "a duration such as PT30S",
	"int32":     "a number from -2147483648 to 2147483647",
	"int64":     "a number from -9223372036854775808 to 9223372036854775807",
}

func (l *loader) fitLimits(s *Schema, n *document.Node, what string) {
	for _, limit := range s.Limits {
		if !withinLimit(limit, n) {
			l.misfit(n, what, "breaks "+limit.Keyword+": "+limit.Value.Text, "")
		}
	}
}

// fitInside looks at the properties or items of a value that has the schema's kind.
func (l *loader) fitInside(s *Schema, n *document.Node, what string) {
	switch s.Kind {
	case Array, Map:
		for i := range n.Len() {
			l.fit(s.Item, n.Item(i), what)
		}
	case Object:
		l.fitProperties(s, n, what)
	}
}

func (l *loader) fitProperties(s *Schema, n *document.Node, what string) {
	names := make([]string, len(s.Properties))
	for i, p := range s.Properties {
		names[i] = p.Name
		if v := n.Get(p.Name); v != nil {
			l.fit(p.Schema, v, what)
		} else if p.Required {
			l.misfit(n, what, "lacks the required property "+diag.Quote(p.Name), "add it")
		}
	}
	for i := range n.Len() {
		if k := n.Key(i); s.Closed && !slices.Contains(names, k.Text) {
			l.misfit(k, what, "has the property "+diag.Quote(k.Text)+", which the schema does not", diag.DidYouMean(k.Text, names))
		}
	}
}

func withinLimit(limit Limit, n *document.Node) bool {
	switch limit.Keyword {
	case "pattern":
		return regexp.MustCompile(limit.Value.Text).MatchString(n.Text)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return withinRange(limit.Keyword, n.Exact(), limit.Value.Exact())
	}
	bound, _ := limit.Value.Int()
	size := n.Len()
	if n.Kind == document.String {
		size = utf8.RuneCountInString(n.Text)
	}
	if strings.HasPrefix(limit.Keyword, "min") {
		return size >= bound
	}
	return size <= bound
}

func withinRange(keyword string, v, bound *big.Rat) bool {
	switch order := v.Cmp(bound); keyword {
	case "minimum":
		return order >= 0
	case "maximum":
		return order <= 0
	case "exclusiveMinimum":
		return order > 0
	default:
		return order < 0
	}
}

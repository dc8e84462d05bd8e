package catalog

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// fit reports where a value does not fit a schema, as JSON Schema 2020-12 with format assertion says. What is the value's role: example or default.
func (l *loader) fit(s *Schema, n *document.Node, what string) {
	nullable := s.Nullable
	for s.Kind == Ref && s.Target != nil && s.Target.Schema != nil {
		s = s.Target.Schema
		nullable = nullable || s.Nullable
	}
	misfit := func(at *document.Node, message, hint string) {
		l.report(at, "invalid-"+what, message, hint)
	}
	if n.Kind == document.Null {
		if !nullable {
			misfit(n, "the "+what+" is null, expected "+string(s.Kind), `a value that may be null has type: [`+string(s.Kind)+`, "null"]`)
		}
		return
	}
	if !hasKind(s, n) {
		if s.Kind != Ref {
			misfit(n, "the "+what+" is "+n.Kind.String()+", expected type "+string(schemaType(s.Kind)), "")
		}
		return
	}
	if message := scalarMisfit(s, n); message != "" {
		misfit(n, "the "+what+" "+message, diag.DidYouMean(n.Text, closedValues(s)))
	}
	for _, limit := range s.Limits {
		if !withinLimit(limit, n) {
			misfit(n, "the "+what+" breaks "+limit.Keyword+": "+limit.Value.Text, "")
		}
	}
	l.fitInside(s, n, what, misfit)
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
		return n.Kind == document.Number && number(n).IsInt()
	case Number:
		return n.Kind == document.Number
	}
	return false
}

// fitInside looks at the properties or items of a value that has the schema's kind.
func (l *loader) fitInside(s *Schema, n *document.Node, what string, misfit func(at *document.Node, message, hint string)) {
	if s.Kind == Array || s.Kind == Map {
		for i := range n.Len() {
			l.fit(s.Item, n.Item(i), what)
		}
		return
	}
	if s.Kind != Object {
		return
	}
	names := make([]string, 0, len(s.Properties))
	for _, p := range s.Properties {
		names = append(names, p.Name)
		if v := n.Get(p.Name); v != nil {
			l.fit(p.Schema, v, what)
		} else if p.Required {
			misfit(n, "the "+what+" lacks the required property "+diag.Quote(p.Name), "")
		}
	}
	for i := range n.Len() {
		if k := n.Key(i); s.Closed && !slices.Contains(names, k.Text) {
			misfit(k, "the "+what+" has a property "+diag.Quote(k.Text)+" that the schema does not", diag.DidYouMean(k.Text, names))
		}
	}
}

func closedValues(s *Schema) []string {
	if s.Open {
		return nil
	}
	return s.Enum
}

func scalarMisfit(s *Schema, n *document.Node) string {
	switch {
	case len(s.Enum) > 0 && !s.Open && !slices.Contains(s.Enum, n.Text):
		return "has the value " + diag.Quote(n.Text) + ", which the enum does not list"
	case s.Const != nil && s.Const.Text != n.Text:
		return "has the value " + diag.Quote(n.Text) + ", expected the const " + diag.Quote(s.Const.Text)
	case s.Format != "" && !hasFormat(s.Format, n):
		return "has the value " + diag.Quote(n.Text) + ", which is no " + s.Format
	}
	return ""
}

func hasFormat(format string, n *document.Node) bool {
	switch format {
	case "int32", "int64":
		bits, _ := strconv.Atoi(format[len("int"):])
		v := number(n)
		return v.IsInt() && v.Num().IsInt64() && (bits == 64 || v.Num().Int64() == int64(int32(v.Num().Int64())))
	}
	return document.HasFormat(format, n.Text)
}

// number returns the exact value. The parser has bounded the exponent.
func number(n *document.Node) *big.Rat {
	v, ok := new(big.Rat).SetString(n.Text)
	if !ok {
		return new(big.Rat)
	}
	return v
}

func withinLimit(limit Limit, n *document.Node) bool {
	switch limit.Keyword {
	case "pattern":
		return regexp.MustCompile(limit.Value.Text).MatchString(n.Text)
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		return withinRange(limit.Keyword, number(n), number(limit.Value))
	}
	most, _ := limit.Value.Int()
	size := n.Len()
	if n.Kind == document.String {
		size = utf8.RuneCountInString(n.Text)
	}
	if limit.Keyword[:3] == "min" {
		return size >= most
	}
	return size <= most
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

package catalog

import (
	"slices"
	"strconv"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// fits holds values against schemas. A schema gets its rules when the first value has to fit it.
type fits struct {
	rules   map[nullability]*document.Rules
	schemas []*Schema // by the name of their rules
}

// nullability is a schema that is no reference, and whether those that refer to it allow null.
type nullability struct {
	schema   *Schema
	nullable bool
}

// fit reports where a value does not fit a schema, as JSON Schema 2020-12 with format assertion says. What is the
// value's role: example or default.
func (l *loader) fit(s *Schema, n *document.Node, what string) {
	for failure := range l.fits.rulesOf(s).Failures(n) {
		if l.found.Full() {
			return
		}
		name, _ := strconv.Atoi(failure.Schema)
		l.explain(failure, l.fits.schemas[name], what)
	}
}

func (f *fits) rulesOf(s *Schema) *document.Rules {
	key := nullability{s.Resolve(), s.isNullable()}
	r := f.rules[key]
	if r == nil {
		r = document.NewRules(strconv.Itoa(len(f.schemas)))
		if f.rules == nil {
			f.rules = map[nullability]*document.Rules{}
		}
		f.rules[key], f.schemas = r, append(f.schemas, key.schema)
		f.fill(r, key.schema, key.nullable)
	}
	return r
}

func (f *fits) fill(r *document.Rules, s *Schema, nullable bool) {
	if s.Kind == unknown || s.Kind == Ref || s.Kind == Any {
		return // has been refused, or takes all
	}
	r.Type(string(schemaType(s.Kind)), nullable)
	if len(s.Enum) > 0 && !s.Open {
		r.Enum(s.Values(), nullable)
	}
	if s.Const != nil {
		r.Enum([]string{s.Const.Text}, nullable)
	}
	if s.Format != "" {
		r.Format(s.Format)
	}
	for _, limit := range s.Limits {
		r.Limit(limit.Keyword, limit.Value)
	}
	f.fillInside(r, s)
}

func (f *fits) fillInside(r *document.Rules, s *Schema) {
	if s.Item != nil {
		r.Inside(f.rulesOf(s.Item))
	}
	for _, p := range s.Properties {
		r.Property(p.Name, p.Required, f.rulesOf(p.Schema))
	}
	if s.Closed {
		r.Close()
	}
}

// explain says what a value breaks in a schema.
func (l *loader) explain(f document.Failure, s *Schema, what string) {
	n, kind := f.Value, string(schemaType(s.Kind))
	isListed := s.Open || len(s.Values()) == 0 || slices.Contains(s.Values(), n.Text)
	switch {
	case f.Keyword == "type" && n.Kind == document.Null:
		hint := "leave the property out, or allow null: type: [" + kind + `, "null"]`
		l.misfit(n, what, "is null, expected "+kind, hint)
	case f.Keyword == "type":
		l.misfit(n, what, "is "+n.Describe()+", expected type "+kind, n.Respell(kind))
	case f.Keyword == "required":
		l.missingProperties(n, s, what)
	case f.Keyword == "additionalProperties":
		l.unknownProperties(n, s, what)
	case isOfText(f.Keyword) && !isListed:
		l.misfit(n, what, "is "+diag.Quote(n.Text)+", which the enum does not list", diag.DidYouMean(n.Text, s.Values()))
	case isOfText(f.Keyword) && s.Const != nil && s.Const.Text != n.Text:
		l.misfit(n, what, "is "+diag.Quote(n.Text)+", expected "+diag.Quote(s.Const.Text), "")
	case f.Keyword == "format":
		l.misfit(n, what, "is "+diag.Quote(n.Text)+", which is no "+s.Format, "expected "+formatExamples[s.Format])
	default:
		at := slices.IndexFunc(s.Limits, func(limit Limit) bool { return limit.Keyword == f.Keyword })
		l.misfit(n, what, "breaks "+f.Keyword+": "+s.Limits[at].Value.Text, "")
	}
}

func (l *loader) misfit(n *document.Node, what, message, hint string) {
	l.report(n, "invalid-"+what, "the "+what+" "+message, hint)
}

// isOfText reports whether a keyword says what a text is: one mistake of this sort is enough.
func isOfText(keyword string) bool { return keyword == "enum" || keyword == "format" }

func (l *loader) missingProperties(n *document.Node, s *Schema, what string) {
	for _, p := range s.Properties {
		if p.Required && n.Get(p.Name) == nil {
			l.misfit(n, what, "lacks the required property "+diag.Quote(p.Name), "add it")
		}
	}
}

func (l *loader) unknownProperties(n *document.Node, s *Schema, what string) {
	names := make([]string, len(s.Properties))
	for i, p := range s.Properties {
		names[i] = p.Name
	}
	for i := range n.Len() {
		if k := n.Key(i); !slices.Contains(names, k.Text) {
			hint := diag.DidYouMean(k.Text, names)
			l.misfit(k, what, "has the property "+diag.Quote(k.Text)+", which the schema does not", hint)
		}
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

package catalog

import (
	"cmp"
	"iter"
	"slices"
	"strconv"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Fits holds values against schemas. A schema gets its rules when the first value has to fit it.
type Fits struct {
	rules   map[nullability]*document.Rules
	schemas []*Schema                   // by the name of their rules
	known   map[*Schema]map[string]bool // see namesOf
	guesses diag.Guesses
}

// nullability is a schema that is no reference, and whether those that refer to it allow null.
type nullability struct {
	schema   *Schema
	nullable bool
}

// Misfit is one thing by which a value does not fit a schema.
type Misfit struct {
	Value   *document.Node // the key itself, where the schema has no such property
	Schema  *Schema
	Keyword string // that the value breaks, such as required
	Says    string // "is null, expected string"
	Hint    string // for those who can change the value
}

// fit reports where a value does not fit a schema. What is the value's role: example or default.
func (l *loader) fit(s *Schema, n *document.Node, what string) {
	for m := range l.fits.Misfits(s, n) {
		if l.found.Full() {
			return
		}
		l.report(m.Value, "invalid-"+what, "the "+what+" "+m.Says, m.Hint)
	}
}

// Misfits ranges over the ways in which a value does not fit a schema, as JSON Schema 2020-12 with format assertion
// says, in the order of the file. An integer that no client reads does not fit, whatever the schema says.
func (f *Fits) Misfits(s *Schema, n *document.Node) iter.Seq[Misfit] {
	return func(yield func(Misfit) bool) {
		if wild := n.Immeasurable(); wild != nil {
			yield(Misfit{wild, s, "type", "is a number that programs cannot hold", "send a smaller number, or text"})
			return
		}
		for failure := range f.rulesOf(s).Failures(n) {
			name, _ := strconv.Atoi(failure.Schema)
			for m := range f.explain(failure, f.schemas[name]) {
				if !yield(m) {
					return
				}
			}
		}
	}
}

func (f *Fits) rulesOf(s *Schema) *document.Rules {
	key := nullability{s.Resolve(), s.IsNullable()}
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

func (f *Fits) fill(r *document.Rules, s *Schema, nullable bool) {
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
	if format := s.assertedFormat(); format != "" {
		r.Format(format)
	}
	for _, limit := range s.Limits {
		r.Limit(limit.Keyword, limit.Value)
	}
	f.fillInside(r, s)
}

// assertedFormat returns the format that values are held to: clients read an integer of no format as int64.
func (s *Schema) assertedFormat() string {
	if s.Kind == Integer {
		return cmp.Or(s.Format, "int64")
	}
	return s.Format
}

func (f *Fits) fillInside(r *document.Rules, s *Schema) {
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
func (f *Fits) explain(failure document.Failure, s *Schema) iter.Seq[Misfit] {
	switch failure.Keyword {
	case "required":
		return missingProperties(failure.Value, s)
	case "additionalProperties":
		return f.unknownProperties(failure.Value, s)
	}
	says, hint := f.reproach(failure, s)
	return slices.Values([]Misfit{{failure.Value, s, failure.Keyword, says, hint}})
}

// reproach says what is wrong with a value that is there.
func (f *Fits) reproach(failure document.Failure, s *Schema) (says, hint string) {
	n, kind := failure.Value, string(schemaType(s.Kind))
	isListed := s.Open || len(s.Enum) == 0 || f.namesOf(s)[n.Text]
	switch {
	case failure.Keyword == "type" && n.Kind == document.Null:
		return "is null, expected " + kind, "leave the property out, or allow null: type: [" + kind + `, "null"]`
	case failure.Keyword == "type":
		return "is " + n.Describe() + ", expected type " + kind, n.Respell(kind)
	case isOfText(failure.Keyword) && !isListed:
		return "is " + diag.Quote(n.Text) + ", which the enum does not list", f.guesses.DidYouMean(n.Text, s.Values)
	case isOfText(failure.Keyword) && s.Const != nil && s.Const.Text != n.Text:
		return "is " + diag.Quote(n.Text) + ", expected " + diag.Quote(s.Const.Text), ""
	case failure.Keyword == "format":
		format := s.assertedFormat()
		says = "is " + diag.Quote(n.Text) + ", which is no " + format
		return says, "expected " + formats[format].words + formats[format].sample
	}
	at := slices.IndexFunc(s.Limits, func(limit Limit) bool { return limit.Keyword == failure.Keyword })
	return "breaks " + failure.Keyword + ": " + s.Limits[at].Value.Text, ""
}

// isOfText reports whether a keyword says what a text is: one mistake of this sort is enough.
func isOfText(keyword string) bool { return keyword == "enum" || keyword == "format" }

func missingProperties(n *document.Node, s *Schema) iter.Seq[Misfit] {
	return func(yield func(Misfit) bool) {
		for _, p := range s.Properties {
			says := "lacks the required property " + diag.Quote(p.Name)
			if p.Required && n.Get(p.Name) == nil && !yield(Misfit{n, s, "required", says, "add it"}) {
				return
			}
		}
	}
}

func (f *Fits) unknownProperties(n *document.Node, s *Schema) iter.Seq[Misfit] {
	return func(yield func(Misfit) bool) {
		known := f.namesOf(s)
		for k := range n.Members() {
			if known[k.Text] {
				continue
			}
			says := "has the property " + diag.Quote(k.Text) + ", which the schema does not"
			if !yield(Misfit{k, s, "additionalProperties", says, f.guesses.DidYouMean(k.Text, s.names)}) {
				return
			}
		}
	}
}

// names returns the names of the properties.
func (s *Schema) names() []string {
	names := make([]string, len(s.Properties))
	for i, p := range s.Properties {
		names[i] = p.Name
	}
	return names
}

// namesOf returns what s.Names does, which it calls once.
func (f *Fits) namesOf(s *Schema) map[string]bool {
	if f.known[s] == nil {
		if f.known == nil {
			f.known = map[*Schema]map[string]bool{}
		}
		f.known[s] = s.Names()
	}
	return f.known[s]
}

// The words for each format, which a sample completes where it is one of texts.
var formats = map[string]struct{ words, sample string }{
	"date-time": {"a time such as ", "2025-03-01T12:00:00Z"},
	"date":      {"a day such as ", "2025-03-01"},
	"uuid":      {"a UUID such as ", "123e4567-e89b-12d3-a456-426614174000"},
	"uri":       {"an address such as ", "https://example.com/"},
	"email":     {"an address such as ", "user@example.com"},
	"duration":  {"a duration such as ", "PT30S"},
	"int32":     {"a number from -2147483648 to 2147483647", ""},
	"int64":     {"a number from -9223372036854775808 to 9223372036854775807", ""},
}

package golden

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

// sampler makes values of schemas: the same choices give the same value.
type sampler struct {
	full   int  // so deep, all that may be there is
	null   bool // null where it may be
	choice int  // which value of an enum
	depth  int
}

var samplers = []sampler{
	{}, {full: 1}, {full: 2}, {full: 3}, {full: 4}, {full: 5}, {full: 6, null: true},
	{full: 6, choice: 1}, {full: 6, choice: 2}, {full: 6, choice: 3},
}

// sample returns a value that fits the schema, as JSON can hold it.
func (s sampler) sample(said *catalog.Schema) any {
	schema := said.Resolve()
	s.depth++
	const deep = 8 // what contains itself has to end
	if (s.null || s.depth > deep) && isNullable(said) {
		return nil
	}
	switch schema.Kind {
	case catalog.Object:
		object := map[string]any{}
		for _, p := range schema.Properties {
			if p.Required || s.depth <= s.full {
				object[p.Name] = s.sample(p.Schema)
			}
		}
		if !schema.Closed && s.full > 5 {
			object["no client knows this"] = []any{1}
		}
		return object
	case catalog.Array:
		if s.depth > max(s.full, 1) {
			return []any{}
		}
		return []any{s.sample(schema.Item)}
	case catalog.Map:
		if s.depth > max(s.full, 1) {
			return map[string]any{}
		}
		return map[string]any{"key": s.sample(schema.Item)}
	case catalog.Integer:
		if schema.Format == "int32" {
			return 7
		}
		return 1 << 40
	case catalog.Number:
		return 1.5
	case catalog.Boolean:
		return true
	case catalog.String:
		return s.text(schema)
	}
	return "anything"
}

func isNullable(said *catalog.Schema) bool {
	for s := said; ; s = s.Target.Schema {
		if s.Nullable {
			return true
		}
		if s.Target == nil {
			return false
		}
	}
}

var formats = map[string]string{
	"date-time": "2026-01-02T03:04:05Z", "date": "2026-01-02", "uuid": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
	"uri": "https://example.com/x", "email": "a@example.com", "duration": "P3DT4H",
}

var formatPatterns = map[string]*regexp.Regexp{
	"date-time": regexp.MustCompile(`^\d{4}-\d\d-\d\dT`), "date": regexp.MustCompile(`^\d{4}-\d\d-\d\d$`),
	"uuid": regexp.MustCompile(`^[0-9a-f]{8}-`), "uri": regexp.MustCompile(`^[a-z]+:`),
	"email": regexp.MustCompile(`@`), "duration": regexp.MustCompile(`^P`),
}

func (s sampler) text(schema *catalog.Schema) any {
	switch values := schema.Values(); {
	case schema.Const != nil:
		return schema.Const.Text
	case len(values) > 0:
		return values[s.choice%len(values)]
	case schema.Format != "":
		return formats[schema.Format]
	}
	return "some text"
}

// misread returns what a client that was built for one schema takes for something else in values of another.
func misread(before, after *catalog.Schema) []string {
	r := &reader{seen: map[[2]*catalog.Schema]bool{}}
	r.compare(before, after, "details")
	return r.found
}

type reader struct {
	seen  map[[2]*catalog.Schema]bool
	found []string
}

func (r *reader) compare(said, sent *catalog.Schema, path string) {
	b, a := said.Resolve(), sent.Resolve()
	if r.seen[[2]*catalog.Schema{b, a}] {
		return
	}
	r.seen[[2]*catalog.Schema{b, a}] = true
	if b.Kind != a.Kind {
		return // the decoder of the client says so
	}
	switch b.Kind {
	case catalog.Object:
		for _, p := range b.Properties {
			i := slices.IndexFunc(a.Properties, func(other catalog.Property) bool { return other.Name == p.Name })
			if i >= 0 {
				r.compare(p.Schema, a.Properties[i].Schema, path+"."+p.Name)
			}
		}
	case catalog.Array, catalog.Map:
		r.compare(b.Item, a.Item, path+"[]")
	case catalog.String, catalog.Integer:
		r.scalar(b, a, path)
	}
	r.names(b, a, path)
}

func (r *reader) scalar(b, a *catalog.Schema, path string) {
	known, sent := valuesOf(b), valuesOf(a)
	if len(known) > 0 && len(sent) > 0 {
		isNew := func(v string) bool { return !slices.Contains(known, v) }
		isGone := func(v string) bool { return !slices.Contains(sent, v) }
		if slices.ContainsFunc(sent, isNew) && slices.ContainsFunc(known, isGone) {
			r.found = append(r.found, fmt.Sprintf("%s is one of %q where %q are known", path, sent, known))
		}
	}
	if b.Format == "" || b.Format == a.Format {
		return
	}
	if p := formatPatterns[b.Format]; p != nil && (a.Format != "" || b.Format == "date-time") &&
		!p.MatchString(formats[a.Format]) {
		r.found = append(r.found, path+" is written as "+a.Format+", not as "+b.Format)
	}
	if b.Format == "date" && a.Format == "date-time" {
		r.found = append(r.found, path+" has a time")
	}
	if b.Format == "date-time" && a.Format == "date" {
		r.found = append(r.found, path+" has no time")
	}
}

// names finds what was retired and is there again, or is listed no more.
func (r *reader) names(b, a *catalog.Schema, path string) {
	there := a.Names()
	for _, n := range b.Retired {
		listed := slices.ContainsFunc(a.Retired, func(other *document.Node) bool { return other.Text == n.Text })
		if there[n.Text] || !listed {
			r.found = append(r.found, path+": "+n.Text+" was retired")
		}
	}
}

func valuesOf(s *catalog.Schema) []string {
	if s.Const != nil {
		return []string{s.Const.Text}
	}
	return s.Values()
}

// allows returns the statuses that a code may come with: nil for any, and of a class those with that first digit.
func allows(s catalog.Status, status int) bool {
	switch {
	case s.Class > 0:
		return status/100 == s.Class
	case len(s.Listed) > 0:
		return slices.Contains(s.Listed, status)
	}
	return true
}

// statusesOf returns what servers may send: some of a class.
func statusesOf(s catalog.Status) []int {
	switch {
	case s.Class > 0:
		return []int{s.Class * 100, s.Class*100 + 5}
	case len(s.Listed) > 0:
		return s.Listed
	}
	return []int{418, 500, 404}
}

func jsonText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text))
}

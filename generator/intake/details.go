package intake

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/draft"
	"github.com/sigsentry/errgen/generator/openapi"
)

// details takes the schema of the details beside a code, if the schema is of this code alone.
func (a *api) details(e *entry, v apiValue) {
	for key, property := range v.object.Get("properties").Members() {
		n, err := a.doc.Resolve(property)
		if err == nil && n.Get("properties") != nil && envelopeNames[fold(key.Text)] == "{details}" {
			e.say("details", a.translated(n, e.code), key.Place())
			return
		}
	}
}

// translated returns a schema in the keywords of a catalog; nil, with a note, where a catalog cannot say it.
func (a *api) translated(n *document.Node, code string) *document.Node {
	if known, ok := a.known[n]; ok {
		return known
	}
	t := &translator{doc: a.doc, open: map[*document.Node]bool{}, types: map[string]*document.Node{}}
	schema := t.schema(n, 0)
	a.known[n] = nil
	if t.wrong == "" {
		t.wrong = t.check(schema)
	}
	if t.wrong != "" {
		a.note("the details of " + diag.Visible(code) + " are left out: " + t.wrong)
		return nil
	}
	a.known[n] = schema
	for _, name := range t.names {
		a.addType(name, t.types[name])
	}
	return schema
}

// addType adds a type to those of the catalog.
func (r *reader) addType(name string, schema *document.Node) {
	types := cmp.Or(r.about.sections["types"], document.NewMap())
	if types.Get(name) == nil {
		r.about.sections["types"] = types.Add(name, schema)
	}
}

// check says what a catalog has against a schema of details; "" for nothing.
func (t *translator) check(schema *document.Node) string {
	const trial = "version: 1\ninfo: {title: T}\ncategories: {c: {title: C}}\n"
	code := draft.Section{Name: "errors", Entries: []draft.Entry{{Key: "CODE", Fields: []draft.Field{
		{Key: "status", Value: document.NewInt(400)}, {Key: "category", Value: document.NewString("c")},
		{Key: "meaning", Value: document.NewString("m")}, {Key: "details", Value: schema},
	}}}}
	types := draft.Section{Name: "types"}
	for _, name := range t.names {
		types.Entries = append(types.Entries, draft.Entry{Key: name, Value: t.types[name]})
	}
	written, err := draft.Add("errors.yaml", []byte(trial), code, types)
	if err != nil {
		return err.Error()
	}
	if _, found := catalog.Load("errors.yaml", written, int64(len(written))); found.HasErrors() {
		return found[0].Message
	}
	return ""
}

// translator writes a schema of OpenAPI in the keywords of a catalog, with what its references name in their place.
type translator struct {
	doc   *openapi.Document
	open  map[*document.Node]bool
	types map[string]*document.Node // what references name, by the last part of them
	names []string                  // of types, in order
	wrong string                    // what a catalog cannot say
}

// keywords that a catalog's schemas know; others say nothing of values, but for those that refused lists.
var (
	keywords = strings.Fields("type properties required additionalProperties items enum const oneOf anyOf format " +
		"description title default examples deprecated minLength maxLength pattern minimum maximum exclusiveMinimum " +
		"exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties")
	refused = strings.Fields("allOf not if then else patternProperties prefixItems dependentSchemas contains")
)

func (t *translator) schema(n *document.Node, depth int) *document.Node {
	const deepest = 30
	if name := t.typeName(n); name != "" && depth > 0 {
		return t.reference(n, name, depth)
	}
	n, err := t.doc.Resolve(n)
	switch {
	case err != nil:
		t.wrong = "a reference leads out of the file"
	case n.Kind != document.Map:
		return n
	case t.open[n] || depth > deepest:
		t.wrong = "a schema contains itself"
	}
	if t.wrong != "" {
		return none()
	}
	t.open[n] = true
	defer delete(t.open, n)
	inside := func(n *document.Node) *document.Node { return t.schema(n, depth+1) }
	schema := document.NewMap()
	for key, value := range n.Members() {
		switch {
		case slices.Contains(refused, key.Text):
			t.wrong = "a schema has " + key.Text
			return none()
		case key.Text == "example":
			schema.Add("examples", document.NewList(value))
		case slices.Contains(keywords, key.Text):
			schema.Add(key.Text, withSchemas(key.Text, value, inside))
		}
	}
	if n.Get("nullable").IsTrue() {
		schema = nullable(schema)
	}
	return schema
}

var pascalName = document.Pattern(`^[A-Z][A-Za-z0-9]*$`)

// typeName returns the name of the type that a reference becomes; "" where there is none, or where its own name is of
// another style: then what it leads to stands in its place.
func (t *translator) typeName(n *document.Node) string {
	ref := n.Str("$ref")
	if name := ref[strings.LastIndexByte(ref, '/')+1:]; pascalName().MatchString(name) {
		return name
	}
	return ""
}

// reference makes a type of what a reference leads to, and refers to that.
func (t *translator) reference(n *document.Node, name string, depth int) *document.Node {
	if _, known := t.types[name]; !known {
		t.types[name] = none()
		target, err := t.doc.Resolve(n)
		if err != nil {
			t.wrong = "a reference leads out of the file"
			return none()
		}
		t.types[name] = t.schema(target, depth+1)
		t.names = append(t.names, name)
	}
	return document.NewMap().Add("$ref", document.NewString("#/types/"+name))
}

// nullable writes nullable: true as JSON Schema has it.
func nullable(schema *document.Node) *document.Node {
	if schema.Str("type") == "" || schema.Get("enum") != nil {
		return document.NewMap().Add("anyOf", document.NewList(schema, typed("null")))
	}
	other := document.NewMap().Add("type", textsOf([]string{schema.Str("type"), "null"}))
	for key, value := range without(schema, "type").Members() {
		other.Add(key.Text, value)
	}
	return other
}

// bodies finds the envelope of all error responses.
func (a *api) bodies(path string) {
	b := &bodies{path: path, written: true}
	n, with := 0, 0
	for _, x := range a.responses {
		for _, m := range x.media {
			if !strings.Contains(m.contentType, "json") {
				continue
			}
			for _, s := range a.shapes(m) {
				n++
				if s.has(path) {
					with++
				}
				b.add(s, m.contentType)
			}
		}
	}
	if n == 0 || a.steps > maxSteps {
		return
	}
	a.note("the code is " + diag.Visible(path) + " in " + ofAll(with, n))
	a.envelope(b)
}

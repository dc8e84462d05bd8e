package intake

import (
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
	list := v.object.Get("properties")
	for i := 0; list != nil && i < list.Len(); i++ {
		if envelopeNames[fold(list.Key(i).Text)] != "{details}" {
			continue
		}
		n, err := a.doc.Resolve(list.Item(i))
		if err != nil || n.Kind != document.Map || n.Get("properties") == nil {
			continue
		}
		if schema := a.translated(n, e.code); schema != nil {
			e.facts = append(e.facts, fact{key: "details", value: schema, place: list.Key(i).Place()})
		}
		return
	}
}

// translated returns a schema in the keywords of a catalog; nil, with a note, where a catalog cannot say it.
func (a *api) translated(n *document.Node, code string) *document.Node {
	if known, ok := a.known[n]; ok {
		return known
	}
	t := &translator{doc: a.doc, open: map[*document.Node]bool{}, types: map[string]*document.Node{}}
	schema := t.schema(n, 0)
	if t.wrong == "" {
		t.wrong = t.check(schema)
	}
	if t.wrong != "" {
		a.note("the details of " + diag.Visible(code) + " are left out: " + t.wrong)
		schema = nil
	}
	a.known[n] = schema
	if schema != nil {
		for _, name := range t.names {
			a.addType(name, t.types[name])
		}
	}
	return schema
}

// addType adds a type to those of the catalog.
func (r *reader) addType(name string, schema *document.Node) {
	var members []document.Member
	if known := r.about.sections["types"]; known != nil {
		for i := range known.Len() {
			members = append(members, document.Member{Key: known.Key(i).Text, Value: known.Item(i)})
		}
		if known.Get(name) != nil {
			return
		}
	}
	r.about.sections["types"] = document.NewMap(append(members, document.Member{Key: name, Value: schema})...)
}

// check says what a catalog has against a schema of details; "" for nothing.
func (t *translator) check(schema *document.Node) string {
	text := func(s string) *document.Node { return document.NewString(s) }
	sections := []draft.Section{
		{Name: "info", Entries: []draft.Entry{{Key: "title", Value: text("Trial")}}},
		{Name: "categories", Entries: []draft.Entry{{Key: "c", Fields: []draft.Field{{Key: "title", Value: text("C")}}}}},
		{Name: "errors", Entries: []draft.Entry{{Key: "CODE", Fields: []draft.Field{
			{Key: "status", Value: document.NewInt(400)}, {Key: "category", Value: text("c")},
			{Key: "meaning", Value: text("m")}, {Key: "details", Value: schema},
		}}}},
	}
	types := draft.Section{Name: "types"}
	for _, name := range t.names {
		types.Entries = append(types.Entries, draft.Entry{Key: name, Value: t.types[name]})
	}
	written, err := draft.Add("errors.yaml", []byte(draft.New), append(sections, types)...)
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
	var members []document.Member
	for i := range n.Len() {
		key, value := n.Key(i).Text, n.Item(i)
		switch {
		case slices.Contains(refused, key):
			t.wrong = "a schema has " + key
			return none()
		case key == "example":
			members = append(members, document.Member{Key: "examples", Value: document.NewList(value)})
		case !slices.Contains(keywords, key):
			continue
		default:
			members = append(members, document.Member{Key: key, Value: t.keyword(key, value, depth)})
		}
	}
	schema := document.NewMap(members...)
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
	return document.NewMap(document.Member{Key: "$ref", Value: document.NewString("#/types/" + name)})
}

func (t *translator) keyword(key string, value *document.Node, depth int) *document.Node {
	switch {
	case key == "properties" && value.Kind == document.Map:
		var members []document.Member
		for i := range value.Len() {
			members = append(members, document.Member{Key: value.Key(i).Text, Value: t.schema(value.Item(i), depth+1)})
		}
		return document.NewMap(members...)
	case key == "items", key == "additionalProperties":
		return t.schema(value, depth+1)
	case (key == "oneOf" || key == "anyOf") && value.Kind == document.List:
		var all []*document.Node
		for i := range value.Len() {
			all = append(all, t.schema(value.Item(i), depth+1))
		}
		return document.NewList(all...)
	}
	return value
}

// nullable writes nullable: true as JSON Schema has it.
func nullable(schema *document.Node) *document.Node {
	null := document.NewString("null")
	if schema.Str("type") == "" || schema.Get("enum") != nil {
		return document.NewMap(document.Member{Key: "anyOf", Value: document.NewList(schema,
			document.NewMap(document.Member{Key: "type", Value: null}))})
	}
	members := []document.Member{{Key: "type", Value: document.NewList(document.NewString(schema.Str("type")), null)}}
	rest := without(schema, "type")
	for i := range rest.Len() {
		members = append(members, document.Member{Key: rest.Key(i).Text, Value: rest.Item(i)})
	}
	return document.NewMap(members...)
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

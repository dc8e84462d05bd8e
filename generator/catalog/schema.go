package catalog

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// Kind is what a schema describes.
type Kind string

// The kinds of a schema. A Map is an object whose keys are free, a Ref is another schema.
const (
	Object  Kind = "object"
	Map     Kind = "map"
	Array   Kind = "array"
	String  Kind = "string"
	Integer Kind = "integer"
	Number  Kind = "number"
	Boolean Kind = "boolean"
	Ref     Kind = "ref"
)

// Schema is a JSON Schema of the closed world that errgen supports: see the docs of `details` in the catalog's schema.
type Schema struct {
	Node        *document.Node
	Kind        Kind
	Nullable    bool
	Format      string // "" or one of those supported for the kind
	Target      *Type  // of a Ref
	Properties  []Property
	Closed      bool    // of an Object: additionalProperties is false
	Item        *Schema // of an Array its items, of a Map its values
	Enum        []string
	Open        bool // the Enum lists only the known values
	Const       *document.Node
	Title       prose.Text
	Description prose.Text
	Deprecated  bool
	Default     *document.Node
	Examples    []*document.Node
	Limits      []Limit
	Defs        []*Type // $defs of a details schema
}

// Property is one property of an Object.
type Property struct {
	Name     string
	Required bool
	Schema   *Schema
}

// Limit is a validation keyword with its value, such as maxLength.
type Limit struct {
	Keyword string
	Value   *document.Node
}

// The keywords that any schema may have, and those of each kind. Annotations are all that may stand beside $ref.
var (
	annotations = []string{"title", "description", "default", "examples", "deprecated"}
	keywordsOf  = map[Kind][]string{
		Object:  {"type", "properties", "required", "additionalProperties", "minProperties", "maxProperties"},
		Array:   {"type", "items", "minItems", "maxItems"},
		String:  {"type", "enum", "const", "format", "minLength", "maxLength", "pattern"},
		Integer: {"type", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
		Number:  {"type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"},
		Boolean: {"type"},
		Ref:     {"$ref"},
	}
	limits = []string{"minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
		"minItems", "maxItems", "minProperties", "maxProperties"}
	formatsOf = map[Kind][]string{
		String:  {"date-time", "date", "uuid", "uri", "email", "duration"},
		Integer: {"int32", "int64"},
	}
)

// What to do instead of a keyword that JSON Schema or OpenAPI knows and errgen does not take.
var waysOut = map[string]string{
	"nullable":              `write type: [string, "null"]`,
	"allOf":                 "write the properties of all parts in one schema",
	"anyOf":                 `only a schema and {type: "null"}, or an enum and {type: string}, may stand in anyOf`,
	"oneOf":                 `only a schema and {type: "null"} may stand in oneOf; give each kind of details a code of its own`,
	"not":                   "describe what the value is",
	"if":                    "give each case a code of its own",
	"then":                  "give each case a code of its own",
	"else":                  "give each case a code of its own",
	"patternProperties":     "use additionalProperties with a schema: a map",
	"propertyNames":         "use additionalProperties with a schema: a map",
	"prefixItems":           "use an object with a property for each item",
	"contains":              "describe the items with `items`",
	"unevaluatedProperties": "use additionalProperties: false",
	"$id":                   "schemas of a catalog have no addresses; remove it",
	"$schema":               "schemas of a catalog are JSON Schema 2020-12; remove it",
	"$anchor":               "use $ref with #/types/NAME",
	"$dynamicRef":           "use $ref with #/types/NAME",
	"definitions":           "use $defs, or `types` at the top of the catalog",
	"example":               "use examples, a list",
	"$comment":              "use a YAML comment",
}

// schemaReader reads one details schema, or one type.
type schemaReader struct {
	*loader
	top  *document.Node   // the details schema; nil for a type
	defs map[string]*Type // its $defs
}

func (r *schemaReader) refuse(n *document.Node, message, hint string) {
	r.report(n, "unsupported-schema", message, hint)
}

// read reads one schema. It never returns nil, so that what is around a mistake can be looked at too.
func (r *schemaReader) read(n *document.Node) *Schema {
	if n.Kind != document.Map {
		r.refuse(n, "a schema is a map, found "+n.Kind.String(), "write type: string, for example")
		return &Schema{Node: n, Kind: String}
	}
	s := &Schema{
		Node:        n,
		Title:       prose.Inline(n.Str("title")),
		Description: prose.Inline(n.Str("description")),
		Deprecated:  n.Get("deprecated").IsTrue(),
		Default:     n.Get("default"),
	}
	r.annotations(s, n)
	core := r.unwrap(s, n)
	if core == nil {
		return s
	}
	s.Kind = r.kind(s, core)
	r.keywords(s, core, core == n)
	r.content(s, core)
	return s
}

func (r *schemaReader) annotations(s *Schema, n *document.Node) {
	for _, text := range []string{"title", "description"} {
		if v := n.Get(text); v != nil && v.Kind != document.String {
			r.refuse(v, text+" is "+v.Kind.String()+", expected text", "")
		}
	}
	if v := n.Get("deprecated"); v != nil && v.Kind != document.Bool {
		r.refuse(v, "deprecated is "+v.Kind.String()+", expected true or false", "")
	}
	if v := n.Get("examples"); v != nil {
		if v.Kind != document.List {
			r.refuse(v, "examples is "+v.Kind.String()+", expected a list", "")
		}
		for i := range v.Len() {
			s.Examples = append(s.Examples, v.Item(i))
		}
	}
}

// unwrap looks through anyOf and oneOf: it returns the map that holds the schema itself, which is n where there is neither, or nil where the union is done with.
func (r *schemaReader) unwrap(s *Schema, n *document.Node) *document.Node {
	for _, union := range []string{"anyOf", "oneOf"} {
		list := n.Get(union)
		if list == nil {
			continue
		}
		for i := range n.Len() {
			if k := n.Key(i); k.Text != union && k.Text != "$defs" && !slices.Contains(annotations, k.Text) {
				r.refuse(k, diag.Quote(k.Text)+" cannot stand beside "+union, "move it into the schema inside "+union)
			}
		}
		return r.union(s, union, list)
	}
	return n
}

func (r *schemaReader) union(s *Schema, name string, list *document.Node) *document.Node {
	var parts []*document.Node
	for i := range list.Len() {
		if part := list.Item(i); part.Kind == document.Map && part.Len() == 1 && part.Str("type") == "null" {
			s.Nullable = true
		} else {
			parts = append(parts, part)
		}
	}
	switch {
	case len(parts) == 1 && s.Nullable && parts[0].Kind == document.Map && parts[0].Get("anyOf") == nil && parts[0].Get("oneOf") == nil:
		return parts[0]
	case len(parts) == 2 && name == "anyOf" && parts[0].Get("enum") != nil && parts[1].Kind == document.Map && parts[1].Len() == 1 && parts[1].Str("type") == "string":
		s.Open = true
		return parts[0]
	}
	r.refuse(list, "a union of schemas is not supported", waysOut[name])
	s.Kind = String
	return nil
}

// kind finds what the schema describes from type, $ref, enum and const.
func (r *schemaReader) kind(s *Schema, n *document.Node) Kind {
	if n.Get("$ref") != nil {
		return Ref
	}
	t := n.Get("type")
	if t == nil {
		if n.Get("enum") != nil || n.Get("const") != nil {
			return String
		}
		hint := "add type: object, array, string, integer, number or boolean"
		if n.Get("properties") != nil {
			hint = "add type: object"
		}
		if !slices.ContainsFunc(n.Keys(), func(k string) bool { return waysOut[k] != "" }) { // else that keyword is reported
			r.refuse(n, "the schema has no type", hint)
		}
		return String
	}
	return r.kindOfType(s, t)
}

func (r *schemaReader) kindOfType(s *Schema, t *document.Node) Kind {
	names := []*document.Node{t}
	if t.Kind == document.List {
		names = nil
		for i := range t.Len() {
			names = append(names, t.Item(i))
		}
	}
	var kind Kind
	for _, name := range names {
		switch k := Kind(name.Text); {
		case name.Kind == document.String && name.Text == "null" && len(names) == 2:
			s.Nullable = true
		case name.Kind == document.Null && len(names) == 2:
			r.refuse(name, "null without quotes is no type", `write "null"`)
			s.Nullable = true
		case name.Kind != document.String || k == Map || k == Ref || keywordsOf[k] == nil:
			r.refuse(name, "the type "+diag.Quote(name.Text)+" is not supported", diag.DidYouMean(name.Text, []string{"object", "array", "string", "integer", "number", "boolean"}))
			return String
		case kind != "":
			r.refuse(t, "a value of several types is not supported", `only one type, or one type and "null"`)
		default:
			kind = k
		}
	}
	if kind == "" {
		r.refuse(t, "the schema has no type", "add type: string, for example")
		return String
	}
	return kind
}

// keywords refuses what the closed world does not know. Annotations belong to the outermost map of a schema.
func (r *schemaReader) keywords(s *Schema, n *document.Node, outermost bool) {
	known := keywordsOf[s.Kind]
	for i := range n.Len() {
		k := n.Key(i)
		switch {
		case slices.Contains(known, k.Text), outermost && slices.Contains(annotations, k.Text), outermost && k.Text == "$defs" && n == r.top:
		case waysOut[k.Text] != "":
			r.refuse(k, diag.Quote(k.Text)+" is not supported", waysOut[k.Text])
		case k.Text == "$defs":
			r.refuse(k, "$defs can only stand at the top of a details schema", "move them there, or to `types` at the top of the catalog")
		case !outermost && slices.Contains(annotations, k.Text):
			r.refuse(k, diag.Quote(k.Text)+" inside a union says nothing", "move it beside the union")
		default:
			r.refuse(k, fmt.Sprintf("%s is no keyword of %s", diag.Quote(k.Text), describeKind(s.Kind)), diag.DidYouMean(k.Text, append(known, annotations...)))
		}
	}
}

func describeKind(k Kind) string {
	if k == Ref {
		return "a $ref"
	}
	return "type " + string(k)
}

func (r *schemaReader) content(s *Schema, n *document.Node) {
	switch s.Kind {
	case Ref:
		r.reference(s, n.Get("$ref"))
	case Object:
		r.object(s, n)
	case Array:
		if items := n.Get("items"); items != nil {
			s.Item = r.read(items)
		} else {
			r.refuse(n, "the array does not say what its items are", "add items, for example items: {type: string}")
			s.Item = &Schema{Node: n, Kind: String}
		}
	default:
		r.values(s, n)
	}
	r.limits(s, n)
}

func (r *schemaReader) object(s *Schema, n *document.Node) {
	additional, properties := n.Get("additionalProperties"), n.Get("properties")
	switch {
	case additional == nil || additional.IsTrue():
	case additional.Kind == document.Bool:
		s.Closed = true
	case properties != nil:
		r.refuse(additional, "an object cannot have both properties and additionalProperties with a schema", "put the map into a property of its own")
	default:
		s.Kind, s.Item = Map, r.read(additional)
		if required := n.Get("required"); required != nil {
			r.refuse(required, "a map has no required keys", "list them under properties")
		}
		return
	}
	if properties != nil && properties.Kind != document.Map {
		r.refuse(properties, "properties is "+properties.Kind.String()+", expected a map", "")
		return
	}
	required := r.required(n, properties)
	if properties == nil {
		return
	}
	for i := range properties.Len() {
		name := properties.Key(i)
		if name.Text == "" {
			r.refuse(name, "a property needs a name", "")
		}
		s.Properties = append(s.Properties, Property{Name: name.Text, Required: required[name.Text], Schema: r.read(properties.Item(i))})
	}
}

func (r *schemaReader) required(n, properties *document.Node) map[string]bool {
	list := n.Get("required")
	if list == nil {
		return nil
	}
	if list.Kind != document.List {
		r.refuse(list, "required is "+list.Kind.String()+", expected a list of property names", "")
		return nil
	}
	required := map[string]bool{}
	for i := range list.Len() {
		name := list.Item(i)
		switch {
		case name.Kind != document.String || properties.Get(name.Text) == nil:
			r.refuse(name, "the required property "+diag.Quote(name.Text)+" is not described", diag.DidYouMean(name.Text, keys(properties)))
		case required[name.Text]:
			r.refuse(name, "the required property "+diag.Quote(name.Text)+" is listed twice", "remove one of them")
		}
		required[name.Text] = true
	}
	return required
}

// values reads enum, const and format.
func (r *schemaReader) values(s *Schema, n *document.Node) {
	if list := n.Get("enum"); list != nil {
		r.enum(s, list)
	}
	if c := n.Get("const"); c != nil {
		s.Const = c
		if s.Nullable {
			r.refuse(c, "a const cannot be null too", "use an enum, or leave the property out")
		}
		if c.Kind != document.String {
			r.refuse(c, "const is "+c.Kind.String()+", expected text", "only consts of text are supported")
		}
	}
	if f := n.Get("format"); f != nil {
		if !slices.Contains(formatsOf[s.Kind], f.Text) {
			r.refuse(f, "the format "+diag.Quote(f.Text)+" is not supported for type "+string(s.Kind), diag.DidYouMean(f.Text, formatsOf[s.Kind]))
			return
		}
		s.Format = f.Text
	}
}

func (r *schemaReader) enum(s *Schema, list *document.Node) {
	if list.Kind != document.List || list.Len() == 0 {
		r.refuse(list, "enum is "+list.Kind.String()+", expected a list of texts with at least one", "")
		return
	}
	for i := range list.Len() {
		v := list.Item(i)
		switch {
		case v.Kind == document.Null:
			r.refuse(v, "an enum value is null, expected text", `write anyOf: [{enum: […]}, {type: "null"}]`)
		case v.Kind != document.String || v.Text == "":
			r.refuse(v, "an enum value is "+v.Kind.String()+", expected text", "only enums of texts are supported")
		case slices.Contains(s.Enum, v.Text):
			r.refuse(v, "the enum value "+diag.Quote(v.Text)+" is listed twice", "remove one of them")
		default:
			s.Enum = append(s.Enum, v.Text)
		}
	}
	if t := s.Node.Get("type"); t != nil && s.Nullable {
		r.refuse(t, "the enum does not list null", `write anyOf: [{enum: […]}, {type: "null"}]`)
	}
}

func (r *schemaReader) limits(s *Schema, n *document.Node) {
	for _, keyword := range limits {
		v := n.Get(keyword)
		if v == nil || !slices.Contains(keywordsOf[schemaType(s.Kind)], keyword) {
			continue
		}
		if expected := misfit(keyword, v); expected != "" {
			r.refuse(v, keyword+" is "+v.Kind.String()+", expected "+expected, "")
			continue
		}
		if keyword == "pattern" {
			if _, err := regexp.Compile(v.Text); err != nil {
				r.refuse(v, "the pattern is no regular expression that Go and JavaScript share: "+strings.TrimPrefix(err.Error(), "error parsing regexp: "), "use RE2 syntax: no lookaround, no backreferences")
				continue
			}
		}
		s.Limits = append(s.Limits, Limit{Keyword: keyword, Value: v})
	}
	for _, bound := range []string{"minimum", "maximum"} {
		if exclusive := n.Get("exclusive" + strings.ToUpper(bound[:1]) + bound[1:]); exclusive != nil && n.Get(bound) != nil {
			r.refuse(exclusive, bound+" and its exclusive twin cannot stand together", "keep the stricter one")
		}
	}
}

// schemaType returns the JSON Schema type of a kind.
func schemaType(k Kind) Kind {
	if k == Map {
		return Object
	}
	return k
}

func misfit(keyword string, v *document.Node) (expected string) {
	switch keyword {
	case "pattern":
		if v.Kind != document.String {
			return "text"
		}
	case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum":
		if v.Kind != document.Number {
			return "a number"
		}
	default:
		if i, whole := v.Int(); !whole || i < 0 {
			return "a whole number"
		}
	}
	return ""
}

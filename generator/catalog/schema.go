package catalog

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// Kind is what a schema describes.
type Kind string

// The kinds of a schema. A Map is an object whose keys are free, a free object one of Any, a Ref is another schema.
const (
	Object  Kind = "object"
	Map     Kind = "map"
	Array   Kind = "array"
	String  Kind = "string"
	Integer Kind = "integer"
	Number  Kind = "number"
	Boolean Kind = "boolean"
	Any     Kind = "any"
	Ref     Kind = "ref"

	unknown Kind = "" // of a schema that has been refused
)

// Schema is a JSON Schema of the closed world that errgen supports: see the docs of `details` in the catalog's schema.
type Schema struct {
	Node        *document.Node
	Kind        Kind
	Nullable    bool
	Format      string // "" or one of those supported for the kind
	Target      *Type  // of a Ref
	Properties  []Property
	Closed      bool                    // of an Object: additionalProperties is false
	Item        *Schema                 // of an Array its items, of a Map its values
	Enum        []*document.Node        // its values
	Notes       map[*document.Node]Note // on values of the Enum
	Open        bool                    // the Enum lists only the known values
	Const       *document.Node
	Title       prose.Text
	Description prose.Text
	Deprecated  bool
	Default     *document.Node
	Examples    []*document.Node
	Limits      []Limit
	written     *document.Node   // of one that is merged of others: as JSON Schema; see JSON
	Defs        []*Type          // $defs of a details schema
	Retired     []*document.Node // names of properties, or values, that may not come back
}

// Note is what is said of one value of an enum.
type Note struct {
	Description prose.Text
	Names       map[string]string // by target, in place of the words of the value
}

// Property is one property of an Object.
type Property struct {
	Name     string
	Names    map[string]string // by target, in place of the words of the name
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
	annotations = []string{"title", "description", "default", "examples", "deprecated", "x-names", "x-retired"}
	types       = []string{"object", "array", "string", "integer", "number", "boolean"}
	keywordsOf  = map[Kind][]string{
		Object:  {"type", "properties", "required", "additionalProperties", "minProperties", "maxProperties"},
		Array:   {"type", "items", "minItems", "maxItems"},
		String:  {"type", "enum", "const", "format", "minLength", "maxLength", "pattern"},
		Integer: {"type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "format"},
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

// valuesOf says what the value of a keyword is, where any of that kind will do, and the way out.
var valuesOf = map[string]struct {
	kind           document.Kind
	expected, hint string
}{
	"title":            {document.String, "text", ""},
	"description":      {document.String, "text", ""},
	"deprecated":       {document.Bool, "true or false", ""},
	"examples":         {document.List, "a list", "write it in brackets"},
	"x-retired":        {document.List, "a list of names", "write it in brackets"},
	"$ref":             {document.String, "text", "write #/types/NAME"},
	"$defs":            {document.Map, "a map of schemas", ""},
	"properties":       {document.Map, "a map", ""},
	"required":         {document.List, "a list of property names", "it stands beside properties: required: [path]"},
	"enum":             {document.List, "a list of texts", "write it in brackets"},
	"const":            {document.String, "text", "only consts of text are supported"},
	"format":           {document.String, "text", ""},
	"pattern":          {document.String, "text", ""},
	"minimum":          {document.Number, "a number", ""},
	"maximum":          {document.Number, "a number", ""},
	"exclusiveMinimum": {document.Number, "a number", ""},
	"exclusiveMaximum": {document.Number, "a number", ""},
}

// What to do instead of a keyword that JSON Schema or OpenAPI knows and errgen does not take.
const (
	sayIt       = "say it in the description"
	removeIt    = "remove it"
	caseByCode  = "give each case a code of its own"
	useMap      = "use additionalProperties with a schema: a map"
	useType     = "use $ref with #/types/NAME"
	useDefs     = "use $defs, or `types` at the top of the catalog"
	useNull     = `write type: [string, "null"], or anyOf: [X, {type: "null"}]`
	unionOrNull = `one schema and {type: "null"}, or an enum and {type: string}, may stand in anyOf, ` +
		"consts with descriptions in oneOf; " +
		"else give each kind of details a code of its own"
)

var waysOut = map[string]string{
	"allOf": "write the properties of all parts in one schema", "anyOf": unionOrNull, "oneOf": unionOrNull,
	"not": "describe what the value is",
	"if":  caseByCode, "then": caseByCode, "else": caseByCode, "dependentRequired": caseByCode,
	"dependentSchemas": caseByCode, "dependencies": caseByCode, "discriminator": caseByCode,
	"patternProperties": useMap, "propertyNames": useMap,
	"prefixItems":     "use an object with a property for each item",
	"additionalItems": "use an object with a property for each item",
	"contains":        "describe the items with `items`", "unevaluatedItems": removeIt,
	"unevaluatedProperties": "use additionalProperties: false",
	"nullable":              useNull, "definitions": useDefs, "example": "use examples, a list",
	"$comment": "use a YAML comment",
	"$id":      removeIt, "id": removeIt, "$schema": removeIt, "$vocabulary": removeIt, "xml": removeIt,
	"externalDocs": removeIt, "readOnly": removeIt, "writeOnly": removeIt,
	"$anchor": useType, "$dynamicAnchor": useType, "$dynamicRef": useType, "$recursiveRef": useType,
	"multipleOf": sayIt, "uniqueItems": sayIt, "minContains": sayIt, "maxContains": sayIt, "contentEncoding": sayIt,
	"contentMediaType": sayIt, "contentSchema": sayIt,
}

// schemaReader reads one details schema, or one type.
type schemaReader struct {
	*loader
	top  *document.Node   // the details schema; nil for a type
	part *document.Node   // the last property, which may have names
	defs map[string]*Type // its $defs
}

func (r *schemaReader) refuse(n *document.Node, message, hint string) {
	r.report(n, "unsupported-schema", message, hint)
}

// value returns the value of a keyword; nil if it is not there, and after a report if it is of another kind.
func (r *schemaReader) value(n *document.Node, keyword string) *document.Node {
	v, want := n.Get(keyword), valuesOf[keyword]
	if v != nil && v.Kind != want.kind {
		r.refuse(v, keyword+" is "+v.Describe()+", expected "+want.expected, want.hint)
		return nil
	}
	return v
}

// read reads one schema. It never returns nil, so that what is around a mistake can be looked at too.
func (r *schemaReader) read(n *document.Node) *Schema {
	s := &Schema{Node: n}
	if n.IsTrue() {
		s.Kind = Any
		return s
	}
	if n.Kind != document.Map {
		r.refuse(n, "a schema is a map, found "+n.Describe(),
			"begin with its type: "+string(cmp.Or(r.fallback(n), String)))
		return s
	}
	r.annotations(s, n)
	if names := n.Get("x-names"); names != nil && n != r.part {
		r.refuse(names, "x-names names nothing here", "it stands beside the schema of a property, or a const of oneOf")
	}
	if core := r.unwrap(s, n); core != nil {
		if t := core.Get("type"); s.Nullable && t != nil && t.Kind == document.List {
			r.refuse(t, "null is allowed twice", "leave it out here")
		}
		s.Kind = r.kind(s, core)
		s.Nullable = s.Nullable && s.Kind != Any // which takes null as it is
		r.keywords(s.Kind, core, core == n)
		r.content(s, core)
	}
	r.retired(s, n)
	return s
}

func (r *schemaReader) annotations(s *Schema, n *document.Node) {
	s.Title, s.Description = prose.Inline(n.Str("title")), prose.Inline(n.Str("description"))
	s.Deprecated, s.Default = r.value(n, "deprecated").IsTrue(), n.Get("default")
	s.Examples = slices.Collect(r.value(n, "examples").Items())
	for _, text := range []string{"title", "description"} {
		if v := r.value(n, text); v != nil && v.Text == "" {
			r.refuse(v, text+" is empty, expected text", "")
		}
	}
}

// retired reads the names of properties, or the values of an enum, that may never come back.
func (r *schemaReader) retired(s *Schema, n *document.Node) {
	list := n.Get("x-retired")
	switch {
	case list == nil || s.Kind == unknown:
		return
	case s.Kind != Object && len(s.Enum) == 0:
		r.refuse(list, "x-retired retires nothing here", "it stands in an object with properties, or beside an enum")
		return
	}
	names := s.Names()
	for name := range r.value(n, "x-retired").Items() {
		switch {
		case name.Kind != document.String || name.Text == "":
			r.refuse(name, "a retired name is "+describe(name)+", expected text", "write it in quotes")
		case names[name.Text]:
			r.report(name, "retired-name", diag.Quote(name.Text)+" is retired, and is there", "choose another name")
		default:
			s.Retired = append(s.Retired, name)
		}
	}
}

// Names returns the names of the properties of an object, or the values of an enum.
func (s *Schema) Names() map[string]bool {
	names := make(map[string]bool, len(s.Properties)+len(s.Enum))
	for _, p := range s.Properties {
		names[p.Name] = true
	}
	for _, v := range s.Enum {
		names[v.Text] = true
	}
	return names
}

func describe(n *document.Node) string {
	if n.Kind == document.String && n.Text == "" {
		return "empty"
	}
	return n.Describe()
}

// unwrap looks through anyOf and oneOf: it returns the map that holds the schema itself, which is n where there is
// neither, or nil where the union is refused.
func (r *schemaReader) unwrap(s *Schema, n *document.Node) *document.Node {
	for _, union := range []string{"anyOf", "oneOf"} {
		list := n.Get(union)
		if list == nil {
			continue
		}
		for k := range n.Members() {
			if k.Text != union && !slices.Contains(annotations, k.Text) &&
				!(k.Text == "$defs" && n == r.top) {
				r.refuse(k, diag.Quote(k.Text)+" cannot stand beside "+union,
					cmp.Or(waysOut[k.Text], "move it into the schema inside "+union))
			}
		}
		return r.union(s, union, list)
	}
	return n
}

func (r *schemaReader) union(s *Schema, name string, list *document.Node) *document.Node {
	var parts []*document.Node
	for part := range list.Items() {
		if isOnlyType(part, "null") && !s.Nullable {
			s.Nullable = true
		} else {
			parts = append(parts, part)
		}
	}
	if r.described(s, name, parts) {
		return nil
	}
	if len(parts) == 1 && s.Nullable && parts[0].Kind == document.Map && parts[0].Get("anyOf") == nil &&
		parts[0].Get("oneOf") == nil {
		return parts[0]
	}
	if open := openEnum(parts); open != nil && name == "anyOf" {
		s.Open = true
		return open
	}
	r.refuse(list, "this union of schemas is not supported", waysOut[name])
	return nil
}

func isOnlyType(n *document.Node, name string) bool {
	return n.Kind == document.Map && n.Len() == 1 && n.Str("type") == name
}

// openEnum returns the enum that stands beside any other text, or nil.
func openEnum(parts []*document.Node) *document.Node {
	if len(parts) != 2 {
		return nil
	}
	enum, rest := parts[0], parts[1]
	if isOnlyType(enum, "string") {
		enum, rest = rest, enum
	}
	if enum.Get("enum") == nil || enum.Len() > 1 && (enum.Len() > 2 || enum.Str("type") != "string") ||
		!isOnlyType(rest, "string") {
		return nil
	}
	return enum
}

// kind finds what the schema describes from type, $ref, enum and const. Where it is not said it goes by the keywords,
// so that those can be looked at too.
func (r *schemaReader) kind(s *Schema, n *document.Node) Kind {
	if n.Get("$ref") != nil {
		return Ref
	}
	if t := n.Get("type"); t != nil {
		return r.kindOfType(s, t)
	}
	guess := cmp.Or(guessKind(n), r.fallback(n))
	switch {
	case n.Get("enum") != nil, n.Get("const") != nil:
	case guess != unknown:
		r.refuse(n, "the schema has no type", "add type: "+string(guess))
	case n != r.top && !slices.ContainsFunc(n.Keys(), isNoAnnotation):
		return Any
	case !slices.ContainsFunc(n.Keys(), isRefused): // those are reported
		r.refuse(n, "the schema has no type", "add type: object, array, string, integer, number or boolean")
	}
	return guess
}

// fallback is the kind of a schema that says nothing of it: details are objects.
func (r *schemaReader) fallback(n *document.Node) Kind {
	if n == r.top {
		return Object
	}
	return unknown
}

func guessKind(n *document.Node) Kind {
	has := func(keyword string) bool { return n.Get(keyword) != nil }
	for _, kind := range types {
		if slices.ContainsFunc(keywordsOf[Kind(kind)], has) {
			return Kind(kind)
		}
	}
	return unknown
}

func isNoAnnotation(keyword string) bool { return !slices.Contains(annotations, keyword) }

func isRefused(keyword string) bool {
	return waysOut[keyword] != "" || strings.HasPrefix(keyword, "x-")
}

func (r *schemaReader) kindOfType(s *Schema, t *document.Node) Kind {
	if t.Kind != document.List {
		return r.kindNamed(t)
	}
	var named, null *document.Node
	for name := range t.Items() {
		if name.Kind == document.Null || name.Text == "null" {
			null = name
		} else {
			named = name
		}
	}
	if t.Len() != 2 || named == nil || null == nil {
		r.refuse(t, "this list of types is not supported", `write one type, or one type and "null"`)
		return unknown
	}
	if null.Kind == document.Null {
		r.refuse(null, "null without quotes is no type", `write "null"`)
	}
	s.Nullable = true
	return r.kindNamed(named)
}

func (r *schemaReader) kindNamed(t *document.Node) Kind {
	if t.Kind == document.String && slices.Contains(types, t.Text) {
		return Kind(t.Text)
	}
	message := "type is " + t.Describe() + ", expected a name"
	if t.Kind == document.String {
		message = "the type " + diag.Quote(t.Text) + " is not supported"
	}
	r.refuse(t, message, diag.DidYouMean(t.Text, types))
	return unknown
}

// keywords refuses what the closed world does not know. Annotations belong to the outermost map of a schema.
func (r *schemaReader) keywords(kind Kind, n *document.Node, outermost bool) {
	known := keywordsOf[kind]
	for k := range n.Members() {
		isAnnotation := slices.Contains(annotations, k.Text)
		switch {
		case slices.Contains(known, k.Text), outermost && isAnnotation, outermost && k.Text == "$defs" && n == r.top:
		case isRefused(k.Text):
			r.refuse(k, diag.Quote(k.Text)+" is not supported", cmp.Or(waysOut[k.Text], removeIt))
		case k.Text == "$defs":
			r.refuse(k, "$defs can only stand at the top of a details schema",
				"move them there, or to `types` at the top of the catalog")
		case isAnnotation:
			r.refuse(k, diag.Quote(k.Text)+" cannot stand inside a union", "move it beside the union")
		default:
			r.misplaced(k, kind)
		}
	}
}

// misplaced refuses a keyword that does not belong to the kind of its schema, or to any if that is unknown.
func (r *schemaReader) misplaced(k *document.Node, kind Kind) {
	all := allKeywords()
	known := all
	if kind != unknown {
		known = slices.Concat(keywordsOf[kind], annotations)
	}
	switch {
	case !slices.Contains(all, k.Text):
		r.refuse(k, "unknown keyword "+diag.Quote(k.Text), diag.DidYouMean(k.Text, known))
	case kind == unknown:
	case kind == Ref:
		r.refuse(k, diag.Quote(k.Text)+" cannot stand beside $ref", "move it into the schema that is referred to")
	case k.Text == "enum" || k.Text == "const":
		r.refuse(k, diag.Quote(k.Text)+" is only supported for type string",
			"describe the values with minimum and maximum, or in the description")
	default:
		r.refuse(k, diag.Quote(k.Text)+" is no keyword of type "+string(kind), "remove it, or change the type")
	}
}

func allKeywords() []string {
	all := slices.Clone(annotations)
	for _, keywords := range keywordsOf {
		all = append(all, keywords...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (r *schemaReader) content(s *Schema, n *document.Node) {
	switch s.Kind {
	case Ref:
		r.reference(s, r.value(n, "$ref"))
	case Object:
		r.object(s, n)
	case Array:
		r.array(s, n)
	case String, Integer, Number, Boolean:
		r.scalar(s, n)
	}
	r.limits(s, n)
}

func (r *schemaReader) array(s *Schema, n *document.Node) {
	items := n.Get("items")
	if items == nil {
		r.refuse(n, "the array does not say what its items are", "add items, for example items: {type: string}")
		s.Item = &Schema{Node: n}
		return
	}
	s.Item = r.read(items)
}

func (r *schemaReader) object(s *Schema, n *document.Node) {
	additional, properties := n.Get("additionalProperties"), n.Get("properties")
	switch {
	case isFree(n) && (additional == nil || additional.IsTrue()): // a free object
		s.Kind, s.Item = Map, &Schema{Node: n, Kind: Any}
		return
	case additional == nil || additional.IsTrue(): // more properties are allowed unless it is false
	case additional.Kind == document.Bool:
		s.Closed = true
	case properties != nil:
		r.refuse(additional, "an object cannot have both properties and additionalProperties with a schema",
			"put the map into a property of its own")
	default:
		s.Kind, s.Item = Map, r.read(additional)
		if required := n.Get("required"); required != nil {
			r.refuse(required, "a map has no required keys", "list them under properties")
		}
		return
	}
	if properties != nil && r.value(n, "properties") == nil {
		return
	}
	required := r.required(n, properties)
	for name, part := range properties.Members() {
		r.part = part
		s.Properties = append(s.Properties,
			Property{Name: name.Text, Names: r.names(part), Required: required[name.Text], Schema: r.read(part)})
	}
}

// isFree reports whether an object names no properties.
func isFree(n *document.Node) bool {
	return n.Get("type") != nil && n.Get("properties") == nil && n.Get("required") == nil
}

func (r *schemaReader) required(n, properties *document.Node) map[string]bool {
	required := map[string]bool{}
	for name := range r.value(n, "required").Items() {
		switch {
		case name.Kind != document.String:
			r.refuse(name, "a required property is "+name.Describe()+", expected its name", "write it in quotes")
		case properties.Get(name.Text) == nil:
			r.refuse(name, "the required property "+diag.Quote(name.Text)+" is not described",
				cmp.Or(r.guesses.DidYouMean(name.Text, properties.Keys), "describe it under properties"))
		case required[name.Text]:
			r.refuse(name, "the required property "+diag.Quote(name.Text)+" is listed twice", "remove one of them")
		}
		required[name.Text] = true
	}
	return required
}

// scalar reads enum, const and format.
func (r *schemaReader) scalar(s *Schema, n *document.Node) {
	if s.Kind == String {
		r.enum(s, n)
		r.constant(s, r.value(n, "const"))
	}
	if formatsOf[s.Kind] == nil {
		return // a format has been refused
	}
	switch f := r.value(n, "format"); {
	case f == nil:
	case slices.Contains(formatsOf[s.Kind], f.Text):
		s.Format = f.Text
	default:
		r.refuse(f, "the format "+diag.Quote(f.Text)+" is not supported for type "+string(s.Kind),
			diag.DidYouMean(f.Text, formatsOf[s.Kind]))
	}
}

func (r *schemaReader) constant(s *Schema, n *document.Node) {
	if n != nil && s.Nullable {
		r.refuse(n, "a const cannot be null too", "use an enum, or leave the property out")
		return
	}
	s.Const = n
}

func (r *schemaReader) enum(s *Schema, n *document.Node) {
	const nullable = `write anyOf: [{enum: […]}, {type: "null"}]`
	list, t := r.value(n, "enum"), n.Get("type")
	switch {
	case list == nil:
		return
	case list.Len() == 0:
		r.refuse(list, "enum is empty, expected at least one text", "list the values")
		return
	case t != nil && t.Kind == document.List:
		r.refuse(t, "an enum of this type is not supported", nullable)
	}
	listed := make(map[string]bool, list.Len())
	for v := range list.Items() {
		switch {
		case v.Kind == document.Null:
			r.refuse(v, "an enum value is null, expected text", nullable)
		case v.Kind == document.String && v.Text == "":
			r.refuse(v, "an enum value is empty, expected text",
				"leave it out: a property that may be absent, or null, says the same")
		case v.Kind != document.String:
			r.refuse(v, "an enum value is "+v.Describe()+", expected text",
				"only enums of texts are supported: write it in quotes")
		case listed[v.Text]:
			r.refuse(v, "the enum value "+diag.Quote(v.Text)+" is listed twice", "remove one of them")
		default:
			listed[v.Text] = true
			s.Enum = append(s.Enum, v)
		}
	}
}

// Insists reports whether some property has to be there.
func (s *Schema) Insists() bool {
	return slices.ContainsFunc(s.Properties, func(p Property) bool { return p.Required })
}

// limitValue returns the value of a keyword of length, size, range or pattern, or nil.
func (s *Schema) limitValue(keyword string) *document.Node {
	for _, l := range s.Limits {
		if l.Keyword == keyword {
			return l.Value
		}
	}
	return nil
}

// Values returns the values of an enum as texts.
func (s *Schema) Values() []string {
	texts := make([]string, len(s.Enum))
	for i, v := range s.Enum {
		texts[i] = v.Text
	}
	return texts
}

func (r *schemaReader) limits(s *Schema, n *document.Node) {
	for _, keyword := range limits {
		v := n.Get(keyword)
		if v != nil && slices.Contains(keywordsOf[schemaType(s.Kind)], keyword) && r.isLimit(n, keyword) {
			s.Limits = append(s.Limits, Limit{Keyword: keyword, Value: v})
		}
	}
	for bound, exclusive := range map[string]string{"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"} {
		if v := n.Get(exclusive); v != nil && n.Get(bound) != nil {
			r.refuse(v, bound+" and "+exclusive+" cannot stand together", "keep the stricter one")
		}
	}
}

// isLimit reports whether a keyword of n has a value that limits something.
func (r *schemaReader) isLimit(n *document.Node, keyword string) bool {
	if _, any := valuesOf[keyword]; any {
		v := r.value(n, keyword)
		return v != nil && (keyword != "pattern" || r.pattern(v))
	}
	v := n.Get(keyword)
	size, whole := v.Int()
	if !whole || size < 0 {
		r.refuse(v, keyword+" is "+v.Describe()+", expected a whole number from 0", "")
	}
	return whole && size >= 0
}

// pattern reports whether a pattern can be used: languages share little more than RE2.
func (r *schemaReader) pattern(n *document.Node) bool {
	_, err := regexp.Compile(n.Text)
	if err != nil {
		reason := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
		r.refuse(n, "the pattern is no RE2 regular expression: "+reason,
			"use RE2 syntax, which has no lookaround and no backreferences")
	}
	return err == nil
}

// schemaType returns the JSON Schema type of a kind.
func schemaType(k Kind) Kind {
	if k == Map {
		return Object
	}
	return k
}

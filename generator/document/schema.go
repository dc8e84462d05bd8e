package document

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/sigsentry/errgen/generator/diag"
)

// Schema is a compiled JSON Schema (2020-12) that explains what does not fit in errgen's own sentences. Two annotations of its text help:
// "x-expected" completes the words "expected …", "x-rule" names the rule that a failure there breaks.
type Schema struct {
	compiled *jsonschema.Schema
	raw      any
}

// MustCompile compiles a schema that errgen itself holds. The parts that opaque names (JSON pointers) accept everything: other code looks into those.
func MustCompile(text []byte, opaque ...string) *Schema {
	var raw any
	if err := json.Unmarshal(text, &raw); err != nil {
		panic(err)
	}
	for _, pointer := range opaque {
		clear(rawAt(raw, pointer).(map[string]any))
	}
	pruned, err := json.Marshal(raw)
	if err != nil {
		panic(err)
	}
	compiled, err := compile(pruned)
	if err != nil {
		panic(err)
	}
	return &Schema{compiled: compiled, raw: raw}
}

// compile never loads anything: every reference must lead into the text itself.
func compile(text []byte) (*jsonschema.Schema, error) {
	const address = "errgen:///schema.json"
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	c.LoadURL = func(s string) (io.ReadCloser, error) {
		return nil, fmt.Errorf("references to %s are not followed", s)
	}
	if err := c.AddResource(address, bytes.NewReader(text)); err != nil {
		return nil, err
	}
	return c.Compile(address)
}

// HasFormat tells whether text has a format of JSON Schema, such as date-time.
func HasFormat(format, text string) bool {
	check := jsonschema.Formats[format]
	return check == nil || check(text)
}

func leaves(e *jsonschema.ValidationError, into []*jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return append(into, e)
	}
	for _, cause := range e.Causes {
		into = leaves(cause, into)
	}
	return into
}

// Check says what in the document does not fit the schema. See Node.Plain for opaque.
func (s *Schema) Check(d *Document, opaque func(depth int, key string) bool) diag.List {
	err := s.compiled.Validate(d.Root.Plain(opaque))
	if err == nil {
		return nil
	}
	var failure *jsonschema.ValidationError
	if !errors.As(err, &failure) {
		panic(err) // the schema is errgen's own, and the value plain
	}
	var found diag.List
	failures := leaves(failure, nil)
	slices.SortFunc(failures, func(a, b *jsonschema.ValidationError) int { // the library walks maps in any order
		return cmp.Or(cmp.Compare(a.InstanceLocation, b.InstanceLocation), cmp.Compare(a.KeywordLocation, b.KeywordLocation))
	})
	for _, leaf := range failures {
		if !found.Full() {
			found.Add(s.explain(d, leaf)...)
		}
	}
	found.Sort()
	return found
}

// Plain returns n as encoding/json would decode it, numbers as json.Number. A map for which opaque is true, by its key and the number of keys down to it, comes out empty.
func (n *Node) Plain(opaque func(depth int, key string) bool) any { return n.plain(1, opaque) }

func (n *Node) plain(depth int, opaque func(int, string) bool) any {
	switch n.Kind {
	case Bool:
		return n.Text == "true"
	case Number:
		return json.Number(n.Text)
	case String:
		return n.Text
	case List:
		list := make([]any, n.Len())
		for i := range list {
			list[i] = n.Item(i).plain(depth+1, opaque)
		}
		return list
	case Map:
		object := make(map[string]any, n.Len())
		for i := range n.Len() {
			key, value := n.Key(i).Text, n.Item(i)
			if key == "" {
				continue // has been refused
			}
			if value.Kind == Map && opaque != nil && opaque(depth, key) {
				object[key] = map[string]any{}
				continue
			}
			object[key] = value.plain(depth+1, opaque)
		}
		return object
	}
	return nil
}

// explain turns one failure into diagnostics.
func (s *Schema) explain(d *Document, leaf *jsonschema.ValidationError) diag.List {
	_, fragment, _ := strings.Cut(leaf.AbsoluteKeywordLocation, "#")
	fragment = unescapeURL(fragment)
	at := strings.LastIndexByte(fragment, '/')
	e := explanation{d: d}
	e.rules, _ = rawAt(s.raw, fragment[:at]).(map[string]any)
	e.value, e.key = d.At(unescapeURL(leaf.InstanceLocation))
	if e.isKey = strings.Contains(leaf.KeywordLocation, "/propertyNames"); e.isKey {
		e.value = e.key
	}
	if e.value == nil {
		e.value, e.key = d.Root, nil
	}
	if e.value.refused {
		return nil
	}
	switch keyword := fragment[at+1:]; keyword {
	case "additionalProperties":
		return e.unknownKeys()
	case "required":
		return e.missingKeys()
	default:
		found := e.wrong(keyword)
		if rule, named := e.rules["x-rule"].(string); named {
			found.Rule = rule
		}
		return diag.List{found}
	}
}

// explanation is what is known about one failure: the schema object whose keyword failed, and the value that did not fit.
type explanation struct {
	d     *Document
	rules map[string]any
	value *Node
	key   *Node // that the value stands under, or nil
	isKey bool  // the value is a key itself
}

// refuse reports n, and no other mistake about it will be.
func (e explanation) refuse(n *Node, rule, message, hint string) diag.Diagnostic {
	n.refused = true
	return e.d.Report(n, rule, message, hint)
}

func (e explanation) wrong(keyword string) diag.Diagnostic {
	empty := e.value.Text == "" && len(e.value.children) == 0
	switch {
	case keyword == "type":
		return e.refuse(e.value, "wrong-type", e.isWrong(), e.typeHint())
	case keyword == "uniqueItems":
		again := e.value.repeated()
		return e.refuse(again, "wrong-value", diag.Quote(again.Text)+" is listed twice", "remove one of them")
	case empty && e.value.Kind != Null:
		return e.refuse(e.value, "missing-value", e.name()+" is empty", prefixed("expected ", e.expected()))
	}
	return e.refuse(e.value, "wrong-value", e.isWrong(), e.valueHint())
}

// repeated returns an item that is there before, or the list itself.
func (n *Node) repeated() *Node {
	seen := map[string]bool{}
	for i := range n.Len() {
		item := n.Item(i)
		if seen[item.Text] {
			return item
		}
		seen[item.Text] = true
	}
	return n
}

func (e explanation) name() string {
	switch {
	case e.value == e.d.Root:
		return "the file"
	case e.isKey:
		return "the key"
	case e.key == nil:
		return "this value"
	}
	return diag.Quote(e.key.Text)
}

func (e explanation) isWrong() string {
	found := " is " + e.value.Describe()
	switch e.value.Kind {
	case Null:
		found = " has no value"
	case String:
		if e.rules["type"] == nil || e.rules["type"] == "string" {
			found = " is " + diag.Quote(e.value.Text)
		}
	}
	if expected := e.expected(); expected != "" {
		found += ", expected " + expected
	}
	return e.name() + found
}

// expected completes the words "expected …".
func (e explanation) expected() string {
	if words, ok := e.rules["x-expected"].(string); ok {
		return words
	}
	switch want := e.rules["type"].(type) {
	case string:
		return typeNames[want]
	case []any:
		var names []string
		for _, name := range words(want) {
			names = append(names, typeNames[name])
		}
		return strings.Join(names, " or ")
	}
	return ""
}

// The types of JSON Schema.
var typeNames = map[string]string{"object": "a map", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false", "null": "nothing"}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func (e explanation) valueHint() string {
	if options, ok := e.rules["enum"].([]any); ok {
		if near := diag.Nearest(e.value.Text, words(options)); near != "" {
			return "did you mean " + diag.Quote(near) + "?"
		}
	}
	if number, ok := e.rules["const"].(float64); ok && e.value.Kind == String {
		return fmt.Sprintf("write %v without quotes", number)
	}
	return ""
}

func (e explanation) typeHint() string {
	want, _ := e.rules["type"].(string)
	if want == "string" && e.rules["pattern"] != nil {
		return ""
	}
	return e.value.Respell(want)
}

// Respell returns the hint for a value that lacks quotes or brackets, or has too many, to be of a JSON Schema type.
func (n *Node) Respell(want string) string {
	switch {
	case want == "integer" && n.quoted && portableNumber.MatchString(n.Text), want == "boolean" && n.quoted && (n.Text == "true" || n.Text == "false"):
		return "remove the quotes"
	case want == "string" && (n.Kind == Number || n.Kind == Bool):
		return "write it in quotes: " + `"` + n.Text + `"`
	case want == "array" && n.Kind == String && n.Text != "":
		return "write it in brackets: [" + n.Text + "]"
	}
	return ""
}

func (e explanation) unknownKeys() diag.List {
	properties, _ := e.rules["properties"].(map[string]any)
	known := slices.Sorted(maps.Keys(properties))
	var found diag.List
	for i := range e.value.Len() {
		if k := e.value.Key(i); !k.refused && !slices.Contains(known, k.Text) {
			hint := diag.DidYouMean(k.Text, known)
			if e.value.Item(i).Kind == Null && strings.Contains(k.Text, " ") {
				hint = "a text with a comma inside { } must stand in quotes"
			}
			found.Add(e.refuse(k, "unknown-key", "unknown key "+diag.Quote(k.Text), hint))
		}
	}
	return found
}

func (e explanation) missingKeys() diag.List {
	required, _ := e.rules["required"].([]any)
	properties, _ := e.rules["properties"].(map[string]any)
	var found diag.List
	for _, key := range words(required) {
		if e.value.Get(key) != nil {
			continue
		}
		rules, _ := properties[key].(map[string]any)
		expected := explanation{rules: rules}.expected()
		missing := e.d.Report(e.value, "missing-key", "missing key "+diag.Quote(key), "add `"+key+"`"+prefixed(": ", expected))
		if e.value == e.d.Root {
			missing.Place = diag.Place{File: e.d.Name}
		}
		found.Add(missing)
	}
	return found
}

func words(list []any) []string {
	var found []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			found = append(found, s)
		}
	}
	return found
}

// rawAt follows a JSON pointer through decoded JSON.
func rawAt(v any, pointer string) any {
	for segment := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		object, ok := v.(map[string]any)
		if !ok || pointer == "" {
			break
		}
		v = object[unescape.Replace(segment)]
	}
	return v
}

// unescapeURL undoes the percent-encoding that the library puts on its pointers.
func unescapeURL(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

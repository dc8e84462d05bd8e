package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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

// MustCompile compiles a schema that errgen itself holds. The parts that opaque names (JSON pointers) accept every object: other code looks into those.
func MustCompile(text []byte, opaque ...string) *Schema {
	var raw any
	if err := json.Unmarshal(text, &raw); err != nil {
		panic(err)
	}
	for _, pointer := range opaque {
		part := rawAt(raw, pointer).(map[string]any)
		clear(part)
		part["type"] = "object"
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

func validate(s *jsonschema.Schema, value any) []*jsonschema.ValidationError {
	err := s.Validate(value)
	if err == nil {
		return nil
	}
	var failure *jsonschema.ValidationError
	if !errors.As(err, &failure) {
		return []*jsonschema.ValidationError{{Message: err.Error()}}
	}
	return leaves(failure, nil)
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
	var found diag.List
	for _, leaf := range validate(s.compiled, d.Root.Plain(opaque)) {
		found = append(found, s.explain(d, leaf)...)
	}
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
	keyword := fragment[at+1:]
	rules, _ := rawAt(s.raw, fragment[:at]).(map[string]any)
	value, key := d.At(unescapeURL(leaf.InstanceLocation))
	if strings.Contains(leaf.KeywordLocation, "/propertyNames/") {
		value = key
	}
	if value == nil {
		value = d.Root
	}
	e := explanation{d: d, rules: rules, value: value, name: subject(key)}
	found := e.sentences(keyword)
	if rule, named := rules["x-rule"].(string); named && keyword != "additionalProperties" && keyword != "required" {
		for i := range found {
			found[i].Rule = rule
		}
	}
	return found
}

func subject(key *Node) string {
	if key == nil {
		return "this value"
	}
	return diag.Quote(key.Text)
}

// explanation is what is known about one failure: the schema object whose keyword failed, and the value that did not fit.
type explanation struct {
	d     *Document
	rules map[string]any
	value *Node
	name  string
}

func (e explanation) sentences(keyword string) diag.List {
	switch keyword {
	case "additionalProperties":
		return e.unknownKeys()
	case "required":
		return e.missingKeys()
	case "type":
		return diag.List{e.wrongType()}
	case "minProperties", "minItems", "minLength":
		return diag.List{e.d.Report(e.value, "missing-value", e.name+" is empty", e.expected())}
	}
	hint := e.expected()
	if options, ok := e.rules["enum"].([]any); ok {
		hint = diag.DidYouMean(e.value.Text, words(options))
	}
	return diag.List{e.d.Report(e.value, "wrong-value", e.describe(), hint)}
}

func (e explanation) describe() string {
	what := "the value " + diag.Quote(e.value.Text)
	if e.value.Kind == Number {
		what = "the value " + e.value.Text
	}
	if e.name == "this value" || e.name == diag.Quote(e.value.Text) {
		return what + " is not valid"
	}
	return what + " is not valid for " + e.name
}

func (e explanation) expected() string {
	if words, ok := e.rules["x-expected"].(string); ok {
		return "expected " + words
	}
	return ""
}

func (e explanation) unknownKeys() diag.List {
	known := knownKeys(e.rules)
	var found diag.List
	for i := range e.value.Len() {
		if k := e.value.Key(i); !slices.Contains(known, k.Text) {
			found.Add(e.d.Report(k, "unknown-key", "unknown key "+diag.Quote(k.Text), diag.DidYouMean(k.Text, known)))
		}
	}
	return found
}

func knownKeys(rules map[string]any) []string {
	properties, _ := rules["properties"].(map[string]any)
	known := make([]string, 0, len(properties))
	for name := range properties {
		known = append(known, name)
	}
	slices.Sort(known)
	return known
}

func (e explanation) missingKeys() diag.List {
	required, _ := e.rules["required"].([]any)
	properties, _ := e.rules["properties"].(map[string]any)
	var found diag.List
	for _, key := range words(required) {
		if e.value.Get(key) != nil {
			continue
		}
		hint := "add `" + key + "`"
		if p, ok := properties[key].(map[string]any); ok {
			if expected, ok := p["x-expected"].(string); ok {
				hint += ": " + expected
			}
		}
		found.Add(e.d.Report(e.value, "missing-key", "missing key "+diag.Quote(key), hint))
	}
	return found
}

// The JSON Schema types in the words of Kind.
var typeNames = map[string]string{"object": "a map", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}

func (e explanation) wrongType() diag.Diagnostic {
	want, _ := e.rules["type"].(string)
	expected := typeNames[want]
	if phrase, ok := e.rules["x-expected"].(string); ok {
		expected = phrase
	}
	message := fmt.Sprintf("%s is %s, expected %s", e.name, e.value.Kind, expected)
	if e.value.Kind == Null {
		message = fmt.Sprintf("%s has no value, expected %s", e.name, expected)
	}
	return e.d.Report(e.value, "wrong-type", message, e.quotesHint(want))
}

func (e explanation) quotesHint(want string) string {
	switch {
	case e.value.quoted && (want == "integer" || want == "boolean"):
		return "remove the quotes"
	case want == "string" && (e.value.Kind == Number || e.value.Kind == Bool):
		return "write it in quotes: " + `"` + e.value.Text + `"`
	case e.value.Kind == Number && want == "integer":
		return "write a whole number"
	}
	return ""
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

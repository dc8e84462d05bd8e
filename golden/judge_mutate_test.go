package golden

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// tree is a catalog that is being changed.
type tree struct {
	*rand.Rand
	root *yaml.Node
	said []string // what was done
}

func parseTree(r *rand.Rand, text []byte) (*tree, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	t := &tree{Rand: r, root: document.Content[0]}
	t.withoutExamples(t.root)
	return t, nil
}

// withoutExamples drops what would have to fit whatever the schemas become.
func (t *tree) withoutExamples(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	if n.Kind == yaml.MappingNode {
		for _, key := range []string{"examples", "default"} {
			if v := child(n, key); v != nil && v.Kind != yaml.MappingNode || key == "examples" {
				drop(n, key)
			}
		}
	}
	for _, child := range n.Content {
		t.withoutExamples(child)
	}
}

func (t *tree) text() []byte {
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	if err := encoder.Encode(t.root); err != nil {
		return []byte(err.Error())
	}
	return b.Bytes()
}

func child(n *yaml.Node, path ...string) *yaml.Node {
	for _, key := range path {
		if n == nil || n.Kind != yaml.MappingNode {
			return nil
		}
		var found *yaml.Node
		for i := 0; i < len(n.Content); i += 2 {
			if n.Content[i].Value == key {
				found = n.Content[i+1]
			}
		}
		n = found
	}
	return n
}

func set(n *yaml.Node, key string, value *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i+1] = value
			return
		}
	}
	n.Content = append(n.Content, scalar(key), value)
}

func drop(n *yaml.Node, key string) {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			return
		}
	}
}

func keysOf(n *yaml.Node) (keys []string) {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		keys = append(keys, n.Content[i].Value)
	}
	return keys
}

func rename(n *yaml.Node, from, to string) {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == from {
			n.Content[i] = scalar(to)
		}
	}
}

// scalar returns text as YAML.
func scalar(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.DoubleQuotedStyle}
}

// value reads YAML.
func value(source string, args ...any) *yaml.Node {
	var document yaml.Node
	if err := yaml.Unmarshal(fmt.Appendf(nil, source, args...), &document); err != nil {
		panic(err)
	}
	return document.Content[0]
}

func copyOf(n *yaml.Node) *yaml.Node {
	other := *n
	other.Content = nil
	for _, child := range n.Content {
		other.Content = append(other.Content, copyOf(child))
	}
	return &other
}

// section returns a part of the catalog, made if it is not there.
func (t *tree) section(name string) *yaml.Node {
	if child(t.root, name) == nil {
		set(t.root, name, value("{}"))
	}
	return child(t.root, name)
}

func one[T any](t *tree, list []T) T { return list[t.IntN(len(list))] }

// code returns a code and what is said of it.
func (t *tree) code() (string, *yaml.Node) {
	code := one(t, keysOf(child(t.root, "errors")))
	return code, child(t.root, "errors", code)
}

func (t *tree) category() string { return one(t, keysOf(child(t.root, "categories"))) }

// newName returns a name that may be taken already, in the style of another.
func (t *tree) newName(like string) string {
	words := []string{"alpha", "beta", "gamma", "delta", "kappa", "omega"}
	name := one(t, words) + "_" + one(t, words)
	switch {
	case strings.ToUpper(like) == like:
		return strings.ToUpper(name)
	case strings.ContainsAny(like, "_-."):
		return name
	}
	return strings.ReplaceAll(name, "_", "")
}

// site is a schema, with what it stands in.
type site struct {
	schema, in *yaml.Node // in is what holds it, under key
	key        string
	object     *yaml.Node // of a property, the object that has it
}

// sites returns all schemas below details and types.
func (t *tree) sites() (all []site) {
	for _, section := range []string{"errors", "categories"} {
		for _, key := range keysOf(child(t.root, section)) {
			all = append(all, sitesIn(child(t.root, section, key), "details", nil)...)
		}
	}
	all = append(all, sitesIn(child(t.root, "info"), "details", nil)...)
	types := child(t.root, "types")
	for _, key := range keysOf(types) {
		all = append(all, sitesIn(types, key, nil)...)
	}
	return all
}

func sitesIn(in *yaml.Node, key string, object *yaml.Node) []site {
	schema := child(in, key)
	if schema == nil || schema.Kind != yaml.MappingNode {
		return nil
	}
	all := []site{{schema, in, key, object}}
	for _, name := range keysOf(child(schema, "properties")) {
		all = append(all, sitesIn(child(schema, "properties"), name, schema)...)
	}
	for _, name := range keysOf(child(schema, "$defs")) {
		all = append(all, sitesIn(child(schema, "$defs"), name, nil)...)
	}
	for _, inner := range []string{"items", "additionalProperties"} {
		all = append(all, sitesIn(schema, inner, nil)...)
	}
	return all
}

// site returns a schema for which that holds, or a zero site.
func (t *tree) site(that func(site) bool) site {
	fit := slices.DeleteFunc(t.sites(), func(s site) bool { return !that(s) })
	if len(fit) == 0 {
		return site{}
	}
	return one(t, fit)
}

func isObject(s site) bool   { return child(s.schema, "properties") != nil }
func isProperty(s site) bool { return s.object != nil }
func isEnum(s site) bool     { return child(s.schema, "enum") != nil }
func isAny(site) bool        { return true }
func isText(s site) bool {
	t := child(s.schema, "type")
	return t != nil && t.Value == "string" && len(keysOf(s.schema)) == 1
}

// require says whether an object requires a property.
func require(object *yaml.Node, name string, is bool) {
	list := child(object, "required")
	if list == nil {
		list = value("[]")
	}
	list.Content = slices.DeleteFunc(list.Content, func(n *yaml.Node) bool { return n.Value == name })
	if is {
		list.Content = append(list.Content, scalar(name))
	}
	if drop(object, "required"); len(list.Content) > 0 {
		set(object, "required", list)
	}
}

func requires(object *yaml.Node, name string) bool {
	list := child(object, "required")
	return list != nil && slices.ContainsFunc(list.Content, func(n *yaml.Node) bool { return n.Value == name })
}

// mutate makes one change, or says that it found nothing to change.
func (t *tree) mutate() bool {
	if len(keysOf(child(t.root, "errors"))) < 2 || len(keysOf(child(t.root, "categories"))) == 0 {
		return false // nothing would be left
	}
	name := one(t, mutationNames())
	if !mutations[name](t) {
		return false
	}
	t.said = append(t.said, name)
	return true
}

func mutationNames() []string {
	names := make([]string, 0, len(mutations))
	for name := range mutations {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// ofCode makes a mutation of what is said of a code.
func ofCode(change func(t *tree, code string, said *yaml.Node)) func(*tree) bool {
	return func(t *tree) bool {
		code, said := t.code()
		change(t, code, said)
		return true
	}
}

// ofSite makes a mutation of a schema.
func ofSite(that func(site) bool, change func(t *tree, s site)) func(*tree) bool {
	return func(t *tree) bool {
		s := t.site(that)
		if s.schema == nil {
			return false
		}
		change(t, s)
		return true
	}
}

// say makes a mutation that sets a text, changes it, or drops it.
func say(key string) func(*tree) bool {
	return ofCode(func(t *tree, _ string, said *yaml.Node) { t.sayIn(said, key) })
}

func (t *tree) sayIn(n *yaml.Node, key string) {
	if child(n, key) != nil && key != "meaning" && key != "title" && t.IntN(3) == 0 {
		drop(n, key)
		return
	}
	set(n, key, scalar("Words "+t.newName("x")))
}

func toggle(n *yaml.Node, key string) {
	if v := child(n, key); v != nil && v.Value == "true" {
		set(n, key, value("false"))
	} else {
		set(n, key, value("true"))
	}
}

// schemas are what a schema may become.
var schemas = []string{
	`{type: string}`, `{type: integer}`, `{type: integer, format: int32}`, `{type: number}`, `{type: boolean}`,
	`{type: string, format: date-time}`, `{type: string, format: uuid}`, `{enum: [low, high]}`,
	`{anyOf: [{enum: [low, high]}, {type: string}]}`, `{type: string, const: fixed}`,
	`{type: array, items: {type: string}}`,
	`{type: object, properties: {inner: {type: string}}}`, `{type: object, additionalProperties: {type: integer}}`, `{}`,
	`{type: object}`, `{type: [string, "null"]}`, `{oneOf: [{const: on, description: It is on}, {const: "off"}]}`,
	`{type: array, items: {type: object, required: [id], properties: {id: {type: string}}}}`,
	`{type: object, required: [must], properties: {must: {type: string}, may: {type: integer}}}`,
}

var envelopes = []string{
	`{body: {success: false, error: {code: "{code}", message: "{message}", details: "{details}", ` +
		`requestId: "{requestId}"}}}`,
	`{body: {error: {code: "{code}", message: "{message}", details: "{details}"}}}`,
	`{body: {code: "{code}", message: "{message}", details: "{details}", requestId: "{requestId}"}}`,
	`{body: {success: false, version: 2, error: {code: "{code}", message: "{message}", details: "{details}", ` +
		`requestId: "{requestId}"}}}`,
	`{body: {errors: [{code: "{code}", title: "{title}", detail: "{message}", meta: "{details}"}]}}`,
	`problem`,
}

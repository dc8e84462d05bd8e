package document

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/sigsentry/errgen/generator/diag"
)

// Check says what in the document does not fit the schema.
func (s *Schema) Check(d *Document) diag.List {
	var found diag.List
	c := newChecker(func(failure Failure) bool {
		_, pointer, _ := strings.Cut(failure.Schema, "#")
		object, _ := follow(s.text, unescapeURL(pointer)).(map[string]any)
		found.Add(explanation{Failure: failure, d: d, schema: object}.explain()...)
		return !found.Full()
	})
	c.check(s.compiled, d.Root, nil)
	found.Sort()
	return found
}

// Failure is a keyword of a schema that a value breaks.
type Failure struct {
	Value   *Node  // the key itself, where it is the name that fails
	Key     *Node  // that the value stands under, or nil
	Keyword string // such as maxLength
	Schema  string // the location of the schema object that holds the keyword
}

// checker validates each value by itself, from the outside in: the library collects all that is wrong in a value before
// it returns, and a file may be wrong a million times.
type checker struct {
	alone map[*jsonschema.Schema]*jsonschema.Schema
	yield func(Failure) bool // takes what fails in the order of the file until it returns false
}

func newChecker(yield func(Failure) bool) *checker {
	return &checker{alone: map[*jsonschema.Schema]*jsonschema.Schema{}, yield: yield}
}

// check holds a value against a schema, and reports whether to go on. A union is looked at as a whole.
func (c *checker) check(s *jsonschema.Schema, n, key *Node) bool {
	if len(n.children) == 0 || len(s.AnyOf)+len(s.OneOf) > 0 {
		return c.validate(s, n.Plain(), n, key)
	}
	if !c.validate(c.withoutInside(s), shallow(n), n, key) || s.Ref != nil && !c.check(s.Ref, n, key) {
		return false
	}
	if s.UniqueItems && n.repeated() != nil &&
		!c.yield(Failure{Value: n, Key: key, Keyword: "uniqueItems", Schema: s.Location}) {
		return false
	}
	for i := range n.Len() {
		var name *Node
		if n.Kind == Map {
			name = n.Key(i)
			if name.Text == "" {
				continue // has been refused
			}
			if s.PropertyNames != nil && !c.validate(s.PropertyNames, name.Text, name, name) {
				return false
			}
		}
		if inside := schemaInside(s, name, i); inside != nil && !c.check(inside, n.Item(i), name) {
			return false
		}
	}
	return true
}

// withoutInside returns what a schema says of a list or map itself. The library compares each item with each other one,
// and so is not asked whether they are unique.
func (c *checker) withoutInside(s *jsonschema.Schema) *jsonschema.Schema {
	if itself := c.alone[s]; itself != nil {
		return itself
	}
	itself, anything := *s, &jsonschema.Schema{}
	itself.Ref, itself.PropertyNames, itself.UniqueItems = nil, nil, false
	itself.PrefixItems, itself.Items2020, itself.Items = nil, nil, nil
	if s.AdditionalProperties != false {
		itself.AdditionalProperties = nil
	}
	itself.Properties = map[string]*jsonschema.Schema{}
	for name := range s.Properties {
		itself.Properties[name] = anything
	}
	itself.PatternProperties = map[*regexp.Regexp]*jsonschema.Schema{}
	for pattern := range s.PatternProperties {
		itself.PatternProperties[pattern] = anything
	}
	c.alone[s] = &itself
	return &itself
}

// shallow returns n as Plain does, but without the values of a map.
func shallow(n *Node) any {
	if n.Kind != Map {
		return n.Plain()
	}
	object := make(map[string]any, n.Len())
	for key := range n.Members() {
		if key.Text != "" {
			object[key.Text] = nil
		}
	}
	return object
}

// schemaInside returns the schema of what stands under a key, or of the i-th item, which has none.
func schemaInside(s *jsonschema.Schema, key *Node, i int) *jsonschema.Schema {
	if key == nil && i < len(s.PrefixItems) {
		return s.PrefixItems[i]
	}
	if items, is := s.Items.(*jsonschema.Schema); key == nil && is {
		return items // of draft 7
	}
	if key == nil {
		return s.Items2020
	}
	if property := s.Properties[key.Text]; property != nil {
		return property
	}
	for pattern, property := range s.PatternProperties {
		if pattern.MatchString(key.Text) {
			return property
		}
	}
	others, _ := s.AdditionalProperties.(*jsonschema.Schema)
	return others
}

// validate runs the library on what it is to see of n.
func (c *checker) validate(s *jsonschema.Schema, plain any, n, key *Node) bool {
	err := s.Validate(plain)
	if err == nil {
		return true
	}
	var failure *jsonschema.ValidationError
	if !errors.As(err, &failure) {
		panic(err) // a schema that refers to itself without end
	}
	for _, cause := range failure.Causes {
		if !c.pass(cause, n, key) {
			return false
		}
	}
	return true
}

// pass yields an error of the library, or its causes. A union is one failure: which of its parts was meant is unknown.
func (c *checker) pass(e *jsonschema.ValidationError, n, key *Node) bool {
	cut := strings.LastIndexByte(e.AbsoluteKeywordLocation, '/')
	keyword := e.AbsoluteKeywordLocation[cut+1:]
	isUnion := keyword == "anyOf" || keyword == "oneOf"
	if len(e.Causes) == 0 || isUnion {
		return c.yield(Failure{Value: n, Key: key, Keyword: keyword, Schema: e.AbsoluteKeywordLocation[:max(cut, 0)]})
	}
	for _, cause := range e.Causes {
		if !c.pass(cause, n, key) {
			return false
		}
	}
	return true
}

// unescapeURL undoes the percent-encoding that the library puts on its pointers.
func unescapeURL(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

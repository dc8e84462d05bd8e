package document

import (
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/sigsentry/errgen/generator/diag"
)

// Check says what in the document does not fit the schema.
func (s *Schema) Check(d *Document) diag.List {
	var found diag.List
	c := checker{everyKey: d.twice, yield: func(failure Failure) bool {
		_, pointer, _ := strings.Cut(failure.Schema, "#")
		object, _ := follow(s.text, unescapeURL(pointer)).(map[string]any)
		found.Add(explanation{Failure: failure, d: d, schema: object}.explain()...)
		return !found.Full()
	}}
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

// checker validates a file in parts: the library collects all that is wrong, and a file may be wrong a million times.
type checker struct {
	everyKey bool               // look at the values of keys that are there before, too
	yield    func(Failure) bool // takes what fails in the order of the file until it returns false
}

// check holds a value against a schema, and reports whether to go on.
func (c *checker) check(s *jsonschema.Schema, n, key *Node) bool {
	const most = 1_000
	whole := !c.everyKey && n.size(most) <= most || len(n.children) == 0
	if whole || len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) > 0 {
		return c.validate(s, n.Plain(), n, key)
	}
	if !c.validate(alone(s), shallow(n), n, key) || s.Ref != nil && !c.check(s.Ref, n, key) {
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
		if inside := schemaInside(s, name); inside != nil && !c.check(inside, n.Item(i), name) {
			return false
		}
	}
	return true
}

// size counts the nodes of n, and stops beyond a limit.
func (n *Node) size(limit int) int {
	total := 1
	for i := 0; i < len(n.children) && total <= limit; i++ {
		total += n.children[i].size(limit - total)
	}
	return total
}

// alone returns what a schema says of a list or map itself.
func alone(s *jsonschema.Schema) *jsonschema.Schema {
	itself, anything := *s, &jsonschema.Schema{}
	itself.Ref, itself.PropertyNames, itself.Items2020 = nil, nil, nil
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
	return &itself
}

// shallow returns n as Plain does, but without the values of a map.
func shallow(n *Node) any {
	if n.Kind != Map {
		return n.Plain()
	}
	object := make(map[string]any, n.Len())
	for i := range n.Len() {
		if name := n.Key(i).Text; name != "" {
			object[name] = nil
		}
	}
	return object
}

// schemaInside returns the schema of what stands under a key, or of an item, which has none.
func schemaInside(s *jsonschema.Schema, key *Node) *jsonschema.Schema {
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
	var all failing
	for _, cause := range failure.Causes {
		all.add(cause)
	}
	return c.pass(&all, n, key)
}

// failing gathers what fails at a value, at the key it stands under, and inside it.
type failing struct {
	value, key []Failure
	inside     map[string]*failing
}

// add takes in an error of the library and its causes. A union is one failure: which of its parts was meant is unknown.
func (f *failing) add(e *jsonschema.ValidationError) {
	cut := strings.LastIndexByte(e.AbsoluteKeywordLocation, '/')
	keyword := e.AbsoluteKeywordLocation[cut+1:]
	isUnion := (keyword == "anyOf" || keyword == "oneOf") && e.Message != "" // else it is the name of a property
	if len(e.Causes) > 0 && !isUnion {
		for _, cause := range e.Causes {
			f.add(cause)
		}
		return
	}
	at := f.at(e.InstanceLocation)
	failure := Failure{Keyword: keyword, Schema: e.AbsoluteKeywordLocation[:max(cut, 0)]}
	if isOfName(e.KeywordLocation) {
		at.key = append(at.key, failure)
	} else {
		at.value = append(at.value, failure)
	}
}

// at finds the place for a location in the value.
func (f *failing) at(location string) *failing {
	if location == "" {
		return f
	}
	for segment := range strings.SplitSeq(location[1:], "/") {
		name := unescape.Replace(unescapeURL(segment))
		if f.inside == nil {
			f.inside = map[string]*failing{}
		}
		if f.inside[name] == nil {
			f.inside[name] = &failing{}
		}
		f = f.inside[name]
	}
	return f
}

// isOfName reports whether a keyword speaks of the name of a property: the way to it leads through propertyNames.
func isOfName(location string) bool {
	segments := strings.Split(location, "/")
	for i := 0; i < len(segments); i++ {
		switch segments[i] {
		case "propertyNames":
			return true
		case "properties", "patternProperties":
			i++ // what follows is a name
		}
	}
	return false
}

// pass yields what fails at n and inside it.
func (c *checker) pass(f *failing, n, key *Node) bool {
	if !c.passAll(f.value, n, key) {
		return false
	}
	for i := 0; len(f.inside) > 0 && i < n.Len(); i++ {
		var name *Node
		segment := strconv.Itoa(i)
		if n.Kind == Map {
			name = n.Key(i)
			segment = name.Text
		}
		inside := f.inside[segment]
		if inside == nil {
			continue
		}
		delete(f.inside, segment) // of keys that are there twice Plain has the first
		if !c.passAll(inside.key, name, name) || !c.pass(inside, n.Item(i), name) {
			return false
		}
	}
	return true
}

func (c *checker) passAll(failures []Failure, n, key *Node) bool {
	for _, failure := range failures {
		failure.Value, failure.Key = n, key
		if !c.yield(failure) {
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

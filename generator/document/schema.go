package document

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// Schema is one of errgen's own JSON Schemas (2020-12). It explains what does not fit in errgen's own sentences. Two annotations of its text help:
// "x-expected" completes the words "expected …", "x-rule" names the rule that a failure there breaks.
type Schema struct {
	rules       *rules
	definitions map[string]*rules // by the reference to them
}

// rules is a schema object. It knows the keywords that errgen's schemas use, in the forms they have there, and no others.
type rules struct {
	reference string
	types     []string
	constant  *int
	enum      []string

	properties    map[string]*rules
	closed        bool   // there are no other properties
	additional    *rules // of the other properties
	propertyNames *rules
	required      []string
	minProperties *int

	items              *rules
	minItems, maxItems *int
	uniqueItems        bool

	minLength, maxLength *int
	pattern              func() *regexp.Regexp
	minimum, maximum     *int

	expected string
	rule     string
}

// MustCompile compiles a schema that errgen itself holds. The parts that opaque names (JSON pointers) accept everything: other code looks into those. A keyword that
// nothing would look at is refused.
func MustCompile(text []byte, opaque ...string) *Schema {
	var whole map[string]any
	if err := json.Unmarshal(text, &whole); err != nil {
		panic(err)
	}
	for _, pointer := range opaque {
		clear(part(whole, pointer))
	}
	s := &Schema{definitions: map[string]*rules{}}
	if definitions, ok := whole["$defs"].(map[string]any); ok {
		for name, definition := range compileAll(definitions) {
			s.definitions["#/$defs/"+name] = definition
		}
		delete(whole, "$defs")
	}
	s.rules = compile(whole)
	return s
}

// part follows a JSON pointer to a schema object.
func part(object map[string]any, pointer string) map[string]any {
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		object = object[name].(map[string]any)
	}
	return object
}

func compile(object any) *rules {
	r := &rules{}
	for keyword, value := range object.(map[string]any) {
		if !r.take(keyword, value) && !r.takeLimit(keyword, value) {
			panic(fmt.Sprintf("the schema has the keyword %s, which nothing looks at", keyword))
		}
	}
	return r
}

func compileAll(objects any) map[string]*rules {
	all := map[string]*rules{}
	for name, object := range objects.(map[string]any) {
		all[name] = compile(object)
	}
	return all
}

// take sets what a keyword says, and tells whether it is known.
func (r *rules) take(keyword string, value any) bool {
	switch keyword {
	case "$schema", "$id", "title", "description", "default", "examples": // refuse nothing
	case "$ref":
		r.reference = value.(string)
	case "type":
		r.types = texts(value)
	case "const":
		r.constant = whole(value)
	case "enum":
		r.enum = texts(value)
	case "properties":
		r.properties = compileAll(value)
	case "additionalProperties":
		if r.closed = value == false; !r.closed {
			r.additional = compile(value)
		}
	case "propertyNames":
		r.propertyNames = compile(value)
	case "required":
		r.required = texts(value)
	case "items":
		r.items = compile(value)
	case "uniqueItems":
		r.uniqueItems = value.(bool)
	case "pattern":
		r.pattern = Pattern(value.(string))
	case "x-expected":
		r.expected = value.(string)
	case "x-rule":
		r.rule = value.(string)
	default:
		return false
	}
	return true
}

func (r *rules) takeLimit(keyword string, value any) bool {
	limits := map[string]**int{
		"minProperties": &r.minProperties, "minItems": &r.minItems, "maxItems": &r.maxItems,
		"minLength": &r.minLength, "maxLength": &r.maxLength, "minimum": &r.minimum, "maximum": &r.maximum,
	}
	limit, known := limits[keyword]
	if known {
		*limit = whole(value)
	}
	return known
}

// texts reads a text, or a list of texts.
func texts(value any) []string {
	list, ok := value.([]any)
	if !ok {
		return []string{value.(string)}
	}
	all := make([]string, len(list))
	for i, one := range list {
		all[i] = one.(string)
	}
	return all
}

func whole(value any) *int {
	n := int(value.(float64))
	if float64(n) != value {
		panic(fmt.Sprintf("the schema has the number %v, expected a whole one", value))
	}
	return &n
}

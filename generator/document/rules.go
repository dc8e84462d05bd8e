package document

import (
	"iter"
	"regexp"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// Rules are a schema for values, in the form that the library compiles JSON to. Those who have read and proven a schema
// already make its rules from what they know: that skips the metaschema, which costs three times the rest.
type Rules struct{ schema *jsonschema.Schema }

// NewRules returns rules that every value fits. Name is the Failure.Schema of what breaks them.
func NewRules(name string) *Rules { return &Rules{newRules(name)} }

func newRules(name string) *jsonschema.Schema {
	return &jsonschema.Schema{
		Location: name, MinProperties: -1, MaxProperties: -1, MinItems: -1, MaxItems: -1, MinContains: 1, MaxContains: -1,
		MinLength: -1, MaxLength: -1, Properties: map[string]*jsonschema.Schema{},
	}
}

// Failures ranges over what in a value breaks the rules, in the order of the file.
func (r *Rules) Failures(n *Node) iter.Seq[Failure] {
	return func(yield func(Failure) bool) { newChecker(yield).check(r.schema, n, nil) }
}

// Hold reports whether nothing in a value breaks the rules; nil are none.
func (r *Rules) Hold(n *Node) bool {
	if r == nil {
		return true
	}
	for range r.Failures(n) {
		return false
	}
	return true
}

// Type lets the value have one type only, or be null too.
func (r *Rules) Type(name string, orNull bool) {
	r.schema.Types = []string{name}
	if orNull {
		r.schema.Types = append(r.schema.Types, "null")
	}
}

// Enum lets the value be one of these texts only, or null too. Each call narrows it further.
func (r *Rules) Enum(texts []string, orNull bool) {
	listed := make(enum, len(texts)+1)
	for _, text := range texts {
		listed[text] = true
	}
	if orNull {
		listed[nil] = true
	}
	rules := newRules(r.schema.Location)
	rules.Extensions = map[string]jsonschema.ExtSchema{"enum": listed}
	r.schema.AllOf = append(r.schema.AllOf, rules)
}

// enum is the keyword as an extension of the library, whose own looks through the whole list for each value.
type enum map[any]bool

// Validate holds a value against the list.
func (e enum) Validate(at jsonschema.ValidationContext, value any) error {
	switch value.(type) {
	case []any, map[string]any:
	default:
		if e[value] {
			return nil
		}
	}
	return at.Error("enum", "is not listed")
}

// Property describes a property of an object.
func (r *Rules) Property(name string, required bool, value *Rules) {
	r.schema.Properties[name] = value.schema
	if required {
		r.schema.Required = append(r.schema.Required, name)
	}
}

// Close lets an object have no properties but those that are described.
func (r *Rules) Close() { r.schema.AdditionalProperties = false }

// Inside describes every item of a list, and every value of an object whose property is not described.
func (r *Rules) Inside(value *Rules) {
	r.schema.Items2020, r.schema.AdditionalProperties = value.schema, value.schema
}

// Format asserts a format.
func (r *Rules) Format(name string) {
	r.schema.Extensions = map[string]jsonschema.ExtSchema{"format": format(name)}
}

// Limit sets one of the keywords of length, size, range and pattern.
func (r *Rules) Limit(keyword string, value *Node) {
	s := r.schema
	size, _ := value.Int()
	switch keyword {
	case "pattern":
		s.Pattern = regexp.MustCompile(value.Text)
	case "minLength":
		s.MinLength = size
	case "maxLength":
		s.MaxLength = size
	case "minItems":
		s.MinItems = size
	case "maxItems":
		s.MaxItems = size
	case "minProperties":
		s.MinProperties = size
	case "maxProperties":
		s.MaxProperties = size
	case "minimum":
		s.Minimum = value.Exact()
	case "maximum":
		s.Maximum = value.Exact()
	case "exclusiveMinimum":
		s.ExclusiveMinimum = value.Exact()
	case "exclusiveMaximum":
		s.ExclusiveMaximum = value.Exact()
	}
}

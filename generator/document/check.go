package document

import (
	"cmp"
	"math/big"
	"slices"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// Check says what in the document does not fit the schema.
func (s *Schema) Check(d *Document) diag.List {
	c := checker{Schema: s, doc: d}
	c.check(s.rules, d.Root, nil)
	c.found.Sort()
	return c.found
}

type checker struct {
	*Schema
	doc   *Document
	found diag.List
}

// check holds a value against a schema object. Key is what the value stands under, or nil; a key that is checked itself is its own.
func (c *checker) check(r *rules, value, key *Node) {
	if c.found.Full() {
		return
	}
	e := explanation{d: c.doc, rules: r, value: value, key: key}
	keyword := r.broken(value)
	if keyword != "" && !value.refused {
		found := e.wrong(keyword)
		found.Rule = cmp.Or(r.rule, found.Rule)
		c.found.Add(found)
	}
	if keyword == "type" {
		return
	}
	if r.reference != "" {
		c.check(c.definitions[r.reference], value, key)
	}
	switch value.Kind {
	case List:
		c.items(r, value)
	case Map:
		if !value.refused {
			c.found.Add(e.missingKeys()...)
			c.found.Add(e.unknownKeys()...)
		}
		c.members(r, value)
	}
}

func (c *checker) items(r *rules, list *Node) {
	if r.items == nil {
		return
	}
	for i := range list.Len() {
		c.check(r.items, list.Item(i), nil)
	}
}

func (c *checker) members(r *rules, object *Node) {
	for i := range object.Len() {
		key, value := object.Key(i), object.Item(i)
		if key.Text == "" {
			continue // has been refused
		}
		if r.propertyNames != nil {
			c.check(r.propertyNames, key, key)
		}
		if inside := cmp.Or(r.properties[key.Text], r.additional); inside != nil {
			c.check(inside, value, key)
		}
	}
}

// broken returns the keyword that a value breaks by itself, whatever is in it, or "".
func (r *rules) broken(n *Node) string {
	switch {
	case r.types != nil && !slices.ContainsFunc(r.types, n.hasType):
		return "type"
	case r.constant != nil && (n.Kind != Number || n.compare(r.constant) != 0):
		return "const"
	case r.enum != nil && (n.Kind != String || !slices.Contains(r.enum, n.Text)):
		return "enum"
	}
	switch n.Kind {
	case Number:
		return r.brokenNumber(n)
	case String:
		return r.brokenText(n.Text)
	case List:
		return r.brokenList(n)
	case Map:
		if r.minProperties != nil && n.Len() < *r.minProperties {
			return "minProperties"
		}
	}
	return ""
}

// hasType tells whether n has a type of JSON Schema.
func (n *Node) hasType(name string) bool {
	switch name {
	case "object":
		return n.Kind == Map
	case "array":
		return n.Kind == List
	case "string":
		return n.Kind == String
	case "integer":
		return n.Kind == Number && n.Exact().IsInt()
	case "number":
		return n.Kind == Number
	case "boolean":
		return n.Kind == Bool
	}
	return name == "null" && n.Kind == Null
}

// compare returns how a number stands to another: below 0 if it is less.
func (n *Node) compare(with *int) int { return n.Exact().Cmp(big.NewRat(int64(*with), 1)) }

func (r *rules) brokenNumber(n *Node) string {
	switch {
	case r.minimum != nil && n.compare(r.minimum) < 0:
		return "minimum"
	case r.maximum != nil && n.compare(r.maximum) > 0:
		return "maximum"
	}
	return ""
}

func (r *rules) brokenText(s string) string {
	switch {
	case r.minLength != nil && utf8.RuneCountInString(s) < *r.minLength:
		return "minLength"
	case r.maxLength != nil && utf8.RuneCountInString(s) > *r.maxLength:
		return "maxLength"
	case r.pattern != nil && !r.pattern().MatchString(s):
		return "pattern"
	}
	return ""
}

func (r *rules) brokenList(n *Node) string {
	switch {
	case r.minItems != nil && n.Len() < *r.minItems:
		return "minItems"
	case r.maxItems != nil && n.Len() > *r.maxItems:
		return "maxItems"
	case r.uniqueItems && n.repeated() != nil:
		return "uniqueItems"
	}
	return ""
}

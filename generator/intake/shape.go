package intake

import (
	"slices"

	"github.com/sigsentry/errgen/generator/document"
)

// shape is what bodies have in common: of each member how often it is there, of which type, and whether it is always
// the same.
type shape struct {
	kind     string   // object, array, string, number, boolean, null; any: of several types
	keys     []string // of an object, in the order in which they were seen
	members  map[string]*shape
	item     *shape         // of an array
	constant *document.Node // the one value that was always there, or nil
	whole    bool           // of a number: it never had a fraction
	count    int            // bodies with it
}

// shapeOf returns the shape of one body.
func shapeOf(n *document.Node) *shape {
	s := &shape{count: 1}
	switch n.Kind {
	case document.Map:
		s = newObject()
		for key, value := range n.Members() {
			s.set(key.Text, shapeOf(value))
		}
	case document.List:
		s.kind = "array"
		for item := range n.Items() {
			s.item = merged(s.item, shapeOf(item))
		}
		if s.item != nil {
			s.item.count = 1
		}
	case document.String:
		s.kind, s.constant = "string", n
	case document.Number:
		s.kind, s.constant, s.whole = "number", n, isInteger(n.Text)
	case document.Bool:
		s.kind, s.constant = "boolean", n
	default:
		s.kind = "null"
	}
	return s
}

func newObject() *shape { return &shape{kind: "object", members: map[string]*shape{}, count: 1} }

// set adds a member, of keys that are there twice the first.
func (s *shape) set(key string, member *shape) {
	if s.members[key] == nil {
		s.keys = append(s.keys, key)
		s.members[key] = member
	}
}

// merged puts two shapes together; either may be nil. The first one is used up.
func merged(s, other *shape) *shape {
	switch {
	case s == nil:
		return other
	case other == nil:
		return s
	}
	s.count += other.count
	s.whole = s.whole && other.whole || s.kind == "null" && other.whole || other.kind == "null" && s.whole
	if s.constant != nil && (other.constant == nil || spell(s.constant) != spell(other.constant)) {
		s.constant = nil
	}
	switch {
	case s.kind == "null":
		s.kind, s.keys, s.members, s.item = other.kind, other.keys, other.members, other.item
	case other.kind == "null":
	case s.kind != other.kind:
		s.kind = "any"
	default:
		s.item = merged(s.item, other.item)
		for _, key := range other.keys {
			s.set(key, merged(s.members[key], other.members[key]))
		}
	}
	return s
}

// clone returns a copy that shares nothing.
func (s *shape) clone() *shape {
	if s == nil {
		return nil
	}
	c := *s
	c.keys, c.item = slices.Clone(s.keys), s.item.clone()
	if s.members != nil {
		c.members = make(map[string]*shape, len(s.members))
	}
	for key, member := range s.members {
		c.members[key] = member.clone()
	}
	return &c
}

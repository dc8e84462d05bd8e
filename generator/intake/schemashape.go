package intake

import (
	"fmt"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
)

// ofAll says how many of how many bodies.
func ofAll(n, all int) string {
	if all == 1 {
		return "the one body that was seen"
	}
	return fmt.Sprintf("%d of %d bodies", n, all)
}

// has reports whether there is something under a path, as errors[].code.
func (s *shape) has(path string) bool {
	for _, key := range strings.Split(path, ".") {
		key, inList := strings.CutSuffix(key, "[]")
		if s = s.members[key]; s == nil {
			return false
		}
		if inList {
			if s = s.item; s == nil {
				return false
			}
		}
	}
	return true
}

// shapes returns the shapes of the bodies that a response has: by its schema, one for each alternative; without one, by
// its examples.
func (a *api) shapes(m apiMedia) (all []*shape) {
	if m.schema != nil {
		return a.alternatives(m.schema, map[*document.Node]bool{})
	}
	for _, e := range m.examples {
		all = append(all, shapeOf(e.value))
	}
	return all
}

// maxShapes is how many alternatives of a schema count.
const maxShapes = 50

// alternatives returns the shapes that a schema allows.
func (a *api) alternatives(n *document.Node, open map[*document.Node]bool) []*shape {
	n, err := a.doc.Resolve(n)
	if a.steps++; err != nil || n.Kind != document.Map || open[n] || a.steps > maxSteps {
		return []*shape{{kind: "any", count: 1}}
	}
	open[n] = true
	defer delete(open, n)
	var all []*shape
	for _, keyword := range []string{"oneOf", "anyOf"} {
		for part := range n.Get(keyword).Items() {
			all = append(all, a.alternatives(part, open)...)
		}
	}
	if len(all) == 0 {
		all = []*shape{plainShape(n)}
	}
	for part := range n.Get("allOf").Items() {
		all = combine(all, a.alternatives(part, open))
	}
	if n.Get("properties") != nil {
		all = combine(a.objects(n, open), all)
	}
	if item := n.Get("items"); item != nil {
		for i := range all {
			all[i].item = a.alternatives(item, open)[0]
		}
	}
	return all[:min(len(all), maxShapes)]
}

// plainShape returns what a schema says of a value itself.
func plainShape(n *document.Node) *shape {
	s := &shape{count: 1, kind: n.Str("type"), constant: constantOf(n)}
	first := n.Get("type").Step("0")
	switch {
	case s.kind == "integer":
		s.kind = "number"
	case s.kind == "" && s.constant != nil:
		s.kind = shapeOf(s.constant).kind
	case s.kind == "" && first != nil:
		s.kind = first.Text
	case s.kind == "" && (n.Get("properties") != nil || n.Get("allOf") != nil):
		s.kind = "object"
	case s.kind == "":
		s.kind = "any"
	}
	if s.kind == "object" {
		s.members = map[string]*shape{}
	}
	return s
}

// objects returns the shapes of an object: one with the first alternative of each property, and one more for each other
// alternative.
func (a *api) objects(n *document.Node, open map[*document.Node]bool) []*shape {
	first := newObject()
	all := []*shape{first}
	var others []func(*shape)
	for key, property := range n.Get("properties").Members() {
		found := a.alternatives(property, open)
		first.set(key.Text, found[0])
		for _, other := range found[1:] {
			others = append(others, func(s *shape) { s.members[key.Text] = other })
		}
		others = others[:min(len(others), maxShapes-1)]
	}
	for _, set := range others {
		one := first.clone()
		set(one)
		all = append(all, one)
	}
	return all
}

// combine adds the members of one alternative to those of the other.
func combine(left, right []*shape) []*shape {
	var all []*shape
	for _, l := range left {
		for _, r := range right {
			s := newObject()
			for _, from := range []*shape{l, r} {
				for _, key := range from.keys {
					s.set(key, from.members[key].clone())
				}
			}
			if len(all) < maxShapes {
				all = append(all, s)
			}
		}
	}
	return all
}

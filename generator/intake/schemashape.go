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
		for i, list := 0, n.Get(keyword); list != nil && list.Kind == document.List && i < list.Len(); i++ {
			all = append(all, a.alternatives(list.Item(i), open)...)
		}
	}
	if len(all) == 0 {
		all = []*shape{a.plainShape(n)}
	}
	for i, list := 0, n.Get("allOf"); list != nil && list.Kind == document.List && i < list.Len(); i++ {
		all = combine(all, a.alternatives(list.Item(i), open))
	}
	if n.Get("properties") != nil {
		all = combine(a.objects(n, open), all)
	}
	if item := n.Get("items"); item != nil {
		for i := range all {
			if items := a.alternatives(item, open); len(items) > 0 {
				all[i].item = items[0]
			}
		}
	}
	return all[:min(len(all), maxShapes)]
}

// plainShape returns what a schema says of a value itself.
func (a *api) plainShape(n *document.Node) *shape {
	s := &shape{count: 1, kind: n.Str("type")}
	if list := n.Get("enum"); list != nil && list.Kind == document.List && list.Len() == 1 {
		s.constant = list.Item(0)
	}
	if one := n.Get("const"); one != nil {
		s.constant = one
	}
	switch {
	case s.kind == "integer":
		s.kind = "number"
	case s.kind == "" && s.constant != nil:
		s.kind = shapeOf(s.constant).kind
	case s.kind == "" && n.Get("type") != nil && n.Get("type").Kind == document.List && n.Get("type").Len() > 0:
		s.kind = n.Get("type").Item(0).Text
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
	list := n.Get("properties")
	first := &shape{kind: "object", members: map[string]*shape{}, count: 1}
	all := []*shape{first}
	for i := 0; list.Kind == document.Map && i < list.Len(); i++ {
		found := a.alternatives(list.Item(i), open)
		first.set(list.Key(i).Text, found[0])
		for _, other := range found[1:] {
			if len(all) < maxShapes {
				all = append(all, &shape{keys: []string{list.Key(i).Text}, members: map[string]*shape{list.Key(i).Text: other}})
			}
		}
	}
	for i, other := range all[1:] {
		one := first.clone()
		one.members[other.keys[0]] = other.members[other.keys[0]]
		all[i+1] = one
	}
	return all
}

// combine adds the members of one alternative to those of the other.
func combine(left, right []*shape) []*shape {
	var all []*shape
	for _, l := range left {
		for _, r := range right {
			s := &shape{kind: "object", members: map[string]*shape{}, count: 1}
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

package catalog

import (
	"maps"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// reference resolves a $ref. Nothing is ever read from elsewhere because a catalog says so.
func (r *schemaReader) reference(s *Schema, n *document.Node) {
	if name, found := strings.CutPrefix(n.Text, "#/types/"); found {
		r.resolve(s, n, name, r.typesByName)
		return
	}
	if name, found := strings.CutPrefix(n.Text, "#/$defs/"); found {
		r.resolve(s, n, name, r.defs)
		return
	}
	r.refuse(n, "the reference "+diag.Quote(n.Text)+" leads out of the catalog", "write #/types/NAME, or #/$defs/NAME for a schema of the same details")
}

func (r *schemaReader) resolve(s *Schema, n *document.Node, name string, in map[string]*Type) {
	s.Target = in[name]
	if s.Target == nil {
		r.report(n, "unknown-reference", "the reference "+diag.Quote(n.Text)+" leads nowhere", diag.DidYouMean(name, slices.Sorted(maps.Keys(in))))
	}
}

// references refuses types that contain themselves: no value of theirs would end.
func (l *loader) references() {
	all := slices.Clone(l.catalog.Types)
	for _, e := range l.catalog.Errors {
		if e.Details != nil {
			all = append(all, e.Details.Defs...)
		}
	}
	c := circles{loader: l, state: map[*Type]int{}}
	for _, t := range all {
		c.visit(t)
	}
}

// circles searches the graph of types depth first.
type circles struct {
	*loader
	state map[*Type]int // 1: on the path, 2: done
	path  []*Type
}

func (c *circles) visit(t *Type) {
	if t.Schema == nil || c.state[t] == 2 {
		return
	}
	c.state[t] = 1
	c.path = append(c.path, t)
	t.Schema.walk(func(s *Schema) {
		switch {
		case s.Target == nil:
		case c.state[s.Target] == 1:
			c.circle(s)
		default:
			c.visit(s.Target)
		}
	})
	c.path = c.path[:len(c.path)-1]
	c.state[t] = 2
}

func (c *circles) circle(s *Schema) {
	var names []string
	for _, t := range c.path[slices.Index(c.path, s.Target):] {
		names = append(names, t.Name)
	}
	at := s.Node
	if ref := at.Get("$ref"); ref != nil {
		at = ref
	}
	names = append(names, s.Target.Name)
	c.report(at, "circular-reference", "the type "+s.Target.Name+" contains itself: "+strings.Join(names, " → "), "break the circle: details are finite values")
}

// walk calls visit for s and all schemas inside it, without following references.
func (s *Schema) walk(visit func(*Schema)) {
	visit(s)
	if s.Item != nil {
		s.Item.walk(visit)
	}
	for _, p := range s.Properties {
		p.Schema.walk(visit)
	}
}

// Resolve follows references to the schema that says what a value is.
func (s *Schema) Resolve() *Schema {
	for s.Kind == Ref && s.Target != nil && s.Target.Schema != nil {
		s = s.Target.Schema
	}
	return s
}

package catalog

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// reference resolves a $ref. Nothing is ever read from elsewhere because a catalog says so.
func (r *schemaReader) reference(s *Schema, n *document.Node) {
	if n == nil {
		return
	}
	if name, found := strings.CutPrefix(n.Text, "#/types/"); found {
		r.resolve(s, n, name, r.catalog.TypeByName)
		return
	}
	if name, found := strings.CutPrefix(n.Text, "#/$defs/"); found {
		r.resolve(s, n, name, r.defs)
		return
	}
	r.refuse(n, "the reference "+diag.Quote(n.Text)+" leads out of the catalog",
		"write #/types/NAME, or #/$defs/NAME for a schema of the same details")
}

func (r *schemaReader) resolve(s *Schema, n *document.Node, name string, in map[string]*Type) {
	s.Target = in[name]
	if s.Target == nil {
		known := func() []string { return slices.Sorted(maps.Keys(in)) }
		r.report(n, "unknown-reference", "the reference "+diag.Quote(n.Text)+" leads nowhere",
			cmp.Or(r.guesses.DidYouMean(name, known), "describe it there"))
	}
}

// references refuses types that contain themselves without an end, or without an object that has a name, and others
// deeper than anybody reads.
func (l *loader) references() {
	all := slices.Clone(l.catalog.Types)
	for _, e := range l.catalog.Errors {
		if e.Details != nil {
			all = append(all, e.Details.Defs...)
		}
	}
	unnamed := circles{loader: l, follows: func(e edge) bool { return !e.named },
		hint: "lists and maps have no names of their own: put an object between them"}
	endless := circles{loader: l, follows: func(e edge) bool { return !e.ends },
		hint: "it has to end somewhere: make a property on the way optional, or let it be null"}
	depths := circles{loader: l, follows: func(edge) bool { return true }}
	for _, c := range []*circles{&unnamed, &endless, &depths} {
		c.onPath, c.heights = map[*Type]int{}, map[*Type]int{}
		for _, t := range all {
			c.visit(t)
		}
	}
}

// edge is a reference inside a type.
type edge struct {
	from  *Schema
	named bool // it stands in an object, which becomes a type
	ends  bool // a value without what it refers to can be there: it is optional, or null, or in a list or map
}

// edges calls visit for the references in a schema, without following them.
func (s *Schema) edges(e edge, visit func(edge)) {
	e.ends = e.ends || s.Nullable
	if s.Target != nil {
		e.from = s
		visit(e)
	}
	if s.Item != nil {
		s.Item.edges(edge{named: e.named, ends: true}, visit)
	}
	for _, p := range s.Properties {
		p.Schema.edges(edge{named: true, ends: e.ends || !p.Required}, visit)
	}
}

// circles searches the graph of types depth first, by some of the references.
type circles struct {
	*loader
	follows func(edge) bool
	hint    string // empty: circles are allowed
	path    []*Type
	onPath  map[*Type]int // from 1
	heights map[*Type]int // of the types that are done: how often their references lead on
}

func (c *circles) visit(t *Type) {
	if _, done := c.heights[t]; done || t.Schema == nil {
		return
	}
	c.path = append(c.path, t)
	c.onPath[t] = len(c.path)
	height := 0
	t.Schema.edges(edge{}, func(e edge) {
		s := e.from
		switch {
		case !c.follows(e):
		case c.onPath[s.Target] > 0 && c.hint != "":
			c.circle(s)
		case c.onPath[s.Target] > 0:
			c.catalog.Recursive = true
		default:
			c.visit(s.Target)
			height = max(height, c.heights[s.Target]+1)
			if height > document.MaxDepth {
				c.cut(s, "too-deep", fmt.Sprintf("references lead on more than %d times", document.MaxDepth),
					"write the last type out")
				height = 0
			}
		}
	})
	c.path, c.onPath[t] = c.path[:len(c.path)-1], 0
	c.heights[t] = height
}

func (c *circles) circle(s *Schema) {
	const most = 16 // of a longer way only the beginning is told
	var names []string
	way := c.path[c.onPath[s.Target]-1:]
	for _, t := range way[:min(len(way), most)] {
		names = append(names, t.Name)
	}
	if len(way) > most {
		names = append(names, "…")
	}
	names = append(names, s.Target.Name)
	c.cut(s, "circular-reference", "the type "+s.Target.Name+" contains itself: "+strings.Join(names, " → "), c.hint)
}

// cut reports a reference and ends it there, so that whoever follows references comes to an end.
func (c *circles) cut(s *Schema, rule, message, hint string) {
	at := s.Node
	if ref := at.Get("$ref"); ref != nil {
		at = ref
	}
	c.report(at, rule, message, hint)
	s.Target = nil
}

// EachSchema visits every schema that stands in the catalog once.
func (c *Catalog) EachSchema(visit func(*Schema)) {
	for _, s := range c.Shared {
		s.Said.Walk(visit)
	}
	for _, e := range c.Errors {
		if e.OwnDetails == nil {
			continue
		}
		e.OwnDetails.Walk(visit)
		for _, def := range e.OwnDetails.Defs {
			def.Schema.Walk(visit)
		}
	}
	for _, t := range c.Types {
		t.Schema.Walk(visit)
	}
}

// Walk visits s and all schemas inside it, without following references.
func (s *Schema) Walk(visit func(*Schema)) {
	visit(s)
	if s.Item != nil {
		s.Item.Walk(visit)
	}
	for _, p := range s.Properties {
		p.Schema.Walk(visit)
	}
}

// Resolve follows references to the schema that says what a value is.
func (s *Schema) Resolve() *Schema {
	for s.Kind == Ref && s.Target != nil && s.Target.Schema != nil {
		s = s.Target.Schema
	}
	return s
}

// IsNullable reports whether s, or a schema on the way it refers, allows null.
func (s *Schema) IsNullable() bool {
	for s.Kind == Ref && s.Target != nil && s.Target.Schema != nil && !s.Nullable {
		s = s.Target.Schema
	}
	return s.Nullable
}

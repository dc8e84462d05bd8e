// Package shape gives the typed view of the details schemas: a flat list of named types, and places that use them.
package shape

import "github.com/sigsentry/errgen/generator/catalog"

// Shapes is what the details of a catalog look like.
type Shapes struct {
	Types   []*Type // objects and enums, in order of first use
	Details map[*catalog.Error]*Place
}

// Type is an object or an enum: what becomes a named type. So does a map that is all there is of a code's details.
type Type struct {
	Shared string         // name of a catalog type; empty for an inline one
	Owner  *catalog.Error // of an inline type: the error whose details it belongs to
	Path   []string       // of an inline type: the words of its name, such as Details, issues, Item
	Outer  *Type          // of an inline type: the type that it stands in and has its name from, if there is one
	Schema *catalog.Schema
	Fields []Field // of an object
	Item   *Place  // of a map
}

// IsEnum tells whether t is an enum.
func (t *Type) IsEnum() bool { return len(t.Schema.Enum) > 0 }

// Field is a property of an object.
type Field struct {
	Name     string
	Required bool
	Place    Place
}

// Place is one use of a schema. References are followed: Schema is never a Ref. Said has the node of the place itself.
type Place struct {
	Schema   *catalog.Schema // what the value is
	Said     *catalog.Schema // what is said of this place: the schema that refers, where one does
	Nullable bool
	Type     *Type  // of an object or enum, and of details that are a map
	Item     *Place // of an array or map
}

// Of works out the shapes of a catalog.
func Of(c *catalog.Catalog) *Shapes {
	b := builder{
		shapes: &Shapes{Details: map[*catalog.Error]*Place{}},
		named:  map[*catalog.Schema]*Type{},
		shared: map[*catalog.Schema]string{},
	}
	for _, t := range c.Types {
		b.shared[t.Schema] = t.Name
	}
	for _, e := range c.Errors {
		if e.Details == nil {
			continue
		}
		b.owner = e
		b.defs = map[*catalog.Schema]string{}
		for _, def := range e.Details.Defs {
			b.defs[def.Schema] = def.Name
		}
		place := b.place(e.Details, []string{"Details"})
		if place.Schema.Kind == catalog.Map {
			place.Type = &Type{Owner: e, Path: []string{"Details"}, Schema: place.Schema, Item: place.Item}
			b.shapes.Types = append(b.shapes.Types, place.Type)
		}
		b.shapes.Details[e] = &place
		for _, def := range e.Details.Defs {
			b.place(def.Schema, nil)
		}
	}
	for _, t := range c.Types {
		b.place(t.Schema, []string{t.Name})
	}
	return b.shapes
}

// builder names types on their first use. An inline type inside a shared one belongs to no error: its path begins with
// the shared name.
type builder struct {
	shapes *Shapes
	named  map[*catalog.Schema]*Type
	shared map[*catalog.Schema]string
	defs   map[*catalog.Schema]string
	owner  *catalog.Error
	outer  *Type
}

func (b *builder) place(s *catalog.Schema, path []string) Place {
	p := Place{Schema: s.Resolve(), Said: s}
	for ; s.Kind == catalog.Ref; s = s.Target.Schema {
		p.Nullable = p.Nullable || s.Nullable
	}
	p.Nullable = p.Nullable || s.Nullable
	if name, ok := b.shared[s]; ok {
		defer b.within(nil, nil)()
		path = []string{name}
	} else if name, ok := b.defs[s]; ok {
		defer b.within(b.owner, nil)()
		path = []string{"Details", name}
	}
	switch {
	case s.Kind == catalog.Object || len(s.Enum) > 0:
		p.Type = b.typ(s, path)
	case s.Kind == catalog.Array:
		item := b.place(s.Item, with(path, "Item"))
		p.Item = &item
	case s.Kind == catalog.Map:
		item := b.place(s.Item, with(path, "Value"))
		p.Item = &item
	}
	return p
}

// within changes what inline types belong to until the returned function is called.
func (b *builder) within(owner *catalog.Error, outer *Type) (restore func()) {
	ownerBefore, outerBefore := b.owner, b.outer
	b.owner, b.outer = owner, outer
	return func() { b.owner, b.outer = ownerBefore, outerBefore }
}

func with(path []string, word string) []string {
	return append(path[:len(path):len(path)], word)
}

func (b *builder) typ(s *catalog.Schema, path []string) *Type {
	if t := b.named[s]; t != nil {
		return t
	}
	t := &Type{Schema: s, Shared: b.shared[s], Owner: b.owner, Path: path, Outer: b.outer}
	b.named[s] = t
	b.shapes.Types = append(b.shapes.Types, t)
	defer b.within(b.owner, t)()
	for _, p := range s.Properties {
		place := b.place(p.Schema, with(path, p.Name))
		t.Fields = append(t.Fields, Field{Name: p.Name, Required: p.Required, Place: place})
	}
	return t
}

// Package shape gives the typed view of the details schemas: a flat list of named types, and places that use them.
package shape

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
)

// Shapes is what the details of a catalog look like.
type Shapes struct {
	Types   []*Type // objects and enums, in order of first use
	Details map[*catalog.Error]*Place
}

// Type is an object or an enum: what becomes a named type. So does a map that is all there is of a code's details.
type Type struct {
	Shared string         // name of a catalog type; empty for an inline one
	Owner  *catalog.Error // of an inline type: the error whose details it belongs to
	Path   []Word         // of an inline type: the words of its name, such as Details, issues, Item
	Outer  *Type          // of an inline type: the type that it stands in and has its name from, if there is one
	Schema *catalog.Schema
	Fields []Field // of an object
	Item   *Place  // of a map
}

// Word is a word of the name of an inline type.
type Word struct {
	Text  string
	Names map[string]string // by target, in place of the text
}

// IsEnum reports whether t is an enum.
func (t *Type) IsEnum() bool { return len(t.Schema.Enum) > 0 }

// Field is a property of an object.
type Field struct {
	Name     string
	Names    map[string]string // by target, in place of the words of the name
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
	b.common(c.Shared)
	for _, e := range c.Errors {
		if e.Details == nil {
			continue
		}
		b.owner = e
		b.defs = map[*catalog.Schema]string{}
		for _, def := range e.Details.Defs {
			b.defs[def.Schema] = def.Name
		}
		place := b.place(e.Details, path{{Text: "Details"}})
		if place.Schema.Kind == catalog.Map {
			place.Type = &Type{Owner: e, Path: path{{Text: "Details"}}, Schema: place.Schema, Item: place.Item}
			b.shapes.Types = append(b.shapes.Types, place.Type)
		}
		b.shapes.Details[e] = &place
		for _, def := range e.Details.Defs {
			b.place(def.Schema, nil)
		}
	}
	for _, t := range c.Types {
		b.place(t.Schema, path{{Text: t.Name}})
	}
	return b.shapes
}

// common names what several codes have in common, and what is in it, before a code gives it its own name.
func (b *builder) common(all []*catalog.Shared) {
	for _, s := range all {
		name := "CommonDetails"
		if s.Category != nil {
			name = pascal(s.Category.Key) + "Details"
		}
		b.shared[s.Schema] = name
		for _, p := range s.Said.Properties {
			b.place(p.Schema, path{{Text: name}}.with(p.Name, p.Names))
		}
	}
}

func pascal(text string) string {
	var b strings.Builder
	for word := range catalog.Words(text) {
		b.WriteString(strings.ToUpper(word[:1]) + strings.ToLower(word[1:]))
	}
	return b.String()
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

func (b *builder) place(said *catalog.Schema, at path) Place {
	s := said.Resolve()
	isNullable := said.IsNullable() && s.Kind != catalog.Any // which takes null as it is
	p := Place{Schema: s, Said: said, Nullable: isNullable}
	if name, ok := b.shared[s]; ok {
		defer b.within(nil, nil)()
		at = path{{Text: name}}
	} else if name, ok := b.defs[s]; ok {
		defer b.within(b.owner, nil)()
		at = path{{Text: "Details"}, {Text: name}}
	}
	switch {
	case s.Kind == catalog.Object || len(s.Enum) > 0:
		p.Type = b.typ(s, at)
	case s.Kind == catalog.Array:
		item := b.place(s.Item, at.with("Item", nil))
		p.Item = &item
	case s.Kind == catalog.Map:
		item := b.place(s.Item, at.with("Value", nil))
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

// path leads to an inline type.
type path []Word

func (p path) with(text string, names map[string]string) path {
	return append(slices.Clip(p), Word{text, names})
}

func (b *builder) typ(s *catalog.Schema, at path) *Type {
	if t := b.named[s]; t != nil {
		return t
	}
	t := &Type{Schema: s, Shared: b.shared[s], Owner: b.owner, Outer: b.outer, Path: at}
	b.named[s] = t
	b.shapes.Types = append(b.shapes.Types, t)
	defer b.within(b.owner, t)()
	for _, p := range s.Properties {
		place := b.place(p.Schema, at.with(p.Name, p.Names))
		t.Fields = append(t.Fields, Field{Name: p.Name, Names: p.Names, Required: p.Required, Place: place})
	}
	return t
}

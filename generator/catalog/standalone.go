package catalog

import (
	"strings"

	"github.com/sigsentry/errgen/generator/document"
)

// Standalone returns the schema as JSON Schema that needs nothing else, for any validator: the types that it leads to
// stand in its own $defs, where every reference starts from the schema itself, and errgen's own keywords are gone.
func (s *Schema) Standalone() *document.Node {
	a := alone{names: map[string]string{}, taken: map[string]bool{}}
	for _, def := range s.Defs {
		a.taken[def.Name] = true
	}
	a.collect(s)
	members := membersOf(a.schema(s.JSON()))
	var defs []document.Member
	for i, m := range members {
		if m.Key == "$defs" {
			defs, members = membersOf(m.Value), append(members[:i], members[i+1:]...)
			break
		}
	}
	for _, t := range a.types {
		defs = append(defs, document.Member{Key: a.names[t.Name], Value: a.schema(t.Schema.JSON())})
	}
	if len(defs) > 0 {
		members = append(members, document.Member{Key: "$defs", Value: document.NewMap(defs...)})
	}
	if s.Node.Kind != document.Map && s.written == nil {
		return s.Node // true
	}
	return document.NewMap(members...)
}

// alone collects the types that a schema leads to.
type alone struct {
	types []*Type
	names map[string]string // in $defs, by their names
	taken map[string]bool   // names in $defs
}

func (a *alone) collect(s *Schema) {
	for _, def := range s.Defs {
		a.collect(def.Schema)
	}
	s.Walk(func(s *Schema) {
		t := s.Target
		if t == nil || t.InDetails || a.names[t.Name] != "" {
			return
		}
		name := t.Name
		for a.taken[name] {
			name += "_"
		}
		a.names[t.Name], a.taken[name] = name, true
		a.types = append(a.types, t)
		a.collect(t.Schema)
	})
}

const typesPrefix = "#/types/"

// schema copies a schema with its references led to $defs.
func (a *alone) schema(n *document.Node) *document.Node {
	if n.Kind != document.Map {
		return n
	}
	var members []document.Member
	for _, m := range membersOf(n) {
		switch m.Key {
		case "x-names":
			continue
		case "$ref":
			if name, shared := strings.CutPrefix(m.Value.Text, typesPrefix); shared {
				m.Value = document.NewString("#/$defs/" + a.names[name])
			}
		case "items", "additionalProperties":
			m.Value = a.schema(m.Value)
		case "properties", "$defs":
			inside := membersOf(m.Value)
			for i := range inside {
				inside[i].Value = a.schema(inside[i].Value)
			}
			m.Value = document.NewMap(inside...)
		case "anyOf", "oneOf":
			var parts []*document.Node
			for part := range m.Value.Items() {
				parts = append(parts, a.schema(part))
			}
			m.Value = document.NewList(parts...)
		}
		members = append(members, m)
	}
	return document.NewMap(members...)
}

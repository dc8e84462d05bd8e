package shape

import (
	"maps"
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
)

// Same reports whether two places hold the same values, whatever their types are called; nil is none.
func Same(a, b *Place) bool { return (&comparison{seen: map[[2]*Type]bool{}}).same(a, b) }

// comparison knows the types that it is comparing: they may contain themselves.
type comparison struct{ seen map[[2]*Type]bool }

func (c *comparison) same(a, b *Place) bool {
	if a == nil || b == nil {
		return a == b
	}
	if isText(a) && isText(b) {
		return a.Nullable == b.Nullable
	}
	if a.Schema.Kind != b.Schema.Kind || a.Nullable != b.Nullable || constant(a.Schema) != constant(b.Schema) ||
		(a.Type == nil) != (b.Type == nil) || !c.same(a.Item, b.Item) {
		return false
	}
	if a.Type == nil || c.seen[[2]*Type{a.Type, b.Type}] {
		return true
	}
	c.seen[[2]*Type{a.Type, b.Type}] = true
	return c.sameType(a.Type, b.Type)
}

func (c *comparison) sameType(a, b *Type) bool {
	if a.Schema.Open != b.Schema.Open || !maps.Equal(a.Schema.Names(), b.Schema.Names()) {
		return false
	}
	byName := make(map[string]*Field, len(b.Fields))
	for i := range b.Fields {
		byName[b.Fields[i].Name] = &b.Fields[i]
	}
	return c.same(a.Item, b.Item) && !slices.ContainsFunc(a.Fields, func(f Field) bool {
		other := byName[f.Name]
		return other == nil || f.Required != other.Required || !c.same(&f.Place, &other.Place)
	})
}

// isText reports whether a place holds any text: the values of an open enum are only those that are known.
func isText(p *Place) bool {
	return p.Schema.Kind == catalog.String && p.Schema.Const == nil && (p.Type == nil || p.Schema.Open)
}

func constant(s *catalog.Schema) string {
	if s.Const == nil {
		return ""
	}
	return s.Const.Text
}

package render

import (
	"cmp"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
)

// typeStrings composes the types of a language from the patterns of target.yaml.

// pattern returns the most special pattern for a use of a kind, or "{type}".
func (t *Target) pattern(use string, kind catalog.Kind) string {
	return cmp.Or(t.types[use+"."+string(kind)], t.types[use], "{type}")
}

// baseType returns the type of a place without null.
func (t *Target) baseType(p *placeView) string {
	kind := string(p.Kind)
	if p.Ref != nil && p.IsMap { // named as objects are
		kind = string(catalog.Object)
	}
	pattern := cmp.Or(t.types[kind+"."+p.Format], t.types[kind])
	switch {
	case p.Ref != nil:
		return strings.ReplaceAll(cmp.Or(pattern, "{name}"), "{name}", p.Ref.Name)
	case p.Item != nil:
		return strings.ReplaceAll(pattern, "{item}", p.Item.Type)
	case p.Const != nil && t.types["const"] != "":
		return strings.ReplaceAll(t.types["const"], "{literal}", p.ConstLiteral)
	}
	return pattern
}

// finish applies the patterns for null and for a property that may be absent.
func (t *Target) finishType(p *placeView, optional bool) string {
	finished := p.Base
	if p.Nullable {
		finished = strings.ReplaceAll(t.pattern("nullable", p.Kind), "{type}", finished)
	}
	if !optional {
		return finished
	}
	if p.Nullable && t.types["optional.nullable"] != "" {
		return strings.ReplaceAll(t.types["optional.nullable"], "{type}", finished)
	}
	return strings.ReplaceAll(t.pattern("optional", p.Kind), "{type}", finished)
}

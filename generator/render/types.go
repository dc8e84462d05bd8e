package render

import (
	"cmp"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
)

// typeStrings composes the types of a language from the patterns of target.yaml.

// pattern returns the most special pattern for a use of a place, or "{type}".
func (t *Target) pattern(use string, p *placeView) string {
	kind := use + "." + string(p.Kind)
	return cmp.Or(t.types[kind+"."+p.Format], t.types[kind], t.types[use], "{type}")
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

// The uses of a type that target.yaml has patterns for, beside null.
const (
	whole      = "" // as details, or as a property that has to be there
	ifPresent  = "optional"
	insideOf   = "item" // of a list or a map
	whereNulls = ".nullable"
)

// finishType applies the patterns for null and for a use.
func (t *Target) finishType(p *placeView, use string) string {
	finished := p.Base
	if p.Nullable {
		finished = strings.ReplaceAll(t.pattern("nullable", p), "{type}", finished)
	}
	if use == whole {
		return finished
	}
	if p.Nullable && t.types[use+whereNulls] != "" {
		return strings.ReplaceAll(t.types[use+whereNulls], "{type}", finished)
	}
	return strings.ReplaceAll(t.pattern(use, p), "{type}", finished)
}

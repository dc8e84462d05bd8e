package catalog

import (
	"slices"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Shared is what the details of several codes have in common: of all codes, or of those of a category. The details of a
// code have it too.
type Shared struct {
	Category *Category // nil: of all codes
	Said     *Schema   // what is written there
	Schema   *Schema   // with what is common to all codes: the details of a code that says nothing of its own
}

// shared reads the details that are said once for several codes.
func (l *loader) shared() {
	if n := l.root.Get("info").Get("details"); n != nil {
		l.share(n, nil, nil)
	}
	ofAll := slices.Clone(l.catalog.Shared)
	for _, c := range l.catalog.Categories {
		if n := c.Node.Get("details"); n != nil {
			l.share(n, c, ofAll)
		}
	}
}

// share reads what some codes have in common, on top of what others have too.
func (l *loader) share(n *document.Node, of *Category, under []*Shared) {
	said := (&schemaReader{loader: l}).read(n)
	if said.Kind != Object || len(said.Properties) == 0 || said.Nullable {
		l.report(n, "unsupported-schema", "details of several codes need an object with properties",
			"write details: {type: object, properties: …}")
		return
	}
	s := &Shared{Category: of, Said: said, Schema: said}
	if len(under) > 0 {
		s.Schema = l.merge(under[0].Schema, said)
	}
	l.catalog.Shared = append(l.catalog.Shared, s)
}

// sharedBy returns what the codes of a category have in common, or nil.
func (c *Catalog) sharedBy(category *Category) *Schema {
	var found *Schema
	for _, s := range c.Shared {
		if s.Category == nil || s.Category == category {
			found = s.Schema
		}
	}
	return found
}

// mergeShared gives each code the details that it shares with others. It follows references, and so comes when none
// leads in a circle.
func (l *loader) mergeShared() {
	l.shared()
	for _, e := range l.catalog.Errors {
		common := l.catalog.sharedBy(e.Category)
		switch {
		case common == nil:
		case e.OwnDetails == nil:
			e.Details = common
		case e.OwnDetails.Resolve().Kind == Object:
			e.Details = l.merge(common, e.OwnDetails)
		case e.OwnDetails.Resolve().Kind == Map:
			l.report(e.OwnDetails.Node, "unsupported-schema",
				"the details are a map, and have properties that several codes share",
				"name their properties")
		}
	}
}

// merge returns a schema with the properties of two. None may be in both.
func (l *loader) merge(common, own *Schema) *Schema {
	merged := *own.Resolve()
	merged.Node, merged.Defs, merged.Properties = own.Node, own.Defs, slices.Clone(common.Properties)
	shared := make(map[string]*Schema, len(common.Properties))
	for _, p := range common.Properties {
		shared[p.Name] = p.Schema
	}
	for _, p := range own.Resolve().Properties {
		if same := shared[p.Name]; same != nil {
			message := "the property " + diag.Quote(p.Name) + " is one that several codes share"
			l.report(p.Schema.Node, "details-collision", message, "remove one of them",
				diag.Related{Place: same.Node.Place(), Message: "the shared one is here"})
			continue
		}
		merged.Properties = append(merged.Properties, p)
	}
	merged.Retired = slices.Concat(common.Retired, own.Resolve().Retired)
	merged.Closed = merged.Closed || common.Closed
	merged.written = mergeNodes(common.JSON(), own.Resolve().JSON(), own.Node.Get("$defs"))
	return &merged
}

// JSON returns the schema as JSON Schema.
func (s *Schema) JSON() *document.Node {
	if s.written != nil {
		return s.written
	}
	return s.Node
}

// mergeNodes writes the schema that has the properties of two; the rest is that of the second.
func mergeNodes(common, own, defs *document.Node) *document.Node {
	var members []document.Member
	for _, m := range membersOf(own) {
		if m.Key != "properties" && m.Key != "required" && m.Key != "$defs" {
			members = append(members, m)
		}
	}
	required := slices.AppendSeq(slices.Collect(common.Get("required").Items()), own.Get("required").Items())
	if len(required) > 0 {
		members = append(members, document.Member{Key: "required", Value: document.NewList(required...)})
	}
	properties := append(membersOf(common.Get("properties")), membersOf(own.Get("properties"))...)
	members = append(members, document.Member{Key: "properties", Value: document.NewMap(properties...)})
	if open := common.Get("additionalProperties"); open != nil && own.Get("additionalProperties") == nil {
		members = append(members, document.Member{Key: "additionalProperties", Value: open})
	}
	if defs != nil {
		members = append(members, document.Member{Key: "$defs", Value: defs})
	}
	return document.NewMap(members...)
}

func membersOf(n *document.Node) []document.Member {
	var all []document.Member
	for key, value := range n.Members() {
		all = append(all, document.Member{Key: key.Text, Value: value})
	}
	return all
}

// Package breaking compares two catalogs as their readers see them, and says for each change what breaks for whom.
//
// Readers decode by one law: details whose types do not fit, or that lack a required property, are not typed; unknown
// codes, properties and enum values are accepted.
package breaking

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

// Change is one difference between two catalogs.
type Change struct {
	Rule      *Rule
	At        string     // JSON pointer (RFC 6901) into the new catalog, into the old one for what is gone
	Place     diag.Place // in the catalog that At points into: the nearest value that is there
	Was       diag.Place // in the old catalog; the zero Place for what is new or gone
	Message   string     // lower case, no full stop: what is, what was, and what breaks for whom
	Hint      string     // the way out
	Languages []string   // where code does not compile any more, or compiles to something else
	Accepted  string     // the reason why it is meant, or ""; see Accept
}

// Level returns who notices the change.
func (c Change) Level() Level { return c.Rule.Level }

// Fingerprint names the change for tools that follow it from run to run: lines may move.
func (c Change) Fingerprint() string { return c.Rule.Name + " " + c.At }

// Diagnostic returns the change as it is reported: an error from the level that fails upwards, else a warning.
func (c Change) Diagnostic(fails Level) diag.Diagnostic {
	d := diag.Diagnostic{Rule: c.Rule.Name, Severity: diag.Warning, Message: c.Message, Place: c.Place, Hint: c.Hint,
		Pointer: c.At}
	if c.Level() >= fails {
		d.Severity = diag.Error
	}
	if c.Was != (diag.Place{}) {
		d.Related = []diag.Related{{Place: c.Was, Message: "before"}}
	}
	return d
}

// Compare returns all changes, the worst first and then in the order of the files. The names of the two documents
// should tell them apart.
func Compare(before, after *catalog.Catalog) []Change {
	c := comparison{
		before:   newSide(before),
		after:    newSide(after),
		known:    map[string]bool{},
		seen:     map[pair]bool{},
		renamed:  map[string]string{},
		replaced: map[string]string{},
		moved:    map[string]string{},
	}
	c.info()
	c.categories()
	c.codes()
	c.retired()
	c.internal()
	c.types()
	slices.SortStableFunc(c.changes, order)
	return c.changes
}

func order(a, b Change) int {
	return cmp.Or(
		cmp.Compare(b.Level(), a.Level()),
		cmp.Compare(a.Place.File, b.Place.File),
		cmp.Compare(a.Place.Start.Line, b.Place.Start.Line),
		cmp.Compare(a.Place.Start.Column, b.Place.Start.Column),
		cmp.Compare(a.Rule.Name, b.Rule.Name),
		cmp.Compare(a.Message, b.Message),
	)
}

// comparison collects the changes between two catalogs.
type comparison struct {
	before, after *side
	changes       []Change
	known         map[string]bool   // changes that are in the list
	seen          map[pair]bool     // shared schemas that have been compared
	renamed       map[string]string // codes that have another name now
	replaced      map[string]string // shared types that have another name now
	moved         map[string]string // categories that have another key now
}

// side is one of the two catalogs, with what is needed to look things up.
type side struct {
	*catalog.Catalog
	errors     map[string]*catalog.Error
	categories map[string]*catalog.Category
	retired    map[string]*catalog.Retired
	types      map[string]*catalog.Type
	shapes     map[*catalog.Schema]*shape.Type // the named types
}

func newSide(c *catalog.Catalog) *side {
	s := &side{
		Catalog:    c,
		errors:     make(map[string]*catalog.Error, len(c.Errors)),
		categories: map[string]*catalog.Category{},
		retired:    map[string]*catalog.Retired{},
		types:      map[string]*catalog.Type{},
		shapes:     map[*catalog.Schema]*shape.Type{},
	}
	for _, e := range c.Errors {
		s.errors[e.Code] = e
	}
	for _, category := range c.Categories {
		s.categories[category.Key] = category
	}
	for _, r := range c.Retired {
		s.retired[r.Code] = r
	}
	for _, t := range c.Types {
		s.types[t.Name] = t
	}
	for _, t := range shape.Of(c).Types {
		s.shapes[t.Schema] = t
	}
	return s
}

// spot is a node, or what keys name below it, whether that is written or not.
type spot struct {
	node *document.Node
	keys []string
}

func on(n *document.Node, keys ...string) spot { return spot{n, keys} }

// top returns the spot of keys at the top of the catalog.
func (s *side) top(keys ...string) spot { return on(s.Document.Root, keys...) }

// keyword returns the spot of a keyword of a schema.
func onKeyword(of *catalog.Schema, name string) spot { return on(core(of), name) }

// core returns the map that holds the keywords of a schema: its own, or that of its part where it is a union with null
// or with any text.
func core(s *catalog.Schema) *document.Node {
	for _, union := range []string{"anyOf", "oneOf"} {
		list := s.Node.Get(union)
		for i := 0; list != nil && i < list.Len(); i++ {
			if part := list.Item(i); part.Str("type") != "null" {
				return part
			}
		}
	}
	return s.Node
}

// pointer returns the JSON pointer of the spot.
func (s spot) pointer() string { return s.node.Pointer() + document.Pointer(s.keys...) }

// place returns the place of the nearest value that is there.
func (s spot) place() diag.Place {
	nearest := s.node
	for _, key := range s.keys {
		child := nearest.Get(key)
		if child == nil {
			break
		}
		nearest = child
	}
	return nearest.Place()
}

// value returns what is written at the spot, or nil.
func (s spot) value() *document.Node {
	n := s.node
	for _, key := range s.keys {
		n = n.Get(key)
	}
	return n
}

// finding is a change as a rule sees it.
type finding struct {
	rule      *Rule
	at        spot
	was       spot     // the zero spot for what is new or gone
	fact      string   // what is and what was
	hint      string   // instead of the rule's
	languages []string // instead of the rule's
}

// entry reports a change of what an error says under key.
func (c *comparison) entry(r *Rule, b, a *catalog.Error, key, fact string) {
	c.report(finding{rule: r, at: on(a.Node, key), was: on(b.Node, key), fact: fact})
}

// report adds a change, unless it is known: many details share a type.
func (c *comparison) report(f finding) {
	change := Change{Rule: f.rule, Message: f.fact, Hint: cmp.Or(f.hint, f.rule.Hint), Languages: f.rule.Languages}
	if f.languages != nil {
		change.Languages = f.languages
	}
	change.At = f.at.pointer()
	if f.rule.Breaks != "" {
		change.Message += ": " + strings.ReplaceAll(f.rule.Breaks, "{languages}",
			strings.Join(change.Languages, " and "))
	}
	key := change.Fingerprint() + "\n" + change.Message
	if c.known[key] {
		return
	}
	c.known[key] = true
	change.Place = f.at.place()
	if f.was.node != nil {
		change.Was = f.was.place()
	}
	c.changes = append(c.changes, change)
}

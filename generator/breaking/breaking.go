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
	"github.com/sigsentry/errgen/generator/render"
)

// Side is one of two catalogs, with what the configured targets declare of it.
type Side struct {
	Catalog  *catalog.Catalog
	Surfaces []render.Surface
}

// Change is one difference between two catalogs. Its pointer and place are in the new catalog, in the old one for what
// is gone, or in errgen.yaml for an option; the message says what is, what was, and what breaks for whom.
type Change struct {
	diag.Diagnostic
	Level     Level    // who notices
	Languages []string // where code does not compile any more, or compiles to something else
	Was, Is   string   // the values that an acceptance is for: empty for none, and where the rule says all
	rule      *rule
}

// Fingerprint names the change for tools that follow it from run to run: lines may move.
func (c Change) Fingerprint() string { return c.Rule + " " + c.Pointer }

// Compare returns all changes, the worst first and then in the order of the files. The names of the two documents
// should tell them apart.
func Compare(before, after Side) []Change {
	c := comparison{
		before:   before.Catalog,
		after:    after.Catalog,
		breaks:   compareSurfaces(before.Surfaces, after.Surfaces),
		known:    map[string]bool{},
		seen:     map[pair]bool{},
		renamed:  map[string]string{},
		replaced: map[string]bool{},
		moved:    map[string]string{},
		meant:    map[string][]*catalog.Error{},
	}
	for _, e := range before.Catalog.Errors {
		c.meant[meaning(e)] = append(c.meant[meaning(e)], e)
	}
	c.info()
	c.envelope()
	c.categories()
	c.codes()
	c.retired()
	c.internal()
	c.operations()
	c.types()
	c.unexplained()
	slices.SortStableFunc(c.changes, order)
	return c.changes
}

func order(a, b Change) int {
	return cmp.Or(cmp.Compare(b.Level, a.Level), a.Diagnostic.Compare(&b.Diagnostic))
}

// comparison collects the changes between two catalogs.
type comparison struct {
	before, after *catalog.Catalog
	breaks        *breakages
	changes       []Change
	known         map[string]bool             // changes that are in the list
	seen          map[pair]bool               // shared schemas that have been compared
	renamed       map[string]string           // codes that have another name now
	replaced      map[string]bool             // shared types that have another name now, by the old and the new one
	moved         map[string]string           // categories that have another key now
	meant         map[string][]*catalog.Error // those of the old catalog by what they mean
}

// spot is a node, or what keys name below it, whether that is written or not.
type spot struct {
	node   *document.Node
	keys   []string
	schema *document.Node // of which the one key is a keyword
}

func on(n *document.Node, keys ...string) spot { return spot{node: n, keys: keys} }

// top returns the spot of keys at the top of a catalog.
func top(c *catalog.Catalog, keys ...string) spot { return on(c.Document.Root, keys...) }

// below returns the spot of what key names there.
func (s spot) below(key string) spot { return on(s.node, append(slices.Clone(s.keys), key)...) }

// onKeyword returns the spot of a keyword of a schema.
func onKeyword(of *catalog.Schema, name string) spot { return spot{core(of), []string{name}, of.Node} }

// core returns the map that holds the keywords of a schema: its own, or that of its part where it is a union with null
// or with any text.
func core(s *catalog.Schema) *document.Node {
	for _, union := range []string{"anyOf", "oneOf"} {
		for part := range s.Node.Get(union).Items() {
			if part.Str("type") != "null" {
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

// within returns what a change at the spot explains: all at a node and below it; or what is said under a key, and the
// type of a schema where it is a keyword.
func (s spot) within() []reach {
	last := len(s.keys) - 1
	if last < 0 {
		return []reach{{s.node, ""}}
	}
	within := []reach{{s.node, s.keys[last]}}
	if value := s.value(); value != nil {
		within = append(within, reach{value, ""})
	}
	if s.schema != nil {
		within = append(within, reach{s.schema, "type"})
	}
	return within
}

// finding is a change as a rule sees it.
type finding struct {
	rule   *rule
	at     spot
	was    spot    // the zero spot for what is new or gone
	fact   string  // what is and what was
	from   string  // the value before, where the rule and the place leave it open
	to     string  // the value now
	hint   string  // instead of the rule's
	within []reach // what it explains of what breaks, if not what at and was do
	target string  // the only one of which it explains anything; empty: any
}

// entry reports a change of what an error says under key, with the values where the rule leaves them open.
func (c *comparison) entry(r *rule, b, a *catalog.Error, key, fact, from, to string) {
	c.report(finding{rule: r, at: on(a.Node, key), was: on(b.Node, key), fact: fact, from: from, to: to})
}

// report adds a change, unless it is known: many details share a type.
func (c *comparison) report(f finding) {
	change := Change{Level: f.rule.worst, rule: f.rule}
	change.Rule, change.Pointer, change.Message = f.rule.Name, f.at.pointer(), f.fact
	change.Was, change.Is = short(f.from), short(f.to)
	key := change.Fingerprint() + "\n" + f.fact
	if c.known[key] {
		return
	}
	c.known[key] = true
	if f.rule.worst >= Source {
		change.Languages = c.explain(f)
	}
	if f.rule.worst == Source && len(change.Languages) == 0 {
		change.Level = Docs
	} else {
		change.Hint = cmp.Or(f.hint, f.rule.Hint)
		if f.rule.breaks != "" {
			languages := diag.And(change.Languages)
			change.Message += ": " + strings.ReplaceAll(f.rule.breaks, "{languages}", languages)
		}
	}
	change.Place = f.at.place()
	if f.was.node != nil {
		change.Related = []diag.Related{{Place: f.was.place(), Message: "before"}}
	}
	c.changes = append(c.changes, change)
}

// explain returns the languages in which something breaks that the change explains.
func (c *comparison) explain(f finding) []string {
	if f.within == nil {
		f.within = f.at.within()
		if f.was.node != nil {
			f.within = append(f.within, f.was.within()...)
		}
	}
	return c.breaks.explain(f.within, f.target)
}

package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

// Surface is what a target declares of a catalog: what people compile against.
type Surface struct {
	Target       string
	Title        string // of the language, for people
	Declarations []Declaration
	structural   bool
}

// Differs reports whether code that is compiled with one value of a fact meets another in s: not where it is a type
// with another name, and the language tells types apart by what they hold.
func (s *Surface) Differs(was, is Fact) bool {
	if was.Value == is.Value {
		return false
	}
	return !s.structural || was.place == nil || is.place == nil || !shape.Same(was.place, is.place)
}

// Declaration is an identifier, with the facts that its type or its meaning holds.
type Declaration struct {
	Identifier string
	Noun       string         // as in the surface of target.yaml
	Node       *document.Node // what it stands for
	Facts      []Fact
}

// Fact is something that the catalog says and code is compiled with.
type Fact struct {
	Name  string // as in the surface of target.yaml
	Value string
	other *document.Node // that the value has its name from
	place *shape.Place   // that the value is the type of
}

// Fact returns the fact of a name, without a value if there is none.
func (d *Declaration) Fact(name string) Fact {
	for _, f := range d.Facts {
		if f.Name == name {
			return f
		}
	}
	return Fact{Name: name}
}

// Nodes returns what the value is made of, beside what the declaration stands for: a category, or the schemas from a
// place along its references and items up to a type with a name.
func (f Fact) Nodes() (nodes []*document.Node) {
	if f.other != nil {
		nodes = append(nodes, f.other)
	}
	for p := f.place; p != nil; p = p.Item {
		for s := p.Said; ; s = s.Target.Schema {
			nodes = append(nodes, s.Node)
			if s == p.Schema {
				break
			}
		}
	}
	return nodes
}

// identifier is one kind of identifier that a target declares for each thing of a noun, with the names of its facts.
type identifier struct {
	pattern namePattern
	facts   []string
}

// parseSurface reads the section of target.yaml: noun, pattern of the identifier, names of facts.
func (t *Target) parseSurface(nouns map[string]map[string][]string) error {
	t.surface = make(map[string][]identifier, len(nouns))
	keys := func(noun string) []string { return append(slices.Sorted(maps.Keys(t.names[noun])), "literal") }
	known := map[string][]string{
		"error": keys("error"), "internal": keys("error"), "category": keys("category"), "operation": keys("operation"),
		"object": {"name", "literal"}, "enum": {"name", "literal"}, "field": {"type", "name", "literal"},
		"value": {"type", "name", "literal"}, "closedValue": {"type", "name", "literal"}, "statuses": nil,
	}
	for noun, patterns := range nouns {
		for _, pattern := range slices.Sorted(maps.Keys(patterns)) {
			if _, isOption := t.options[pattern]; noun == "option" && !isOption {
				return fmt.Errorf("surface.option: there is no option %s", diag.Quote(pattern))
			}
			p, err := parsePattern(pattern, known[noun]...)
			if err != nil {
				return fmt.Errorf("surface.%s: %w", noun, err)
			}
			t.surface[noun] = append(t.surface[noun], identifier{p, patterns[pattern]})
		}
	}
	return nil
}

// HasSurface reports whether the target says what it declares.
func (t *Target) HasSurface() bool { return len(t.surface) > 0 }

// Surface says what the target declares of the catalog. Settings are those of Settings; configured is the node that
// they were read from, or nil.
func (p *Prepared) Surface(settings map[string]string, configured *document.Node) Surface {
	v := p.look()
	s := surveyor{target: p.target, found: make([]Declaration, 0, 4*len(v.Errors))}
	for _, option := range p.target.surface["option"] {
		name := option.pattern.literals[0]
		s.found = append(s.found, Declaration{
			Identifier: "the target " + p.target.Name, Noun: "option", Node: configured,
			Facts: []Fact{{Name: name, Value: settings[name]}},
		})
	}
	if v.Internal != nil {
		s.declare("internal", p.source.Catalog.Document.Root, named(v.Internal.Names, v.Internal.Literal), func(string) Fact {
			return Fact{Name: "code", Value: v.Internal.Literal, other: v.Internal.source.Node}
		})
	}
	if i := slices.IndexFunc(v.Errors, func(e *errorView) bool { return !e.OneStatus }); i >= 0 {
		s.declare("statuses", v.Errors[i].source.Node, nil, nil)
	}
	for _, e := range v.Errors {
		details := p.source.Shapes.Details[e.source]
		s.declare("error", e.source.Node, named(e.Names, e.Literal), func(name string) Fact { return e.fact(name, details) })
	}
	for i, c := range v.Categories {
		s.declare("category", p.source.Catalog.Categories[i].Node, named(c.Names, c.Literal), nil)
	}
	for i, o := range v.Operations {
		s.declare("operation", p.source.Catalog.Operations[i].Node, named(o.Names, o.Literal), o.fact)
	}
	for i, t := range v.Types {
		s.typ(t, p.source.Shapes.Types[i])
	}
	return Surface{Target: p.target.Name, Title: cmp.Or(p.target.usage.Title, p.target.Name), Declarations: s.found,
		structural: p.target.structural}
}

// surveyor collects what a target declares.
type surveyor struct {
	target *Target
	found  []Declaration
}

// declare adds the identifiers of one thing.
func (s *surveyor) declare(
	noun string, node *document.Node, name func(placeholder string) string, fact func(name string) Fact,
) {
	for _, i := range s.target.surface[noun] {
		d := Declaration{Identifier: i.pattern.fill(name), Noun: noun, Node: node, Facts: make([]Fact, len(i.facts))}
		for j, f := range i.facts {
			d.Facts[j] = fact(f)
		}
		s.found = append(s.found, d)
	}
}

func (s *surveyor) typ(t *typeView, source *shape.Type) {
	name := func(placeholder string) string { return either(placeholder == "name", t.Name, t.Literal) }
	s.declare(either(t.IsMap, "object", t.Kind), source.Schema.Node, name, func(fact string) Fact {
		if fact == "open" {
			return Fact{Name: fact, Value: strconv.FormatBool(t.Open)}
		}
		return Fact{Name: fact, Value: required(source)}
	})
	if t.IsMap { // which holds its values as an object its fields
		s.declare("field", source.Item.Said.Node, member(t.Name, "[]", `"[]"`), func(fact string) Fact {
			if fact == "optional" {
				return Fact{Name: fact, Value: "false"}
			}
			return Fact{Name: fact, Value: t.Item.Type, place: source.Item}
		})
	}
	for i, f := range t.Fields {
		place := &source.Fields[i].Place
		s.declare("field", place.Said.Node, member(t.Name, f.Name, f.Literal), func(fact string) Fact {
			if fact == "optional" {
				return Fact{Name: fact, Value: strconv.FormatBool(f.Optional)}
			}
			return Fact{Name: fact, Value: f.Type, place: place}
		})
	}
	for i, v := range t.Values {
		s.declare("value", source.Schema.Enum[i], member(t.Name, v.Name, v.Literal), nil)
		if !t.Open {
			s.declare("closedValue", source.Schema.Enum[i], member(t.Name, v.Name, v.Literal), nil)
		}
	}
}

// named fills the placeholders of something that target.yaml names.
func named(names map[string]string, literal string) func(placeholder string) string {
	return func(placeholder string) string { return either(placeholder == "literal", literal, names[placeholder]) }
}

// member fills the placeholders of a part of a type.
func member(typeName, name, literal string) func(placeholder string) string {
	return func(placeholder string) string {
		return either(placeholder == "type", typeName, either(placeholder == "name", name, literal))
	}
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// required lists the properties that have to be there.
func required(t *shape.Type) string {
	var names []string
	for _, f := range t.Fields {
		if f.Required {
			names = append(names, strconv.Quote(f.Name))
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// fact says something of the code.
func (e *errorView) fact(name string, details *shape.Place) Fact {
	f := Fact{Name: name}
	switch name {
	case "status":
		f.Value = strconv.Itoa(e.Status)
	case "statuses":
		sorted := e.source.Status
		sorted.Listed = slices.Sorted(slices.Values(sorted.Listed))
		f.Value = sorted.String()
	case "category":
		f.Value, f.other = e.source.Category.Key, e.source.Category.Node
	case "retryable":
		f.Value = strconv.FormatBool(e.Retryable)
	case "retryAfter":
		f.Value = strconv.FormatBool(e.RetryAfter)
	case "details":
		if f.place = details; details != nil {
			f.Value = e.Details.Type
		}
	}
	return f
}

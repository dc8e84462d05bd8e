package render

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

// names holds every name of a target, computed once. No two of one scope are equal, or there is a diagnostic: nothing
// is ever renamed in silence.
type names struct {
	errors     map[*catalog.Error]map[string]string
	categories map[*catalog.Category]map[string]string
	operations map[*catalog.Operation]map[string]string
	answers    map[answer]map[string]string
	statuses   map[int]map[string]string // of a class of statuses its first digit
	types      map[*shape.Type]string
	fields     map[*shape.Type][]string
	values     map[*shape.Type][]string
}

// namer computes names and watches over one file's scope.
type namer struct {
	t     *Target
	c     *catalog.Catalog
	taken map[string]thing
	met   map[[2]*document.Node]bool // things that have become one name
	found Collisions
}

func (t *Target) newNamer(c *catalog.Catalog) *namer {
	n := &namer{t: t, c: c, taken: make(map[string]thing, 4*len(c.Errors)), met: map[[2]*document.Node]bool{}}
	declares := t.declares
	if len(c.Operations) > 0 {
		declares = slices.Concat(declares, t.ofOperations)
	}
	for _, name := range declares {
		n.taken[n.t.speller.fold(name)] = thing{kind: kind("the " + t.Name + " target's own " + name)}
	}
	return n
}

// CheckCodes says which codes and operations would become one name in the target.
func (t *Target) CheckCodes(c *catalog.Catalog) Collisions {
	n := t.newNamer(c)
	for _, e := range c.Errors {
		n.error(e)
	}
	for _, o := range c.Operations {
		n.operation(o)
		n.answers(o)
	}
	return n.found
}

// names computes all names of a target.
func (t *Target) allNames(c *catalog.Catalog, shapes *shape.Shapes) (*names, Collisions) {
	n := t.newNamer(c)
	all := &names{
		errors:     make(map[*catalog.Error]map[string]string, len(c.Errors)),
		categories: map[*catalog.Category]map[string]string{},
		operations: make(map[*catalog.Operation]map[string]string, len(c.Operations)),
		answers:    map[answer]map[string]string{},
		statuses:   map[int]map[string]string{},
		types:      make(map[*shape.Type]string, len(shapes.Types)),
		fields:     map[*shape.Type][]string{},
		values:     map[*shape.Type][]string{},
	}
	for _, e := range c.Errors {
		all.errors[e] = n.error(e)
		for _, status := range statusKeys(e.Status) {
			if all.statuses[status] == nil {
				all.statuses[status] = n.status(status)
			}
		}
	}
	for _, category := range c.Categories {
		of := thing{kind: theCategory, node: category.Node}
		all.categories[category] = n.all("category", []part{n.t.called(category.Key, category.Names)}, of)
	}
	for _, o := range c.Operations {
		all.operations[o] = n.operation(o)
		maps.Copy(all.answers, n.answers(o))
	}
	for _, s := range shapes.Types {
		all.types[s] = n.typ(s)
	}
	for _, s := range shapes.Types {
		all.fields[s] = n.fields(s)
		all.values[s] = n.values(s, all.types[s])
	}
	return all, n.found
}

// base returns the part that stands for a code: its override for the target, its symbol, or its words.
func (t *Target) base(code *catalog.Error, style catalog.CodeStyle) part {
	if given := cmp.Or(code.Names[t.Name], code.Symbol); given != "" {
		return part{text: given, keep: true}
	}
	return part{text: code.Code, keep: style.Keeps(), isCode: true}
}

// called returns the part that stands for a text: its override for the target, or its words.
func (t *Target) called(text string, names map[string]string) part {
	if override := names[t.Name]; override != "" {
		return part{text: override, keep: true}
	}
	return part{text: text}
}

func (n *namer) error(e *catalog.Error) map[string]string {
	return n.all("error", []part{n.t.base(e, n.c.Style)}, thing{kind: theCode, node: e.Node})
}

func (n *namer) operation(o *catalog.Operation) map[string]string {
	return n.all("operation", []part{n.t.called(o.Key, o.Names)}, thing{kind: theOperation, node: o.Node})
}

// answer is an operation that answers with a status, or with a class by its first digit.
type answer struct {
	operation *catalog.Operation
	status    int
}

// answers names what an operation answers with. Where one name is taken, most others are too, and it is said once.
func (n *namer) answers(o *catalog.Operation) map[answer]map[string]string {
	patterns := n.t.names["answer"]
	if len(patterns) == 0 {
		return nil
	}
	all, parts, isFree := map[answer]map[string]string{}, []part{n.t.called(o.Key, o.Names)}, true
	for _, status := range statusesOf(o.Errors) {
		made := make(map[string]string, len(patterns))
		for key, pattern := range patterns {
			made[key] = n.t.speller.finish("answer", pattern.fill(func(placeholder string) string {
				if placeholder == "n" {
					return statusLabel(status)
				}
				return n.t.speller.spell(placeholder, parts)
			}))
		}
		all[answer{o, status}] = made
		isFree = isFree && n.takeAll(made, thing{kind: theOperation, node: o.Node})
	}
	return all
}

// all makes the names of every pattern of a noun.
func (n *namer) all(noun string, parts []part, of thing) map[string]string {
	patterns := n.t.names[noun]
	if len(patterns) == 0 {
		return nil
	}
	made := make(map[string]string, len(patterns))
	for key, pattern := range patterns {
		made[key] = n.t.speller.name(noun, pattern, parts)
	}
	n.takeAll(made, of)
	return made
}

// name fills the conventions of a pattern with the parts of a name. One that would begin with the digits of a code says
// what they are: Error40401Details.
func (s *speller) name(noun string, pattern namePattern, parts []part) string {
	filled := pattern.fill(func(convention string) string { return s.spell(convention, parts) })
	if beginsWithDigit(filled) && parts[0].isCode {
		return s.name(noun, pattern, append([]part{{text: "Error"}}, parts...))
	}
	return s.finish(noun, filled)
}

// takeAll records the names of one thing, which may carry one name twice, as a schema and as a response. It reports
// whether they were free; where several are taken, one diagnostic is enough.
func (n *namer) takeAll(made map[string]string, of thing) bool {
	for _, name := range slices.Compact(slices.Sorted(maps.Values(made))) {
		if !n.take(name, of) {
			return false
		}
	}
	return true
}

func (n *namer) status(status int) map[string]string {
	made := map[string]string{}
	for key, pattern := range n.t.names["status"] {
		made[key] = pattern.fill(func(placeholder string) string {
			if placeholder == "n" {
				return statusLabel(status)
			}
			return reasonName(status)
		})
	}
	n.takeAll(made, thing{kind: kind("the HTTP status " + statusLabel(status))})
	return made
}

func reasonName(status int) string {
	var b strings.Builder
	for word := range catalog.Words(Reason(status)) {
		b.WriteString(strings.ToUpper(word[:1]) + strings.ToLower(word[1:]))
	}
	if b.Len() == 0 {
		return "Status" + statusLabel(status)
	}
	return b.String()
}

func (n *namer) typ(s *shape.Type) string {
	of := thing{kind: theSchema, node: s.Schema.Node}
	var parts []part
	switch {
	case s.Shared != "":
		parts = []part{{text: s.Shared, keep: true}}
	case s.Owner != nil:
		of.within = s.Owner.Node
		parts = append([]part{n.t.base(s.Owner, n.c.Style)}, n.t.pathParts(s.Path)...)
	default:
		parts = append([]part{{text: s.Path[0].Text, keep: true}}, n.t.pathParts(s.Path[1:])...)
	}
	if s.Outer != nil {
		of.within = s.Outer.Schema.Node
	}
	pattern := n.t.names["type"][""]
	name := n.t.speller.name("type", pattern, parts)
	n.take(name, of)
	return name
}

// pathParts returns the parts that words of the path of an inline type stand for.
func (t *Target) pathParts(words []shape.Word) []part {
	parts := make([]part, 0, len(words))
	for _, word := range words {
		parts = append(parts, t.called(word.Text, word.Names))
	}
	return parts
}

// take records a name of the file's scope, or that something else has it, and reports whether it was free.
func (n *namer) take(name string, of thing) bool {
	key := n.t.speller.fold(name)
	first, taken := n.taken[key]
	if taken && first == of { // two names of it that the language takes for one
		return true
	}
	if taken {
		n.collide(name, first, of)
	} else {
		n.taken[key] = of
	}
	return !taken
}

// collide records that two things become one name. If what they have their names from does so too, that says it all.
func (n *namer) collide(name string, first, again thing) {
	n.met[[2]*document.Node{first.node, again.node}] = true
	if first.within == nil || again.within == nil || !n.met[[2]*document.Node{first.within, again.within}] {
		n.found = append(n.found, Collision{first, again, name, n.t.Name})
	}
}

func (n *namer) fields(s *shape.Type) []string {
	made := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		made[i] = n.member("field", n.t.called(f.Name, f.Names), "")
	}
	n.unique(made, func(i int) thing { return thing{kind: theProperty, node: s.Fields[i].Place.Said.Node} })
	return made
}

// values names the values of an enum. A pattern with {type} makes names of the file's scope.
func (n *namer) values(s *shape.Type, typeName string) []string {
	made := make([]string, len(s.Schema.Enum))
	for i, v := range s.Schema.Enum {
		made[i] = n.member("value", n.t.called(v.Text, s.Schema.Notes[v].Names), typeName)
	}
	of := func(i int) thing { return thing{kind: theValue, node: s.Schema.Enum[i], within: s.Schema.Node} }
	if !n.t.names["value"][""].uses("type") {
		n.unique(made, of)
		return made
	}
	for i, name := range made {
		n.take(name, of(i))
	}
	return made
}

func (n *namer) member(noun string, named part, typeName string) string {
	pattern, isNamed := n.t.names[noun][""]
	if !isNamed {
		return ""
	}
	parts := []part{named}
	return n.t.speller.finish(noun, pattern.fill(func(placeholder string) string {
		if placeholder == "type" {
			return typeName
		}
		return n.t.speller.spell(placeholder, parts)
	}))
}

// unique refuses two members of one type with one name.
func (n *namer) unique(made []string, of func(i int) thing) {
	first := make(map[string]int, len(made))
	for i, name := range made {
		if at, taken := first[name]; !taken {
			first[name] = i
		} else if name != "" {
			n.collide(name, of(at), of(i))
		}
	}
}

package render

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

// names holds every name of a target, computed once. No two of one scope are equal, or there is a diagnostic: nothing is ever renamed in silence.
type names struct {
	errors     map[*catalog.Error]map[string]string
	categories map[*catalog.Category]map[string]string
	statuses   map[int]map[string]string
	types      map[*shape.Type]string
	fields     map[*shape.Type][]string
	values     map[*shape.Type][]string
}

// origin is what a name was made from.
type origin struct {
	what    string // in a message: the code NOT_FOUND
	pointer string // in the catalog; empty: the target's own
	code    bool
}

// namer computes names and watches over one file's scope.
type namer struct {
	t     *Target
	c     *catalog.Catalog
	taken map[string]origin
	found diag.List
}

func (t *Target) newNamer(c *catalog.Catalog) *namer {
	n := &namer{t: t, c: c, taken: make(map[string]origin, 4*len(c.Errors))}
	for _, name := range t.declares {
		n.taken[name] = origin{what: "the " + t.Name + " target's own " + name}
	}
	return n
}

// CheckCodes says which codes would become one name in the target.
func (t *Target) CheckCodes(c *catalog.Catalog) diag.List {
	n := t.newNamer(c)
	for _, e := range c.Errors {
		n.error(e)
	}
	return n.found
}

// names computes all names of a target.
func (t *Target) allNames(c *catalog.Catalog, shapes *shape.Shapes) (*names, diag.List) {
	n := t.newNamer(c)
	all := &names{
		errors: make(map[*catalog.Error]map[string]string, len(c.Errors)), categories: map[*catalog.Category]map[string]string{}, statuses: map[int]map[string]string{},
		types: make(map[*shape.Type]string, len(shapes.Types)), fields: map[*shape.Type][]string{}, values: map[*shape.Type][]string{},
	}
	for _, e := range c.Errors {
		all.errors[e] = n.error(e)
		if all.statuses[e.Status] == nil {
			all.statuses[e.Status] = n.status(e.Status)
		}
	}
	for _, category := range c.Categories {
		all.categories[category] = n.all("category", []part{{text: category.Key}}, origin{what: "the category " + category.Key, pointer: document.Pointer("categories", category.Key)})
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

// base returns the parts that stand for a code: its override for the target, or its words.
func (t *Target) base(code *catalog.Error, style catalog.CodeStyle) part {
	if override := code.Names[t.Name]; override != "" {
		return part{text: override, keep: true}
	}
	return part{text: code.Code, keep: style.Keeps()}
}

func (n *namer) error(e *catalog.Error) map[string]string {
	return n.all("error", []part{n.t.base(e, n.c.Style)}, origin{what: e.Code, code: true})
}

// all makes the names of every pattern of a noun.
func (n *namer) all(noun string, parts []part, from origin) map[string]string {
	patterns := n.t.names[noun]
	if len(patterns) == 0 {
		return nil
	}
	made := make(map[string]string, len(patterns))
	for key, pattern := range patterns {
		made[key] = n.t.speller.finish(pattern.fill(func(convention string) string { return n.t.speller.spell(convention, parts) }))
	}
	n.takeAll(made, from)
	return made
}

// takeAll records the names of one thing; where several are taken, one diagnostic is enough.
func (n *namer) takeAll(made map[string]string, from origin) {
	for _, name := range distinct(made) {
		before := len(n.found)
		if n.take(name, from); len(n.found) > before {
			return
		}
	}
}

// distinct returns the names once each: one thing may carry one name twice, as a schema and as a response.
func distinct(made map[string]string) []string {
	if len(made) == 1 {
		for _, name := range made {
			return []string{name}
		}
	}
	return slices.Compact(slices.Sorted(maps.Values(made)))
}

func (n *namer) status(status int) map[string]string {
	made := map[string]string{}
	for key, pattern := range n.t.names["status"] {
		made[key] = pattern.fill(func(placeholder string) string {
			if placeholder == "n" {
				return strconv.Itoa(status)
			}
			return reasonName(status)
		})
	}
	n.takeAll(made, origin{what: "the HTTP status " + strconv.Itoa(status)})
	return made
}

func reasonName(status int) string {
	var b strings.Builder
	for word := range catalog.Words(Reason(status)) {
		b.WriteString(strings.ToUpper(word[:1]) + strings.ToLower(word[1:]))
	}
	if b.Len() == 0 {
		return "Status" + strconv.Itoa(status)
	}
	return b.String()
}

func (n *namer) typ(s *shape.Type) string {
	from := origin{pointer: document.Pointer(s.Pointer()...)}
	var parts []part
	switch {
	case s.Shared != "":
		from.what = "the type " + s.Shared
		parts = []part{{text: s.Shared, keep: true}}
	case s.Owner != nil:
		from.what = "the details of " + s.Owner.Code
		parts = append([]part{n.t.base(s.Owner, n.c.Style)}, plainParts(s.Path)...)
	default:
		from.what = "a part of the type " + s.Path[0]
		parts = append([]part{{text: s.Path[0], keep: true}}, plainParts(s.Path[1:])...)
	}
	pattern := n.t.names["type"][""]
	name := n.t.speller.finish(pattern.fill(func(convention string) string { return n.t.speller.spell(convention, parts) }))
	n.take(name, from)
	return name
}

func plainParts(words []string) []part {
	parts := make([]part, len(words))
	for i, word := range words {
		parts[i].text = word
	}
	return parts
}

// take records a name of the file's scope, or says who has it already.
func (n *namer) take(name string, from origin) {
	first, taken := n.taken[name]
	if !taken {
		n.taken[name] = from
		return
	}
	if first == from {
		return
	}
	n.found.Add(n.collision(name, first, from))
}

func (n *namer) collision(name string, first, again origin) diag.Diagnostic {
	at, other := again, first
	if at.place() == "" {
		at, other = first, again
	}
	hint := "rename one of them"
	if at.code {
		hint = "give one of them another base name: names: {" + n.t.Name + ": OtherName}"
	}
	d := n.report(at.place(), "name-collision", first.name()+" and "+again.name()+" both become "+name+" in "+n.t.Name, hint)
	if other.place() != "" {
		related := n.report(other.place(), "", "", "")
		d.Related = []diag.Related{{Place: related.Place, Message: "the other one"}}
	}
	return d
}

func (o origin) name() string {
	if o.code {
		return "the code " + o.what
	}
	return o.what
}

// place returns the pointer of what a name was made from; for codes it is made only when needed.
func (o origin) place() string {
	if o.code {
		return document.Pointer("errors", o.what)
	}
	return o.pointer
}

// report points at the key of a value in the catalog.
func (n *namer) report(pointer, rule, message, hint string) diag.Diagnostic {
	doc := n.c.Document
	value, key := doc.At(pointer)
	if key == nil {
		key = value
	}
	return key.Report(rule, message, hint)
}

func (n *namer) fields(s *shape.Type) []string {
	made := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		made[i] = n.member("field", f.Name, "")
	}
	n.unique(s, made, func(i int) string { return "the property " + diag.Quote(s.Fields[i].Name) })
	return made
}

// values names the values of an enum. A pattern with {type} makes names of the file's scope.
func (n *namer) values(s *shape.Type, typeName string) []string {
	made := make([]string, len(s.Schema.Enum))
	for i, v := range s.Schema.Enum {
		made[i] = n.member("value", v.Text, typeName)
	}
	what := func(i int) string { return "the value " + diag.Quote(s.Schema.Enum[i].Text) }
	n.unique(s, made, what)
	if n.t.names["value"][""].uses("type") {
		for i, name := range made {
			if !contains(made[:i], name) {
				n.take(name, origin{what: what(i), pointer: document.Pointer(s.Pointer()...)})
			}
		}
	}
	return made
}

func (n *namer) member(noun, wire, typeName string) string {
	pattern, named := n.t.names[noun][""]
	if !named {
		return ""
	}
	parts := []part{{text: wire}}
	return n.t.speller.finish(pattern.fill(func(placeholder string) string {
		if placeholder == "type" {
			return typeName
		}
		return n.t.speller.spell(placeholder, parts)
	}))
}

// unique refuses two members of one type with one name.
func (n *namer) unique(s *shape.Type, made []string, what func(i int) string) {
	for i, name := range made {
		if first := slices.Index(made[:i], name); first >= 0 && name != "" {
			d := s.Schema.Node.Report("name-collision", what(first)+" and "+what(i)+" both become "+name+" in "+n.t.Name, "rename one of them")
			n.found.Add(d)
		}
	}
}

package breaking

import (
	"cmp"
	"maps"
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

const limitType = "Limit: {type: object, properties: {max: {type: integer}}}"

var nameChanged = &rule{worst: Source, Rule: diag.Rule{
	Name: "name-changed",
	Reason: "names replaces the words of the code in the identifiers of one target. Nothing changes on the wire, but " +
		"what users have written in their code does not exist any more.",
	Hint:   "keep the name: it is part of the interface of the generated code",
	Before: codes("NOT_FOUND:", "  names: {go: Missing}"),
	Bad:    codes("NOT_FOUND:", "  names: {go: Absent}"),
	Good:   codes("NOT_FOUND:", "  recovery: Check the identifier", "  names: {go: Missing}"),
}, breaks: "{languages} code that names its constant, constructor or types does not compile"}

var signatureChanged = &rule{worst: Source, Rule: diag.Rule{
	Name: "signature-changed",
	Reason: "Code in a language is compiled with more than names: with types as the language writes them, with an " +
		"option such as the name of a package. Here one has another value, and nothing else that is reported says why.",
	Hint:   "keep what users compile against, or release a major version",
	Before: quota("{owner: {type: string}}"),
	Bad:    quota("{owner: {type: string, format: uuid}}"),
	Good:   quota("{owner: {type: string, minLength: 1}}"),
}, breaks: "{languages} code that relies on it does not compile, or acts differently"}

var typeNameChanged = &rule{worst: Source, Rule: diag.Rule{
	Name: "type-name-changed",
	Reason: "The value is what it was, but its type has another name: a shared type was renamed or replaced, or an " +
		"inline schema moved to types or back. Inline types are named by where they stand, shared ones by their key.",
	Hint:   "keep the name, or release a major version",
	Before: section("types", limitType) + quota(`{limit: {$ref: "#/types/Limit"}}`),
	Bad: section("types", "Bound: {type: object, properties: {max: {type: integer}}}") +
		quota(`{limit: {$ref: "#/types/Bound"}}`),
	Good: section("types", "Limit: {type: object, properties: {max: {type: integer, minimum: 0}}}") +
		quota(`{limit: {$ref: "#/types/Limit"}}`),
}, breaks: "{languages} code that names the type does not compile"}

var typeRemoved = &rule{worst: Source, Rule: diag.Rule{
	Name: "type-removed",
	Reason: "A shared object or enum is a named type in the generated code, whether details use it or not. Any other " +
		"shared schema only stands in descriptions, such as OpenAPI, for others to refer to.",
	Hint:   "keep it until the next major version",
	Before: section("types", limitType) + codes("NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:"),
	Good: section("types", "Limit: {type: object, properties: {max: {type: integer}}, deprecated: true}") +
		codes("NOT_FOUND:"),
}, breaks: "{languages} code that names it does not compile"}

var typeAdded = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name:   "type-added",
	Reason: "There is a new type in the generated code, or a new schema in descriptions. Nothing that exists changes.",
	Before: codes("NOT_FOUND:"),
	Bad:    section("types", limitType) + codes("NOT_FOUND:"),
	Good:   codes("NOT_FOUND:", "  since: 2025-03-01"),
}}

var unusedTypeChanged = &rule{worst: Source, Rule: diag.Rule{
	Name: "unused-type-changed",
	Reason: "No details of a code that both catalogs have are made of this type, so that nothing changes on the wire " +
		"for anybody. The type is still part of the generated code, and code that uses it for something else has to " +
		"follow.",
	Hint:   "leave the type as it is, or remove it if nobody uses it",
	Before: section("types", limitType) + codes("NOT_FOUND:"),
	Bad:    section("types", "Limit: {type: object, properties: {max: {type: string}}}") + codes("NOT_FOUND:"),
	Good: section("types", "Limit: {type: object, properties: {max: {type: integer}, unit: {type: string}}}") +
		codes("NOT_FOUND:"),
}, breaks: "{languages} code that uses the type may not compile"}

// names compares the base names of a code in the targets.
func (c *comparison) names(b, a *catalog.Error) {
	c.namesAt(on(b.Node, "names"), on(a.Node, "names"), func() string { return a.Code })
}

// namesAt compares the names that stand in for the words of something, by target. They explain all that breaks there.
func (c *comparison) namesAt(was, is spot, of func() string) {
	if was.value() == nil && is.value() == nil {
		return
	}
	before, after := namesIn(was.value()), namesIn(is.value())
	all := maps.Clone(before)
	maps.Copy(all, after)
	for _, target := range slices.Sorted(maps.Keys(all)) {
		if before[target] == after[target] {
			continue
		}
		c.report(finding{
			rule: nameChanged, at: is.below(target), was: was.below(target),
			fact: "identifiers of " + of() + " are made from " + cmp.Or(after[target], "its words") +
				", were made from " + cmp.Or(before[target], "its words"),
			from: before[target], to: after[target], within: []reach{{was.node, ""}, {is.node, ""}},
			target: target,
		})
	}
}

func namesIn(n *document.Node) map[string]string {
	names := map[string]string{}
	for target, name := range n.Members() {
		names[target.Text] = name.Text
	}
	return names
}

// identifier reports that a code or an operation has another identifier, where nothing else says why.
func (c *comparison) identifier(b, a *document.Node, what string) {
	lost := unexplained(c.breaks.gone[b])
	if len(lost) == 0 {
		return
	}
	names := inEach(lost, func(l *breakage) (is, was string) {
		return l.new[reach{a, l.before.Noun}], l.before.Identifier
	})
	f := finding{rule: nameChanged, at: on(a), was: on(b), fact: what + " is " + names, to: names}
	isElsewhere := func(l *breakage) bool { return l.target != lost[0].target }
	if !slices.ContainsFunc(lost, isElsewhere) {
		f.target = lost[0].target
	}
	c.report(f)
}

// symbol reports another symbol where no language lost an identifier by it: descriptions show it too.
func (c *comparison) symbol(b, a *catalog.Error) {
	if b.Symbol != a.Symbol && len(c.breaks.gone[b.Node]) == 0 {
		c.entry(nameChanged, b, a, "symbol", "identifiers of "+a.Code+" are made from "+cmp.Or(a.Symbol, "its words")+
			", were made from "+cmp.Or(b.Symbol, "its words"), b.Symbol, a.Symbol)
	}
}

// typeName reports a schema whose type has another name now. What follows from a code or type that was renamed is no
// news.
func (c *comparison) typeName(b, a *catalog.Schema) {
	before, after := b.Resolve(), a.Resolve()
	was, is := c.typeNames(before, after)
	if was == is {
		return
	}
	f := finding{rule: typeNameChanged, at: on(a.Node), was: on(b.Node), from: was, to: is}
	f.fact = "the type of " + subject(a.Node) + " is " + is + ", was " + was
	f.within = []reach{{b.Node, "type"}, {a.Node, "type"}, {b.Node, "details"}, {a.Node, "details"}}
	if c.breaks.gone[before.Node] != nil {
		f.within = append(f.within, whole(before, after)...)
	}
	if shared := sharedName(before); shared != "" && c.after.TypeByName[shared] == nil {
		c.replaced[shared] = true
		if now := sharedName(after); now != "" && c.before.TypeByName[now] == nil {
			c.replaced[now] = true
			f.at = on(after.Node)
		}
	}
	c.report(f)
}

// sharedName returns the name of a shared type, or "" for any other schema.
func sharedName(s *catalog.Schema) string {
	if path := s.Node.Path(); len(path) == 2 && path[0] == "types" {
		return path[1]
	}
	return ""
}

// typeNames returns the names of two types in the first target where they differ and nothing that is reported says why.
func (c *comparison) typeNames(b, a *catalog.Schema) (was, is string) {
	for _, n := range c.breaks.names {
		was, is = n.old[typeOf(b)], n.new[typeOf(a)]
		isExplained := func(l *breakage) bool { return l.named == n && l.before.Identifier == was && l.explained }
		if was != "" && is != "" && was != is && !slices.ContainsFunc(c.breaks.gone[b.Node], isExplained) {
			return was, is
		}
	}
	return "", ""
}

// typeOf returns where a schema's own type is declared.
func typeOf(s *catalog.Schema) reach {
	if len(s.Enum) > 0 {
		return reach{s.Node, "enum"}
	}
	return reach{s.Node, "object"}
}

// types compares what is said of the shared types, and as a whole those that no details have led to.
func (c *comparison) types() {
	nameOf := func(t *catalog.Type) string { return t.Name }
	for b, a := range pairs(c.before.Types, c.after.Types, nameOf) {
		switch {
		case b == nil && !c.replaced[a.Name]:
			c.report(finding{rule: typeAdded, at: on(a.Schema.Node), fact: "the type " + a.Name + " is new"})
		case a == nil && !c.replaced[b.Name]:
			c.report(finding{rule: typeRemoved, at: on(b.Schema.Node), fact: "the type " + b.Name + " is gone"})
		case b != nil && a != nil:
			c.annotations(b.Schema, a.Schema)
			if !c.seen[pair{b.Schema.Resolve(), a.Schema.Resolve()}] {
				c.unused(b, a)
			}
		}
	}
}

// unused compares a type apart. What would break somebody is reported as a whole.
func (c *comparison) unused(b, a *catalog.Type) {
	apart := *c
	apart.changes = nil
	apart.value(b.Schema, a.Schema)
	isBreak := func(change Change) bool { return change.rule.worst >= Source }
	if slices.ContainsFunc(apart.changes, isBreak) {
		c.report(finding{rule: unusedTypeChanged, at: on(a.Schema.Node), was: on(b.Schema.Node),
			from: written(on(b.Schema.Node)), to: written(on(a.Schema.Node)),
			fact: "the type " + a.Name + ", which is on no wire, has changed"})
	}
	c.changes = append(c.changes, slices.DeleteFunc(apart.changes, isBreak)...)
}

// unexplained reports what breaks where no other change says why.
func (c *comparison) unexplained() {
	for _, b := range c.breaks.all {
		switch {
		case b.explained:
		case b.isGone():
			fact := b.before.Identifier + " is not declared any more"
			c.report(finding{rule: nameChanged, at: on(b.before.Node), fact: fact, from: b.before.Identifier})
		default:
			c.signature(b)
		}
	}
}

// signature reports that code is compiled with another value of a fact.
func (c *comparison) signature(b *breakage) {
	f := finding{rule: signatureChanged, within: []reach{{b.before.Node, b.was.Name}, {b.after.Node, b.was.Name}}}
	f.at = on(cmp.Or(b.after.Node, b.before.Node, c.after.Document.Root))
	if b.after.Noun == "error" || b.after.Noun == "option" {
		f.at.keys = []string{b.was.Name}
	}
	if b.before.Node != nil {
		f.was = spot{node: b.before.Node, keys: f.at.keys}
	}
	what := "the " + b.was.Name + " of " + b.after.Identifier
	if b.was.Name == "type" {
		what = "the type of " + subject(b.after.Node)
	}
	all := unexplained(c.breaks.by[f.within[0]])
	f.to = inEach(all, func(l *breakage) (string, string) { return l.is.Value, l.was.Value })
	f.fact = what + " is " + f.to
	c.report(f)
}

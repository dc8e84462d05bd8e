package breaking

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var typeChanged = &rule{worst: Wire, Rule: diag.Rule{
	Name: "type-changed",
	Reason: "Clients decode details only if every value has the type that they were built for. One value of another " +
		"type, however deep, and the whole details are not typed.",
	Hint:   "add a property with the new type, and go on sending the old one, marked as deprecated",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota("{limit: {type: string}}"),
	Good:   quota("{limit: {type: integer, deprecated: true}, limitText: {type: string}}"),
}, breaks: "deployed clients cannot decode it and get the details untyped"}

var numberBecameInteger = &rule{worst: Source, Rule: diag.Rule{
	Name: "number-became-integer",
	Reason: "Every integer is a number, so deployed clients are safe. The field has another type " +
		"where a language has not one for both.",
	Hint:   "keep type: number, and say in the description that it is whole",
	Before: quota("{limit: {type: number}}"),
	Bad:    quota("{limit: {type: integer}}"),
	Good:   quota("{limit: {type: number, description: Always whole}}"),
}, breaks: "{languages} code that holds it as a floating-point number does not compile"}

var anyNarrowed = &rule{worst: Source, Rule: diag.Rule{
	Name: "any-narrowed",
	Reason: "Deployed clients are safe: they take any JSON there, or any object. Code that is compiled again finds a " +
		"type of its own, and clients get the details untyped where a server still sends something else.",
	Hint:   "say in the description what is sent, and keep the schema",
	Before: quota("{limit: {}}"),
	Bad:    quota("{limit: {type: integer}}"),
	Good:   quota("{limit: {description: A whole number}}"),
}, breaks: "{languages} code that holds it as any value does not compile"}

var becameNullable = &rule{worst: Wire, Rule: diag.Rule{
	Name:   "became-nullable",
	Reason: "Clients accept null only where their schema does. Details with a null elsewhere are not typed.",
	Hint:   "send an empty value, or leave the property out if it is optional",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota(`{limit: {type: [integer, "null"]}}`),
	Good:   quota("{limit: {type: integer, description: Absent where there is none}}"),
}, breaks: "deployed clients accept no null there and get the details untyped"}

var becameNonNull = &rule{worst: Source, Rule: diag.Rule{
	Name: "became-non-null",
	Reason: "Deployed clients are safe: null is only one of the values they expect. The type of the field changes, or " +
		"servers may not pass null any more. Clients that are compiled again accept no null: " +
		"until the last server has stopped sending it, they may get the details untyped.",
	Hint:   "make sure that no server sends null any more",
	Before: quota(`{limit: {type: [integer, "null"]}}`),
	Bad:    quota("{limit: {type: integer}}"),
	Good:   quota(`{limit: {anyOf: [{type: integer}, {type: "null"}]}}`),
}, breaks: "{languages} code that passes null or holds it as nullable does not compile"}

// whole is all there is to a schema of both catalogs.
func whole(b, a *catalog.Schema) []reach { return []reach{{b.Node, ""}, {a.Node, ""}} }

// kind reports another type, and reports whether the schemas can be compared any further.
func (c *comparison) kind(b, a *catalog.Schema) bool {
	if b.Kind == a.Kind {
		return true
	}
	f := finding{rule: typeChanged, at: onKeyword(a, "type"), was: onKeyword(b, "type"), within: whole(b, a),
		from: string(b.Kind), to: string(a.Kind)}
	switch {
	case b.Kind == catalog.Number && a.Kind == catalog.Integer:
		f.rule = numberBecameInteger
	case b.Kind == catalog.Any, a.Kind == catalog.Object && b.Kind == catalog.Map && b.Item.Resolve().Kind == catalog.Any:
		f.rule = anyNarrowed
	}
	f.fact = subject(a.Node) + " is of type " + string(a.Kind) + ", was " + string(b.Kind)
	c.report(f)
	return false
}

func (c *comparison) nullability(b, a *catalog.Schema) {
	before, after := b.Resolve(), a.Resolve()
	was, is := nullIn(b), nullIn(a)
	switch {
	case before.Kind == catalog.Any && after.Kind == catalog.Any && isUnion(b) != isUnion(a):
		c.report(finding{rule: detailsReworded, at: on(a.Node), was: on(b.Node),
			fact: subject(a.Node) + " says in other words that it may be null"})
	case before.Kind == catalog.Any || after.Kind == catalog.Any: // takes null as it is
	case was == nil && is != nil:
		if was = b; is == after {
			was = before
		}
		c.nullable(becameNullable, was, is, " may be null, was never null")
	case was != nil && is == nil:
		if is = a; was == before {
			is = after
		}
		c.nullable(becameNonNull, was, is, " is never null, was null at times")
	}
}

func (c *comparison) nullable(r *rule, was, is *catalog.Schema, words string) {
	c.report(finding{rule: r, at: on(is.Node), was: on(was.Node), fact: subject(is.Node) + words,
		within: []reach{{is.Node, "type"}, {was.Node, "type"}}})
}

// isUnion reports whether the schema is written as one of several, as null beside another.
func isUnion(s *catalog.Schema) bool {
	for said := range chain(s) {
		if said.Node.Get("anyOf") != nil || said.Node.Get("oneOf") != nil {
			return true
		}
	}
	return false
}

// nullIn returns the schema that admits null, or nil.
func nullIn(s *catalog.Schema) *catalog.Schema {
	for said := range chain(s) {
		if said.Nullable {
			return said
		}
	}
	return nil
}

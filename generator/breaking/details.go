package breaking

import (
	"iter"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var detailsRemoved = &rule{worst: Wire, Rule: diag.Rule{
	Name: "details-removed",
	Reason: "A client that was told to expect details reads them. Without any, its typed details are missing; the " +
		"code and the message still arrive. Constructors lose the parameter, so that servers do not compile either.",
	Hint:   "keep the details, with all properties optional if need be",
	Before: quota("{limit: {type: integer}}"),
	Bad:    codes("QUOTA_EXCEEDED:"),
	Good:   quota("{limit: {type: integer, deprecated: true}}"),
}, breaks: "deployed clients find none where they were promised"}

var optionalDetailsRemoved = &rule{worst: Source, Rule: diag.Rule{
	Name: "optional-details-removed",
	Reason: "The details stand beside the code, and each of their properties may always have been absent: deployed " +
		"clients are safe. The type of the details is gone, and constructors lose the parameter.",
	Hint:   "mark the properties as deprecated for a release first",
	Before: spread + quota("{limit: {type: integer}}"),
	Bad:    spread + codes("QUOTA_EXCEEDED:"),
	Good:   spread + quota("{limit: {type: integer, deprecated: true}}"),
}, breaks: "{languages} code that names their type or passes them does not compile"}

var spread = section("info", "title: Errors", "envelope:",
	`  body: {code: "{code}", text: "{message}", "...": "{details}"}`)

var detailsAdded = &rule{worst: Source, Rule: diag.Rule{
	Name: "details-added",
	Reason: "The constructor of the code takes the details as one more parameter. Deployed clients are safe: they " +
		"keep what they do not know as raw details. Clients that are compiled again insist on them: what a server sends " +
		"that is not, is to them a code without the details that make it the one they know.",
	Hint:   "release it with the servers that raise the code, and clients after them",
	Before: codes("QUOTA_EXCEEDED:"),
	Bad:    quota("{limit: {type: integer}}"),
	Good: codes("QUOTA_EXCEEDED:", "SEATS_EXCEEDED:", "  details:", "    type: object",
		"    properties: {limit: {type: integer}}"),
}, breaks: "servers in {languages} have to pass them before they compile; clients that are compiled again do not " +
	"recognise the code, or get no details, where a server does not send them yet"}

var detailsReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name: "details-reworded",
	Reason: "The title, description, default or examples of a schema have changed, or it says the same in other words. " +
		"They are shown to readers, and no code acts on them.",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota("{limit: {type: integer, description: In requests per day}}"),
	Good:   codes("QUOTA_EXCEEDED:", "  details:", "    properties: {limit: {type: integer}}", "    type: object"),
}}

var schemaDeprecated = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name:   "schema-deprecated",
	Reason: "A property or type is marked as deprecated. Nothing breaks until it is removed.",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota("{limit: {type: integer, deprecated: true}}"),
	Good:   quota("{limit: {type: integer, deprecated: false}}"),
}, breaks: "compilers and editors warn where it is named"}

var schemaUndeprecated = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "schema-deprecation-withdrawn",
	Reason: "A property or type that was on its way out stays after all.",
	Before: quota("{limit: {type: integer, deprecated: true}}"),
	Bad:    quota("{limit: {type: integer}}"),
	Good: codes("QUOTA_EXCEEDED:", "  details:", "    properties: {limit: {deprecated: true, type: integer}}",
		"    type: object"),
}}

func (c *comparison) details(b, a *catalog.Error) {
	switch {
	case b.Details != nil && a.Details != nil:
		c.value(b.Details, a.Details)
	case b.Details != nil:
		f := finding{rule: detailsRemoved, at: on(b.Node, "details"), fact: a.Code + " carries no details any more"}
		if c.isSpread() && !b.Details.Resolve().Insists() {
			f.rule = optionalDetailsRemoved
		}
		c.report(f)
	case a.Details != nil:
		c.entry(detailsAdded, b, a, "details", a.Code+" carries details, had none before", "", "")
	}
}

// isSpread reports whether the properties of details stand beside the code, in both catalogs: none is as good as some.
func (c *comparison) isSpread() bool {
	b, a := c.before.Envelope.Reads.Details, c.after.Envelope.Reads.Details
	return b != nil && a != nil && b.Spread && a.Spread
}

// chain ranges over a schema and those that it refers to, one by way of the other.
func chain(s *catalog.Schema) iter.Seq[*catalog.Schema] {
	return func(yield func(*catalog.Schema) bool) {
		for s := s; yield(s) && s.Kind == catalog.Ref; s = s.Target.Schema {
		}
	}
}

// pair is a schema and what it is in the new catalog.
type pair struct{ before, after *catalog.Schema }

// value compares two schemas, or references to them. What the schemas themselves say is compared once, however many
// details share them.
func (c *comparison) value(b, a *catalog.Schema) {
	c.annotations(b, a)
	c.nullability(b, a)
	c.typeName(b, a)
	p := pair{b.Resolve(), a.Resolve()}
	if p.before != b && p.after != a { // only references lead to a schema twice
		if c.seen[p] {
			return
		}
		c.seen[p] = true
	}
	if b, a = p.before, p.after; !c.kind(b, a) {
		return
	}
	c.limits(b, a)
	c.retiredNames(b, a)
	switch b.Kind {
	case catalog.Object:
		c.object(b, a)
	case catalog.Array, catalog.Map:
		c.value(b.Item, a.Item)
	case catalog.String:
		c.constant(b, a)
		c.enum(b, a)
		c.format(b, a)
	default:
		c.format(b, a)
	}
}

// annotations compares what is said for readers of the schema, here or behind a reference.
func (c *comparison) annotations(b, a *catalog.Schema) {
	for _, key := range []string{"title", "description", "default", "examples"} {
		was, is := annotation(b, key), annotation(a, key)
		if !sameValue(was.value(), is.value()) {
			c.report(finding{rule: detailsReworded, at: is, was: was, from: written(was), to: written(is),
				fact: subject(is.node) + " has " + others[key]})
		}
	}
	was, is := annotation(b, "deprecated"), annotation(a, "deprecated")
	switch {
	case !was.value().IsTrue() && is.value().IsTrue():
		c.report(finding{rule: schemaDeprecated, at: is, fact: subject(is.node) + " is deprecated"})
	case was.value().IsTrue() && !is.value().IsTrue():
		c.report(finding{rule: schemaUndeprecated, at: is, was: was,
			fact: subject(is.node) + " is not deprecated any more"})
	}
}

// annotation returns the spot that says key first.
func annotation(s *catalog.Schema, key string) spot {
	for said := range chain(s) {
		if said.Node.Get(key) != nil {
			return on(said.Node, key)
		}
	}
	return on(s.Node, key)
}

// subject says in words which schema a node is, such as "issues[].path" in the details of VALIDATION_ERROR.
func subject(n *document.Node) string {
	path, whole := catalog.Subject(n)
	if path != "" {
		return diag.Quote(path) + " in " + whole
	}
	if code, found := strings.CutPrefix(whole, "the details of "); found {
		return "the details object of " + code
	}
	return whole
}

var others = map[string]string{
	"title":       "another title",
	"description": "another description",
	"default":     "another default",
	"examples":    "other examples",
}

package breaking

import (
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
		c.value(useOf(b.Details), useOf(a.Details))
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

// use is one use of a schema: as details, property, item or value of a map.
type use struct {
	said *catalog.Schema // what stands there: perhaps a reference
	is   *catalog.Schema // what it comes to, never a reference
}

func useOf(s *catalog.Schema) use { return use{said: s, is: s.Resolve()} }

// chain ranges over what is said of the use, from where it stands along the references.
func (u use) chain(yield func(*catalog.Schema) bool) {
	for s := u.said; yield(s) && s != u.is; s = s.Target.Schema {
	}
}

// pair is a schema and what it is in the new catalog.
type pair struct{ before, after *catalog.Schema }

// value compares two uses. What the schemas themselves say is compared once, however many details share them.
func (c *comparison) value(b, a use) {
	c.annotations(b, a)
	c.nullability(b, a)
	c.typeName(b, a)
	if b.said != b.is && a.said != a.is { // only references lead to a schema twice
		p := pair{b.is, a.is}
		if c.seen[p] {
			return
		}
		c.seen[p] = true
	}
	if !c.kind(b.is, a.is) {
		return
	}
	c.limits(b.is, a.is)
	c.retiredNames(b.is, a.is)
	switch b.is.Kind {
	case catalog.Object:
		c.object(b.is, a.is)
	case catalog.Array, catalog.Map:
		c.value(useOf(b.is.Item), useOf(a.is.Item))
	case catalog.String:
		c.constant(b.is, a.is)
		c.enum(b.is, a.is)
		c.format(b.is, a.is)
	default:
		c.format(b.is, a.is)
	}
}

// annotations compares what is said for readers of the schema, here or behind a reference.
func (c *comparison) annotations(b, a use) {
	for _, key := range []string{"title", "description", "default", "examples"} {
		was, is := b.annotation(key), a.annotation(key)
		if !sameValue(was.value(), is.value()) {
			c.report(finding{rule: detailsReworded, at: is, was: was, from: written(was), to: written(is),
				fact: subject(is.node) + " has " + others[key]})
		}
	}
	was, is := b.annotation("deprecated"), a.annotation("deprecated")
	switch {
	case !was.value().IsTrue() && is.value().IsTrue():
		c.report(finding{rule: schemaDeprecated, at: is, fact: subject(is.node) + " is deprecated"})
	case was.value().IsTrue() && !is.value().IsTrue():
		c.report(finding{rule: schemaUndeprecated, at: is, was: was,
			fact: subject(is.node) + " is not deprecated any more"})
	}
}

// annotation returns the spot that says key first.
func (u use) annotation(key string) spot {
	for said := range u.chain {
		if said.Node.Get(key) != nil {
			return on(said.Node, key)
		}
	}
	return on(u.said.Node, key)
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

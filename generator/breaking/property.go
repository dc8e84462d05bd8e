package breaking

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var requiredPropertyRemoved = &rule{worst: Wire, Rule: diag.Rule{
	Name: "required-property-removed",
	Reason: "Clients decode details only if every required property is there. Those that were built before do not " +
		"get typed details of this code any more. `x-retired` of the object keeps the name from coming back as something " +
		"else.",
	Hint:   "go on sending it, marked as deprecated",
	Before: quota("{limit: {type: integer}, unit: {type: string}}", "required: [unit]"),
	Bad:    quota("{limit: {type: integer}}"),
	Good:   quota("{unit: {type: string, deprecated: true}}", "required: [unit]"),
}, breaks: "deployed clients insist on it and get the details untyped"}

var optionalPropertyRemoved = &rule{worst: Source, Rule: diag.Rule{
	Name: "optional-property-removed",
	Reason: "Deployed clients are safe, since the property may always have been absent. Its field is gone from " +
		"the types. `x-retired` of the object keeps the name from coming back as something else.",
	Hint:   "mark it as deprecated for a release first",
	Before: quota("{limit: {type: integer}, unit: {type: string}}"),
	Bad:    quota("{limit: {type: integer}}"),
	Good:   quota("{limit: {type: integer}, unit: {type: string, deprecated: true}}"),
}, breaks: "{languages} code that reads or sets it does not compile"}

var requiredPropertyAdded = &rule{worst: Source, Rule: diag.Rule{
	Name: "required-property-added",
	Reason: "Deployed clients ignore a property that they do not know. Servers have to fill it, and only some " +
		"compilers say so. Clients that are compiled again insist on it: until the last server sends it, they get " +
		"the details untyped.",
	Hint:   "make it optional, and required once all servers send it",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota("{limit: {type: integer}, unit: {type: string}}", "required: [unit]"),
	Good:   quota("{limit: {type: integer}, unit: {type: string}}"),
}, breaks: "servers in {languages} have to pass it before they compile; where they compile, they send its zero value"}

var optionalPropertyAdded = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name:   "optional-property-added",
	Reason: "Clients ignore properties that they do not know, and servers need not send it.",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota("{limit: {type: integer}, unit: {type: string}}"),
	Good:   quota("{limit: {type: integer, minimum: 0}}"),
}}

var becameRequired = &rule{worst: Source, Rule: diag.Rule{
	Name: "property-became-required",
	Reason: "Deployed clients are safe. The type of the field changes, or servers have to pass " +
		"it. Clients that are compiled again insist on it: until the last server sends it, they get the details " +
		"untyped.",
	Hint:   "make sure that every server sends it already",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota("{limit: {type: integer}}", "required: [limit]"),
	Good:   quota("{limit: {type: integer, description: Servers of 2025 always send it}}"),
}, breaks: "{languages} code that leaves it out or holds it as optional does not compile"}

var becameOptional = &rule{worst: Wire, Rule: diag.Rule{
	Name: "property-became-optional",
	Reason: "Clients decode details only if every required property is there. Those that were built before do not " +
		"get typed details from a response without it.",
	Hint:   "keep it required, and send an empty value where there is none",
	Before: quota("{limit: {type: integer}}", "required: [limit]"),
	Bad:    quota("{limit: {type: integer}}"),
	Good: codes("QUOTA_EXCEEDED:", "  details:", "    type: object", "    required: [limit]",
		"    properties: {limit: {type: integer}}"),
}, breaks: "deployed clients insist on it and get the details untyped where it is absent"}

var objectClosed = &rule{worst: Docs, Rule: diag.Rule{
	Name: "object-closed",
	Reason: "The docs and the OpenAPI description now say that no other properties are sent. Code that reads the raw " +
		"details should not look for any.",
	Before: quota("{limit: {type: integer}}"),
	Bad:    quota("{limit: {type: integer}}", "additionalProperties: false"),
	Good:   quota("{limit: {type: integer}}", "description: Other properties are not sent"),
}}

var objectOpened = &rule{worst: Docs, Rule: diag.Rule{
	Name: "object-opened",
	Reason: "Other properties may be sent. Clients made by errgen accept them, as they always do; one that validates " +
		"against the OpenAPI description it was built with does not.",
	Before: quota("{limit: {type: integer}}", "additionalProperties: false"),
	Bad:    quota("{limit: {type: integer}}"),
	Good: codes("QUOTA_EXCEEDED:", "  details:", "    additionalProperties: false", "    type: object",
		"    properties: {limit: {type: integer}}"),
}}

func (c *comparison) object(b, a *catalog.Schema) {
	c.closed(b, a)
	required := []reach{{b.Node, "required"}, {a.Node, "required"}}
	nameOf := func(p catalog.Property) string { return p.Name }
	for was, is := range pairs(b.Properties, a.Properties, nameOf) {
		switch {
		case was.Schema == nil:
			c.propertyNew(b, is, required)
		case is.Schema == nil:
			c.propertyGone(was, required)
		default:
			c.property(was, is, required)
		}
	}
}

// property compares a property of two objects. What the objects require is explained by what happens to properties.
func (c *comparison) property(b, a catalog.Property, required []reach) {
	f := finding{at: on(a.Schema.Node), was: on(b.Schema.Node)}
	f.within = append([]reach{{a.Schema.Node, "optional"}, {a.Schema.Node, "type"}}, required...)
	switch {
	case b.Required && !a.Required:
		f.rule, f.fact = becameOptional, subject(a.Schema.Node)+" is optional, was required"
		c.report(f)
	case !b.Required && a.Required:
		f.rule, f.fact = becameRequired, subject(a.Schema.Node)+" is required, was optional"
		c.report(f)
	}
	was, is := on(b.Schema.Node, "x-names"), on(a.Schema.Node, "x-names")
	c.namesAt(was, is, func() string { return subject(a.Schema.Node) })
	c.value(b.Schema, a.Schema)
}

func (c *comparison) propertyGone(b catalog.Property, required []reach) {
	f := finding{rule: optionalPropertyRemoved, at: on(b.Schema.Node)}
	f.fact = "the optional property " + subject(b.Schema.Node) + " is gone"
	if b.Required {
		f.rule, f.fact = requiredPropertyRemoved, "the required property "+subject(b.Schema.Node)+" is gone"
		f.within = append(f.at.within(), required...)
	}
	c.report(f)
}

func (c *comparison) propertyNew(b *catalog.Schema, a catalog.Property, required []reach) {
	f := finding{rule: optionalPropertyAdded, at: on(a.Schema.Node)}
	f.fact = "the optional property " + subject(a.Schema.Node) + " is new"
	if a.Required {
		f.rule, f.fact = requiredPropertyAdded, "the required property "+subject(a.Schema.Node)+" is new"
		f.was, f.within = on(b.Node), required
	}
	c.report(f)
}

func (c *comparison) closed(b, a *catalog.Schema) {
	at, was := onKeyword(a, "additionalProperties"), onKeyword(b, "additionalProperties")
	switch {
	case !b.Closed && a.Closed:
		c.report(finding{rule: objectClosed, at: at, was: was,
			fact: subject(a.Node) + " has no other properties any more"})
	case b.Closed && !a.Closed:
		c.report(finding{rule: objectOpened, at: at, was: was,
			fact: subject(a.Node) + " may have other properties now"})
	}
}

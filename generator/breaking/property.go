package breaking

import "github.com/sigsentry/errgen/generator/catalog"

// quota is the catalog of most examples, with one schema as its details.
func quota(schema string) string {
	return "errors:\n  QUOTA_EXCEEDED:\n    details:\n" + schema
}

var requiredPropertyRemoved = rule(Rule{
	Name:   "required-property-removed",
	Level:  Wire,
	Breaks: "deployed clients insist on it and get the details untyped",
	Reason: "Clients decode details only if every required property is there. Those that were built before do not " +
		"get typed details of this code any more.",
	Hint: "go on sending it, marked as deprecated",
	Before: quota(`      type: object
      properties: {limit: {type: integer}, unit: {type: string}}
      required: [unit]
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Good: quota(`      type: object
      properties: {unit: {type: string, deprecated: true}}
      required: [unit]
`),
})

var optionalPropertyRemoved = rule(Rule{
	Name:      "optional-property-removed",
	Level:     Source,
	Languages: both,
	Breaks:    "{languages} code that reads or sets it does not compile",
	Reason: "Deployed clients are safe, since the property may always have been absent. Its field is gone from " +
		"the types.",
	Hint: "mark it as deprecated for a release first",
	Before: quota(`      type: object
      properties: {limit: {type: integer}, unit: {type: string}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Good: quota(`      type: object
      properties: {limit: {type: integer}, unit: {type: string, deprecated: true}}
`),
})

var requiredPropertyAdded = rule(Rule{
	Name:      "required-property-added",
	Level:     Source,
	Languages: []string{typeScript},
	Breaks:    "servers in {languages} have to pass it before they compile; in Go they compile and send its zero value",
	Reason: "Deployed clients ignore a property that they do not know. Servers have to fill it, and only some " +
		"compilers say so. Clients that are compiled again insist on it: until the last server sends it, they get " +
		"the details untyped.",
	Hint: "make it optional, and required once all servers send it",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}, unit: {type: string}}
      required: [unit]
`),
	Good: quota(`      type: object
      properties: {limit: {type: integer}, unit: {type: string}}
`),
})

var optionalPropertyAdded = rule(Rule{
	Name:   "optional-property-added",
	Level:  Docs,
	Minor:  true,
	Reason: "Clients ignore properties that they do not know, and servers need not send it.",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}, unit: {type: string}}
`),
	Good: quota(`      type: object
      properties: {limit: {type: integer, minimum: 0}}
`),
})

var becameRequired = rule(Rule{
	Name:   "property-became-required",
	Level:  Source,
	Breaks: "{languages} code that leaves it out or holds it as optional does not compile",
	Reason: "Deployed clients are safe. The type of the field changes in Go, and servers in TypeScript have to pass " +
		"it. Clients that are compiled again insist on it: until the last server sends it, they get the details " +
		"untyped.",
	Hint: "make sure that every server sends it already",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
      required: [limit]
`),
	Good: quota(`      type: object
      properties: {limit: {type: integer, description: Servers of 2025 always send it}}
`),
})

var becameOptional = rule(Rule{
	Name:   "property-became-optional",
	Level:  Wire,
	Breaks: "deployed clients insist on it and get the details untyped where it is absent",
	Reason: "Clients decode details only if every required property is there. Those that were built before do not " +
		"get typed details from a response without it.",
	Hint: "keep it required, and send an empty value where there is none",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
      required: [limit]
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Good: quota(`      type: object
      required: [limit]
      properties: {limit: {type: integer}}
`),
})

var objectClosed = rule(Rule{
	Name:  "object-closed",
	Level: Docs,
	Reason: "The docs and the OpenAPI description now say that no other properties are sent. Code that reads the raw " +
		"details should not look for any.",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
      additionalProperties: false
`),
	Good: quota(`      type: object
      properties: {limit: {type: integer}}
      description: Other properties are not sent
`),
})

var objectOpened = rule(Rule{
	Name:  "object-opened",
	Level: Docs,
	Reason: "Other properties may be sent. Clients made by errgen accept them, as they always do; one that validates " +
		"against the OpenAPI description it was built with does not.",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
      additionalProperties: false
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Good: quota(`      additionalProperties: false
      type: object
      properties: {limit: {type: integer}}
`),
})

func (c *comparison) object(b, a *catalog.Schema) {
	c.closed(b, a)
	before, after := finder(b.Properties), finder(a.Properties)
	for i, p := range b.Properties {
		if now := after(i, p.Name); now != nil {
			c.property(p, *now)
		} else {
			c.propertyGone(p)
		}
	}
	for i, p := range a.Properties {
		if before(i, p.Name) == nil {
			c.propertyNew(b, p)
		}
	}
}

// finder returns a function that finds the property with a name, at best where it is expected: order is seldom changed.
func finder(properties []catalog.Property) func(expected int, name string) *catalog.Property {
	var byName map[string]*catalog.Property
	return func(expected int, name string) *catalog.Property {
		if expected < len(properties) && properties[expected].Name == name {
			return &properties[expected]
		}
		if byName == nil {
			byName = make(map[string]*catalog.Property, len(properties))
			for i := range properties {
				byName[properties[i].Name] = &properties[i]
			}
		}
		return byName[name]
	}
}

func (c *comparison) property(b, a catalog.Property) {
	was, is := useOf(b.Schema, b.Required), useOf(a.Schema, a.Required)
	f := finding{at: on(a.Schema.Node), was: on(b.Schema.Node)}
	switch {
	case b.Required && !a.Required:
		f.rule, f.fact = becameOptional, subject(a.Schema.Node)+" is optional, was required"
		c.report(f)
	case !b.Required && a.Required:
		f.rule, f.fact = becameRequired, subject(a.Schema.Node)+" is required, was optional"
		f.languages = fieldLanguages(was, is)
		c.report(f)
	}
	c.value(was, is)
}

// fieldLanguages returns where a change of required or nullable meets the compiler: Go's field is a pointer or not,
// TypeScript's has another type.
func fieldLanguages(b, a use) []string {
	if pointer(b) != pointer(a) {
		return both
	}
	return []string{typeScript}
}

func pointer(u use) bool {
	return (u.nullable || !u.required) && u.is.Kind != catalog.Array && u.is.Kind != catalog.Map
}

func (c *comparison) propertyGone(b catalog.Property) {
	at := on(b.Schema.Node)
	if b.Required {
		c.report(finding{rule: requiredPropertyRemoved, at: at,
			fact: "the required property " + subject(at.node) + " is gone"})
	} else {
		c.report(finding{rule: optionalPropertyRemoved, at: at,
			fact: "the optional property " + subject(at.node) + " is gone"})
	}
}

func (c *comparison) propertyNew(b *catalog.Schema, a catalog.Property) {
	at, was := on(a.Schema.Node), on(b.Node)
	if a.Required {
		c.report(finding{rule: requiredPropertyAdded, at: at, was: was,
			fact: "the required property " + subject(at.node) + " is new"})
	} else {
		c.report(finding{rule: optionalPropertyAdded, at: at,
			fact: "the optional property " + subject(at.node) + " is new"})
	}
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

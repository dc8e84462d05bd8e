package breaking

import "github.com/sigsentry/errgen/generator/catalog"

var typeChanged = rule(Rule{
	Name:   "type-changed",
	Level:  Wire,
	Breaks: "deployed clients cannot decode it and get the details untyped",
	Reason: "Clients decode details only if every value has the type that they were built for. One value of another " +
		"type, however deep, and the whole details are not typed.",
	Hint: "add a property with the new type, and go on sending the old one, marked as deprecated",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: string}}
`),
	Good: quota(`      type: object
      properties: {limit: {type: integer, deprecated: true}, limitText: {type: string}}
`),
})

var numberBecameInteger = rule(Rule{
	Name:      "number-became-integer",
	Level:     Source,
	Languages: []string{golang},
	Breaks:    "{languages} code that holds it as a floating-point number does not compile",
	Reason: "Every integer is a number, so deployed clients are safe. The field has another type in Go; " +
		"TypeScript has one type for both.",
	Hint: "keep type: number, and say in the description that it is whole",
	Before: quota(`      type: object
      properties: {limit: {type: number}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Good: quota(`      type: object
      properties: {limit: {type: number, description: Always whole}}
`),
})

var becameNullable = rule(Rule{
	Name:   "became-nullable",
	Level:  Wire,
	Breaks: "deployed clients accept no null there and get the details untyped",
	Reason: "Clients accept null only where their schema does. Details with a null elsewhere are not typed.",
	Hint:   "send an empty value, or leave the property out if it is optional",
	Before: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: [integer, "null"]}}
`),
	Good: quota(`      type: object
      properties: {limit: {type: integer, description: Absent where there is none}}
`),
})

var becameNonNull = rule(Rule{
	Name:   "became-non-null",
	Level:  Source,
	Breaks: "{languages} code that passes null or holds it as nullable does not compile",
	Reason: "Deployed clients are safe: null is only one of the values they expect. The type of the field changes in " +
		"Go, and servers in TypeScript may not pass null any more. Clients that are compiled again accept no null: " +
		"until the last server has stopped sending it, they may get the details untyped.",
	Hint: "make sure that no server sends null any more",
	Before: quota(`      type: object
      properties: {limit: {type: [integer, "null"]}}
`),
	Bad: quota(`      type: object
      properties: {limit: {type: integer}}
`),
	Good: quota(`      type: object
      properties: {limit: {anyOf: [{type: integer}, {type: "null"}]}}
`),
})

// kind reports another type, and tells whether the schemas can be compared any further.
func (c *comparison) kind(b, a *catalog.Schema) bool {
	if b.Kind == a.Kind {
		return true
	}
	f := finding{rule: typeChanged, at: onKeyword(a, "type"), was: onKeyword(b, "type")}
	if b.Kind == catalog.Number && a.Kind == catalog.Integer {
		f.rule = numberBecameInteger
	}
	f.fact = subject(a.Node) + " is of type " + string(a.Kind) + ", was " + string(b.Kind)
	c.report(f)
	return false
}

func (c *comparison) nullability(b, a use) {
	switch {
	case !b.nullable && a.nullable:
		at := on(a.nullIn().Node)
		was := on(b.said.Node)
		if a.nullIn() == a.is {
			was = on(b.is.Node)
		}
		c.report(finding{rule: becameNullable, at: at, was: was,
			fact: subject(at.node) + " may be null, was never null"})
	case b.nullable && !a.nullable:
		at := on(a.said.Node)
		if b.nullIn() == b.is {
			at = on(a.is.Node)
		}
		c.report(finding{rule: becameNonNull, at: at, was: on(b.nullIn().Node),
			fact: subject(at.node) + " is never null, was null at times", languages: fieldLanguages(b, a)})
	}
}

// nullIn returns the schema that admits null.
func (u use) nullIn() *catalog.Schema {
	for said := range u.chain {
		if said.Nullable {
			return said
		}
	}
	return nil
}

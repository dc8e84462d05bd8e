package breaking

import (
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var enumValueRemoved = rule(Rule{
	Name:      "enum-value-removed",
	Level:     Source,
	Languages: both,
	Breaks:    "{languages} code that names it does not compile",
	Reason: "Deployed clients are safe: they wait for a value that does not come. In Go its constant is gone, and " +
		"TypeScript refuses to compare with it. With an open enum TypeScript still compiles.",
	Hint: "keep the value, and say in the description that it is not sent any more",
	Before: quota(`      type: object
      properties: {plan: {enum: [free, pro, team]}}
`),
	Bad: quota(`      type: object
      properties: {plan: {enum: [free, pro]}}
`),
	Good: quota(`      type: object
      properties: {plan: {enum: [team, pro, free]}}
`),
})

var enumValueAdded = rule(Rule{
	Name:   "enum-value-added",
	Level:  Docs,
	Minor:  true,
	Breaks: "deployed clients keep it as it is; an exhaustive switch needs a case for it",
	Reason: "Clients accept values that they do not know, of closed enums too. Only a switch that a compiler or " +
		"linter holds to be exhaustive asks for one more case.",
	Before: quota(`      type: object
      properties: {plan: {enum: [free, pro]}}
`),
	Bad: quota(`      type: object
      properties: {plan: {enum: [free, pro, team]}}
`),
	Good: quota(`      type: object
      properties: {plan: {enum: [pro, free]}}
`),
})

var enumOpened = rule(Rule{
	Name:      "enum-opened",
	Level:     Source,
	Languages: []string{typeScript},
	Breaks:    "{languages} code that handles every value, or holds it in a type of its own, does not compile",
	Reason: "The enum only lists the known values now. Deployed clients accept others anyway. In TypeScript no " +
		"switch over it is exhaustive any more; in Go the type is the same.",
	Hint: "add the values instead, if they are known",
	Before: quota(`      type: object
      properties: {plan: {enum: [free, pro]}}
`),
	Bad: quota(`      type: object
      properties: {plan: {anyOf: [{enum: [free, pro]}, {type: string}]}}
`),
	Good: quota(`      type: object
      properties: {plan: {enum: [free, pro, team]}}
`),
})

var enumClosed = rule(Rule{
	Name:      "enum-closed",
	Level:     Source,
	Languages: []string{typeScript},
	Breaks:    "servers in {languages} that pass another value do not compile",
	Reason: "Deployed clients are safe: what is sent now is only what they know. In TypeScript the type admits no " +
		"other text any more; in Go it is the same.",
	Hint: "list every value that servers send",
	Before: quota(`      type: object
      properties: {plan: {anyOf: [{enum: [free, pro]}, {type: string}]}}
`),
	Bad: quota(`      type: object
      properties: {plan: {enum: [free, pro]}}
`),
	Good: quota(`      type: object
      properties: {plan: {anyOf: [{enum: [free, pro, team]}, {type: string}]}}
`),
})

var stringBecameEnum = rule(Rule{
	Name:      "string-became-enum",
	Level:     Source,
	Languages: both,
	Breaks:    "{languages} code that takes it from or holds it in a plain string does not compile",
	Reason:    "Deployed clients are safe: it is text as before. Code that is compiled again finds a type of its own.",
	Hint:      "list the values in the description, and keep the type",
	Before: quota(`      type: object
      properties: {plan: {type: string}}
`),
	Bad: quota(`      type: object
      properties: {plan: {enum: [free, pro]}}
`),
	Good: quota(`      type: object
      properties: {plan: {type: string, description: free or pro}}
`),
})

var enumBecameString = rule(Rule{
	Name:      "enum-became-string",
	Level:     Source,
	Languages: both,
	Breaks:    "{languages} code that names its type or values does not compile",
	Reason: "Deployed clients are safe: they accept any text. The type of the enum is gone, and its constants in " +
		"Go.",
	Hint: "open the enum instead: anyOf: [{enum: […]}, {type: string}]",
	Before: quota(`      type: object
      properties: {plan: {enum: [free, pro]}}
`),
	Bad: quota(`      type: object
      properties: {plan: {type: string}}
`),
	Good: quota(`      type: object
      properties: {plan: {type: string, enum: [free, pro]}}
`),
})

var constChanged = rule(Rule{
	Name:   "const-changed",
	Level:  Wire,
	Breaks: "deployed clients that look for the old value do not find it",
	Reason: "A const is there to be compared with. It is the one value that clients know, and it is not sent any more.",
	Hint:   "give what is different a code or a property of its own",
	Before: quota(`      type: object
      properties: {kind: {const: quota}}
`),
	Bad: quota(`      type: object
      properties: {kind: {const: limit}}
`),
	Good: quota(`      type: object
      properties: {kind: {type: string, const: quota}}
`),
})

var constAdded = rule(Rule{
	Name:      "const-added",
	Level:     Source,
	Languages: []string{typeScript},
	Breaks: "servers in {languages} that pass another value do not compile; in Go a required one is sent as the " +
		"const, whatever is set",
	Reason: "Deployed clients are safe: it is text as before. Servers have no choice of the value any more, and " +
		"only some compilers say so.",
	Hint: "make sure that every server sends this value already",
	Before: quota(`      type: object
      properties: {kind: {type: string}}
`),
	Bad: quota(`      type: object
      properties: {kind: {type: string, const: quota}}
`),
	Good: quota(`      type: object
      properties: {kind: {type: string, examples: [quota]}}
`),
})

var constDropped = rule(Rule{
	Name:      "const-dropped",
	Level:     Source,
	Languages: []string{typeScript},
	Breaks: "{languages} code that holds it as the one value does not compile; in Go a required one is sent empty " +
		"until servers fill it",
	Reason: "Deployed clients accept any text there. Code in TypeScript that relies on the one value does not " +
		"compile; in Go nothing fills a required field in any more, and no compiler says so.",
	Hint: "keep the const, and add a property for what varies",
	Before: quota(`      type: object
      properties: {kind: {const: quota}}
`),
	Bad: quota(`      type: object
      properties: {kind: {type: string}}
`),
	Good: quota(`      type: object
      properties: {kind: {const: quota}, variant: {type: string}}
`),
})

func (c *comparison) constant(b, a *catalog.Schema) {
	f := finding{at: onKeyword(a, "const"), was: onKeyword(b, "const")}
	switch {
	case b.Const == nil && a.Const == nil:
		return
	case b.Const == nil:
		f.rule, f.fact = constAdded, subject(a.Node)+" is always "+diag.Quote(a.Const.Text)+", was any text"
	case a.Const == nil:
		f.rule, f.fact = constDropped, subject(a.Node)+" is not always the same any more, was "+diag.Quote(b.Const.Text)
	case b.Const.Text != a.Const.Text:
		f.rule = constChanged
		f.fact = subject(a.Node) + " is always " + diag.Quote(a.Const.Text) + ", was always " + diag.Quote(b.Const.Text)
	default:
		return
	}
	c.report(f)
}

// enum compares the values of enums. Their order means nothing.
func (c *comparison) enum(b, a *catalog.Schema) {
	at, was := onKeyword(a, "enum"), onKeyword(b, "enum")
	switch {
	case len(b.Enum) == 0 && len(a.Enum) == 0:
	case len(b.Enum) == 0:
		c.report(finding{rule: stringBecameEnum, at: at, was: was, fact: subject(a.Node) + " is an enum, was none"})
	case len(a.Enum) == 0:
		c.report(finding{rule: enumBecameString, at: at, was: was, fact: subject(a.Node) + " is no enum, was one"})
	default:
		c.openness(b, a)
		if gone := missing(b.Values(), a.Values()); len(gone) > 0 {
			f := finding{rule: enumValueRemoved, at: at, was: was,
				fact: subject(a.Node) + " is never " + quoted(gone) + " any more"}
			if a.Open {
				f.languages = []string{golang}
			}
			c.report(f)
		}
		if added := missing(a.Values(), b.Values()); len(added) > 0 {
			c.report(finding{rule: enumValueAdded, at: at, was: was,
				fact: subject(a.Node) + " may be " + quoted(added) + " now"})
		}
	}
}

func (c *comparison) openness(b, a *catalog.Schema) {
	at, was := on(a.Node), on(b.Node)
	switch {
	case !b.Open && a.Open:
		c.report(finding{rule: enumOpened, at: at, was: was,
			fact: subject(a.Node) + " may be any text, was one of the enum"})
	case b.Open && !a.Open:
		c.report(finding{rule: enumClosed, at: at, was: was,
			fact: subject(a.Node) + " is one of the enum, was any text"})
	}
}

// missing returns the values that others lacks.
func missing(values, others []string) []string {
	known := make(map[string]bool, len(others))
	for _, v := range others {
		known[v] = true
	}
	var lacking []string
	for _, v := range values {
		if !known[v] {
			lacking = append(lacking, v)
		}
	}
	return lacking
}

// quoted lists a few values and counts the rest.
func quoted(values []string) string {
	const few = 5
	more := ""
	if len(values) > few {
		values, more = values[:few], " or others"
	}
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = diag.Quote(v)
	}
	return strings.Join(list, " or ") + more
}

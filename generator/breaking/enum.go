package breaking

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var enumValueRemoved = &rule{worst: Source, Rule: diag.Rule{
	Name: "enum-value-removed",
	Reason: "Deployed clients are safe: they wait for a value that does not come. Where values are " +
		"constants, its constant is gone; where they are types, nothing may be compared with it, unless the enum is open. " +
		"`x-retired` beside the enum keeps the value from coming back as something else.",
	Hint:   "keep the value, and say in the description that it is not sent any more",
	Before: quota("{plan: {enum: [free, pro, team]}}"),
	Bad:    quota("{plan: {enum: [free, pro]}}"),
	Good:   quota("{plan: {enum: [team, pro, free]}}"),
}, breaks: "{languages} code that names it does not compile"}

var enumValueReplaced = &rule{worst: Wire, Rule: diag.Rule{
	Name: "enum-value-replaced",
	Reason: "Values are gone and others are new: where servers sent one of the old, they send one of the new, as if it " +
		"had been renamed. Clients keep a value that they do not know as it is, and do what they do for none of those " +
		"they know.",
	Hint:   "add the new value first, and remove the old one when clients know the new",
	Before: quota("{plan: {enum: [free, pro_plus]}}"),
	Bad:    quota("{plan: {enum: [free, pro-plus]}}"),
	Good:   quota("{plan: {enum: [free, pro_plus, pro-plus]}}"),
}, breaks: "deployed clients do not know what they get in its place"}

var enumValueAdded = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name: "enum-value-added",
	Reason: "Clients accept values that they do not know, of closed enums too. Only a switch that a compiler or " +
		"linter holds to be exhaustive asks for one more case.",
	Before: quota("{plan: {enum: [free, pro]}}"),
	Bad:    quota("{plan: {enum: [free, pro, team]}}"),
	Good:   quota("{plan: {enum: [pro, free]}}"),
}, breaks: "deployed clients keep it as it is; an exhaustive switch needs a case for it"}

var enumOpened = &rule{worst: Source, Rule: diag.Rule{
	Name: "enum-opened",
	Reason: "The enum only lists the known values now. Deployed clients accept others anyway. Where " +
		"the type tells the two apart, no switch over it is exhaustive any more.",
	Hint:   "add the values instead, if they are known",
	Before: quota("{plan: {enum: [free, pro]}}"),
	Bad:    quota("{plan: {anyOf: [{enum: [free, pro]}, {type: string}]}}"),
	Good:   quota("{plan: {enum: [free, pro, team]}}"),
}, breaks: "{languages} code that handles every value, or holds it in a type of its own, does not compile"}

var enumClosed = &rule{worst: Source, Rule: diag.Rule{
	Name: "enum-closed",
	Reason: "Deployed clients are safe: what is sent now is only what they know. Where the type tells " +
		"the two apart, it admits no other text any more.",
	Hint:   "list every value that servers send",
	Before: quota("{plan: {anyOf: [{enum: [free, pro]}, {type: string}]}}"),
	Bad:    quota("{plan: {enum: [free, pro]}}"),
	Good:   quota("{plan: {anyOf: [{enum: [free, pro, team]}, {type: string}]}}"),
}, breaks: "servers in {languages} that pass another value do not compile"}

var stringBecameEnum = &rule{worst: Source, Rule: diag.Rule{
	Name:   "string-became-enum",
	Reason: "Deployed clients are safe: it is text as before. Code that is compiled again finds a type of its own.",
	Hint:   "list the values in the description, and keep the type",
	Before: quota("{plan: {type: string}}"),
	Bad:    quota("{plan: {enum: [free, pro]}}"),
	Good:   quota("{plan: {type: string, description: free or pro}}"),
}, breaks: "{languages} code that takes it from or holds it in a plain string does not compile"}

var enumBecameString = &rule{worst: Source, Rule: diag.Rule{
	Name: "enum-became-string",
	Reason: "Deployed clients are safe: they accept any text. The type of the enum is gone, and with it the " +
		"constants of its values.",
	Hint:   "open the enum instead: anyOf: [{enum: […]}, {type: string}]",
	Before: quota("{plan: {enum: [free, pro]}}"),
	Bad:    quota("{plan: {type: string}}"),
	Good:   quota("{plan: {type: string, enum: [free, pro]}}"),
}, breaks: "{languages} code that names its type or values does not compile"}

var constChanged = &rule{worst: Wire, Rule: diag.Rule{
	Name: "const-changed",
	Reason: "A const is there to be compared with. It is the one value that clients know, and it is not sent any more: " +
		"another const is, or one of an enum that lacks it.",
	Hint:   "give what is different a code or a property of its own",
	Before: quota("{kind: {const: quota}}"),
	Bad:    quota("{kind: {const: limit}}"),
	Good:   quota("{kind: {type: string, const: quota}}"),
}, breaks: "deployed clients that look for the old value do not find it"}

var constAdded = &rule{worst: Source, Rule: diag.Rule{
	Name: "const-added",
	Reason: "Deployed clients are safe: it is text as before. Servers have no choice of the value any more, and " +
		"only some compilers say so.",
	Hint:   "make sure that every server sends this value already",
	Before: quota("{kind: {type: string}}"),
	Bad:    quota("{kind: {type: string, const: quota}}"),
	Good:   quota("{kind: {type: string, examples: [quota]}}"),
}, breaks: "servers in {languages} that pass another value do not compile; where they compile, a required one is " +
	"sent as the const, whatever is set"}

var constDropped = &rule{worst: Source, Rule: diag.Rule{
	Name: "const-dropped",
	Reason: "Deployed clients accept any text there. Code that relies on the one value does not compile, " +
		"or nothing fills a required field in any more, and no compiler says so.",
	Hint:   "keep the const, and add a property for what varies",
	Before: quota("{kind: {const: quota}}"),
	Bad:    quota("{kind: {type: string}}"),
	Good:   quota("{kind: {const: quota}, variant: {type: string}}"),
}, breaks: "{languages} code that holds it as the one value does not compile; where it compiles, a required one is " +
	"sent empty until servers fill it"}

func (c *comparison) constant(b, a *catalog.Schema) {
	if b.Const == nil && a.Const == nil || b.Const != nil && a.Const != nil && b.Const.Text == a.Const.Text {
		return
	}
	f := finding{rule: constChanged, at: onKeyword(a, "const"), was: onKeyword(b, "const")}
	f.from, f.to = admitted(b), admitted(a)
	f.fact = subject(a.Node) + " is " + inWords(a) + ", was " + inWords(b)
	switch {
	case b.Const == nil && len(b.Enum) > 0 && !slices.Contains(b.Values(), a.Const.Text):
		f.rule = enumValueReplaced
	case b.Const == nil:
		f.rule = constAdded
	case a.Const == nil && (len(a.Enum) == 0 || slices.Contains(a.Values(), b.Const.Text)):
		f.rule, f.to = constDropped, ""
		f.fact = subject(a.Node) + " is not always the same any more, was " + diag.Quote(b.Const.Text)
	}
	c.report(f)
}

// admitted returns the const of a text, or the values of its enum.
func admitted(s *catalog.Schema) string {
	if s.Const != nil {
		return said(onKeyword(s, "const"))
	}
	return strings.Join(s.Values(), ", ")
}

func inWords(s *catalog.Schema) string {
	switch {
	case s.Const != nil:
		return "always " + diag.Quote(s.Const.Text)
	case len(s.Enum) > 0:
		return quoted(s.Values())
	}
	return "any text"
}

// enum compares the values of enums. Their order means nothing.
func (c *comparison) enum(b, a *catalog.Schema) {
	at, was := onEnum(a), onEnum(b)
	switch {
	case len(b.Enum) == 0 && len(a.Enum) == 0:
	case len(b.Enum) == 0:
		c.report(finding{rule: stringBecameEnum, at: at, was: was, to: strings.Join(a.Values(), ", "),
			fact: subject(a.Node) + " is an enum, was none"})
	case len(a.Enum) == 0:
		c.report(finding{rule: enumBecameString, at: at, was: was, fact: subject(a.Node) + " is no enum, was one",
			within: whole(b, a)})
	default:
		c.openness(b, a)
		c.notes(b, a)
		c.enumValues(b, a)
	}
}

func (c *comparison) enumValues(b, a *catalog.Schema) {
	var gone, added []string
	for was, is := range pairs(b.Enum, a.Enum, textOf) {
		switch {
		case is == nil:
			gone = append(gone, was.Text)
		case was == nil:
			added = append(added, is.Text)
		}
	}
	f := finding{at: onEnum(a), was: onEnum(b), from: strings.Join(gone, ", "), to: strings.Join(added, ", ")}
	switch {
	case gone == nil && added == nil:
		return
	case added == nil:
		f.rule, f.fact = enumValueRemoved, subject(a.Node)+" is never "+quoted(gone)+" any more"
	case gone == nil:
		f.rule, f.fact = enumValueAdded, subject(a.Node)+" may be "+quoted(added)+" now"
	default:
		f.rule = enumValueReplaced
		f.fact = subject(a.Node) + " may be " + quoted(added) + " now, and is never " + quoted(gone) + " any more"
	}
	c.report(f)
}

// onEnum returns the spot of the values: the union where each has a description.
func onEnum(s *catalog.Schema) spot {
	for _, union := range []string{"oneOf", "anyOf"} {
		if s.Notes != nil && s.Node.Get(union) != nil {
			return spot{s.Node, []string{union}, s.Node}
		}
	}
	return onKeyword(s, "enum")
}

// notes compares what is said of the values of an enum.
func (c *comparison) notes(b, a *catalog.Schema) {
	if b.Notes == nil && a.Notes == nil {
		return
	}
	for old, v := range pairs(b.Enum, a.Enum, textOf) {
		if old == nil || v == nil {
			continue
		}
		value := func() string { return "the value " + diag.Quote(v.Text) + " of " + subject(a.Node) }
		if a.Notes != nil && b.Notes != nil {
			c.namesAt(on(old.Parent(), "x-names"), on(v.Parent(), "x-names"), value)
		}
		if was, is := b.Notes[old].Description.Source(), a.Notes[v].Description.Source(); was != is {
			c.report(finding{rule: detailsReworded, at: on(v), was: onEnum(b), from: was, to: is,
				fact: value() + " has another description"})
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

package breaking

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var retiredNameReused = &rule{worst: Wire, Rule: diag.Rule{
	Name: "retired-name-reused",
	Reason: "A property or a value of an enum that x-retired lists may never come back: clients that were built before " +
		"still read it, with its old type and meaning.",
	Hint:   "choose another name, and keep the retired one listed",
	Before: quota("{limit: {type: integer}}", "x-retired: [unit]"),
	Bad:    quota("{limit: {type: integer}, unit: {type: string}}"),
	Good:   quota("{limit: {type: integer}, per: {type: string}}", "x-retired: [unit]"),
}, breaks: "old clients take it for what it was before"}

var retiredNameForgotten = &rule{worst: Wire, Rule: diag.Rule{
	Name: "retired-name-forgotten",
	Reason: "x-retired is the promise to old clients that no property or value gets a second meaning. An entry that is " +
		"deleted withdraws it, and the next change that uses the name again would pass unseen.",
	Hint:   "put it back: retired names are listed for ever",
	Before: quota("{limit: {type: integer}}", "x-retired: [unit]"),
	Bad:    quota("{limit: {type: integer}}"),
	Good:   quota("{limit: {type: integer}}", "x-retired: [unit, per]"),
}, breaks: "nothing keeps it from coming back, and old clients would take it for what it was before"}

// retiredNames compares the names that may not come back, of properties or of values.
func (c *comparison) retiredNames(b, a *catalog.Schema) {
	if len(b.Retired) == 0 {
		return
	}
	names := a.Names()
	for name, listed := range pairs(b.Retired, a.Retired, textOf) {
		if name == nil {
			continue
		}
		f := finding{at: on(a.Node, "x-retired"), was: on(name), from: name.Text}
		f.fact = "the retired name " + diag.Quote(name.Text) + " of " + subject(a.Node)
		switch {
		case names[name.Text]:
			f.rule, f.fact = retiredNameReused, f.fact+" is used again"
			c.report(f)
		case listed == nil:
			f.rule, f.fact = retiredNameForgotten, f.fact+" is no longer listed"
			c.report(f)
		}
	}
}

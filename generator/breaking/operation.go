package breaking

import (
	"cmp"
	"iter"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

// calls is the part of an example that says what operations return, and the codes of most of them.
func calls(lines string) string {
	return "operations:\n" + lines + codes("NOT_FOUND:", "FORBIDDEN:", "BROKEN:", "  status: 500")
}

var operationErrorAdded = &rule{worst: Source, minor: true, Rule: diag.Rule{
	Name: "operation-error-added",
	Reason: "An operation can return one more code. Clients that decode it are built for codes they do not know, so " +
		"that nothing breaks on the wire. Code that lists the errors of the operation, and is held to list all of " +
		"them, does not compile until it has the new one.",
	Hint:   "release it as a minor version, and name the code in the changelog",
	Before: calls("  getKey: [NOT_FOUND]\n"),
	Bad:    calls("  getKey: [NOT_FOUND, FORBIDDEN]\n"),
	Good:   "groups:\n  missing: [NOT_FOUND]\n" + calls("  getKey: [missing]\n"),
}, breaks: "{languages} code that switches over all errors of an operation needs a case for it"}

var operationErrorRemoved = &rule{worst: Source, Rule: diag.Rule{
	Name: "operation-error-removed",
	Reason: "An operation is documented not to return a code any more, which it still has. Deployed clients are fine: " +
		"they handle an error that does not come. Code that is compiled again and has a case for the code names " +
		"something that cannot be.",
	Hint:   "keep it until the next major version if users compile against the errors of operations",
	Before: calls("  getKey: [NOT_FOUND, FORBIDDEN]\n"),
	Bad:    calls("  getKey: [NOT_FOUND]\n"),
	Good:   calls("  \"*\": [FORBIDDEN]\n  getKey: [NOT_FOUND]\n"),
}, breaks: "{languages} code that has a case for it does not compile"}

var operationRemoved = &rule{worst: Source, Rule: diag.Rule{
	Name: "operation-removed",
	Reason: "The catalog does not say any more what an operation returns: it is gone, or has another operationId. Its " +
		"constant, or the type of its errors, is gone from the generated code.",
	Hint:   "keep it as long as the API has the operation",
	Before: calls("  getKey: [NOT_FOUND]\n  listKeys: [FORBIDDEN]\n"),
	Bad:    calls("  listKeys: [FORBIDDEN]\n"),
	Good:   calls("  listKeys: [FORBIDDEN]\n  getKey: {at: GET /key, errors: [NOT_FOUND]}\n"),
}, breaks: "{languages} code that names it does not compile"}

var operationAdded = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name:   "operation-added",
	Reason: "The catalog says of one more operation what it can return. Nothing that exists changes.",
	Before: calls("  getKey: [NOT_FOUND]\n"),
	Bad:    calls("  getKey: [NOT_FOUND]\n  listKeys: [FORBIDDEN]\n"),
	Good:   calls("  getKey: [NOT_FOUND]\n"),
}}

var operationMoved = &rule{worst: Docs, Rule: diag.Rule{
	Name: "operation-moved",
	Reason: "The docs name another method or path for an operation. Whether that breaks clients is for those to say " +
		"who compare descriptions of the whole API.",
	Before: calls("  getKey: {at: GET /key, errors: [NOT_FOUND]}\n"),
	Bad:    calls("  getKey: {at: GET /keys, errors: [NOT_FOUND]}\n"),
	Good:   calls("  getKey: {errors: [NOT_FOUND], at: GET /key}\n"),
}}

// operations compares what calls return, whether groups or lists say it.
func (c *comparison) operations() {
	keyOf := func(o *catalog.Operation) string { return o.Key }
	all := pairs(c.before.Operations, c.after.Operations, keyOf)
	said := c.every(all)
	for b, a := range all {
		switch {
		case a == nil:
			c.report(finding{rule: operationRemoved, at: on(b.Node), fact: "the operation " + diag.Quote(b.Key) + " is gone"})
		case b != nil:
			c.operation(b, a, said)
		case len(c.before.Operations) > 0:
			c.report(finding{rule: operationAdded, at: on(a.Node), fact: "the operation " + diag.Quote(a.Key) + " is new"})
		}
	}
	if len(c.before.Operations) == 0 && len(c.after.Operations) > 0 {
		c.report(finding{rule: operationAdded, at: top(c.after, "operations"),
			fact: "the catalog says which operations can return which codes"})
	}
}

// every compares what all operations return, which is said once. It returns the codes that have come or gone.
func (c *comparison) every(all iter.Seq2[*catalog.Operation, *catalog.Operation]) (changed map[string]bool) {
	if len(c.before.Operations)+len(c.before.Common) == 0 {
		return nil
	}
	f := finding{at: top(c.after, "operations", catalog.EveryOperation)}
	f.was = top(c.before, "operations", catalog.EveryOperation)
	for b, a := range all {
		if b != nil && a != nil {
			f.within = append(f.within, reach{b.Node, "errors"}, reach{a.Node, "errors"})
		}
	}
	return c.returns(c.before.Common, c.after.Common, f, "every operation can return ",
		"not every operation can return ", nil)
}

// returns reports which codes have come and gone of what can be returned, in words that begin with can or cannot, and
// returns them. Left out are those of which it is said already, and those that no catalog has any more: that is
// reported of them.
func (c *comparison) returns(before, now []*catalog.Error, f finding, can, cannot string, said map[string]bool) (
	changed map[string]bool) {
	changed = map[string]bool{}
	for was, is := range pairs(before, now, c.codeOf) {
		code := c.codeOf(cmp.Or(was, is))
		switch {
		case was != nil && is != nil, said[code], c.after.ByCode[code] == nil:
			continue
		case was == nil:
			f.rule, f.from, f.to, f.fact = operationErrorAdded, "", code, can+code+" too"
		default:
			f.rule, f.from, f.to, f.fact = operationErrorRemoved, code, "", cannot+code+" any more"
		}
		changed[code] = true
		c.report(f)
	}
	return changed
}

// operation compares an operation that both catalogs have. What is said of every operation is not said again.
func (c *comparison) operation(b, a *catalog.Operation, said map[string]bool) {
	name := "the operation " + diag.Quote(a.Key)
	within := []reach{{b.Node, "errors"}, {a.Node, "errors"}}
	f := finding{at: on(a.Node), was: on(b.Node), within: within}
	c.returns(b.Errors, a.Errors, f, name+" can return ", name+" does not return ", said)
	c.breaks.explain(within, "") // what is left comes of codes that are gone or renamed
	c.place(b, a)
	c.identifier(b.Node, a.Node, name)
}

// place compares where an operation is. Where an OpenAPI file says it, the catalog does not.
func (c *comparison) place(b, a *catalog.Operation) {
	was, is := b.Method+" "+b.Path, a.Method+" "+a.Path
	if was != is && b.Method != "" && a.Method != "" {
		c.report(finding{rule: operationMoved, at: on(a.Node, "at"), was: on(b.Node, "at"), from: was, to: is,
			fact: "the operation " + diag.Quote(a.Key) + " is at " + is + ", was at " + was})
	}
}

package breaking

import (
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
	after := map[string]*catalog.Operation{}
	for _, a := range c.after.Operations {
		after[a.Key] = a
	}
	said := c.every(after)
	before := map[string]bool{}
	for _, b := range c.before.Operations {
		before[b.Key] = true
		if a := after[b.Key]; a != nil {
			c.operation(b, a, said)
		} else {
			c.report(finding{rule: operationRemoved, at: on(b.Node), fact: "the operation " + diag.Quote(b.Key) + " is gone"})
		}
	}
	if len(before) == 0 && len(after) > 0 {
		c.report(finding{rule: operationAdded, at: c.after.top("operations"),
			fact: "the catalog says which operations can return which codes"})
		return
	}
	for _, a := range c.after.Operations {
		if !before[a.Key] {
			c.report(finding{rule: operationAdded, at: on(a.Node), fact: "the operation " + diag.Quote(a.Key) + " is new"})
		}
	}
}

// every compares what all operations return, which is said once. It returns the codes that have come or gone.
func (c *comparison) every(after map[string]*catalog.Operation) map[string]bool {
	if len(c.before.Operations)+len(c.before.Common) == 0 {
		return nil
	}
	at, was := c.after.top("operations", catalog.EveryOperation), c.before.top("operations", catalog.EveryOperation)
	var within []reach
	for _, b := range c.before.Operations {
		if a := after[b.Key]; a != nil {
			within = append(within, reach{b.Node, "errors"}, reach{a.Node, "errors"})
		}
	}
	changed := map[string]bool{}
	added, removed := c.returns(c.before.Common, c.after.Common)
	for _, code := range added {
		changed[code] = true
		c.report(finding{rule: operationErrorAdded, at: at, was: was, to: code, within: within,
			fact: "every operation can return " + code + " too"})
	}
	for _, code := range removed {
		changed[code] = true
		c.report(finding{rule: operationErrorRemoved, at: at, was: was, from: code, within: within,
			fact: "not every operation can return " + code + " any more"})
	}
	return changed
}

// returns tells which codes have come and gone of what can be returned, but for those that no catalog has any more:
// that is reported of them.
func (c *comparison) returns(before, now []*catalog.Error) (added, removed []string) {
	was, is := map[string]bool{}, map[string]bool{}
	for _, e := range now {
		is[e.Code] = true
	}
	for _, e := range before {
		code := c.codeNow(e.Code)
		was[code] = true
		if !is[code] && c.after.errors[code] != nil {
			removed = append(removed, code)
		}
	}
	for _, e := range now {
		if !was[e.Code] {
			added = append(added, e.Code)
		}
	}
	return added, removed
}

// operation compares an operation that both catalogs have. What is said of every operation is not said again.
func (c *comparison) operation(b, a *catalog.Operation, said map[string]bool) {
	name := diag.Quote(a.Key)
	within := []reach{{b.Node, "errors"}, {a.Node, "errors"}}
	added, removed := c.returns(b.Errors, a.Errors)
	for _, code := range added {
		if !said[code] {
			c.report(finding{rule: operationErrorAdded, at: on(a.Node), was: on(b.Node), to: code, within: within,
				fact: "the operation " + name + " can return " + code + " too"})
		}
	}
	for _, code := range removed {
		if !said[code] {
			c.report(finding{rule: operationErrorRemoved, at: on(a.Node), was: on(b.Node), from: code, within: within,
				fact: "the operation " + name + " does not return " + code + " any more"})
		}
	}
	c.breaks.explain(within, "") // what is left comes of codes that are gone or renamed
	c.place(b, a)
	c.identifier(b.Node, a.Node, "the operation "+name)
}

// place compares where an operation is. Where an OpenAPI file says it, the catalog does not.
func (c *comparison) place(b, a *catalog.Operation) {
	was, is := b.Method+" "+b.Path, a.Method+" "+a.Path
	if was != is && b.Method != "" && a.Method != "" {
		c.report(finding{rule: operationMoved, at: on(a.Node, "at"), was: on(b.Node, "at"), from: was, to: is,
			fact: "the operation " + diag.Quote(a.Key) + " is at " + is + ", was at " + was})
	}
}

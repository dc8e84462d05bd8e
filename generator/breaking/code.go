package breaking

import (
	"cmp"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var codeRemoved = &rule{worst: Wire, Rule: diag.Rule{
	Name: "code-removed",
	Reason: "A client that handles the code goes by the status from now on, because whatever the server sends " +
		"instead is new to it. Nothing keeps the code from being used again for something else, which old clients " +
		"would misread.",
	Hint:   "move it to `retired` once no server sends it",
	Before: codes("KEY_LOCKED:", "NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:"),
	Good:   codes("NOT_FOUND:") + section("retired", "KEY_LOCKED: {since: 2025-03-01}"),
}, breaks: "deployed clients get a code they do not know in its place, and it may come back with another meaning"}

var codeRenamed = &rule{worst: Wire, Rule: diag.Rule{
	Name: "code-renamed",
	Reason: "A code that is gone and a new one with the same meaning are taken for one error under a new name; so are a " +
		"retired code and the new one to use instead. To a client the name is the error: it handles the old code, and " +
		"gets one that it does not know. That the old code is retired only keeps it from coming back.",
	Hint:   "keep the old code: clients know the error by it",
	Before: codes("MISSING:", "  meaning: There is no such thing"),
	Bad:    codes("NOT_FOUND:", "  meaning: There is no such thing"),
	Good: codes("MISSING:", "  meaning: There is no such thing", "  deprecated: {use: NOT_FOUND}",
		"NOT_FOUND:", "  meaning: There is no such thing"),
}, breaks: "deployed clients do not know the new code, and code that names the old one does not compile"}

var codeRetired = &rule{worst: Source, Rule: diag.Rule{
	Name: "code-retired",
	Reason: "A retired code has no constant, type or constructor any more. Deployed clients are safe, as long as no " +
		"server sends the code, nor another that is new to them in its place: it can never mean anything else.",
	Hint:   "deprecate it for a release first, so that compilers and editors say so",
	Before: codes("KEY_LOCKED:", "NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:") + section("retired", "KEY_LOCKED: {since: 2025-03-01}"),
	Good:   codes("KEY_LOCKED:", "  deprecated: {since: 2025-03-01}", "NOT_FOUND:"),
}, breaks: "{languages} code that names it does not compile"}

var retiredCodeReused = &rule{worst: Wire, Rule: diag.Rule{
	Name: "retired-code-reused",
	Reason: "A retired code may never come back: clients that were built before it was retired still know it, with " +
		"its old meaning, details and retry verdict.",
	Hint:   "choose another code, and keep the retired one listed",
	Before: codes("NOT_FOUND:") + section("retired", "KEY_LOCKED: {since: 2025-03-01}"),
	Bad:    codes("NOT_FOUND:", "KEY_LOCKED:"),
	Good:   codes("NOT_FOUND:", "KEY_FROZEN:") + section("retired", "KEY_LOCKED: {since: 2025-03-01}"),
}, breaks: "old clients take it for what it meant before"}

var retiredCodeForgotten = &rule{worst: Wire, Rule: diag.Rule{
	Name: "retired-code-forgotten",
	Reason: "The list of retired codes is the promise to old clients that no code gets a second meaning. An entry " +
		"that is deleted withdraws the promise, and the next change that uses the code again would pass unseen.",
	Hint:   "put it back: retired codes are listed for ever",
	Before: codes("NOT_FOUND:") + section("retired", "KEY_LOCKED: {since: 2025-03-01}"),
	Bad:    codes("NOT_FOUND:"),
	Good: codes("NOT_FOUND:") +
		section("retired", "KEY_LOCKED: {since: 2025-03-01, reason: Keys are not locked any more}"),
}, breaks: "nothing keeps it from coming back, and old clients would take it for what it meant before"}

var codeAdded = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name: "code-added",
	Reason: "Clients are built for codes they do not know: they keep the code and decide by the status. Only a " +
		"switch that a compiler or linter holds to be exhaustive asks for one more case.",
	Before: codes("NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:", "CONFLICT:"),
	Good:   codes("NOT_FOUND:", "  recovery: Check the address"),
}, breaks: "deployed clients go by its status; an exhaustive switch needs a case for it"}

var retirementChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "retirement-changed",
	Reason: "What the docs say about a retired code has changed: since when, what to use instead, or why.",
	Before: codes("NOT_FOUND:") + section("retired", "KEY_LOCKED: {since: 2025-03-01}"),
	Bad:    codes("NOT_FOUND:") + section("retired", "KEY_LOCKED: {since: 2025-03-01, use: NOT_FOUND}"),
	Good:   codes("NOT_FOUND:") + section("retired", "KEY_LOCKED: {since: 2025-03-01}"),
}}

// codes compares the codes: those of both catalogs in all they say.
func (c *comparison) codes() {
	c.renames()
	for b, a := range pairs(c.before.Errors, c.after.Errors, c.codeOf) {
		switch {
		case b == nil:
			c.codeNew(a)
		case a == nil:
			c.codeGone(b)
		default:
			c.code(b, a)
		}
	}
}

// codeOf returns what an error of either catalog is called in the new one.
func (c *comparison) codeOf(e *catalog.Error) string { return cmp.Or(c.renamed[e.Code], e.Code) }

// renames pairs codes that are gone, retired or not, with new ones that have the same meaning, where that is beyond
// doubt.
func (c *comparison) renames() {
	gone, added := map[string][]string{}, map[string][]string{}
	for _, b := range c.before.Errors {
		if c.after.ByCode[b.Code] == nil {
			gone[meaning(b)] = append(gone[meaning(b)], b.Code)
		}
	}
	for _, a := range c.after.Errors {
		if c.before.ByCode[a.Code] == nil && c.before.RetiredByCode[a.Code] == nil && gone[meaning(a)] != nil {
			added[meaning(a)] = append(added[meaning(a)], a.Code)
		}
	}
	for text, codes := range added {
		if len(codes) == 1 && len(gone[text]) == 1 {
			c.renamed[gone[text][0]] = codes[0]
		}
	}
}

func meaning(e *catalog.Error) string { return strings.ToLower(e.Meaning.Plain()) }

func (c *comparison) codeGone(b *catalog.Error) {
	r := c.after.RetiredByCode[b.Code]
	if r == nil {
		c.report(finding{rule: codeRemoved, at: on(b.Node),
			fact: "the code " + b.Code + " is gone without being retired"})
		return
	}
	f := finding{rule: codeRetired, at: on(r.Node), was: on(b.Node), fact: "the code " + b.Code + " is retired"}
	if use := r.Use; use != nil && c.before.ByCode[use.Code] == nil {
		f.rule, f.from, f.to = codeRenamed, b.Code, use.Code
		f.fact = "the code " + b.Code + " is retired for " + use.Code + ", which is new"
		f.hint = keepDeprecated(b.Code, use.Code)
	} else if b.Deprecated != nil {
		f.hint = "it was deprecated before: what is left is to release a major version"
	}
	c.report(f)
}

func keepDeprecated(old, use string) string {
	return "keep " + old + ", deprecated with use: " + use + ", until clients have moved; then retire it"
}

func (c *comparison) codeNew(a *catalog.Error) {
	if r := c.before.RetiredByCode[a.Code]; r != nil {
		c.report(finding{rule: retiredCodeReused, at: on(a.Node), was: on(r.Node),
			fact: "the retired code " + a.Code + " is used again"})
		return
	}
	c.report(finding{rule: codeAdded, at: on(a.Node), fact: "the code " + a.Code + " is new"})
}

// code compares an error with what it is in the new catalog.
func (c *comparison) code(b, a *catalog.Error) {
	if b.Code != a.Code {
		c.report(finding{rule: codeRenamed, at: on(a.Node), was: on(b.Node), from: b.Code, to: a.Code,
			fact: "the code " + b.Code + " seems to be renamed " + a.Code + ", which has the same meaning",
			hint: keepDeprecated(b.Code, a.Code)})
	}
	c.names(b, a)
	c.identifier(b.Node, a.Node, "the code "+a.Code)
	c.symbol(b, a)
	c.status(b, a)
	c.category(b, a)
	c.retry(b, a)
	c.details(b, a)
	c.words(b, a)
	c.deprecation(b, a)
}

func (c *comparison) retired() {
	codeOf := func(r *catalog.Retired) string { return r.Code }
	for b, a := range pairs(c.before.Retired, c.after.Retired, codeOf) {
		switch {
		case b == nil && c.before.ByCode[a.Code] == nil:
			c.report(finding{rule: retirementChanged, at: on(a.Node),
				fact: "the code " + a.Code + ", which the old catalog did not have, is retired"})
		case a == nil && c.after.ByCode[b.Code] == nil:
			c.report(finding{rule: retiredCodeForgotten, at: on(b.Node),
				fact: "the retired code " + b.Code + " is no longer listed"})
		case b != nil && a != nil && !c.sameDeprecation(b.Deprecation, a.Deprecation):
			c.report(finding{rule: retirementChanged, at: on(a.Node), was: on(b.Node),
				fact: "what is said of the retired code " + b.Code + " has changed"})
		}
	}
}

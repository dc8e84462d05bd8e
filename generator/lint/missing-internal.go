package lint

import "github.com/sigsentry/errgen/generator/diag"

// bare is a catalog without codes.
const bare = "\nversion: 1\ninfo: {title: Errors}\ncategories: {access: {title: Access}}\n"

var missingInternal = rule{
	Rule: diag.Rule{
		Name: "missing-internal",
		Reason: "A server also fails in ways that no catalog lists: a lost connection, a bug. What is not from the catalog " +
			"is answered with the internal code, which is info.internal or else the first code with status 500. Without " +
			"one nothing that needs it is generated, such as Write in Go and errorResponse in TypeScript, and each handler " +
			"makes up an answer of its own.",
		Bad:  bare + codes(keyExpired),
		Good: bare + codes(keyExpired, code("SERVER_BROKEN", 500, "Something went wrong on our side")),
	},
	severity: diag.Warning,
	check: func(p *pass) {
		if p.Internal == nil {
			p.report(p.Document.Root.Get("errors"), "no code stands for errors that are not from the catalog",
				"add one with status 500, or name the one that does: info: {internal: CODE}")
		}
	},
}

package lint

import (
	"cmp"

	"github.com/sigsentry/errgen/generator/diag"
)

var missingExample = rule{
	Rule: diag.Rule{
		Name: "missing-example",
		Reason: "An example is the first thing that people look for, and often the only thing they read. It is checked " +
			"against the schema of the details, so it cannot go out of date; it is shown on the docs page and in the " +
			"API's reference, and tests can be written from it.",
		Bad:  "\n" + planLimit,
		Good: "\n" + planLimit + "  examples:\n    - summary: The free plan\n      details: {limit: 100}\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, e := range p.Errors {
			if e.Details != nil && len(e.Examples) == 0 {
				p.report(cmp.Or(e.Node.Get("details"), e.Node), e.Code+" carries details, but shows no example",
					"add examples: [{details: {…}}]")
			}
		}
	},
}

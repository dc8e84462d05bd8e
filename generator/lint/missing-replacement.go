package lint

import "github.com/sigsentry/errgen/generator/diag"

var missingReplacement = rule{
	Rule: diag.Rule{
		Name: "missing-replacement",
		Reason: "A deprecation asks people to change their code. Without `use` they learn that they should, and not to " +
			"what: they look for the new code themselves, or wait until the old one is gone. Where nothing takes its " +
			"place, the reason can say so, and the rule be allowed for that code.",
		Bad:  "\n" + keyExpired + tokenExpired + "  deprecated: {since: 2025-03-01}\n",
		Good: "\n" + keyExpired + tokenExpired + "  deprecated: {since: 2025-03-01, use: KEY_EXPIRED}\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, e := range p.Errors {
			if e.Deprecated != nil && e.Deprecated.Use == nil {
				p.report(e.Deprecated.Node, e.Code+" is deprecated, but does not say what to use instead",
					"add use: the code that takes its place")
			}
		}
	},
}

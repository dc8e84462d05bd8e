package lint

import "github.com/sigsentry/errgen/generator/diag"

var emptyCategory = rule{
	Rule: diag.Rule{
		Name: "empty-category",
		Reason: "A category without codes is shown nowhere. It was left behind when its last code went, or a code that " +
			"belongs to it is in another one: whoever reads the catalog has to find out which.",
		Bad: access + "  billing: {title: Billing}\n" + codes(keyExpired),
		Good: access + "  billing: {title: Billing}\n" + codes(keyExpired) + `  PLAN_EXPIRED:
    status: 402
    category: billing
    meaning: The plan has not been paid for
`,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, c := range p.Categories {
			if len(c.Errors) == 0 {
				p.report(c.Node, "the category "+diag.Quote(c.Key)+" has no codes",
					"remove it, or give it the codes that belong to it")
			}
		}
	},
}

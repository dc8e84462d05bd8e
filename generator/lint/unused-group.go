package lint

import "github.com/sigsentry/errgen/generator/diag"

var signedIn = access + codes(keyExpired) + "groups:\n  signed-in: [KEY_EXPIRED]\n"

var unusedGroup = rule{
	Rule: diag.Rule{
		Name: "unused-group",
		Reason: "A group is shorthand for the lists of operations, and nothing is generated of it. One that no operation " +
			"names, itself or by other groups, was left behind, or an operation was meant to name it and lacks its codes.",
		Bad:  signedIn + "operations:\n  getProject: [KEY_EXPIRED]\n",
		Good: signedIn + "operations:\n  getProject: [signed-in]\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, g := range p.Groups {
			if !g.Used {
				p.report(g.Node, "no operation names the group "+diag.Quote(g.Name), "remove it, or name it where it belongs")
			}
		}
	},
}

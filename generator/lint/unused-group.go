package lint

import "github.com/sigsentry/errgen/generator/diag"

var unusedGroup = rule{
	Rule: diag.Rule{
		Name: "unused-group",
		Reason: "A group is shorthand for the lists of operations, and nothing is generated of it. One that no operation " +
			"names, itself or by other groups, was left behind, or an operation was meant to name it and lacks its codes.",
		Bad: `
categories:
  access: {title: Access}
errors:
  KEY_EXPIRED:
    status: 401
    category: access
    meaning: The key is past its date
groups:
  signed-in: [KEY_EXPIRED]
operations:
  getProject: [KEY_EXPIRED]
`,
		Good: `
categories:
  access: {title: Access}
errors:
  KEY_EXPIRED:
    status: 401
    category: access
    meaning: The key is past its date
groups:
  signed-in: [KEY_EXPIRED]
operations:
  getProject: [signed-in]
`,
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

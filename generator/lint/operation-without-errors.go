package lint

import "github.com/sigsentry/errgen/generator/diag"

const listProjects = `
openapi: 3.1.0
paths:
  /projects:
    get: {operationId: listProjects}
`

var operationWithoutErrors = rule{
	Rule: diag.Rule{
		Name: "operation-without-errors",
		Reason: "The catalog says what operations can return, and the OpenAPI document has one that it does not name: its " +
			"clients learn of no error. One that returns no more than every operation is written as an empty list. The " +
			"catalog of the example has listProjects.",
		Bad:  listProjects + "    post: {operationId: createProject}\n",
		Good: listProjects,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		if len(p.Operations) == 0 {
			return
		}
		for _, api := range p.apis {
			for _, o := range api.Operations {
				switch {
				case api.Said(o) != nil:
				case o.ID == "":
					p.report(o.Node, "the operation has no operationId, and the catalog says nowhere what "+o.Method+" "+
						diag.Visible(o.Path)+" can return", "give it an operationId, and name that under `operations`")
				default:
					p.report(o.IDNode, "the catalog does not say what "+diag.Quote(o.ID)+" can return",
						"add it under `operations`; [] is for those of every operation")
				}
			}
		}
	},
}

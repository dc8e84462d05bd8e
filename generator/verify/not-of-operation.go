package verify

import (
	"slices"

	"github.com/sigsentry/errgen/generator/diag"
)

var notOfOperation = rule{
	Rule: diag.Rule{
		Name: "not-of-operation",
		Reason: "An operation lists what it can return, and clients handle exactly that: TypeScript proves " +
			"it, docs promise it. A code beyond the list falls through to whatever they do with what they " +
			"do not know.",
		Bad: `
{"method": "GET", "path": "/parcels/9", "status": 409, "headers": {"content-type": "application/json"},
 "body": {"success": false, "error": {"code": "TAKEN", "message": "There is one already"}}}
`,
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		o := p.operation
		if !p.hasCode() || p.known == nil || o == nil || slices.Contains(o.Errors, p.known) {
			return
		}
		p.report("", o.Node, "the operation "+diag.Quote(o.Key)+" answered "+p.code()+", which it does not list",
			"add the code to the operation, or send one that it lists")
	},
}

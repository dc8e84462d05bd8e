package lint

import (
	"slices"

	"github.com/sigsentry/errgen/generator/diag"
)

const service = `
categories:
  service: {title: The service}
errors:
  NOT_FOUND:
    status: 404
    category: service
    meaning: There is no such thing
  INTERNAL_ERROR:
    status: 500
    category: service
    meaning: Something broke on our side
`

var noInternalCode = rule{
	Rule: diag.Rule{
		Name: "no-internal-code",
		Reason: "Whatever an operation does can break in a way that nobody foresaw, and the server then sends the code " +
			"for errors that are not from the catalog. An operation that lacks it promises its clients too much. Under " +
			"\"*\" it stands once, for every operation.",
		Bad:  service + "operations:\n  getProject: [NOT_FOUND]\n",
		Good: service + "operations:\n  \"*\": [INTERNAL_ERROR]\n  getProject: [NOT_FOUND]\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		if p.Internal == nil || len(p.Operations) == 0 {
			return
		}
		code := p.Internal.Code
		hint := "list " + code + ` under "*", which stands for every operation`
		if len(p.Internal.Operations) == 0 {
			p.report(p.Document.Root.Get("operations"), "no operation can return "+code+
				", which stands for errors that are not from the catalog", hint)
			return
		}
		for _, o := range p.Operations {
			if !slices.Contains(o.Errors, p.Internal) {
				p.report(o.Node, "the operation "+diag.Quote(o.Key)+" cannot return "+code+
					", which stands for errors that are not from the catalog", hint)
			}
		}
	},
}

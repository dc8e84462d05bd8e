package lint

import (
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var limitReached = codes(code("LIMIT_REACHED", 403, "The plan allows no more projects", "details:",
	"  type: object", "  required: [limit]",
	"  properties: {limit: {type: integer, description: How many the plan allows}}", "examples: [{details: {limit: 3}}]"))

var notInEnvelope = rule{
	Rule: diag.Rule{
		Name: "not-in-envelope",
		Reason: "What the envelope has no place for is never sent: a message or details that the catalog describes are " +
			"lost on the way, and clients that are generated from it wait for them in vain.",
		Bad: "\ninfo: {title: Errors, envelope: {body: {code: \"{code}\", text: \"{message}\"}}}\n" + limitReached,
		Good: "\ninfo: {title: Errors, envelope: {body: {code: \"{code}\", text: \"{message}\", details: \"{details}\"}}}\n" +
			limitReached,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		lost := func(n *document.Node, what string) {
			if n != nil && !p.Envelope.Uses[what] {
				p.report(n, what+" has no place in the envelope", `write "{`+what+`}" where the body has it`)
			}
		}
		for _, s := range p.Shared {
			lost(s.Said.Node, "details")
		}
		for _, e := range p.Errors {
			lost(e.Node.Get("message"), "message")
			lost(e.Node.Get("details"), "details")
		}
	},
}

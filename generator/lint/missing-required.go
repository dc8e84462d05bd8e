package lint

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var missingRequired = rule{
	Rule: diag.Rule{
		Name: "missing-required",
		Reason: "JSON Schema takes every property for optional that `required` does not list. Where it was forgotten, each " +
			"client has to look whether each value is there, in code that nobody tests, and servers may leave all of them " +
			"out. Where all may be absent indeed, `required: []` says so.",
		Bad:  "\n" + planLimitBut("    required: [limit]\n", "") + limitExample,
		Good: "\n" + planLimit + limitExample,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		seen := map[*document.Node]bool{}
		look := func(whole, said *catalog.Schema) {
			said = said.Resolve()
			if seen[said.Node] || said.Node.Get("required") != nil || whole.Resolve().Insists() {
				return
			}
			seen[said.Node] = true
			p.report(said.Node, "no property of the details is required",
				"add required: ["+said.Properties[0].Name+"], or required: [] if all may be absent")
		}
		for _, s := range p.Shared {
			look(s.Schema, s.Said)
		}
		for _, e := range p.Errors {
			if e.OwnDetails != nil && len(e.OwnDetails.Resolve().Properties) > 0 {
				look(e.Details, e.OwnDetails)
			}
		}
	},
}

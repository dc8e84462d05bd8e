package lint

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

const limitType = `types:
  Limit:
    type: object
    required: [count]
    properties: {count: {type: integer, description: Requests a day}}
`

var unusedType = rule{
	Rule: diag.Rule{
		Name: "unused-type",
		Reason: "A type that no details lead to is never sent, and is generated and documented all the same: people write " +
			"code for it. It was left behind when its last use went, or a schema repeats what it says in place of a " +
			"reference to it.",
		Bad: access + codes(code("PLAN_LIMIT", 403, "The plan does not allow more")) + limitType,
		Good: access + codes(code("PLAN_LIMIT", 403, "The plan does not allow more",
			`details: {$ref: "#/types/Limit"}`, "examples: [{details: {count: 100}}]")) + limitType,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		used := map[*catalog.Type]bool{}
		for _, s := range p.Shared {
			use(s.Said, used)
		}
		for _, e := range p.Errors {
			if e.OwnDetails != nil {
				use(e.OwnDetails, used)
			}
		}
		report := func(types []*catalog.Type, kind string) {
			for _, t := range types {
				if !used[t] {
					p.report(t.Schema.Node, kind+diag.Quote(t.Name)+" is used by no details",
						"remove it, or refer to it where its values are sent")
				}
			}
		}
		report(p.Types, "the type ")
		for _, e := range p.Errors {
			if e.OwnDetails != nil {
				report(e.OwnDetails.Defs, "the definition ")
			}
		}
	},
}

// use marks the types that a schema leads to.
func use(s *catalog.Schema, used map[*catalog.Type]bool) {
	s.Walk(func(s *catalog.Schema) {
		if s.Target != nil && !used[s.Target] {
			used[s.Target] = true
			use(s.Target.Schema, used)
		}
	})
}

package lint

import (
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var missingDescription = rule{
	Rule: diag.Rule{
		Name: "missing-description",
		Reason: "Details are what a program reads when a code alone does not say enough. The name of a property does not " +
			"tell its unit, its time zone, when it is absent or what it refers to; its description goes into every " +
			"editor and into the API's reference. A reference to a shared type that has a description needs none of its " +
			"own.",
		Bad:  "\n" + planLimitBut(", description: Requests a day that the plan allows", "") + limitExample,
		Good: "\n" + planLimit + limitExample,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		p.EachSchema(func(s *catalog.Schema) {
			var bare []string
			var first *document.Node
			for _, property := range s.Properties {
				if described(property.Schema) {
					continue
				}
				if first == nil {
					first = property.Schema.Node
				}
				bare = append(bare, diag.Quote(property.Name))
			}
			switch len(bare) {
			case 0:
			case 1:
				p.report(first, "the property "+bare[0]+" has no description", "add description")
			default:
				last := len(bare) - 1
				p.report(first, "the properties "+strings.Join(bare[:last],
					", ")+" and "+bare[last]+" have no description", "add description to each")
			}
		})
	},
}

// described reports whether a schema, or a type that it refers to, has a description.
func described(s *catalog.Schema) bool {
	for s.Description.IsEmpty() && s.Kind == catalog.Ref {
		s = s.Target.Schema
	}
	return !s.Description.IsEmpty()
}

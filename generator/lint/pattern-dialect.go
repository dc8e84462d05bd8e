package lint

import (
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/regex"
)

var patternDialect = rule{
	Rule: diag.Rule{
		Name: "pattern-dialect",
		Reason: "A pattern is passed on to clients in many languages; JSON Schema takes it for JavaScript's regular " +
			"expressions (ECMA-262, with the flag u). Go reads some things that JavaScript refuses, such as flags inside " +
			"the pattern, (?P<name>…), [[:alpha:]] or a brace that counts nothing. A client in JavaScript throws as soon " +
			"as it compiles such a pattern. Nearly all of them have a spelling that both read alike.",
		Bad: `
INVALID_NAME:
  status: 400
  category: access
  meaning: The name holds what a name cannot
  details:
    type: object
    required: [name]
    properties:
      name: {type: string, description: As it was sent, pattern: '(?i)^[a-z]+$'}
  examples: [{details: {name: x}}]
`,
		Good: `
INVALID_NAME:
  status: 400
  category: access
  meaning: The name holds what a name cannot
  details:
    type: object
    required: [name]
    properties:
      name: {type: string, description: As it was sent, pattern: '^[A-Za-z]+$'}
  examples: [{details: {name: x}}]
`,
	},
	severity: diag.Error,
	check: func(p *pass) {
		for _, pattern := range p.patterns() {
			for _, d := range regex.Differences(pattern.text) {
				for _, n := range pattern.nodes {
					var edits []diag.Edit
					if d.Exact {
						edits = p.replace(n, d.Start, d.End, d.Portable)
					}
					p.report(n, "JavaScript does not read "+diag.Quote(d.Text)+" as Go does", "write "+d.Portable,
						edits...)
				}
			}
		}
	},
}

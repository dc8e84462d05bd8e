package lint

import (
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/regex"
)

var patternWhitespace = rule{
	Rule: diag.Rule{
		Name: "pattern-whitespace",
		Reason: "`\\s` is five characters to Go, and twenty-five to JavaScript, where it also matches the no-break space " +
			"that people paste from web pages. A value that one side accepts the other refuses. A class says which " +
			"characters are meant, to both of them.",
		Bad: `
INVALID_NAME:
  status: 400
  category: access
  meaning: The name holds what a name cannot
  details:
    type: object
    required: [name]
    properties:
      name: {type: string, description: As it was sent, pattern: '^\S+$'}
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
      name: {type: string, description: As it was sent, pattern: '^[^ \t\r\n]+$'}
  examples: [{details: {name: x}}]
`,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, pattern := range p.patterns() {
			escape := regex.WhitespaceEscape(pattern.text)
			if escape == "" {
				continue
			}
			for _, n := range pattern.nodes {
				p.report(n, diag.Quote(escape)+" matches other characters in JavaScript than in Go",
					`write the characters that are meant, such as [ \t\r\n]`)
			}
		}
	},
}

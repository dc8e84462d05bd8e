package lint

import "github.com/sigsentry/errgen/generator/diag"

// What all patterns of a catalog together may cost to look at, in steps of the search: a fraction of a second. What is beyond is passed over.
const patternBudget = 20_000_000

var slowPattern = Rule{
	Name: "slow-pattern",
	Doc: "Go matches every pattern in linear time. JavaScript, Python, Java and others try one way after another, and where a loop can match the same text in several ways, as in (a+)+ or (\\w|\\d)*, " +
		"each further character doubles the ways: a text of thirty characters that does not match takes seconds, one of fifty takes years. " +
		"Whoever can send such a text stops every program that checks it. Rewrite the loop so that each character can be matched in one way only.",
	Bad: `
INVALID_NAME:
  status: 400
  category: access
  meaning: The name holds what a name cannot
  details:
    type: object
    properties:
      name: {type: string, description: As it was sent, pattern: '^([a-z]+-?)+$'}
  examples: [{details: {name: x}}]
`,
	Good: `
INVALID_NAME:
  status: 400
  category: access
  meaning: The name holds what a name cannot
  details:
    type: object
    properties:
      name: {type: string, description: As it was sent, pattern: '^[a-z]+(-[a-z]+)*-?$'}
  examples: [{details: {name: x}}]
`,
	Default: Warning,
	check: func(p *pass) {
		budget := patternBudget
		for _, pattern := range p.patterns() {
			loop := ambiguousLoop(pattern.text, &budget)
			if loop == "" {
				continue
			}
			for _, n := range pattern.nodes {
				p.report(n, "the loop "+diag.Quote(loop)+" can match one text in many ways, so that a failure takes exponential time", "let each character be matched in one way only")
			}
		}
	},
}

package lint

import (
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/regex"
)

// invalidName is a code with a pattern in its details.
func invalidName(pattern string) string {
	return code("INVALID_NAME", 400, "The name holds what a name cannot",
		requiring("name", "{type: string, description: As it was sent, pattern: '"+pattern+"'}"),
		"examples: [{details: {name: x}}]")
}

var patternDialect = rule{
	Rule: diag.Rule{
		Name: "pattern-dialect",
		Reason: "A pattern is passed on to clients in many languages; JSON Schema takes it for JavaScript's regular " +
			"expressions (ECMA-262, with the flag u). Go reads some things that JavaScript refuses, such as flags inside " +
			"the pattern, (?P<name>…), [[:alpha:]] or a brace that counts nothing. A client in JavaScript throws as soon " +
			"as it compiles such a pattern. Nearly all of them have a spelling that both read alike.",
		Bad:  "\n" + invalidName("(?i)^[a-z]+$"),
		Good: "\n" + invalidName("^[A-Za-z]+$"),
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

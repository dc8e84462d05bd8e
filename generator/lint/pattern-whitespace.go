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
		Bad:  "\n" + invalidName(`^\S+$`),
		Good: "\n" + invalidName(`^[^ \t\r\n]+$`),
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

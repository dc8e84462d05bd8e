package lint

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var missingSymbol = rule{
	Rule: diag.Rule{
		Name: "missing-symbol",
		Reason: "A number says nothing to those who read code: `CodeCardExpired` is understood where `Code40201` has to " +
			"be looked up. With a `symbol` every language has a name for the code, and the wire keeps the number. A " +
			"symbol that comes later renames what people have in their code.",
		Bad: `
info: {title: Errors, codeStyle: digits}
errors:
  40201: {status: 402, category: access, meaning: The card has expired}
`,
		Good: `
info: {title: Errors, codeStyle: digits}
errors:
  40201: {status: 402, category: access, meaning: The card has expired, symbol: CardExpired}
`,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		isNumber := catalog.CodeStyle("digits").Valid
		for _, e := range p.Errors {
			if isNumber(e.Code) && e.Symbol == "" && len(e.Names) == 0 {
				p.report(e.Node, "the code "+e.Code+" has no symbol", "add symbol: a name such as CardExpired")
			}
		}
	},
}

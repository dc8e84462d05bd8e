package verify

import "github.com/sigsentry/errgen/generator/diag"

var undocumentedCode = rule{
	Rule: diag.Rule{
		Name: "undocumented-code",
		Reason: "A code that the catalog does not have is in no docs and in no client: whoever meets it can " +
			"only guess. Mostly it is a misspelling or a code that was added in the server alone; a " +
			"retired one means that a server still sends what clients were told is gone.",
		Bad:  fineBut("NOT_FOUND", "NOT_FUND"),
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		if !p.hasCode() || p.known != nil {
			return
		}
		retired := p.catalog.RetiredByCode[p.sent.Code]
		if retired == nil {
			p.report("", nil, "the code "+p.code()+p.from("of")+" is not in the catalog", p.nearCode())
			return
		}
		hint := "send another code, or take it out of `retired`"
		if retired.Use != nil {
			hint = "send " + diag.Quote(retired.Use.Code)
		}
		p.report("", retired.Node, "the code "+p.code()+p.from("of")+" is retired", hint)
	},
}

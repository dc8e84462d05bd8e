package lint

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var missingRecovery = rule{
	Rule: diag.Rule{
		Name: "missing-recovery",
		Reason: "Whoever meets an error wants to know what to do next. Where most codes of a category say it, a reader of " +
			"the docs page takes the empty cell for an oversight, and has nothing to go by. A category in which few " +
			"codes have a recovery is left alone: its meanings may say it all.",
		Bad: "\n" + code("KEY_EXPIRED", 401, "The key has expired", "recovery: Create a new key") + keyRevoked,
		Good: "\n" + code("KEY_EXPIRED", 401, "The key has expired", "recovery: Create a new key") + keyRevoked +
			"  recovery: Ask the owner for a new key\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		with := map[*catalog.Category]int{}
		for _, e := range p.Errors {
			if !e.Recovery.IsEmpty() {
				with[e.Category]++
			}
		}
		for _, e := range p.Errors {
			if others := len(e.Category.Errors) - 1; e.Recovery.IsEmpty() && with[e.Category]*2 > others {
				message := e.Code + " has no recovery, as most of the category " + diag.Quote(e.Category.Key) + " have"
				p.report(e.Node, message, "add recovery: what the caller can do")
			}
		}
	},
}

package lint

import "github.com/sigsentry/errgen/generator/diag"

var unusedAllowance = rule{
	Rule: diag.Rule{
		Name: "unused-allowance",
		Reason: "`# errgen:allow RULE reason` silences a rule for one entry. When the rule has nothing to say there any " +
			"more, the comment tells readers of a problem that is gone, and would hide the next one. An allowance of a " +
			"rule that is off is left alone.",
		Bad:  allowed + keyExpired,
		Good: allowed + rateLimited,
	},
	severity: diag.Warning,
}

package lint

import "github.com/sigsentry/errgen/generator/diag"

var invalidAllowance = rule{
	Rule: diag.Rule{
		Name: "invalid-allowance",
		Reason: "`# errgen:allow RULE reason` silences a rule for one entry of `errors`, `categories`, `types` or " +
			"`retired`: it stands behind the entry's key, directly above it, or inside the entry. It names one rule that " +
			"exists, and says why the rule is wrong there, for whoever reads the catalog next.",
		Bad:  "\n# errgen:allow missing-retry-after\n" + rateLimited,
		Good: allowed + rateLimited,
	},
	severity: diag.Error,
}

package lint

import "github.com/sigsentry/errgen/generator/diag"

var unusedCode = rule{
	Rule: diag.Rule{
		Name: "unused-code",
		Reason: "The catalog says what each operation can return, and none returns this code: an operation lacks it, so " +
			"that its clients do not expect it, or no server sends the code any more. The code for errors that are not " +
			"from the catalog is left to no-internal-code.",
		Bad:  access + codes(keyExpired, keyRevoked) + "operations:\n  getProject: [KEY_EXPIRED]\n",
		Good: access + codes(keyExpired, keyRevoked) + "operations:\n  getProject: [KEY_EXPIRED, KEY_REVOKED]\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		if len(p.Operations) == 0 {
			return
		}
		for _, e := range p.Errors {
			if len(e.Operations) == 0 && e != p.Internal {
				p.report(e.Node, "no operation returns "+e.Code,
					"add it to the operations that do, or move it to `retired` if no server sends it any more")
			}
		}
	},
}

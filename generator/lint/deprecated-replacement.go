package lint

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var deprecatedReplacement = rule{
	Rule: diag.Rule{
		Name: "deprecated-replacement",
		Reason: "`use` tells people where to go. If it names a code that is deprecated itself, they change their code " +
			"twice; if two codes name each other, they never arrive.",
		Bad: "\n" + keyExpired + tokenExpired + "  deprecated: {use: KEY_EXPIRED}\n" +
			code("SESSION_EXPIRED", 401, "The session is past its date", "deprecated: {use: TOKEN_EXPIRED}"),
		Good: "\n" + keyExpired + tokenExpired + "  deprecated: {use: KEY_EXPIRED}\n" +
			code("SESSION_EXPIRED", 401, "The session is past its date", "deprecated: {use: KEY_EXPIRED}"),
	},
	severity: diag.Warning,
	check: func(p *pass) {
		look := func(d catalog.Deprecation) {
			use := d.Use
			if use == nil || use.Deprecated == nil {
				return
			}
			hint := "name a code that stays"
			if next := use.Deprecated.Use; next != nil && next.Deprecated == nil {
				hint = "name " + next.Code + ", which takes the place of both"
			}
			p.report(d.Node.Get("use"), use.Code+" is deprecated itself", hint)
		}
		for _, e := range p.Errors {
			if e.Deprecated != nil {
				look(*e.Deprecated)
			}
		}
		for _, r := range p.Retired {
			look(r.Deprecation)
		}
	},
}

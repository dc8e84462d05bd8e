package verify

import "github.com/sigsentry/errgen/generator/diag"

var noRetryAfter = rule{
	Rule: diag.Rule{
		Name: "no-retry-after",
		Reason: "The catalog promises that the code comes with Retry-After (RFC 9110 section 10.2.3), and " +
			"clients wait as long as it says. Without the header, or with one that is neither a number of " +
			"seconds nor a date, each of them guesses: too early, or far too late.",
		Bad: `
{"method": "GET", "path": "/parcels", "status": 429, "headers": {"content-type": "application/json"},
 "body": {"success": false, "error": {"code": "SLOW_DOWN", "message": "Too many requests"}}}
`,
		Good: `
{"method": "GET", "path": "/parcels", "status": 429,
 "headers": {"content-type": "application/json", "retry-after": "3"},
 "body": {"success": false, "error": {"code": "SLOW_DOWN", "message": "Too many requests"}}}
`,
	},
	severity: diag.Error,
	check: func(p *pass) {
		if !p.hasCode() || p.known == nil || !p.known.RetryAfter || p.Headers == nil {
			return
		}
		at := p.entry("retryAfter")
		const hint = "send a number of seconds, or remove retryAfter from the catalog"
		switch value := p.Header("Retry-After"); {
		case value == "":
			p.report("", at, p.code()+" came without Retry-After"+p.from("from"), hint)
		case !isDelay(value):
			p.report("unreadable", at, p.code()+" came with a Retry-After that says nothing"+p.from("from"), hint)
		}
	},
}

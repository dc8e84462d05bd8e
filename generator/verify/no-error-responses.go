package verify

import "github.com/sigsentry/errgen/generator/diag"

var noErrorResponses = rule{
	Rule: diag.Rule{
		Name: "no-error-responses",
		Reason: "A run that looks at no error says nothing, whatever it prints: a wrong pattern, a recorder " +
			"that is not on, or a test suite without a single failure would pass for ever. The way out is " +
			"to record where errors are, or to widen --host and --path.",
		Bad: `
{"method": "GET", "path": "/parcels/1", "status": 200,
 "body": {"id": "1"}}
`,
		Good: fine,
	},
	severity: diag.Error,
}

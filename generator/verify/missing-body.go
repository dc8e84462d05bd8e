package verify

import "github.com/sigsentry/errgen/generator/diag"

var missingBody = rule{
	Rule: diag.Rule{
		Name: "missing-body",
		Reason: "Without a body there is nothing to hold against the catalog but the status. Browsers and " +
			"recorders leave bodies out unless they are told to keep them: recordHar of Playwright takes " +
			"content: \"embed\", and the network panel of a browser exports a HAR \"with content\". A body " +
			"that was cut short counts as missing. It is said once for each file.",
		Bad: `
{"method": "GET", "path": "/parcels/9", "status": 404}
`,
		Good: fine,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		if !p.isRecorded() && !p.isHead() {
			p.reportFile("the capture lacks the bodies of errors", "record them too, see `errgen verify --help`")
		}
	},
}

package verify

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/wire"
)

var notAnEnvelope = rule{
	Rule: diag.Rule{
		Name: "not-an-envelope",
		Reason: "Clients read errors as JSON. What a router, a proxy or a crashed handler answers by itself " +
			"is text or HTML: clients see no code there, only the status, and nobody can tell what went " +
			"wrong. Let the server send its errors for unknown paths and methods too. Where something " +
			"else answers that cannot be changed, leave it out with --ignore-path, or set the level of " +
			"this rule in errgen.yaml.",
		Bad: `
{"method": "GET", "path": "/parcels/9", "status": 502, "headers": {"content-type": "text/html"},
 "body": "<h1>Bad Gateway</h1>"}
`,
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		if !p.isError || !p.isRecorded() || p.body != nil || p.isHead() {
			return
		}
		says := cmp.Or(p.where, "a server")
		if p.Host != "" {
			says += " at " + capture.Shorten(p.Host)
		}
		says += fmt.Sprintf(" answers %d", p.Status)
		switch {
		case len(p.Body) == 0:
			says += " without a body"
		case len(p.Body) > wire.MaxBody:
			says += " with more than clients read"
		case p.Headers == nil || p.typeWords() == "JSON":
			says += " with what is no JSON: " + diag.Quote(string(p.Body))
		default:
			says += " with " + p.typeWords() + ": " + diag.Quote(string(p.Body))
		}
		p.report(p.Host+" "+strconv.Itoa(p.Status), nil, says,
			"send the envelope, or leave this out: --ignore-path, or verify.rules in errgen.yaml")
	},
}

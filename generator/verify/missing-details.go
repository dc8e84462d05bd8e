package verify

import (
	"cmp"

	"github.com/sigsentry/errgen/generator/diag"
)

var missingDetails = rule{
	Rule: diag.Rule{
		Name: "missing-details",
		Reason: "Clients are told that the code carries details, and have a type for them: the fields that " +
			"failed, the limit that was hit. Code that reads them without a second look fails where there " +
			"are none.",
		Bad:  fineBut(`, "details": {"id": "9"}`, ""),
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		read := p.catalog.Envelope.Reads.Details
		if !p.hasCode() || p.known == nil || p.known.Details == nil || p.body == nil || read == nil ||
			p.sent.Details != nil || read.Spread && !p.known.Details.Resolve().Insists() {
			return
		}
		p.report("", p.entry("details"), p.code()+" came without details"+p.from("from"),
			"send them at "+cmp.Or(read.Path, "the top of the body"))
	},
}

package verify

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/sigsentry/errgen/generator/diag"
)

var wrongEnvelope = rule{
	Rule: diag.Rule{
		Name: "wrong-envelope",
		Reason: "A client reads the code, the message and the rest where info.envelope says that they are. " +
			"What is elsewhere, of another type or not as the constants say is lost to it, or makes it " +
			"take an error for something else.",
		Bad: `
{"method": "GET", "path": "/parcels/9", "status": 401, "headers": {"content-type": "application/json"},
 "body": {"error": "unauthorized"}}
`,
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		if !p.isError || p.body == nil {
			return
		}
		at := p.envelopeNode()
		if p.sent.Code == "" {
			says := fmt.Sprintf("%s answers %d without a code at %s", cmp.Or(p.where, "a server"), p.Status,
				p.catalog.Envelope.Reads.Code.Path)
			p.report(strconv.Itoa(p.Status), at, says,
				"send the envelope, say in info.envelope what is sent, or leave this out: --ignore-path")
			return
		}
		for _, m := range p.fit.Misfits {
			what := cmp.Or(m.Path, "the body")
			p.report(m.Path, at, what+" "+m.Says+": "+p.code()+p.from("from"),
				"send the envelope, or say in info.envelope what is sent")
		}
	},
}

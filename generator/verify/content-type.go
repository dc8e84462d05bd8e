package verify

import (
	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/diag"
)

var contentType = rule{
	Rule: diag.Rule{
		Name: "content-type",
		Reason: "Many clients parse a body only if its type says that it is JSON: sent as text/plain or " +
			"text/html, an error with a perfect body reaches nobody. The type that is promised stands in " +
			"info.envelope, and is application/json by default; a charset behind it does not count.",
		Bad:  fineBut("application/json", "text/plain; charset=utf-8"),
		Good: fineBut("application/json", "application/json; charset=utf-8"),
	},
	severity: diag.Error,
	check: func(p *pass) {
		expected := p.catalog.Envelope.ContentType
		if !p.hasCode() || p.Headers == nil || capture.MediaType(p.Header("Content-Type")) == capture.MediaType(expected) {
			return
		}
		words := "came as " + p.typeWords()
		if p.Header("Content-Type") == "" {
			words = "came without a content type"
		}
		p.report("", p.envelopeNode(), p.code()+" "+words+p.from("from")+", expected "+expected,
			"set the header Content-Type, or say contentType in info.envelope")
	},
}

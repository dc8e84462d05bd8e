package verify

import (
	"strconv"

	"github.com/sigsentry/errgen/generator/diag"
)

var wrongStatus = rule{
	Rule: diag.Rule{
		Name: "wrong-status",
		Reason: "Docs, OpenAPI and clients go by the status that the catalog gives to a code: caches, retries " +
			"and alerts do so too. A response with another status is taken for something else before " +
			"anybody reads its code.",
		Bad:  fineBut("404", "400"),
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		if !p.hasCode() || p.known == nil || p.known.Status.Allows(p.Status) {
			return
		}
		status, expected := strconv.Itoa(p.Status), p.known.Status.String()
		p.report(status, p.entry("status"), p.code()+" came with "+status+p.from("from")+", expected "+expected,
			"send that status, or list this one too")
	},
}

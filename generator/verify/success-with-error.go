package verify

import (
	"cmp"
	"strconv"

	"github.com/sigsentry/errgen/generator/diag"
)

var successWithError = rule{
	Rule: diag.Rule{
		Name: "success-with-error",
		Reason: "Clients look at the status first. An error that comes with 200 is handed on as a result, and " +
			"fails far from its cause with a message about a missing property. An API that means to " +
			"answer so says it: status: 200 in the catalog lets clients look into successes.",
		Bad:  fineBut("404", "200"),
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		if p.isError {
			return
		}
		status := strconv.Itoa(p.Status)
		p.report(status, p.entry("status"), cmp.Or(p.where, "a server")+" answers "+status+" with the error "+p.code(),
			"send the status of the error")
	},
}

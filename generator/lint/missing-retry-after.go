package lint

import (
	"slices"

	"github.com/sigsentry/errgen/generator/diag"
)

var missingRetryAfter = rule{
	Rule: diag.Rule{
		Name: "missing-retry-after",
		Reason: "429 tells a client to wait, and Retry-After tells it how long (RFC 6585 section 4). Without the header " +
			"every client guesses: some come back at once and make the overload worse, others wait for minutes that " +
			"nobody asked for. With `retryAfter: true` the constructor takes the delay, so that no server forgets to " +
			"send it.",
		Bad:  "\n" + rateLimited,
		Good: "\n" + rateLimited + "  retryAfter: true\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, e := range p.Errors {
			if slices.Contains(e.Status.Listed, 429) && !e.RetryAfter {
				p.report(e.Node.Get("status"), "the status 429 comes without Retry-After",
					"add retryAfter: true, and send the header")
			}
		}
	},
}

package lint

import (
	"fmt"
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var resourceLocked = code("RESOURCE_LOCKED", 409, "Another change of the resource is under way", "retryable: true")

var retryWithoutDelay = rule{
	Rule: diag.Rule{
		Name: "retry-without-delay",
		Reason: "A 4xx says that the request itself is at fault; the same request succeeds later only because something " +
			"else has changed meanwhile. When that may be, only the server knows. A client that is told to retry and not " +
			"when tries again at once, in a loop. The status 429 has a rule of its own, missing-retry-after.",
		Bad:  "\n" + resourceLocked,
		Good: "\n" + resourceLocked + "  retryAfter: true\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, e := range p.Errors {
			bySelf := e.Status.Class == 5 || slices.ContainsFunc(e.Status.Listed, catalog.RetryableStatus)
			if e.Retryable && !e.RetryAfter && e.Status.Default != 0 && !bySelf {
				p.report(e.Node.Get("retryable"),
					fmt.Sprintf("the status %s is retryable, but does not say when",
						e.Status), "add retryAfter: true, and send the header")
			}
		}
	},
}

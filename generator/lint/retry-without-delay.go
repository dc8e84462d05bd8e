package lint

import (
	"fmt"

	"github.com/sigsentry/errgen/generator/diag"
)

var retryWithoutDelay = rule{
	Rule: diag.Rule{
		Name: "retry-without-delay",
		Reason: "A 4xx says that the request itself is at fault; the same request succeeds later only because something " +
			"else has changed meanwhile. When that may be, only the server knows. A client that is told to retry and not " +
			"when tries again at once, in a loop. The status 429 has a rule of its own, missing-retry-after.",
		Bad: `
RESOURCE_LOCKED:
  status: 409
  category: access
  meaning: Another change of the resource is under way
  retryable: true
`,
		Good: `
RESOURCE_LOCKED:
  status: 409
  category: access
  meaning: Another change of the resource is under way
  retryable: true
  retryAfter: true
`,
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, e := range p.Errors {
			if e.Retryable && !e.RetryAfter && e.Status < 500 && e.Status != 429 {
				p.report(e.Node.Get("retryable"),
					fmt.Sprintf("the status %d is retryable, but does not say when",
						e.Status), "add retryAfter: true, and send the header")
			}
		}
	},
}

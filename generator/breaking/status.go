package breaking

import (
	"fmt"

	"github.com/sigsentry/errgen/generator/catalog"
)

var statusChanged = rule(Rule{
	Name:   "status-changed",
	Level:  Wire,
	Breaks: "deployed clients, proxies and retry layers that go by the status act differently",
	Reason: "The status is what everything between server and client sees: caches, gateways, retry layers, and " +
		"clients that do not know the code. OpenAPI clients look for the body under the status. In TypeScript the " +
		"type of the status changes too.",
	Hint: "keep the status, or give the new case a code of its own",
	Before: `errors:
  NOT_FOUND:
    status: 404
`,
	Bad: `errors:
  NOT_FOUND:
    status: 410
`,
	Good: `errors:
  NOT_FOUND:
    status: 404
  GONE:
    status: 410
`,
})

func (c *comparison) status(b, a *catalog.Error) {
	if b.Status != a.Status {
		c.entry(statusChanged, b, a, "status",
			fmt.Sprintf("the status of %s is %d, was %d", a.Code, a.Status, b.Status))
	}
}

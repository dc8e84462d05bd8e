package breaking

import (
	"fmt"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var statusChanged = &rule{worst: Wire, Rule: diag.Rule{
	Name: "status-changed",
	Reason: "The status is what everything between server and client sees: caches, gateways, retry layers, and " +
		"clients that do not know the code. OpenAPI clients look for the body under the status. Where the " +
		"status is part of a type, that changes too.",
	Hint:   "keep the status, or give the new case a code of its own",
	Before: codes("NOT_FOUND:", "  status: 404"),
	Bad:    codes("NOT_FOUND:", "  status: 410"),
	Good:   codes("NOT_FOUND:", "  status: 404", "GONE:", "  status: 410"),
}, breaks: "deployed clients, proxies and retry layers that go by the status act differently"}

func (c *comparison) status(b, a *catalog.Error) {
	if b.Status != a.Status {
		c.entry(statusChanged, b, a, "status",
			fmt.Sprintf("the status of %s is %d, was %d", a.Code, a.Status, b.Status))
	}
}

package breaking

import (
	"cmp"
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
	if b.Status.String() != a.Status.String() {
		c.entry(statusChanged, b, a, "status",
			fmt.Sprintf("the status of %s is %s, was %s", a.Code, orAny(a.Status), orAny(b.Status)),
			orAny(b.Status), orAny(a.Status))
	}
}

// orAny returns a status as people read it.
func orAny(s catalog.Status) string { return cmp.Or(s.String(), "any") }

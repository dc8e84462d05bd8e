package breaking

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

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

var statusNarrowed = &rule{worst: Source, Rule: diag.Rule{
	Name: "status-narrowed",
	Reason: "Every status that the code comes with now is one that clients were told of before. Deployed clients are " +
		"safe. Where the statuses are part of a type, or servers send the first one by themselves, code that is compiled " +
		"again finds another.",
	Hint:   "keep the list as it is, in its order",
	Before: codes("NOT_FOUND:", "  status: [404, 410]"),
	Bad:    codes("NOT_FOUND:", "  status: [410, 404]"),
	Good:   codes("NOT_FOUND:", "  status: [404, 410]", "  since: 2025-03-01"),
}, breaks: "{languages} code that names what is gone does not compile, and servers send the first"}

// status compares the statuses of a code: what is new in the list, what is gone, and which is the first.
func (c *comparison) status(b, a *catalog.Error) {
	if b.Status.String() == a.Status.String() {
		return
	}
	fact := fmt.Sprintf("the status of %s is %s, was %s", a.Code, orAny(a.Status), orAny(b.Status))
	added, gone := beyond(a.Status, b.Status), beyond(b.Status, a.Status)
	if len(b.Status.Listed) > 1 || len(a.Status.Listed) > 1 {
		fact += differences(added, gone, b.Status, a.Status)
	}
	r := statusNarrowed
	if len(added) > 0 {
		r = statusChanged
	}
	f := finding{rule: r, at: on(a.Node, "status"), was: on(b.Node, "status"), fact: fact}
	f.from, f.to = orAny(b.Status), orAny(a.Status)
	f.within = append(append(f.at.within(), f.was.within()...), reach{b.Node, "statuses"}, reach{a.Node, "statuses"})
	c.report(f)
}

// beyond returns the statuses of one that the other does not allow.
func beyond(one, other catalog.Status) (more []string) {
	switch {
	case other.String() == "" || one.Class > 0 && one.Class == other.Class:
		return nil
	case one.Listed == nil:
		return []string{orAny(one)}
	}
	for _, status := range one.Listed {
		if status/100 != other.Class && !slices.Contains(other.Listed, status) {
			more = append(more, strconv.Itoa(status))
		}
	}
	return more
}

// differences says what has changed in a list.
func differences(added, gone []string, b, a catalog.Status) string {
	var parts []string
	if len(added) > 0 {
		parts = append(parts, "new: "+diag.And(added))
	}
	if len(gone) > 0 {
		parts = append(parts, "gone: "+diag.And(gone))
	}
	if b.Default != a.Default && a.Default != 0 {
		parts = append(parts, fmt.Sprintf("servers send %d unless they say otherwise", a.Default))
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

// orAny returns a status as people read it.
func orAny(s catalog.Status) string { return cmp.Or(s.String(), "any") }

package breaking

import (
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var codeDeprecated = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name: "code-deprecated",
	Reason: "Nothing breaks yet: constants and types stay, marked as deprecated. Where linters fail on deprecated " +
		"names, they fail now.",
	Before: codes("KEY_LOCKED:"),
	Bad:    codes("KEY_LOCKED:", "  deprecated: {since: 2025-03-01}"),
	Good:   codes("KEY_LOCKED:", "  since: 2025-03-01"),
}, breaks: "compilers and editors warn where it is named"}

var deprecationWithdrawn = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "deprecation-withdrawn",
	Reason: "A code that was on its way out stays after all. Users who moved away from it may want to know.",
	Before: codes("KEY_LOCKED:", "  deprecated: {since: 2025-03-01}"),
	Bad:    codes("KEY_LOCKED:"),
	Good:   codes("KEY_LOCKED:", `  deprecated: {since: "2025-03-01"}`),
}}

var deprecationChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "deprecation-changed",
	Reason: "The docs say something else about a deprecated code: since when, what to use instead, or why.",
	Before: codes("KEY_LOCKED:", "  deprecated: {since: 2025-03-01}"),
	Bad:    codes("KEY_LOCKED:", "  deprecated: {since: 2025-03-01, reason: Keys are not locked any more}"),
	Good:   codes("KEY_LOCKED:", `  deprecated: {since: "2025-03-01"}`),
}}

func (c *comparison) deprecation(b, a *catalog.Error) {
	switch {
	case b.Deprecated == nil && a.Deprecated == nil:
	case b.Deprecated == nil:
		c.entry(codeDeprecated, b, a, "deprecated", a.Code+" is deprecated", "", "")
	case a.Deprecated == nil:
		c.entry(deprecationWithdrawn, b, a, "deprecated", a.Code+" is not deprecated any more", "", "")
	case !c.sameDeprecation(*b.Deprecated, *a.Deprecated):
		c.entry(deprecationChanged, b, a, "deprecated", "what is said of the deprecated code "+a.Code+" has changed",
			written(on(b.Node, "deprecated")), written(on(a.Node, "deprecated")))
	}
}

func (c *comparison) sameDeprecation(b, a catalog.Deprecation) bool {
	return b.Since == a.Since && c.sameCode(b.Use, a.Use) &&
		strings.TrimSpace(b.Reason.Source()) == strings.TrimSpace(a.Reason.Source())
}

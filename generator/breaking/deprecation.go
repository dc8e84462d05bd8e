package breaking

import (
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
)

var codeDeprecated = rule(Rule{
	Name:   "code-deprecated",
	Level:  Docs,
	Minor:  true,
	Breaks: "compilers and editors warn where it is named",
	Reason: "Nothing breaks yet: constants and types stay, marked as deprecated. Where linters fail on deprecated " +
		"names, they fail now.",
	Before: `errors:
  KEY_LOCKED:
`,
	Bad: `errors:
  KEY_LOCKED:
    deprecated: {since: 2025-03-01}
`,
	Good: `errors:
  KEY_LOCKED:
    since: 2025-03-01
`,
})

var deprecationWithdrawn = rule(Rule{
	Name:   "deprecation-withdrawn",
	Level:  Docs,
	Reason: "A code that was on its way out stays after all. Users who moved away from it may want to know.",
	Before: `errors:
  KEY_LOCKED:
    deprecated: {since: 2025-03-01}
`,
	Bad: `errors:
  KEY_LOCKED:
`,
	Good: `errors:
  KEY_LOCKED:
    deprecated: {since: "2025-03-01"}
`,
})

var deprecationChanged = rule(Rule{
	Name:   "deprecation-changed",
	Level:  Docs,
	Reason: "The docs say something else about a deprecated code: since when, what to use instead, or why.",
	Before: `errors:
  KEY_LOCKED:
    deprecated: {since: 2025-03-01}
`,
	Bad: `errors:
  KEY_LOCKED:
    deprecated: {since: 2025-03-01, reason: Keys are not locked any more}
`,
	Good: `errors:
  KEY_LOCKED:
    deprecated: {since: "2025-03-01"}
`,
})

func (c *comparison) deprecation(b, a *catalog.Error) {
	switch {
	case b.Deprecated == nil && a.Deprecated == nil:
	case b.Deprecated == nil:
		c.entry(codeDeprecated, b, a, "deprecated", a.Code+" is deprecated")
	case a.Deprecated == nil:
		c.entry(deprecationWithdrawn, b, a, "deprecated", a.Code+" is not deprecated any more")
	case !c.sameDeprecation(*b.Deprecated, *a.Deprecated):
		c.entry(deprecationChanged, b, a, "deprecated", "what is said of the deprecated code "+a.Code+" has changed")
	}
}

func (c *comparison) sameDeprecation(b, a catalog.Deprecation) bool {
	return b.Since == a.Since && c.sameCode(b.Use, a.Use) &&
		strings.TrimSpace(b.Reason.Source()) == strings.TrimSpace(a.Reason.Source())
}

package breaking

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var meaningReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name: "meaning-reworded",
	Reason: "What the docs say about the code has changed; so has its message, if it has none of its own. If the " +
		"code now stands for something else, it should be a new one.",
	Before: codes("NOT_FOUND:", "  meaning: No such thing"),
	Bad:    codes("NOT_FOUND:", "  meaning: The thing does not exist, or you may not see it"),
	Good:   codes("NOT_FOUND:", "  meaning: >-", "    No such thing"),
}}

var meaningMoved = &rule{worst: Wire, Rule: diag.Rule{
	Name: "meaning-moved",
	Reason: "The code means what another code meant until now: two codes have changed places, or one has taken over " +
		"from another. Deployed clients know each by what it meant when they were built.",
	Hint:   "keep what each code means: the name is the error",
	Before: codes("NOT_FOUND:", "  meaning: There is no such thing", "GONE:", "  meaning: It was deleted"),
	Bad:    codes("NOT_FOUND:", "  meaning: It was deleted", "GONE:", "  meaning: There is no such thing"),
	Good:   codes("NOT_FOUND:", "  meaning: There is nothing like it", "GONE:", "  meaning: It was deleted"),
}, breaks: "deployed clients take it for what it meant before"}

var titleReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name: "title-reworded",
	Reason: "The short name of the code has changed, which pages and the envelopes that have a place for it show. " +
		"Clients branch on the code, never on the title.",
	Before: codes("NOT_FOUND:", "  title: Nothing there"),
	Bad:    codes("NOT_FOUND:", "  title: No such thing"),
	Good:   codes("NOT_FOUND:", "  title: Nothing there", "  since: 2025-03-01"),
}}

var descriptionReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "description-reworded",
	Reason: "What the docs say of the code at length has changed.",
	Before: codes("NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:", "  description: It may have been deleted."),
	Good:   codes("NOT_FOUND:", "  since: 2025-03-01"),
}}

var extensionChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name: "extension-changed",
	Reason: "A key that begins with x- has another value. It says nothing to errgen and is passed on to other programs, " +
		"which may act on it.",
	Before: codes("NOT_FOUND:", "  x-team: payments"),
	Bad:    codes("NOT_FOUND:", "  x-team: orders"),
	Good:   codes("NOT_FOUND:", "  x-team: payments", "  since: 2025-03-01"),
}}

var recoveryReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "recovery-reworded",
	Reason: "What a reader is told to do about the code has changed.",
	Before: codes("NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:", "  recovery: Check the identifier"),
	Good:   codes("NOT_FOUND:", "  since: 2025-03-01"),
}}

var messageReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name: "message-reworded",
	Reason: "The text that servers send for people has changed. Clients branch on the code, never on the message; " +
		"monitoring that searches logs for the old words finds them no more.",
	Before: codes("NOT_FOUND:", "  meaning: Not found"),
	Bad:    codes("NOT_FOUND:", "  meaning: Not found", "  message: Nothing was found"),
	Good:   codes("NOT_FOUND:", "  meaning: Not found", "  message: Not found"),
}}

var sinceChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "since-changed",
	Reason: "The docs name another version or day since which the code exists.",
	Before: codes("NOT_FOUND:", "  since: 2025-03-01"),
	Bad:    codes("NOT_FOUND:", "  since: 2025-03-02"),
	Good:   codes("NOT_FOUND:", `  since: "2025-03-01"`),
}}

var seeAlsoChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "see-also-changed",
	Reason: "The docs of the code refer to other codes than before.",
	Before: codes("NOT_FOUND:", "GONE:"),
	Bad:    codes("NOT_FOUND:", "  seeAlso: [GONE]", "GONE:"),
	Good:   codes("GONE:", "NOT_FOUND:"),
}}

var examplesChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "examples-changed",
	Reason: "The docs and the OpenAPI description show other examples of the response.",
	Before: codes("NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:", "  examples: [{summary: Nothing there}]"),
	Good:   codes("NOT_FOUND:", "  since: 2025-03-01"),
}}

var docsURLChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name: "docs-url-changed",
	Reason: "The address of the docs is compiled into clients, and stands in logs and messages. Those that exist " +
		"lead to the old page.",
	Hint:   "leave a redirect at the old address",
	Before: section("info", "title: Errors", "docsURL: https://docs.example.com/errors") + codes("NOT_FOUND:"),
	Bad:    section("info", "title: Errors", "docsURL: https://docs.example.com/api/errors") + codes("NOT_FOUND:"),
	Good:   section("info", "title: Errors", "docsURL: https://docs.example.com/errors") + codes("NOT_FOUND:"),
}, breaks: "deployed clients go on showing the old address of every code"}

var codeDocsURLChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name: "code-docs-url-changed",
	Reason: "The code's own address is compiled into clients, and stands in logs and messages. Those that exist lead to " +
		"the old page.",
	Hint:   "leave a redirect at the old address",
	Before: codes("NOT_FOUND:"),
	Bad:    codes("NOT_FOUND:", "  docsURL: https://docs.example.com/missing"),
	Good:   codes("NOT_FOUND:", "  since: 2025-03-01"),
}, breaks: "deployed clients go on showing the old address"}

var pageReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "page-reworded",
	Reason: "The title, summary, introduction or a section of the docs page has changed.",
	Before: section("info", "title: Errors") + codes("NOT_FOUND:"),
	Bad: section("info", "title: Errors") + codes("NOT_FOUND:") +
		section("sections", "- title: Retries", "  body: Wait, then try again."),
	Good: section("info", "title: Errors") + codes("NOT_FOUND:"),
}}

// words compares what is said of an error in the docs.
func (c *comparison) words(b, a *catalog.Error) {
	if other := c.meantBefore(b, a); other != "" {
		c.entry(meaningMoved, b, a, "meaning", a.Code+" means what "+other+" meant", b.Meaning.Plain(), a.Meaning.Plain())
	} else {
		c.word(meaningReworded, b, a, "meaning")
	}
	c.word(titleReworded, b, a, "title")
	c.word(descriptionReworded, b, a, "description")
	c.word(codeDocsURLChanged, b, a, "docsURL")
	c.extensions(b.Node, a.Node, a.Code)
	c.word(recoveryReworded, b, a, "recovery")
	if b.Message != a.Message {
		c.word(messageReworded, b, a, "message")
	}
	c.word(sinceChanged, b, a, "since")
	if len(b.Examples)+len(a.Examples) > 0 &&
		!sameValue(on(b.Node, "examples").value(), on(a.Node, "examples").value()) {
		c.entry(examplesChanged, b, a, "examples", "the examples of "+a.Code+" have changed",
			written(on(b.Node, "examples")), written(on(a.Node, "examples")))
	}
	if !slices.EqualFunc(b.SeeAlso, a.SeeAlso, c.sameCode) {
		c.entry(seeAlsoChanged, b, a, "seeAlso", "the codes that "+a.Code+" refers to have changed",
			written(on(b.Node, "seeAlso")), written(on(a.Node, "seeAlso")))
	}
}

// meantBefore returns the one code that meant what a means now, and does so no more; "" where there is none.
func (c *comparison) meantBefore(b, a *catalog.Error) string {
	errors := c.meant[meaning(a)]
	if len(errors) != 1 || errors[0] == b {
		return ""
	}
	if now := c.after.ByCode[c.codeOf(errors[0])]; now != nil && meaning(now) == meaning(a) {
		return ""
	}
	return errors[0].Code
}

// extensions compares the keys of an entry that are for other programs.
func (c *comparison) extensions(b, a *document.Node, of string) {
	for old, new := range pairs(b.Keys(), a.Keys(), func(key string) string { return key }) {
		key := cmp.Or(old, new)
		if was, is := on(b, key), on(a, key); strings.HasPrefix(key, "x-") && !sameValue(was.value(), is.value()) {
			c.report(finding{rule: extensionChanged, at: is, was: was, from: written(was), to: written(is),
				fact: key + " of " + of + " has changed"})
		}
	}
}

// word compares a text of an error as it is written.
func (c *comparison) word(r *rule, b, a *catalog.Error, key string) {
	c.text(r, on(b.Node, key), on(a.Node, key), key+" of "+a.Code)
}

// sameCode reports whether two errors, or the lack of them, are one.
func (c *comparison) sameCode(b, a *catalog.Error) bool {
	if b == nil || a == nil {
		return b == a
	}
	return c.codeOf(b) == a.Code
}

// text reports a text that has changed.
func (c *comparison) text(r *rule, was, is spot, what string) {
	before, after := said(was), said(is)
	switch {
	case before == after:
	case before == "":
		c.report(finding{rule: r, at: is, fact: "the " + what + " is new", to: after})
	case after == "":
		c.report(finding{rule: r, at: is, was: was, fact: "the " + what + " is gone", from: before})
	default:
		c.report(finding{rule: r, at: is, was: was, fact: "the " + what + " has changed", from: before, to: after})
	}
}

// said returns the text at a spot.
func said(s spot) string {
	if n := s.value(); n != nil {
		return strings.TrimSpace(n.Text)
	}
	return ""
}

// sameValue reports whether two values look the same: the order of keys counts, since it shows in the docs.
func sameValue(b, a *document.Node) bool {
	if b == nil || a == nil {
		return b == a
	}
	if b.Kind != a.Kind || b.Text != a.Text || b.Len() != a.Len() {
		return false
	}
	for i := range b.Len() {
		if b.Kind == document.Map && b.Key(i).Text != a.Key(i).Text || !sameValue(b.Item(i), a.Item(i)) {
			return false
		}
	}
	return true
}

// info compares what is not about any code.
func (c *comparison) info() {
	for _, key := range []string{"title", "summary", "intro"} {
		c.text(pageReworded, top(c.before, "info", key), top(c.after, "info", key), key+" of the catalog")
	}
	c.extensions(top(c.before, "info").value(), top(c.after, "info").value(), "the catalog")
	c.text(docsURLChanged, top(c.before, "info", "docsURL"), top(c.after, "info", "docsURL"), "address of the docs")
	if was, is := top(c.before, "sections"), top(c.after, "sections"); !sameValue(was.value(), is.value()) {
		c.report(finding{rule: pageReworded, at: is, was: was, from: written(was), to: written(is),
			fact: "the sections of the docs page have changed"})
	}
}

// written returns the value at a spot as an acceptance holds it: text as it is, lists and maps as JSON.
func written(s spot) string {
	n := s.value()
	if n == nil || n.Kind != document.List && n.Kind != document.Map {
		return said(s)
	}
	text, err := n.MarshalJSON()
	if err != nil {
		return ""
	}
	return string(text)
}

// short returns text as one can read it in an acceptance: of a long one the beginning, and what tells it from others.
func short(text string) string {
	const longest, shown = 60, 40
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	sum := sha256.Sum256([]byte(text))
	return string(runes[:shown]) + "… " + hex.EncodeToString(sum[:4])
}

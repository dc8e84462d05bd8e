package breaking

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

var meaningReworded = rule(Rule{
	Name:  "meaning-reworded",
	Level: Docs,
	Reason: "What the docs say about the code has changed; so has its message, if it has none of its own. If the " +
		"code now stands for something else, it should be a new one.",
	Before: `errors:
  NOT_FOUND:
    meaning: No such thing
`,
	Bad: `errors:
  NOT_FOUND:
    meaning: The thing does not exist, or you may not see it
`,
	Good: `errors:
  NOT_FOUND:
    meaning: >-
      No such thing
`,
})

var recoveryReworded = rule(Rule{
	Name:   "recovery-reworded",
	Level:  Docs,
	Reason: "What a reader is told to do about the code has changed.",
	Before: `errors:
  NOT_FOUND:
`,
	Bad: `errors:
  NOT_FOUND:
    recovery: Check the identifier
`,
	Good: `errors:
  NOT_FOUND:
    since: 2025-03-01
`,
})

var messageReworded = rule(Rule{
	Name:  "message-reworded",
	Level: Docs,
	Reason: "The text that servers send for people has changed. Clients branch on the code, never on the message; " +
		"monitoring that searches logs for the old words finds them no more.",
	Before: `errors:
  NOT_FOUND:
    meaning: Not found
`,
	Bad: `errors:
  NOT_FOUND:
    meaning: Not found
    message: Nothing was found
`,
	Good: `errors:
  NOT_FOUND:
    meaning: Not found
    message: Not found
`,
})

var sinceChanged = rule(Rule{
	Name:   "since-changed",
	Level:  Docs,
	Reason: "The docs name another version or day since which the code exists.",
	Before: `errors:
  NOT_FOUND:
    since: 2025-03-01
`,
	Bad: `errors:
  NOT_FOUND:
    since: 2025-03-02
`,
	Good: `errors:
  NOT_FOUND:
    since: "2025-03-01"
`,
})

var seeAlsoChanged = rule(Rule{
	Name:   "see-also-changed",
	Level:  Docs,
	Reason: "The docs of the code refer to other codes than before.",
	Before: `errors:
  NOT_FOUND:
  GONE:
`,
	Bad: `errors:
  NOT_FOUND:
    seeAlso: [GONE]
  GONE:
`,
	Good: `errors:
  GONE:
  NOT_FOUND:
`,
})

var examplesChanged = rule(Rule{
	Name:   "examples-changed",
	Level:  Docs,
	Reason: "The docs and the OpenAPI description show other examples of the response.",
	Before: `errors:
  NOT_FOUND:
`,
	Bad: `errors:
  NOT_FOUND:
    examples: [{summary: Nothing there}]
`,
	Good: `errors:
  NOT_FOUND:
    since: 2025-03-01
`,
})

var docsURLChanged = rule(Rule{
	Name:   "docs-url-changed",
	Level:  Docs,
	Breaks: "deployed clients go on showing the old address of every code",
	Reason: "The address of the docs is compiled into clients, and stands in logs and messages. Those that exist " +
		"lead to the old page.",
	Hint: "leave a redirect at the old address",
	Before: `info:
  title: Errors
  docsURL: https://docs.example.com/errors
errors:
  NOT_FOUND:
`,
	Bad: `info:
  title: Errors
  docsURL: https://docs.example.com/api/errors
errors:
  NOT_FOUND:
`,
	Good: `info:
  title: Errors
  docsURL: https://docs.example.com/errors
errors:
  NOT_FOUND:
`,
})

var pageReworded = rule(Rule{
	Name:   "page-reworded",
	Level:  Docs,
	Reason: "The title, summary, introduction or a section of the docs page has changed.",
	Before: `info:
  title: Errors
errors:
  NOT_FOUND:
`,
	Bad: `info:
  title: Errors
errors:
  NOT_FOUND:
sections:
  - title: Retries
    body: Wait, then try again.
`,
	Good: `info:
  title: Errors
errors:
  NOT_FOUND:
`,
})

// words compares what is said of an error in the docs.
func (c *comparison) words(b, a *catalog.Error) {
	c.word(meaningReworded, b, a, "meaning", b.Meaning.Source() != a.Meaning.Source())
	c.word(recoveryReworded, b, a, "recovery", b.Recovery.Source() != a.Recovery.Source())
	c.word(messageReworded, b, a, "message", b.Message != a.Message)
	c.word(sinceChanged, b, a, "since", b.Since != a.Since)
	if len(b.Examples)+len(a.Examples) > 0 &&
		!sameValue(on(b.Node, "examples").value(), on(a.Node, "examples").value()) {
		c.entry(examplesChanged, b, a, "examples", "the examples of "+a.Code+" have changed")
	}
	if !slices.EqualFunc(b.SeeAlso, a.SeeAlso, c.sameCode) {
		c.entry(seeAlsoChanged, b, a, "seeAlso", "the codes that "+a.Code+" refers to have changed")
	}
}

// word compares a text of an error as it is written, if it may differ.
func (c *comparison) word(r *Rule, b, a *catalog.Error, key string, differs bool) {
	if differs {
		c.text(r, on(b.Node, key), on(a.Node, key), key+" of "+a.Code)
	}
}

// sameCode tells whether two errors, or the lack of them, are one.
func (c *comparison) sameCode(b, a *catalog.Error) bool {
	if b == nil || a == nil {
		return b == a
	}
	return c.codeNow(b.Code) == a.Code
}

// text reports a text that has changed.
func (c *comparison) text(r *Rule, was, is spot, what string) {
	before, after := said(was), said(is)
	switch {
	case before == after:
	case before == "":
		c.report(finding{rule: r, at: is, fact: "the " + what + " is new"})
	case after == "":
		c.report(finding{rule: r, at: is, was: was, fact: "the " + what + " is gone"})
	default:
		c.report(finding{rule: r, at: is, was: was, fact: "the " + what + " has changed"})
	}
}

// said returns the text at a spot.
func said(s spot) string {
	if n := s.value(); n != nil {
		return strings.TrimSpace(n.Text)
	}
	return ""
}

// sameValue tells whether two values look the same: the order of keys counts, since it shows in the docs.
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
		c.text(pageReworded, c.before.top("info", key), c.after.top("info", key), key+" of the catalog")
	}
	c.text(docsURLChanged, c.before.top("info", "docsURL"), c.after.top("info", "docsURL"), "address of the docs")
	if was, is := c.before.top("sections"), c.after.top("sections"); !sameValue(was.value(), is.value()) {
		c.report(finding{rule: pageReworded, at: is, was: was, fact: "the sections of the docs page have changed"})
	}
}

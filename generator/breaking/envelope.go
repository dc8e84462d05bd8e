package breaking

import (
	"maps"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/wire"
)

var envelopeChanged = &rule{worst: Wire, Rule: diag.Rule{
	Name: "envelope-changed",
	Reason: "Clients look for the code, the message, the details, the request id and the delay where the envelope had " +
		"them when they were built, and read them as they were written then. What has moved, is written in another " +
		"way, or is gone, they do not find. Other programs may read what else the body says.",
	Hint:   "keep the body for the clients that are there, and give another one to another version of the API",
	Before: withBody(`{error: {code: "{code}", text: "{message}"}}`),
	Bad:    withBody(`{error: {id: "{code}", text: "{message}"}}`),
	Good:   withBody(`{error: {text: "{message}", code: "{code}", status: "{status}"}}`),
}, breaks: "deployed clients do not find it"}

var envelopeExtended = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name: "envelope-extended",
	Reason: "The body of errors has members that it did not have, or other constants. Clients pass over what they do " +
		"not know; what they read is where it was.",
	Before: withBody(`{error: {code: "{code}", text: "{message}"}}`),
	Bad:    withBody(`{error: {code: "{code}", text: "{message}", requestId: "{requestId}"}}`),
	Good:   withBody(`{"error": {"code": "{code}", "text": "{message}"}}`),
}}

// withBody is the catalog of examples, with a body of its own.
func withBody(body string) string {
	return section("info", "title: Errors", "envelope:", "  body: "+body) + codes("NOT_FOUND:")
}

// envelope compares how errors travel.
func (c *comparison) envelope() {
	b, a := c.before.Envelope, c.after.Envelope
	found := len(c.changes)
	c.travels("content type of errors", b.ContentType, a.ContentType)
	c.travels("header with the request id", b.RequestIDHeader, a.RequestIDHeader)
	c.read("code", b.Reads.Code, a.Reads.Code)
	c.read("message", b.Reads.Message, a.Reads.Message)
	c.read("request id", b.Reads.RequestID, a.Reads.RequestID)
	c.read("delay", b.Reads.RetryAfter, a.Reads.RetryAfter)
	c.read("details object", b.Reads.Details, a.Reads.Details)
	c.unread(b, a)
	was, is := top(c.before, "info", "envelope"), top(c.after, "info", "envelope")
	if len(b.LowStatuses) > 0 && !slices.EqualFunc(b.Marks, a.Marks, sameMark) {
		c.inEnvelope(envelopeChanged, "what tells errors from successes is another", written(was), written(is))
	}
	if len(c.changes) == found && !sameValue(was.value(), is.value()) {
		c.inEnvelope(envelopeExtended, "the body of errors has changed", written(was), written(is))
	}
}

func (c *comparison) inEnvelope(r *rule, fact, from, to string) {
	at, was := top(c.after, "info", "envelope"), top(c.before, "info", "envelope")
	c.report(finding{rule: r, at: at, was: was, fact: fact, from: from, to: to})
}

// travels compares what stands in a header.
func (c *comparison) travels(what, was, is string) {
	if was != is {
		fact := "the " + what + " is " + diag.Quote(is) + ", was " + diag.Quote(was)
		c.inEnvelope(envelopeChanged, fact, what+" "+was, what+" "+is)
	}
}

// read compares where clients read something.
func (c *comparison) read(what string, b, a *wire.Read) {
	switch {
	case b == nil: // deployed clients do without it
	case a == nil:
		fact := "the " + what + " is no longer in the body, was " + whereabouts(b)
		c.inEnvelope(envelopeChanged, fact, what+" "+whereabouts(b), "")
	case whereabouts(b) != whereabouts(a):
		fact := "the " + what + " is " + whereabouts(a) + ", was " + whereabouts(b)
		c.inEnvelope(envelopeChanged, fact, what+" "+whereabouts(b), what+" "+whereabouts(a))
	}
}

// whereabouts says in words where a value stands, and how it is written there.
func whereabouts(r *wire.Read) string {
	var b strings.Builder
	b.WriteString(diag.Quote(r.Path))
	if r.Spread {
		b.WriteString(" member by member")
	}
	if r.As != "" {
		b.WriteString(" as " + r.As)
	}
	if r.Prefix+r.Suffix != "" {
		b.WriteString(" within " + diag.Quote(r.Prefix+"…"+r.Suffix))
	}
	return b.String()
}

// unread compares what no client of errgen's reads: placeholders that are gone.
func (c *comparison) unread(b, a *wire.Envelope) {
	for _, name := range slices.Sorted(maps.Keys(b.Uses)) {
		what, _, _ := strings.Cut(name, " ")
		isRead := slices.Contains([]string{"code", "message", "requestId", "retryAfter", "details"}, what)
		if !isRead && !a.Uses[name] {
			c.inEnvelope(envelopeChanged, "{"+name+"} is no longer in the body", "{"+name+"}", "")
		}
	}
}

func sameMark(b, a wire.Mark) bool {
	return b.Number == a.Number && b.Key == a.Key && sameValue(b.JSON, a.JSON)
}

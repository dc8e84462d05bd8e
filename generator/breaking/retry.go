package breaking

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var notRetryable = &rule{worst: Wire, Rule: diag.Rule{
	Name: "no-longer-retryable",
	Reason: "The verdict on a retry is compiled into clients. Those that are deployed retry the code until they give " +
		"up, although the server now says that it is pointless.",
	Hint:   "give what cannot be retried a code of its own",
	Before: codes("UPSTREAM_ERROR:", "  retryable: true"),
	Bad:    codes("UPSTREAM_ERROR:", "  retryable: false"),
	Good:   codes("UPSTREAM_ERROR:", "  retryable: true", "UPSTREAM_REFUSED:", "  retryable: false"),
}, breaks: "deployed clients go on retrying in vain"}

var nowRetryable = &rule{worst: Source, Rule: diag.Rule{
	Name: "now-retryable",
	Reason: "Deployed clients are safe: they give up, as before. A client that is compiled again retries on its own, " +
		"which its authors may not expect of requests that must not be sent twice.",
	Hint:   "make sure that a repeated request does no harm, and accept the change",
	Before: codes("CONFLICT:", "  status: 409"),
	Bad:    codes("CONFLICT:", "  status: 409", "  retryable: true"),
	Good:   codes("CONFLICT:", "  status: 409", "  retryable: false"),
}, breaks: "clients in {languages} that are compiled again begin to repeat requests that they gave up on"}

var retryAfterRemoved = &rule{worst: Wire, Rule: diag.Rule{
	Name: "retry-after-removed",
	Reason: "A client that was told to expect Retry-After reads the delay from it. Without the header there is none: " +
		"a client that only sleeps for the delay sends its next attempt at once. Constructors lose the parameter, so " +
		"that servers do not compile either.",
	Hint:   "go on sending the header, even with a fixed delay",
	Before: codes("RATE_LIMITED:", "  retryAfter: true"),
	Bad:    codes("RATE_LIMITED:", "  retryAfter: false"),
	Good:   codes("RATE_LIMITED:", "  retryAfter: true", "  recovery: Wait for the time in Retry-After"),
}, breaks: "deployed clients that wait as long as the server says do not wait at all"}

var retryAfterAdded = &rule{worst: Source, Rule: diag.Rule{
	Name: "retry-after-added",
	Reason: "The constructor of the code takes the delay as one more parameter. Clients are not affected: a " +
		"header more is no harm.",
	Hint:   "release it with the servers that raise the code",
	Before: codes("RATE_LIMITED:", "  status: 429"),
	Bad:    codes("RATE_LIMITED:", "  status: 429", "  retryAfter: true"),
	Good:   codes("RATE_LIMITED:", "  status: 429", "  retryAfter: false"),
}, breaks: "servers in {languages} have to pass the delay before they compile"}

func (c *comparison) retry(b, a *catalog.Error) {
	switch {
	case b.Retryable && !a.Retryable:
		c.entry(notRetryable, b, a, "retryable", a.Code+" is not retryable, was retryable", "", "")
	case !b.Retryable && a.Retryable:
		c.entry(nowRetryable, b, a, "retryable", a.Code+" is retryable, was not", "", "")
	}
	switch {
	case b.RetryAfter && !a.RetryAfter:
		c.entry(retryAfterRemoved, b, a, "retryAfter", a.Code+" comes without Retry-After, had it before", "", "")
	case !b.RetryAfter && a.RetryAfter:
		c.entry(retryAfterAdded, b, a, "retryAfter", a.Code+" comes with Retry-After, had none before", "", "")
	}
}

package breaking

import "github.com/sigsentry/errgen/generator/catalog"

var notRetryable = rule(Rule{
	Name:   "no-longer-retryable",
	Level:  Wire,
	Breaks: "deployed clients go on retrying in vain",
	Reason: "The verdict on a retry is compiled into clients. Those that are deployed retry the code until they give " +
		"up, although the server now says that it is pointless.",
	Hint: "give what cannot be retried a code of its own",
	Before: `errors:
  UPSTREAM_ERROR:
    retryable: true
`,
	Bad: `errors:
  UPSTREAM_ERROR:
    retryable: false
`,
	Good: `errors:
  UPSTREAM_ERROR:
    retryable: true
  UPSTREAM_REFUSED:
    retryable: false
`,
})

var nowRetryable = rule(Rule{
	Name:      "now-retryable",
	Level:     Source,
	Languages: both,
	Breaks:    "clients in {languages} that are compiled again begin to repeat requests that they gave up on",
	Reason: "Deployed clients are safe: they give up, as before. A client that is compiled again retries on its own, " +
		"which its authors may not expect of requests that must not be sent twice.",
	Hint: "make sure that a repeated request does no harm, and accept the change",
	Before: `errors:
  CONFLICT:
    status: 409
`,
	Bad: `errors:
  CONFLICT:
    status: 409
    retryable: true
`,
	Good: `errors:
  CONFLICT:
    status: 409
    retryable: false
`,
})

var retryAfterRemoved = rule(Rule{
	Name:   "retry-after-removed",
	Level:  Wire,
	Breaks: "deployed clients that wait as long as the server says do not wait at all",
	Reason: "A client that was told to expect Retry-After reads the delay from it. Without the header there is none: " +
		"a client that only sleeps for the delay sends its next attempt at once. Constructors lose the parameter, so " +
		"that servers do not compile either.",
	Hint: "go on sending the header, even with a fixed delay",
	Before: `errors:
  RATE_LIMITED:
    retryAfter: true
`,
	Bad: `errors:
  RATE_LIMITED:
    retryAfter: false
`,
	Good: `errors:
  RATE_LIMITED:
    retryAfter: true
    recovery: Wait for the time in Retry-After
`,
})

var retryAfterAdded = rule(Rule{
	Name:      "retry-after-added",
	Level:     Source,
	Languages: both,
	Breaks:    "servers in {languages} have to pass the delay before they compile",
	Reason: "The constructor of the code takes the delay as one more parameter. Clients are not affected: a " +
		"header more is no harm.",
	Hint: "release it with the servers that raise the code",
	Before: `errors:
  RATE_LIMITED:
    status: 429
`,
	Bad: `errors:
  RATE_LIMITED:
    status: 429
    retryAfter: true
`,
	Good: `errors:
  RATE_LIMITED:
    status: 429
    retryAfter: false
`,
})

func (c *comparison) retry(b, a *catalog.Error) {
	switch {
	case b.Retryable && !a.Retryable:
		c.entry(notRetryable, b, a, "retryable", a.Code+" is not retryable, was retryable")
	case !b.Retryable && a.Retryable:
		c.entry(nowRetryable, b, a, "retryable", a.Code+" is retryable, was not")
	}
	switch {
	case b.RetryAfter && !a.RetryAfter:
		c.entry(retryAfterRemoved, b, a, "retryAfter", a.Code+" comes without Retry-After, had it before")
	case !b.RetryAfter && a.RetryAfter:
		c.entry(retryAfterAdded, b, a, "retryAfter", a.Code+" comes with Retry-After, had none before")
	}
}

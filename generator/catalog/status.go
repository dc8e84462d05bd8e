package catalog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
)

// Status says with which HTTP statuses a code is sent: with one, with one of several, with any of a class, or with any
// at all, as a code that also comes without HTTP.
type Status struct {
	Default int   // what a server sends unless it says otherwise; 0: nothing is said
	Listed  []int // all there are, the default first; nil of a class, and where nothing is said
	Class   int   // 4 for 4xx, 5 for 5xx; 0: none
}

// byClass returns a status of 4xx or 5xx.
func byClass(class int) Status { return Status{Default: class * 100, Class: class} }

// SaysRetry returns what the statuses say of a retry, and false if they do not agree, or nothing is said. A class says
// what its default says.
func (s Status) SaysRetry() (retryable, ok bool) {
	retryable = RetryableStatus(s.Default)
	differs := func(status int) bool { return RetryableStatus(status) != retryable }
	return retryable, s.Default != 0 && !slices.ContainsFunc(s.Listed, differs)
}

// Allows reports whether a code may come with an HTTP status.
func (s Status) Allows(status int) bool {
	return s.Default == 0 || s.Class > 0 && status/100 == s.Class || slices.Contains(s.Listed, status)
}

// String returns the status as people read it: 404, 409 or 422, 4xx; empty if nothing is said.
func (s Status) String() string {
	if s.Class > 0 {
		return strconv.Itoa(s.Class) + "xx"
	}
	texts := make([]string, len(s.Listed))
	for i, status := range s.Listed {
		texts[i] = strconv.Itoa(status)
	}
	return strings.Join(texts, " or ")
}

// status reads the status of a code; n may be nil.
func (l *loader) status(n *document.Node) Status {
	switch {
	case n == nil:
	case n.Kind == document.String && (n.Text == "4xx" || n.Text == "5xx"):
		return byClass(int(n.Text[0] - '0'))
	case n.Kind == document.Number:
		return listed(l.oneStatus(n))
	case n.Kind == document.List && n.Len() > 0:
		var all []int
		for one := range n.Items() {
			all = append(all, l.oneStatus(one))
		}
		return listed(all...)
	}
	return Status{}
}

func listed(all ...int) Status { return Status{Default: all[0], Listed: all} }

func (l *loader) oneStatus(n *document.Node) int {
	status, whole := n.Int()
	if !whole {
		message := "the status is " + n.Describe() + ", expected a status from 200 to 599"
		l.report(n, "invalid-status", message, "write it without a fraction")
	}
	return status
}

// retry reads whether a code is worth a retry. It follows from the status, where that is clear.
func (l *loader) retry(e *Error) bool {
	retryable, clear := e.Status.SaysRetry()
	written, status := e.Node.Get("retryable"), e.Node.Get("status")
	switch {
	case written != nil:
		return written.IsTrue()
	case clear || e.Node.Refused() || status != nil && isWrong(status) || slices.Contains(e.Status.Listed, 0):
	case status == nil:
		l.report(e.Node, "unclear-retry", "the code has no status, which would say whether the same request may succeed "+
			"later",
			"add `status`, or `retryable` where the code comes without HTTP or with any status")
	default:
		all := strings.ReplaceAll(e.Status.String(), " or ", ", ")
		l.report(status, "unclear-retry", "the statuses "+all+" do not agree on whether the same request may succeed later",
			"add retryable: true or retryable: false")
	}
	return retryable
}

// isWrong reports whether a status, or one that it lists, is none.
func isWrong(n *document.Node) bool {
	for one := range n.Items() {
		if one.Refused() {
			return true
		}
	}
	return n.Refused() || n.Kind == document.Null || n.Kind == document.Map || n.Kind == document.Bool
}

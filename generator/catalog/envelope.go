package catalog

import (
	"cmp"
	"slices"

	"github.com/sigsentry/errgen/generator/wire"
)

// envelope reads how errors travel, and refuses what cannot travel so.
func (l *loader) envelope() {
	v, found := wire.Parse(l.root.Get("info").Get("envelope"))
	l.found.Add(found...)
	if v == nil {
		return
	}
	l.catalog.Envelope = v
	v.LowStatuses = l.lowStatuses()
	l.found.Add(v.CheckCodes(l.root.Get("errors"))...)
	for _, s := range l.catalog.Shared {
		l.found.Add(v.CheckProperties(s.Said.Node.Get("properties"))...)
	}
	for _, e := range l.catalog.Errors {
		switch own := e.OwnDetails; {
		case own == nil:
		case own.Resolve().Kind == Map:
			l.found.Add(v.CheckUnnamed(own.Node, "a map")...)
		default:
			l.found.Add(v.CheckProperties(own.Resolve().Node.Get("properties"))...)
		}
	}
}

// lowStatuses returns the statuses below 400, where errors and successes have to be told apart.
func (l *loader) lowStatuses() []int {
	var low []int
	for _, e := range l.catalog.Errors {
		for _, status := range e.Status.Listed {
			if status < 400 {
				low = append(low, status)
			}
		}
	}
	slices.Sort(low)
	return slices.Compact(low)
}

// Sent returns what a response tells of an error, in an example or else by default.
func (c *Catalog) Sent(e *Error, x *Example) wire.Error {
	sent := wire.Error{
		Code: e.Code, Message: e.Message, Title: e.TitleText(), Category: e.Category.Key,
		DocsURL: c.DocsAddress(e), Status: cmp.Or(e.Status.Default, 500),
	}
	if e.RetryAfter {
		sent.RetryAfter = wire.SampleDelay
	}
	if x != nil {
		sent.Message, sent.Details = x.Message, x.Details
	}
	return sent
}

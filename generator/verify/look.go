package verify

import (
	"cmp"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// isRecorded reports whether the body is there as it was sent, as far as can be told.
func (p *pass) isRecorded() bool { return p.Body != nil && (p.body != nil || !p.IsCut()) }

// isHead reports whether a response is one that has no body.
func (p *pass) isHead() bool { return strings.EqualFold(p.Method, "HEAD") }

// entry returns the node that the catalog has under a key of the code, or else the code itself; nil of one that it does
// not know.
func (p *pass) entry(key ...string) *document.Node {
	if p.known == nil {
		return nil
	}
	for _, k := range key {
		if n := p.known.Node.Get(k); n != nil {
			return n
		}
	}
	return p.known.Node
}

// envelopeNode returns where the catalog says what it breaks: the envelope, or with the default one the code.
func (p *pass) envelopeNode() *document.Node {
	return cmp.Or(p.catalog.Document.Root.Get("info").Get("envelope"), p.entry())
}

// nearCode says which code was probably meant.
func (p *pass) nearCode() string {
	if near := diag.Nearest(p.sent.Code, p.catalog.Codes()); near != "" {
		return "did you mean " + diag.Quote(near) + "?"
	}
	return "add it to the catalog, or send a code that is there"
}

// nothingSeen says that there was no error to look at.
func (c *Check) nothingSeen() diag.List {
	severity := c.severityOf(&noErrorResponses)
	if c.Errors > 0 || severity == diag.Off || len(c.files) == 0 {
		return nil
	}
	message := "there is no error among " + strconv.Itoa(c.Responses) + " responses"
	if c.Responses == 1 {
		message = "the one response is no error"
	}
	if c.LeftOut > 0 {
		message += ", and " + strconv.Itoa(c.LeftOut) + " more are left out"
	}
	return diag.List{{Rule: noErrorResponses.Name, Severity: severity, Message: message,
		Place: diag.Place{File: c.files[0]}, Hint: "record where errors are, or widen --host and --path"}}
}

// isDelay reports whether a Retry-After is a number of seconds or a date (RFC 9110 section 10.2.3).
func isDelay(value string) bool {
	if _, err := strconv.ParseUint(value, 10, 32); err == nil {
		return true
	}
	for _, layout := range []string{time.RFC1123, time.RFC850, time.ANSIC} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}

// path returns the way to a value of the body as people write it, the same for all items of a list.
func (p *pass) path(n *document.Node) string {
	const longest = 20
	steps := n.Path()
	for i, at := len(steps)-1, n.Parent(); i >= 0; i, at = i-1, at.Parent() {
		if steps[i] = "." + capture.Shorten(steps[i]); at.Kind == document.List {
			steps[i] = "[]"
		}
	}
	if n.Parent() == nil { // details that stand beside the code, or one of their keys
		steps = []string{p.catalog.Envelope.Reads.Details.Path}
		if n != p.sent.Details {
			steps = append(steps, "."+capture.Shorten(n.Text))
		}
	}
	if len(steps) > longest {
		steps = append(steps[:longest], "…")
	}
	return cmp.Or(strings.TrimPrefix(strings.Join(steps, ""), "."), "the body")
}

// unknownIn ranges over the members of details that their schema does not describe, with the schema of the object.
func unknownIn(n *document.Node, s *catalog.Schema) iter.Seq2[*document.Node, *catalog.Schema] {
	return func(yield func(*document.Node, *catalog.Schema) bool) { findUnknown(n, s, yield) }
}

func findUnknown(n *document.Node, s *catalog.Schema, yield func(*document.Node, *catalog.Schema) bool) bool {
	s = s.Resolve()
	isObject := s.Kind == catalog.Object && n.Kind == document.Map
	for i := range n.Len() {
		inside := s.Item
		if isObject {
			inside = propertyOf(s, n.Key(i).Text)
			if inside == nil && !s.Closed && !yield(n.Key(i), s) {
				return false
			}
		}
		if inside != nil && !findUnknown(n.Item(i), inside, yield) {
			return false
		}
	}
	return true
}

func propertyOf(s *catalog.Schema, name string) *catalog.Schema {
	for _, p := range s.Properties {
		if p.Name == name {
			return p.Schema
		}
	}
	return nil
}

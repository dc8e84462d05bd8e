package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/render"
)

// The JSON form of a code, version 1. Prose is plain text.
type codeFacts struct {
	Code       string         `json:"code"`
	Status     int            `json:"status,omitempty"` // that a server sends by default
	Statuses   string         `json:"statuses,omitempty"`
	Category   string         `json:"category"`
	Meaning    string         `json:"meaning"`
	Recovery   string         `json:"recovery,omitempty"`
	Message    string         `json:"message"`
	Retryable  bool           `json:"retryable"`
	RetryAfter bool           `json:"retryAfter"`
	Details    any            `json:"details,omitempty"` // the JSON Schema
	Examples   []exampleFacts `json:"examples,omitempty"`
	Since      string         `json:"since,omitempty"`
	Deprecated *useFacts      `json:"deprecated,omitempty"`
	SeeAlso    []string       `json:"seeAlso,omitempty"`
	Operations []string       `json:"operations,omitempty"` // that can return it; * for every one
	Docs       string         `json:"docs,omitempty"`
	File       string         `json:"file"`
	Line       int            `json:"line"`
}

type exampleFacts struct {
	Summary string         `json:"summary,omitempty"`
	Message string         `json:"message"`
	Details any            `json:"details,omitempty"`
	Body    *document.Node `json:"body"` // as it is sent
}

// useFacts says why a code should not be used, and what instead.
type useFacts struct {
	Since  string `json:"since,omitempty"`
	Use    string `json:"use,omitempty"`
	Reason string `json:"reason,omitempty"`
}

type goneFacts struct {
	Code string `json:"code"`
	useFacts
}

func factsOf(c *catalog.Catalog, e *catalog.Error) codeFacts {
	place := e.Node.Place()
	facts := codeFacts{
		Code: e.Code, Status: e.Status.Default, Category: e.Category.Key,
		Meaning: e.Meaning.Plain(), Recovery: e.Recovery.Plain(), Message: e.Message,
		Retryable: e.Retryable, RetryAfter: e.RetryAfter, Since: e.Since, Docs: c.DocsAddress(e),
		File: place.File, Line: place.Start.Line,
	}
	if len(e.Status.Listed) != 1 {
		facts.Statuses = cmp.Or(e.Status.String(), "any")
	}
	if e.Details != nil {
		facts.Details = e.Details.JSON().Plain()
	}
	for _, x := range e.Examples {
		body := c.Envelope.Encode(c.Sent(e, &x))
		one := exampleFacts{Summary: x.Summary.Plain(), Message: x.Message, Body: body}
		if x.Details != nil {
			one.Details = x.Details.Plain()
		}
		facts.Examples = append(facts.Examples, one)
	}
	if e.Deprecated != nil {
		use := useOf(*e.Deprecated)
		facts.Deprecated = &use
	}
	for _, other := range e.SeeAlso {
		facts.SeeAlso = append(facts.SeeAlso, other.Code)
	}
	facts.Operations = operationsOf(c, e)
	return facts
}

// operationsOf returns the operations that can return an error, or * for every one.
func operationsOf(c *catalog.Catalog, e *catalog.Error) []string {
	if slices.Contains(c.Common, e) {
		return []string{catalog.EveryOperation}
	}
	var keys []string
	for _, o := range e.Operations {
		keys = append(keys, o.Key)
	}
	return keys
}

// statusOf returns a status with its phrase.
func statusOf(s catalog.Status) string {
	if len(s.Listed) == 1 {
		return strings.TrimSpace(s.String() + " " + render.Reason(s.Default))
	}
	return cmp.Or(s.String(), "any")
}

func useOf(d catalog.Deprecation) useFacts {
	use := useFacts{Since: d.Since, Reason: d.Reason.Plain()}
	if d.Use != nil {
		use.Use = d.Use.Code
	}
	return use
}

// code lays out all that the catalog says of a code.
func (e *explainer) code(c *catalog.Catalog, one *catalog.Error) error {
	facts := factsOf(c, one)
	s := sheet{}
	fmt.Fprintf(&s, "%s\n\n%s\n\n", one.Code, wrap(facts.Meaning, ""))
	s.fact("status", statusOf(one.Status))
	s.fact("category", fmt.Sprintf("%s (%s)", one.Category.Key, one.Category.Title.Plain()))
	s.fact("recovery", facts.Recovery)
	s.fact("message", facts.Message)
	s.fact("retry", retry(one))
	s.fact("since", facts.Since)
	if facts.Deprecated != nil {
		s.fact("deprecated", facts.Deprecated.sentence())
	}
	s.fact("see also", strings.Join(facts.SeeAlso, ", "))
	operations := strings.Join(facts.Operations, ", ")
	if operations == catalog.EveryOperation {
		operations = "every operation"
	}
	s.fact("returned by", operations)
	s.fact("docs", facts.Docs)
	s.fact("defined in", fmt.Sprintf("%s:%d", facts.File, facts.Line))
	if one.Details != nil {
		s.WriteString("\nDetails:\n\n")
		s.schema(one.Details, "  ", nil)
	}
	for _, x := range facts.Examples {
		title := "Example"
		if x.Summary != "" {
			title += ": " + diag.Visible(x.Summary)
		}
		if err := s.body(title, x.Body); err != nil {
			return err
		}
	}
	if len(facts.Examples) == 0 && one.Sample != nil {
		if err := s.body("Response", c.Envelope.Encode(c.Sent(one, one.Sample))); err != nil {
			return err
		}
	}
	return e.show(answer{Code: &facts}, s.String())
}

func (e *explainer) retired(one *catalog.Retired) error {
	facts := goneFacts{Code: one.Code, useFacts: useOf(one.Deprecation)}
	s := sheet{}
	fmt.Fprintf(&s, "%s\n\nThis code is retired: it may never come back.\n\n", one.Code)
	s.fact("since", facts.Since)
	s.fact("use", facts.Use)
	s.fact("reason", facts.Reason)
	return e.show(answer{Retired: &facts}, s.String())
}

func (u useFacts) sentence() string {
	var parts []string
	if u.Since != "" {
		parts = append(parts, "since "+u.Since)
	}
	if u.Use != "" {
		parts = append(parts, "use "+u.Use)
	}
	if u.Reason != "" {
		parts = append(parts, u.Reason)
	}
	return cmp.Or(strings.Join(parts, "; "), "yes")
}

func retry(e *catalog.Error) string {
	switch {
	case e.Retryable && e.RetryAfter:
		return "yes, after the time in Retry-After"
	case e.Retryable:
		return "yes"
	case e.RetryAfter:
		return "no; the response has Retry-After"
	}
	return "no"
}

// sheet is a page about one code.
type sheet struct{ strings.Builder }

// fact adds a line; nothing where there is no value.
func (s *sheet) fact(name, value string) {
	if value != "" {
		fmt.Fprintf(s, "  %-11s %s\n", name, wrap(value, strings.Repeat(" ", 14)))
	}
}

// schema lists the properties of an object, one on a line, but not again of one that it is inside of.
func (s *sheet) schema(of *catalog.Schema, indent string, inside []*catalog.Schema) {
	of = of.Resolve()
	for of.Item != nil {
		of = of.Item.Resolve()
	}
	if slices.Contains(inside, of) {
		return
	}
	for _, p := range of.Properties {
		text := kindOf(p.Schema)
		if !p.Required {
			text += " (optional)"
		}
		if about := p.Schema.Description.Plain(); about != "" {
			text += ": " + about
		}
		name := fmt.Sprintf("%s%-*s ", indent, max(1, 24-len(indent)), diag.Visible(p.Name))
		fmt.Fprintf(s, "%s%s\n", name, wrap(text, strings.Repeat(" ", max(len(name), 25))))
		s.schema(p.Schema, indent+"  ", append(inside, of))
	}
}

// kindOf says in words what a value is.
func kindOf(s *catalog.Schema) string {
	name := ""
	if s.Kind == catalog.Ref {
		name = s.Target.Name
	}
	r := s.Resolve()
	text := string(r.Kind)
	switch r.Kind {
	case catalog.Array:
		text = "list of " + kindOf(r.Item)
	case catalog.Map:
		text = "map of " + kindOf(r.Item)
	case catalog.String:
		if len(r.Enum) > 0 {
			text = "one of " + strings.Join(r.Values(), ", ")
		}
		if r.Open {
			text += ", or another text"
		}
	}
	if r.Format != "" {
		text += " (" + r.Format + ")"
	}
	switch {
	case name != "" && r.Kind == catalog.Object:
		text = name
	case name != "":
		text = name + ", " + text
	}
	if s.Nullable || r.Nullable {
		text += " or null"
	}
	return text
}

// body adds the body of a response.
func (s *sheet) body(title string, n *document.Node) error {
	var body strings.Builder
	err := diag.WriteJSON(&body, n)
	lines := visibleLines(strings.TrimSuffix(body.String(), "\n"))
	fmt.Fprintf(s, "\n%s\n\n  %s\n", title, indented(lines, "  "))
	return err
}

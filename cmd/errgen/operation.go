package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

// The JSON form of an operation, version 1.
type operationFacts struct {
	Operation string   `json:"operation"`
	Method    string   `json:"method,omitempty"`
	Path      string   `json:"path,omitempty"`
	Errors    []string `json:"errors"` // codes that it can return, with those of every operation
	File      string   `json:"file"`
	Line      int      `json:"line"`
}

// operation says what an operation can return.
func (e *explainer) operation(o *catalog.Operation) error {
	place := o.Node.Place()
	facts := operationFacts{
		Operation: o.Key, Method: o.Method, Path: o.Path, Errors: []string{}, File: place.File, Line: place.Start.Line,
	}
	width := 0
	for _, one := range o.Errors {
		facts.Errors = append(facts.Errors, one.Code)
		width = max(width, utf8.RuneCountInString(one.Code))
	}
	s := sheet{}
	fmt.Fprintf(&s, "%s (operation)\n\n", diag.Visible(o.Key))
	s.fact("at", diag.Visible(strings.TrimSpace(o.Method+" "+o.Path)))
	s.fact("defined in", fmt.Sprintf("%s:%d", facts.File, facts.Line))
	s.WriteString("\nReturns:\n\n")
	if len(o.Errors) == 0 {
		s.WriteString("  none of the catalog's codes\n")
	}
	for _, one := range o.Errors {
		meaning := wrap(one.Meaning.Plain(), strings.Repeat(" ", width+4))
		fmt.Fprintf(&s, "  %-*s  %s\n", width, one.Code, meaning)
	}
	return e.show(answer{Operation: &facts}, s.String())
}

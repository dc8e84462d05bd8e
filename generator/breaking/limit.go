package breaking

import (
	"cmp"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var limitTightened = &rule{worst: Docs, Rule: diag.Rule{
	Name: "limit-tightened",
	Reason: "The docs and the OpenAPI description promise more than before. Generated code does not check limits: " +
		"servers have to keep to them.",
	Before: quota("{unit: {type: string, maxLength: 40}}"),
	Bad:    quota("{unit: {type: string, maxLength: 20}}"),
	Good:   quota("{unit: {maxLength: 40, type: string}}"),
}}

var limitLoosened = &rule{worst: Docs, Rule: diag.Rule{
	Name: "limit-loosened",
	Reason: "Values may be sent that were ruled out before. Generated clients accept them; a column or screen that " +
		"was made for the old limit may not.",
	Before: quota("{unit: {type: string, maxLength: 20}}"),
	Bad:    quota("{unit: {type: string, maxLength: 40}}"),
	Good:   quota("{unit: {type: string, maxLength: 20, examples: [requests]}}"),
}}

var patternChanged = &rule{worst: Docs, Rule: diag.Rule{
	Name: "pattern-changed",
	Reason: "The docs and the OpenAPI description give another pattern for the text. Generated code does not check " +
		"patterns.",
	Before: quota(`{unit: {type: string, pattern: "^[a-z]+$"}}`),
	Bad:    quota(`{unit: {type: string, pattern: "^[a-z-]+$"}}`),
	Good:   quota("{unit: {type: string, pattern: '^[a-z]+$'}}"),
}}

// limits compares the keywords that bound a value.
func (c *comparison) limits(b, a *catalog.Schema) {
	keywordOf := func(l catalog.Limit) string { return l.Keyword }
	for was, is := range pairs(b.Limits, a.Limits, keywordOf) {
		c.limit(b, a, cmp.Or(was.Keyword, is.Keyword), was.Value, is.Value)
	}
}

// limit compares the values of one keyword: nil is none.
func (c *comparison) limit(b, a *catalog.Schema, keyword string, was, is *document.Node) {
	if r := limitRule(keyword, was, is); r != nil {
		fact := keyword + " of " + subject(a.Node) + " is " + shown(keyword, is) + ", was " + shown(keyword, was)
		at, before := onKeyword(a, keyword), onKeyword(b, keyword)
		c.report(finding{rule: r, at: at, was: before, fact: fact, from: written(before), to: written(at)})
	}
}

func shown(keyword string, value *document.Node) string {
	switch {
	case value == nil:
		return "not set"
	case keyword == "pattern":
		return diag.Quote(value.Text)
	}
	return value.Text
}

// limitRule returns the rule for another value of a keyword, nil if it is the same.
func limitRule(keyword string, was, is *document.Node) *rule {
	switch {
	case was != nil && is != nil && was.Text == is.Text:
		return nil
	case keyword == "pattern":
		return patternChanged
	case was == nil:
		return limitTightened
	case is == nil:
		return limitLoosened
	}
	order := is.Exact().Cmp(was.Exact())
	if strings.HasPrefix(keyword, "max") || strings.HasPrefix(keyword, "exclusiveMax") {
		order = -order
	}
	switch {
	case order > 0:
		return limitTightened
	case order < 0:
		return limitLoosened
	}
	return nil
}

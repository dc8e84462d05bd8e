package breaking

import (
	"math/big"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var limitTightened = rule(Rule{
	Name:  "limit-tightened",
	Level: Docs,
	Reason: "The docs and the OpenAPI description promise more than before. Generated code does not check limits: " +
		"servers have to keep to them.",
	Before: quota(`      type: object
      properties: {unit: {type: string, maxLength: 40}}
`),
	Bad: quota(`      type: object
      properties: {unit: {type: string, maxLength: 20}}
`),
	Good: quota(`      type: object
      properties: {unit: {maxLength: 40, type: string}}
`),
})

var limitLoosened = rule(Rule{
	Name:  "limit-loosened",
	Level: Docs,
	Reason: "Values may be sent that were ruled out before. Generated clients accept them; a column or screen that " +
		"was made for the old limit may not.",
	Before: quota(`      type: object
      properties: {unit: {type: string, maxLength: 20}}
`),
	Bad: quota(`      type: object
      properties: {unit: {type: string, maxLength: 40}}
`),
	Good: quota(`      type: object
      properties: {unit: {type: string, maxLength: 20, examples: [requests]}}
`),
})

var patternChanged = rule(Rule{
	Name:  "pattern-changed",
	Level: Docs,
	Reason: "The docs and the OpenAPI description give another pattern for the text. Generated code does not check " +
		"patterns.",
	Before: quota(`      type: object
      properties: {unit: {type: string, pattern: "^[a-z]+$"}}
`),
	Bad: quota(`      type: object
      properties: {unit: {type: string, pattern: "^[a-z-]+$"}}
`),
	Good: quota(`      type: object
      properties: {unit: {type: string, pattern: '^[a-z]+$'}}
`),
})

// limits compares the keywords that bound a value.
func (c *comparison) limits(b, a *catalog.Schema) {
	if len(b.Limits) == 0 && len(a.Limits) == 0 {
		return
	}
	after := map[string]string{}
	for _, l := range a.Limits {
		after[l.Keyword] = l.Value.Text
	}
	before := map[string]bool{}
	for _, l := range b.Limits {
		before[l.Keyword] = true
		c.limit(b, a, l.Keyword, l.Value.Text, after[l.Keyword])
	}
	for _, l := range a.Limits {
		if !before[l.Keyword] {
			c.limit(b, a, l.Keyword, "", l.Value.Text)
		}
	}
}

// limit compares the values of one keyword: "" is none.
func (c *comparison) limit(b, a *catalog.Schema, keyword, was, is string) {
	r := limitRule(keyword, was, is)
	if r == nil {
		return
	}
	f := finding{rule: r, at: onKeyword(a, keyword), was: onKeyword(b, keyword)}
	f.fact = keyword + " of " + subject(a.Node) + " is " + shown(keyword, is) + ", was " + shown(keyword, was)
	c.report(f)
}

func shown(keyword, value string) string {
	switch {
	case value == "":
		return "not set"
	case keyword == "pattern":
		return diag.Quote(value)
	}
	return value
}

// limitRule returns the rule for another value of a keyword, nil if it is the same.
func limitRule(keyword, was, is string) *Rule {
	switch {
	case was == is:
		return nil
	case keyword == "pattern":
		return patternChanged
	case was == "":
		return limitTightened
	case is == "":
		return limitLoosened
	}
	order := number(is).Cmp(number(was))
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

// number returns the exact value. The parser has bounded the exponent.
func number(text string) *big.Rat {
	v, ok := new(big.Rat).SetString(text)
	if !ok {
		return new(big.Rat)
	}
	return v
}

package breaking

import (
	"cmp"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var formatChanged = &rule{worst: Wire, Rule: diag.Rule{
	Name: "format-changed",
	Reason: "The text or number is written in another way. Clients check date-time and int32 themselves, and do not " +
		"type details that do not fit; values of other formats reach code that parses them as what they were.",
	Hint:   "add a property with the new format, and go on sending the old one, marked as deprecated",
	Before: quota("{resetAt: {type: string, format: date-time}}"),
	Bad:    quota("{resetAt: {type: string, format: date}}"),
	Good:   quota("{resetAt: {type: string, format: date-time, description: In UTC}}"),
}, breaks: "deployed clients that read it as it was do not understand it"}

var formatNarrowed = &rule{worst: Source, Rule: diag.Rule{
	Name: "format-narrowed",
	Reason: "Deployed clients are safe: they accept more than is sent now. Some languages have a type of their own " +
		"for it. Clients that are compiled again check the format: servers have to keep to it.",
	Hint:   "say it in the description, and keep the type",
	Before: quota("{resetAt: {type: string}}"),
	Bad:    quota("{resetAt: {type: string, format: date-time}}"),
	Good:   quota("{resetAt: {type: string, description: As RFC 3339 writes it}}"),
}, breaks: "{languages} code that uses the field does not compile: it has another type"}

var formatAdded = &rule{worst: Docs, Rule: diag.Rule{
	Name: "format-added",
	Reason: "The docs and the OpenAPI description say more precisely what is sent. Generated code has the same type " +
		"for it.",
	Before: quota("{owner: {type: string}}"),
	Bad:    quota("{owner: {type: string, format: uuid}}"),
	Good:   quota("{owner: {type: string, minLength: 1}}"),
}}

var formatDropped = &rule{worst: Docs, Rule: diag.Rule{
	Name: "format-dropped",
	Reason: "The docs and the OpenAPI description promise less than before. Generated clients never checked this " +
		"format; code that parses the value should be ready for others.",
	Before: quota("{owner: {type: string, format: uuid}}"),
	Bad:    quota("{owner: {type: string}}"),
	Good:   quota("{owner: {format: uuid, type: string}}"),
}}

// Formats that generated clients check, and that have a type of their own in some language.
var checked = map[string]bool{"date-time": true, "int32": true}

func (c *comparison) format(b, a *catalog.Schema) {
	if b.Format == a.Format {
		return
	}
	c.report(finding{
		rule: formatRule(b.Format, a.Format),
		at:   onKeyword(a, "format"),
		was:  onKeyword(b, "format"),
		from: b.Format,
		to:   a.Format,
		fact: "the format of " + subject(a.Node) + " is " + cmp.Or(a.Format, "free") + ", was " +
			cmp.Or(b.Format, "free"),
	})
}

func formatRule(b, a string) *rule {
	// An integer is an int64 where nothing else is said.
	if b == "int64" && a != "" {
		b = ""
	}
	switch {
	case b == "" && checked[a]:
		return formatNarrowed
	case b == "":
		return formatAdded
	case a == "" && !checked[b]:
		return formatDropped
	}
	return formatChanged
}

package breaking

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

var internalChanged = &rule{worst: Source, Rule: diag.Rule{
	Name: "internal-changed",
	Reason: "One code stands for all errors that are not from the catalog: the one that info.internal names, or the " +
		"first with status 500. With another one, clients see another code for the same failure; without any, the " +
		"functions that need one are not generated. The first code with status 500 may be another one only because " +
		"codes were put in another order.",
	Hint:   "name the code in info.internal, so that the order of codes does not decide",
	Before: codes("INTERNAL_ERROR:", "  status: 500", "STORAGE_ERROR:", "  status: 500"),
	Bad:    codes("STORAGE_ERROR:", "  status: 500", "INTERNAL_ERROR:", "  status: 500"),
	Good: section("info", "title: Errors", "internal: INTERNAL_ERROR") +
		codes("STORAGE_ERROR:", "  status: 500", "INTERNAL_ERROR:", "  status: 500"),
}, breaks: "servers in {languages} that are compiled again answer to such errors in another way, or do not compile"}

func (c *comparison) internal() {
	b, a := c.before.Internal, c.after.Internal
	if !c.sameCode(b, a) {
		c.report(finding{rule: internalChanged, at: top(c.after, "info", "internal"),
			was: top(c.before, "info", "internal"), from: codeOf(b), to: codeOf(a),
			within: []reach{{c.before.Document.Root, ""}, {c.after.Document.Root, ""}},
			fact:   "the code for errors that are not from the catalog is " + codeOf(a) + ", was " + codeOf(b)})
	}
}

func codeOf(e *catalog.Error) string {
	if e == nil {
		return "none"
	}
	return e.Code
}

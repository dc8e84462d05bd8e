package lint

import (
	"cmp"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var nearDuplicateCode = rule{
	Rule: diag.Rule{
		Name: "near-duplicate-code",
		Reason: "Two codes that differ by an underscore or a plural, such as NOT_FOUND and NOTFOUND, are read as one: " +
			"people branch on the wrong one and never notice, since the other exists. Mostly they were meant to be one. " +
			"A code that is nearly a retired one brings back what was retired.",
		Bad: "\n" + code("RATE_LIMIT", 403, "The plan does not allow as many requests") +
			code("RATE_LIMITS", 403, "The key does not allow as many requests"),
		Good: "\n" + code("PLAN_LIMIT", 403, "The plan does not allow as many requests") +
			code("KEY_LIMIT", 403, "The key does not allow as many requests"),
	},
	severity: diag.Warning,
	check: func(p *pass) {
		first := map[string]*document.Node{} // the entry, by each of its code's outlines
		for _, r := range p.Retired {
			for _, outline := range outlines(r.Code) {
				first[outline] = cmp.Or(first[outline], r.Node)
			}
		}
		for _, e := range p.Errors {
			for _, outline := range outlines(e.Code) {
				other := first[outline]
				if other == nil {
					first[outline] = e.Node
				} else if other != e.Node {
					code := other.Path()[1]
					f := p.report(e.Node, "the code "+e.Code+" is nearly "+code, "make them one, or name what sets them apart")
					f.Related = []diag.Related{{Place: other.Place(), Message: code + " is here"}}
					break
				}
			}
		}
	},
}

// outlines returns what two codes share if people take one for the other: the letters and digits, as they are and with
// every word in the singular.
func outlines(code string) []string {
	var all, singular strings.Builder
	for word := range catalog.Words(code) {
		word = strings.ToLower(word)
		all.WriteString(word)
		singular.WriteString(toSingular(word))
	}
	if all.String() == singular.String() {
		return []string{all.String()}
	}
	return []string{all.String(), singular.String()}
}

// toSingular takes off the ending of an English plural. It need not be a word: it is compared, not shown.
func toSingular(word string) string {
	if len(word) < 4 || strings.HasSuffix(word, "ss") || strings.HasSuffix(word, "us") ||
		strings.HasSuffix(word, "is") {
		return word
	}
	if stem, found := strings.CutSuffix(word, "ies"); found {
		return stem + "y"
	}
	for _, ending := range []string{"xes", "ches", "shes", "sses"} {
		if strings.HasSuffix(word, ending) {
			return strings.TrimSuffix(word, "es")
		}
	}
	return strings.TrimSuffix(word, "s")
}

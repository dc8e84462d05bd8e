package lint

import (
	"strings"
	"unicode"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

var repeatedCode = rule{
	Rule: diag.Rule{
		Name: "repeated-code",
		Reason: "The code stands beside its meaning and recovery wherever they are shown. Repeated in them it takes the " +
			"place of what the reader does not know yet: what happened, and what to do about it. A meaning that is the " +
			"code's words once more says nothing at all.",
		Bad: "\n" + code("KEY_EXPIRED", 401, "Key expired") +
			code("QUOTA_USED_UP", 403, "QUOTA_USED_UP means that the plan allows no more this month"),
		Good: "\n" + code("KEY_EXPIRED", 401, "The key is past the date that its owner set") +
			code("QUOTA_USED_UP", 403, "The plan allows no more requests this month"),
	},
	severity: diag.Warning,
	check: func(p *pass) {
		p.eachPhrase(func(e *catalog.Error, key string, text prose.Text, n *document.Node) {
			switch plain := text.Plain(); {
			case alphanumeric(plain) == alphanumeric(e.Code):
				p.report(n, "the "+key+" is the words of the code", "say what the code alone does not")
			case distinctive(e.Code) && containsWord(plain, e.Code):
				p.report(n, "the "+key+" repeats the code "+e.Code,
					"the code stands beside it already: say only what it does not")
			}
		})
	},
}

// alphanumeric returns the letters and digits of s in lower case.
func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// distinctive reports whether a code cannot be taken for a word of a sentence, as `maintenance` or `Maintenance` can.
func distinctive(code string) bool {
	return strings.ContainsFunc(code[1:], func(r rune) bool { return r < 'a' || r > 'z' })
}

// containsWord reports whether s contains word with neither letters nor digits, nor what else codes hold, around it.
func containsWord(s, word string) bool {
	part := func(r rune) bool {
		return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	for at := strings.Index(s, word); at >= 0; {
		before, after := s[:at], s[at+len(word):]
		if strings.LastIndexFunc(before, part) != len(before)-1 || before == "" {
			if after == "" || strings.IndexFunc(after, part) != 0 {
				return true
			}
		}
		next := strings.Index(after, word)
		if next < 0 {
			return false
		}
		at += len(word) + next
	}
	return false
}

package lint

import (
	"fmt"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// longestPhrase is two lines of a terminal, in characters.
const longestPhrase = 160

var longText = rule{
	Rule: diag.Rule{
		Name: "long-text",
		Reason: "Meanings and recoveries are read in a table, in a tooltip of an editor and in logs. What is longer than " +
			"160 characters, two lines of a terminal, is not read there. Longer explanations have their place in " +
			"`sections`, or on a page that the text links to; the address of a link does not count.",
		Bad: "\n" + code("KEY_EXPIRED", 401, "The key has expired, because keys are made with a date from which on they "+
			"are not accepted any more so that a key\n    which was forgotten somewhere cannot be used for ever by "+
			"whoever comes across it"),
		Good: "\n" + code("KEY_EXPIRED", 401, "The key is past its date — see [Life of a key](/keys#life)"),
	},
	severity: diag.Warning,
	check: func(p *pass) {
		p.eachPhrase(func(e *catalog.Error, key string, text prose.Text, n *document.Node) {
			if len(n.Text) <= longestPhrase {
				return
			}
			if length := utf8.RuneCountInString(text.Plain()); length > longestPhrase {
				message := fmt.Sprintf("the %s has %d characters, expected at most %d", key, length, longestPhrase)
				p.report(n, message, "shorten it, or move the explanation into `sections`")
			}
		})
	},
}

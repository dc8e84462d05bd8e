package lint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

var trailingFullStop = rule{
	Rule: diag.Rule{
		Name: "trailing-full-stop",
		Reason: "Meanings and recoveries are phrases. They become cells of a table, comments in code and wire messages " +
			"that " +
			"other programs put into sentences of their own, as in \"upload failed: The key has expired\": a full stop " +
			"at the end stands in the way there, and some with and some without look careless.",
		Bad:  "\n" + code("KEY_EXPIRED", 401, "The key has expired."),
		Good: "\n" + code("KEY_EXPIRED", 401, "The key has expired"),
	},
	severity: diag.Warning,
	check: func(p *pass) {
		p.eachPhrase(func(e *catalog.Error, key string, text prose.Text, n *document.Node) {
			phrase, words := endingInStop(n.Text)
			switch {
			case phrase == "":
			case severalSentences(words):
				p.report(n, "the "+key+" ends in a full stop",
					"make one phrase of the sentences, without a full stop at the end")
			default:
				var edits []diag.Edit
				if isWordBeforeStop(phrase, words) {
					edits = p.replace(n, len(phrase)-1, len(phrase), "")
				}
				p.report(n, "the "+key+" ends in a full stop", "remove the full stop", edits...)
			}
		})
	},
}

// endingInStop returns a text that ends in a full stop, without space behind it, and its words; nothing of any other.
func endingInStop(text string) (phrase string, words []string) {
	phrase, words = strings.TrimRightFunc(text, unicode.IsSpace), strings.Fields(text)
	if !strings.HasSuffix(phrase, ".") || !endsSentence(words[len(words)-1]) {
		return "", nil
	}
	return phrase, words
}

func severalSentences(words []string) bool {
	return slices.ContainsFunc(words[:len(words)-1], endsSentence)
}

// isWordBeforeStop reports whether the full stop at the end can go without a look.
func isWordBeforeStop(phrase string, words []string) bool {
	before, _ := utf8.DecodeLastRuneInString(phrase[:len(phrase)-1])
	isWord := unicode.IsLetter(before) || unicode.IsDigit(before) || before == ')' || before == '`'
	return len(words) > 1 && isWord
}

// WithoutFullStop returns a phrase as the rule wants it, if its correction is certain.
func WithoutFullStop(text string) string {
	phrase, words := endingInStop(text)
	if phrase == "" || severalSentences(words) || !isWordBeforeStop(phrase, words) {
		return text
	}
	return strings.TrimSuffix(phrase, ".")
}

var abbreviations = []string{"approx.", "co.", "corp.", "etc.", "inc.", "ltd.", "max.", "min.", "no.", "st.", "vs."}

// endsSentence reports whether a word ends in a full stop, question or exclamation mark that is no part of the word.
func endsSentence(word string) bool {
	word = strings.ToLower(strings.TrimLeft(strings.TrimRight(word, "\"')]”’"), "\"'([“‘"))
	switch {
	case strings.HasSuffix(word, "!"), strings.HasSuffix(word, "?"):
		return true
	case !strings.HasSuffix(word, "."), strings.HasSuffix(word, ".."), word == ".",
		slices.Contains(abbreviations, word):
		return false
	}
	return !initials(word)
}

// initials reports whether a word is letters with a full stop behind each, like e.g. and U.S.
func initials(word string) bool {
	letters := strings.Split(strings.TrimSuffix(word, "."), ".")
	isLonger := func(s string) bool { return utf8.RuneCountInString(s) != 1 }
	return len(letters) > 1 && !slices.ContainsFunc(letters, isLonger)
}

package render

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

func TestSpelling(t *testing.T) {
	s := &speller{special: map[string]string{"http": "HTTP", "id": "ID", "ids": "IDs", "url": "URL"},
		digit:    byNoun[string]{"value": "v"},
		reserved: wordSets(byNoun[[]string]{"all": {"class"}, "field": {"copy"}}, false)}
	for _, c := range []struct {
		convention string
		parts      []part
		want       string
	}{
		{"pascal", []part{{text: "HTTP_URL_MISSING"}}, "HTTPURLMissing"},
		{"pascal", []part{{text: "requestIds"}}, "RequestIDs"},
		{"pascal", []part{{text: "httpRequired", keep: true}}, "HttpRequired"},
		{"pascal", []part{{text: "VALIDATION_ERROR"}, {text: "Details"}, {text: "issues"}, {text: "Item"}},
			"ValidationErrorDetailsIssuesItem"},
		{"pascal", []part{{text: "日本_id"}}, "U65E5U672CID"},
		{"camel", []part{{text: "HTTP_URL_MISSING"}}, "httpURLMissing"},
		{"snake", []part{{text: "HTTPSRequired", keep: true}}, "https_required"},
		{"upper", []part{{text: "requestId"}}, "REQUEST_ID"},
		{"kebab", []part{{text: "auth.token_expired"}}, "auth-token-expired"},
	} {
		if got := s.spell(c.convention, c.parts); got != c.want {
			t.Errorf("%s of %v is %s, expected %s", c.convention, c.parts, got, c.want)
		}
	}
	if got := s.finish("field", "2fa"); got != "N2fa" {
		t.Errorf("a name may not begin with a digit: %s", got)
	}
	if got := s.finish("value", "2fa"); got != "v2fa" {
		t.Errorf("a noun may have a prefix of its own: %s", got)
	}
	if got := s.finish("type", "class"); got != "class_" {
		t.Errorf("a name may not be a reserved word: %s", got)
	}
}

// Literals mean the text they were made of, in Go and in JSON.
func FuzzLiteral(f *testing.F) {
	for _, seed := range []string{"", "plain", "quote\" back\\slash", "a\nb\r\tc",
		"\u2028\u2029\u0085\ufeff\u202e\u200b\x00\x7f\x9f", "👩‍👩‍👧 𝔘", "\U000e0041", "${x} {{y}} `z`"} {
		f.Add(seed)
	}
	inGo := stringStyle{Unicode: `\u%04x`, Astral: `\U%08x`}
	inJSON := stringStyle{Unicode: `\u%04x`}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		if got, err := strconv.Unquote(inGo.literal(text)); err != nil || got != text {
			t.Errorf("Go reads %s as %q (%v), expected %q", inGo.literal(text), got, err, text)
		}
		var got string
		if err := json.Unmarshal([]byte(inJSON.literal(text)), &got); err != nil || got != text {
			t.Errorf("JSON reads %s as %q (%v), expected %q", inJSON.literal(text), got, err, text)
		}
		for _, r := range inJSON.literal(text) {
			if hidden(r) {
				t.Errorf("%U is in the literal as it is", r)
			}
		}
	})
}

// A comment stays one comment: no text ends it, starts a line with a sign, or hides.
func FuzzComment(f *testing.F) {
	for _, seed := range []string{"", "a */ b", "x\nfunc init() {}", "*\u2028/ a", strings.Repeat("word ", 60),
		strings.Repeat("# - 1. Deprecated: ", 30), "\u202e*\u200b/", "* /", "**//", "*\u0000/"} {
		f.Add(seed)
	}
	c := commentStyle{Width: 60, Replace: [][2]string{{"*/", `*\/`}, {" @", ` \@`}}}
	style := stringStyle{Unicode: `\u%04x`}
	f.Fuzz(func(t *testing.T, text string) {
		out := c.comment(" * ", strings.ToValidUTF8(text, "?"), &style)
		if strings.Contains(out, "*/") || strings.HasPrefix(out, "@") || strings.Contains(out, " @") {
			t.Errorf("%q ends the comment or makes a tag", out)
		}
		for i, line := range strings.Split(out, "\n") {
			if rest, ok := strings.CutPrefix(line, " * "); i > 0 &&
				(!ok || rest == "" || !mayBeginLine(strings.Fields(rest)[0])) {
				t.Errorf("the line %q cannot stand in a comment", line)
			}
			if strings.ContainsFunc(line, hidden) {
				t.Errorf("%q hides something", line)
			}
		}
	})
}

func TestNumbersReadAlikeEverywhere(t *testing.T) {
	for text, want := range map[string]string{"1": "1", "1.50": "1.50", "1e3": "1.0e+3", "1E-3": "1.0e-3",
		"-2.5e+10": "-2.5e+10"} {
		if got := plainNumber(text); got != want {
			t.Errorf("%s is written %s, expected %s", text, got, want)
		}
	}
}

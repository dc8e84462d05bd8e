package regex

import (
	"regexp"
	"testing"
)

// What JavaScript says of each was seen with new RegExp(pattern, "u"); portable is what the pattern becomes when the
// exact spellings are put in.
var cases = []struct{ pattern, foreign, portable string }{
	{`^[a-z]+(?:-[a-z]+)*$`, "", ""},
	{`(?<year>\d{4})\.\w\W\D\b\B\t\n\v\f\r\x41\0`, "", ""},
	{`[\d-][-\w][a\-z][^\]\\]\/\{\}`, "", ""},
	{`\p{L}\P{Lu}\p{Letter}\p{Any}`, "", ""},
	{`a{2}b{2,}c{2,3}?.*?`, "", ""},
	{`[[:x]`, "", ""},
	{`(?i)x`, `(?i)`, `(?i)x`},
	{`(?s:.)`, `(?s:`, `(?s:.)`},
	{`(?P<n>x)`, `(?P<n>`, `(?<n>x)`},
	{`(?<1n>x)`, `(?<1n>`, `(?<1n>x)`},
	{`\Aa\z`, `\A\z`, `^a$`},
	{`(?m)\Aa\z`, `(?m)\A\z`, `(?m)\Aa\z`},
	{`\Qa.b\E+`, `\Qa.b\E`, `\Qa.b\E+`},
	{`\x{41}\x{1F600}`, `\x{41}\x{1F600}`, `\x41\x{1F600}`},
	{`[[:alpha:]_]`, `[:alpha:]`, `[[:alpha:]_]`},
	{`\pL\p{^Lu}\p{Greek}`, `\pL\p{^Lu}\p{Greek}`, `\p{L}\P{Lu}\p{Greek}`},
	{`\a\077\07`, `\a\077\07`, `\x07\x3F\x07`},
	{`a\-b\_\ \"`, `\-\_\ \"`, `a\-b\_\ \"`},
	{`{a}`, `{}`, `{a}`},
	{`a{,5}b{01}`, `{}{}`, `a{,5}b{01}`},
	{`a]`, `]`, `a]`},
	{`[]a][^]a]`, `]]`, `[\]a][^\]a]`},
	{`[\d-z]`, `-`, `[\d\-z]`},
	{`[[-[:x]`, "", ""},
	{`[\[-[:alpha:]\p{Zs}`, "", ""}, // a range from [ to [
	{`^*\b+`, `^*\b+`, `^*\b+`},
}

func TestDifferences(t *testing.T) {
	for _, c := range cases {
		regexp.MustCompile(c.pattern)
		foreign, portable := "", c.pattern
		found := Differences(c.pattern)
		for i := range found {
			foreign += found[i].Text
			if d := found[len(found)-1-i]; d.Exact {
				portable = portable[:d.Start] + d.Portable + portable[d.End:]
			}
		}
		if c.portable == "" {
			c.portable = c.pattern
		}
		if foreign != c.foreign || portable != c.portable {
			t.Errorf("%s: found %s and made %s, expected %s and %s", c.pattern, foreign, portable, c.foreign, c.portable)
		}
	}
}

func TestWhitespaceEscapes(t *testing.T) {
	for pattern, want := range map[string]string{
		`^\S+$`: `\S`, `[^@\s]`: `\s`, `[a\S]\s`: `\S`,
		`\\s[\\S]`: "", `[ \t]+`: "", `\Q\s\E`: "", `s[S]`: "",
	} {
		if got := WhitespaceEscape(pattern); got != want {
			t.Errorf("%s: found %q", pattern, got)
		}
	}
}

func TestTokensAreThePattern(t *testing.T) {
	for _, c := range cases {
		joined := ""
		for _, token := range split(c.pattern) {
			joined += token.text
		}
		if joined != c.pattern {
			t.Errorf("%s is cut into %s", c.pattern, joined)
		}
	}
}

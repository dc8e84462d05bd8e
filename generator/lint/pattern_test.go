package lint

import (
	"regexp"
	"strings"
	"testing"
)

// What JavaScript says of each was seen with new RegExp(pattern, "u"); portable is what the pattern becomes when the exact spellings are put in.
var dialectCases = []struct{ pattern, foreign, portable string }{
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

func TestDialects(t *testing.T) {
	for _, c := range dialectCases {
		regexp.MustCompile(c.pattern)
		foreign, portable := "", c.pattern
		found := dialects(c.pattern)
		for i := range found {
			foreign += found[i].text
			if d := found[len(found)-1-i]; d.exact {
				portable = portable[:d.start] + d.portable + portable[d.end:]
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
		if got := whitespaceEscape(pattern); got != want {
			t.Errorf("%s: found %q", pattern, got)
		}
	}
}

func TestTokensAreThePattern(t *testing.T) {
	for _, c := range dialectCases {
		joined := ""
		for _, token := range split(c.pattern) {
			joined += token.text
		}
		if joined != c.pattern {
			t.Errorf("%s is cut into %s", c.pattern, joined)
		}
	}
}

// The loops were seen to take exponential time in a backtracking engine, and the others not.
var loopCases = []struct{ pattern, loop string }{
	{`^(a+)+$`, `(a+)+`},
	{`^(a*)*$`, `(a*)*`},
	{`(a|a)*b`, `(a|a)*`},
	{`^(a|aa)+$`, `(a|aa)+`},
	{`^(a|b|ab)*$`, `(a|b|ab)*`},
	{`^(\w|\d)*$`, `(\w|\d)*`},
	{`^([a-z]|[0-9a-f])+$`, `([a-z]|[0-9a-f])+`},
	{`^x(?:\s*\w+\s*)*y$`, `(?:\s*\w+\s*)*`},
	{`^([a-z]+-?)+$`, `([a-z]+-?)+`},
	{`^([a-z0-9]+[._-]?)*@`, `([a-z0-9]+[._-]?)*`},
	{`^(.*,)*$`, `(.*,)*`},
	{`^(a{1,30}){1,30}$`, `(a{1,30}){1,30}`},
	{`^(a?){2,}$`, ``}, // engines do not repeat what matches nothing
	{`^(a?a?)*$`, `(a?a?)*`},
	{`^(a{2}|a{3})*$`, `(a{2}|a{3})*`},
	{`^(a{20}|a{30})*$`, `(a{20}|a{30})*`},
	{`^((ab)*c?)*d$`, `((ab)*c?)*`},
	{`^(?:[aA]|a)*$`, `(?:[aA]|a)*`},

	{`^[a-z0-9]+(?:-[a-z0-9]+)*$`, ``},
	{`^(a|b)*$`, ``},
	{`^(ab|ac)*$`, ``},
	{`^(a+b)+$`, ``},
	{`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$`, ``},
	{`^([a-z]{16}){1,}$`, ``},
	{`^([0-9a-f]{2}:){5}[0-9a-f]{2}$`, ``},
	{`^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`, ``},
	{`^([a-z](?:[a-z-]{0,61}[a-z])?\.)+[a-z]{2,}$`, ``},
	{`^"([^"\\]|\\.)*"$`, ``},
	{`^(\w+\b ?)+$`, ``}, // a word ends where it ends
	{`^(/[^/]+)*/?$`, ``},
	{`a*a*$`, ``}, // slow, but not exponential
	{`^v?(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}(-[0-9A-Za-z.-]+)?$`, ``},
	{`^[^@\s]+@[^@\s]+\.[^@\s]+$`, ``},
	{`(?i)^(?P<a>x|y)+[[:alpha:]]*\Q++\E$`, ``},
	{`^((a){0}b)*$`, ``},
}

func TestAmbiguousLoops(t *testing.T) {
	for _, c := range loopCases {
		regexp.MustCompile(c.pattern)
		budget := patternBudget
		if loop := ambiguousLoop(c.pattern, &budget); loop != c.loop {
			t.Errorf("%s: found the loop %q, expected %q", c.pattern, loop, c.loop)
		}
	}
}

func TestPatternsAreBounded(t *testing.T) {
	for _, p := range []string{
		strings.Repeat("(?:", 300) + "a" + strings.Repeat("*)", 300), strings.Repeat("a?", 999), "(" + strings.Repeat("a|", 900) + "a)*", "(" + strings.Repeat("a?", 280) + ")*b",
		"((((a{1,9}){1,9}){1,9})*)*", "(" + strings.Repeat("[a-c]?[b-d]?", 140) + "x)*",
	} {
		if _, err := regexp.Compile(p); err != nil {
			t.Fatal(err)
		}
		budget := patternBudget
		ambiguousLoop(p, &budget)
		if budget < -patternBudget/100 {
			t.Errorf("%.20s… went over the budget by %d", p, -budget)
		}
	}
}

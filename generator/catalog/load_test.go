package catalog

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

const everything = `version: 1
info: {title: T, summary: S, docsURL: https://example.com/errors, codeStyle: UPPER_SNAKE, internal: BROKEN, intro: "# Hi"}
categories: {one: {title: One}, two: {title: Two, description: D}}
errors:
  BROKEN: {status: 503, category: two, meaning: "It *broke* with a [link](https://example.com)", retryAfter: true, retryable: false}
  LIMITED:
    status: 429
    category: one
    meaning: Too many
    message: Slow down
    details: {$ref: "#/types/Limit"}
    examples: [{summary: E, details: {limit: 5}}, {message: Other, details: {limit: 6}}]
    since: 2025-03-01
    deprecated: {since: "2", use: BROKEN, reason: R}
    seeAlso: [BROKEN]
    names: {go: Limited}
types: {Limit: {type: object, properties: {limit: {type: integer, minimum: 1}}, required: [limit]}}
retired: {GONE: {since: "1", use: LIMITED, reason: Q}, AWAY: {}}
sections: [{title: X, body: Y}]
`

func TestCatalogHoldsWhatTheFileSays(t *testing.T) {
	c, found := Load("errors.yaml", []byte(everything), document.DefaultMaxSize)
	if found != nil {
		t.Fatal(found)
	}
	broken, limited := c.Errors[0], c.Errors[1]
	for what, pair := range map[string][2]any{
		"title":            {c.Title.Plain(), "T"},
		"internal":         {c.Internal, broken},
		"categories":       {c.Categories[0].Key + c.Categories[1].Key, "onetwo"},
		"category":         {c.Categories[1].Errors[0], broken},
		"default message":  {broken.Message, "It broke with a link"},
		"message":          {limited.Message, "Slow down"},
		"retryable":        {fmt.Sprint(broken.Retryable, limited.Retryable), "false true"},
		"retryAfter":       {fmt.Sprint(broken.RetryAfter, limited.RetryAfter), "true false"},
		"details":          {limited.Details.Resolve(), c.Types[0].Schema},
		"property":         {fmt.Sprint(c.Types[0].Schema.Properties[0].Required), "true"},
		"example messages": {limited.Examples[0].Message + ", " + limited.Examples[1].Message, "Slow down, Other"},
		"since":            {limited.Since, "2025-03-01"},
		"use":              {limited.Deprecated.Use, broken},
		"reason":           {limited.Deprecated.Reason.Plain(), "R"},
		"seeAlso":          {limited.SeeAlso[0], broken},
		"names":            {limited.Names["go"], "Limited"},
		"retired":          {c.Retired[0].Code + c.Retired[1].Code, "GONEAWAY"},
		"retired use":      {c.Retired[0].Use, limited},
		"section":          {c.Sections[0].Title.Plain(), "X"},
		"address":          {c.DocsAddress(limited), "https://example.com/errors#LIMITED"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %v, want %v", what, pair[0], pair[1])
		}
	}
}

func TestInternalCodeIsTheFirstWithStatus500(t *testing.T) {
	for text, want := range map[string]string{
		frame: "",
		frame + "  A: {status: 500, category: general, meaning: x}\n  B: {status: 500, category: general, meaning: x}\n": "A",
	} {
		c, found := Load("errors.yaml", []byte(text), document.DefaultMaxSize)
		if found != nil {
			t.Fatal(found)
		}
		if got := c.Internal; got == nil && want != "" || got != nil && got.Code != want {
			t.Errorf("the internal code is %v, want %q", got, want)
		}
	}
}

func TestCodeStyles(t *testing.T) {
	for style, codes := range map[CodeStyle]string{
		"UPPER_SNAKE": "A A1 A_1 NOT_FOUND !a !A_ !_A !A__B !1A",
		"lower_snake": "a a1 a_1 not_found !A !a_ !a__b !a-b !a.b",
		"kebab-case":  "a a1 a-1 not-found !A !a- !a--b !a_b",
		"PascalCase":  "A NoSuchKey HTTPSRequired !noSuchKey !No_Key !A-B",
		"camelCase":   "a noSuchKey !NoSuchKey !no_key",
		"digits":      "0 40401 00_422 -32601 !a !4a !--1 !1_ !0x10 !1e3",
		"any":         "a card_declined NoSuchKey 0x10 1e3 1_000 a/b !é !",
		"dot.case":    "a auth.token_expired a.b.c !auth. !.a !a..b !A.b !a-b !a._b",
	} {
		for code := range strings.FieldsSeq(codes) {
			code, wrong := strings.CutPrefix(code, "!")
			if style.Valid(code) == wrong {
				t.Errorf("%s in %s: %v", code, style, !wrong)
			}
		}
	}
	if !CodeStyle("camelCase").Valid(strings.Repeat("a", 100)) || CodeStyle("camelCase").Valid(strings.Repeat("a", 101)) {
		t.Error("the limit is 100 characters")
	}
}

func TestEachStyleTakesItsCodes(t *testing.T) {
	examples := map[CodeStyle]string{
		"UPPER_SNAKE": "NOT_FOUND", "lower_snake": "not_found", "kebab-case": "not-found", "PascalCase": "NotFound",
		"camelCase": "notFound", "dot.case": "auth.token_expired", "digits": "40401", "any": "card_declined",
	}
	for style := range codeStyles {
		if !style.Valid(examples[style]) {
			t.Errorf("%s is no example of %s", examples[style], style)
		}
	}
}

func TestDiagnosticsDoNotDependOnTheRun(t *testing.T) {
	for _, path := range invalidFiles(t) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if first := string(diagnose(t, text)); string(diagnose(t, text)) != first {
				t.Fatalf("%s: two runs differ", path)
			}
		}
	}
}

// 16 KB of mistakes, each of a kind that could cost more the more of it there is.
func TestHostileCatalogsAreAnswered(t *testing.T) {
	var chain strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&chain, "  T%d: {$ref: \"#/types/T%d\"}\n", i, i+1)
	}
	for name, text := range map[string]string{
		"references in a chain": everythingWith("types", chain.String()),
		"unknown codes":         frame + "    seeAlso: [" + numbered("CODE_%d, ", 20_000) + "]\n",
		"wrong errors":          "errors: {" + numbered("E%d: 1, ", 20_000) + "}",
		"fan-out": everythingWith("types", "  T0: {type: string}\n"+numberedFrom(1, 64, func(i int) string {
			return fmt.Sprintf("  T%d: {type: object, properties: {a: {$ref: \"#/types/T%d\"}, b: {$ref: \"#/types/T%d\"}}}\n",
				i, i-1, i-1)
		})),
	} {
		_, found := Load("errors.yaml", []byte(text), document.DefaultMaxSize)
		if len(found) > 20_002 {
			t.Errorf("%s: %d diagnostics", name, len(found))
		}
	}
}

func everythingWith(key, members string) string { return frame + key + ":\n" + members }

func numbered(format string, n int) string {
	return numberedFrom(0, n, func(i int) string { return fmt.Sprintf(format, i) })
}

func numberedFrom(from, to int, one func(int) string) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(one(i))
	}
	return b.String()
}

// FuzzLoad holds that Load comes to an end, that what it refuses has a place in the file, and that nothing it says
// could move a cursor.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(everything))
	paths, err := filepath.Glob("testdata/invalid/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, section := range strings.Split(string(text), "\n-- ") {
			if name, body, _ := strings.Cut(section, " --\n"); strings.HasSuffix(name, ".yaml") {
				f.Add([]byte(body))
			} else if strings.HasSuffix(name, ".error") {
				f.Add([]byte(frame + "    " + strings.ReplaceAll(body, "\n", "\n    ")))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c, found := Load("errors.yaml", text, 1<<20)
		if (c == nil) != found.HasErrors() {
			t.Errorf("a catalog: %v, errors: %v", c != nil, found)
		}
		for _, d := range found {
			if d.Message == "" || d.Rule == "" || d.Place.File == "" {
				t.Errorf("says little: %+v", d)
			}
			checkPlace(t, strings.TrimPrefix(string(text), "\ufeff"), d.Place)
		}
		checkPrinted(t, found)
	})
}

func checkPlace(t *testing.T, text string, p diag.Place) {
	t.Helper()
	lines := strings.Split(text, "\n")
	if p.Start.Line > len(lines) || p.Start.Line > 0 &&
		(p.Start.Column < 1 || p.Start.Column > utf8.RuneCountInString(lines[p.Start.Line-1])+1) {
		t.Errorf("%+v is not in the file", p)
	}
}

func checkPrinted(t *testing.T, found diag.List) {
	t.Helper()
	var out strings.Builder
	_ = diag.Text(&out, found, diag.Style{})
	_ = diag.Short(&out, found)
	for line := range strings.Lines(out.String()) {
		if line = strings.TrimSuffix(line, "\n"); diag.Visible(line) != line {
			t.Errorf("%q would act on a terminal", line)
		}
	}
}

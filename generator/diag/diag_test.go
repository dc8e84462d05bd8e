package diag

import (
	"slices"
	"strings"
	"testing"
)

func TestQuoteShowsWhatCannotBeSeen(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                    `"plain"`,
		`a"b`:                      `"a\"b"`,
		"a\n\t\r":                  `"a\n\t\r"`,
		"\x1b[2J\x07":              `"<U+001B>[2J<U+0007>"`,
		"\u202e\u2028\ufeff\u0085": `"<U+202E><U+2028><U+FEFF><U+0085>"`,
		"\U000e0041":               `"<U+E0041>"`,
		"\xff":                     `"<U+FFFD>"`,
		"日本 é 👍":                   `"日本 é 👍"`,
		strings.Repeat("x", 61):    `"` + strings.Repeat("x", 60) + `…"`,
	} {
		if got := Quote(text); got != want {
			t.Errorf("%q is shown as %s, want %s", text, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"status", "category", "retryAfter", "docsURL", "details", "go"}
	for name, want := range map[string]string{
		"statsu": "status", "satus": "status", "STATUS": "status", "retry_after": "retryAfter", "docs_url": "docsURL",
		"detials": "details",
		"status":  "", "message": "", "x": "", "gp": "", "": "", "categories": "",
	} {
		if got := Nearest(name, known); got != want {
			t.Errorf("%q is near %q, want %q", name, got, want)
		}
	}
}

func TestDidYouMeanListsFewCandidates(t *testing.T) {
	for _, c := range []struct{ name, candidates, want string }{
		{"statsu", "status other", `did you mean "status"?`},
		{"x", "one two", "expected one of one, two"},
		{"x", "one", "expected one"},
		{"x", "", ""},
		{"x", strings.Repeat("name ", 17), ""},
	} {
		if got := DidYouMean(c.name, strings.Fields(c.candidates)); got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.name, c.candidates, got, c.want)
		}
	}
}

func TestSortOrdersByPlaceAndDropsRepetitions(t *testing.T) {
	at := func(file string, line, column int, rule string) Diagnostic {
		return Diagnostic{Rule: rule, Message: "m",
			Place: Place{File: file, Range: Range{Start: Position{Line: line, Column: column}}}}
	}
	l := List{at("b", 1, 1, "r"), at("a", 2, 1, "r"), at("a", 1, 9, "r"), at("a", 1, 9, "q"), at("a", 1, 9, "r"),
		at("a", 0, 0, "z")}
	l.Sort()
	var got []string
	for _, d := range l {
		got = append(got, d.Place.address()+d.Rule)
	}
	if want := "az a:1:9q a:1:9r a:2:1r b:1:1r"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
}

func TestListIsBounded(t *testing.T) {
	var l List
	for range most + 5 {
		l.Add(Diagnostic{Rule: "r", Severity: Warning})
	}
	if len(l) != most+1 || l[most].Rule != "too-many-mistakes" || !l.HasErrors() || l.Count(Warning) != most {
		t.Errorf("%d diagnostics, the last is %+v", len(l), l[len(l)-1])
	}
}

func TestPrint(t *testing.T) {
	place := func(line, column, end int, source string) Place {
		return Place{File: "e.yaml", Range: Range{Position{line, column}, Position{line, end}}, Source: source,
			SourceColumn: 1}
	}
	list := List{
		{Rule: "one", Message: "m", Place: place(7, 4, 7, "a: bcd e"), Hint: "h",
			Related: []Related{{Place: place(12, 1, 2, "x"), Message: "r"}}},
		{Rule: "file", Severity: Warning, Message: "w\x1b", Place: Place{File: "e\x07"}, Hint: "h\n"},
		{Rule: "tab", Message: "m", Place: place(1, 3, 4, "\t\tx")},
		{Rule: "end", Message: "m", Place: place(1, 9, 9, "日本: \x1b")},
		{Rule: "cut", Message: "m", Place: Place{File: "e.yaml", Range: Range{Position{1, 500}, Position{1, 502}},
			Source: "ab日本cd…", SourceColumn: 498}},
		{Rule: "lines", Message: "m", Note: "n\x1b",
			Place: Place{File: "e.yaml", Range: Range{Position{1, 2}, Position{3, 1}}, Source: "abc", SourceColumn: 1}},
	}
	var text, short strings.Builder
	_, _ = Text(&text, list, Style{}), Short(&short, list)
	const want = `error[one]: m
  --> e.yaml:7:4
   |
 7 | a: bcd e
   |    ^^^ h
  ::: e.yaml:12:1
   |
12 | x
   | ^ r
   = help: run ` + "`errgen explain one`" + `

warning[file]: w<U+001B>
 --> e<U+0007>
  = help: h\n
  = help: run ` + "`errgen explain file`" + `

error[tab]: m
 --> e.yaml:1:3
  |
1 |   x
  |   ^
  = help: run ` + "`errgen explain tab`" + `

error[end]: m
 --> e.yaml:1:9
  |
1 | 日本: <U+001B>
  |               ^
  = help: run ` + "`errgen explain end`" + `

error[cut]: m
 --> e.yaml:1:500
  |
1 | …ab日本cd…
  |    ^^^^
  = help: run ` + "`errgen explain cut`" + `

error[lines]: m
 --> e.yaml:1:2
  |
1 | abc
  |  ^^
  = note: n<U+001B>
  = help: run ` + "`errgen explain lines`" + `
`
	if text.String() != want {
		t.Errorf("got:\n%s", text.String())
	}
	const wantShort = `e.yaml:7:4: error[one]: m (h)
e<U+0007>: warning[file]: w<U+001B> (h\n)
`
	if !strings.HasPrefix(short.String(), wantShort) {
		t.Errorf("got:\n%s", short.String())
	}
}

// People get a hundred, errors before warnings, and the number of the others; programs get all.
func TestPeopleAreShownAHundred(t *testing.T) {
	var list List
	for i := range 8000 {
		d := Diagnostic{Rule: "w", Severity: Warning, Message: "m",
			Place: Place{File: "f", Range: Range{Start: Position{i + 1, 1}}}}
		if i >= 7990 {
			d.Rule, d.Severity = "e", Error
		}
		list.Add(d)
	}
	var text, short, machine strings.Builder
	_, _, _ = Text(&text, list, Style{}), Short(&short, list), JSON(&machine, list)
	const more = "and 7900 more, which --format json prints as well\n"
	for name, got := range map[string]string{"text": text.String(), "short": short.String()} {
		errors, warnings := strings.Count(got, "error[e]"), strings.Count(got, "warning[w]")
		if errors != 10 || warnings != 90 || !strings.HasSuffix(got, more) {
			t.Errorf("%s shows %d errors and %d warnings, and ends in %q", name, errors, warnings, got[len(got)-80:])
		}
	}
	if n := strings.Count(machine.String(), `"rule"`); n != len(list) {
		t.Errorf("JSON has %d of %d", n, len(list))
	}
	short.Reset()
	if _ = Short(&short, list[:100]); strings.Count(short.String(), "\n") != 100 {
		t.Errorf("of a hundred it shows %d", strings.Count(short.String(), "\n"))
	}
}

func TestColorsEndOnEachLine(t *testing.T) {
	var b strings.Builder
	_ = Text(&b, List{{Rule: "r", Message: "m", Hint: "h",
		Place: Place{File: "f", Range: Range{Position{1, 1}, Position{1, 2}}, Source: "x", SourceColumn: 1}}}, Colors)
	for line := range strings.Lines(b.String()) {
		if strings.LastIndex(line, "\x1b[") != strings.LastIndex(line, Colors.Reset) {
			t.Errorf("%q leaves a colour on", line)
		}
	}
}

// The band of distance leaves out nothing: a plain table gives the same.
func TestDistanceIsThatOfTheFullTable(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "abc", "acb", "xabc", "abcx", "aXbc", "status", "statsu", "tsatus",
		"staatus", "state", "abcdef", "badcfe", "A_B", "a_b", strings.Repeat("x", 64), strings.Repeat("x", 65)}
	for _, a := range words {
		for _, b := range words {
			want := min(fullDistance(strings.ToLower(a), strings.ToLower(b)), 3)
			if len(a) > 64 || len(b) > 64 {
				want = 3
			}
			if got := min(distance(a, b, 3), 3); got != want {
				t.Errorf("%q to %q: %d, want %d", a, b, got, want)
			}
		}
	}
}

func fullDistance(a, b string) int {
	switch {
	case a == "" || b == "":
		return len(a) + len(b)
	case len(a)-len(b) > 3 || len(b)-len(a) > 3:
		return 4
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0 || j == 0:
				rows[i][j] = i + j
			case a[i-1] == b[j-1]:
				rows[i][j] = rows[i-1][j-1]
			default:
				rows[i][j] = 1 + min(rows[i-1][j], rows[i][j-1], rows[i-1][j-1])
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					rows[i][j] = min(rows[i][j], 1+rows[i-2][j-2])
				}
			}
		}
	}
	return rows[len(a)][len(b)]
}

// A file with more wrong names than anybody would correct gets its first hints, and costs no more.
func TestGuessesEnd(t *testing.T) {
	names := func() []string { return slices.Repeat([]string{"other"}, enoughGuesses-1) }
	var g Guesses
	for i, want := range []string{`did you mean "other"?`, `did you mean "other"?`, ""} {
		if got := g.DidYouMean("othr", names); got != want {
			t.Errorf("guess %d: %q, expected %q", i, got, want)
		}
	}
	if near := g.Nearest("othr", func() []string { t.Error("asked"); return nil }); near != "" {
		t.Errorf("%q", near)
	}
}

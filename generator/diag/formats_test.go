package diag

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

var update = flag.Bool("update", false, "rewrite the expected outputs in testdata")

// hostile holds what could get out of its place in some format.
var hostile = List{
	{
		Rule: "one", Message: "plain", Hint: "do this", Pointer: "/errors/A~1B",
		Edits: []Edit{{Start: 3, End: 5, New: "<&>"}},
		Place: Place{File: "./api/errors.yaml", Range: Range{Position{7, 4}, Position{7, 7}}, Source: "a: bcd e",
			SourceColumn: 1},
		Related: []Related{{Place: Place{File: "HEAD~1:errors.yaml", Range: Range{Position{12, 1}, Position{12, 2}},
			Source: "x", SourceColumn: 1}, Message: "before"}},
	},
	{Rule: "file", Severity: Warning, Message: "100%\r\n::stop-commands::x \x1b[2J", Place: Place{File: "a,b: 50%.yaml"}},
	{
		Rule: "two", Severity: Warning, Message: `see [here](https://example.com) and C:\x <b> "q"`, Hint: "l1\nl2",
		Place: Place{File: "a b#c?.yaml", Range: Range{Position{1, 2}, Position{3, 1}}, Source: "日本", SourceColumn: 1},
	},
	{Rule: "two", Severity: Warning, Message: "the same line again",
		Place: Place{File: "a b#c?.yaml", Range: Range{Position{1, 2}, Position{1, 2}}, Source: "日本", SourceColumn: 1}},
}

var someRules = []Rule{
	{Name: "one", Group: "lint", Level: "error", Reason: "Because.", Bad: "\nA: {}\n", Good: "B: {}\n"},
	{Name: "two", Group: "breaking", Level: "wire", Reason: "Why not.", Before: "A: {}\n", Bad: "B: {}\n",
		Good: "A: {}\n"},
}

func sarif(w io.Writer, l List) error { return SARIF(w, l, "v1.2.3", "errgen/lint", someRules) }

func TestFormats(t *testing.T) {
	for name, print := range map[string]func(io.Writer, List) error{"json": JSON, "github": GitHub, "gitlab": GitLab,
		"sarif": sarif} {
		for list, findings := range map[string]List{"nothing": nil, "hostile": hostile} {
			var b bytes.Buffer
			if err := print(&b, findings); err != nil {
				t.Fatal(err)
			}
			if name != "github" && !json.Valid(b.Bytes()) {
				t.Errorf("%s of %s is no JSON", name, list)
			}
			compare(t, list+"."+name, b.Bytes())
		}
	}
}

func compare(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(path); err != nil || !bytes.Equal(want, got) {
		t.Errorf("%s differs (%v); run go test ./generator/diag -update and read the diff. Got:\n%s", path, err, got)
	}
}

// The schema is that of the OASIS standard.
func TestSARIFValidates(t *testing.T) {
	schema, err := os.Open("testdata/sarif-2.1.0.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer schema.Close()
	compiler := jsonschema.NewCompiler()
	compiler.Draft, compiler.AssertFormat = jsonschema.Draft4, true
	if err := compiler.AddResource("sarif.json", schema); err != nil {
		t.Fatal(err)
	}
	compiled := compiler.MustCompile("sarif.json")
	for _, l := range []List{nil, hostile} {
		var b bytes.Buffer
		if err := sarif(&b, l); err != nil {
			t.Fatal(err)
		}
		var document any
		if err := json.Unmarshal(b.Bytes(), &document); err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(document); err != nil {
			t.Errorf("%#v", err)
		}
	}
	if compiled.Validate(map[string]any{"version": "2.1.0"}) == nil {
		t.Error("the schema accepts anything")
	}
}

// No text forges a workflow command: each diagnostic is one line.
func TestGitHubPrintsOneCommandForEach(t *testing.T) {
	var b strings.Builder
	if err := GitHub(&b, hostile); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != len(hostile) || strings.Contains(b.String(), "\r") {
		t.Errorf("%d lines:\n%s", len(lines), b.String())
	}
}

// Past ten annotations of a severity in a step, and 4,096 characters of a text, GitHub drops what comes
// (github.com/actions/toolkit docs/problem-matchers.md; _maxIssueMessageLength in github.com/actions/runner
// src/Runner.Worker/ExecutionContext.cs). So errors come first, each text says its place and rule, and a notice says
// that there are more.
func TestGitHubWithinItsLimits(t *testing.T) {
	var list List
	for i := range 12 {
		for _, s := range []Severity{Warning, Error} {
			list.Add(Diagnostic{Rule: "r-" + s.String(), Severity: s, Message: strings.Repeat("日", 3000),
				Place: Place{File: "api/e.yaml", Range: Range{Position{i + 1, 2}, Position{i + 1, 3}}}})
		}
	}
	var b strings.Builder
	if err := GitHub(&b, list); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	for i, line := range lines[:24] {
		s := Severity(i / 12)
		_, text, _ := strings.Cut(line, "title=r-"+s.String()+"::")
		at := fmt.Sprintf("api/e.yaml:%d:2: %s[r-%s]: 日", i%12+1, s, s)
		if !strings.HasPrefix(line, "::"+s.String()) || !strings.HasPrefix(text, at) {
			t.Errorf("line %d is %.120s", i, line)
		}
		if len(text) > 4096 || len(text) < 4090 || !utf8.ValidString(text) {
			t.Errorf("line %d has a text of %d bytes, valid is %v", i, len(text), utf8.ValidString(text))
		}
	}
	const notice = "::notice title=errgen::24 were found, of which GitHub shows the first 10 errors and 10 warnings; " +
		"the log of this step has all"
	if len(lines) != 25 || lines[24] != notice {
		t.Errorf("%d lines, the last is %s", len(lines), lines[len(lines)-1])
	}
	b.Reset()
	if _ = GitHub(&b, list[:20]); strings.Contains(b.String(), "::notice") {
		t.Error("a notice where all is shown")
	}
}

// What docs.gitlab.com/ci/testing/code_quality asks of each finding.
func TestGitLabHasWhatItNeeds(t *testing.T) {
	var b bytes.Buffer
	if err := GitLab(&b, hostile); err != nil {
		t.Fatal(err)
	}
	var issues []gitlabIssue
	if err := json.Unmarshal(b.Bytes(), &issues); err != nil || len(issues) != len(hostile) {
		t.Fatalf("%d findings: %v", len(issues), err)
	}
	seen := map[string]bool{}
	for _, i := range issues {
		known := slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity)
		if i.Description == "" || i.CheckName == "" || !known || i.Location.Lines.Begin < 1 || seen[i.Fingerprint] {
			t.Errorf("%+v", i)
		}
		if path := i.Location.Path; path == "" || strings.HasPrefix(path, "./") || filepath.IsAbs(path) {
			t.Errorf("the path %q does not begin at the root", path)
		}
		seen[i.Fingerprint] = true
	}
}

func TestFingerprints(t *testing.T) {
	moved := append(List{}, hostile...)
	for i := range moved {
		if moved[i].Place.Start.Line > 0 {
			moved[i].Place.Start.Line += 10
			moved[i].Place.End.Line += 10
		}
		moved[i].Message = "in other words"
	}
	before, after := hostile.fingerprints(), moved.fingerprints()
	seen := map[string]bool{}
	for i := range before {
		if before[i] != after[i] {
			t.Errorf("the fingerprint of %s moves with its line", hostile[i].Rule)
		}
		if seen[before[i]] {
			t.Errorf("two have the fingerprint of %s", hostile[i].Rule)
		}
		seen[before[i]] = true
	}
}

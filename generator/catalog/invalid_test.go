package catalog

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var update = flag.Bool("update", false, "rewrite the expected diagnostics")

// What an .error case is put into.
const frame = `version: 1
info: {title: Errors}
categories: {general: {title: General}}
errors:
  NOT_FOUND:
    status: 404
    category: general
    meaning: It is not there
`

// TestInvalid reads testdata/invalid: each case is a catalog and the diagnostics that a user sees. A .yaml case is a
// whole file, a .error case what follows the frame, and each line of a .quoted case is a part of the file as a Go
// string.
func TestInvalid(t *testing.T) {
	for _, path := range invalidFiles(t) {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cases := withoutAnswers(archive)
		var got []txtar.File
		for _, c := range cases {
			name, answer := c.Name, diagnose(t, caseText(t, c))
			got = append(got, c, txtar.File{Name: strings.TrimSuffix(name, filepath.Ext(name)) + ".want", Data: answer})
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: got}), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		compareAnswers(t, path, archive.Files, got)
	}
}

func invalidFiles(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/invalid/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases: ", err)
	}
	return paths
}

func withoutAnswers(archive *txtar.Archive) []txtar.File {
	var cases []txtar.File
	for _, f := range archive.Files {
		if filepath.Ext(f.Name) != ".want" {
			cases = append(cases, f)
		}
	}
	return cases
}

func caseText(t *testing.T, c txtar.File) []byte {
	t.Helper()
	switch filepath.Ext(c.Name) {
	case ".yaml":
		return c.Data
	case ".error":
		indented := strings.ReplaceAll(strings.TrimSuffix(string(c.Data), "\n"), "\n", "\n    ")
		return []byte(frame + "    " + indented + "\n")
	case ".quoted":
		var text []byte
		for line := range strings.Lines(string(c.Data)) {
			part, err := strconv.Unquote(strings.TrimSpace(line))
			if err != nil {
				t.Fatalf("%s: %s: %v", c.Name, line, err)
			}
			text = append(text, part...)
		}
		return text
	}
	t.Fatalf("%s: unknown kind of case", c.Name)
	return nil
}

func diagnose(t *testing.T, text []byte) []byte {
	t.Helper()
	_, found := Load("errors.yaml", text, document.DefaultMaxSize)
	var out bytes.Buffer
	if err := diag.Text(&out, found, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func compareAnswers(t *testing.T, path string, want, got []txtar.File) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d files, expected %d: a case has no answer, or an answer no case", path, len(want), len(got))
		return
	}
	for i := range want {
		if want[i].Name != got[i].Name || !bytes.Equal(want[i].Data, got[i].Data) {
			t.Errorf("%s: %s: got\n%s\nwant\n%s", path, got[i].Name, got[i].Data, want[i].Data)
		}
	}
}

// Every rule that the code names is shown by a case, or by a test of the package that finds it.
func TestEveryRuleHasACase(t *testing.T) {
	var answers strings.Builder
	for _, path := range append(invalidFiles(t), "../document/document_test.go") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		answers.Write(text)
	}
	for rule, where := range rulesInCode(t) {
		if !strings.Contains(answers.String(), "["+rule+"]:") && !strings.Contains(answers.String(), `"`+rule+`"`) {
			t.Errorf("no case shows %s of %s", rule, where)
		}
	}
}

// rulesInCode finds the kebab-case strings that stand where a rule is named.
func rulesInCode(t *testing.T) map[string]string {
	t.Helper()
	named := regexp.MustCompile(`(?:Rule: |x-rule": |refuseFile\(|(?:report|refuse|Report|diagnostic)\([^"\n]*)"([a-z0-9]+(?:-[a-z0-9]+)+|syntax)"`)
	rules := map[string]string{}
	patterns := []string{"*.go", "../document/*.go", "../diag/*.go", "../wire/*.go", "../../schema/errors.schema.json"}
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range named.FindAllStringSubmatch(string(text), -1) {
				rules[m[1]] = path
			}
		}
	}
	if len(rules) < 20 {
		t.Fatalf("found only %d rules", len(rules))
	}
	return rules
}

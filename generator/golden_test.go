package generator

import (
	"bytes"
	"errors"
	"flag"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var update = flag.Bool("update", false, "rewrite the expected outputs in golden")

const goldenDir = "../golden"

// A case is a folder with an errors.yaml: what errgen makes of it, outputs or diagnostics, stands in want. A folder
// templates holds targets of the case's own.
func TestGolden(t *testing.T) {
	catalogs, err := filepath.Glob(filepath.Join(goldenDir, "*", "errors.yaml"))
	if err != nil || len(catalogs) < 10 {
		t.Fatalf("found %d cases: %v", len(catalogs), err)
	}
	for _, catalog := range catalogs {
		dir := filepath.Dir(catalog)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			got := runCase(t, dir)
			for path, content := range got {
				if strings.HasSuffix(path, ".go") {
					assertFormatted(t, path, content)
					assertExampleParses(t, path, content)
				}
			}
			compareFolder(t, filepath.Join(dir, "want"), got)
		})
	}
}

// runCase returns the outputs of a case by their path in want.
func runCase(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	o := Options{Catalog: filepath.Join(dir, "errors.yaml"), MaxSize: document.DefaultMaxSize, Folder: "case"}
	own := filepath.Join(dir, "templates")
	if isThere(own) {
		o.Templates = own
	}
	o.Targets = everyTarget(t, dir, o)
	if api := filepath.Join(dir, "openapi.yaml"); isThere(api) {
		o.Settings = map[string]map[string]string{"openapi": {"api": api}}
	}
	result, err := Generate(o)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for _, f := range result.Files {
		path, err := filepath.Rel(filepath.Join("case", "out"), f.Path)
		if err != nil {
			t.Fatal(err)
		}
		got[path] = f.Content
	}
	if len(result.Diagnostics) > 0 {
		var b bytes.Buffer
		if err := diag.Text(&b, result.Diagnostics, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		got["diagnostics.txt"] = bytes.ReplaceAll(b.Bytes(), []byte(o.Catalog), []byte("errors.yaml"))
	}
	return got
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// everyTarget names those without a default folder too; of these a language only where the case has its files already:
// golden/languages_test.go proves it for every case, so that a few files are enough to read.
func everyTarget(t *testing.T, dir string, o Options) []Selection {
	t.Helper()
	library, err := LoadTargets(o.Templates)
	if err != nil {
		t.Fatal(err)
	}
	selections := Options{}.configured(library)
	for _, target := range library.Targets() {
		_, err := os.Stat(filepath.Join(dir, "want", target.Name, target.Files()[0]))
		if target.Out == "" && (target.UsageTitle() == "" || err == nil) {
			selections = append(selections, Selection{Name: target.Name, Out: filepath.Join(o.Folder, "out", target.Name)})
		}
	}
	return selections
}

func assertFormatted(t *testing.T, path string, content []byte) {
	t.Helper()
	formatted, err := format.Source(content)
	if err != nil {
		t.Errorf("%s: %v", path, err)
	} else if !bytes.Equal(formatted, content) {
		t.Errorf("%s is not gofmt-clean as the template prints it", path)
	}
}

// assertExampleParses reads the code of the package comment as the statements that a user would copy.
func assertExampleParses(t *testing.T, path string, content []byte) {
	t.Helper()
	comment, _, _ := strings.Cut(string(content), "\npackage ")
	var code strings.Builder
	for line := range strings.Lines(comment) {
		if statement, ok := strings.CutPrefix(line, "//\t"); ok {
			code.WriteString(statement)
		}
	}
	if code.Len() == 0 {
		t.Errorf("%s: the package comment shows no code", path)
	}
	if _, err := parser.ParseFile(token.NewFileSet(), path, "package p\nfunc f() {\n"+code.String()+"}\n", 0); err != nil {
		t.Errorf("the example in the package comment: %v", err)
	}
}

// compareFolder holds got against the files of a folder; a file that nothing made fails too.
func compareFolder(t *testing.T, dir string, got map[string][]byte) {
	t.Helper()
	if *update {
		rewriteFolder(t, dir, got)
	}
	want := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil {
			want[name], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for name, content := range got {
		if expected, found := want[name]; !found {
			t.Errorf("%s is not in %s; run go test ./generator -update and read the diff", name, dir)
		} else if !bytes.Equal(expected, content) {
			t.Errorf("%s differs at line %d; run go test ./generator -update and read the diff", name,
				differingLine(expected, content))
		}
	}
	for name := range want {
		if got[name] == nil {
			t.Errorf("%s: nothing generates it any more", filepath.Join(dir, name))
		}
	}
}

func rewriteFolder(t *testing.T, dir string, got map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for name, content := range got {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func differingLine(a, b []byte) int {
	linesA, linesB := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(linesA), len(linesB)) {
		if !bytes.Equal(linesA[i], linesB[i]) {
			return i + 1
		}
	}
	return min(len(linesA), len(linesB)) + 1
}

// Each case of a code style is there, and so is each target in every case without mistakes.
func TestGoldenCasesCoverTargets(t *testing.T) {
	library, err := LoadTargets("")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range library.Names() {
		if matches, _ := filepath.Glob(filepath.Join(goldenDir, "every-field", "want", name, "*")); len(matches) == 0 {
			t.Errorf("the case every-field has no output of the target %s", name)
		}
	}
	for _, style := range []string{"UPPER_SNAKE", "lower_snake", "kebab-case", "PascalCase", "camelCase", "dot.case",
		"digits", "any"} {
		if !slices.ContainsFunc(goldenCatalogs(t),
			func(text []byte) bool { return bytes.Contains(text, []byte("codeStyle: "+style+"\n")) }) {
			t.Errorf("no case has the code style %s", style)
		}
	}
}

func goldenCatalogs(t *testing.T) [][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(goldenDir, "*", "errors.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var texts [][]byte
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	return texts
}

// errgen's own targets are read without a check of their definitions, since this test makes it.
func TestOwnTargetsAreWellDefined(t *testing.T) {
	checked, err := LoadTargets("../templates")
	if err != nil {
		t.Fatal(err)
	}
	own, err := LoadTargets("")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range own.places {
		if expected := checked.places[i]; p.name != expected.name || p.hasFolder != expected.hasFolder {
			t.Errorf("%s: found out unread that it has a default folder: %t, but %t of %s", p.name, p.hasFolder,
				expected.hasFolder, expected.name)
		}
	}
}

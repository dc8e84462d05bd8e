package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/intake"
	"github.com/sigsentry/errgen/generator/lint"
)

// cases calls test for every golden case that has an output.
func cases(t *testing.T, output string, test func(t *testing.T, folder, output string)) {
	t.Helper()
	found, err := filepath.Glob("../../golden/*/want/" + output)
	if err != nil || len(found) < 20 {
		t.Fatalf("found %d cases: %v", len(found), err)
	}
	for _, path := range append(found, "../../out/"+output) {
		folder, _, _ := strings.Cut(path, "/want/")
		folder = strings.TrimSuffix(folder, "/out/"+output)
		t.Run(filepath.Base(folder), func(t *testing.T) { test(t, folder, path) })
	}
}

// imported returns the text of the catalog that comes of one file, in which nothing is open.
func imported(t *testing.T, path string) []byte {
	t.Helper()
	o := options()
	im, err := intake.Read([]string{path}, o)
	if err != nil {
		t.Fatal(err)
	}
	if im.Refused() || len(im.Found) > 0 {
		t.Fatalf("%v", im.Found)
	}
	text, err := im.Catalog("errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// generated returns what a target makes of a catalog.
func generated(t *testing.T, text []byte, target string) string {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "errors.yaml")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Fatal(err)
	}
	result, err := generator.Generate(generator.Options{Catalog: path, MaxSize: document.DefaultMaxSize, Folder: folder,
		Targets: []generator.Selection{{Name: target, Out: folder}}})
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics.HasErrors() {
		var b strings.Builder
		_ = diag.Text(&b, result.Diagnostics, diag.Style{})
		t.Fatalf("%s\n%s", b.String(), text)
	}
	return string(result.Files[0].Content)
}

var identifiers = regexp.MustCompile(`(?m)^ *"identifiers": .*\n`)

// errors.json gives the catalog back: what is generated of the import is errors.json again, byte for byte.
func TestJSONComesBack(t *testing.T) {
	cases(t, "json/errors.json", func(t *testing.T, folder, output string) {
		text := imported(t, output)
		if filepath.Base(folder) == "wire-names" {
			return // it cannot do without names by target, which are not in errors.json
		}
		if filepath.Base(folder) == "keywords" { // names by target are not in errors.json, and this case needs one
			text = []byte(strings.Replace(string(text), "\n  DEFAULT:", "\n  DEFAULT:\n    names: {openapi: Usual}", 1))
		}
		// Identifiers follow from names by target.
		got := identifiers.ReplaceAllString(generated(t, text, "json"), "")
		if want := identifiers.ReplaceAllString(read(t, output), ""); got != want {
			t.Errorf("%s\nof\n%.3000s", firstDifference(got, want), text)
		}
		c, _ := catalog.Load("errors.yaml", text, document.DefaultMaxSize)
		found := lint.Run(c, nil)
		for _, d := range found {
			if len(d.Edits) > 0 && d.Rule != "pattern-dialect" && d.Rule != "pattern-whitespace" {
				t.Errorf("lint --fix would correct it: %s", d.Message)
			}
		}
	})
}

// The docs page gives back the table's part: codes, statuses, categories by their titles, texts, retries and lives.
func TestMarkdownComesBack(t *testing.T) {
	cases(t, "markdown/errors.md", func(t *testing.T, folder, output string) {
		want, _ := catalog.Load("errors.yaml", []byte(read(t, folder+"/errors.yaml")), document.DefaultMaxSize)
		got, found := catalog.Load("errors.yaml", imported(t, output), document.DefaultMaxSize)
		if got == nil {
			t.Fatal(found, "\n", string(imported(t, output)))
		}
		if filepath.Base(folder) == "hostile-text" { // the title of its category has lines that are no heading
			got.Categories, want.Categories, got.Retired, want.Retired = nil, nil, nil, nil
			got.Operations, want.Operations = nil, nil
		}
		if g, w := tableOf(got), tableOf(want); g != w {
			t.Error(firstDifference(g, w))
		}
	})
}

// firstDifference shows the first line that differs.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: got\n%.500s\nwant\n%.500s", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(g), len(w))
}

// tableOf prints what the tables of the docs page hold of a catalog.
func tableOf(c *catalog.Catalog) string {
	var b strings.Builder
	for _, category := range c.Categories {
		for _, e := range category.Errors {
			b.WriteString(strings.Join([]string{category.Title.Plain(), e.Code, e.Status.String(), e.Meaning.Markdown(nil),
				e.Recovery.Markdown(nil), e.Since}, " | "))
			if e.Retryable {
				b.WriteString(" | retry")
			}
			if e.RetryAfter {
				b.WriteString(" | after")
			}
			if e.Deprecated != nil {
				b.WriteString(" | deprecated " + e.Deprecated.Since + " " + e.Deprecated.Reason.Plain())
				if e.Deprecated.Use != nil {
					b.WriteString(" use " + e.Deprecated.Use.Code)
				}
			}
			for _, other := range e.SeeAlso {
				b.WriteString(" | see " + other.Code)
			}
			b.WriteByte('\n')
		}
	}
	for _, o := range c.Operations {
		b.WriteString("operation " + o.Key + " " + o.Method + " " + o.Path)
		for _, e := range o.Errors {
			b.WriteString(" " + e.Code)
		}
		b.WriteByte('\n')
	}
	for _, r := range c.Retired {
		b.WriteString("retired " + r.Code + " " + r.Since + " " + r.Reason.Plain() + "\n")
	}
	return b.String()
}

// codePaths are decided by hand: a number, and two members that may hold the code.
var codePaths = map[string]string{
	"envelope-flat": "code", "envelope-deep": "error.details[].reason", "style-digits": "error.code",
	"style-any": "error.code", "wire": "error.code",
}

// The OpenAPI fragments give back codes, statuses, meanings, recoveries and Retry-After.
func TestOpenAPIComesBack(t *testing.T) {
	for _, output := range []string{"openapi/errors.openapi.yaml", "openapi/errors.openapi-3.0.yaml"} {
		cases(t, output, func(t *testing.T, folder, output string) {
			want, _ := catalog.Load("errors.yaml", []byte(read(t, folder+"/errors.yaml")), document.DefaultMaxSize)
			o := options()
			o.Status = 299 // of those that the fragment does not tell: no status, and those below 400
			if path := codePaths[filepath.Base(folder)]; path != "" {
				o.Map = map[string]string{"code": path}
			}
			got := load(t, o, output)
			if filepath.Base(folder) == "hostile-text" { // paragraphs end where its authors did not mean it
				got.Errors, want.Errors = got.Errors[:1], want.Errors[:1]
			}
			if g, w := apiOf(got), apiOf(want); g != w {
				t.Error(firstDifference(g, w))
			}
		})
	}
}

func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// apiOf prints what the OpenAPI fragment holds of a catalog.
func apiOf(c *catalog.Catalog) string {
	var b strings.Builder
	errors := slices.Clone(c.Errors)
	slices.SortFunc(errors, func(a, b *catalog.Error) int { return strings.Compare(a.Code, b.Code) })
	for _, e := range errors {
		status := e.Status.String()
		if e.Status.Default < 400 {
			status = "unknown"
		}
		fmt.Fprintf(&b, "%s | %s | %s | %s | %v\n", e.Code, status, words(e.Meaning.Plain()), words(e.Recovery.Plain()),
			e.RetryAfter)
	}
	return b.String()
}

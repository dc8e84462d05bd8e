package intake_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/intake"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func options() intake.Options { return intake.Options{MaxSize: document.DefaultMaxSize} }

// load imports files into a catalog that has nothing open.
func load(t *testing.T, o intake.Options, paths ...string) *catalog.Catalog {
	t.Helper()
	im, err := intake.Read(paths, o)
	if err != nil {
		t.Fatal(err)
	}
	text, err := im.Catalog("errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if o.Status > 0 { // it decides for all; so does this
		text = bytes.ReplaceAll(text, []byte("retryable: #"), []byte("retryable: true #"))
	}
	c, found := catalog.Load("errors.yaml", text, document.DefaultMaxSize)
	if c == nil {
		t.Fatalf("%v: %v\n%.3000s", paths, found, text)
	}
	return c
}

// The published page imports without a hand's touch, in Markdown as in HTML.
func TestSeedPage(t *testing.T) {
	text := read(t, "../../errors.yaml")
	want, _ := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	for _, page := range []string{"testdata/seed.md", "testdata/seed.html"} {
		got := load(t, options(), page)
		if len(got.Errors) != 30 || len(got.Errors) != len(want.Errors) {
			t.Fatalf("%s: %d codes", page, len(got.Errors))
		}
		for i, e := range want.Errors {
			g := got.Errors[i]
			title := g.Category.Title.Plain()
			if g.Code != e.Code || g.Status.String() != e.Status.String() || title != e.Category.Title.Plain() {
				t.Errorf("%s: got %s %s in %s", page, g.Code, g.Status, title)
			}
			if g.Meaning.Source() != e.Meaning.Source() || g.Recovery.Source() != e.Recovery.Source() {
				t.Errorf("%s: %s says %q, %q", page, g.Code, g.Meaning.Source(), g.Recovery.Source())
			}
		}
	}
}

// Each source in testdata/sources is one of the shapes that teams keep their codes in. Beside it stands what comes of
// it: what is said, then the catalog; and the same once more with what a file .map decides.
func TestSources(t *testing.T) {
	sources, err := filepath.Glob("testdata/sources/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range sources {
		if strings.HasSuffix(path, ".want") || strings.HasSuffix(path, ".map") {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			got := report(t, path)
			if *update {
				if err := os.WriteFile(path+".want", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := read(t, path+".want"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// report imports a file as it is, and again as its .map decides.
func report(t *testing.T, path string) string {
	t.Helper()
	text := said(t, options(), path)
	decided, err := os.ReadFile(path + ".map")
	if err != nil {
		return text
	}
	o := options()
	o.Map = map[string]string{}
	for _, pair := range strings.Fields(string(decided)) {
		key, name, _ := strings.Cut(pair, "=")
		if key == "select" {
			o.Select = name
			continue
		}
		o.Map[key] = name
	}
	return text + "\n==== " + strings.TrimSpace(string(decided)) + "\n\n" + said(t, o, path)
}

// said returns what an import says and writes.
func said(t *testing.T, o intake.Options, path string) string {
	t.Helper()
	im, err := intake.Read([]string{path}, o)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := diag.Text(&b, im.Found, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	for _, note := range im.Files[0].Notes {
		b.WriteString("note: " + note + "\n")
	}
	if im.Refused() {
		return strings.ReplaceAll(b.String(), "testdata/sources/", "")
	}
	catalog, err := im.Catalog("errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(catalog), "version: 1\n")
	return strings.ReplaceAll(b.String()+rest, "testdata/sources/", "")
}

// What is added to a catalog are codes and what they need; a type of the same name stays as it is, and that is said.
func TestInto(t *testing.T) {
	const before = "version: 1\ninfo: {title: Ours}\ncategories:\n  errors: {title: Errors}\nerrors:\n" +
		"  BOOK_LENT: {status: 409, category: errors, meaning: Somebody else has the book}\n" +
		"types:\n  Loan: {type: object, properties: {id: {type: string}}}\n"
	im, err := intake.Read([]string{"testdata/sources/per-code.openapi.yaml"}, options())
	if err != nil {
		t.Fatal(err)
	}
	if err := im.Compare("errors.yaml", []byte(before), false); err != nil {
		t.Fatal(err)
	}
	after, added, open, err := im.Into("errors.yaml", []byte(before))
	if err != nil || added != 1 || open != 0 {
		t.Fatalf("added %d, %d open: %v", added, open, err)
	}
	if len(im.Found) != 1 || im.Found[0].Message != `the files have another type "Loan" than the catalog` {
		t.Errorf("got %v", im.Found)
	}
	c, found := catalog.Load("errors.yaml", after, document.DefaultMaxSize)
	if c == nil || len(c.Errors) != 2 || len(c.Operations) > 0 || len(c.Types) != 1 {
		t.Errorf("%v\n%s", found, after)
	}
}

// The examples of the rules show what they say.
func TestExamplesOfRules(t *testing.T) {
	for _, r := range intake.Rules() {
		if r.Bad == "" {
			continue
		}
		name := "codes.md"
		if strings.HasPrefix(r.Bad, "[") {
			name = "codes.json"
		}
		for _, example := range []struct{ text, want string }{{r.Bad, r.Name}, {r.Good, ""}} {
			im, err := intake.Read([]string{write(t, name, example.text)}, options())
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, d := range im.Found {
				got += d.Rule
			}
			if got != example.want {
				t.Errorf("%s: got %q of\n%s", r.Name, got, example.text)
			}
		}
	}
}

// The message of a code is the one beside it, also where the code is not in the first error of a list.
func TestMessageBesideTheCode(t *testing.T) {
	path := write(t, "traffic.jsonl", `{"status": 409, "headers": {"content-type": "application/json"}, "body": `+
		`{"errors": [{"message": "of another"}, {"code": "NAME_TAKEN", "message": "The name is taken"}]}}`+"\n")
	im, err := intake.Read([]string{path}, options())
	if err != nil {
		t.Fatal(err)
	}
	text, err := im.Catalog("errors.yaml")
	if err != nil || !strings.Contains(string(text), `perhaps "The name is taken" (message, 1 answer`) {
		t.Errorf("got %s %v", text, err)
	}
}

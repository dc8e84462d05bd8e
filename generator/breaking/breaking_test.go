package breaking

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/render"
)

var update = flag.Bool("update", false, "rewrite the expected reports in golden/breaking")

const goldenDir = "../../golden/breaking"

func load(t testing.TB, name, text string) *catalog.Catalog {
	t.Helper()
	c, found := catalog.Load(name, []byte(text), 1<<30)
	if c == nil {
		var b bytes.Buffer
		if err := diag.Text(&b, found, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		t.Fatalf("%s\n%s", text, b.String())
	}
	return c
}

// sideOf returns a catalog with what targets declare of it: those with a default folder, errgen's own and those of a
// folder.
func sideOf(t testing.TB, c *catalog.Catalog, templates string) Side {
	t.Helper()
	surfaces, err := generator.Surfaces(generator.Options{Templates: templates}, c)
	if err != nil {
		t.Fatal(err)
	}
	return Side{c, surfaces}
}

// compare compares two catalogs as the built-in targets say them.
func compare(t testing.TB, before, after *catalog.Catalog) []Change {
	t.Helper()
	return Compare(sideOf(t, before, ""), sideOf(t, after, ""))
}

// A case is a folder with two catalogs, and perhaps targets of its own: the report of their changes stands in want.txt.
func TestGolden(t *testing.T) {
	fired := map[string]bool{}
	for _, dir := range cases(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			before, after := readCatalog(t, dir, "before.yaml"), readCatalog(t, dir, "after.yaml")
			templates := filepath.Join(dir, "templates")
			if _, err := os.Stat(templates); err != nil {
				templates = ""
			}
			was, is := sideOf(t, before, templates), sideOf(t, after, templates)
			changes := Compare(was, is)
			for _, c := range changes {
				fired[c.Rule] = true
				assertPointerLeads(t, before, after, c)
			}
			compareFile(t, filepath.Join(dir, "want.txt"), report(t, changes))
			for _, same := range []Side{was, is} {
				if found := Compare(same, same); len(found) > 0 {
					t.Errorf("a catalog differs from itself: %s", found[0].Message)
				}
			}
		})
	}
	for _, r := range rules {
		if !fired[r.Name] {
			t.Errorf("%s fires in no case of %s", r.Name, goldenDir)
		}
	}
}

func cases(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(goldenDir, "*"))
	if err != nil || len(dirs) < 10 {
		t.Fatalf("found %d cases: %v", len(dirs), err)
	}
	return dirs
}

func readCatalog(t *testing.T, dir, name string) *catalog.Catalog {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return load(t, name, string(text))
}

// report prints all there is to a change, and the summary.
func report(t *testing.T, changes []Change) string {
	t.Helper()
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s %s at %s\n  %s", c.Level, c.Rule, c.Pointer, address(c.Place))
		for _, r := range c.Related {
			fmt.Fprintf(&b, ", %s %s", r.Message, address(r.Place))
		}
		fmt.Fprintf(&b, "\n  %s\n", c.Message)
		if c.Hint != "" {
			fmt.Fprintf(&b, "  help: %s\n", c.Hint)
		}
		b.WriteByte('\n')
	}
	b.WriteString("---\n")
	if err := Summary(&b, changes); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func address(p diag.Place) string {
	source := []rune(p.Source)
	shown := source[p.Start.Column-p.SourceColumn : p.End.Column-p.SourceColumn]
	return fmt.Sprintf("%s:%d:%d `%s`", p.File, p.Start.Line, p.Start.Column, string(shown))
}

// assertPointerLeads checks that At names a value of the catalog that the place is in, or what would stand in one.
func assertPointerLeads(t *testing.T, before, after *catalog.Catalog, c Change) {
	t.Helper()
	doc := after.Document
	if c.Place.File == before.Document.Name {
		doc = before.Document
	}
	at := c.Pointer
	for valueAt(doc, at) == nil && at != "" {
		at = at[:strings.LastIndexByte(at, '/')]
	}
	if value := valueAt(doc, at); value == nil || strings.Count(c.Pointer, "/")-strings.Count(at, "/") > 2 {
		t.Errorf("%s: %s leads nowhere in %s", c.Rule, c.Pointer, doc.Name)
	} else if place := value.Place(); place != c.Place {
		t.Errorf("%s at %s is reported at %s, expected %s", c.Rule, c.Pointer, address(c.Place), address(place))
	}
}

// valueAt returns the value that a JSON pointer (RFC 6901) names, or nil.
func valueAt(d *document.Document, pointer string) *document.Node {
	n := d.Root
	for _, segment := range strings.Split(pointer, "/")[1:] {
		i, err := strconv.Atoi(segment)
		switch {
		case n != nil && n.Kind == document.List && err == nil && i < n.Len():
			n = n.Item(i)
		default:
			n = n.Get(strings.NewReplacer("~1", "/", "~0", "~").Replace(segment))
		}
	}
	return n
}

func compareFile(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; run go test ./generator/breaking -update and read the diff. Got:\n%s", path, got)
	}
}

// Whatever two catalogs are compared, a change has a place, there are changes one way if there are any the other way,
// and what breaks where people compile is never below the level source.
func TestAnyTwoCatalogs(t *testing.T) {
	var all []Side
	for i, dir := range append(cases(t), "../../golden/every-field", "../../golden/hostile-text", "../..") {
		for _, name := range []string{"before.yaml", "after.yaml", "errors.yaml"} {
			if text, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
				all = append(all, sideOf(t, load(t, fmt.Sprintf("%d-%s", i, name), string(text)), ""))
			}
		}
	}
	for _, before := range all {
		for _, after := range all {
			changes := Compare(before, after)
			for _, c := range changes {
				assertPointerLeads(t, before.Catalog, after.Catalog, c)
			}
			isBreak := func(c Change) bool { return c.Level >= Source }
			lost := compareSurfaces(before.Surfaces, after.Surfaces).all
			if len(lost) > 0 && !slices.ContainsFunc(changes, isBreak) {
				t.Errorf("%s of %s is gone, and nobody says so", lost[0].before.Identifier, lost[0].title)
			}
			if len(changes) == 0 && len(Compare(after, before)) > 0 {
				t.Errorf("%s and %s differ only one way", before.Catalog.Document.Name, after.Catalog.Document.Name)
			}
		}
	}
}

// What no rule knows of is reported by what is declared: here targets that change without the catalog.
func TestNothingBreaksUnseen(t *testing.T) {
	c := load(t, "errors.yaml", complete(quota("{limit: {type: integer}}")))
	code, limit := c.Errors[0].Node, c.Errors[0].Details.Properties[0].Schema.Node
	surfaces := func(value string, more ...render.Declaration) []render.Surface {
		typed := render.Declaration{Identifier: "l", Noun: "field", Node: limit}
		typed.Facts = []render.Fact{{Name: "type", Value: value}}
		counted := render.Declaration{Identifier: "q", Noun: "error", Node: code}
		counted.Facts = []render.Fact{{Name: "details", Value: value}}
		all := append(more, typed, counted)
		return []render.Surface{{Target: "a", Title: "A", Declarations: all}, {Target: "b", Title: "B", Declarations: all}}
	}
	gone := render.Declaration{Identifier: "gone", Noun: "field", Node: limit}
	var found []string
	for _, one := range Compare(Side{c, surfaces("int", gone)}, Side{c, surfaces("long")}) {
		found = append(found, one.Level.String()+" "+one.Pointer+" "+one.Message)
	}
	const relies = ": A and B code that relies on it does not compile, or acts differently"
	if want := []string{
		"source /errors/QUOTA_EXCEEDED/details the details of q is long in A, was int, and long in B, was int" + relies,
		"source /errors/QUOTA_EXCEEDED/details/properties/limit gone is not declared any more: A and B code that names " +
			"its constant, constructor or types does not compile",
	}; !slices.Equal(found, want) {
		t.Errorf("found\n%s\nexpected\n%s", strings.Join(found, "\n"), strings.Join(want, "\n"))
	}
	if found := Compare(Side{c, surfaces("int")}, Side{c, surfaces("int")[:1]}); len(found) > 0 {
		t.Errorf("without the target B it is said that %s", found[0].Message)
	}
}

// Types that refer to each other twice have many more uses than there are types.
func TestSharedTypesAreComparedOnce(t *testing.T) {
	var types strings.Builder
	const depth = 60
	for i := range depth {
		const one = "  T%d: {type: object, properties: {a: {$ref: \"#/types/T%d\"}, b: {$ref: \"#/types/T%[2]d\"}}}\n"
		fmt.Fprintf(&types, one, i, i+1)
	}
	use := "errors:\n  DEEP:\n    details: {$ref: \"#/types/T0\"}\n"
	end := fmt.Sprintf("  T%d: {type: object, properties: {x: {type: ", depth)
	before := load(t, "old.yaml", complete("types:\n"+types.String()+end+"string}}}\n"+use))
	after := load(t, "new.yaml", complete("types:\n"+types.String()+end+"integer}}}\n"+use))
	if changes := compare(t, before, after); len(changes) != 1 || changes[0].Rule != "type-changed" {
		t.Errorf("found %v", changes)
	}
}

func TestExamples(t *testing.T) {
	for _, r := range rules {
		before := load(t, "before.yaml", complete(r.Before))
		if !fires(t, r, before, load(t, "bad.yaml", complete(r.Bad))) {
			t.Errorf("%s is silent about its bad example", r.Name)
		}
		if fires(t, r, before, load(t, "good.yaml", complete(r.Good))) {
			t.Errorf("%s fires on its good example", r.Name)
		}
	}
}

// fires compares as a target sees it too whose types tell more apart than those of errgen's own.
func fires(t *testing.T, r *rule, before, after *catalog.Catalog) bool {
	t.Helper()
	const templates = goldenDir + "/own-target/templates"
	for _, c := range Compare(sideOf(t, before, templates), sideOf(t, after, templates)) {
		if c.Rule == r.Name && c.Level == r.worst {
			return true
		}
	}
	return false
}

var codeLine = regexp.MustCompile(`(?m)^  ([A-Z_]+):\n((?:    .*\n)*)`)

// complete makes a catalog of the part that an example shows.
func complete(part string) string {
	head, rest, _ := strings.Cut("\n"+part, "\nerrors:\n")
	entries, tail, _ := strings.Cut(rest, "\nretired:")
	if tail != "" {
		entries, tail = entries+"\n", "retired:"+tail
	}
	for key, value := range map[string]string{
		"info": "\ninfo: {title: Errors}", "categories": "\ncategories: {any: {title: Any}}",
	} {
		if !strings.Contains(head, "\n"+key+":") {
			head = value + head
		}
	}
	entries = codeLine.ReplaceAllStringFunc(entries, func(entry string) string {
		code := codeLine.FindStringSubmatch(entry)[1]
		for key, value := range map[string]string{
			"status": "400", "category": "any", "meaning": "What " + code + " means",
		} {
			if !strings.Contains(entry, "    "+key+":") {
				entry += "    " + key + ": " + value + "\n"
			}
		}
		return entry
	})
	return "version: 1" + head + "\nerrors:\n" + entries + tail
}

func TestTable(t *testing.T) {
	var languages []string
	for _, s := range sideOf(t, load(t, "errors.yaml", complete("errors:\n  NOT_FOUND:\n")), "").Surfaces {
		languages = append(languages, s.Title)
	}
	names := map[string]bool{}
	for _, r := range rules {
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(r.Name) || names[r.Name] {
			t.Errorf("%q is no name, or is there twice", r.Name)
		}
		names[r.Name] = true
		if !strings.HasSuffix(r.Reason, ".") || strings.Contains(r.Reason, "\n") {
			t.Errorf("%s: the reason is not one paragraph of sentences", r.Name)
		}
		if strings.HasSuffix(r.Hint, ".") || strings.HasSuffix(r.breaks, ".") {
			t.Errorf("%s: hint and breaks end without a full stop", r.Name)
		}
		for _, text := range []string{r.Reason, r.breaks, r.Hint} {
			if regexp.MustCompile(`\b(` + strings.Join(languages, "|") + `)\b`).MatchString(text) {
				t.Errorf("%s names a language, of which it can know nothing: %s", r.Name, text)
			}
		}
		if r.worst > Docs && (r.breaks == "" || r.Hint == "") || r.worst == Wire && r.minor {
			t.Errorf("%s breaks something: it says what, and has a way out", r.Name)
		}
		if r.worst == Source && !strings.Contains(r.breaks, "{languages}") {
			t.Errorf("%s does not name the languages that it breaks", r.Name)
		}
	}
}

package lint

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
)

const head = `version: 1
info:
  title: Errors
  summary: Every code
`

// whole makes a catalog of a rule's example: the whole of it, sections, or entries of errors. Of a part without an
// internal code that is the first one.
func whole(example string) string {
	example = strings.TrimPrefix(example, "\n")
	const categories = "categories:\n  access: {title: Access}\n"
	text := head + example
	switch {
	case strings.HasPrefix(example, "version:"):
		return example
	case strings.HasPrefix(example, "info:"):
		text = "version: 1\n" + categories + example
	case !strings.HasPrefix(example, "categories:"):
		text = head + categories + "errors:\n" + regexp.MustCompile(`(?m)^(.)`).ReplaceAllString(example, "  $1")
	}
	if strings.Contains(text, "status: 500") {
		return text
	}
	first := regexp.MustCompile(`\nerrors:\n(?:  #.*\n)*  ([^:#]+):`).FindStringSubmatch(text)[1]
	text = strings.Replace(text, "info: {", "info: {internal: "+first+", ", 1)
	return strings.Replace(text, "info:\n", "info:\n  internal: "+first+"\n", 1)
}

func load(t testing.TB, text string) *catalog.Catalog {
	t.Helper()
	c, found := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if len(found) > 0 {
		t.Fatalf("the catalog is not valid: %v\n%s", found, text)
	}
	return c
}

func run(t testing.TB, text string, levels map[string]diag.Severity) diag.List {
	t.Helper()
	return Run(load(t, text), levels)
}

// ofAPI is the catalog that examples of OpenAPI documents are held against.
const ofAPI = `categories: {access: {title: Access}}
errors:
  KEY_EXPIRED: {status: 401, category: access, meaning: The key is past its date}
  BROKEN: {status: 500, category: access, meaning: Something broke}
operations:
  listProjects: [KEY_EXPIRED, BROKEN]
`

// heldAPI returns a document that is held against a catalog.
func heldAPI(t testing.TB, c *catalog.Catalog, text string) *openapi.Held {
	t.Helper()
	d, found := openapi.Load("openapi.yaml", []byte(text), openapi.MaxSize)
	if d == nil {
		t.Fatal(found)
	}
	h := openapi.Hold(d, c, openapi.Refuse)
	h.Answers = func(o *catalog.Operation) (all []openapi.Answer) {
		for _, status := range []string{"401", "500"} {
			name := strings.ToUpper(o.Key[:1]) + o.Key[1:] + "Error" + status
			all = append(all, openapi.Answer{Status: status, Name: name})
		}
		return all
	}
	return h
}

// runExample runs the rules on an example, which is a part of a catalog or an OpenAPI document.
func runExample(t testing.TB, example string, levels map[string]diag.Severity) diag.List {
	t.Helper()
	text := strings.TrimPrefix(example, "\n")
	if !strings.HasPrefix(text, "openapi:") {
		return run(t, whole(example), levels)
	}
	c := load(t, head+ofAPI)
	return Run(c, levels, heldAPI(t, c, text))
}

func messages(found diag.List) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.Rule+": "+f.Message)
	}
	return all
}

func TestExamplesOfEveryRule(t *testing.T) {
	for _, r := range rules {
		bad := runExample(t, r.Bad, nil)
		if len(bad) == 0 {
			t.Errorf("%s: the bad example is silent", r.Name)
		}
		for _, f := range bad {
			if f.Rule != r.Name {
				t.Errorf("%s: the bad example gives %s: %s", r.Name, f.Rule, f.Message)
			}
		}
		if good := runExample(t, r.Good, nil); len(good) > 0 {
			t.Errorf("%s: the good example gives %q", r.Name, messages(good))
		}
		if off := runExample(t, r.Bad, map[string]diag.Severity{r.Name: diag.Off}); len(off) > 0 {
			t.Errorf("%s: reports while it is off: %q", r.Name, messages(off))
		}
	}
}

func TestEveryRuleIsAFileWithItsNameAndItsReason(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var fromFiles []string
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".go"); strings.Contains(name, "-") {
			fromFiles = append(fromFiles, name)
		}
	}
	if !slices.Equal(fromFiles, Names()) {
		t.Errorf("files are %q, rules are %q", fromFiles, Names())
	}
	for _, r := range Rules() {
		if len(r.Reason) < 120 || strings.ContainsAny(r.Reason, "\n\t") || !strings.HasSuffix(r.Reason, ".") {
			t.Errorf("%s: the reason is not a paragraph: %q", r.Name, r.Reason)
		}
		if severity, known := diag.ParseSeverity(r.Level); !known || severity == diag.Off {
			t.Errorf("%s: the level is %q", r.Name, r.Level)
		}
	}
}

func TestMessagesAreInTheHouseStyle(t *testing.T) {
	for _, r := range rules {
		for _, f := range runExample(t, r.Bad, nil) {
			if strings.HasSuffix(f.Message, ".") || f.Hint == "" || f.Place.Start.Line == 0 || f.Pointer == "" {
				t.Errorf("%s: %+v", r.Name, f)
			}
		}
	}
}

func TestRootCatalogPassesWithoutAllowances(t *testing.T) {
	text := read(t, "../../errors.yaml")
	if strings.Contains(text, "errgen:allow") {
		t.Error("the catalog has allowances")
	}
	if found := run(t, text, nil); len(found) > 0 {
		t.Errorf("found %q", messages(found))
	}
}

// A catalog that uses all there is, written with care, gives little to say.
func TestEveryFieldGivesFewFindings(t *testing.T) {
	for _, f := range run(t, read(t, "../../golden/every-field/errors.yaml"), nil) {
		if f.Rule != "missing-description" && f.Rule != "missing-recovery" {
			t.Errorf("%d: %s: %s", f.Place.Start.Line, f.Rule, f.Message)
		}
	}
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSeverities(t *testing.T) {
	bad := whole(trailingFullStop.Bad)
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		found := run(t, bad, map[string]diag.Severity{"trailing-full-stop": severity})
		if len(found) != 1 || found[0].Severity != severity {
			t.Errorf("%s gives %+v", severity, found)
		}
	}
}

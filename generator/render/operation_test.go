package render

import (
	"io"
	"os"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for want, path := range map[string][]string{
		"$.paths['/pets/{id}'].get":               {"paths", "/pets/{id}", "get"},
		"$.components.pathItems['a b'].post":      {"components", "pathItems", "a b", "post"},
		`$.paths["/Pets('{id}')"].get`:            {"paths", "/Pets('{id}')", "get"},
		`$.paths["/\\\"\u0001"].responses['404']`: {"paths", "/\\\"\x01", "responses", "404"},
	} {
		if got := jsonPath(path); got != want {
			t.Errorf("%q is at %s, want %s", path, got, want)
		}
	}
}

func TestVersions(t *testing.T) {
	v := versions{"3.0": "3.0.3", "3": "3.1.0"}
	for version, want := range map[string]string{"3.0.1": "3.0.3", "3.1.0": "3.1.0", "3.2.0": "3.1.0", "2.0": "", "": ""} {
		if got := v.of(version); got != want {
			t.Errorf("%s gives %q, want %q", version, got, want)
		}
	}
}

// A file is written where a field of Root holds something, an option may follow the API's document, and no template
// sees the path of that.
func TestFilesAndOptionsOfAnAPI(t *testing.T) {
	const definition = "description: x\nfiles:\n  all.txt: {template: file}\n  some.txt: {template: file, when: FIELD}\n" +
		"options:\n  api: {file: openapi}\n  version: {default: '1', fromAPI: {'3': '3'}}\nstring: {}\n"
	rare, err := os.ReadFile("testdata/rare.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{"Operations": "all.txt some.txt", "Retired": "all.txt"} {
		target, err := loadSmall(t, strings.Replace(definition, "FIELD", field, 1), "{{option \"version\"}}\n")
		if err != nil {
			t.Fatal(err)
		}
		s := rareSource(t, string(rare), nil)
		names, content := renderedFiles(t, target, s)
		if names != want || !strings.HasPrefix(content, "1\n") {
			t.Errorf("%s: wrote %s, %q", field, names, content)
		}
		s.API = held(t, "openapi: 3.1.0\n", s.Catalog)
		if _, content := renderedFiles(t, target, s); !strings.HasPrefix(content, "3\n") {
			t.Errorf("the version is %q", content)
		}
	}
	target, err := loadSmall(t, strings.Replace(definition, "FIELD", "Errors", 1), "{{option \"api\"}}\n")
	if err != nil {
		t.Fatal(err)
	}
	settings, err := target.Settings(map[string]string{"api": "some where/openapi.yaml"}, Place{})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := target.Prepare(rareSource(t, string(rare), nil))
	err = p.Render(settings, nil, func(string) io.Writer { return io.Discard })
	if err == nil || !strings.Contains(err.Error(), `target.yaml declares no option "api"`) {
		t.Errorf("the path of a file is printed: %v", err)
	}
	_, err = loadSmall(t, strings.Replace(definition, "FIELD", "holds", 1), "x\n")
	if err == nil || !strings.Contains(err.Error(), `files.some.txt.when: there is no field "holds" of Root`) {
		t.Errorf("got %v", err)
	}
}

// renderedFiles returns the names of the files that a target writes, and their content.
func renderedFiles(t *testing.T, target *Target, s *Source) (names, content string) {
	t.Helper()
	settings, err := target.Settings(nil, Place{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	var b strings.Builder
	p, _ := target.Prepare(s)
	err = p.Render(settings, nil, func(name string) io.Writer { all = append(all, name); return &b })
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " "), b.String()
}

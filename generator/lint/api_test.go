package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
)

const ofPets = `categories: {access: {title: Access}}
errors:
  KEY_EXPIRED: {status: 401, category: access, meaning: The key is past its date}
  BROKEN: {status: 500, category: access, meaning: Something broke}
operations:
  "*": [KEY_EXPIRED, BROKEN]
  listPets: []
  getPet: []
  putPet: []
`

// Each case is a document before and after `lint --fix`, as people and programs write them.
func TestReferencesAreWritten(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/references.txt")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		before, after := archive.Files[i], archive.Files[i+1]
		for _, ending := range []string{"\n", "\r\n"} {
			withEnding := func(f txtar.File) string { return strings.ReplaceAll(string(f.Data), "\n", ending) }
			text, want := withEnding(before), withEnding(after)
			c := load(t, head+ofPets)
			found := Run(c, nil, heldAPI(t, c, text))
			got := string(Apply([]byte(text), Edits(found, "openapi.yaml")))
			if got != want {
				t.Errorf("%s: got\n%s\nwant\n%s", before.Name, got, want)
			}
			if _, wrong := openapi.Load("openapi.yaml", []byte(got), openapi.MaxSize); len(wrong) > 0 {
				t.Errorf("%s: %v", before.Name, wrong)
			}
			if _, wrong := document.ParseForeign("openapi.yaml", []byte(got), openapi.MaxSize); len(wrong) > 0 {
				t.Errorf("%s: %v", before.Name, wrong)
			}
		}
	}
}

func TestFixWritesTheDocument(t *testing.T) {
	t.Chdir(t.TempDir())
	c := load(t, head+ofAPI)
	const before = "openapi: 3.1.0\npaths:\n  /p:\n    get:\n      operationId: listProjects\n      responses:\n" +
		"        \"401\": {$ref: \"e.yaml#/components/responses/ListProjectsError401\"}\n"
	for path, text := range map[string]string{"errors.yaml": head + ofAPI, "openapi.yaml": before} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fixed, remaining, err := Fix(c, nil, document.DefaultMaxSize, heldAPI(t, c, before))
	if err != nil || len(fixed) != 1 || len(remaining) != 0 {
		t.Fatalf("fixed %q, %q remains: %v", messages(fixed), messages(remaining), err)
	}
	const added = "        \"500\":\n          $ref: \"e.yaml#/components/responses/ListProjectsError500\"\n"
	if got := read(t, filepath.Join(".", "openapi.yaml")); got != before+added {
		t.Errorf("got\n%s", got)
	}
}

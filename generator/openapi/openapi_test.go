package openapi

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func load(t *testing.T, text string) *Document {
	t.Helper()
	d, found := Load("openapi.yaml", []byte(text), MaxSize)
	if d == nil {
		t.Fatal(found)
	}
	return d
}

// String says what an operation is, on one line for tests.
func (o *Operation) String() string {
	line := fmt.Sprintf("%s %s %s at %d:", o.ID, o.Method, o.Path, o.Node.Place().Start.Line)
	for _, r := range o.Responses {
		line += " " + r.Status
		if r.Ref != "" {
			line += " " + r.Ref
		}
		if r.Object == nil {
			line += " elsewhere"
		}
	}
	return line
}

// The documents are written as those of real APIs are: by hand, with anchors; by a program, as JSON; and as Swagger.
func TestOperations(t *testing.T) {
	for file, want := range map[string][]string{
		"pets.yaml": {
			"listPets GET /pets at 9: 200 401 #/components/responses/Denied default #/components/responses/Any",
			"createPet POST /pets at 15: 201 4XX",
			"getPet GET /pets/{petId} at 24: 404 errors.openapi.yaml#/components/responses/GetPetError404 elsewhere 200",
			"deletePet DELETE /pets/{petId} at 30: 204 409 #/components/responses/Denied",
			"adoptPet POST /pets/{petId}/adopt at 44: 204 409",
			" HEAD /health at 37: 200",
		},
		"framework.json": {
			"read_item_items__item_id__get GET /items/{item_id} at 1: 200 422",
			"delete_item_items__item_id__delete DELETE /items/{item_id} at 1: 204 422",
		},
		"swagger.yaml": {"findPets GET /pets at 7: 200 404 #/responses/NotFound default"},
	} {
		text, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range load(t, string(text)).Operations {
			got = append(got, o.String())
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s has\n%s\nwant\n%s", file, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestIDs(t *testing.T) {
	text, err := os.ReadFile("testdata/pets.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d := load(t, string(text))
	if got := strings.Join(d.IDs(), " "); got != "listPets createPet getPet deletePet adoptPet" {
		t.Errorf("the operationIds are %s", got)
	}
	if d.Version != "3.1.0" || d.IsSwagger() {
		t.Errorf("the version is %s", d.Version)
	}
}

func TestWhatIsNoDocument(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1\n":                              "no-openapi: the file is no OpenAPI document",
		"- a\n":                               "no-openapi: the file is no OpenAPI document",
		"openapi: 4.0.0\n":                    `no-openapi: version "4.0.0" of OpenAPI is not known`,
		"swagger: 1.2\n":                      `no-openapi: version "1.2" of OpenAPI is not known`,
		"openapi: 3.1\npaths: [":              "syntax: a value is missing",
		"openapi: 3.1\npaths: {/a: {$ref: x}": "syntax: a bracket is not closed, or a comma is missing",
		"openapi: 3.1.0\npaths: {/a: {$ref: a.yaml#/a}}\n": "path-elsewhere: the path \"/a\" is not read: its reference " +
			"leads out of the document",
		"openapi: 3.1.0\npaths: {/a: {$ref: '#/b'}}\n": "path-elsewhere: the path \"/a\" is not read: its reference " +
			"leads to nothing",
		"openapi: 3.1.0\npaths:\n  /a: {get: {operationId: x}, put: {operationId: x}}\n": "duplicate-operation: the " +
			"operationId \"x\" is there twice",
	} {
		d, found := Load("openapi.yaml", []byte(text), MaxSize)
		if d != nil || len(found) != 1 {
			t.Errorf("%s: %v", text, found)
			continue
		}
		if got := found[0].Rule + ": " + found[0].Message; got != want {
			t.Errorf("%s:\n%s, want\n%s", text, got, want)
		}
	}
}

// Whatever is not what it should be has no operations.
func TestOddDocuments(t *testing.T) {
	for _, text := range []string{
		"openapi: 3.0.0\n", "openapi: 3.2\npaths:\n", "swagger: '2.0'\npaths: []\n",
		"openapi: 3.0.0\npaths: {x-a: 1, /a: 2}\n",
		"openapi: 3.0.0\npaths: {/a: {parameters: [], summary: x, servers: {}}}\n",
	} {
		if d := load(t, text); len(d.Operations) > 0 {
			t.Errorf("%s has %v", text, d.Operations)
		}
	}
	for _, text := range []string{
		"openapi: 3.0.0\npaths: {/a: {get: 1}}\n", "openapi: 3.0.0\npaths: {/a: {get: {operationId: [], responses: []}}}\n",
	} {
		if d := load(t, text); len(d.Operations) != 1 || d.Operations[0].ID != "" || d.Operations[0].Responses != nil {
			t.Errorf("%s has %v", text, d.Operations)
		}
	}
}

func TestResolve(t *testing.T) {
	d := load(t, `{"openapi": "3.1.0", "components": {"schemas": {
		"A": {"$ref": "#/components/schemas/B"}, "B": {"type": "string"}, "a/b~ c": {"type": "integer"},
		"Circle": {"$ref": "#/components/schemas/Circle"}, "Out": {"$ref": "other.yaml"}},
		"list": [1, {"type": "null"}]}}`)
	for ref, want := range map[string]string{
		"#/components/schemas/A":              "string",
		"#/components/schemas/a~1b~0%20c":     "integer",
		"#/components/list/1":                 "null",
		"#/components/list/2":                 ErrNothing.Error(),
		"#/components/list/-1":                ErrNothing.Error(),
		"#/components/schemas/No":             ErrNothing.Error(),
		"#/components/schemas/Out":            ErrElsewhere.Error(),
		"#/components/schemas/Circle":         ErrCircle.Error(),
		"https://example.com/a.yaml#/A":       ErrElsewhere.Error(),
		"#/components/schemas/B/type/nothing": ErrNothing.Error(),
	} {
		from := load(t, fmt.Sprintf(`{"openapi": "3.1.0", "x": {"$ref": %q}}`, ref)).Root.Get("x")
		n, err := d.Resolve(from)
		got := n.Str("type")
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s leads to %s, want %s", ref, got, want)
		}
	}
	if n, err := d.Resolve(d.Root); n != d.Root || err != nil {
		t.Errorf("what is no reference leads to %v: %v", n, err)
	}
	if errors.Is(ErrCircle, ErrNothing) {
		t.Error("errors cannot be told apart")
	}
}

func FuzzLoad(f *testing.F) {
	for _, name := range []string{"pets.yaml", "framework.json", "swagger.yaml"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, found := Load("openapi.yaml", []byte(text), MaxSize)
		if (d == nil) != found.HasErrors() {
			t.Errorf("a document: %v, and said: %v", d != nil, found)
		}
	})
}

package openapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

const sample = `version: 1
info: {title: x}
categories: {a: {title: x}}
errors:
  DENIED: {status: 401, category: a, meaning: x}
  MISSING: {status: [404, 410], category: a, meaning: x}
  BUSY: {status: 5xx, category: a, meaning: x, retryable: true}
  ODD: {category: a, meaning: x, retryable: false}
  FINE: {status: 200, category: a, meaning: x}
operations:
  "*": [DENIED]
  listPets: [MISSING]
  getPet: [BUSY]
  oddPet: [ODD, FINE]
  putPet: {at: "PUT /pets/{id}", errors: []}
`

const api = `openapi: 3.1.0
paths:
  /pets:
    get:
      operationId: listPets
      responses: {200: {description: x}, 302: {description: x}, 401: {description: x}, 409: {}, 4XX: {}, default: {}}
  /pets/{id}:
    get: {operationId: getPet, responses: {503: {description: x}, 5XX: {}, 4xx: {}, 410: {}, 999: {}}}
    post: {operationId: oddPet, responses: {418: {}, 200: {}}}
    put: {responses: {401: {}}}
`

func hold(t *testing.T, said, document string, policy Policy) *Held {
	t.Helper()
	return Hold(load(t, document), loadCatalog(t, said), policy)
}

func loadCatalog(t *testing.T, text string) *catalog.Catalog {
	t.Helper()
	c, found := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if c == nil {
		t.Fatal(found)
	}
	return c
}

// said returns what Check says, each with its place.
func said(h *Held) string {
	var lines []string
	for _, d := range h.Check() {
		at := fmt.Sprintf("%s:%d", d.Place.File, d.Place.Start.Line)
		lines = append(lines, at+" "+d.Rule+": "+d.Message+"; "+d.Hint)
	}
	return strings.Join(lines, "\n")
}

func TestCheck(t *testing.T) {
	const way = "; remove it, or list an error with this status for the operation"
	replace := func(text, old, new string) string { return strings.Replace(text, old, new, 1) }
	for name, c := range map[string]struct{ said, api, want string }{
		"as it is": {sample, api, `openapi.yaml:6 impossible-status: "listPets" cannot answer 409 by the catalog` + way +
			"\n" + `openapi.yaml:8 impossible-status: "getPet" cannot answer 410 by the catalog` + way},
		"misspelled": {replace(sample, "oddPet", "odPet"), replace(replace(api, "409", "404"), "410", "401"),
			`errors.yaml:14 unknown-operation: the operation "odPet" is not in openapi.yaml; did you mean "oddPet"?`},
		"far off": {replace(sample, "oddPet", "somethingElse"), "openapi: 3.0.0\npaths:\n" +
			"  /a: {get: {operationId: listPets}, put: {operationId: getPet}}\n  '/pets/{id}': {put: {}}\n",
			`errors.yaml:14 unknown-operation: the operation "somethingElse" is not in openapi.yaml; ` +
				`expected one of listPets, getPet`},
		"named too": {sample,
			replace(replace(replace(api, "409", "404"), "410", "401"), "put: {", "put: {operationId: putPet, "), ""},
		"at another place": {replace(sample, "PUT /pets/{id}", "PUT /pets"),
			replace(replace(replace(api, "409", "404"), "410", "401"), "put: {", "put: {operationId: putPet, "),
			`errors.yaml:15 unknown-operation: the operation "putPet" is at PUT /pets/{id} in openapi.yaml; ` +
				"leave `at` out: the document says it"},
		"Swagger": {sample, "swagger: '2.0'\n", "openapi.yaml:1 no-openapi: the document is of version 2, expected " +
			"version 3 of OpenAPI; convert it first, for example with `npx swagger2openapi`"},
	} {
		if got := said(hold(t, c.said, c.api, Refuse)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
	if got := said(hold(t, sample, api, Keep)) + said(hold(t, sample, api, Remove)); got != "" {
		t.Errorf("what is accepted is still said: %s", got)
	}
}

// An overlay takes out what it writes anew, and what is to be removed; it leaves what is no error.
func TestStale(t *testing.T) {
	for policy, want := range map[Policy]string{
		Keep:   "listPets 401 4XX default; getPet 503 5XX 4xx; oddPet 418; putPet 401",
		Remove: "listPets 401 409 4XX default; getPet 503 5XX 4xx 410; oddPet 418; putPet 401",
	} {
		h := hold(t, sample, api, policy)
		var got []string
		for _, o := range h.Catalog.Operations {
			line := o.Key
			for _, r := range h.Stale(o) {
				line += " " + r.Status
			}
			got = append(got, line)
		}
		if got := strings.Join(got, "; "); got != want {
			t.Errorf("%s: got %s, want %s", policy, got, want)
		}
	}
}

func TestNoDocumentFindsNothing(t *testing.T) {
	var none *Held
	if c := loadCatalog(t, sample); none.Find(c.Operations[0]) != nil {
		t.Error("no document has an operation")
	}
}

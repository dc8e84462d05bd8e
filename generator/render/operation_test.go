package render

import (
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

// What a target declares for operations takes its names only where there are some.
func TestNamesForOperations(t *testing.T) {
	const text = `
version: 1
info: {title: Errors}
categories: {all: {title: All}}
errors:
  BROKEN: {status: 500, category: all, meaning: It broke}
types:
  Call: {type: object, properties: {id: {type: string}}}
`
	target, err := loadSmall(t, plainDefinition+"declaresOperations: [Call]\n", "")
	if err != nil {
		t.Fatal(err)
	}
	for operations, want := range map[string]string{
		"":                                "",
		"operations: {\"*\": [BROKEN]}\n": "",
		"operations: {getIt: [BROKEN]}\n": "the small target's own Call and the type Call both become Call in small",
	} {
		c, found := catalog.Load("errors.yaml", []byte(text+operations), document.DefaultMaxSize)
		if c == nil {
			t.Fatal(found)
		}
		got := ""
		_, collisions := target.Prepare(&Source{Catalog: c, Shapes: shape.Of(c)})
		for _, d := range collisions.Diagnostics() {
			got += d.Message
		}
		if got != want {
			t.Errorf("%s: got %q, expected %q", operations, got, want)
		}
	}
}

package catalog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/document"
)

// operationsOf loads a catalog with the codes ONE to FOUR.
func operationsOf(t *testing.T, rest string) *Catalog {
	t.Helper()
	text := "version: 1\ninfo: {title: x}\ncategories: {a: {title: x}}\nerrors:\n"
	for _, code := range []string{"ONE", "TWO", "THREE", "FOUR"} {
		text += "  " + code + ": {status: 400, category: a, meaning: x}\n"
	}
	c, found := Load("errors.yaml", []byte(text+rest), document.DefaultMaxSize)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return c
}

func codes(errors []*Error) string {
	var all []string
	for _, e := range errors {
		all = append(all, e.Code)
	}
	return strings.Join(all, " ")
}

func TestOperations(t *testing.T) {
	c := operationsOf(t, `groups:
  outer: [FOUR, inner]
  inner: [TWO]
  unused: [outer, lost]
  lost: [ONE]
operations:
  "*": [FOUR]
  none: []
  short: [TWO, outer]
  long: {at: "PUT /v1/things/{id}", errors: [THREE, ONE], x-team: things, names: {go: Long}}
`)
	var got []string
	for _, o := range c.Operations {
		got = append(got, fmt.Sprintf("%s %s%s: %s", o.Key, o.Method, o.Path, codes(o.Errors)))
	}
	want := "none : FOUR\nshort : TWO FOUR\nlong PUT/v1/things/{id}: ONE THREE FOUR"
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	long := c.Operations[2]
	if long.Extensions["x-team"].Text != "things" || long.Names["go"] != "Long" {
		t.Errorf("got %v and %v", long.Extensions, long.Names)
	}
	if codes(c.Common) != "FOUR" || len(c.Errors[3].Operations) != 3 || len(c.Errors[1].Operations) != 1 {
		t.Errorf("got %s, and FOUR of %d, TWO of %d operations", codes(c.Common), len(c.Errors[3].Operations),
			len(c.Errors[1].Operations))
	}
	for _, g := range c.Groups {
		if used := g.Name == "outer" || g.Name == "inner"; g.Used != used {
			t.Errorf("%s: used is %t", g.Name, g.Used)
		}
	}
}

// A group may lead on as often as the file has room for.
func TestLongWayOfGroups(t *testing.T) {
	const long = 100_000
	var b strings.Builder
	b.WriteString("groups:\n")
	for i := range long {
		fmt.Fprintf(&b, "  g%d: [g%d]\n", i, i+1)
	}
	fmt.Fprintf(&b, "  g%d: [ONE]\noperations:\n  get: [g0]\n", long)
	if c := operationsOf(t, b.String()); codes(c.Operations[0].Errors) != "ONE" {
		t.Error("the operation has", codes(c.Operations[0].Errors))
	}
}

// Groups let a small file name more errors than fit into memory.
func TestTooManyErrorsOfOperations(t *testing.T) {
	var b strings.Builder
	b.WriteString("version: 1\ninfo: {title: x}\ncategories: {a: {title: x}}\nerrors:\n")
	var all []string
	for i := range 2000 {
		fmt.Fprintf(&b, "  C%d: {status: 400, category: a, meaning: x}\n", i)
		all = append(all, fmt.Sprintf("C%d", i))
	}
	b.WriteString("groups:\n  all: [" + strings.Join(all, ", ") + "]\noperations:\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "  o%d: [all]\n", i)
	}
	c, found := Load("errors.yaml", []byte(b.String()), document.DefaultMaxSize)
	const want = "groups and operations come to more than 1000000 errors"
	if c != nil || found[0].Rule != "file-too-large" || found[0].Message != want {
		t.Errorf("got %v", found[0])
	}
}

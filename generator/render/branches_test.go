package render

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
	"github.com/sigsentry/errgen/generator/shape"
	"github.com/sigsentry/errgen/generator/wire"
)

// What an object does not have is found where a template is run: the golden catalogs run every branch of errgen's own.
func TestGoldenCatalogsTakeEveryBranch(t *testing.T) {
	const folder = "../../templates"
	definitions, err := filepath.Glob(filepath.Join(folder, "*", Definition))
	if err != nil || len(definitions) == 0 {
		t.Fatal("no targets", err)
	}
	sources := goldenSources(t)
	for _, definition := range definitions {
		name := filepath.Base(filepath.Dir(definition))
		target, found, err := Load(os.DirFS(folder), name, name, true)
		if err != nil || len(found) > 0 {
			t.Fatal(err, found)
		}
		taken := map[string]bool{}
		for _, s := range sources {
			takeBranches(t, target, s, taken)
		}
		for _, branch := range slices.Sorted(maps.Keys(taken)) {
			if !taken[branch] {
				t.Errorf("%s: no golden catalog takes the branch %s", name, branch)
			}
		}
	}
}

func goldenSources(t *testing.T) []*Source {
	t.Helper()
	paths, err := filepath.Glob("../../golden/*/errors.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no catalogs", err)
	}
	var sources []*Source
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if c, _ := catalog.Load(path, text, document.DefaultMaxSize); c != nil {
			s := &Source{Catalog: c, Shapes: shape.Of(c), Header: header}
			if api, err := os.ReadFile(filepath.Join(filepath.Dir(path), "openapi.yaml")); err == nil {
				s.API = held(t, string(api), c)
			}
			sources = append(sources, s)
		}
	}
	return append(sources, rareSources(t)...)
}

// held returns an OpenAPI document that is held against a catalog.
func held(t *testing.T, text string, c *catalog.Catalog) *openapi.Held {
	t.Helper()
	d, found := openapi.Load("openapi.yaml", []byte(text), openapi.MaxSize)
	if d == nil {
		t.Fatal(found)
	}
	return openapi.Hold(d, c, openapi.Remove)
}

const rareEnvelope = `envelope:
  body:
    none: null
    list: []
    lists: [1, [2, 3], {a: 4, b: 5}, {}]
    map: {a: 1, b: [2, 3], c: {d: 4, e: 5}, f: {}}
    __proto__: 1
    version: 1
    kind: "{category}"
    wait: "{retryAfter}"
    outer: {inner: {code: "{code}", message: "{message}", "...": "{details}"}}
`

// rareSources have what golden catalogs say nowhere: all kinds of envelopes, and many codes.
func rareSources(t *testing.T) []*Source {
	t.Helper()
	rare, err := os.ReadFile("testdata/rare.yaml")
	if err != nil {
		t.Fatal(err)
	}
	envelopes, err := txtar.ParseFile("../wire/testdata/survey.txt")
	if err != nil {
		t.Fatal(err)
	}
	var many strings.Builder
	for i := range 200 {
		fmt.Fprintf(&many, "  CODE_%d: {status: 400, category: all, meaning: One of many}\n", i)
	}
	known := rareSource(t, string(rare), nil)
	known.API = held(t, "openapi: 3.0.0\npaths: {/all: {put: {operationId: putAll, responses: {default: {}}}}}\n",
		known.Catalog)
	sources := []*Source{
		known, rareSource(t, envelopeCatalog, nil),
		rareSource(t, strings.Replace(string(rare), "errors:\n", "errors:\n"+many.String(), 1), nil),
		rareSource(t, strings.Replace(string(rare), "internal: OLD", "internal: OTHER", 1), nil),
	}
	for _, f := range append(envelopes.Files, txtar.File{Data: []byte(rareEnvelope)}) {
		doc, _ := document.Parse(f.Name, f.Data, document.DefaultMaxSize)
		if envelope := doc.Root.Get("envelope"); envelope != nil {
			low := rareSource(t, string(rare), envelope)
			low.Catalog.Envelope.LowStatuses = []int{200, 302}
			sources = append(sources, rareSource(t, string(rare), envelope), low)
		}
	}
	return sources
}

// rareSource gives a catalog an envelope, even one that its codes do not fit, such as one for numbers.
func rareSource(t *testing.T, text string, envelope *document.Node) *Source {
	t.Helper()
	c, found := catalog.Load("rare.yaml", []byte(text), document.DefaultMaxSize)
	if c == nil {
		t.Fatal(found)
	}
	if envelope != nil {
		c.Envelope, _ = wire.Parse(envelope)
	}
	return &Source{Catalog: c, Shapes: shape.Of(c), Header: header, Live: "nonce"}
}

// takeBranches renders a source with templates that say which of their branches are taken.
func takeBranches(t *testing.T, target *Target, s *Source, taken map[string]bool) {
	t.Helper()
	p, found := target.Prepare(s)
	if len(found) > 0 {
		return // names collide
	}
	p.printer = newPrinter(target, s.Catalog)
	trees, err := target.parse()
	if err != nil {
		t.Fatal(err)
	}
	law := p.printer.law()
	guard := &guard{law: law, trees: trees, fields: maps.Clone(viewFields())}
	if err := guard.inspect(); err != nil {
		t.Fatal(err)
	}
	mark(trees, taken)
	law.funcs[askPrint], law.funcs[askRange] = law.print, overList
	law.funcs["taken"] = func(branch string) bool { taken[branch] = true; return true }
	if p.templates, err = target.give(trees, law.funcs); err != nil {
		t.Fatal(err)
	}
	p.view = target.view(s, p.names)
	p.printer.templates = p.templates
	settings, err := target.Settings(nil, Place{Folder: "out"})
	if err != nil {
		t.Fatal(err)
	}
	usage, err := Usage{Title: "none", names: map[*catalog.Error][]string{}}, error(nil)
	for _, e := range s.Catalog.Errors {
		usage.names[e] = []string{"CodeA", "NewA"}
	}
	if target.usage.Template != "" {
		usage, err = p.Usage(settings)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, usages := range [][]Usage{nil, {usage, usage}} {
		if err := p.Render(settings, usages, func(string) io.Writer { return io.Discard }); err != nil {
			t.Error(err)
		}
	}
}

// mark has each branch say that it is taken.
func mark(trees map[string]*parse.Tree, taken map[string]bool) {
	for _, tree := range trees {
		begin := func(n parse.Node, list *parse.ListNode, which string) {
			if list == nil {
				return
			}
			place, action := tree.ErrorContext(n)
			first, _, _ := strings.Cut(action, "}}")
			branch := place + which + " " + first + "}}"
			taken[branch] = taken[branch]
			list.Nodes = append([]parse.Node{call("taken", branch)}, list.Nodes...)
		}
		walk(tree.Root, func(n parse.Node) {
			switch n := n.(type) {
			case *parse.IfNode:
				begin(n, n.List, "")
				begin(n, n.ElseList, " else")
			case *parse.WithNode:
				begin(n, n.List, "")
				begin(n, n.ElseList, " else")
			case *parse.RangeNode:
				begin(n, n.List, "")
				begin(n, n.ElseList, " else")
			}
		})
	}
}

// call returns a call of a function that prints nothing.
func call(function, argument string) parse.Node {
	tree := parse.New("call")
	tree.Mode = parse.SkipFuncCheck
	text := "{{$_ := " + function + " " + strconv.Quote(argument) + "}}"
	if _, err := tree.Parse(text, "", "", map[string]*parse.Tree{}); err != nil {
		panic(err)
	}
	return tree.Root.Nodes[0]
}

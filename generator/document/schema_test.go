package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/sigsentry/errgen/schema"
)

// own are errgen's schemas, each with what its reader passes over, and with files to begin with.
var own = []struct {
	name   string
	text   []byte
	opaque []string
	files  []string
}{
	{"errors", schema.Errors, []string{"/$defs/schema", "/$defs/details", "/properties/errors/propertyNames", "/properties/types/propertyNames"},
		[]string{"../../errors.yaml", "../../golden/*/errors.yaml", "../catalog/testdata/invalid/*.txt"}},
	{"config", schema.Config, nil, []string{"testdata/errgen.yaml"}},
	{"target", schema.Target, nil, []string{"../../templates/*/target.yaml", "../../golden/own-target/templates/*/target.yaml"}},
}

func TestSchemasAreJSONSchemasOnTheirOwn(t *testing.T) {
	for _, s := range own {
		compileJSON(t, s.text)
		for _, r := range MustCompile(s.text, s.opaque...).all() {
			for _, key := range r.required {
				if r.properties[key] == nil {
					t.Errorf("%s: the key %s is required, and not described", s.name, key)
				}
			}
		}
	}
}

// all returns each schema object.
func (s *Schema) all() (all []*rules) {
	var visit func(r *rules)
	visit = func(r *rules) {
		if r == nil {
			return
		}
		all = append(all, r)
		for _, inside := range r.properties {
			visit(inside)
		}
		visit(r.additional)
		visit(r.propertyNames)
		visit(r.items)
	}
	visit(s.rules)
	for _, definition := range s.definitions {
		visit(definition)
	}
	return all
}

// compileJSON follows no reference that leads out of the text.
func compileJSON(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	c.LoadURL = func(s string) (io.ReadCloser, error) {
		return nil, fmt.Errorf("the reference to %s leads out of the schema", s)
	}
	if err := c.AddResource("errgen:///schema.json", bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("errgen:///schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// withoutOpaque returns a schema whose opaque parts accept everything.
func withoutOpaque(t testing.TB, text []byte, opaque []string) []byte {
	t.Helper()
	var whole map[string]any
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	for _, pointer := range opaque {
		clear(part(whole, pointer))
	}
	pruned, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	return pruned
}

func TestKeywordsThatNothingLooksAtAreRefused(t *testing.T) {
	for _, text := range []string{
		`{"multipleOf": 2}`, `{"allOf": []}`, `{"if": {}}`, `{"format": "date"}`, `{"maxProperties": 1}`, `{"x-other": 1}`, `{"$comment": "x"}`,
		`{"properties": {"a": {"not": {}}}}`, `{"additionalProperties": {"not": {}}}`, `{"propertyNames": {"not": {}}}`, `{"items": {"not": {}}}`, `{"$defs": {"a": {"not": {}}}}`,
		`{"additionalProperties": true}`, `{"items": false}`, `{"const": "a"}`, `{"enum": [1]}`, `{"minimum": 0.5}`, `{"properties": {"$defs": {"$defs": {}}}}`,
	} {
		if !panics(func() { MustCompile([]byte(text)) }) {
			t.Errorf("%s was taken", text)
		}
	}
	MustCompile([]byte(`{"$defs": {"a": {"not": {}}}, "properties": {"$defs": {"title": "x"}}}`), "/$defs/a")
}

func panics(f func()) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	f()
	return false
}

// TestCheckAgreesWithJSONSchema makes mistakes in good and bad files, and holds Check against a JSON Schema validator.
func TestCheckAgreesWithJSONSchema(t *testing.T) {
	const rounds = 2_000
	for _, s := range own {
		t.Run(s.name, func(t *testing.T) {
			o := newOracle(t, s.text, s.opaque)
			seeds := o.seeds(t, s.files)
			accepted := 0
			for i := range rounds {
				m := &mutator{rand.New(rand.NewPCG(7, uint64(i)))}
				v := clone(t, seeds[i%len(seeds)])
				for range m.IntN(4) {
					v = m.mutate(v)
				}
				if o.agree(t, asJSON(t, v)) {
					accepted++
				}
			}
			if accepted < rounds/20 || accepted > rounds*19/20 {
				t.Errorf("%d of %d files were accepted: they prove little", accepted, rounds)
			}
		})
	}
}

type oracle struct {
	ours   *Schema
	theirs *jsonschema.Schema
}

func newOracle(t testing.TB, text []byte, opaque []string) *oracle {
	return &oracle{MustCompile(text, opaque...), compileJSON(t, withoutOpaque(t, text, opaque))}
}

// agree holds that both accept the file or both refuse it, and that they do so for the same values: one that Check says nothing about has been refused for another
// reason. It tells whether the file was accepted.
func (o *oracle) agree(t testing.TB, text []byte) bool {
	t.Helper()
	d, found := Parse("f.yaml", text, DefaultMaxSize)
	if d.Root == nil || len(found) > 0 {
		return false
	}
	failing := map[string]bool{}
	if err := o.theirs.Validate(d.Root.Plain()); err != nil {
		var failure *jsonschema.ValidationError
		if !errors.As(err, &failure) {
			t.Fatal(err)
		}
		locations(failure, failing)
	}
	ours := o.ours.Check(d)
	if (len(failing) == 0) != (len(ours) == 0) {
		t.Fatalf("JSON Schema refuses %v, Check says %v about\n%s", failing, ours, text)
	}
	said := map[string]bool{}
	for _, one := range ours {
		at := one.Pointer
		if one.Rule == "unknown-key" || strings.HasSuffix(one.Message, "is listed twice") {
			at = at[:strings.LastIndexByte(at, '/')] // JSON Schema names the whole
		}
		if !failing[at] {
			t.Fatalf("JSON Schema accepts %q, Check says %s: %s about\n%s", at, one.Rule, one.Message, text)
		}
		said[at] = true
	}
	for at := range failing {
		if value, key := d.At(at); !said[at] && !value.Refused() && (key == nil || !key.Refused()) {
			t.Fatalf("JSON Schema refuses %q, Check does not in\n%s", at, text)
		}
	}
	return len(ours) == 0
}

func locations(e *jsonschema.ValidationError, into map[string]bool) {
	if len(e.Causes) == 0 {
		into[unescapeURL(e.InstanceLocation)] = true
	}
	for _, cause := range e.Causes {
		locations(cause, into)
	}
}

// seeds returns what the files hold, where it can be read.
func (o *oracle) seeds(t testing.TB, patterns []string) (seeds []any) {
	t.Helper()
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatal("no files: ", pattern)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, one := range casesIn(path, text) {
				o.agree(t, one)
				if d, found := Parse(path, one, DefaultMaxSize); len(found) == 0 && d.Root != nil {
					seeds = append(seeds, d.Root.Plain())
				}
			}
		}
	}
	return seeds
}

// casesIn returns the files in an archive of cases, or the text itself.
func casesIn(path string, text []byte) (cases [][]byte) {
	if filepath.Ext(path) != ".txt" {
		return [][]byte{text}
	}
	for _, f := range txtar.Parse(text).Files {
		switch filepath.Ext(f.Name) {
		case ".yaml":
			cases = append(cases, f.Data)
		case ".error": // what stands under a code
			cases = append(cases, []byte("errors:\n  A:\n    "+strings.ReplaceAll(string(f.Data), "\n", "\n    ")+"\n"))
		}
	}
	return cases
}

// mutator makes mistakes that people make.
type mutator struct{ *rand.Rand }

// mutate changes one member or item somewhere inside a value.
func (m *mutator) mutate(v any) any {
	switch v := v.(type) {
	case map[string]any:
		keys := sortedKeys(v)
		if len(keys) == 0 {
			return map[string]any{"new": m.other()}
		}
		key := keys[m.IntN(len(keys))]
		if m.IntN(5) > 0 {
			v[key] = m.mutate(v[key])
			return v
		}
		switch m.IntN(4) {
		case 0:
			v[key+"x"] = v[key]
			delete(v, key)
		case 1:
			v["new"] = m.other()
		default:
			delete(v, key)
		}
		return v
	case []any:
		if len(v) == 0 || m.IntN(4) == 0 {
			return append(v, m.other())
		}
		i := m.IntN(len(v))
		switch m.IntN(4) {
		case 0:
			return append(v, v[i])
		case 1:
			return slices.Delete(v, i, i+1)
		}
		v[i] = m.mutate(v[i])
		return v
	}
	return m.other()
}

func (m *mutator) other() any {
	others := []any{nil, true, false, json.Number("0"), json.Number("1"), json.Number("1.0"), json.Number("404"), json.Number("404.5"), json.Number("600"), "", "text", "NOT_FOUND",
		"1", strings.Repeat("x", 63), strings.Repeat("x", 64), []any{}, []any{"A", "A"}, []any{json.Number("1"), "1", nil}, []any{map[string]any{}}, map[string]any{}, map[string]any{"a": "b"}, map[string]any{"A b": nil}}
	return others[m.IntN(len(others))]
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func clone(t testing.TB, v any) (again any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(asJSON(t, v)))
	d.UseNumber()
	if err := d.Decode(&again); err != nil {
		t.Fatal(err)
	}
	return again
}

// FuzzCheck holds that Check agrees with a JSON Schema validator about any file.
func FuzzCheck(f *testing.F) {
	var oracles []*oracle
	for _, s := range own {
		oracles = append(oracles, newOracle(f, s.text, s.opaque))
	}
	for _, seed := range []string{
		"version: 1\ninfo: {title: x}\ncategories: {c: {title: x}}\nerrors: {A: {status: 400, category: c, meaning: x, seeAlso: [A, A]}}\n",
		"version: 1\ntargets: {go: , Bad: {out: 1, x: [1]}}\nlint: {rules: {long-text: off}}\n", "files: {a: {template: x, set: {a: 1}}}\nstring: {}\ncomment: {width: -1, replace: [[a]]}\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, o := range oracles {
			o.agree(t, text)
		}
	})
}

// unescapeURL undoes the percent-encoding that the validator puts on its pointers.
func unescapeURL(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

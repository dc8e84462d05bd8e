package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/schema"
)

// own are errgen's schemas, each with what its reader passes over, and with files to begin with.
var own = []struct {
	name   string
	text   []byte
	opaque []string
	files  []string
}{
	{"errors", schema.Errors, []string{"/$defs/schema", "/$defs/details", "/properties/errors/propertyNames",
		"/properties/types/propertyNames"},
		[]string{"../../errors.yaml", "../../golden/*/errors.yaml", "../catalog/testdata/invalid/*.txt"}},
	{"config", schema.Config, nil, []string{"testdata/errgen.yaml"}},
	{"target", schema.Target, nil, []string{"../../templates/*/target.yaml",
		"../../golden/own-target/templates/*/target.yaml"}},
}

func TestSchemasAreJSONSchemasOnTheirOwn(t *testing.T) {
	for _, s := range own {
		compileJSON(t, s.text)
		for _, object := range objectsIn(MustCompile(s.text, s.opaque...).text) {
			if key := besideReference(object); key != "" {
				t.Errorf("%s: %s stands beside a $ref: draft 7 passes over it", s.name, key)
			}
			properties, _ := object["properties"].(map[string]any)
			for _, key := range texts(object["required"]) {
				if properties[key] == nil {
					t.Errorf("%s: the key %s is required, and not described", s.name, key)
				}
			}
		}
	}
}

// besideReference returns a key that says more than a reference beside it, or nothing.
func besideReference(object map[string]any) string {
	annotations := []string{"$ref", "title", "description", "examples", "default", "x-expected", "x-rule"}
	for key := range object {
		if object["$ref"] != nil && !slices.Contains(annotations, key) {
			return key
		}
	}
	return ""
}

// objectsIn returns each object of a decoded value.
func objectsIn(value any) (all []map[string]any) {
	switch value := value.(type) {
	case map[string]any:
		all = append(all, value)
		for _, inside := range value {
			all = append(all, objectsIn(inside)...)
		}
	case []any:
		for _, inside := range value {
			all = append(all, objectsIn(inside)...)
		}
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
		clear(follow(whole, pointer).(map[string]any))
	}
	pruned, err := json.Marshal(whole)
	if err != nil {
		t.Fatal(err)
	}
	return pruned
}

// Whatever keyword fails, and however keys are spelled, it is said in errgen's words and at its place.
func TestKeywordsOfAnyKindAreExplained(t *testing.T) {
	const odd = `a b%20/~1é#?"`
	for _, c := range []struct{ schema, file, want string }{
		{`{"properties": {"a": {"multipleOf": 2, "x-expected": "an even number"}}}`, `{a: 3}`,
			`1:5 "a" is the number 3, expected an even number`},
		{`{"properties": {"a": {"format": "date"}}}`, `{a: b}`, `1:5 "a" is "b"`},
		{`{"properties": {"a": {"maxProperties": 1}}}`, `{a: {b: c, d: e}}`, `1:2 "a" is a map`},
		{`{"properties": {"a": {"not": {"type": "string"}, "x-expected": "no text"}}}`, `{a: b}`,
			`1:5 "a" is "b", expected no text`},
		{`{"properties": {"a": false}}`, `{a: b}`, `1:5 "a" is "b"`},
		{`{"properties": {"a": {"allOf": [{"minimum": 2, "x-expected": "2 or more"}]}}}`, `{a: 1}`,
			`1:5 "a" is the number 1, expected 2 or more`},
		{`{"properties": {"a": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["b"]}], "x-expected": "text, or a map with b", "x-rule": "odd"}}}`,
			`{a: {c: 1}}`, `1:2 "a" is a map, expected text, or a map with b`},
		{`{"properties": {"a": {"oneOf": [{"minimum": 1}, {"minimum": 2}], "x-expected": "1"}}}`, `{a: 3}`,
			`1:5 "a" is the number 3, expected 1`},
		{`{"properties": {"a": {"const": "b", "x-expected": "b"}}}`, `{a: c}`, `1:5 "a" is "c", expected b`},
		{`{"properties": {"a": {"enum": [1, "two"]}}}`, `{a: tow}`, `1:5 "a" is "tow"`},
		{`{"properties": {"a": {"uniqueItems": true}}}`, `{a: [1, 1.0, 2]}`, `1:9 "1.0" is listed twice`},
		{`{"properties": {"a": {"prefixItems": [{"type": "string"}], "items": {"type": "number"}}}}`, `{a: [1, b]}`,
			`1:6 this value is the number 1, expected text; 1:9 this value is text, expected a number`},
		{`{"additionalProperties": false, "properties": {"ab": {}}, "patternProperties": {"^x-": {}}}`, `{x-a: 1, ac: 2}`,
			`1:10 unknown key "ac"`},
		{`{"patternProperties": {"^properties$": {"type": "string"}}}`, `{properties: 1}`,
			`1:14 "properties" is the number 1, expected text`},
		{`{"properties": {"propertyNames": {"type": "string"}}}`, `{propertyNames: 1}`,
			`1:17 "propertyNames" is the number 1, expected text`},
		{`{"properties": {"propertyNames": {"propertyNames": {"$ref": "#/$defs/n"}, "additionalProperties": {"type": "string"}}}, "$defs": {"n": {"pattern": "^a"}}}`,
			`{propertyNames: {b: 1}}`, `1:18 the key is "b"; 1:21 "b" is the number 1, expected text`},
		{`{"properties": {` + quoted(t, odd) + `: {"type": "string", "x-expected": "this"}}}`, `{` + quoted(t, odd) + `: 1}`,
			`1:20 "a b%20/~1é#?\"" is the number 1, expected this`},
		{`{"additionalProperties": {"items": {"type": "string"}}}`, `{` + quoted(t, odd) + `: [a, 1]}`,
			`1:24 this value is the number 1, expected text`},
		{`{"required": ["z"], "properties": {"anyOf": {"required": ["a"], "properties": {"b": {"type": "string"}}}}}`,
			`{anyOf: {b: 1}}`,
			`0:0 missing key "z"; 1:2 missing key "a"; 1:13 "b" is the number 1, expected text`},
		{`{"additionalProperties": {"type": "string"}}`, "a: b\na: 1\na: 2\n",
			`2:4 "a" is the number 1, expected text; 3:4 "a" is the number 2, expected text`},
	} {
		d, _ := Parse("f.yaml", []byte(c.file), DefaultMaxSize)
		var got []string
		for _, one := range MustCompile([]byte(c.schema)).Check(d) {
			got = append(got, fmt.Sprintf("%d:%d %s", one.Place.Start.Line, one.Place.Start.Column, one.Message))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s\n%s: got\n%s\nwant\n%s", c.schema, c.file, strings.Join(got, "; "), c.want)
		}
	}
}

func quoted(t *testing.T, s string) string { return string(asJSON(t, s)) }

// Nothing is read from disk or network because a schema says so.
func TestSchemasReadNothing(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked = true
		_, _ = io.WriteString(w, "{}")
	}))
	defer server.Close()
	path := filepath.Join(t.TempDir(), "other.json")
	if err := os.WriteFile(path, []byte("{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{server.URL, "file://" + path, path, "other.json", "errgen:///other.json"} {
		said := panicOf(func() { MustCompile(fmt.Appendf(nil, `{"$ref": %q}`, address)) })
		if !strings.Contains(said, "leads out of the schema") {
			t.Errorf("%s: %q", address, said)
		}
	}
	if asked {
		t.Error("a request was sent")
	}
}

func panicOf(f func()) (said string) {
	defer func() { said = fmt.Sprint(recover()) }()
	f()
	return ""
}

// TestWhatTheLibraryRefusesIsSaid makes mistakes in good and bad files, and holds Check against the library's own
// answer.
func TestWhatTheLibraryRefusesIsSaid(t *testing.T) {
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

// agree holds that Check speaks of the values that the library refuses, of all and of no others, at their places and in
// words of its own: one that Check says nothing about has been refused for another reason. It reports whether the file
// was accepted.
func (o *oracle) agree(t testing.TB, text []byte) bool {
	t.Helper()
	d, found := Parse("f.yaml", text, DefaultMaxSize)
	if d.Root == nil || len(found) > 0 {
		return false
	}
	failing, sentences := map[string]bool{}, map[string]bool{}
	if err := o.theirs.Validate(d.Root.Plain()); err != nil {
		var failure *jsonschema.ValidationError
		if !errors.As(err, &failure) {
			t.Fatal(err)
		}
		locations(failure, failing)
		messages(failure, sentences)
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
		checkWords(t, one, sentences)
	}
	for at := range failing {
		if value, key := d.At(at); !said[at] && !value.Refused() && (key == nil || !key.Refused()) {
			t.Fatalf("JSON Schema refuses %q, Check does not in\n%s", at, text)
		}
	}
	return len(ours) == 0
}

// locations adds the pointers of what is wrong. A value that fits no part of a union is wrong as a whole.
func locations(e *jsonschema.ValidationError, into map[string]bool) {
	isUnion := strings.HasSuffix(e.KeywordLocation, "/anyOf") || strings.HasSuffix(e.KeywordLocation, "/oneOf")
	if len(e.Causes) == 0 || isUnion {
		into[unescapeURL(e.InstanceLocation)] = true
		return
	}
	for _, cause := range e.Causes {
		locations(cause, into)
	}
}

func messages(e *jsonschema.ValidationError, into map[string]bool) {
	into[e.Message] = true
	for _, cause := range e.Causes {
		messages(cause, into)
	}
}

func checkWords(t testing.TB, one diag.Diagnostic, theirs map[string]bool) {
	t.Helper()
	if one.Rule == "" || one.Message == "" || one.Place.Start.Line == 0 && one.Rule != "missing-key" {
		t.Fatalf("says little: %+v", one)
	}
	for sentence := range theirs {
		if sentence != "" && strings.Contains(one.Message+"\n"+one.Hint, sentence) {
			t.Fatalf("the library says %q, and so does %s: %s", sentence, one.Rule, one.Message)
		}
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
	others := []any{nil, true, false, json.Number("0"), json.Number("1"), json.Number("1.0"), json.Number("404"),
		json.Number("404.5"), json.Number("600"), "", "text", "NOT_FOUND",
		"1", strings.Repeat("x", 63), strings.Repeat("x", 64), []any{}, []any{"A", "A"}, []any{json.Number("1"), "1",
			nil}, []any{map[string]any{}}, map[string]any{}, map[string]any{"a": "b"}, map[string]any{"A b": nil}}
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

// FuzzCheck holds that Check says what the library refuses of any file.
func FuzzCheck(f *testing.F) {
	var oracles []*oracle
	for _, s := range own {
		oracles = append(oracles, newOracle(f, s.text, s.opaque))
	}
	for _, seed := range []string{
		"version: 1\ninfo: {title: x}\ncategories: {c: {title: x}}\nerrors: {A: {status: 400, category: c, meaning: x, " +
			"seeAlso: [A, A]}}\n",
		"version: 1\ntargets: {go: , Bad: {out: 1, x: [1]}}\nlint: {rules: {long-text: off}}\n", "files: {a: {template: " +
			"x, set: {a: 1}}}\nstring: {}\ncomment: {width: -1, replace: [[a]]}\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, o := range oracles {
			o.agree(t, text)
		}
	})
}

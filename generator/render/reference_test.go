package render

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/schema"
)

// What is told of templates is what there is: each object and field has a sentence, and there are no others.
func TestReferenceHasEveryField(t *testing.T) {
	r, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{}
	for _, o := range r.Objects {
		checkSentence(t, o.Name, o.Doc)
		for _, f := range o.Fields {
			checkSentence(t, o.Name+"."+f.Name, f.Doc)
			if f.Type == "" {
				t.Errorf("%s.%s has no type", o.Name, f.Name)
			}
			told[o.Name] = append(told[o.Name], f.Name)
		}
	}
	there := map[string][]string{}
	for typ := range viewObjects() {
		name := strings.TrimSuffix(typ.Name(), viewSuffix)
		name = strings.ToUpper(name[:1]) + name[1:]
		for _, f := range exported(typ) {
			there[name] = append(there[name], f.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(there)) {
		slices.Sort(there[name])
		slices.Sort(told[name])
		if !slices.Equal(there[name], told[name]) {
			t.Errorf("of %s there is %s\n\ttold is %s", name, there[name], told[name])
		}
	}
	if len(told) != len(there) {
		t.Errorf("told of %d objects, there are %d", len(told), len(there))
	}
}

func checkSentence(t *testing.T, what, doc string) {
	t.Helper()
	if !strings.HasSuffix(doc, ".") || strings.ToUpper(doc[:1]) != doc[:1] {
		t.Errorf("%s is told of as %q, expected a sentence", what, doc)
	}
}

// Each function has a sentence, and an example that prints something.
func TestReferenceHasEveryFunction(t *testing.T) {
	r, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range []struct {
		name  string
		told  []Function
		there map[string]any
	}{
		{"text", r.Text, specimenPrinter().textLaw().funcs},
		{"html", r.HTML, specimenPrinter().htmlLaw().funcs},
	} {
		for _, f := range engine.told {
			checkSentence(t, f.Name, f.Doc)
			if engine.there[f.Name] == nil || !strings.Contains(f.Example, f.Name) {
				t.Errorf("%s: told of %s with the example %s", engine.name, f.Name, f.Example)
			}
			if out := runExample(t, engine.name, f.Example); out == "" {
				t.Errorf("%s: %s prints nothing", engine.name, f.Example)
			}
		}
		if len(engine.told) != len(engine.there) {
			t.Errorf("%s: told of %d functions, there are %d", engine.name, len(engine.told), len(engine.there))
		}
	}
}

func runExample(t *testing.T, engine, example string) string {
	t.Helper()
	definition := "engine: " + engine + "\nfiles: {out.txt: {template: file}}\noptions: {name: {default: good}}\n" +
		"string: {}\n"
	target, found, err := Load(fstest.MapFS{
		"small/target.yaml": {Data: []byte(definition)}, "small/page.css": {Data: []byte("p { color: red }")},
		"small/file.tmpl": {Data: []byte("{{.Header}}\n" + example + "\n")},
	}, "small", "small", false)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	out, err := renderWith(t, target)
	if err != nil {
		t.Errorf("%s: %v", example, err)
	}
	return out
}

// Each key of target.yaml has a sentence, and an example that fits.
func TestReferenceHasEveryKey(t *testing.T) {
	keys, err := Keys()
	if err != nil || len(keys) < 30 {
		t.Fatal(len(keys), err)
	}
	for _, k := range keys {
		checkSentence(t, k.Path, k.Doc)
		if k.Example == "" {
			t.Errorf("%s has no example", k.Path)
			continue
		}
		doc, found := document.Parse(k.Path, []byte(k.Example), document.DefaultMaxSize)
		if found = append(found, keySchema(t, k.Path).Check(doc)...); len(found) > 0 {
			t.Errorf("%s: %s: %v", k.Path, k.Example, found)
		}
	}
	if strings.Count(string(schema.Target), `"examples"`) != len(keys) {
		t.Errorf("%d keys are told of, with %d examples", len(keys), strings.Count(string(schema.Target), `"examples"`))
	}
}

// keySchema returns the schema of a map that has nothing but the key at the end of a path.
func keySchema(t *testing.T, path string) *document.Schema {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal(schema.Target, &root); err != nil {
		t.Fatal(err)
	}
	names := strings.Split(path, ".")
	last := root
	for _, name := range names {
		if name == "NAME" {
			last = last["additionalProperties"].(map[string]any)
		} else {
			last = last["properties"].(map[string]any)[name].(map[string]any)
		}
	}
	root["properties"], root["required"] = map[string]any{names[len(names)-1]: last}, []string{}
	text, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	return document.MustCompile(text)
}

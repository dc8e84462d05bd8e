package generator

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/sigsentry/errgen/schema"
)

// Every errors.json is what its published schema says. Each schema in it compiles by itself, and takes the examples of
// its code.
func TestSchemasOfTheJSONOutput(t *testing.T) {
	paths, err := filepath.Glob("../golden/*/want/json/errors.json")
	if err != nil || len(paths) < 10 {
		t.Fatalf("found %d outputs: %v", len(paths), err)
	}
	published := compileAlone(t, schema.Output)
	for _, path := range append(paths, "../out/json/errors.json") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := published.Validate(decoded(t, text)); err != nil {
			t.Errorf("%s: %#v", path, err)
		}
		var output struct {
			Errors []struct {
				Code     string
				Details  json.RawMessage
				Examples []struct{ Details json.RawMessage }
			}
			Types map[string]json.RawMessage
		}
		if err := json.Unmarshal(text, &output); err != nil {
			t.Fatal(err)
		}
		for _, e := range output.Errors {
			if e.Details == nil {
				continue
			}
			details := compileAlone(t, e.Details)
			for _, x := range e.Examples {
				if err := details.Validate(decoded(t, x.Details)); err != nil {
					t.Errorf("%s: an example of %s: %#v", path, e.Code, err)
				}
			}
		}
		for _, one := range output.Types {
			compileAlone(t, one)
		}
	}
}

func compileAlone(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	if err := c.AddResource("alone.json", bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("alone.json")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

func decoded(t *testing.T, text []byte) (value any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

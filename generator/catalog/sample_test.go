package catalog

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// sampleOf returns the details that are made up for a schema, as JSON, or "none".
func sampleOf(t *testing.T, text string) string {
	t.Helper()
	c, found := Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if c == nil {
		t.Fatalf("%v\n%s", found, text)
	}
	sample := c.Errors[0].Sample
	if sample == nil {
		return "none"
	}
	made, err := sample.Details.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(made)
}

func TestSamplesShowWhatFits(t *testing.T) {
	deep := "{type: object, required: [v], properties: {v: {type: string}}}"
	for range 6 {
		deep = "{type: object, properties: {v: " + deep + "}}"
	}
	for property, want := range map[string]string{
		"type: string":                                                     `"…"`,
		"type: string, minLength: 3":                                       `"………"`,
		"type: string, maxLength: 0":                                       `""`,
		"type: string, minLength: 5000":                                    "none",
		"type: string, const: x":                                           `"x"`,
		"enum: [b, a]":                                                     `"b"`,
		"anyOf: [{enum: [b, a]}, {type: string}]":                          `"b"`,
		"oneOf: [{const: x, description: y}]":                              `"x"`,
		"type: string, format: date-time":                                  `"2025-03-01T12:00:00Z"`,
		"type: string, format: uri, maxLength: 3":                          "none",
		"type: string, format: date, pattern: '^x'":                        "none",
		"type: string, format: date, pattern: '^2'":                        `"2025-03-01"`,
		"type: string, pattern: '^[A-Z]{3}-\\d+$'":                         `"AAA-0"`,
		"type: string, pattern: '^(proj|key)_[0-9a-f]+$', minLength: 20":   `"proj_aaaaaaaaaaaaaaaaaaa"`,
		"type: string, pattern: 'x|y', minLength: 2":                       "none",
		"type: string, pattern: '(((|)*)*)*$'":                             `"…"`,
		"type: string, pattern: '^(((a|b)*)*)*!$'":                         `"!"`,
		"type: string, pattern: '^[^\\x00-\\x{10ffff}]$'":                  "none",
		"type: string, pattern: '^\\pL\\p{Greek}$'":                        `"aͰ"`,
		"type: string, pattern: '^a\\b$'":                                  `"a"`,
		"type: integer":                                                    "0",
		"type: integer, minimum: 1":                                        "1",
		"type: integer, minimum: 400, maximum: 499":                        "400",
		"type: integer, exclusiveMinimum: 400":                             "401",
		"type: integer, maximum: -0.5":                                     "-1",
		"type: integer, minimum: 1.5, maximum: 1.7":                        "none",
		"type: integer, format: int32, minimum: 3000000000":                "none",
		"type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.5":         "0.25",
		"type: number, minimum: 2.5":                                       "2.5",
		"type: number, exclusiveMinimum: 1.0e+300":                         "none",
		"type: boolean":                                                    "false",
		"":                                                                 `"…"`,
		"type: object":                                                     `{"…":"…"}`,
		"type: object, additionalProperties: {type: integer}":              `{"…":0}`,
		"type: object, minProperties: 2":                                   `{"…":"…","……":"…"}`,
		"type: object, maxProperties: 0":                                   `{}`,
		"type: array, items: {type: integer}":                              `[0]`,
		"type: array, items: {type: integer}, minItems: 3":                 `[0,0,0]`,
		"type: array, items: {type: integer}, maxItems: 0":                 `[]`,
		"type: array, items: {type: string, minLength: 5000}":              `[]`,
		"type: array, items: {type: string, minLength: 5000}, minItems: 1": "none",
		"type: array, items: {type: integer}, minItems: 5000":              "none",
		"type: [integer, 'null'], minimum: 1.5, maximum: 1.7":              "null",
		"type: [integer, 'null']":                                          "0",
		"type: [integer, 'null'], default: null":                           "0",
		"type: integer, default: 7":                                        "7",
		"type: integer, default: 7, examples: [8, 9]":                      "8",
		"$ref: '#/types/Seven', examples: [5]":                             "5",
		"$ref: '#/types/Seven'":                                            "7",
		"$ref: '#/types/Tree'":                                             `{"name":"…","children":[]}`,
		"$ref: '#/types/Chain'":                                            `{"next":null}`,
		"type: object, required: [b], maxProperties: 2, properties: {a: {type: integer}, b: {type: boolean}, " +
			"c: {type: integer}}": `{"a":0,"b":false}`,
		"type: object, minProperties: 2, properties: {a: {type: integer}}": "none",
		"type: object, properties: {a: {type: string, minLength: 5000}}":   `{}`,
		strings.TrimSuffix(deep[1:], "}"):                                  `{"v":{"v":{"v":{}}}}`,
	} {
		text := fmt.Sprintf("%s    details: {type: object, required: [p], properties: {p: {%s}}}\n"+
			"types:\n  Seven: {type: integer, examples: [7]}\n"+
			"  Tree: {type: object, required: [name, children], properties: {name: {type: string}, "+
			"children: {type: array, items: {$ref: '#/types/Tree'}}}}\n"+
			"  Chain: {type: object, required: [next], properties: {next: {anyOf: [{$ref: '#/types/Chain'}, "+
			"{type: 'null'}]}}}\n", frame, property)
		if want != "none" {
			want = `{"p":` + want + `}`
		}
		if got := sampleOf(t, text); got != want {
			t.Errorf("%s: the sample is %s, want %s", property, got, want)
		}
	}
}

// The schemas made here are held against a validator of JSON Schema.
func TestSamplesFitJSONSchema(t *testing.T) {
	const rounds = 1_000
	made := 0
	for i := range rounds {
		g := &schemaMaker{rand.New(rand.NewPCG(2, uint64(i)))}
		details := g.details()
		text := strings.Replace(catalogJSON(t, details, nil), `, "examples": [{"details": null}]`, "", 1)
		sample := sampleOf(t, text)
		if sample == "none" {
			continue
		}
		made++
		if err := compileJSON(t, asJSON(t, details)).Validate(decode(t, sample)); err != nil {
			t.Fatalf("round %d: %s does not fit %s: %v", i, sample, asJSON(t, details), err)
		}
	}
	if made < rounds*8/10 {
		t.Errorf("%d of %d schemas have a sample", made, rounds)
	}
}

// A few types that refer to each other would make a value that no memory holds.
func TestSamplesAreSmall(t *testing.T) {
	var b strings.Builder
	b.WriteString(frame + "    details: {$ref: '#/types/T0'}\ntypes:\n")
	for _, required := range []string{"", "required: [a, b], "} {
		text := b.String()
		for i := range 40 {
			text += fmt.Sprintf("  T%d: {type: object, %sproperties: {a: {$ref: '#/types/T%d'}, b: {$ref: '#/types/T%d'}}}\n",
				i, required, i+1, i+1)
		}
		text += "  T40: {type: object, properties: {}}\n"
		if sample := sampleOf(t, text); len(sample) > 10_000 || required == "" && sample == "none" {
			t.Errorf("the sample has %d characters", len(sample))
		}
	}
}

// Every code of the catalogs that other tests use has a sample, which arrives.
func TestSamplesOfCatalogsArrive(t *testing.T) {
	paths, err := filepath.Glob("../../golden/*/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(paths, "../../errors.yaml") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c, found := Load(path, text, document.DefaultMaxSize)
		if c == nil {
			t.Fatal(found)
		}
		for _, e := range c.Errors {
			checkSample(t, c, e)
		}
	}
}

func checkSample(t *testing.T, c *Catalog, e *Error) {
	t.Helper()
	if e.Sample == nil {
		t.Errorf("%s: %s has no sample", c.Document.Name, e.Code)
		return
	}
	if e.Details != nil {
		for failure := range (&Fits{}).rulesOf(e.Details).Failures(e.Sample.Details) {
			t.Errorf("%s: the sample of %s breaks %s", c.Document.Name, e.Code, failure.Keyword)
		}
	}
	sent := c.Sent(e, e.Sample)
	body, err := c.Envelope.Encode(sent).MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	known := func(string) (wire.Error, bool) { return c.Sent(e, nil), true }
	got, isError := c.Envelope.Decode(wire.Response{Status: sent.Status, Body: body}, known)
	if !isError || got.Code != e.Code {
		t.Errorf("%s: %s arrives as %q in %s", c.Document.Name, e.Code, got.Code, body)
	}
	if c.Envelope.Reads.Details == nil || e.Sample.Details == nil || e.Sample.Details.Len() == 0 {
		return
	}
	want, _ := e.Sample.Details.MarshalJSON()
	if got.Details == nil {
		t.Errorf("%s: the details of %s do not arrive in %s", c.Document.Name, e.Code, body)
	} else if arrived, _ := got.Details.MarshalJSON(); string(arrived) != string(want) {
		t.Errorf("%s: %s arrives with %s, sent %s", c.Document.Name, e.Code, arrived, want)
	}
}

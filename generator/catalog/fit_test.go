package catalog

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/schema"
)

// TestFitAgreesWithJSONSchema makes schemas of the closed world and values that may fit, and holds the verdict of fit
// against that of a JSON Schema validator.
func TestFitAgreesWithJSONSchema(t *testing.T) {
	const rounds = 1_000
	published := compileJSON(t, string(schema.Errors))
	fitting := 0
	for i := range rounds {
		g := &schemaMaker{rand.New(rand.NewPCG(1, uint64(i)))}
		details := g.details()
		value := g.members(details["properties"].(object), 0)
		ours, found := oursFits(t, details, value)
		theirs := compileJSON(t, asJSON(t, withInt64(details))).Validate(value) == nil
		if ours != theirs {
			t.Fatalf("round %d: fit says %v, JSON Schema says %v\nschema %s\nvalue %s\n%s", i, ours, theirs, asJSON(t, details),
				asJSON(t, value), found)
		}
		if err := published.Validate(decode(t, catalogJSON(t, details, value))); err != nil {
			t.Fatalf("round %d: the published schema refuses %s: %#v", i, asJSON(t, details), err)
		}
		if ours {
			fitting++
		}
	}
	if fitting < rounds/10 || fitting > rounds*9/10 {
		t.Errorf("%d of %d values fit: the pairs prove little", fitting, rounds)
	}
}

// What the schemas made above do not bring together: the values of properties, and what is said of them.
func TestFitOfWhatIsSeldomTogether(t *testing.T) {
	for _, c := range []struct{ property, value, want string }{
		{`anyOf: [{$ref: "#/types/Fixed"}, {type: "null"}]`, `null`, ""},
		{`anyOf: [{$ref: "#/types/Fixed"}, {type: "null"}]`, `on me`, `the example is "on me", expected "fixed"`},
		{`$ref: "#/types/Fixed"`, `null`, `the example is null, expected string`},
		{`type: string, enum: [a, b], const: a`, `b`, `the example is "b", expected "a"`},
		{`type: string, enum: [a, b], const: a`, `c`, `the example is "c", which the enum does not list`},
		{`type: string, enum: [a], format: date`, `b`, `the example is "b", which the enum does not list`},
		{`type: string, minLength: 9, format: date, pattern: "^2"`, `a`,
			`the example breaks minLength: 9; the example breaks pattern: ^2; the example is "a", which is no date`},
		{`type: object, additionalProperties: {type: integer}`, `{a: x, a: y}`,
			`the example is text, expected type integer; the key "a" is there twice; ` +
				`the example is text, expected type integer`},
		{`type: integer`, `-9223372036854775808`, ""},
		{`type: integer`, `9223372036854775808`, `the example is "9223372036854775808", which is no int64`},
		{`type: [integer, "null"]`, `-9223372036854775809`, `the example is "-9223372036854775809", which is no int64`},
		{`type: integer, format: int32`, `9223372036854775808`,
			`the example is "9223372036854775808", which is no int32`},
		{`type: number, maximum: 0.1`, `0.1000000000000000000001`, `the example breaks maximum: 0.1`},
	} {
		text := fmt.Sprintf("%s    details: {type: object, properties: {p: {%s}}}\n    examples: [{details: {p: %s}}]\n"+
			"types: {Fixed: {const: fixed}}\n",
			frame, c.property, c.value)
		_, found := Load("errors.yaml", []byte(text), document.DefaultMaxSize)
		var got []string
		for _, d := range found {
			got = append(got, d.Message)
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: %s: got %s, want %s", c.property, c.value, strings.Join(got, "; "), c.want)
		}
	}
}

func oursFits(t *testing.T, details, value any) (bool, string) {
	t.Helper()
	_, found := Load("errors.yaml", []byte(catalogJSON(t, details, value)), document.DefaultMaxSize)
	for _, d := range found {
		if d.Rule != "invalid-example" {
			t.Fatalf("the schema was refused: %s: %s\n%s", d.Rule, d.Message, asJSON(t, details))
		}
	}
	var text strings.Builder
	_ = diag.Text(&text, found, diag.Style{})
	return len(found) == 0, text.String()
}

// catalogJSON writes a catalog as JSON, which is YAML too.
func catalogJSON(t *testing.T, details, value any) string {
	return fmt.Sprintf(`{"version": 1, "info": {"title": "x"}, "categories": {"c": {"title": "x"}},
"errors": {"A": {"status": 400, "category": "c", "meaning": "x", "details": %s, "examples": [{"details": %s}]}}}`, asJSON(t, details), asJSON(t, value))
}

// withInt64 returns a schema that says of its integers what clients read.
func withInt64(schema any) any {
	switch schema := schema.(type) {
	case object:
		said := object{}
		for keyword, value := range schema {
			said[keyword] = withInt64(value)
		}
		if strings.Contains(fmt.Sprint(said["type"]), "integer") && said["format"] == nil {
			said["format"] = "int64"
		}
		return said
	case []any:
		said := make([]any, len(schema))
		for i := range schema {
			said[i] = withInt64(schema[i])
		}
		return said
	}
	return schema
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func decode(t *testing.T, text string) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func compileJSON(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat = true
	c.Draft = jsonschema.Draft2020
	jsonschema.Formats["int32"] = func(v any) bool { return isWhole(v, "2147483647", "-2147483648") }
	jsonschema.Formats["int64"] = func(v any) bool { return isWhole(v, "9223372036854775807", "-9223372036854775808") }
	if err := c.AddResource("schema.json", strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return compiled
}

// isWhole compares by length and digits: the numbers made here have no fraction.
func isWhole(v any, most, least string) bool {
	n, ok := v.(json.Number)
	if !ok {
		return true
	}
	bound := most
	if strings.HasPrefix(n.String(), "-") {
		bound = least
	}
	return len(n) < len(bound) || len(n) == len(bound) && n.String() <= bound
}

// schemaMaker makes schemas, and values for them that are sometimes wrong.
type schemaMaker struct{ *rand.Rand }

type object = map[string]any

func (g *schemaMaker) one(options ...any) any { return options[g.IntN(len(options))] }

func (g *schemaMaker) details() object {
	s := g.object(0)
	s["$defs"] = object{"Leaf": g.scalar(), "Tree": g.object(2)}
	return s
}

func (g *schemaMaker) schema(depth int) object {
	var s object
	switch n := g.IntN(10); {
	case n == 0:
		s = object{"$ref": g.one("#/$defs/Leaf", "#/$defs/Tree")}
		if depth >= 2 {
			s = object{"$ref": "#/$defs/Leaf"}
		}
		return g.nullable(s)
	case n < 3 && depth < 3:
		s = g.object(depth + 1)
	case n < 4 && depth < 3:
		s = g.withLimits(object{"type": "array", "items": g.schema(depth + 1)}, "minItems", "maxItems")
	case n < 5 && depth < 3:
		s = g.withLimits(object{"type": "object", "additionalProperties": g.schema(depth + 1)}, "minProperties",
			"maxProperties")
	default:
		return g.scalar()
	}
	return g.nullable(s)
}

func (g *schemaMaker) nullable(s object) object {
	_, isReference := s["$ref"] // to a schema that may be null, which oneOf does not take
	switch g.IntN(6) {
	case 0:
		if isReference {
			return object{"anyOf": []any{s, object{"type": "null"}}}
		}
		return object{g.one("anyOf", "oneOf").(string): []any{s, object{"type": "null"}}}
	case 1:
		if name, ok := s["type"].(string); ok && s["enum"] == nil && s["const"] == nil {
			s["type"] = []any{name, "null"}
		}
	}
	return s
}

func (g *schemaMaker) object(depth int) object {
	properties := object{}
	var required []any
	for _, name := range []string{"a", "b", "c"}[:g.IntN(4)] {
		properties[name] = g.schema(depth)
		if g.IntN(3) == 0 {
			required = append(required, name)
		}
	}
	s := object{"type": "object", "properties": properties}
	if required != nil {
		s["required"] = required
	}
	if g.IntN(3) == 0 {
		s["additionalProperties"] = false
	}
	return g.withLimits(s, "minProperties", "maxProperties")
}

func (g *schemaMaker) withLimits(s object, keywords ...string) object {
	for _, k := range keywords {
		if g.IntN(5) == 0 {
			s[k] = g.IntN(4)
		}
	}
	return s
}

func (g *schemaMaker) scalar() object {
	switch g.IntN(8) {
	case 0:
		return g.nullable(g.withLimits(object{"type": "integer"}, "minimum", "maximum"))
	case 1:
		return g.nullable(g.withLimits(object{"type": "number"}, "exclusiveMinimum", "exclusiveMaximum"))
	case 2:
		return g.nullable(object{"type": "boolean"})
	case 3:
		return g.one(object{"enum": []any{"x", "yy"}}, object{"const": "x"}, object{"type": "string", "enum": []any{"yy"}},
			object{"anyOf": []any{object{"enum": []any{"x"}}, object{"type": "string"}}},
			object{"anyOf": []any{object{"enum": []any{"x"}}, object{"type": "string"}, object{"type": "null"}}},
			object{"anyOf": []any{object{"enum": []any{"x"}}, object{"type": "null"}}}).(object)
	case 4:
		return object{"type": "string", "format": g.one("date-time", "date", "uuid", "uri", "email", "duration")}
	case 5:
		return object{"type": "integer", "format": g.one("int32", "int64")}
	case 6:
		return object{"type": "string", "pattern": g.one("^x", "y+$", "^.{2}$")}
	}
	return g.nullable(g.withLimits(object{"type": "string"}, "minLength", "maxLength"))
}

// value makes one that fits s more often than not.
func (g *schemaMaker) value(s object, depth int) any {
	if g.IntN(25) == 0 {
		return g.one(nil, true, json.Number("1"), json.Number("1.5"), json.Number("2.0"), "x", []any{}, object{}, []any{"x"},
			object{"a": "x"})
	}
	for _, union := range []string{"anyOf", "oneOf"} {
		if parts, ok := s[union].([]any); ok {
			return g.value(parts[g.IntN(len(parts))].(object), depth)
		}
	}
	name := s["type"]
	if list, ok := name.([]any); ok {
		name = list[g.IntN(2)]
	}
	switch {
	case s["properties"] != nil:
		return g.members(s["properties"].(object), depth)
	case s["additionalProperties"] != nil:
		members := object{}
		for _, key := range []string{"k", "l", "m"}[:g.IntN(4)] {
			members[key] = g.value(s["additionalProperties"].(object), depth+1)
		}
		return members
	case name == "array":
		items := []any{}
		for range g.IntN(4) {
			items = append(items, g.value(s["items"].(object), depth+1))
		}
		return items
	}
	return g.leaf(name)
}

func (g *schemaMaker) members(properties object, depth int) any {
	members := object{}
	for _, name := range []string{"a", "b", "c"} {
		if p, ok := properties[name]; ok && g.IntN(5) > 0 {
			members[name] = g.value(p.(object), depth+1)
		}
	}
	if g.IntN(8) == 0 {
		members["other"] = g.leaf("string")
	}
	return members
}

func (g *schemaMaker) leaf(name any) any {
	switch name {
	case "null":
		return nil
	case "boolean":
		return g.IntN(2) == 0
	case "integer":
		return json.Number(g.one("0", "1", "2", "3", "-1", "2.0", "2147483647", "2147483648", "-2147483648", "-2147483649",
			"9223372036854775807", "9223372036854775808").(string))
	case "number":
		return json.Number(g.one("0", "1", "1.5", "2.5", "3.0", "-0.5", "1.5e+2").(string))
	}
	return g.one("", "x", "yy", "éé", "日本語", "2025-03-01", "2025-03-01T12:00:00Z", "2025-02-30",
		"123e4567-e89b-12d3-a456-426614174000", "https://example.com/a b",
		"https://example.com/", "user@example.com", "PT30S", "P1Y2M", "P", "a@b", "urn:x:y", "xyz")
}

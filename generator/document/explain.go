package document

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// explanation turns a failure into errgen's own words.
type explanation struct {
	Failure
	d      *Document
	schema map[string]any // the schema object that holds the keyword
}

// refuse reports n, and no other mistake about it will be.
func (e explanation) refuse(n *Node, rule, message, hint string) diag.Diagnostic {
	n.refused = true
	return n.Report(rule, message, hint)
}

func (e explanation) explain() diag.List {
	switch {
	case e.Value.refused:
		return nil
	case e.Keyword == "required":
		return e.missingKeys()
	case e.Keyword == "additionalProperties":
		return e.unknownKeys()
	}
	found := e.wrong()
	if rule, ok := e.schema["x-rule"].(string); ok {
		found.Rule = rule
	}
	return diag.List{found}
}

// wrong says that the value breaks a keyword.
func (e explanation) wrong() diag.Diagnostic {
	empty := e.Value.Text == "" && len(e.Value.children) == 0
	switch {
	case e.Keyword == "type":
		return e.refuse(e.Value, "wrong-type", e.isWrong(), e.typeHint())
	case e.Keyword == "uniqueItems":
		again := e.Value.repeated()
		return e.refuse(again, "wrong-value", diag.Quote(again.Text)+" is listed twice", "remove one of them")
	case empty && e.Value.Kind != Null:
		return e.refuse(e.Value, "missing-value", e.name()+" is empty", prefixed("expected ", words(e.schema)))
	}
	return e.refuse(e.Value, "wrong-value", e.isWrong(), e.valueHint())
}

// repeated returns the first item of a list that is there before, or nil. Numbers inside of items count as written.
func (n *Node) repeated() *Node {
	seen := make(map[string]bool, n.Len())
	for item := range n.Items() {
		text, err := json.Marshal(item.Plain())
		if item.Kind == Number {
			text = []byte(item.Exact().RatString())
		}
		if err == nil && seen[string(text)] {
			return item
		}
		seen[string(text)] = true
	}
	return nil
}

func (e explanation) name() string {
	switch {
	case e.Value == e.d.Root:
		return "the file"
	case e.Value == e.Key:
		return "the key"
	case e.Key == nil:
		return "this value"
	}
	return diag.Quote(e.Key.Text)
}

func (e explanation) isWrong() string {
	found := " is " + e.Value.Describe()
	switch e.Value.Kind {
	case Null:
		found = " has no value"
	case String:
		if types := texts(e.schema["type"]); len(types) == 0 || slices.Contains(types, "string") {
			found = " is " + diag.Quote(e.Value.Text)
		}
	}
	if expected := words(e.schema); expected != "" {
		found += ", expected " + expected
	}
	return e.name() + found
}

// words completes the words "expected …".
func words(schema any) string {
	object, _ := schema.(map[string]any)
	if expected, ok := object["x-expected"].(string); ok {
		return expected
	}
	names := texts(object["type"])
	for i, name := range names {
		names[i] = typeNames[name]
	}
	return strings.Join(names, " or ")
}

// texts returns the texts of a keyword whose value is one, or a list of them.
func texts(value any) []string {
	if text, ok := value.(string); ok {
		return []string{text}
	}
	list, _ := value.([]any)
	var all []string
	for _, one := range list {
		if text, ok := one.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

func isText(types []string) bool { return len(types) == 1 && types[0] == "string" }

// The types of JSON Schema.
var typeNames = map[string]string{
	"object": "a map", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number",
	"boolean": "true or false", "null": "nothing",
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func (e explanation) valueHint() string {
	if near := diag.Nearest(e.Value.Text, texts(e.schema["enum"])); near != "" {
		return "did you mean " + diag.Quote(near) + "?"
	}
	if number, ok := e.schema["const"].(float64); ok && e.Value.Kind == String {
		return fmt.Sprintf("write %v without quotes", number)
	}
	if slices.Contains(texts(e.schema["type"]), "integer") {
		return e.Value.Respell("integer")
	}
	return ""
}

func (e explanation) typeHint() string {
	types := texts(e.schema["type"])
	if len(types) != 1 || isText(types) && e.schema["pattern"] != nil {
		return ""
	}
	return e.Value.Respell(types[0])
}

// Respell returns the hint for a value that lacks quotes or brackets, or has too many, to be of a JSON Schema type.
func (n *Node) Respell(want string) string {
	switch {
	case want == "integer" && n.quoted && portableNumber().MatchString(n.Text),
		want == "boolean" && n.quoted && (n.Text == "true" || n.Text == "false"):
		return "remove the quotes"
	case want == "string" && (n.Kind == Number || n.Kind == Bool):
		return "write it in quotes: " + `"` + n.Text + `"`
	case want == "array" && n.Kind == String && n.Text != "":
		return "write it in brackets: [" + n.Text + "]"
	}
	return ""
}

func (e explanation) unknownKeys() diag.List {
	var found diag.List
	properties, _ := e.schema["properties"].(map[string]any)
	for k, value := range e.Value.Members() {
		if _, known := properties[k.Text]; known || k.refused || e.fitsPattern(k.Text) {
			continue
		}
		hint := diag.DidYouMean(k.Text, slices.Sorted(maps.Keys(properties)))
		if value.Kind == Null && strings.Contains(k.Text, " ") {
			hint = "a text with a comma inside { } must stand in quotes"
		}
		found.Add(e.refuse(k, "unknown-key", "unknown key "+diag.Quote(k.Text), hint))
	}
	return found
}

// fitsPattern reports whether a key is one of patternProperties.
func (e explanation) fitsPattern(key string) bool {
	patterns, _ := e.schema["patternProperties"].(map[string]any)
	for pattern := range patterns {
		if regexp.MustCompile(pattern).MatchString(key) {
			return true
		}
	}
	return false
}

func (e explanation) missingKeys() diag.List {
	var found diag.List
	properties, _ := e.schema["properties"].(map[string]any)
	for _, key := range texts(e.schema["required"]) {
		if e.Value.Get(key) != nil {
			continue
		}
		hint := "add `" + key + "`" + prefixed(": ", words(properties[key]))
		missing := e.Value.Report("missing-key", "missing key "+diag.Quote(key), hint)
		if e.Value == e.d.Root {
			missing.Place = diag.Place{File: e.d.Name}
		}
		found.Add(missing)
	}
	return found
}

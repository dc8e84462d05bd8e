package document

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// explanation is what is known about one failure: the schema object that is broken, and the value that breaks it.
type explanation struct {
	d     *Document
	rules *rules
	value *Node
	key   *Node // that the value stands under, or nil; the value itself if that is a key
}

// refuse reports n, and no other mistake about it will be.
func (e explanation) refuse(n *Node, rule, message, hint string) diag.Diagnostic {
	n.refused = true
	return e.d.Report(n, rule, message, hint)
}

// wrong says that the value breaks a keyword.
func (e explanation) wrong(keyword string) diag.Diagnostic {
	empty := e.value.Text == "" && len(e.value.children) == 0
	switch {
	case keyword == "type":
		return e.refuse(e.value, "wrong-type", e.isWrong(), e.typeHint())
	case keyword == "uniqueItems":
		again := e.value.repeated()
		return e.refuse(again, "wrong-value", diag.Quote(again.Text)+" is listed twice", "remove one of them")
	case empty && e.value.Kind != Null:
		return e.refuse(e.value, "missing-value", e.name()+" is empty", prefixed("expected ", e.rules.words()))
	}
	return e.refuse(e.value, "wrong-value", e.isWrong(), e.valueHint())
}

// repeated returns the first item of a list that is there before, or nil. Numbers are the same if they are written the same.
func (n *Node) repeated() *Node {
	seen := make(map[string]bool, n.Len())
	for i := range n.Len() {
		text, err := json.Marshal(n.Item(i).Plain())
		if err == nil && seen[string(text)] {
			return n.Item(i)
		}
		seen[string(text)] = true
	}
	return nil
}

func (e explanation) name() string {
	switch {
	case e.value == e.d.Root:
		return "the file"
	case e.value == e.key:
		return "the key"
	case e.key == nil:
		return "this value"
	}
	return diag.Quote(e.key.Text)
}

func (e explanation) isWrong() string {
	found := " is " + e.value.Describe()
	switch e.value.Kind {
	case Null:
		found = " has no value"
	case String:
		if len(e.rules.types) == 0 || e.rules.isText() {
			found = " is " + diag.Quote(e.value.Text)
		}
	}
	if expected := e.rules.words(); expected != "" {
		found += ", expected " + expected
	}
	return e.name() + found
}

// words completes the words "expected …".
func (r *rules) words() string {
	if r.expected != "" {
		return r.expected
	}
	names := make([]string, len(r.types))
	for i, name := range r.types {
		names[i] = typeNames[name]
	}
	return strings.Join(names, " or ")
}

func (r *rules) isText() bool { return len(r.types) == 1 && r.types[0] == "string" }

// The types of JSON Schema.
var typeNames = map[string]string{"object": "a map", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false", "null": "nothing"}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func (e explanation) valueHint() string {
	if near := diag.Nearest(e.value.Text, e.rules.enum); near != "" {
		return "did you mean " + diag.Quote(near) + "?"
	}
	if e.rules.constant != nil && e.value.Kind == String {
		return fmt.Sprintf("write %d without quotes", *e.rules.constant)
	}
	return ""
}

func (e explanation) typeHint() string {
	if len(e.rules.types) > 1 || e.rules.isText() && e.rules.pattern != nil {
		return ""
	}
	return e.value.Respell(e.rules.types[0])
}

// Respell returns the hint for a value that lacks quotes or brackets, or has too many, to be of a JSON Schema type.
func (n *Node) Respell(want string) string {
	switch {
	case want == "integer" && n.quoted && portableNumber().MatchString(n.Text), want == "boolean" && n.quoted && (n.Text == "true" || n.Text == "false"):
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
	for i := 0; e.rules.closed && i < e.value.Len(); i++ {
		if k := e.value.Key(i); !k.refused && e.rules.properties[k.Text] == nil {
			hint := diag.DidYouMean(k.Text, slices.Sorted(maps.Keys(e.rules.properties)))
			if e.value.Item(i).Kind == Null && strings.Contains(k.Text, " ") {
				hint = "a text with a comma inside { } must stand in quotes"
			}
			found.Add(e.refuse(k, "unknown-key", "unknown key "+diag.Quote(k.Text), hint))
		}
	}
	return found
}

func (e explanation) missingKeys() diag.List {
	var found diag.List
	for _, key := range e.rules.required {
		if e.value.Get(key) != nil {
			continue
		}
		expected := e.rules.properties[key].words()
		missing := e.d.Report(e.value, "missing-key", "missing key "+diag.Quote(key), "add `"+key+"`"+prefixed(": ", expected))
		if e.value == e.d.Root {
			missing.Place = diag.Place{File: e.d.Name}
		}
		found.Add(missing)
	}
	return found
}

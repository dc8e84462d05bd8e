package intake

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
)

// ownCatalog takes from errors.json what is there for its readers alone: plain texts, identifiers, and the copies of
// shared types that make each details schema compile by itself.
func ownCatalog(root *document.Node) *document.Node {
	types := root.Get("types")
	return mapped(without(root, "plain"), func(key string, value *document.Node) *document.Node {
		switch key {
		case "categories", "sections", "retired", "operations":
			return each(value, forCatalog)
		case "types":
			return each(value, func(t *document.Node) *document.Node { return sharing(t, types) })
		case "errors":
			return each(value, func(e *document.Node) *document.Node { return errorForCatalog(e, types) })
		}
		return value
	})
}

func forCatalog(n *document.Node) *document.Node { return without(n, "plain", "identifiers") }

func errorForCatalog(e, types *document.Node) *document.Node {
	return mapped(forCatalog(e), func(key string, value *document.Node) *document.Node {
		switch key {
		case "deprecated":
			return forCatalog(value)
		case "examples":
			return each(value, forCatalog)
		case "details":
			return sharing(value, types)
		}
		return value
	})
}

// sharing refers to shared types where a details schema has copies of them.
func sharing(schema, types *document.Node) *document.Node {
	definitions := schema.Get("$defs")
	if definitions == nil || definitions.Kind != document.Map || types == nil {
		return schema
	}
	isCopy := func(name string) bool {
		shared := types.Get(name)
		return shared != nil && definitions.Get(name) != nil &&
			spell(refer(definitions.Get(name), named(types))) == spell(refer(without(shared, "$defs"), named(types)))
	}
	copies := slices.DeleteFunc(definitions.Keys(), func(name string) bool { return !isCopy(name) })
	return mapped(refer(schema, isCopy), func(key string, value *document.Node) *document.Node {
		switch {
		case key != "$defs":
			return value
		case len(copies) == definitions.Len():
			return nil
		}
		return without(value, copies...)
	})
}

func named(types *document.Node) func(string) bool {
	return func(name string) bool { return types.Get(name) != nil }
}

// refer turns references to definitions into references to types of the same name, where there is such a type.
func refer(schema *document.Node, isType func(name string) bool) *document.Node {
	inside := func(n *document.Node) *document.Node { return refer(n, isType) }
	return mapped(schema, func(key string, value *document.Node) *document.Node {
		if name, ok := strings.CutPrefix(value.Text, "#/$defs/"); ok && key == "$ref" && isType(name) {
			return document.NewString("#/types/" + name)
		}
		return withSchemas(key, value, inside)
	})
}

// withSchemas returns the value of a keyword with other schemas in it.
func withSchemas(keyword string, value *document.Node, other func(*document.Node) *document.Node) *document.Node {
	switch keyword {
	case "properties", "$defs", "anyOf", "oneOf":
		return each(value, other)
	case "items", "additionalProperties":
		return other(value)
	}
	return value
}

// mapped returns a map with other values, without those that are nil; what is no map is returned as it is.
func mapped(n *document.Node, value func(key string, value *document.Node) *document.Node) *document.Node {
	if n == nil || n.Kind != document.Map {
		return n
	}
	other := document.NewMap()
	for key, v := range n.Members() {
		if v = value(key.Text, v); v != nil {
			other.Add(key.Text, v)
		}
	}
	return other
}

// without returns a map without some keys.
func without(n *document.Node, keys ...string) *document.Node {
	return mapped(n, func(key string, value *document.Node) *document.Node {
		if slices.Contains(keys, key) {
			return nil
		}
		return value
	})
}

// each returns a list or a map with other items.
func each(n *document.Node, item func(*document.Node) *document.Node) *document.Node {
	if n.Kind != document.List {
		return mapped(n, func(_ string, value *document.Node) *document.Node { return item(value) })
	}
	var items []*document.Node
	for one := range n.Items() {
		items = append(items, item(one))
	}
	return document.NewList(items...)
}

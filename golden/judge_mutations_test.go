package golden

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// mutations are the changes that people make to catalogs, good and bad, by a name for them.
var mutations = map[string]func(*tree) bool{
	"code removed": func(t *tree) bool {
		code, _ := t.code()
		drop(child(t.root, "errors"), code)
		t.inLists(code, "")
		return true
	},
	"code renamed": func(t *tree) bool {
		code, _ := t.code()
		to := t.newName(code)
		rename(child(t.root, "errors"), code, to)
		t.inLists(code, to)
		return true
	},
	"code added": func(t *tree) bool {
		code, said := t.code()
		added := copyOf(said)
		set(added, "meaning", scalar("Means "+t.newName("x")))
		drop(added, "names")
		set(child(t.root, "errors"), t.newName(code), added)
		return true
	},
	"code retired": func(t *tree) bool {
		code, _ := t.code()
		drop(child(t.root, "errors"), code)
		t.inLists(code, "")
		said := value("{since: 2025-01-01}")
		if use, _ := t.code(); t.IntN(2) == 0 {
			said = value("{use: %q}", use)
		}
		set(t.section("retired"), code, said)
		return true
	},
	"code retired for a new one": func(t *tree) bool {
		code, said := t.code()
		use := t.newName(code)
		rename(child(t.root, "errors"), code, use)
		t.inLists(code, use)
		if t.IntN(2) == 0 {
			set(said, "meaning", scalar("Means "+t.newName("x")))
		}
		set(t.section("retired"), code, value("{use: %q}", use))
		return true
	},
	"retired code": func(t *tree) bool {
		retired := keysOf(child(t.root, "retired"))
		if len(retired) == 0 {
			return false
		}
		code := one(t, retired)
		drop(child(t.root, "retired"), code)
		if _, said := t.code(); t.IntN(2) == 0 {
			set(child(t.root, "errors"), code, copyOf(said))
		}
		return true
	},
	"codes in another order": func(t *tree) bool {
		list := child(t.root, "errors").Content
		i, j := t.IntN(len(list)/2)*2, t.IntN(len(list)/2)*2
		list[i], list[i+1], list[j], list[j+1] = list[j], list[j+1], list[i], list[i+1]
		return i != j
	},
	"status": ofCode(func(t *tree, _ string, said *yaml.Node) {
		set(said, "status", value("%s", one(t, []string{"400", "404", "409", "429", "500", "503", "[404, 410]", "[410, 404]",
			"[400, 409, 422]", "4xx", "5xx", "200"})))
	}),
	"status in a list": ofCode(func(t *tree, _ string, said *yaml.Node) {
		status := child(said, "status")
		if status != nil && status.Kind == yaml.SequenceNode && len(status.Content) > 1 && t.IntN(2) == 0 {
			status.Content = status.Content[:len(status.Content)-1]
		} else if status != nil && status.Kind == yaml.ScalarNode {
			set(said, "status", value("[%s, 418]", status.Value))
			set(said, "retryable", value("false"))
		}
	}),
	"no status": ofCode(func(_ *tree, _ string, said *yaml.Node) {
		drop(said, "status")
		set(said, "retryable", value("true"))
	}),
	"category of a code": ofCode(func(t *tree, _ string, said *yaml.Node) { set(said, "category", scalar(t.category())) }),
	"retryable":          ofCode(func(_ *tree, _ string, said *yaml.Node) { toggle(said, "retryable") }),
	"retryAfter":         ofCode(func(_ *tree, _ string, said *yaml.Node) { toggle(said, "retryAfter") }),
	"meaning":            say("meaning"),
	"recovery":           say("recovery"),
	"message":            say("message"),
	"title of a code":    say("title"),
	"description":        say("description"),
	"since":              say("since"),
	"symbol": ofCode(func(t *tree, _ string, said *yaml.Node) {
		set(said, "symbol", value("%s", t.pascal()))
	}),
	"docsURL of a code": ofCode(func(_ *tree, _ string, said *yaml.Node) {
		set(said, "docsURL", scalar("https://a.example/x"))
	}),
	"key for others": ofCode(func(t *tree, _ string, said *yaml.Node) { t.sayIn(said, "x-team") }),
	"names": ofCode(func(t *tree, _ string, said *yaml.Node) {
		if child(said, "names") != nil {
			drop(said, "names")
		} else {
			set(said, "names", value("{%s: %s}", one(t, []string{"go", "typescript", "openapi"}), t.pascal()))
		}
	}),
	"deprecated": ofCode(func(t *tree, _ string, said *yaml.Node) {
		if child(said, "deprecated") != nil && t.IntN(2) == 0 {
			drop(said, "deprecated")
		} else {
			set(said, "deprecated", value("{since: 2025-0%d-01, reason: Old}", 1+t.IntN(9)))
		}
	}),
	"seeAlso": ofCode(func(t *tree, _ string, said *yaml.Node) {
		other, _ := t.code()
		set(said, "seeAlso", value("[%q]", other))
	}),
	"meanings swapped": func(t *tree) bool {
		_, a := t.code()
		_, b := t.code()
		meaning, other := child(a, "meaning"), child(b, "meaning")
		set(a, "meaning", other)
		set(b, "meaning", meaning)
		return a != b
	},
	"details": ofCode(func(t *tree, _ string, said *yaml.Node) {
		_, other := t.code()
		if theirs := child(other, "details"); child(said, "details") != nil && t.IntN(2) == 0 || theirs == nil {
			drop(said, "details")
		} else {
			set(said, "details", copyOf(theirs))
		}
	}),
	"details added": ofCode(func(t *tree, _ string, said *yaml.Node) {
		const details = "{type: object, required: [a], properties: {a: %s, b: %s}}"
		set(said, "details", value(details, one(t, schemas), one(t, schemas)))
	}),
	"category added": func(t *tree) bool {
		set(child(t.root, "categories"), t.newName("x"), value("{title: Category %s}", t.newName("x")))
		return true
	},
	"category removed": func(t *tree) bool {
		category := t.category()
		drop(child(t.root, "categories"), category)
		if len(keysOf(child(t.root, "categories"))) == 0 {
			return false
		}
		t.moveCodes(category, t.category())
		return true
	},
	"category renamed": func(t *tree) bool {
		category, to := t.category(), t.newName("x")
		rename(child(t.root, "categories"), category, to)
		t.moveCodes(category, to)
		return true
	},
	"words of a category": func(t *tree) bool {
		t.sayIn(child(t.root, "categories", t.category()), one(t, []string{"title", "description"}))
		return true
	},
	"words of the page": func(t *tree) bool {
		t.sayIn(child(t.root, "info"), one(t, []string{"title", "summary", "intro", "x-team"}))
		return true
	},
	"address of the docs": func(t *tree) bool {
		set(child(t.root, "info"), "docsURL", scalar("https://docs.example.com/"+t.newName("x")))
		return true
	},
	"internal code": func(t *tree) bool {
		code, _ := t.code()
		set(child(t.root, "info"), "internal", scalar(code))
		return true
	},
	"envelope": func(t *tree) bool {
		set(child(t.root, "info"), "envelope", value("%s", one(t, envelopes)))
		return true
	},
	"content type": func(t *tree) bool {
		envelope := child(t.root, "info", "envelope")
		if envelope == nil || envelope.Kind != yaml.MappingNode {
			return false
		}
		set(envelope, one(t, []string{"contentType", "requestIdHeader"}), scalar("application/x+json"))
		return true
	},
	"property added": ofSite(isObject, func(t *tree, s site) {
		name := t.newName("x")
		set(child(s.schema, "properties"), name, value("%s", one(t, schemas)))
		require(s.schema, name, t.IntN(2) == 0)
	}),
	"property removed": ofSite(isProperty, func(t *tree, s site) {
		drop(s.in, s.key)
		require(s.object, s.key, false)
		if t.IntN(3) == 0 {
			set(s.object, "x-retired", value("[%q]", s.key))
		}
	}),
	"property renamed": ofSite(isProperty, func(t *tree, s site) {
		to, is := t.newName("x"), requires(s.object, s.key)
		rename(s.in, s.key, to)
		require(s.object, s.key, false)
		require(s.object, to, is)
	}),
	"required": ofSite(isProperty, func(_ *tree, s site) { require(s.object, s.key, !requires(s.object, s.key)) }),
	"schema":   ofSite(isAny, func(t *tree, s site) { set(s.in, s.key, value("%s", one(t, schemas))) }),
	"nullable": ofSite(isAny, func(_ *tree, s site) {
		if any := child(s.schema, "anyOf"); any != nil && len(any.Content) == 2 && child(any.Content[1], "type") != nil &&
			child(any.Content[1], "type").Value == "null" {
			set(s.in, s.key, any.Content[0])
		} else {
			set(s.in, s.key, wrapped("{anyOf: [x, {type: \"null\"}]}", s.schema))
		}
	}),
	"list of it": ofSite(isProperty, func(_ *tree, s site) {
		set(s.in, s.key, wrapped("{type: array, items: [x]}", s.schema))
	}),
	"enum value added": ofSite(isEnum, func(t *tree, s site) {
		list := child(s.schema, "enum")
		list.Content = append(list.Content, scalar(t.newName("x")))
	}),
	"enum value removed": ofSite(isEnum, func(t *tree, s site) {
		list := child(s.schema, "enum")
		list.Content = slices.Delete(list.Content, 0, 1)
	}),
	"enum value renamed": ofSite(isEnum, func(t *tree, s site) {
		child(s.schema, "enum").Content[0] = scalar(t.newName("x"))
	}),
	"enum opened": ofSite(isEnum, func(_ *tree, s site) {
		set(s.in, s.key, wrapped("{anyOf: [x, {type: string}]}", value("{enum: [%s]}", "a")))
		child(s.in, s.key, "anyOf").Content[0].Content[1] = child(s.schema, "enum")
	}),
	"enum dropped": ofSite(isEnum, func(_ *tree, s site) {
		drop(s.schema, "enum")
		set(s.schema, "type", scalar("string"))
	}),
	"enum to const": ofSite(isEnum, func(_ *tree, s site) {
		first := child(s.schema, "enum").Content[0]
		set(s.in, s.key, value("{const: %q}", first.Value))
	}),
	"text to enum":  ofSite(isText, func(_ *tree, s site) { set(s.schema, "enum", value("[one, two]")) }),
	"text to const": ofSite(isText, func(_ *tree, s site) { set(s.schema, "const", scalar("one")) }),
	"const": ofSite(func(s site) bool { return child(s.schema, "const") != nil }, func(t *tree, s site) {
		set(s.in, s.key, value("%s", one(t, []string{"{const: other}", "{type: string}", "{enum: [other, more]}",
			"{enum: [fixed, x]}"})))
	}),
	"format": ofSite(isProperty, func(t *tree, s site) {
		set(s.in, s.key, value("{type: string, format: %s}", one(t, []string{"date-time", "date", "uuid", "uri", "email",
			"duration"})))
	}),
	"number": ofSite(isProperty, func(t *tree, s site) {
		set(s.in, s.key, value("%s", one(t, []string{"{type: integer}", "{type: number}", "{type: integer, format: int32}",
			"{type: integer, format: int64}"})))
	}),
	"limit": ofSite(isText, func(t *tree, s site) { set(s.schema, "maxLength", value("%d", 1+t.IntN(9))) }),
	"words of a schema": ofSite(isAny, func(t *tree, s site) {
		t.sayIn(s.schema, one(t, []string{"title", "description"}))
	}),
	"deprecated schema": ofSite(isAny, func(_ *tree, s site) { toggle(s.schema, "deprecated") }),
	"closed": ofSite(isObject, func(_ *tree, s site) {
		if is := child(s.schema, "additionalProperties"); is != nil && is.Value == "false" {
			drop(s.schema, "additionalProperties")
		} else {
			set(s.schema, "additionalProperties", value("false"))
		}
	}),
	"name of a property": ofSite(isProperty, func(t *tree, s site) {
		set(s.schema, "x-names", value("{%s: %s}", one(t, []string{"go", "typescript"}), t.pascal()))
	}),
	"properties in another order": ofSite(isObject, func(t *tree, s site) {
		list := child(s.schema, "properties").Content
		if n := len(list) / 2; n > 1 {
			i, j := t.IntN(n)*2, t.IntN(n)*2
			list[i], list[i+1], list[j], list[j+1] = list[j], list[j+1], list[i], list[i+1]
		}
	}),
	"type for a schema": ofSite(isAny, func(t *tree, s site) {
		if types := keysOf(child(t.root, "types")); len(types) > 0 {
			set(s.in, s.key, value("{$ref: \"#/types/%s\"}", one(t, types)))
		}
	}),
	"schema to a type": ofSite(isAny, func(t *tree, s site) {
		if child(s.schema, "$defs") == nil {
			name := t.pascal()
			set(t.section("types"), name, copyOf(s.schema))
			set(s.in, s.key, value("{$ref: \"#/types/%s\"}", name))
		}
	}),
	"schema for a type": ofSite(func(s site) bool { return child(s.schema, "$ref") != nil }, func(t *tree, s site) {
		types := child(t.root, "types")
		if name := child(s.schema, "$ref").Value; len(name) > 8 && child(types, name[8:]) != nil {
			set(s.in, s.key, copyOf(child(types, name[8:])))
		}
	}),
	"code of an operation": func(t *tree) bool {
		list := t.operation()
		if list == nil {
			return false
		}
		code, _ := t.code()
		if isIt := func(n *yaml.Node) bool { return n.Value == code }; slices.ContainsFunc(list.Content, isIt) {
			list.Content = slices.DeleteFunc(list.Content, isIt)
		} else {
			list.Content = append(list.Content, scalar(code))
		}
		return true
	},
	"code of an operation removed": func(t *tree) bool {
		list := t.operation()
		if list == nil || len(list.Content) == 0 {
			return false
		}
		list.Content = slices.Delete(list.Content, 0, 1)
		return true
	},
	"operation": func(t *tree) bool {
		operations := child(t.root, "operations")
		if len(keysOf(operations)) == 0 {
			return false
		}
		code, _ := t.code()
		switch id := one(t, keysOf(operations)); t.IntN(3) {
		case 0:
			drop(operations, id)
		case 1:
			rename(operations, id, t.newName("x"))
		default:
			set(operations, t.newName("x"), value("[%q]", code))
		}
		return true
	},
	"type added": func(t *tree) bool {
		set(t.section("types"), t.pascal(), value("%s", one(t, schemas)))
		return true
	},
	"type removed": func(t *tree) bool {
		types := child(t.root, "types")
		if names := keysOf(types); len(names) > 0 {
			drop(types, one(t, names))
		}
		return types != nil
	},
	"type renamed": func(t *tree) bool {
		types := child(t.root, "types")
		names := keysOf(types)
		if len(names) == 0 {
			return false
		}
		from, to := one(t, names), t.pascal()
		rename(types, from, to)
		t.each(t.root, func(n *yaml.Node) {
			if n.Value == "#/types/"+from {
				n.Value = "#/types/" + to
			}
		})
		return true
	},
}

// inLists replaces a code where operations and groups list it, or takes it out.
func (t *tree) inLists(code, to string) {
	for _, section := range []string{"groups", "operations"} {
		if in := child(t.root, section); in != nil {
			t.each(in, func(n *yaml.Node) {
				if n.Kind != yaml.SequenceNode {
					return
				}
				n.Content = slices.DeleteFunc(n.Content, func(item *yaml.Node) bool { return item.Value == code && to == "" })
				for i, item := range n.Content {
					if item.Value == code {
						n.Content[i] = scalar(to)
					}
				}
			})
		}
	}
}

// operation returns the list of what an operation can return, or nil.
func (t *tree) operation() *yaml.Node {
	operations := keysOf(child(t.root, "operations"))
	if len(operations) == 0 {
		return nil
	}
	n := child(t.root, "operations", one(t, operations))
	if n.Kind == yaml.MappingNode {
		n = child(n, "errors")
	}
	return n
}

func (t *tree) pascal() string {
	return one(t, []string{"Alpha", "Beta", "Gamma", "Delta"}) + one(t, []string{"", "One"})
}

func (t *tree) moveCodes(from, to string) {
	for _, code := range keysOf(child(t.root, "errors")) {
		if said := child(t.root, "errors", code); child(said, "category") != nil && child(said, "category").Value == from {
			set(said, "category", scalar(to))
		}
	}
}

func (t *tree) each(n *yaml.Node, do func(*yaml.Node)) {
	do(n)
	for _, child := range n.Content {
		t.each(child, do)
	}
}

// wrapped puts a schema in the place of the x in another.
func wrapped(around string, schema *yaml.Node) *yaml.Node {
	outer := value("%s", around)
	var replace func(n *yaml.Node)
	replace = func(n *yaml.Node) {
		for i, child := range n.Content {
			switch {
			case child.Value == "x":
				n.Content[i] = schema
			case child.Kind == yaml.SequenceNode && len(child.Content) == 1 && child.Content[0].Value == "x":
				n.Content[i] = schema
			default:
				replace(child)
			}
		}
	}
	replace(outer)
	return outer
}

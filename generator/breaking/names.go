package breaking

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/shape"
)

var nameChanged = rule(Rule{
	Name:   "name-changed",
	Level:  Source,
	Breaks: "{languages} code that names its constant, constructor or types does not compile",
	Reason: "names replaces the words of the code in the identifiers of one target. Nothing changes on the wire, but " +
		"what users have written in their code does not exist any more.",
	Hint: "keep the name: it is part of the interface of the generated code",
	Before: `errors:
  NOT_FOUND:
    names: {go: Missing}
`,
	Bad: `errors:
  NOT_FOUND:
    names: {go: Absent}
`,
	Good: `errors:
  NOT_FOUND:
    recovery: Check the identifier
    names: {go: Missing}
`,
})

var typeNameChanged = rule(Rule{
	Name:      "type-name-changed",
	Level:     Source,
	Languages: both,
	Breaks:    "{languages} code that names the type does not compile",
	Reason: "The value is what it was, but its type has another name: a shared type was renamed or replaced, or an " +
		"inline schema moved to types or back. Inline types are named by where they stand, shared ones by their key.",
	Hint: "keep the name, or release a major version",
	Before: `types:
  Limit: {type: object, properties: {max: {type: integer}}}
` + quota(`      type: object
      properties: {limit: {$ref: "#/types/Limit"}}
`),
	Bad: `types:
  Bound: {type: object, properties: {max: {type: integer}}}
` + quota(`      type: object
      properties: {limit: {$ref: "#/types/Bound"}}
`),
	Good: `types:
  Limit: {type: object, properties: {max: {type: integer, minimum: 0}}}
` + quota(`      type: object
      properties: {limit: {$ref: "#/types/Limit"}}
`),
})

var typeRemoved = rule(Rule{
	Name:      "type-removed",
	Level:     Source,
	Languages: both,
	Breaks:    "{languages} code that names it does not compile",
	Reason:    "A shared object or enum is a named type in the generated code, whether details use it or not.",
	Hint:      "keep it until the next major version",
	Before: `types:
  Limit: {type: object, properties: {max: {type: integer}}}
errors:
  NOT_FOUND:
`,
	Bad: `errors:
  NOT_FOUND:
`,
	Good: `types:
  Limit: {type: object, properties: {max: {type: integer}}, deprecated: true}
errors:
  NOT_FOUND:
`,
})

var typeAdded = rule(Rule{
	Name:   "type-added",
	Level:  Docs,
	Minor:  true,
	Reason: "There is a new type in the generated code. Nothing that exists changes.",
	Before: `errors:
  NOT_FOUND:
`,
	Bad: `types:
  Limit: {type: object, properties: {max: {type: integer}}}
errors:
  NOT_FOUND:
`,
	Good: `types:
  Count: {type: integer}
errors:
  NOT_FOUND:
`,
})

var unusedTypeChanged = rule(Rule{
	Name:      "unused-type-changed",
	Level:     Source,
	Languages: both,
	Breaks:    "{languages} code that uses the type may not compile",
	Reason: "No details of a code that both catalogs have are made of this type, so that nothing changes on the wire " +
		"for anybody. The type is still part of the generated code, and code that uses it for something else has to " +
		"follow.",
	Hint: "leave the type as it is, or remove it if nobody uses it",
	Before: `types:
  Limit: {type: object, properties: {max: {type: integer}}}
errors:
  NOT_FOUND:
`,
	Bad: `types:
  Limit: {type: object, properties: {max: {type: string}}}
errors:
  NOT_FOUND:
`,
	Good: `types:
  Limit: {type: object, properties: {max: {type: integer}, unit: {type: string}}}
errors:
  NOT_FOUND:
`,
})

// titles are what people call the languages of targets.
var titles = map[string]string{"go": golang, "typescript": typeScript}

func (c *comparison) names(b, a *catalog.Error) {
	if len(b.Names) == 0 && len(a.Names) == 0 {
		return
	}
	targets := maps.Clone(b.Names)
	if targets == nil {
		targets = map[string]string{}
	}
	maps.Copy(targets, a.Names)
	for _, target := range slices.Sorted(maps.Keys(targets)) {
		if b.Names[target] == a.Names[target] {
			continue
		}
		c.report(finding{
			rule: nameChanged, at: on(a.Node, "names", target), was: on(b.Node, "names", target),
			fact: "identifiers of " + a.Code + " are made from " + cmp.Or(a.Names[target], "its words") +
				", were made from " + cmp.Or(b.Names[target], "its words"),
			languages: []string{cmp.Or(titles[target], target)},
		})
	}
}

// typeName reports a use whose type has another name now.
func (c *comparison) typeName(b, a use) {
	was, is := c.before.shapes[b.is], c.after.shapes[a.is]
	if was == nil || is == nil || c.sameName(was, is) {
		return
	}
	at := on(a.said.Node)
	if was.Shared != "" && c.after.types[was.Shared] == nil {
		c.replaced[was.Shared] = nameOf(is)
		if is.Shared != "" && c.before.types[is.Shared] == nil {
			at = on(a.is.Node)
		}
	}
	c.report(finding{rule: typeNameChanged, at: at, was: on(b.said.Node),
		fact: "the type of " + subject(a.said.Node) + " is " + nameOf(is) + ", was " + nameOf(was)})
}

// sameName tells whether two types have one name. What follows from a code or type that was renamed is no news.
func (c *comparison) sameName(b, a *shape.Type) bool {
	if b.Shared != "" && a.Shared != "" {
		return b.Shared == a.Shared || c.replaced[b.Shared] == a.Shared
	}
	if b.Owner != nil && a.Owner != nil && b.Owner.Code == a.Owner.Code && slices.Equal(b.Path, a.Path) {
		return true
	}
	return strings.EqualFold(c.nameNow(b), nameOf(a)) // some languages write API, others Api
}

// nameNow returns what a type of the old catalog is called if only its owner was renamed.
func (c *comparison) nameNow(t *shape.Type) string {
	now := *t
	switch {
	case t.Shared != "":
	case t.Owner != nil:
		now.Owner = c.after.errors[c.codeNow(t.Owner.Code)]
	case c.replaced[t.Path[0]] != "":
		now.Path = append([]string{c.replaced[t.Path[0]]}, t.Path[1:]...)
	}
	return nameOf(&now)
}

// nameOf returns the name of a type for people. That of an inline type may differ in the capitals from what a language
// writes.
func nameOf(t *shape.Type) string {
	if t.Shared != "" {
		return t.Shared
	}
	var b strings.Builder
	if t.Owner != nil {
		b.WriteString(pascal(t.Owner.Code))
	}
	for _, word := range t.Path {
		b.WriteString(pascal(word))
	}
	return b.String()
}

func pascal(s string) string {
	var b strings.Builder
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, word := range words {
		if word == strings.ToUpper(word) {
			word = strings.ToLower(word)
		}
		first := []rune(word)[:1]
		b.WriteString(strings.ToUpper(string(first)) + word[len(string(first)):])
	}
	return b.String()
}

// types compares the shared types that no details have led to. Scalars, arrays and maps are no types of their own in
// any language.
func (c *comparison) types() {
	explained := map[string]bool{}
	for was, is := range c.replaced {
		explained[was], explained[is] = true, true
	}
	for _, b := range c.before.Types {
		a := c.after.types[b.Name]
		switch {
		case a != nil && named(b.Schema) && !c.seen[pair{b.Schema, a.Schema}]:
			c.unused(b, a)
		case a == nil && named(b.Schema) && !explained[b.Name]:
			c.report(finding{rule: typeRemoved, at: on(b.Schema.Node), fact: "the type " + b.Name + " is gone"})
		}
	}
	for _, a := range c.after.Types {
		if c.before.types[a.Name] == nil && named(a.Schema) && !explained[a.Name] {
			c.report(finding{rule: typeAdded, at: on(a.Schema.Node), fact: "the type " + a.Name + " is new"})
		}
	}
}

func named(s *catalog.Schema) bool { return s.Kind == catalog.Object || len(s.Enum) > 0 }

// unused compares a type apart, and reports it as a whole.
func (c *comparison) unused(b, a *catalog.Type) {
	apart := *c
	apart.changes = nil
	apart.value(useOf(b.Schema, true), useOf(a.Schema, true))
	slices.SortStableFunc(apart.changes, order)
	if len(apart.changes) > 0 && apart.changes[0].Level() >= Source {
		c.report(finding{rule: unusedTypeChanged, at: on(a.Schema.Node), was: on(b.Schema.Node),
			fact: "the type " + a.Name + ", which is on no wire, has changed"})
	}
}

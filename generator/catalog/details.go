package catalog

import (
	"cmp"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

var typeName = document.Pattern(`^[A-Z][A-Za-z0-9]*$`)

// schemas reads the shared types and the details of each error. Names come first, since schemas may refer to what
// follows.
func (l *loader) schemas() {
	l.catalog.Types = declare(l.root.Get("types"), l.catalog.TypeByName)
	for key, n := range l.root.Get("types").Members() {
		if !typeName().MatchString(key.Text) {
			const hint = "write it like RateWindow: a capital, then letters and digits"
			l.report(key, "invalid-type-name", "the type name "+diag.Quote(key.Text)+" is not valid", hint)
		}
		r := &schemaReader{loader: l}
		l.catalog.TypeByName[key.Text].Schema = r.read(n)
	}
	for _, e := range l.catalog.Errors {
		if n := e.Node.Get("details"); n != nil {
			e.OwnDetails = l.readDetails(n)
			e.Details = e.OwnDetails
		}
	}
}

// declare makes a type for each member of a map of schemas.
func declare(n *document.Node, into map[string]*Type) []*Type {
	var types []*Type
	for name := range n.Members() {
		if into[name.Text] == nil { // else the name is there twice, which has been refused
			into[name.Text] = &Type{Name: name.Text}
		}
		types = append(types, into[name.Text])
	}
	return types
}

func (l *loader) readDetails(n *document.Node) *Schema {
	r := &schemaReader{loader: l, top: n, defs: map[string]*Type{}}
	list := r.value(n, "$defs")
	defs := declare(list, r.defs)
	for name, schema := range list.Members() {
		def := r.defs[name.Text]
		def.Schema, def.InDetails = r.read(schema), true
	}
	s := r.read(n)
	s.Defs = defs
	return s
}

// detailsAreObjects refuses details of another kind. It follows references, and so comes when none leads in a circle.
func (l *loader) detailsAreObjects(s *Schema) {
	const hint = "describe an object, and put the value into one of its properties"
	switch kind := s.Resolve().Kind; {
	case s.IsNullable():
		l.report(s.Node, "unsupported-schema", "details cannot be null",
			"leave out the null: details that are not there are absent")
	case kind != Object && kind != Map && kind != unknown && kind != Ref:
		l.report(s.Node, "unsupported-schema", "details are of type "+string(kind)+", expected an object", hint)
	}
}

// values checks details, and the examples and defaults that stand for a value of a schema.
func (l *loader) values() {
	l.catalog.EachSchema(l.valuesIn)
	for _, e := range l.catalog.Errors {
		if e.OwnDetails != nil {
			l.detailsAreObjects(e.OwnDetails)
		}
		for n := range e.Node.Get("examples").Items() {
			if n.Kind == document.Map {
				e.Examples = append(e.Examples, l.example(e, n))
			}
		}
	}
}

// valuesIn checks the defaults and examples that stand in a schema.
func (l *loader) valuesIn(s *Schema) {
	if one := s.Node.Get("oneOf"); one != nil && s.Kind == Ref && s.Target != nil && s.Target.Schema.IsNullable() {
		const hint = "leave out the null: the type that is referred to allows it"
		l.report(one, "unsupported-schema", "null fits both parts of oneOf, and so it fits not one", hint)
	}
	if s.Default != nil {
		l.fit(s, s.Default, "default")
	}
	for _, example := range s.Examples {
		l.fit(s, example, "example")
	}
}

func (l *loader) example(e *Error, n *document.Node) Example {
	example := Example{
		Node:    n,
		Summary: prose.Inline(n.Str("summary")),
		Message: cmp.Or(n.Str("message"), e.Message),
		Details: n.Get("details"),
	}
	switch {
	case example.Details == nil && e.Details == nil:
	case example.Details == nil:
		l.report(n, "invalid-example", "the example has no details, but the code carries them", "add `details`")
	case e.Details == nil:
		const hint = "remove them, or describe them with `details` of the code"
		l.report(example.Details, "invalid-example", "the example has details, but the code carries none", hint)
	default:
		l.fit(e.Details, example.Details, "example")
	}
	return example
}

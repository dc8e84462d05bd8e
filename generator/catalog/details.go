package catalog

import (
	"regexp"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

var typeName = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)

// types reads the shared schemas: first all names, since they may refer to each other.
func (l *loader) types() {
	types := l.root.Get("types")
	l.catalog.Types = declare(types, l.typesByName)
	for name, n := range l.members("types") {
		if !typeName.MatchString(name) {
			l.report(types.KeyOf(name), "invalid-type-name", "the type name "+diag.Quote(name)+" is not valid", "write it like RateWindow: a capital, then letters and digits")
		}
		r := &schemaReader{loader: l}
		l.typesByName[name].Schema = r.read(n)
	}
}

// declare makes a type for each member of a map of schemas.
func declare(n *document.Node, into map[string]*Type) []*Type {
	var types []*Type
	for _, name := range keys(n) {
		into[name] = &Type{Name: name}
		types = append(types, into[name])
	}
	return types
}

// details reads the details schemas, and checks what stands as a value for any schema.
func (l *loader) details() {
	for i, e := range l.catalog.Errors {
		if n := l.nodes[i].Get("details"); n != nil && n.Kind == document.Map {
			e.Details = l.readDetails(n)
		}
	}
	for _, t := range l.catalog.Types {
		l.values(t.Schema)
	}
	for i, e := range l.catalog.Errors {
		if e.Details != nil {
			l.values(e.Details)
			for _, def := range e.Details.Defs {
				l.values(def.Schema)
			}
		}
		l.examples(e, l.nodes[i].Get("examples"))
	}
}

func (l *loader) readDetails(n *document.Node) *Schema {
	r := &schemaReader{loader: l, top: n, defs: map[string]*Type{}}
	defs := declare(n.Get("$defs"), r.defs)
	for i, t := range defs {
		t.Schema = r.read(n.Get("$defs").Item(i))
	}
	s := r.read(n)
	s.Defs = defs
	if kind := s.Resolve().Kind; (kind != Object && kind != Ref || s.Nullable) && l.clean(n) {
		r.refuse(n, "details are "+string(kind)+", expected an object", "write type: object, and put the value into a property")
	}
	return s
}

// clean tells whether nothing has been reported inside n: one mistake should not be reported twice.
func (l *loader) clean(n *document.Node) bool {
	pointer := l.doc.Report(n, "", "", "").Pointer
	for _, d := range l.found {
		if len(d.Pointer) > len(pointer) && d.Pointer[:len(pointer)] == pointer {
			return false
		}
	}
	return true
}

// values checks the defaults and examples that stand in a schema.
func (l *loader) values(s *Schema) {
	s.walk(func(s *Schema) {
		if s.Default != nil {
			l.fit(s, s.Default, "default")
		}
		for _, example := range s.Examples {
			l.fit(s, example, "example")
		}
	})
}

func (l *loader) examples(e *Error, list *document.Node) {
	if list == nil || list.Kind != document.List {
		return
	}
	for i := range list.Len() {
		n := list.Item(i)
		if n.Kind != document.Map {
			continue
		}
		example := Example{Summary: prose.Inline(n.Str("summary")), Message: n.Str("message"), Details: n.Get("details")}
		if example.Message == "" {
			example.Message = e.Message
		}
		e.Examples = append(e.Examples, example)
		switch {
		case example.Details != nil && e.Details == nil:
			l.report(example.Details, "invalid-example", "the example has details, but "+e.Code+" carries none", "remove them, or describe the details of "+e.Code)
		case example.Details != nil:
			l.fit(e.Details, example.Details, "example")
		case e.Details != nil:
			l.report(n, "invalid-example", "the example has no details, but "+e.Code+" carries them", "add details")
		}
	}
}

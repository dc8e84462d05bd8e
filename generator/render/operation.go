package render

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
)

// operationView is a call of the API, and what it can return.
type operationView struct {
	ID         Text              // The operationId.
	Literal    string            // The operationId as a string literal.
	Key        string            // The operationId as a key: bare where target.yaml allows it, else a string literal.
	Anchor     string            // The operationId as addresses and pages have it: letters, digits and . _ - ~ alone.
	Names      map[string]string // The names that target.yaml makes from the operationId, by their keys.
	Method     string            // The method, such as POST; empty where the catalog does not say it.
	Path       Text              // The path, such as /v1/projects/{projectId}; absent where there is no method.
	Errors     []*errorView      // All errors that it can return, in the order of the catalog.
	Own        []*errorView      // Those of them that not every operation can return.
	Extensions map[string]Value  // The keys that begin with x-, with their values.
	Last       bool              // There is no operation after this.
}

// addOperations says what calls return, once the errors are there.
func (v *viewer) addOperations() {
	for _, e := range v.c.Common {
		view := v.errors[e]
		view.IsCommon = true
		v.root.Common = append(v.root.Common, view)
	}
	for _, o := range v.c.Operations {
		v.root.Operations = append(v.root.Operations, v.operation(o))
	}
	if n := len(v.root.Operations); n > 0 {
		v.root.Operations[n-1].Last = true
	}
}

func (v *viewer) operation(o *catalog.Operation) *operationView {
	view := &operationView{
		ID: text(o.Key), Literal: v.t.strings.literal(o.Key), Anchor: catalog.Anchor(o.Key),
		Names: v.names.operations[o], Method: o.Method, Path: text(o.Path), Extensions: extensions(o.Extensions),
	}
	view.Key = v.t.key(o.Key, view.Literal)
	for _, e := range o.Errors {
		returned := v.errors[e]
		view.Errors = append(view.Errors, returned)
		if !returned.IsCommon {
			returned.Operations = append(returned.Operations, view)
		}
	}
	view.Own = slices.DeleteFunc(slices.Clone(view.Errors), func(e *errorView) bool { return e.IsCommon })
	return view
}

// fact says what the operation can return.
func (o *operationView) fact(name string) Fact {
	literals := make([]string, len(o.Errors))
	for i, e := range o.Errors {
		literals[i] = e.Literal
	}
	slices.Sort(literals)
	return Fact{Name: name, Value: strings.Join(literals, ", ")}
}

func (o *operationView) identify(placeholder string) string {
	return either(placeholder == "literal", o.Literal, o.Names[placeholder])
}

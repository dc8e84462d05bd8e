package render

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
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
	Answers    []*statusView     // The statuses it answers errors with; where target.yaml names answers.
	Address    Text              // Where OpenAPI has it, as JSONPath: $.paths['/v1/projects'].post; absent if not known.
	Stale      []Text            // Where the API's document has answers that the catalog says otherwise, as JSONPath.
	Open       bool              // It answers also with errors that the catalog does not know yet: default in OpenAPI.
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

// addAnswers says what operations answer with each status, and where the document of the API has them.
func (v *viewer) addAnswers(api *openapi.Held) {
	for i, o := range v.c.Operations {
		view := v.root.Operations[i]
		if len(v.t.names["answer"]) > 0 {
			for _, status := range statusesOf(o.Errors) {
				view.Answers = append(view.Answers, newStatus(status, view.Errors, v.names.answers[answer{o, status}]))
			}
		}
		path := []string{"paths", o.Path, strings.ToLower(o.Method)}
		if found := api.Find(o); found != nil {
			view.Method, view.Path, path = found.Method, text(found.Path), found.Node.Path()
			for _, r := range api.Stale(o) {
				view.Stale = append(view.Stale, text(jsonPath(r.Node.Path())))
				view.Open = view.Open || r.Status == "default"
			}
		}
		if view.Method != "" {
			view.Address, v.root.AnyAddress = text(jsonPath(path)), true
		}
	}
}

// Answers returns the responses that the target declares for the errors of an operation: those that its names have a
// key response for.
func (p *Prepared) Answers(o *catalog.Operation) (all []openapi.Answer) {
	for _, status := range statusesOf(o.Errors) {
		name := p.names.answers[answer{o, status}]["response"]
		if isLow := status >= 100 && status < 400; name != "" && !isLow {
			all = append(all, openapi.Answer{Status: statusLabel(status), Name: name})
		}
	}
	return all
}

// jsonPath writes a path in the form that all programs for overlays read alike.
func jsonPath(path []string) string {
	var b strings.Builder
	b.WriteByte('$')
	for _, key := range path {
		switch {
		case plainKey().MatchString(key):
			b.WriteString("." + key)
		case strings.ContainsAny(key, `'\`):
			quoted, _ := document.NewString(key).MarshalJSON()
			b.WriteString("[" + string(quoted) + "]")
		default:
			b.WriteString("['" + key + "']")
		}
	}
	return b.String()
}

var plainKey = document.Pattern(`^[A-Za-z]+$`)

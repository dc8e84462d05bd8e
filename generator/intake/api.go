package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
)

// maxSteps is how many values of schemas and examples are looked at: a small document can lead to a great many by its
// references.
const maxSteps = 500_000

// api is an OpenAPI document whose error responses are looked at.
type api struct {
	*reader
	doc       *openapi.Document
	sites     sites
	responses []*apiResponse
	known     map[*document.Node]*document.Node // details in the keywords of a catalog, by their schemas; nil: none
	schemas   map[*document.Node]*apiSchema     // by their nodes, references followed
	steps     int
	isOwn     bool
	statuses  map[string][]string // of each code, in a fragment of errgen's
}

// apiResponse is one error response of an operation, or one that no operation names.
type apiResponse struct {
	openapi.Response
	operation *openapi.Operation // nil: no operation names it, and its key is its name among components
	media     []apiMedia
	codes     []string // that it names for sure
	vague     bool     // it names codes that may be those of other responses
}

// apiMedia is a body of a response.
type apiMedia struct {
	contentType string
	schema      *document.Node // or nil
	examples    []apiExample
}

type apiExample struct{ value, about *document.Node }

// apiSchema is what was found in a schema, whatever response it is of.
type apiSchema struct {
	values   map[string][]apiValue // by their sites
	statuses map[string]bool       // of the responses that have it
}

// apiValue is one value that a schema allows at a site.
type apiValue struct {
	node   *document.Node // the value
	object *document.Node // the schema of the object that has it
	outer  *document.Node // the nearest object around it that has a description
	about  *document.Node // a description of this very value, or nil
	alone  bool           // no other value is allowed there
}

// openapi reads an OpenAPI or Swagger document.
func (r *reader) openapi() {
	doc, found := openapi.Read(r.doc)
	if doc == nil {
		for _, d := range found {
			r.refuse(d.Place, d.Message, d.Hint)
		}
		return
	}
	r.Format = "OpenAPI"
	a := &api{reader: r, doc: doc, schemas: map[*document.Node]*apiSchema{}, isOwn: isOwn(r.doc.Text),
		statuses: map[string][]string{}, known: map[*document.Node]*document.Node{}}
	a.collect()
	for _, x := range a.responses {
		a.look(x)
	}
	if a.steps > maxSteps {
		r.refuse(diag.Place{}, fmt.Sprintf("schemas and examples of error responses come to more than %d values", maxSteps),
			"import the part with the errors, or bundle the document without repetitions")
		return
	}
	path := r.choose(a.sites)
	if path == "" {
		return
	}
	for _, x := range a.responses {
		a.entriesOf(x, path)
	}
	if a.isOwn {
		a.ownStatuses()
	}
	a.operations()
	a.bodies(path)
}

// collect lists the error responses: of operations, and those among components that no operation names.
func (a *api) collect() {
	named := map[*document.Node]bool{}
	for _, o := range a.doc.Operations {
		for _, response := range o.Responses {
			if response.Object == nil {
				a.note(fmt.Sprintf("passed over: the %s of %s %s, as its reference leads out of the file", response.Status,
					o.Method, diag.Visible(o.Path)))
				continue
			}
			named[response.Object] = true
			a.response(&apiResponse{Response: response, operation: o})
		}
	}
	list := cmp.Or(a.doc.Root.Get("components").Get("responses"), a.doc.Root.Get("responses"))
	for name, n := range list.Members() {
		object, err := a.doc.Resolve(n)
		if err != nil || named[object] {
			continue
		}
		status, isStatus := strings.CutPrefix(name.Text, "Status")
		if !isStatus {
			status = "default"
		}
		a.response(&apiResponse{Response: openapi.Response{Status: status, Key: name, Object: object}})
	}
}

// response notes a response if it is one of an error.
func (a *api) response(x *apiResponse) {
	if !strings.HasPrefix(x.Status, "4") && !strings.HasPrefix(x.Status, "5") && x.Status != "default" &&
		!(a.isOwn && x.operation == nil) {
		return
	}
	for contentType, media := range x.Object.Get("content").Members() {
		one := apiMedia{contentType: contentType.Text, schema: media.Get("schema")}
		if value := media.Get("example"); value != nil {
			one.examples = append(one.examples, apiExample{value: value})
		}
		for _, n := range media.Get("examples").Members() {
			if n, err := a.doc.Resolve(n); err == nil && n.Get("value") != nil {
				one.examples = append(one.examples, apiExample{n.Get("value"), n.Get("summary")})
			}
		}
		x.media = append(x.media, one)
	}
	if a.doc.IsSwagger() {
		one := apiMedia{contentType: a.produces(x), schema: x.Object.Get("schema")}
		for _, value := range x.Object.Get("examples").Members() {
			one.examples = append(one.examples, apiExample{value: value})
		}
		x.media = append(x.media, one)
	}
	a.responses = append(a.responses, x)
}

// produces returns the content type of a response of Swagger 2.
func (a *api) produces(x *apiResponse) string {
	list := a.doc.Root.Get("produces")
	if x.operation != nil {
		list = cmp.Or(x.operation.Node.Get("produces"), list)
	}
	if first := list.Step("0"); first != nil {
		return first.Text
	}
	return "application/json"
}

// look finds the sites of a response.
func (a *api) look(x *apiResponse) {
	for _, m := range x.media {
		if m.schema != nil {
			a.schema(m.schema).statuses[x.Status] = true
		}
		for _, e := range m.examples {
			a.sites.look(e.value, &a.steps)
		}
	}
}

// eachLeaf calls visit for each scalar in a value, with its path.
func eachLeaf(n *document.Node, path string, steps *int, visit func(path string, n *document.Node)) {
	if *steps++; *steps > maxSteps {
		return
	}
	for key, value := range n.Members() {
		eachLeaf(value, joined(path, key.Text), steps, visit)
	}
	for item := range n.Items() {
		eachLeaf(item, path+"[]", steps, visit)
	}
	if n.Kind != document.Null && n.Kind != document.Map && n.Kind != document.List {
		visit(path, n)
	}
}

func joined(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// schema returns what a schema of a body allows.
func (a *api) schema(n *document.Node) *apiSchema {
	if resolved, err := a.doc.Resolve(n); err == nil {
		n = resolved
	}
	if a.schemas[n] == nil {
		a.schemas[n] = &apiSchema{values: map[string][]apiValue{}, statuses: map[string]bool{}}
		w := &walker{api: a, out: a.schemas[n], open: map[*document.Node]bool{}}
		w.walk(n, "", nil, nil)
	}
	return a.schemas[n]
}

// walker goes through a schema.
type walker struct {
	*api
	out  *apiSchema
	open map[*document.Node]bool // the schemas around the one that is looked at

	outer *document.Node // the nearest object around it that has a description, or the body
}

// walk looks at a schema under a path. The object is the schema of the object that has it.
func (w *walker) walk(n *document.Node, path string, object, about *document.Node) {
	const deepest = 20
	if w.steps++; w.steps > maxSteps || n == nil || len(w.open) > deepest {
		return
	}
	n, err := w.doc.Resolve(n)
	if err != nil || n.Kind != document.Map || w.open[n] {
		return
	}
	w.open[n] = true
	defer delete(w.open, n)
	if path == "" || n.Get("description") != nil && n.Get("properties") != nil {
		defer func(before *document.Node) { w.outer = before }(w.outer)
		w.outer = n
	}
	w.values(n, path, object, about)
	for key, value := range n.Get("properties").Members() {
		w.walk(value, joined(path, key.Text), n, nil)
	}
	for _, keyword := range []string{"allOf", "oneOf", "anyOf"} {
		for part := range n.Get(keyword).Items() {
			if object == nil || part.Get("const") == nil && part.Get("enum") == nil {
				w.walk(part, path, object, about)
			} else {
				w.walk(part, path, object, part.Get("description"))
			}
		}
	}
	w.walk(n.Get("items"), path+"[]", object, nil)
}

// values notes what a schema allows at a site.
func (w *walker) values(n *document.Node, path string, object, about *document.Node) {
	if path == "" || object == nil {
		return
	}
	s := w.sites.at(path)
	if s == nil {
		return
	}
	values := slices.Collect(n.Get("enum").Items())
	if one := n.Get("const"); one != nil {
		values = slices.Insert(values, 0, one)
	}
	if len(values) == 0 && n.Str("type") == "string" {
		s.plain = true
	}
	for i, v := range values {
		s.see(v)
		w.out.values[path] = append(w.out.values[path], apiValue{node: v, object: object, outer: w.outer,
			about: cmp.Or(enumText(n, i, v.Text), about), alone: len(values) == 1})
	}
}

// enumText returns what extensions in use say of one value of an enum.
func enumText(n *document.Node, i int, value string) *document.Node {
	for _, key := range []string{"x-enum-descriptions", "x-enumDescriptions", "x-enum-varnames-descriptions"} {
		switch list := n.Get(key); {
		case list == nil:
		case list.Kind == document.Map:
			return list.Get(value)
		case list.Kind == document.List && i < list.Len():
			return list.Item(i)
		}
	}
	for one := range n.Get("x-ms-enum").Get("values").Items() {
		if one.Str("value") == value {
			return one.Get("description")
		}
	}
	return nil
}

// entriesOf makes entries of the codes that a response names.
func (a *api) entriesOf(x *apiResponse, path string) {
	var entries []*entry
	byCode := map[string]*entry{}
	about := func(n *document.Node) *entry {
		if byCode[n.Text] == nil {
			byCode[n.Text] = &entry{code: n.Text, place: n.ValuePlace()}
			entries = append(entries, byCode[n.Text])
		}
		return byCode[n.Text]
	}
	for _, m := range x.media {
		for _, e := range m.examples {
			eachLeaf(e.value, "", new(int), func(at string, n *document.Node) {
				if at == path {
					one := about(n)
					a.status(one, x, false)
					one.perhaps(e, path)
				}
			})
		}
		if m.schema == nil {
			continue
		}
		found := a.schema(m.schema)
		values := found.values[path]
		vague := len(found.statuses) > 1 && len(values) > 1
		for _, v := range values {
			if v.node.Kind == document.Null {
				continue
			}
			one := about(v.node)
			a.status(one, x, vague)
			a.describe(one, v)
			if v.alone {
				a.details(one, v)
			}
			x.vague = x.vague || vague
		}
	}
	for _, e := range entries {
		if !x.vague || slices.ContainsFunc(e.facts, func(f fact) bool { return f.key == "status" && !f.doubt }) {
			x.codes = append(x.codes, e.code)
		}
		if len(entries) == 1 && (x.operation != nil || !strings.HasPrefix(x.Status, "4")) && x.Status != "default" ||
			a.isOwn && x.Status == "default" && x.Key.Text != "Default" {
			a.alone(e, x)
		}
		a.add(*e)
	}
}

// status says with which status a code comes; in doubt where the same list of codes stands at other statuses too.
func (a *api) status(e *entry, x *apiResponse, doubt bool) {
	if a.isOwn && x.operation == nil {
		if s := statusOf(x.Status); s != nil && !slices.Contains(a.statuses[e.code], s.Text) {
			a.statuses[e.code] = append(a.statuses[e.code], s.Text)
		}
		return
	}
	doubt = doubt || strings.HasSuffix(x.Status, "XX")
	if !slices.ContainsFunc(e.facts, func(f fact) bool { return f.key == "status" && f.doubt == doubt }) {
		e.take(fact{key: "status", value: statusOf(x.Status), place: x.Key.Place(), doubt: doubt})
	}
}

// ownStatuses says which statuses the components of errgen's own fragment give to each code.
func (a *api) ownStatuses() {
	for i, e := range a.entries {
		all := a.statuses[e.code]
		if i := slices.IndexFunc(all, func(s string) bool { return strings.Contains(s, "xx") }); i >= 0 {
			all = all[i : i+1] // it is among those of each status of its class too
		}
		a.entries[i].say("status", statusOf(strings.Join(all, ", ")), e.place)
	}
}

// perhaps notes what an example says of its code.
func (e *entry) perhaps(x apiExample, path string) {
	prefix := path[:strings.LastIndexByte(path, '.')+1]
	eachLeaf(x.value, "", new(int), func(at string, n *document.Node) {
		last, beside := strings.CutPrefix(at, prefix)
		if beside && envelopeNames[fold(last)] == "{message}" && n.Kind == document.String && n.InFile() {
			e.take(fact{key: "meaning", value: n, place: n.ValuePlace(), from: "message of an example", doubt: true})
		}
	})
	if x.about != nil && x.about.Kind == document.String && fold(x.about.Text) != fold(e.code) {
		e.take(fact{key: "meaning", value: x.about, place: x.about.ValuePlace(), from: "summary of an example",
			doubt: true})
	}
}

// describe takes what a schema says of a code.
func (a *api) describe(e *entry, v apiValue) {
	text := v.about
	if v.alone {
		text = cmp.Or(text, v.object.Get("description"), a.constantBeside(v.object))
	}
	if v.alone && a.isOwn {
		text = cmp.Or(text, v.outer.Get("description"))
	}
	if text == nil || text.Kind != document.String {
		return
	}
	first, rest, _ := strings.Cut(strings.TrimSpace(text.Text), "\n\n")
	e.say("meaning", document.NewString(oneLine(first)), text.ValuePlace())
	key := "description"
	if a.isOwn {
		key = "recovery"
		rest, _, _ = strings.Cut(rest, "\n\n")
		if strings.HasPrefix(rest, "Deprecated") {
			rest = ""
		}
	}
	e.say(key, document.NewString(strings.TrimSpace(rest)), text.ValuePlace())
}

// constantBeside returns the one text that an object allows for its message or description.
func (a *api) constantBeside(object *document.Node) *document.Node {
	for key, property := range object.Get("properties").Members() {
		n, err := a.doc.Resolve(property)
		if err != nil || envelopeNames[fold(key.Text)] != "{message}" {
			continue
		}
		if one := constantOf(n); one != nil {
			return one
		}
	}
	return nil
}

// constantOf returns the one value that a schema allows, or nil.
func constantOf(schema *document.Node) *document.Node {
	values := slices.Collect(schema.Get("enum").Items())
	if one := schema.Get("const"); one != nil || len(values) != 1 {
		return one
	}
	return values[0]
}

// alone takes what a response with one code says of it.
func (a *api) alone(e *entry, x *apiResponse) {
	for name := range x.Object.Get("headers").Members() {
		if strings.EqualFold(name.Text, "Retry-After") {
			e.say("retryAfter", document.NewBool(true), x.Key.Place())
		}
	}
	text := x.Object.Get("description")
	has := slices.ContainsFunc(e.facts, func(f fact) bool { return f.key == "meaning" && !f.doubt })
	if text != nil && text.Kind == document.String && !has && !isPhrase(text.Text) && !a.isOwn {
		e.take(fact{key: "meaning", value: document.NewString(oneLine(text.Text)), place: text.ValuePlace(),
			from: "description of a response"})
	}
}

// operations says what each operation can return, if that is certain of its responses.
func (a *api) operations() {
	byID := map[string][]string{}
	vague := false
	for _, x := range a.responses {
		if x.operation == nil || x.operation.ID == "" {
			continue
		}
		vague = vague || x.vague
		for _, code := range x.codes {
			if !slices.Contains(byID[x.operation.ID], code) {
				byID[x.operation.ID] = append(byID[x.operation.ID], code)
			}
		}
	}
	if vague {
		a.note("operations are left out: responses of several statuses share one list of codes")
		return
	}
	operations := document.NewMap()
	for _, id := range a.doc.IDs() {
		if codes := byID[id]; len(codes) > 0 {
			operations.Add(id, textsOf(codes))
		}
	}
	if operations.Len() > 0 && a.about.sections["operations"] == nil {
		a.about.sections["operations"] = operations
	}
}

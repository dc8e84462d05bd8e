package render

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// envelopeView is the body of every error response, by example: how errors travel.
type envelopeView struct {
	ContentType     Text            // The content type of the response.
	RequestIDHeader Text            // The header with the request id, where the body has no place for it.
	RequestIDLower  Text            // The same header in lower case, as HTTP/2 has it.
	Root            *nodeView       // The body: to encode, and to make types and schemas of.
	Steps           []stepView      // To decode: the way to each object that something is read from, in order.
	Reads           readsView       // To decode: where each value is.
	Marks           []markView      // Scalar constants of objects that are read, which errors have and successes do not.
	Uses            map[string]bool // The placeholders: code, code as integer, title, …; ask with index.
	Kinds           map[string]bool // What stands inside of the body: object, array, …; ask with index.
	ErrorNode       int             // The number of the innermost object with all in it whose type depends on the code.
	Error           *nodeView       // The object with the number ErrorNode.
	Discriminator   string          // The key of the code as a literal, if that is text and stands directly in Error.
	LowStatuses     []int           // The statuses below 400 of the catalog, where a success looks the same.
	IsMarked        bool            // An error can be told from a success by Marks or by a list of errors.
	AnyLeftOut      bool            // An object or a list in it is left out where nothing is in it.
	Written         Value           // The body with its placeholders.
	Sample          Value           // A body with all that may come.
}

// nodeView is a part of the body. Kind says which fields it has. It has first what templates ask for most, see
// errorView.
type nodeView struct {
	Base        string        // The type of a value in the language; details have none.
	IsDelay     bool          // It is the delay of Retry-After, in seconds.
	Varies      bool          // What a value can be, or what is in an object or an array, differs from code to code.
	Name        string        // The name of a value: code, message, ….
	Kind        string        // The word object, array, constant, value, or spread: details member by member.
	IsError     bool          // It is the object Error of the envelope.
	HasSpread   bool          // Some member of an object is a spread.
	Number      int           // The number of an object; the body is 0.
	Members     []*memberView // The members of an object, and of a constant that is a map or a list.
	Item        *nodeView     // The one object in an array.
	JSON        Value         // The value of a constant.
	Sent        Text          // The JSON of a constant, as short as it is sent.
	Type        string        // The type of a constant: object, array, string, number, integer, boolean or null.
	As          string        // What a value is converted to, if anything.
	Prefix      Text          // The text before a code.
	Suffix      Text          // The text behind a code.
	MayBeAbsent bool          // Nothing that is always there is in it.
	IfKnown     bool          // All in it that is not MayBeAbsent is there only if the code is of the catalog.
}

// memberView is a member of an object of the body, or an item of a list, which has no key.
type memberView struct {
	Node     *nodeView  // The value.
	Only     string     // The only value that one error has there, as a number or a literal; from the function members.
	Literal  string     // The key as a string literal.
	Place    *placeView // What the value is of one error, if that is of its details; from the function members.
	Key      string     // The key: bare where target.yaml allows it, else a string literal.
	Last     bool       // There is no member after this.
	Wire     Text       // The key; a spread has none.
	IsNumber bool       // Only is a number.
}

// stepView is where an object is: under a key of the object Parent, or in the list there.
type stepView struct {
	Number  int      // The number of the object.
	Parent  int      // The number of the object that it is in.
	Literal string   // The key as a string literal.
	Key     string   // The key: bare where target.yaml allows it, else a string literal.
	IsArray bool     // It is in a list.
	Has     []string // The keys, as literals, from the element of a list with the code that is meant on to its code.
}

// readView is where a value is: under a key of the object Number.
type readView struct {
	Number  int      // The number of the object.
	Literal string   // The key as a string literal.
	Key     string   // The key: bare where target.yaml allows it, else a string literal.
	As      string   // What the value is converted to on the wire, if anything.
	Prefix  Text     // The text before a code.
	Suffix  Text     // The text behind a code.
	Spread  bool     // The details are all members of the object but Own.
	Own     []string // The keys of the envelope's own, as literals.
	Path    Text     // The way from the body on, for people, such as errors[].code.
	Last    Text     // The end of Path, such as code.
}

// readsView is where each value is; one without a place is absent.
type readsView struct {
	Code       *readView // The code.
	Message    *readView // The message.
	RequestID  *readView // The request id.
	RetryAfter *readView // The delay in seconds.
	Details    *readView // The details.
}

// markView is a constant that tells an error from a success.
type markView struct {
	Number  int    // The number of the object that it is in.
	Literal string // The key as a string literal.
	Key     string // The key: bare where target.yaml allows it, else a string literal.
	JSON    Value  // The constant.
	Sent    Text   // Its JSON, as short as it is sent.
}

// addEnvelope comes behind the errors, of which it shows one.
func (v *viewer) addEnvelope() {
	e, r := v.c.Envelope, v.c.Envelope.Reads
	view := &envelopeView{
		ContentType: text(e.ContentType), RequestIDHeader: text(e.RequestIDHeader), Root: v.node(e.Root), Uses: e.Uses,
		Reads: readsView{
			v.read(r.Code), v.read(r.Message), v.read(r.RequestID), v.read(r.RetryAfter), v.read(r.Details),
		},
		Kinds: map[string]bool{}, ErrorNode: e.ErrorNode, LowStatuses: e.LowStatuses, IsMarked: e.IsMarked(),
		Written: value(e.Written()),
	}
	view.RequestIDLower = text(strings.ToLower(e.RequestIDHeader))
	view.AnyLeftOut = view.Root.anyLeftOut()
	view.Error = view.Root.object(e.ErrorNode)
	view.Error.IsError = true
	view.Root.addKinds(view.Kinds)
	if e.Discriminator != "" {
		view.Discriminator = v.t.strings.literal(e.Discriminator)
	}
	for _, s := range e.Steps {
		step := stepView{Number: s.Number, Parent: s.Parent, IsArray: s.Array, Has: v.literals(s.Has)}
		step.Literal, step.Key = v.spelled(s.Key)
		view.Steps = append(view.Steps, step)
	}
	for _, m := range e.Marks {
		mark := markView{Number: m.Number, JSON: value(m.JSON), Sent: compact(m.JSON)}
		mark.Literal, mark.Key = v.spelled(m.Key)
		view.Marks = append(view.Marks, mark)
	}
	if s := v.root.Sample; s != nil {
		view.Sample = value(e.Sample(v.c.Sent(s.source, s.source.Sample)))
	}
	v.root.Envelope = view
	for _, e := range v.root.Errors {
		e.Envelope = view
	}
}

func (v *viewer) spelled(key string) (literal, bare string) {
	literal = v.t.strings.literal(key)
	return literal, v.t.key(key, literal)
}

func (v *viewer) literals(keys []string) []string {
	literals := make([]string, len(keys))
	for i, key := range keys {
		literals[i] = v.t.strings.literal(key)
	}
	return literals
}

func (v *viewer) node(n *wire.Node) *nodeView {
	view := &nodeView{
		Kind: string(n.Kind), Number: n.Number, Name: n.Name, As: n.As, Prefix: text(n.Prefix), Suffix: text(n.Suffix),
		MayBeAbsent: n.MayBeAbsent, IsDelay: n.Name == "retryAfter", IfKnown: n.Name == "title" || n.Name == "category",
		Varies: n.Kind == wire.Spread || slices.Contains(varying, n.Name),
	}
	switch n.Kind {
	case wire.Constant:
		return v.constant(n.JSON)
	case wire.Value:
		view.Base = v.valueType(n)
	case wire.Array:
		view.Item = v.node(n.Item)
		view.IfKnown, view.Varies = view.Item.IfKnown, view.Item.Varies
	case wire.Object:
		sometimes := func(m *memberView) bool { return m.Node.MayBeAbsent || m.Node.IfKnown }
		for i, m := range n.Members {
			member := &memberView{Node: v.node(m.Node), Last: i == len(n.Members)-1}
			if m.Node.Kind != wire.Spread {
				member.Wire = func() string { return m.Key }
				member.Literal, member.Key = v.spelled(m.Key)
			}
			view.Members = append(view.Members, member)
			view.HasSpread = view.HasSpread || m.Node.Kind == wire.Spread
			view.Varies = view.Varies || member.Node.Varies || member.Node.IfKnown
		}
		view.IfKnown = !slices.ContainsFunc(view.Members, func(m *memberView) bool { return !sometimes(m) })
	}
	return view
}

// valueType returns the type of what stands for a placeholder, but for details.
func (v *viewer) valueType(n *wire.Node) string {
	place := &placeView{Kind: catalog.String}
	switch {
	case n.Name == "details":
		return ""
	case n.Name == "docsURL":
		place.Format = "uri"
	case n.As == "integer", n.Name == "retryAfter", n.Name == "status" && n.As != "string":
		place.Kind = catalog.Integer
	}
	return v.t.baseType(place)
}

// The values whose schema says more of one code than of any.
var varying = []string{"code", "status", "category", "details"}

func (v *viewer) constant(n *document.Node) *nodeView {
	view := &nodeView{
		Kind: string(wire.Constant), JSON: value(n), Sent: compact(n), Type: jsonType(n),
	}
	for i := range n.Len() {
		member := &memberView{Node: v.constant(n.Item(i)), Last: i == n.Len()-1}
		if n.Kind == document.Map {
			key := n.Key(i).Text
			member.Wire = func() string { return key }
			member.Literal, member.Key = v.spelled(key)
		}
		view.Members = append(view.Members, member)
	}
	return view
}

// anyLeftOut reports whether an object or a list in n is left out where nothing is in it.
func (n *nodeView) anyLeftOut() bool {
	if n.Item != nil {
		return n.MayBeAbsent || n.IfKnown || n.Item.anyLeftOut()
	}
	return slices.ContainsFunc(n.Members, func(m *memberView) bool {
		isObject := m.Node.Kind == string(wire.Object)
		return isObject && (m.Node.MayBeAbsent || m.Node.IfKnown) || m.Node.anyLeftOut()
	})
}

// The types of JSON by what errgen calls them (RFC 8259 section 3).
var jsonTypes = map[document.Kind]string{
	document.Map: "object", document.List: "array", document.String: "string", document.Number: "number",
	document.Bool: "boolean", document.Null: "null",
}

// jsonType tells integers from other numbers, as schemas do.
func jsonType(n *document.Node) string {
	if _, ok := n.Int(); ok {
		return "integer"
	}
	return jsonTypes[n.Kind]
}

func compact(n *document.Node) Text {
	sent, _ := n.MarshalJSON() // never fails
	return text(string(sent))
}

// members returns the members that an object of the body has with an error, or with any if of is nil. The details of
// an error, or the members that they are spread to, have their places.
func (p *printer) members(n *nodeView, of any) ([]memberView, error) {
	e, err := errorOrAny(of)
	if n == nil || err != nil {
		return nil, cmp.Or(err, errAbsent)
	}
	var members []memberView
	for _, m := range n.Members {
		isSpread := m.Node.Kind == string(wire.Spread)
		switch isDetails := isSpread || m.Node.Name == "details"; {
		case isDetails && e != nil && e.Details == nil, isSpread && e == nil:
		case isSpread:
			for _, f := range e.Details.Ref.Fields {
				members = append(members, memberView{Wire: f.Wire, Literal: f.Literal, Key: f.Key, Node: m.Node, Place: f})
			}
		case isDetails && e != nil:
			members = append(members, memberView{Wire: m.Wire, Literal: m.Literal, Key: m.Key, Node: m.Node, Place: e.Details})
		default:
			member := *m
			if e != nil {
				member.Only, member.IsNumber = p.only(m.Node, e)
			}
			members = append(members, member)
		}
	}
	for i := range members {
		members[i].Last = i == len(members)-1
	}
	return members, nil
}

// only returns the only value of one error in a place of the body, if there is one.
func (p *printer) only(n *nodeView, e *errorView) (literal string, isNumber bool) {
	isNumber = n.As == "integer" || n.Name == "status" && n.As != "string"
	switch {
	case n.Name == "code" && !isNumber:
		literal, _ = p.string(n.Prefix, e.Code, n.Suffix)
	case n.Name == "code":
		literal = e.Anchor
	case n.Name == "category":
		literal = e.Category.Literal
	case n.Name == "status" && len(e.Statuses) == 1:
		if literal = strconv.Itoa(e.Status); !isNumber {
			literal = p.t.strings.literal(literal)
		}
	}
	return literal, isNumber
}

// required returns the keys, as literals with commas between them, of those that are never left out.
func (p *printer) required(n *nodeView, of any) (string, error) {
	members, err := p.members(n, of)
	var keys []string
	for _, m := range members {
		isThere := !m.Node.MayBeAbsent && (of != nil || !m.Node.IfKnown)
		if m.Place != nil {
			isThere = !m.Place.Optional // which is said of properties; the details as a whole are there
		}
		if isThere {
			keys = append(keys, m.Literal)
		}
	}
	return strings.Join(keys, ", "), err
}

func errorOrAny(of any) (*errorView, error) {
	e, isError := of.(*errorView)
	if of == nil || isError && e != nil {
		return e, nil
	}
	return nil, errors.New("the members of the body are asked for with an error, or with nil for any")
}

func (n *nodeView) addKinds(kinds map[string]bool) {
	if n.Item != nil {
		n = n.Item
	}
	for _, m := range n.Members {
		kinds[m.Node.Kind] = true
		m.Node.addKinds(kinds)
	}
}

// object returns the object with a number, or nil.
func (n *nodeView) object(number int) *nodeView {
	if n.Kind == string(wire.Object) && n.Number == number {
		return n
	}
	if n.Item != nil {
		return n.Item.object(number)
	}
	for _, m := range n.Members {
		if found := m.Node.object(number); found != nil {
			return found
		}
	}
	return nil
}

func (v *viewer) read(r *wire.Read) *readView {
	if r == nil {
		return nil
	}
	view := &readView{
		Number: r.Number, As: r.As, Prefix: text(r.Prefix), Suffix: text(r.Suffix), Spread: r.Spread,
		Own: v.literals(r.Own), Path: text(r.Path), Last: text(r.Key),
	}
	view.Literal, view.Key = v.spelled(r.Key)
	return view
}

// wire returns the code as it stands where clients read it.
func (v *viewer) wire(code string) string {
	r := v.c.Envelope.Reads.Code
	if r.As == "integer" {
		return code
	}
	return v.t.strings.literal(r.Prefix + code + r.Suffix)
}

// sample returns a body of an error: an example, or one that is made of its schema.
func (p *printer) sample(e *errorView) (Value, error) {
	if e == nil {
		return nil, errAbsent
	}
	return value(p.c.Envelope.Encode(p.c.Sent(e.source, e.source.Sample))), nil
}

// depthOf returns how many objects and lists the code is in.
func depthOf(e *wire.Envelope) int {
	depth := 1
	for at := e.Reads.Code.Number; at > 0; depth++ {
		i := slices.IndexFunc(e.Steps, func(s wire.Step) bool { return s.Number == at })
		if at = e.Steps[i].Parent; e.Steps[i].Array {
			depth++
		}
	}
	return depth
}

// body returns the function that prints a body as JSON: a line for each member of the envelope, and what stands in them
// on lines of a width, or on one if that is 0.
func (p *printer) body(width int) func(Value) (string, error) {
	return func(v Value) (string, error) {
		if v == nil {
			return "", errAbsent
		}
		var b strings.Builder
		p.t.strings.prettyJSON(&b, v(), "", p.depth, width)
		return b.String(), nil
	}
}

// markSpread finds the types that are details only, and as such no object of their own: they stand beside the code.
func (v *viewer) markSpread() {
	if r := v.c.Envelope.Reads.Details; r == nil || !r.Spread {
		return
	}
	referred := map[*typeView]bool{}
	for _, t := range v.root.Types {
		for _, f := range t.Fields {
			for p := f; p != nil; p = p.Item {
				referred[p.Ref] = true
			}
		}
	}
	for _, t := range v.root.Types {
		t.Spread = len(t.Errors) > 0 && !referred[t]
	}
}

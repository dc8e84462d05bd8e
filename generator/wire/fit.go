package wire

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Misfit is a part of a body that is not as the envelope says.
type Misfit struct {
	Path string // from the body on: errors[].code; empty for the body itself
	Says string // "is true, expected false"
}

// Fit is how far a body is what the envelope says.
type Fit struct {
	Misfits    []Misfit
	HasMessage bool     // that is not empty
	Unknown    []string // paths of members that the envelope does not have, and that are no details
}

// Fit holds a body that Decode has found a code in against the envelope. Sent is what the catalog says of the code,
// with the status of the response; of a code that it does not know there is only that. An empty message is none of its
// business, and neither are details.
func (v *Envelope) Fit(body *document.Node, sent Error) Fit {
	f := fitter{v: v, sent: &sent}
	f.node(v.Root, body, "")
	return f.Fit
}

type fitter struct {
	Fit
	v    *Envelope
	sent *Error
}

func (f *fitter) misfit(path, says string) { f.Misfits = append(f.Misfits, Misfit{path, says}) }

func (f *fitter) node(n *Node, got *document.Node, path string) {
	got = present(got)
	if n.Kind == Constant {
		f.constant(n, got, path)
		return
	}
	if got == nil {
		if !n.MayBeAbsent && n.Name != "message" && !f.isUnknown(n) {
			f.misfit(path, "is missing")
		}
		return
	}
	switch n.Kind {
	case Value:
		f.value(n, got, path)
	case Array:
		f.array(n, got, path)
	case Object:
		f.object(n, got, path)
	}
}

// isUnknown reports whether a value is one that the catalog would have to know.
func (f *fitter) isUnknown(n *Node) bool {
	return n.Name == "title" && f.sent.Title == "" || n.Name == "category" && f.sent.Category == ""
}

func (f *fitter) constant(n *Node, got *document.Node, path string) {
	want := present(n.JSON)
	switch {
	case got == nil && want == nil:
	case got == nil:
		f.misfit(path, "is missing, expected "+shown(want))
	case want == nil || !sameJSON(got, want):
		f.misfit(path, "is "+shown(got)+", expected "+shown(n.JSON))
	}
}

func sameJSON(a, b *document.Node) bool {
	if isScalar(a) || isScalar(b) || a.Kind != b.Kind || a.Len() != b.Len() {
		return isScalar(a) && isScalar(b) && sameScalar(a, b)
	}
	for i := range a.Len() {
		other := b.Item(i)
		if a.Kind == document.Map {
			other = b.Get(a.Key(i).Text)
		}
		if other == nil || !sameJSON(a.Item(i), other) {
			return false
		}
	}
	return true
}

// shown returns a value for a message: text in quotes, lists and maps by their names.
func shown(n *document.Node) string {
	switch n.Kind {
	case document.Number:
		return strings.Trim(diag.Quote(n.Text), `"`)
	case document.Null:
		return "null"
	}
	return n.Spelled()
}

func (f *fitter) array(n *Node, got *document.Node, path string) {
	if got.Kind != document.List {
		f.misfit(path, "is "+shown(got)+", expected a list")
		return
	}
	item := first(got, f.hasPath(n.Item.Number))
	if item == nil {
		f.misfit(path, "is a list without a map in it, expected one for each error")
		return
	}
	f.node(n.Item, item, path+"[]")
}

// hasPath returns the way to the code from an object in a list.
func (f *fitter) hasPath(number int) []string {
	at := slices.IndexFunc(f.v.Steps, func(s Step) bool { return s.Number == number })
	if at < 0 {
		return nil
	}
	return f.v.Steps[at].Has
}

func (f *fitter) object(n *Node, got *document.Node, path string) {
	if got.Kind != document.Map {
		f.misfit(path, "is "+shown(got)+", expected a map")
		return
	}
	spreads := false
	for _, m := range n.Members {
		if m.Node.Kind == Spread {
			spreads = true
			continue
		}
		f.node(m.Node, got.Get(m.Key), join(path, m.Key))
	}
	own := n.own()
	for key := range got.Members() {
		if !spreads && !slices.Contains(own, key.Text) {
			f.Unknown = append(f.Unknown, join(path, key.Text))
		}
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func (f *fitter) value(n *Node, got *document.Node, path string) {
	isText, isNumber := got.Kind == document.String, got.Kind == document.Number
	switch n.Name {
	case "code":
		f.code(n, got, path)
	case "status":
		f.status(n, got, path)
	case "retryAfter":
		if !isNumber {
			f.misfit(path, "is "+shown(got)+", expected a number")
		}
	case "category":
		if f.sent.Category != "" && (!isText || got.Text != f.sent.Category) {
			f.misfit(path, "is "+shown(got)+", expected "+diag.Quote(f.sent.Category))
		}
	case "message", "title", "docsURL", "requestId":
		f.HasMessage = f.HasMessage || n.Name == "message" && strings.TrimSpace(got.Text) != ""
		if !isText {
			f.misfit(path, "is "+got.Describe()+", expected text")
		}
	}
}

// code looks at how a code is written. Another code at a second place is not the one that clients read.
func (f *fitter) code(n *Node, got *document.Node, path string) {
	switch want := n.code(f.sent.Code); {
	case n.As == "integer" && got.Kind != document.Number:
		f.misfit(path, "is "+shown(got)+", expected a number")
	case n.As == "" && got.Kind != document.String:
		f.misfit(path, "is "+shown(got)+", expected text")
	case n.As == "" && got.Text != want.Text:
		f.misfit(path, "is "+shown(got)+", expected "+shown(want))
	}
}

func (f *fitter) status(n *Node, got *document.Node, path string) {
	want := n.status(f.sent.Status)
	number, err := strconv.ParseFloat(got.Text, 64)
	if got.Kind != want.Kind || err != nil || number != float64(f.sent.Status) {
		f.misfit(path, "is "+shown(got)+", and the response came with "+strconv.Itoa(f.sent.Status))
	}
}

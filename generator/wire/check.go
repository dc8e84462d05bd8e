package wire

import (
	"cmp"
	"slices"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

const ownMember = `give details a member of their own: details: "{details}"`

// CheckCodes refuses the codes, which are keys of a map, that the envelope cannot send.
func (v *Envelope) CheckCodes(codes *document.Node) diag.List {
	var found diag.List
	number := v.Root.find(func(n *Node) bool { return n.Name == "code" && n.As == "integer" })
	for code := range codes.Members() {
		if number == nil || isInteger(code.Text) || code.Refused() {
			continue
		}
		message := "the code " + diag.Quote(code.Text) + " cannot be sent as a number and be the same when it comes back"
		found.Add(v.refuse(code, "envelope-mismatch", message, "write {code} in the envelope to send text", number.source))
	}
	return found
}

// CheckProperties refuses properties of details, which are keys of a map, that would stand beside a member of the
// envelope with the same name: one of the two would be lost.
func (v *Envelope) CheckProperties(properties *document.Node) diag.List {
	var found diag.List
	object := v.spreading()
	for p := range properties.Members() {
		if object == nil || p.Refused() {
			continue
		}
		if in := object.keyOf(p.Text); in != nil || slices.Contains(v.reserved, p.Text) {
			message := "the property " + diag.Quote(p.Text) + " stands beside a member of the envelope with the same name"
			found.Add(v.refuse(p, "envelope-collision", message, "call one of them otherwise, or "+ownMember, in))
		}
	}
	return found
}

// CheckUnnamed refuses details that are no object with named properties; what says what they are: "a map". Next to them
// any member of the envelope could be lost.
func (v *Envelope) CheckUnnamed(details *document.Node, what string) diag.List {
	object := v.spreading()
	if object == nil || details.Refused() {
		return nil
	}
	spread := object.find(func(n *Node) bool { return n.Kind == Spread })
	message := "the details are " + what + ", and stand beside members of the envelope"
	hint := "name their properties, or " + ownMember
	return diag.List{v.refuse(details, "envelope-mismatch", message, hint, spread.source)}
}

// refuse makes the error about what does not fit the envelope, with the place in the envelope.
func (v *Envelope) refuse(n *document.Node, rule, message, hint string, in *document.Node) diag.Diagnostic {
	d := n.Report(rule, message, hint)
	d.Related = []diag.Related{{Place: cmp.Or(v.named, in).Place(), Message: "the envelope is here"}}
	return d
}

// spreading returns the object that details are spread in, or nil.
func (v *Envelope) spreading() *Node {
	return v.Root.find(func(n *Node) bool {
		return slices.ContainsFunc(n.Members, func(m Member) bool { return m.Node.Kind == Spread })
	})
}

// find returns the first node in n that is so, or nil.
func (n *Node) find(is func(*Node) bool) *Node {
	if is(n) {
		return n
	}
	if n.Item != nil {
		return n.Item.find(is)
	}
	for _, m := range n.Members {
		if found := m.Node.find(is); found != nil {
			return found
		}
	}
	return nil
}

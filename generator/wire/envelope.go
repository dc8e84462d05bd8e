// Package wire holds the envelope: the body of an error response, given by example, and how errors travel in it.
package wire

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
)

// Envelope is the body of an error response with placeholders in it, and all that templates need to know of it.
type Envelope struct {
	ContentType     string // of the response
	RequestIDHeader string // the header with the request id, where the body has none

	Root  *Node           // the body: what encoders and types are made of
	Steps []Step          // to decode: how to come to each object that something is read from, in order
	Reads Reads           // to decode: where each value is
	Marks []Mark          // what the body of every error has
	Uses  map[string]bool // the placeholders in it, those with a conversion in both forms: "code", "code as integer"

	ErrorNode     int    // the innermost object with all in it whose type depends on the code
	Discriminator string // the key of the code (OpenAPI 3.1 section 4.8.25); empty if it is no text, or not in ErrorNode

	LowStatuses []int // those of the catalog below 400, sorted; who knows the catalog sets them

	named    *document.Node // what names a built-in envelope; nil for one that is written out
	reserved []string       // names that no spread detail may have, beside those of members
}

// Kind is what a node of the body is.
type Kind string

// The kinds of a node. A Constant is any JSON without a placeholder; a Spread is details, member by member.
const (
	Object   Kind = "object"
	Array    Kind = "array"
	Constant Kind = "constant"
	Value    Kind = "value"
	Spread   Kind = "spread"
)

// Node is a part of the body.
type Node struct {
	Kind        Kind
	Number      int            // of an Object, in order from the body, which is 0
	Members     []Member       // of an Object
	Item        *Node          // of an Array: an Object
	JSON        *document.Node // of a Constant
	Name        string         // of a Value: its placeholder
	As          string         // of a Value: the conversion, or ""
	Prefix      string         // of a code: the text in front of it
	Suffix      string         // of a code: the text behind it
	MayBeAbsent bool           // it is left out where nothing is in it; never the body, as it has the code

	source *document.Node // where a Value or a Spread stands
}

// Member is a part of an object. A Spread has no key of its own on the wire.
type Member struct {
	Key  string
	Node *Node

	source *document.Node // the key
}

// Step says where an object of the body is: under Key of the object Parent, or in the array there.
type Step struct {
	Number, Parent int
	Key            string
	Array          bool
	Has            []string // in an array with the code: from the element that is meant on to its code
}

// Read says where a value is: under Key of the object Number.
type Read struct {
	Number         int
	Key            string
	As             string
	Prefix, Suffix string
	Spread         bool     // details are all members of the object but its Own
	Own            []string // members of the object that are not details
	Path           string   // from the body on, for people: errors[].code
}

// Reads says where clients find what they read. All but Code may be nil. The rest of a body they know from HTTP and the
// catalog.
type Reads struct{ Code, Message, RequestID, RetryAfter, Details *Read }

// Mark is a constant, no list or map, under Key of an object that is read anyway. It tells errors from successes where
// both come with one status. Null and nothing are the same.
type Mark struct {
	Number int
	Key    string
	JSON   *document.Node
}

// IsMarked reports whether an error can be told from a success by what every error has and no success. Otherwise only
// the codes of the catalog tell. A mark of null tells nothing by itself, since it may be left out.
func (v *Envelope) IsMarked() bool {
	inList := func(s Step) bool { return len(s.Has) > 0 }
	isThere := func(m Mark) bool { return m.JSON.Kind != document.Null }
	return slices.ContainsFunc(v.Steps, inList) || slices.ContainsFunc(v.Marks, isThere)
}

func (n *Node) own() []string {
	var keys []string
	for _, m := range n.Members {
		if m.Node.Kind != Spread {
			keys = append(keys, m.Key)
		}
	}
	return keys
}

// keyOf returns the key of a member where it stands, or nil.
func (n *Node) keyOf(key string) *document.Node {
	for _, m := range n.Members {
		if m.Key == key && m.Node.Kind != Spread {
			return m.source
		}
	}
	return nil
}

// isScalar reports whether a constant is no list and no map.
func isScalar(n *document.Node) bool { return n.Kind != document.List && n.Kind != document.Map }

func hasBrace(s string) bool { return strings.ContainsAny(s, "{}") }

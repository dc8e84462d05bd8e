package document

import (
	"encoding/json"
	"iter"
	"math/big"
	"strconv"

	"github.com/sigsentry/errgen/generator/diag"
)

// Kind is what a value is, as JSON sees it.
type Kind uint8

// The kinds of a value. Number is an integer or a float; its text is a JSON number.
const (
	Null Kind = iota
	Bool
	Number
	String
	List
	Map
)

// Node is a value with its place in the file, or the key of one. It is known by its address: two nodes that look alike
// are two. A Map keeps the order of its keys; they are unique strings.
type Node struct {
	Text      string // of a scalar: the string, the number as written, "true" or "false"
	children  []Node // of a List: the items; of a Map: key, value, key, value
	doc       *Document
	parent    *Node  // nil at the top
	nth       uint32 // place among the children of its parent
	line, col uint32
	Kind      Kind
	quoted    bool
	refused   bool
}

// Parent returns the list or map that n stands in, or nil at the top.
func (n *Node) Parent() *Node { return n.parent }

// Refused reports whether a diagnostic says already that n is wrong: one mistake is reported once.
func (n *Node) Refused() bool { return n.refused }

// Describe says what n is, for a message.
func (n *Node) Describe() string {
	switch n.Kind {
	case Bool:
		return n.Text
	case Number:
		return "the number " + n.Text
	case String:
		return "text"
	case List:
		return "a list"
	case Map:
		return "a map"
	}
	return "nothing"
}

// Spelled says what n is, a text by itself in quotes.
func (n *Node) Spelled() string {
	if n.Kind == String {
		return diag.Quote(n.Text)
	}
	return n.Describe()
}

// Len returns the number of items or members.
func (n *Node) Len() int {
	if n.Kind == Map {
		return len(n.children) / 2
	}
	return len(n.children)
}

// Item returns the i-th item of a List, or the i-th value of a Map.
func (n *Node) Item(i int) *Node {
	if n.Kind == Map {
		return &n.children[2*i+1]
	}
	return &n.children[i]
}

// Key returns the i-th key of a Map.
func (n *Node) Key(i int) *Node { return &n.children[2*i] }

// Items ranges over the items of a List; anything else, and nil, has none.
func (n *Node) Items() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil || n.Kind != List {
			return
		}
		for i := range n.children {
			if !yield(&n.children[i]) {
				return
			}
		}
	}
}

// Members ranges over the keys and values of a Map; anything else, and nil, has none.
func (n *Node) Members() iter.Seq2[*Node, *Node] {
	return func(yield func(key, value *Node) bool) {
		if n == nil || n.Kind != Map {
			return
		}
		for i := 0; i < len(n.children); i += 2 {
			if !yield(&n.children[i], &n.children[i+1]) {
				return
			}
		}
	}
}

// Step returns the value of a key of a Map, or the item of a List that has this number; nil if there is none.
func (n *Node) Step(key string) *Node {
	if n == nil || n.Kind != List {
		return n.Get(key)
	}
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < n.Len() {
		return n.Item(i)
	}
	return nil
}

// Get returns the value of a key, or nil if n is no Map or has no such key.
func (n *Node) Get(key string) *Node {
	_, value := n.member(key)
	return value
}

// KeyOf returns the node of a key itself, or nil.
func (n *Node) KeyOf(key string) *Node {
	k, _ := n.member(key)
	return k
}

func (n *Node) member(key string) (k, value *Node) {
	if n == nil || n.Kind != Map {
		return nil, nil
	}
	if n.doc != nil && n.doc.wide[n] != nil {
		i, found := n.doc.wide[n][key]
		if !found {
			return nil, nil
		}
		return n.Key(i), n.Item(i)
	}
	for i := 0; i < len(n.children); i += 2 {
		if n.children[i].Text == key {
			return &n.children[i], &n.children[i+1]
		}
	}
	return nil, nil
}

// Keys returns the keys of a Map in order; anything else, and nil, has none.
func (n *Node) Keys() []string {
	var keys []string
	for key := range n.Members() {
		keys = append(keys, key.Text)
	}
	return keys
}

// Str returns the text of the String under key, or "".
func (n *Node) Str(key string) string {
	if v := n.Get(key); v != nil && v.Kind == String {
		return v.Text
	}
	return ""
}

// IsTrue reports whether n is the value true.
func (n *Node) IsTrue() bool { return n != nil && n.Kind == Bool && n.Text == "true" }

// Int returns the number as an int, and false if n is not a whole number that fits.
func (n *Node) Int() (int, bool) {
	if n == nil || n.Kind != Number {
		return 0, false
	}
	i, err := strconv.Atoi(n.Text)
	return i, err == nil
}

// Exact returns the value of a Number as it is written, and 0 for anything else. The parser has bounded its exponent.
func (n *Node) Exact() *big.Rat {
	v, ok := new(big.Rat).SetString(n.Text)
	if !ok {
		return new(big.Rat)
	}
	return v
}

// Plain returns n as encoding/json would decode it, numbers as json.Number. Of keys that are there twice the first
// counts.
func (n *Node) Plain() any {
	switch n.Kind {
	case Bool:
		return n.Text == "true"
	case Number:
		return json.Number(n.Text)
	case String:
		return n.Text
	case List:
		list := make([]any, n.Len())
		for i := range list {
			list[i] = n.Item(i).Plain()
		}
		return list
	case Map:
		object := make(map[string]any, n.Len())
		for key, value := range n.Members() {
			if _, twice := object[key.Text]; !twice && key.Text != "" { // both have been refused
				object[key.Text] = value.Plain()
			}
		}
		return object
	}
	return nil
}

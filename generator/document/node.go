package document

import "strconv"

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

var kindNames = [...]string{"nothing", "true or false", "a number", "text", "a list", "a map"}

// String names the kind in a message.
func (k Kind) String() string { return kindNames[k] }

// Node is a value with its place in the file. A Map keeps the order of its keys; they are unique strings.
type Node struct {
	Text      string // of a scalar: the string, the number as written, "true" or "false"
	children  []Node // of a List: the items; of a Map: key, value, key, value
	line, col uint32
	Kind      Kind
	quoted    bool
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

// Get returns the value of a key, or nil if n is no Map or has no such key.
func (n *Node) Get(key string) *Node {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i := 0; i < len(n.children); i += 2 {
		if n.children[i].Text == key {
			return &n.children[i+1]
		}
	}
	return nil
}

// KeyOf returns the node of a key itself, or nil.
func (n *Node) KeyOf(key string) *Node {
	for i := range n.Len() {
		if k := n.Key(i); k.Text == key {
			return k
		}
	}
	return nil
}

// Keys returns the keys of a Map in order.
func (n *Node) Keys() []string {
	keys := make([]string, n.Len())
	for i := range keys {
		keys[i] = n.Key(i).Text
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

// IsTrue tells whether n is the value true.
func (n *Node) IsTrue() bool { return n != nil && n.Kind == Bool && n.Text == "true" }

// Int returns the number as an int, and false if n is not a whole number that fits.
func (n *Node) Int() (int, bool) {
	if n == nil || n.Kind != Number {
		return 0, false
	}
	i, err := strconv.Atoi(n.Text)
	return i, err == nil
}

// IsInteger tells whether n is a number written without fraction and exponent.
func (n *Node) IsInteger() bool {
	if n.Kind != Number {
		return false
	}
	for _, c := range n.Text {
		if c == '.' || c == 'e' || c == 'E' {
			return false
		}
	}
	return true
}

// Equal tells whether two values are the same. The order of keys counts, the place does not.
func (n *Node) Equal(o *Node) bool {
	if n.Kind != o.Kind || n.Text != o.Text || len(n.children) != len(o.children) {
		return false
	}
	for i := range n.children {
		if !n.children[i].Equal(&o.children[i]) {
			return false
		}
	}
	return true
}

package document

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// Member is a key of a Map that is made in memory, with its value.
type Member struct {
	Key   string
	Value *Node
}

// NewString returns a text that stands in no file, and so has no place. So do the others that are made in memory.
func NewString(text string) *Node { return &Node{Kind: String, Text: text} }

// NewInt returns a whole number.
func NewInt(i int64) *Node { return &Node{Kind: Number, Text: strconv.FormatInt(i, 10)} }

// NewBool returns true or false.
func NewBool(b bool) *Node { return &Node{Kind: Bool, Text: strconv.FormatBool(b)} }

// NewList returns a list.
func NewList(items ...*Node) *Node {
	list := &Node{Kind: List, children: make([]Node, len(items))}
	for i, item := range items {
		list.children[i] = *item
	}
	return list
}

// NewMap returns a map. Its keys are unique.
func NewMap(members ...Member) *Node {
	object := &Node{Kind: Map, children: make([]Node, 0, 2*len(members))}
	for _, m := range members {
		object.Add(m.Key, m.Value)
	}
	return object
}

// Add adds a member to a Map that was made in memory, which it returns. The key is new there.
func (n *Node) Add(key string, value *Node) *Node {
	n.children = append(n.children, *NewString(key), *value)
	return n
}

// ParseJSON reads one JSON text (RFC 8259) that nests no deeper than 10,000 levels. Numbers keep their text. Of a key
// that stands twice the last value counts, as in JavaScript and Go. Values know their paths, but no places.
func ParseJSON(text []byte) (*Node, error) {
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil { // which bounds the depth
		return nil, err
	}
	return readJSON(text, nil), nil
}

// readJSON reads what is JSON. Its values have places in a document, if that is not nil.
func readJSON(text []byte, in *Document) *Node {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	n := &Node{doc: in}
	n.readJSON(d)
	n.adopt()
	return n
}

// Immeasurable returns the first number in n that no program can calculate with in reasonable time, or nil. There is
// none in a file that Parse has read.
func (n *Node) Immeasurable() *Node {
	if n.Kind == Number && !isMeasured(n.Text) {
		return n
	}
	for i := range n.children {
		if found := n.children[i].Immeasurable(); found != nil {
			return found
		}
	}
	return nil
}

func (n *Node) readJSON(d *json.Decoder) {
	n.begin(d)
	token, _ := d.Token()
	switch v := token.(type) {
	case string:
		n.Kind, n.Text = String, v
	case json.Number:
		n.Kind, n.Text = Number, v.String()
		if n.doc != nil && !isMeasured(n.Text) {
			n.Kind = String
		}
	case bool:
		n.Kind, n.Text = Bool, strconv.FormatBool(v)
	case json.Delim:
		if v == '[' {
			n.readItems(d)
		} else {
			n.readMembers(d)
		}
		_, _ = d.Token() // the bracket that closes it
	}
}

func (n *Node) readItems(d *json.Decoder) {
	n.Kind = List
	for d.More() {
		item := Node{doc: n.doc}
		item.readJSON(d)
		n.children = append(n.children, item)
	}
}

func (n *Node) readMembers(d *json.Decoder) {
	n.Kind = Map
	values := map[string]int{} // index of the value of a key
	for d.More() {
		key, value := Node{doc: n.doc}, Node{doc: n.doc}
		key.readJSON(d)
		value.readJSON(d)
		if at, again := values[key.Text]; again {
			n.children[at] = value
			continue
		}
		n.children = append(n.children, key, value)
		values[key.Text] = len(n.children) - 1
	}
}

// MarshalJSON returns n as JSON on one line, its keys in order and its numbers as written.
func (n *Node) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	n.writeJSON(&b)
	return b.Bytes(), nil
}

func (n *Node) writeJSON(b *bytes.Buffer) {
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Bool, Number:
		b.WriteString(n.Text)
	case String:
		writeText(b, n.Text)
	case List, Map:
		brackets := "[]"
		if n.Kind == Map {
			brackets = "{}"
		}
		b.WriteByte(brackets[0])
		for i := range n.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if n.Kind == Map {
				writeText(b, n.Key(i).Text)
				b.WriteByte(':')
			}
			n.Item(i).writeJSON(b)
		}
		b.WriteByte(brackets[1])
	}
}

func writeText(b *bytes.Buffer, text string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // no text fails, nor does a buffer
	b.Truncate(b.Len() - 1)
}

package document

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator/diag"
)

const (
	// maxForeignDepth is how deep lists and maps may nest in the files of other programs.
	maxForeignDepth = 1000
	// maxCopies is how many values aliases may stand for. A few lines of aliases of aliases make more than memory holds.
	maxCopies = 1_000_000
)

// ParseForeign reads a YAML or JSON file that is another program's, such as an OpenAPI document. What Parse refuses,
// since parsers do not agree on it, is read as most of them do: aliases and merge keys stand for what they name, tags
// are passed over, keys may be numbers, and a number that is none to JSON is text. Places are those of the file: what
// an alias stands for has the place of its anchor. For the Document see Parse.
func ParseForeign(name string, text []byte, maxSize int64) (*Document, diag.List) {
	d, found := open(name, text, maxSize, "")
	if found != nil {
		return d, found
	}
	if isJSON(d.Text) {
		d.Root = readJSON(d.Text, d)
		return d, nil
	}
	text, _ = d.hiddenCharacters() // which would count as lines
	root, found := d.parse(text)
	if root == nil {
		return d, found
	}
	f := foreigner{doc: d, found: found, open: map[*yaml.Node]bool{}}
	d.Root = &Node{doc: d}
	f.convert(root, d.Root, 1)
	d.Root.adopt()
	return d, f.found
}

// isJSON reports whether a text is a list or map of JSON, which YAML parsers do not all read: a pair of escapes that
// makes one character is an error to some.
func isJSON(text []byte) bool {
	start := bytes.TrimLeft(text, " \t\r\n")
	return len(start) > 0 && (start[0] == '{' || start[0] == '[') && json.Valid(text)
}

// begin notes where the token begins that is read next.
func (n *Node) begin(d *json.Decoder) {
	if n.doc == nil {
		return
	}
	text, at := n.doc.Text, int(d.InputOffset())
	for at < len(text) && strings.IndexByte(" \t\r\n,:", text[at]) >= 0 {
		at++
	}
	p := n.doc.lines().position(at)
	n.line, n.col = uint32(p.Line), uint32(p.Column)
}

// adopt tells all that stands in n where it is.
func (n *Node) adopt() {
	for i := range n.children {
		child := &n.children[i]
		child.doc, child.parent, child.nth = n.doc, n, uint32(i)
		child.adopt()
	}
}

// foreigner turns yaml.v3's tree into plain values.
type foreigner struct {
	doc    *Document
	found  diag.List
	open   map[*yaml.Node]bool // the anchors around what is being converted, by their values
	copies int                 // values that aliases stand for
	maps   int                 // that have been looked at
}

// full reports whether there is no more to convert.
func (f *foreigner) full() bool { return f.copies > maxCopies || f.found.Full() }

// spend counts values where they are copies.
func (f *foreigner) spend(count int, at *yaml.Node) {
	if len(f.open) == 0 || f.copies > maxCopies {
		return
	}
	if f.copies += count; f.copies > maxCopies {
		f.refuse(at, "too-deep", fmt.Sprintf("aliases stand for more than %d values", maxCopies), "write them out")
	}
}

func (f *foreigner) refuse(at *yaml.Node, rule, message, hint string) {
	n := &Node{doc: f.doc, line: uint32(at.Line), col: uint32(at.Column), Kind: String, Text: at.Value}
	f.found.Add(diag.Diagnostic{Rule: rule, Message: message, Hint: hint, Place: n.ValuePlace()})
}

func (f *foreigner) convert(from *yaml.Node, to *Node, depth int) {
	if from.Kind == yaml.AliasNode {
		f.alias(from, func(value *yaml.Node) { f.convert(value, to, depth) })
		return
	}
	to.doc, to.line, to.col, to.Kind = f.doc, uint32(from.Line), uint32(from.Column), kindOf(from)
	to.quoted = from.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	if f.spend(1, from); f.full() {
		return
	}
	if depth > maxForeignDepth && to.Kind != String {
		f.refuse(from, "too-deep", fmt.Sprintf("lists and maps nest deeper than %d levels", maxForeignDepth), "flatten it")
		return
	}
	switch to.Kind {
	case List:
		to.children = make([]Node, len(from.Content))
		for i, item := range from.Content {
			f.convert(item, &to.children[i], depth+1)
		}
	case Map:
		to.children = make([]Node, 0, len(from.Content))
		f.members(from, to, make(map[string]named, len(from.Content)/2), depth)
	default:
		foreignScalar(from, to)
	}
}

// alias hands on what an alias stands for, unless that holds the alias itself.
func (f *foreigner) alias(from *yaml.Node, use func(*yaml.Node)) {
	if f.open[from.Alias] {
		f.refuse(from, "yaml-feature", "the alias *"+diag.Visible(from.Value)+" stands in what it stands for",
			"write out what is meant")
		return
	}
	f.open[from.Alias] = true
	if f.spend(1, from); !f.full() {
		use(from.Alias)
	}
	delete(f.open, from.Alias)
}

// named says where a map has a key from.
type named struct {
	key *yaml.Node
	in  int // the number of the map
}

// members adds the members of a map to one; what it merges comes behind its own, and counts only where the key is not
// there yet.
func (f *foreigner) members(from *yaml.Node, to *Node, seen map[string]named, depth int) {
	f.maps++
	number := f.maps
	for i := 0; i < len(from.Content) && !f.full(); i += 2 {
		key, value := from.Content[i], from.Content[i+1]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		first, isThere := seen[key.Value]
		switch {
		case key.Tag == "!!merge":
		case key.Kind != yaml.ScalarNode:
			f.refuse(key, "non-text-key", "a key is a list or a map, expected text", "write a key as plain text")
		case isThere && first.in == number:
			f.duplicate(first.key, key)
		case !isThere:
			seen[key.Value] = named{key, number}
			f.member(key, value, to, depth)
		}
	}
	for i := 0; i < len(from.Content) && !f.full(); i += 2 {
		if from.Content[i].Tag == "!!merge" {
			f.merge(from.Content[i+1], to, seen, depth)
		}
	}
}

func (f *foreigner) member(key, value *yaml.Node, to *Node, depth int) {
	at := len(to.children)
	to.children = append(to.children,
		Node{doc: f.doc, line: uint32(key.Line), col: uint32(key.Column), Kind: String, Text: key.Value}, Node{})
	f.convert(value, &to.children[at+1], depth+1)
}

func (f *foreigner) duplicate(first, again *yaml.Node) {
	f.refuse(again, "duplicate-key", "the key "+diag.Quote(again.Value)+" is there twice", "remove one of them")
	if last := len(f.found) - 1; f.found[last].Rule == "duplicate-key" {
		place := f.doc.place(diag.Position{Line: first.Line, Column: first.Column}, len([]rune(first.Value)))
		f.found[last].Related = []diag.Related{{Place: place, Message: "first here"}}
	}
}

// merge adds the members of a map, or of those of a list, whose keys are not there yet.
func (f *foreigner) merge(from *yaml.Node, to *Node, seen map[string]named, depth int) {
	switch from.Kind {
	case yaml.AliasNode:
		f.alias(from, func(value *yaml.Node) { f.merge(value, to, seen, depth) })
	case yaml.SequenceNode:
		for _, item := range from.Content {
			f.merge(item, to, seen, depth)
		}
	case yaml.MappingNode:
		f.spend(len(from.Content), from)
		f.members(from, to, seen, depth)
	default:
		f.refuse(from, "yaml-feature", "only maps can be merged", "write out what is meant")
	}
}

func foreignScalar(from *yaml.Node, to *Node) {
	to.Text = from.Value
	if from.Style&^yaml.TaggedStyle != 0 {
		return
	}
	switch from.ShortTag() {
	case "!!null":
		to.Kind, to.Text = Null, ""
	case "!!bool":
		to.Kind, to.Text = Bool, strings.ToLower(from.Value)
	case "!!int", "!!float":
		number := from.Value
		if !portableNumber().MatchString(number) {
			number = portable(number)
		}
		if number != "" && isMeasured(number) {
			to.Kind, to.Text = Number, number
		}
	}
}

package document

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator/diag"
)

// MaxDepth is how deep lists and maps may nest.
const MaxDepth = 64

// DefaultMaxSize is the largest file in bytes that is read unless the user raises it.
const DefaultMaxSize = 16 << 20

// Parse reads one YAML file. The Document is never nil: its Root is, if there are errors that leave nothing to look at.
func Parse(name string, text []byte, maxSize int64) (*Document, diag.List) {
	d := &Document{Name: name, Text: text}
	if int64(len(text)) > maxSize {
		return d, diag.List{{Rule: "file-too-large", Place: diag.Place{File: name},
			Message: fmt.Sprintf("the file has %d bytes, more than the limit of %d", len(text), maxSize), Hint: "raise the limit with --max-size"}}
	}
	if found := d.scan(); found.HasErrors() {
		return d, found
	}
	var root yaml.Node
	if err := yaml.Unmarshal(d.Text, &root); err != nil {
		return d, diag.List{d.syntaxError(err)}
	}
	if len(root.Content) == 0 || root.Content[0].Tag == "!!null" && root.Content[0].Value == "" {
		return d, diag.List{{Rule: "empty-file", Place: diag.Place{File: name}, Message: "the file is empty"}}
	}
	c := converter{doc: d}
	d.Root = &Node{}
	c.convert(root.Content[0], d.Root, 1)
	return d, c.found
}

// converter turns yaml.v3's tree into plain values, and refuses what YAML parsers do not agree on.
type converter struct {
	doc   *Document
	found diag.List
}

func (c *converter) convert(from *yaml.Node, to *Node, depth int) {
	*to = Node{line: uint32(from.Line), col: uint32(from.Column), quoted: from.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0}
	if from.Anchor != "" || from.Kind == yaml.AliasNode {
		c.refuse(to, "yaml-feature", "anchors and aliases are not supported", "write the value out; `types` is how details schemas share a part")
		return
	}
	if from.Style&yaml.TaggedStyle != 0 {
		c.refuse(to, "yaml-feature", "the tag "+diag.Quote(from.Tag)+" is not supported", "remove it")
	}
	if depth > MaxDepth {
		c.refuse(to, "too-deep", fmt.Sprintf("lists and maps nest deeper than %d levels", MaxDepth), "")
		return
	}
	switch from.Kind {
	case yaml.ScalarNode:
		c.scalar(from, to)
	case yaml.SequenceNode:
		to.Kind = List
		to.children = make([]Node, len(from.Content))
		for i, item := range from.Content {
			c.convert(item, &to.children[i], depth+1)
		}
	case yaml.MappingNode:
		to.Kind = Map
		to.children = make([]Node, len(from.Content))
		for i := 0; i < len(from.Content); i += 2 {
			c.key(from.Content[i], &to.children[i])
			c.convert(from.Content[i+1], &to.children[i+1], depth+1)
		}
		c.refuseDuplicates(to)
	}
	from.Content = nil // lets the collector have what is converted
}

func (c *converter) key(from *yaml.Node, to *Node) {
	if from.Kind == yaml.ScalarNode && from.Tag == "!!merge" {
		*to = Node{line: uint32(from.Line), col: uint32(from.Column), Kind: String, Text: from.Value}
		c.refuse(to, "yaml-feature", "merge keys are not supported", "write the keys out; `types` is how details schemas share a part")
		return
	}
	if from.Kind != yaml.ScalarNode {
		*to = Node{line: uint32(from.Line), col: uint32(from.Column), Kind: String}
		c.refuse(to, "non-text-key", "a key must be text, found a list or map", "")
		return
	}
	before := len(c.found)
	c.convert(from, to, 1)
	if to.Kind != String && len(c.found) == before {
		c.refuse(to, "non-text-key", "the key "+keyText(from.Value)+" is "+to.Kind.String()+", expected text", "write it in quotes: "+strconv.Quote(from.Value))
	}
	to.Kind, to.Text = String, from.Value
}

func keyText(s string) string {
	if s == "" {
		return "of this value"
	}
	return diag.Quote(s)
}

// refuseDuplicates compares pairs in a small map, and uses an index in a large one.
func (c *converter) refuseDuplicates(n *Node) {
	const small = 8
	if n.Len() <= small {
		for i := 1; i < n.Len(); i++ {
			for j := range i {
				if n.Key(i).Text == n.Key(j).Text {
					c.duplicate(n.Key(j), n.Key(i))
					break
				}
			}
		}
		return
	}
	seen := make(map[string]int, n.Len())
	for i := range n.Len() {
		k := n.Key(i)
		if first, found := seen[k.Text]; found {
			c.duplicate(n.Key(first), k)
			continue
		}
		seen[k.Text] = i
	}
}

func (c *converter) duplicate(first, again *Node) {
	c.found = append(c.found, diag.Diagnostic{
		Rule: "duplicate-key", Message: "the key " + diag.Quote(again.Text) + " is there twice", Place: c.doc.PlaceOf(again), Hint: "remove one of them",
		Related: []diag.Related{{Place: c.doc.PlaceOf(first), Message: "first here"}},
	})
}

// refuse cannot use Report, which walks the finished tree.
func (c *converter) refuse(n *Node, rule, message, hint string) {
	c.found.Add(diag.Diagnostic{Rule: rule, Message: message, Hint: hint, Place: c.doc.PlaceOf(n)})
}

// A JSON number (RFC 8259 section 6) is the one spelling that all YAML parsers read alike.
var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// What YAML 1.1 parsers read as booleans, and as numbers to the base of 60.
var (
	oldBoolean = regexp.MustCompile(`^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$`)
	base60     = regexp.MustCompile(`^[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?$`)
)

func (c *converter) scalar(from *yaml.Node, to *Node) {
	to.Kind, to.Text = String, from.Value
	if from.Style&^yaml.TaggedStyle != 0 {
		return
	}
	switch from.Tag {
	case "!!str":
		c.plainText(to)
	case "!!null":
		to.Kind, to.Text = Null, ""
		if v := from.Value; v != "" && v != "null" && v != "~" {
			c.ambiguous(to, v, "null", "null")
		}
	case "!!bool":
		to.Kind = Bool
		if v := from.Value; v != "true" && v != "false" {
			c.ambiguous(to, v, "a truth value", strings.ToLower(v))
		}
	case "!!int", "!!float":
		c.number(to)
	}
}

func (c *converter) plainText(n *Node) {
	v := n.Text
	switch {
	case len(v) <= 3 && oldBoolean.MatchString(v):
		c.ambiguous(n, v, "true or false", "true or false")
	case len(v) > 2 && len(v) < 20 && v[len(v)-1] >= '.' && v[len(v)-1] <= '9' && base60.MatchString(v):
		c.ambiguous(n, v, "a number to the base of 60", "")
	case v == "=":
		c.ambiguous(n, v, "a special value", "")
	}
}

func (c *converter) number(n *Node) {
	v := n.Text
	n.Kind = Number
	if !jsonNumber.MatchString(v) {
		plain := strings.TrimLeft(strings.ReplaceAll(v, "_", ""), "0+")
		if !jsonNumber.MatchString(plain) {
			plain = ""
		}
		n.Kind = Number
		c.ambiguous(n, v, "another number", plain)
		n.Text = "0"
		return
	}
	if f, err := strconv.ParseFloat(v, 64); err != nil || math.IsInf(f, 0) {
		c.refuse(n, "number-too-large", "the number "+diag.Quote(v)+" is out of range", "")
		n.Text = "0"
	}
}

// ambiguous refuses a plain scalar that YAML parsers read in different ways.
func (c *converter) ambiguous(n *Node, value, other, instead string) {
	hint := "write \"" + value + "\" in quotes for the text"
	if instead != "" {
		hint = "write " + instead + ", or " + strconv.Quote(value) + " in quotes for the text"
	}
	c.refuse(n, "ambiguous-scalar", diag.Quote(value)+" without quotes is "+other+" to some YAML parsers", hint)
}

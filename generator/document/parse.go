package document

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator/diag"
)

// MaxDepth is how deep lists and maps may nest.
const MaxDepth = 64

// DefaultMaxSize is the largest file in bytes that is read unless the user raises it.
const DefaultMaxSize = 16 << 20

// Parse reads one YAML file. The Document is never nil: its Root is, if there are errors that leave nothing to look at.
// AsWritten names the maps at the top whose keys are what stands there, also without quotes: 0x10 and yes are such
// keys, which are other values to YAML.
func Parse(name string, text []byte, maxSize int64, asWritten ...string) (*Document, diag.List) {
	d, found := ParseText(name, text, maxSize)
	if found != nil {
		return d, found
	}
	text, found = d.hiddenCharacters()
	root, more := d.parse(text)
	if len(found) > 0 { // what is wrong behind that may be a consequence
		more = slices.DeleteFunc(more, func(one diag.Diagnostic) bool { return one.Rule == "syntax" })
	}
	found.Add(more...)
	if root == nil {
		return d, found
	}
	c := converter{doc: d, found: found, asWritten: asWritten}
	d.Root = &Node{doc: d}
	c.convert(root, d.Root, 1)
	return d, c.found
}

// open makes a document of a text that is not too large, and is text.
func open(name string, text []byte, maxSize int64, tooLarge string) (*Document, diag.List) {
	d := newDocument(name, text)
	if int64(len(text)) > maxSize {
		message := fmt.Sprintf("the file has %d bytes, more than the limit of %d", len(text), maxSize)
		return d, d.refuseFile("file-too-large", message, tooLarge)
	}
	return d, d.checkEncoding()
}

// parse returns yaml.v3's tree of the first document in a text; nil if there is none.
func (d *Document) parse(text []byte) (*yaml.Node, diag.List) {
	text, found := d.firstDocument(text)
	if text == nil {
		return nil, found
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		found.Add(d.syntaxError(text, err))
		return nil, found
	}
	if len(root.Content) == 0 || root.Content[0].ShortTag() == "!!null" {
		found.Add(d.refuseFile("empty-file", "the file is empty", "")...)
		return nil, found
	}
	return root.Content[0], found
}

// Decode reads YAML in which Parse finds no mistake into a value.
func Decode(text []byte, into any) error { return yaml.Unmarshal(text, into) }

// refuseFile makes a diagnostic about the file as a whole.
func (d *Document) refuseFile(rule, message, hint string) diag.List {
	return diag.List{{Rule: rule, Message: message, Hint: hint, Place: diag.Place{File: d.Name}}}
}

// converter turns yaml.v3's tree into plain values, and refuses what YAML parsers do not agree on.
type converter struct {
	doc       *Document
	found     diag.List
	asWritten []string // see Parse
}

func (c *converter) convert(from *yaml.Node, to *Node, depth int) {
	to.line, to.col, to.Kind = uint32(from.Line), uint32(from.Column), kindOf(from)
	to.quoted = from.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
	switch {
	case from.Kind == yaml.AliasNode:
		to.Text = "*" + from.Value
		c.refuse(to, "yaml-feature", "aliases are not supported",
			"write the value out; `types` is how details schemas share a part")
		return
	case depth > MaxDepth && to.Kind != String:
		c.refuse(to, "too-deep", fmt.Sprintf("lists and maps nest deeper than %d levels", MaxDepth), "flatten the value")
		return
	case from.Anchor != "":
		c.found.Add(c.diagnostic(to.spelledAs("&"+from.Anchor), "yaml-feature", "anchors are not supported", "remove it"))
	case from.Style&yaml.TaggedStyle != 0:
		to.refused = true
		message := "the tag " + diag.Quote(from.Tag) + " is not supported"
		c.found.Add(c.diagnostic(to.spelledAs(from.Tag), "yaml-feature", message, "remove it"))
	}
	switch to.Kind {
	case List:
		to.makeChildren(len(from.Content))
		for i, item := range from.Content {
			c.convert(item, &to.children[i], depth+1)
		}
	case Map:
		to.makeChildren(len(from.Content))
		asWritten := c.isAsWritten(to)
		for i := 0; i < len(from.Content); i += 2 {
			c.key(from.Content[i], &to.children[i], asWritten)
			to.refused = to.refused || from.Content[i].Tag == "!!merge" // what it lacks may be in there
			c.convert(from.Content[i+1], &to.children[i+1], depth+1)
		}
		c.refuseDuplicates(to)
	default:
		c.scalar(from, to)
	}
	from.Content = nil // lets the collector have what is converted
}

// makeChildren makes room for children that know where they are.
func (n *Node) makeChildren(count int) {
	n.children = make([]Node, count)
	for i := range n.children {
		child := &n.children[i]
		child.doc, child.parent, child.nth = n.doc, n, uint32(i)
	}
}

// spelledAs returns a text in the place of n: what stands before its value.
func (n *Node) spelledAs(text string) *Node {
	return &Node{doc: n.doc, line: n.line, col: n.col, Text: text, Kind: String}
}

// kindOf takes a scalar for text.
func kindOf(n *yaml.Node) Kind {
	switch n.Kind {
	case yaml.MappingNode:
		return Map
	case yaml.SequenceNode:
		return List
	}
	return String
}

// maxKey is the most characters of a key. YAML readers refuse one of more than 1,024 (YAML 1.2.2 section 7.4.2), and an
// escape takes up to ten of them.
const maxKey = 100

// isAsWritten reports whether the keys of a map are what stands there.
func (c *converter) isAsWritten(n *Node) bool {
	key := n.key()
	return key != nil && n.parent == c.doc.Root && slices.Contains(c.asWritten, key.Text)
}

// key converts the key of a map. It comes out as text, whatever it is.
func (c *converter) key(from *yaml.Node, to *Node, asWritten bool) {
	to.line, to.col, to.Kind, to.Text = uint32(from.Line), uint32(from.Column), String, from.Value
	switch {
	case from.Kind != yaml.ScalarNode:
		to.Text, to.Kind = "", kindOf(from)
		c.refuse(to, "non-text-key", "a key is a list, a map or an alias, expected text", "write a key as plain text")
		to.Kind = String
	case from.Tag == "!!merge":
		c.refuse(to, "yaml-feature", "merge keys are not supported",
			"write the keys out; `types` is how details schemas share a part")
	case from.Value == "":
		c.refuse(to, "non-text-key", "a key is empty", "write it before the colon")
	case utf8.RuneCountInString(from.Value) > maxKey:
		length := utf8.RuneCountInString(from.Value)
		c.refuse(to, "long-key", fmt.Sprintf("a key has %d characters, more than %d", length, maxKey), "shorten it")
	case from.Anchor != "" || from.Style != 0:
		c.convert(from, to, 1)
		to.Kind, to.Text = String, from.Value
	case asWritten:
	case from.Tag != "!!str" && from.Tag != "!!timestamp":
		c.refuse(to, "non-text-key", "the key "+diag.Visible(from.Value)+" without quotes is not text",
			"write "+strconv.Quote(from.Value)+" if that is its name")
	case isOldBoolean(from.Value):
		c.ambiguous(to, "true or false", "")
	}
}

// refuseDuplicates compares pairs in a small map, and uses an index in a large one. That of a wide one is kept.
func (c *converter) refuseDuplicates(n *Node) {
	const small, wide = 8, 64
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
	if n.Len() > wide {
		c.doc.wide[n] = seen
	}
}

func (c *converter) duplicate(first, again *Node) {
	if again.refused || c.found.Full() {
		return
	}
	d := c.diagnostic(again, "duplicate-key", "the key "+diag.Quote(again.Text)+" is there twice", "remove one of them")
	d.Related = []diag.Related{{Place: first.ValuePlace(), Message: "first here"}}
	c.found.Add(d)
}

// refuse reports n, and no other mistake about it will be.
func (c *converter) refuse(n *Node, rule, message, hint string) {
	n.refused = true
	if !c.found.Full() {
		c.found.Add(c.diagnostic(n, rule, message, hint))
	}
}

// diagnostic is about how n is written: there is no pointer, since keys may be none.
func (c *converter) diagnostic(n *Node, rule, message, hint string) diag.Diagnostic {
	return diag.Diagnostic{Rule: rule, Message: message, Hint: hint, Place: n.ValuePlace()}
}

var (
	// The spelling of a number that all YAML parsers read alike: that of JSON (RFC 8259 section 6), where YAML 1.1 wants a
	// fraction before a signed exponent.
	portableNumber = Pattern(`^-?(0|[1-9][0-9]*)(\.[0-9]+([eE][-+][0-9]+)?)?$`)
	// What YAML 1.1 parsers read as booleans, as numbers with an exponent, and as numbers to the base of 60.
	oldBoolean = Pattern(`^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$`)
	base60     = Pattern(`^[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?$`)
	// What is out of range for the parser is text to it.
	hugeNumber = Pattern(`^[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+$`)
)

// Pattern compiles a regular expression when it is first used: most runs need few of those there are.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

func isOldBoolean(s string) bool { return len(s) <= 3 && oldBoolean().MatchString(s) }

func (c *converter) scalar(from *yaml.Node, to *Node) {
	to.Text = from.Value
	if from.Style&^yaml.TaggedStyle != 0 {
		return
	}
	switch from.Tag {
	case "!!str":
		c.plainText(to)
	case "!!null":
		if v := from.Value; v != "" && v != "null" && v != "~" {
			c.ambiguous(to, "null", "null")
		}
		to.Kind, to.Text = Null, ""
	case "!!bool":
		if v := from.Value; v != "true" && v != "false" {
			c.ambiguous(to, "a truth value", strings.ToLower(v))
		}
		to.Kind, to.Text = Bool, strings.ToLower(from.Value)
	case "!!int", "!!float":
		c.number(to)
	}
}

// plainText refuses what is no text to some parsers. Most texts are long, or do not look like it.
func (c *converter) plainText(n *Node) {
	v := n.Text
	switch {
	case isOldBoolean(v):
		c.ambiguous(n, "true or false", "true or false")
	case v == "=":
		c.ambiguous(n, "a special value", "")
	case len(v) <= 2 || len(v) > 40 || v[len(v)-1] < '.' || v[len(v)-1] > '9':
	case base60().MatchString(v):
		c.ambiguous(n, "a number to the base of 60", "")
	case hugeNumber().MatchString(v):
		c.ambiguous(n, "a number", "")
	}
}

func (c *converter) number(n *Node) {
	if written := n.Text; !portableNumber().MatchString(written) {
		plain := portable(written)
		c.ambiguous(n, "another value", plain)
		n.Text = cmp.Or(plain, "0")
	} else if !isMeasured(written) {
		c.refuse(n, "number-out-of-range", "the number "+diag.Quote(written)+" has more digits than programs can hold",
			"write a smaller number, or text in quotes")
		n.Text = "0"
	}
	n.Kind = Number
}

// isMeasured reports whether a number is one that a program can calculate with in reasonable time.
func isMeasured(number string) bool {
	const longest = 40
	f, err := strconv.ParseFloat(number, 64)
	isZero := strings.Trim(number, "-0.") == ""
	return err == nil && len(number) <= longest && (f != 0 || isZero)
}

// portable respells a number, or returns "" if that takes more than a glance.
func portable(number string) string {
	digits := strings.TrimPrefix(strings.ReplaceAll(number, "_", ""), "+")
	if i, err := strconv.ParseInt(digits, 0, 64); err == nil && strings.ContainsAny(digits, "xob") {
		return strconv.FormatInt(i, 10)
	}
	if f, err := strconv.ParseFloat(digits, 64); err == nil && strings.ContainsAny(digits, "eE") && math.Abs(f) < 1e15 {
		digits = strconv.FormatFloat(f, 'f', -1, 64)
	}
	if trimmed := strings.TrimLeft(digits, "0"); trimmed != "" && trimmed[0] != '.' {
		digits = trimmed
	}
	if strings.HasPrefix(digits, ".") {
		digits = "0" + digits
	}
	if digits = strings.TrimSuffix(digits, "."); portableNumber().MatchString(digits) && isMeasured(digits) {
		return digits
	}
	return ""
}

// ambiguous refuses a plain scalar that YAML parsers read in different ways.
func (c *converter) ambiguous(n *Node, other, instead string) {
	hint := "write " + strconv.Quote(n.Text) + " for the text"
	if instead != "" {
		hint = "write " + instead + ", or " + strconv.Quote(n.Text) + " for the text"
	}
	c.refuse(n, "ambiguous-scalar", diag.Quote(n.Text)+" without quotes is "+other+" to some YAML parsers", hint)
}

// Package document reads a YAML file into plain values that know their places, and holds them against JSON Schemas. It is
// the one door to the libraries for both.
package document

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// Document is one YAML file.
type Document struct {
	Name string // the path as the user wrote it
	Text []byte // without a byte order mark
	Root *Node  // nil if the file could not be parsed

	twice bool // a key is there twice in some map

	lines func() *lines
}

func newDocument(name string, text []byte) *Document {
	d := &Document{Name: name, Text: text}
	d.lines = sync.OnceValue(func() *lines { return newLines(string(d.Text)) })
	return d
}

// Report makes an error about a node; the place is the node's key where the node is a list or map, or has no value.
func (d *Document) Report(n *Node, rule, message, hint string) diag.Diagnostic {
	pointer, key := d.locate(n)
	at := n
	if key != nil && (n.Kind == Map || n.Kind == List || n.Kind == Null) {
		at = key
	}
	return diag.Diagnostic{Rule: rule, Message: message, Hint: hint, Place: d.PlaceOf(at), Pointer: pointer}
}

// PlaceOf returns the range of a node: of one that takes several lines, its first.
func (d *Document) PlaceOf(n *Node) diag.Place {
	const longest = 1000 // bytes
	start := diag.Position{Line: int(n.line), Column: int(n.col)}
	from := d.lines().offset(start)
	_, end := d.lines().line(start.Line)
	spelling := n.spelling(d.lines().text[from:min(end, from+longest)])
	return d.place(start, utf8.RuneCountInString(spelling))
}

// PlaceOfPart returns the range of a part of a text, or that of the whole text if it is spelled otherwise there.
func (d *Document) PlaceOfPart(n *Node, part string) diag.Place {
	all := d.lines().text
	from := d.lines().offset(diag.Position{Line: int(n.line), Column: int(n.col)})
	to := min(len(all), from+2*len(n.Text)+100) // room for indentation and escapes
	at := strings.Index(all[from:to], part)
	if at < 0 || part == "" {
		return d.PlaceOf(n)
	}
	return d.place(d.lines().position(from+at), utf8.RuneCountInString(part))
}

// spelling returns the part of its line that spells the node.
func (n *Node) spelling(line string) string {
	line = strings.TrimRight(line, " \t\r")
	switch {
	case line == "":
		return ""
	case n.Kind == Null:
		return line[:len(nullSpelling().FindString(line))]
	case n.Kind == Map || n.Kind == List:
		return line[:bracketLength(line)]
	case line[0] == '"' || line[0] == '\'':
		return line[:quotedLength(line)]
	case n.Text != "" && strings.HasPrefix(line, n.Text):
		return n.Text
	}
	line, _, _ = strings.Cut(line, " #")
	return strings.TrimRight(line, " \t")
}

var nullSpelling = Pattern(`^(null|Null|NULL|~)`)

// bracketLength returns where the bracket that line begins with is closed: its length if on another line, or if there is no bracket.
func bracketLength(line string) int {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"', '\'':
			i += quotedLength(line[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if depth == 0 && (line[0] == '{' || line[0] == '[') {
			return min(i+1, len(line))
		}
	}
	return len(line)
}

// quotedLength returns where the quotes that line begins with are closed: its length if on another line.
func quotedLength(line string) int {
	for i := 1; i < len(line); i++ {
		if line[0] == '"' && line[i] == '\\' {
			i++
		} else if line[i] == line[0] {
			return i + 1
		}
	}
	return len(line)
}

func (d *Document) place(start diag.Position, length int) diag.Place {
	source, column := d.lines().source(start)
	end := diag.Position{Line: start.Line, Column: start.Column + length}
	return diag.Place{File: d.Name, Start: start, End: end, Source: source, SourceColumn: column}
}

// At returns the value that a JSON pointer (RFC 6901) names and, where it is a map's member, the key; nil if there is none.
func (d *Document) At(pointer string) (value, key *Node) {
	value = d.Root
	for segment := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" || value == nil {
			break
		}
		segment = unescape.Replace(segment)
		key = nil
		switch value.Kind {
		case Map:
			key, value = value.member(segment)
		case List:
			value = value.index(segment)
		default:
			value = nil
		}
	}
	return value, key
}

func (n *Node) index(segment string) *Node {
	i, err := strconv.Atoi(segment)
	if err != nil || i < 0 || i >= len(n.children) {
		return nil
	}
	return &n.children[i]
}

var (
	escape   = strings.NewReplacer("~", "~0", "/", "~1")
	unescape = strings.NewReplacer("~1", "/", "~0", "~")
)

// Pointer joins keys to a JSON pointer (RFC 6901).
func Pointer(keys ...string) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteByte('/')
		b.WriteString(escape.Replace(k))
	}
	return b.String()
}

// locate finds the pointer of a node and the key it stands under. Children stand in the order of the file, so that one descent finds it.
func (d *Document) locate(target *Node) (pointer string, key *Node) {
	var keys []string
	for n := d.Root; n != target; {
		i := n.childAround(target)
		if i < 0 {
			break
		}
		if n.Kind == List {
			key = nil
			keys = append(keys, strconv.Itoa(i))
			n = &n.children[i]
			continue
		}
		key = &n.children[i&^1]
		keys = append(keys, key.Text)
		if key == target {
			break
		}
		n = &n.children[i|1]
	}
	return Pointer(keys...), key
}

// childAround returns the index of the child that is target or holds it, or -1.
func (n *Node) childAround(target *Node) int {
	i, found := slices.BinarySearchFunc(n.children, target, comparePlace)
	if !found {
		return i - 1
	}
	// A key and its value share a place where one of them is not written.
	for j := i; j < len(n.children) && comparePlace(n.children[j], target) == 0; j++ {
		if &n.children[j] == target || len(n.children[j].children) > 0 {
			i = j
		}
	}
	return i
}

func comparePlace(n Node, target *Node) int {
	return cmp.Or(cmp.Compare(n.line, target.line), cmp.Compare(n.col, target.col))
}

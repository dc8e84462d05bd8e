// Package document reads a YAML file into plain values that know their places. It is the one door to the YAML and JSON Schema libraries.
package document

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// Document is one YAML file.
type Document struct {
	Name string // the path as the user wrote it
	Text []byte
	Root *Node // nil if the file could not be parsed

	lines []int // byte offset of each line, made when first needed
}

// Report makes an error about a node; the place is the node's key where the node is a list or map.
func (d *Document) Report(n *Node, rule, message, hint string) diag.Diagnostic {
	pointer, key := d.locate(n)
	at := n
	if key != nil && (n.Kind == Map || n.Kind == List || n.Kind == Null) {
		at = key
	}
	return diag.Diagnostic{Rule: rule, Message: message, Hint: hint, Place: d.PlaceOf(at), Pointer: pointer}
}

// PlaceOf returns the range of a node: of a list or map, its first line.
func (d *Document) PlaceOf(n *Node) diag.Place {
	start := diag.Position{Line: int(n.line), Column: int(n.col)}
	rest := d.lineText(start.Line)
	for range start.Column - 1 {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	return d.place(start, diag.Position{Line: start.Line, Column: start.Column + utf8.RuneCountInString(n.written(rest))})
}

// written returns the part of its line that spells the node.
func (n *Node) written(rest string) string {
	if n.Kind == Map || n.Kind == List {
		return strings.TrimRight(rest, " \t")
	}
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		for i := 1; i < len(rest); i++ {
			if rest[0] == '"' && rest[i] == '\\' {
				i++
			} else if rest[i] == rest[0] {
				return rest[:i+1]
			}
		}
	}
	if n.Text != "" && strings.HasPrefix(rest, n.Text) {
		return n.Text
	}
	if before, _, found := strings.Cut(rest, " #"); found {
		rest = before
	}
	return strings.TrimRight(rest, " \t")
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
			key, value = value.KeyOf(segment), value.Get(segment)
		case List:
			value = value.index(segment)
		default:
			value = nil
		}
	}
	return value, key
}

func (n *Node) index(segment string) *Node {
	i := 0
	for _, c := range segment {
		if c < '0' || c > '9' || i > len(n.children) {
			return nil
		}
		i = i*10 + int(c-'0')
	}
	if i >= len(n.children) {
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
	for n := d.Root; n != nil && n != target; {
		i, found := slices.BinarySearchFunc(n.children, target, comparePlace)
		if !found {
			i--
		}
		// a key and a value that is absent can share a place
		for i+1 < len(n.children) && &n.children[i] != target && comparePlace(n.children[i+1], target) == 0 {
			i++
		}
		if i < 0 {
			break
		}
		if n.Kind == Map {
			key = &n.children[i&^1]
			keys = append(keys, key.Text)
			if &n.children[i&^1] == target {
				break
			}
			n = &n.children[i|1]
			continue
		}
		key = nil
		keys = append(keys, strconv.Itoa(i))
		n = &n.children[i]
	}
	return Pointer(keys...), key
}

func comparePlace(n Node, target *Node) int {
	return cmp.Or(cmp.Compare(n.line, target.line), cmp.Compare(n.col, target.col))
}

func (d *Document) place(start, end diag.Position) diag.Place {
	return diag.Place{File: d.Name, Start: start, End: end, Source: d.lineText(start.Line)}
}

// position converts a byte offset.
func (d *Document) position(offset int) diag.Position {
	d.index()
	line, found := slices.BinarySearch(d.lines, offset)
	if !found {
		line--
	}
	return diag.Position{Line: line + 1, Column: utf8.RuneCount(d.Text[d.lines[line]:offset]) + 1}
}

func (d *Document) lineText(line int) string {
	d.index()
	if line < 1 || line > len(d.lines) {
		return ""
	}
	text := d.Text[d.lines[line-1]:]
	if end := bytes.IndexByte(text, '\n'); end >= 0 {
		text = text[:end]
	}
	return strings.ToValidUTF8(strings.TrimSuffix(string(text), "\r"), "\ufffd")
}

func (d *Document) index() {
	if d.lines != nil {
		return
	}
	d.lines = append(d.lines, 0)
	for i, c := range d.Text {
		if c == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
}

// Package document reads a YAML file into plain values that know their places, and holds them against JSON Schemas. It
// is the one door to the libraries for both.
package document

import (
	"bytes"
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

	lines func() *lines
	wide  map[*Node]map[string]int // of maps with many keys the first of each, since Get would look at all of them
}

func newDocument(name string, text []byte) *Document {
	d := &Document{Name: name, Text: text, wide: map[*Node]map[string]int{}}
	d.lines = sync.OnceValue(func() *lines { return newLines(string(d.Text)) })
	return d
}

// PlaceOf returns the range of some bytes of one line.
func (d *Document) PlaceOf(from, to int) diag.Place {
	return d.place(d.lines().position(from), utf8.RuneCount(d.Text[from:to]))
}

// LineStart returns the byte with which a line begins.
func (d *Document) LineStart(number int) int { return d.lines().starts[number-1] }

// LineAt returns where the line around a byte begins, where it ends without its break, and where the next one begins.
func (d *Document) LineAt(offset int) (start, end, next int) {
	number := d.lines().position(offset).Line
	start, end = d.lines().line(number)
	if number == len(d.lines().starts) {
		return start, end, len(d.Text)
	}
	return start, end, d.lines().starts[number]
}

// Behind returns the byte behind the lines of a key in block style and of its value, with the comments that are indented
// as it is: blank lines and other comments belong to what follows.
func (d *Document) Behind(key *Node) int {
	line, _, end := d.LineAt(key.Offset())
	indent := key.Offset() - line
	for at := end; at < len(d.Text); {
		start, stop, next := d.LineAt(at)
		text := bytes.TrimRight(d.Text[start:stop], " \t\r")
		said := bytes.TrimLeft(text, " ")
		deeper := len(text) - len(said) - indent
		switch {
		case len(said) == 0:
		case deeper > 0, deeper == 0 && said[0] == '-':
			end = next
		case said[0] != '#':
			return end
		}
		at = next
	}
	return end
}

// LineBreak returns what ends the lines.
func (d *Document) LineBreak() string {
	if bytes.Contains(d.Text, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

func (d *Document) place(start diag.Position, length int) diag.Place {
	source, column := d.lines().source(start)
	end := diag.Position{Line: start.Line, Column: start.Column + length}
	return diag.Place{File: d.Name, Range: diag.Range{Start: start, End: end}, Source: source, SourceColumn: column}
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

// Keys returns the keys that a JSON pointer joins.
func Keys(pointer string) []string {
	if pointer == "" {
		return nil
	}
	keys := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, key := range keys {
		keys[i] = unescape.Replace(key)
	}
	return keys
}

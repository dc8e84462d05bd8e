// Package draft writes catalogs: what a new one begins with, and what is to be added to one that there is.
//
// What it adds is all that changes: comments, order and layout of the rest stay.
package draft

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// New is a catalog in which nothing stands yet: its sections are to be added.
const New = "# yaml-language-server: $schema=https://raw.githubusercontent.com/sigsentry/errgen/main/schema/" +
	"errors.schema.json\nversion: 1\n"

// Section is what is to be added to a section of a catalog, such as `errors`.
type Section struct {
	Name    string
	Entries []Entry
	Spaced  bool // a blank line stands between the entries
}

// Entry is a member of a section. Where it has fields, they are its value.
type Entry struct {
	Above   []string // comments on lines of their own
	Key     string   // empty in a section that is a list
	Comment string
	Value   *document.Node
	Fields  []Field
}

// Field is a member of an entry. Without a value it is left open: errgen refuses it until somebody has written one.
type Field struct {
	Key     string
	Value   *document.Node // nil: left open
	Comment string
}

// insertion is text that comes before a byte of a file, or behind its last one.
type insertion struct {
	at   int
	text string
}

// Add returns the text of a catalog with more in its sections; those that it lacks come to its end. Name is its path,
// for messages. The error says what has to be done by hand first.
func Add(name string, text []byte, sections ...Section) ([]byte, error) {
	doc, err := Parse(name, text)
	if err != nil {
		return nil, fmt.Errorf("nothing can be added to %s: %w; correct that first, `errgen lint` shows where",
			diag.Visible(name), err)
	}
	var all []insertion
	for _, s := range sections {
		if len(s.Entries) == 0 {
			continue
		}
		one, err := insert(doc, s)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	mark := text[:len(text)-len(doc.Text)] // of the byte order, if there is one
	return slices.Concat(mark, merge(doc, all)), nil
}

// Parse reads a catalog of which only the layout counts. The error says why nothing can be added to it.
func Parse(name string, text []byte) (*document.Document, error) {
	doc, found := document.Parse(name, text, int64(len(text)), "errors", "retired", "categories", "groups",
		"operations")
	switch {
	case doc.Root != nil && doc.Root.Kind == document.Map:
		return doc, nil
	case len(found) > 0:
		return nil, errors.New(found[0].Message)
	}
	return nil, errors.New("it is no map")
}

// insert says where a section goes on, and with what.
func insert(doc *document.Document, s Section) (insertion, error) {
	key, section := doc.Root.KeyOf(s.Name), doc.Root.Get(s.Name)
	if key == nil {
		return insertion{len(doc.Text) + 1, "\n" + s.Name + ":\n" + s.print(2)}, nil
	}
	at := doc.Behind(key)
	if section.Kind == document.Null {
		return insertion{at, s.print(2)}, nil
	}
	if section.Len() == 0 || strings.IndexByte("{[", doc.Text[section.Offset()]) >= 0 {
		place := section.Place()
		return insertion{}, fmt.Errorf("%s:%d: nothing can be added to `%s`, which is written in brackets; "+
			"write it with one entry on each line", diag.Visible(doc.Name), place.Start.Line, s.Name)
	}
	indent := section.ValuePlace().Start.Column - 1
	text := s.print(indent)
	if s.Spaced {
		text = "\n" + text
	}
	return insertion{at, text}, nil
}

// merge makes the insertions, those at one place in their order, with the line breaks of the text.
func merge(doc *document.Document, all []insertion) []byte {
	text, breaks := doc.Text, doc.LineBreak()
	slices.SortStableFunc(all, func(a, b insertion) int { return cmp.Compare(a.at, b.at) })
	var b bytes.Buffer
	from := 0
	for _, one := range all {
		one.at = min(one.at, len(text))
		b.Write(text[from:one.at])
		if b.Len() > 0 && !bytes.HasSuffix(b.Bytes(), []byte("\n")) {
			b.WriteString(breaks)
		}
		b.WriteString(strings.ReplaceAll(one.text, "\n", breaks))
		from = one.at
	}
	b.Write(text[from:])
	return b.Bytes()
}

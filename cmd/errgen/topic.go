package main

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/render"
)

// topic is what explain lays out under a name that is no rule, target or code.
type topic struct {
	heading, name, about string
	write                func(w io.Writer, forMachine bool) error
}

const (
	onTheWire  = "How errors are sent and read:"
	forTargets = "For those who write targets:"
)

var topics = []topic{
	{onTheWire, "envelope", "the body of an error by example, with its placeholders", writeText(aboutEnvelope)},
	{onTheWire, "decoding", "what clients in all languages make of what comes", writeText(aboutDecoding)},
	{forTargets, "target.yaml", "the keys of a target's description", writeKeys},
	{forTargets, "templates", "what templates see, and the functions that print it", writeTemplates},
}

//go:embed topics/envelope.txt
var aboutEnvelope string

// aboutDecoding is the law that golden/vectors_test.go holds every client to.
//
//go:embed topics/decoding.txt
var aboutDecoding string

func topicNames() []string {
	var names []string
	for _, t := range topics {
		names = append(names, t.name)
	}
	return names
}

// findTopic returns the topic with a name, or nil.
func findTopic(name string) *topic {
	if i := slices.Index(topicNames(), name); i >= 0 {
		return &topics[i]
	}
	return nil
}

func writeText(text string) func(io.Writer, bool) error {
	return func(w io.Writer, forMachine bool) error {
		if forMachine {
			return diag.WriteJSON(w, answer{Version: 1, Text: text})
		}
		_, err := io.WriteString(w, text)
		return err
	}
}

func writeKeys(w io.Writer, forMachine bool) error {
	keys, err := render.Keys()
	if err != nil {
		return err
	}
	if forMachine {
		return diag.WriteJSON(w, answer{Version: 1, Keys: keys})
	}
	var b strings.Builder
	b.WriteString("target.yaml describes a target; it lies in a folder with the templates (*.tmpl).\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "\n%s\n  %s\n\n      %s\n", k.Path, wrap(k.Doc, "  "), k.Example)
	}
	_, err = io.WriteString(w, b.String())
	return err
}

const aboutTemplates = `Templates are those of Go's text/template, or of html/template with engine: html.
The template of a file sees Root; the template of usage sees Error.

What has the type Text, Markdown or JSON comes from the catalog. With engine: text only a
function prints it, escaped for its place; with engine: html Text and Markdown are printed
as they are, and escaped by the engine. What is absent is tested with {{if}} or {{with}}.
A "string literal" has its quotes and is escaped as target.yaml says.

Of the functions of Go's templates there are and, or, not, len, index, eq, ne, lt, le, gt
and ge. None that prints is there.
`

func writeTemplates(w io.Writer, forMachine bool) error {
	r, err := render.Templates()
	if err != nil {
		return err
	}
	if forMachine {
		return diag.WriteJSON(w, answer{Version: 1, Templates: r})
	}
	var b strings.Builder
	b.WriteString(aboutTemplates)
	for _, o := range r.Objects {
		fmt.Fprintf(&b, "\n%s: %s\n", o.Name, o.Doc)
		for _, f := range o.Fields {
			fmt.Fprintf(&b, "  %-17s%-18s%s\n", f.Name, f.Type, wrap(f.Doc, strings.Repeat(" ", 37)))
		}
	}
	writeFunctions(&b, "Functions with engine: text", r.Text)
	writeFunctions(&b, "Functions with engine: html", r.HTML)
	_, err = io.WriteString(w, b.String())
	return err
}

func writeFunctions(b *strings.Builder, heading string, functions []render.Function) {
	fmt.Fprintf(b, "\n%s:\n", heading)
	for _, f := range functions {
		fmt.Fprintf(b, "\n  %s\n    %s\n\n        %s\n", f.Name, wrap(f.Doc, "    "), f.Example)
	}
}

package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/sigsentry/errgen/generator/render"
)

// topic is what explain lays out under a name that is no rule, target or code.
type topic struct {
	heading, name, about string
	explain              func(*explainer) error
}

const (
	onTheWire  = "How errors are sent and read:"
	forTargets = "For those who write targets:"
)

var topics = []topic{
	{onTheWire, "envelope", "the body of an error by example, with its placeholders", show(aboutEnvelope)},
	{onTheWire, "decoding", "what clients in all languages make of what comes", show(aboutDecoding)},
	{forTargets, "target.yaml", "the keys of a target's description", (*explainer).explainKeys},
	{forTargets, "templates", "what templates see, and the functions that print it", (*explainer).explainTemplates},
}

//go:embed topics/envelope.txt
var aboutEnvelope string

// aboutDecoding is the law that golden/vectors_test.go holds every client to.
//
//go:embed topics/decoding.txt
var aboutDecoding string

func show(text string) func(*explainer) error {
	return func(e *explainer) error { return e.show(answer{Text: text}, text) }
}

func (e *explainer) explainKeys() error {
	keys, err := render.Keys()
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("target.yaml describes a target; it lies in a folder with the templates (*.tmpl).\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "\n%s\n  %s\n\n      %s\n", k.Path, wrap(k.Doc, "  "), k.Example)
	}
	return e.show(answer{Keys: keys}, b.String())
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

func (e *explainer) explainTemplates() error {
	r, err := render.Templates()
	if err != nil {
		return err
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
	return e.show(answer{Templates: r}, b.String())
}

func writeFunctions(b *strings.Builder, heading string, functions []render.Function) {
	fmt.Fprintf(b, "\n%s:\n", heading)
	for _, f := range functions {
		fmt.Fprintf(b, "\n  %s\n    %s\n\n        %s\n", f.Name, wrap(f.Doc, "    "), f.Example)
	}
}

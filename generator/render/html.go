package render

import (
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/prose"
)

// htmlLaw lets text of the catalog be printed as it is, since html/template escapes it for the place where it stands.
func (p *printer) htmlLaw() *law {
	return &law{
		funcs: map[string]any{
			// Prints Markdown as HTML; a number says the level of its highest heading, which is else 2.
			//	{{prose .Title}}
			"prose": p.proseHTML,
			// Prints an HTML comment: those that stand in templates are not printed.
			//	{{comment .Header}}
			"comment": commentHTML,
			// Prints a style sheet or a script that lies in the target's folder.
			//	<style>{{asset "page.css"}}</style>
			"asset": p.asset,
			// Gives a value as JSON on one line.
			//	{{range .Errors}}{{with .Schema}}{{json .}}{{end}}{{end}}
			"json": p.json,
			// Gives a value as JSON on as many lines as it needs; all but the first begin with the indent.
			//	{{range .Errors}}{{pretty .Schema "  "}}{{end}}
			"pretty": p.pretty,
			// Gives a body as JSON, with a line for each member of the envelope at least.
			//	{{body .Envelope.Sample}}
			"body": p.body(prettyWidth),
			// Gives a body of an error: an example, or one that is made up.
			//	{{range .Errors}}{{body (sample .)}}{{end}}
			"sample": p.sample,
			// Gives the short notation of details, such as { issues: [{ path, message }] }.
			//	{{range .Errors}}{{with .Details}}{{shape .}}{{end}}{{end}}
			"shape": shapeOf,
			// Gives the rows of a table of details: each property, those of objects in it right behind it.
			//	{{range .Errors}}{{with .Details}}{{range fields .}}{{.Path}}{{end}}{{end}}{{end}}
			"fields": detailFields,
			// Makes an object of keys and values, to give a template more than one thing.
			//	{{with dict "code" .Sample.Code "level" 2}}{{.code}}{{end}}
			"dict": dict,
			// Gives the value of an option that target.yaml declares.
			//	{{option "name"}}
			"option": p.option,
		},
		print: printHTML, converts: true, // html/template would print any value, even the address of an object
		forbidden: "{function} is not needed: an HTML template prints text as it is, and escapes it by itself",
		unsafe:    "srcdoc", // html/template does not know that it holds a document
	}
}

func printHTML(v any) (any, error) {
	switch v := v.(type) {
	case template.HTML, template.CSS, template.JS:
		return v, nil
	case Text, Prose:
		s, err := partText(v)
		return prose.Clean(s), err
	}
	printed, err := printText(v)
	if err != nil {
		return nil, errors.New("an object cannot be printed as it is; print one of its fields")
	}
	if s := reflect.ValueOf(printed); s.Kind() == reflect.String {
		return prose.Clean(s.String()), nil
	}
	return printed, nil
}

// proseHTML prints Markdown; the level is that of its highest heading.
func (p *printer) proseHTML(t Prose, level ...int) template.HTML {
	if t == nil {
		return ""
	}
	top := 2
	if len(level) > 0 {
		top = level[0]
	}
	return template.HTML(t().HTML(p.anchor, top))
}

// commentHTML prints a comment. Those that stand in templates are not printed by html/template.
func commentHTML(text string) template.HTML {
	return template.HTML("<!-- " + commentEnd.Replace(text) + " -->")
}

var commentEnd = strings.NewReplacer("-->", "--&gt;", "--!>", "--!&gt;")

// asset returns a style sheet or a script that lies in the target's folder, as it is.
func (p *printer) asset(name string) (any, error) {
	text, err := fs.ReadFile(p.t.folder, name)
	if err != nil {
		return nil, err
	}
	switch {
	case strings.Contains(string(text), "</"):
		return nil, fmt.Errorf("%s holds </, which could end its element", name)
	case strings.Contains(string(text), "\r"):
		return nil, fmt.Errorf("%s has carriage returns; save it with line feeds", name)
	}
	switch path.Ext(name) {
	case ".css":
		return template.CSS(text), nil
	case ".js":
		return template.JS(text), nil
	}
	return nil, fmt.Errorf("%s is no style sheet and no script", name)
}

// pretty returns a value as JSON on as many lines as it needs; all but the first begin with the indent. It is empty if
// there is no value.
func (p *printer) pretty(v Value, indent string) string {
	if v == nil {
		return ""
	}
	var b strings.Builder
	p.t.strings.prettyJSON(&b, v(), indent, 0, prettyWidth)
	return b.String()
}

// A line of JSON is not longer than this, if its value can be broken.
const prettyWidth = 60

// fieldView is a property, or what a list or a map of it holds.
type fieldView struct {
	Path  Text       // The way to it from the details, such as issues[].path.
	Field *placeView // The place.
}

// detailFields returns the properties of a details object, those of objects in it right behind them.
func detailFields(details *placeView) ([]fieldView, error) {
	if details == nil {
		return nil, errAbsent
	}
	return appendFields(nil, details, "", nil), nil
}

// A table with more rows than this does not go into further objects: types that use each other can stand for any number
// of rows.
const manyFields = 100

// appendFields leaves out the fields of a type that it is inside of already: they are in the table.
func appendFields(rows []fieldView, p *placeView, path string, inside []*typeView) []fieldView {
	switch {
	case p.Kind == catalog.Map:
		return appendFields(rows, p.Item, path+".*", inside)
	case p.Kind == catalog.Array:
		return appendFields(rows, p.Item, path+"[]", inside)
	case p.Kind != catalog.Object || slices.Contains(inside, p.Ref):
		return rows
	case len(rows) > manyFields:
		return append(rows, fieldView{Path: text(path + ".…"), Field: &placeView{Required: true}})
	}
	for _, f := range p.Ref.Fields {
		name := strings.TrimPrefix(path+"."+f.Wire(), ".")
		rows = append(rows, fieldView{Path: text(name), Field: f})
		rows = appendFields(rows, f, name, append(inside, p.Ref))
	}
	return rows
}

package render

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

const htmlDefinition = "engine: html\n" + plainDefinition

// Text is printed as it is and escaped for its place: in text, in an attribute, in an address, in a script.
func TestHTMLEscapesByPlace(t *testing.T) {
	for template, want := range map[string]string{
		`{{.Title}}`:                                 `Errors */ &#34;of&#34; the API`,
		`<p title="{{.Title}}">`:                     `<p title="Errors */ &#34;of&#34; the API">`,
		`<a href="{{.Title}}">`:                      `<a href="Errors%20*/%20%22of%22%20the%20API">`,
		`<script>x = {{.Title}}</script>`:            `<script>x = "Errors */ \"of\" the API"</script>`,
		`{{range .Errors}}{{prose .Meaning}}{{end}}`: `There is no <code>thing</code>`,
		`{{range .Errors}}{{.Meaning}}{{end}}`:       `There is no thing`,
		`{{range .Errors}}{{.Schema | json}}{{end}}`: `{&#34;type&#34;: &#34;object&#34;, &#34;required&#34;: [&#34;id&#34;], &#34;properties&#34;: {&#34;id&#34;: {&#34;type&#34;: &#34;string&#34;, &#34;default&#34;: &#34;x&#34;, &#34;description&#34;: &#34;which&#34;}, &#34;tags&#34;: {&#34;type&#34;: &#34;array&#34;, &#34;items&#34;: {&#34;type&#34;: &#34;string&#34;}}}}`,
		`{{range .Errors}}{{range fields .Details}}{{.Path}}{{if .Field.Required}}!{{end}} {{end}}{{end}}`: `id! tags `,
		`{{range .Errors}}{{range .Examples}}{{pretty .Details "  "}}{{pretty nil ""}}{{end}}{{end}}`:      `{&#34;id&#34;: &#34;a&#34;}`,
		`{{range .Errors}}{{shape .Details}} {{.Status}} {{.Retryable}}{{end}}`:                            `{ id, tags?: [] } 404 false`,
		`{{comment "a --> b"}}`:                             `<!-- a --&gt; b -->`,
		`x{{with .Intro}}{{.}}{{end}}`:                      `x`,
		`{{template "x" .}}{{define "x"}}{{.Title}}{{end}}`: `Errors */ &#34;of&#34; the API`,
		`{{option "mood"}}`:                                 `good`,
	} {
		if got, err := render(t, htmlDefinition, template); err != nil || got != want {
			t.Errorf("%s printed %s (%v), expected %s", template, got, err, want)
		}
	}
}

// What is no text is not printed: html/template would print addresses, others in each run.
func TestHTMLPrintsOnlyText(t *testing.T) {
	for _, template := range []string{
		`{{.Sample}}`, `{{.Errors}}`, `{{range .Errors}}{{.Category}}{{end}}`, `{{with .Sample}}{{.}}{{end}}`,
		`{{if true}}{{.Errors}}{{end}}`,
		`{{range .Sections}}{{else}}{{.Errors}}{{end}}`, `{{template "x" .Sample}}{{define "x"}}{{.}}{{end}}`,
		`<p title="{{.Errors}}">`, `<script>x = {{.Errors}}</script>`,
		`{{range .Errors}}{{.Schema}}{{end}}`, `{{print .Title}}`, `{{printf "%v" .Title}}`, `{{println .Title}}`,
		`{{html .Title}}`, `{{js .Title}}`, `{{urlquery .Title}}`, `{{call .Title}}`,
		`{{string .Title}}`, `{{if nothing}}{{end}}`, `{{template "x" (nothing)}}{{define "x"}}{{end}}`,
	} {
		if out, err := render(t, htmlDefinition, template); err == nil {
			t.Errorf("%s printed %q", template, out)
		} else if !strings.Contains(err.Error(), "file:2") {
			t.Errorf("%s: the place is missing: %v", template, err)
		}
	}
}

func TestHTMLMistakesAreNamed(t *testing.T) {
	for template, words := range map[string]string{
		`{{.Sample}}`:                                  "an object cannot be printed as it is",
		`{{nothing .Title}}`:                           "there is no function nothing; there are asset, body, comment, dict",
		`{{html .Title}}`:                              "html is not needed",
		`<iframe SrcDoc="{{.Title}}">`:                 "in srcdoc text would be markup",
		`{{define "a"}}1{{end}}{{define "a"}}2{{end}}`: "multiple definition",
		`{{.Nonsense}}`:                                "Nonsense",
	} {
		if _, err := render(t, htmlDefinition, template); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s gave %v, expected words like %q", template, err, words)
		}
	}
}

func TestHTMLAssets(t *testing.T) {
	for template, want := range map[string]string{
		`<style>{{asset "a.css"}}</style>`:       `<style>p > a { color: red }</style>`,
		`<script>{{asset "a.js"}}</script>`:      `<script>if (1 < 2 && "x") y();</script>`,
		`<script>{{asset "end.js"}}</script>`:    "could end its element",
		`<script>{{asset "crlf.js"}}</script>`:   "crlf.js has carriage returns",
		`<script>{{asset "absent.js"}}</script>`: "absent.js",
		`<p>{{asset "file.tmpl"}}`:               "no style sheet and no script",
		`<p>{{asset "../small/a.js"}}`:           "invalid",
	} {
		target, found, err := Load(fstest.MapFS{
			"small/target.yaml": {Data: []byte(htmlDefinition)},
			"small/file.tmpl":   {Data: []byte("{{.Header}}\n" + template + "\n")},
			"small/a.css":       {Data: []byte("p > a { color: red }")}, "small/a.js": {Data: []byte(`if (1 < 2 && "x") y();`)},
			"small/end.js": {Data: []byte(`x = "</script>"`)}, "small/crlf.js": {Data: []byte("x\r\n")},
		}, "small", "small", false)
		if err != nil || len(found) > 0 {
			t.Fatal(err, found)
		}
		if got, err := renderWith(t, target); got != want && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s printed %s (%v), expected %s", template, got, err, want)
		}
	}
}

// A list of types that use each other twice is cut: its rows would double with each of them.
func TestManyFieldsAreCut(t *testing.T) {
	var b strings.Builder
	b.WriteString("version: 1\ninfo: {title: Errors}\ncategories: {all: {title: All}}\nerrors:\n  A: {status: 400, " +
		"category: all, meaning: a, details: {$ref: '#/types/T0'}}\ntypes:\n")
	for i := range 20 {
		fmt.Fprintf(&b, "  T%d: {type: object, properties: {a: {$ref: '#/types/T%d'}, b: {$ref: '#/types/T%d'}}}\n", i, i+1,
			i+1)
	}
	b.WriteString("  T20: {type: string}\n")
	c, found := catalog.Load("errors.yaml", []byte(b.String()), document.DefaultMaxSize)
	if c == nil {
		t.Fatal(found)
	}
	target, err := loadSmall(t, htmlDefinition, "")
	if err != nil {
		t.Fatal(err)
	}
	shapes := shape.Of(c)
	names, _ := target.allNames(c, shapes)
	view := target.view(&Source{Catalog: c, Shapes: shapes, Header: header}, names)
	rows, err := detailFields(view.Errors[0].Details)
	if n := len(rows); err != nil || n < manyFields || n > 2*manyFields {
		t.Errorf("%d rows, %v", n, err)
	}
}

// Headings have the anchors that the docs page has too, unless something else has them.
func TestHTMLAnchors(t *testing.T) {
	c, found := catalog.Load("errors.yaml", []byte(`
version: 1
info: {title: Errors, codeStyle: lower_snake}
categories: {a: {title: "Orders & *more*"}, b: {title: Gone}}
errors:
  gone: {status: 410, category: a, meaning: a}
  late: {status: 408, category: b, meaning: b}
sections: [{title: Orders  more, body: x}, {title: Retries, body: x}]
`), document.DefaultMaxSize)
	if c == nil {
		t.Fatal(found)
	}
	target, err := loadSmall(t, htmlDefinition,
		"{{.Header}}\n{{range .Categories}}[{{.Anchor}}]{{end}}{{range .Sections}}[{{.Anchor}}]{{end}}\n")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	prepared, collisions := target.Prepare(&Source{Catalog: c, Shapes: shape.Of(c), Header: header})
	if err := prepared.Render(nil, nil, func(string) io.Writer { return &out }); err != nil || len(collisions) > 0 {
		t.Fatal(err, collisions)
	}
	if want := header + "\n[orders--more][][][retries]\n"; out.String() != want {
		t.Errorf("got %s, want %s", out.String(), want)
	}
}

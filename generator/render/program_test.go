package render

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"text/template"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

// oracle runs templates with text/template itself.
func oracle(folder fs.FS, p *printer, name string, data any) (string, error) {
	root := template.New("").Funcs(p.funcs()).Option("missingkey=error")
	paths, err := fs.Glob(folder, "*"+templateSuffix)
	if err != nil {
		return "", err
	}
	for _, file := range paths {
		text, err := fs.ReadFile(folder, file)
		if err != nil {
			return "", err
		}
		if _, err := root.New(strings.TrimSuffix(path.Base(file), templateSuffix)).Parse(string(text)); err != nil {
			return "", err
		}
	}
	var out bytes.Buffer
	err = root.ExecuteTemplate(&out, name, data)
	return out.String(), err
}

func ours(folder fs.FS, p *printer, name string, data any) (string, error) {
	program, err := (&Target{folder: folder}).compile(p)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = program.execute(&out, name, data)
	return out.String(), err
}

func TestTargetsMeanWhatTextTemplateSays(t *testing.T) {
	catalogs, err := filepath.Glob("../../golden/*/errors.yaml")
	if err != nil || len(catalogs) < 10 {
		t.Fatalf("found %d catalogs: %v", len(catalogs), err)
	}
	files := 0
	for _, pattern := range []string{"../../templates/*/target.yaml", "../../golden/own-target/templates/*/target.yaml"} {
		definitions, err := filepath.Glob(pattern)
		if err != nil || len(definitions) == 0 {
			t.Fatalf("found nothing for %s: %v", pattern, err)
		}
		for _, definition := range definitions {
			dir := filepath.Dir(definition)
			target, found, err := Load(os.DirFS(filepath.Dir(dir)), filepath.Base(dir), filepath.Base(dir), false)
			if err != nil || len(found) > 0 {
				t.Fatal(err, found)
			}
			if target.html {
				continue // is run by html/template itself
			}
			for _, path := range catalogs {
				files += compareFiles(t, target, path)
			}
		}
	}
	if files < 50 {
		t.Errorf("compared only %d files", files)
	}
}

func compareFiles(t *testing.T, target *Target, path string) (files int) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := catalog.Load(path, text, document.DefaultMaxSize)
	if c == nil {
		return 0
	}
	shapes := shape.Of(c)
	names, found := target.allNames(c, shapes)
	if found.HasErrors() {
		return 0
	}
	view, p := target.view(&Source{Catalog: c, Shapes: shapes, Header: header}, names), newPrinter(target, c)
	for _, f := range target.files {
		if p.options, err = target.Settings(nil, "out"); err != nil {
			t.Fatal(err)
		}
		for option, value := range f.set {
			p.options[option] = value
		}
		want, wantErr := oracle(target.folder, p, f.template, view)
		got, err := ours(target.folder, p, f.template, view)
		if err != nil || wantErr != nil || got != want {
			t.Errorf("%s of %s: %v, %v, the same: %t", f.name, path, err, wantErr, got == want)
		}
		files++
	}
	return files
}

type specimen struct {
	Name         string
	Kind         catalog.Kind
	N, Zero      int
	Yes, No      bool
	List, Empty  []string
	Lists        [][]int
	Items        []*specimen
	Objects      []inner
	Map          map[string]string
	Flags        map[string]bool
	Any          map[string]any
	Anys         []any
	Next, Absent *specimen
	Text, NoText Text
	Prose        Prose
	Shape        *placeView
	Function     func() string
	hidden       string
	inner
	*deeper
}

type inner struct{ Promoted string }

type deeper struct{ Unreachable string }

func newSpecimen() *specimen {
	leaf := &specimen{Name: "leaf", N: 2, Map: map[string]string{}, Next: &specimen{Name: "end"}}
	return &specimen{
		Name: "root", Kind: catalog.Object, N: 7, Yes: true, List: []string{"a", "b", "c"}, Empty: []string{}, Lists: [][]int{{1, 2}, {}, {3}},
		Items: []*specimen{leaf, nil, {Name: "other"}}, Objects: []inner{{"x"}, {"y"}}, Map: map[string]string{"b": "B", "a": "A", "é": "E", "": "none"},
		Flags: map[string]bool{"on": true, "off": false}, Any: map[string]any{"s": "S", "n": 3, "nil": nil, "list": []string{"p", "q"}, "leaf": leaf, "t": text("any")},
		Anys: []any{"s", 1, true, nil, leaf}, Next: leaf, Text: text(`say "hi"`), hidden: "hidden", inner: inner{"promoted"}, Function: func() string { return "f" },
	}
}

// same lists templates that print the same, or fail, both with text/template and here.
var same = []string{
	``, `text`, `{{/* comment */}}x`, "a {{- /* c */ -}} b", "a\n  {{- .Name -}}  \n b", "{{- 3 -}}\n{{3}}", `{{"a\n\"b\""}}{{` + "`raw`" + `}}`, `{{0x1F}} {{-3}} {{+3}} {{1_000}} {{0b11}} {{017}}`,
	`{{.Name}} {{.Kind}} {{.N}} {{.Yes}} {{.No}} {{.Promoted}} {{true}}`, `{{.Next.Next.Name}}`, `{{$.Next.Name}}`, `{{(.Next).Name}}`, `{{(index .Items 0).Next.Name}}`, `{{(.Next.Next).Name}}`,
	`{{.Nonsense}}`, `{{.Absent.Name}}`, `{{.hidden}}`, `{{.Name.X}}`, `{{.List.X}}`, `{{.Unreachable}}`, `{{.deeper.Unreachable}}`, `{{.inner}}`, `{{.Map.a}}`, `{{.Map.missing}}`, `{{.Any.leaf.Name}}`, `{{.Any.s}}{{.Any.n}}`,
	`{{.Any.nil.x}}`, `{{.Text}}`, `{{.NoText}}`, `{{.Prose}}`, `{{.Function}}`, `{{.Any.t}}`, `{{string .Any.t}}`, `{{nil}}`, `{{. nil}}`,
	`{{if .Yes}}y{{end}}`, `{{if .No}}y{{else}}n{{end}}`, `{{if .Zero}}0{{else if .No}}1{{else if .N}}2{{else}}3{{end}}`, `{{if .Absent}}y{{else}}n{{end}}`, `{{if .Empty}}y{{else}}n{{end}}`,
	`{{if .NoText}}y{{else}}n{{end}}{{if .Text}}y{{end}}`, `{{if .Any.nil}}y{{else}}n{{end}}`, `{{if nil}}x{{end}}`, `{{if .Objects}}y{{end}}{{if index .Objects 0}}y{{end}}`, `{{if .Map}}m{{end}}{{if ""}}x{{end}}{{if "x"}}y{{end}}`,
	`{{with .Next}}{{.Name}}{{$.Name}}{{end}}`, `{{with .Absent}}x{{else}}{{.Name}}{{end}}`, `{{with .Absent}}x{{else with .Next}}{{.Name}}{{else}}n{{end}}`, `{{with $x := .Next}}{{$x.Name}}{{.Name}}{{end}}`,
	`{{with .Any.leaf}}{{.Name}}{{end}}`, `{{with .Absent}}x{{else if .Yes}}y{{end}}`,
	`{{range .List}}<{{.}}>{{end}}`, `{{range .Empty}}x{{else}}none{{end}}`, `{{range $i, $e := .List}}{{$i}}{{$e}}{{end}}`, `{{range $e := .List}}{{$e}}{{.}}{{end}}`, `{{range .Map}}{{.}}{{end}}`, `{{range $k, $v := .Map}}{{$k}}={{$v}},{{end}}`,
	`{{range $k, $v := .Flags}}{{$k}}={{$v}},{{end}}`, `{{range .Any.list}}{{.}}{{end}}`, `{{range .Any.nil}}x{{else}}none{{end}}`, `{{range .Absent}}x{{end}}`, `{{range .Next}}x{{end}}`, `{{range .Text}}x{{end}}`, `{{range .Yes}}x{{end}}`,
	`{{range .Anys}}{{if .}}1{{else}}0{{end}}{{end}}`, `{{range .Lists}}[{{range .}}{{.}},{{else}}-{{end}}]{{end}}`, `{{range .Items}}{{.Name}}{{end}}`, `{{range .Items}}{{with .}}{{.Name}}{{end}}{{end}}`, `{{range .Objects}}{{.Promoted}}{{end}}`,
	`{{range $i, $e := .Empty}}x{{else}}{{len $e}}{{end}}`, `{{$e := "x"}}{{range $e = .List}}{{$e}}{{end}}{{$e}}`, `{{$i := 0}}{{$e := ""}}{{range $i, $e = .List}}{{$i}}{{$e}}{{end}}{{$i}}{{$e}}`, `{{range $i, $i := .List}}{{$i}}{{end}}`,
	`{{range .List}}{{.}}{{break}}x{{end}}`, `{{range .List}}{{if eq . "b"}}{{continue}}{{end}}{{.}}{{end}}`, `{{range .List}}{{if eq . "b"}}{{break}}{{end}}{{.}}{{else}}x{{end}}`, `{{range .List}}{{range $.List}}{{break}}{{end}}{{.}}{{end}}`,
	`{{range .List}}{{range $.Empty}}{{else}}{{break}}{{end}}{{.}}{{end}}`, `{{range .List}}{{range $.Empty}}{{else}}{{continue}}{{end}}{{.}}{{end}}`, `{{range .List}}{{with .}}{{continue}}{{end}}x{{end}}`, `{{break}}`,
	`{{$x := 1}}{{$x}}{{$x = 2}}{{$x}}`, `{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}`, `{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}`, `{{$x := 1}}{{$x := 2}}{{$x = 3}}{{$x}}`, `{{$x := 1}}{{range .List}}{{$x = .}}{{end}}{{$x}}`,
	`{{$x := 1}}{{with $x := 2}}{{$x}}{{$x = 3}}{{$x}}{{end}}{{$x}}`, `{{if $x := .N}}{{$x}}{{else}}{{$x}}{{end}}`, `{{$x}}`, `{{$x := 1}}{{define "d"}}{{$x}}{{end}}`, `{{range .List}}{{$y := .}}{{$y}}{{end}}{{$y}}`, `{{$x := .Next}}{{$x.Next.Name}}`,
	`{{$x := 1}}{{if true}}{{$x := 2}}{{else}}{{$x}}{{end}}`, `{{$x := 1}}{{if false}}{{$x := 2}}{{else}}{{$x}}{{end}}`, `{{$x = 1}}`, `{{$ := 1}}{{$}}`, `{{$x, $y := 1}}`,
	`{{define "d"}}[{{.}}]{{end}}{{template "d" .Name}}{{template "d" 3}}`, `{{define "d"}}{{$}}{{end}}{{template "d" "x"}}`, `{{define "d"}}x{{end}}{{template "d"}}`, `{{define "d"}}{{.Name}}{{end}}{{template "d"}}`, `{{template "missing"}}`,
	`{{block "b" .Next}}{{.Name}}{{end}}`, `{{define "d"}}{{with .Next}}{{template "d" .}}{{end}}{{.Name}},{{end}}{{template "d" .}}`, `{{define "d"}}{{$x := 1}}{{if .}}{{template "d" false}}{{end}}{{$x}}{{end}}{{$x := 5}}{{template "d" true}}{{$x}}`,
	`{{define "d"}}{{range .}}{{break}}{{end}}x{{end}}{{range .List}}{{template "d" $.List}}{{end}}`, `{{template "d" $y := 3}}{{$y}}{{define "d"}}{{.}}{{end}}`, `{{template "d" nil}}{{define "d"}}x{{end}}`, `{{define "d"}}{{end}}{{define "d"}}2{{end}}{{template "d"}}`,
	`{{and true 1}} {{and 0 1}} {{or 0 "x"}} {{or 1 2}} {{or 0 ""}}`, `{{and}}`, `{{or}}`, `{{if and .Absent .Absent.Name}}x{{end}}`, `{{if and .Next .Next.Name}}y{{end}}`, `{{if or .Absent .Next}}y{{end}}`, `{{or .Yes .Absent.Name}}`, `{{1 | and 2}}`, `{{.Absent.Name | and 0}}`,
	`{{or .Any.nil "d"}}`, `{{not .Yes}} {{not 0}} {{not .Absent}} {{not .Any.nil}}`, `{{not}}`, `{{not 1 2}}`, `{{true | not | not}}`, `{{not nil}}`,
	`{{eq 1 1}} {{eq 1 2}} {{eq .Name "root"}} {{eq .Kind "object"}} {{eq .Name "x" "root"}} {{eq true .Yes}}`, `{{eq 1}}`, `{{eq}}`, `{{eq 1 "1"}}`, `{{eq .Next .Next}} {{eq .Next .Absent}} {{eq .Absent .Absent}}`, `{{eq .Absent nil}} {{eq .Next nil}} {{eq nil nil}}`,
	`{{eq .List .List}}`, `{{eq .Empty nil}}`, `{{eq .Text .Text}}`, `{{eq .NoText nil}}{{eq .Text .NoText}}`, `{{eq .Any.n 3}} {{eq .Any.nil nil}} {{eq .Any.nil 1}}`, `{{eq 1 1 "x"}}`, `{{eq 1 2 "x"}}`, `{{eq (index .Objects 0) (index .Objects 0)}}`, `{{eq .Next 1}}`,
	`{{ne 1 2}} {{ne "a" "a"}}`, `{{ne 1}}`, `{{ne 1 2 3}}`, `{{lt 1 2}} {{le 2 2}} {{gt 1 2}} {{ge 2 2}} {{lt "a" "b"}} {{ge "a" "b"}}`, `{{lt 1 "a"}}`, `{{lt true false}}`, `{{lt .Absent 1}}`, `{{lt nil 1}}`, `{{lt 1}}`, `{{gt (len .List) 2}}`,
	`{{len .List}} {{len .Name}} {{len .Map}} {{len .Empty}} {{len .Kind}}`, `{{len 3}}`, `{{len nil}}`, `{{len .Absent}}`, `{{len}}`, `{{len .Any.list}}`, `{{.List | len}}`,
	`{{index .List 0}} {{index .List 2}}`, `{{index .List 3}}`, `{{index .List -1}}`, `{{index .List "a"}}`, `{{index .Map "a"}}|{{index .Map "missing"}}|`, `{{index .Flags "x"}}`, `{{index .Map 1}}`, `{{index .Map nil}}`, `{{index .Map .Kind}}`, `{{index .Lists 0 1}}`,
	`{{index .Lists 0 5}}`, `{{index nil 0}}`, `{{index .Absent 0}}`, `{{index .N 0}}`, `{{index .Any "leaf" | len}}`, `{{(index .Any "leaf").Name}}`, `{{with index .Any "missing"}}x{{else}}n{{end}}`, `{{index .Anys 0}}{{index .Anys 1}}`, `{{0 | index .List}}`, `{{index}}`,
	`{{with dict "a" 1 "b" .Name}}{{.a}}{{.b}}{{end}}`, `{{(dict "x" .Next).x.Name}}`, `{{dict "a"}}`, `{{dict 1 2}}`, `{{with dict "n" nil}}{{with .n}}x{{else}}n{{end}}{{end}}`, `{{range $k, $v := dict "b" 1 "a" 2}}{{$k}}{{$v}}{{end}}`,
	`{{string .Text}} {{escaped .Text}} {{json .Text}} {{string "a" 1 .Text}} {{string}}`, `{{string .NoText}}`, `{{json nil}}`, `{{json .N}}{{json .Yes}}`, `{{json}}`, `{{json 1 2}}`, `{{comment "// " .Text}}`, `{{comment 1 .Text}}`, `{{comment}}`, `{{comment .Kind "x"}}`, `{{comment nil "x"}}`,
	`{{.Text | string}}`, `{{"a" | string .Text}}`, `{{.Text | comment "//"}}`, `{{"x" | comment}}`, `{{code .Text}}{{codeCell .Text}}{{page .Text}}{{cell .Text}}`, `{{plain .Prose}}`, `{{plain nil}}`, `{{plain .Text}}`, `{{plain 1}}`, `{{markdown .Any.nil}}`, `{{shape .Shape}}`, `{{shape nil}}`, `{{shape .Next}}`,
	`{{option "none"}}`, `{{option .Kind}}`, `{{option 1}}`, `{{option}}`, `{{print 1}}`, `{{printf "%d" 1}}`, `{{html "x"}}`, `{{js "x"}}`, `{{urlquery "x"}}`, `{{call .Function}}`, `{{println}}`, `{{nonsense 1}}`, `{{.Name 1}}`, `{{1 2}}`, `{{"x" | .Name}}`, `{{"x" | 3}}`, `{{$x := 1}}{{$x 1}}`,
	`{{(1)}} {{((eq 1 1))}}`, `{{not (eq 1 (len .Empty))}}`, `{{(eq 1 1) 2}}`, `{{if}}`, `{{end}}`, `{{.Name`, `{{else}}`, `{{range .List}}`, `{{if eq (index .List 0) "a" | not}}x{{else}}y{{end}}`, `{{len (index .Lists 0) | eq 2 | not}}`,
}

// refusals are what text/template can do and errgen's templates cannot, each with the words of the refusal.
var refusals = map[string]string{
	`{{.Next}}`:             "cannot be printed", // what an object looks like is no output
	`{{.List}}`:             "cannot be printed",
	`{{.Map}}`:              "cannot be printed",
	`{{index .Any "x"}}`:    "cannot be printed", // text/template prints <no value>
	`{{1.5}}`:               "no whole number",
	`{{1e3}}`:               "no whole number",
	`{{'a'}}`:               "no whole number",
	`{{1i}}`:                "no whole number",
	`{{range 3}}x{{end}}`:   "range cannot go over a number", // no end is near enough for all numbers
	`{{slice .List 1}}`:     "no function slice",             // nothing needs it
	`{{index .Name 0}}`:     "no index of",                   // a byte is no text
	`{{index .Name}}`:       "it takes at least 2",
	`{{len (slice .Name)}}`: "no function slice",
	`{{if false}}{{template "missing"}}{{end}}`:   "no template \"missing\"", // found before anything runs
	`{{if false}}{{not}}{{end}}`:                  "it takes 1",
	`{{if false}}{{.Name 1}}{{end}}`:              "no function",
	`{{if true}}{{$x := 2}}{{else}}{{$x}}{{end}}`: "no variable $x",
	`{{and false ($x := 1)}}`:                     "in parentheses", // whether there is a variable depends on what ran
	`{{plain .Kind.String}}`:                      "has no field",
}

func specimenFolder(template string) fs.FS {
	return fstest.MapFS{"file.tmpl": {Data: []byte(template)}}
}

func specimenPrinter() *printer {
	return &printer{t: &Target{strings: stringStyle{Unicode: `\u%04x`}}, anchor: func(string) string { return "" }}
}

func TestConstructsMeanWhatTextTemplateSays(t *testing.T) {
	p, data := specimenPrinter(), newSpecimen()
	for _, template := range same {
		got, err := ours(specimenFolder(template), p, "file", data)
		want, wantErr := oracle(specimenFolder(template), p, "file", data)
		if (err != nil) != (wantErr != nil) || err == nil && got != want {
			t.Errorf("%s\n\tprints %q (%v)\n\texpected %q (%v)", template, got, err, want, wantErr)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "template: file:1") {
			t.Errorf("%s: %v does not say where", template, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for template, words := range refusals {
		if got, err := ours(specimenFolder(template), specimenPrinter(), "file", newSpecimen()); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s prints %q (%v), expected words like %q", template, got, err, words)
		}
	}
}

func TestErrorsOfTemplatesSayWhatToDo(t *testing.T) {
	for template, want := range map[string]string{
		"\n {{.Nam}}":           `template: file:2:3: at <.Nam>: there is no field Nam; did you mean "Name"?`,
		`{{strin .Text}}`:       `template: file:1:2: at <strin>: there is no function strin; did you mean "string"?`,
		`{{template "fil"}}`:    `template: file:1:11: at <{{template "fil"}}>: there is no template "fil"; did you mean "file"?`,
		`{{.Text}}`:             `template: file:1:2: at <.Text>: text of the catalog cannot be printed as it is; use string, comment, json, page, cell or code`,
		`{{plain .Prose}}`:      `template: file:1:2: at <plain>: the argument is absent here; ask with {{with}} or {{if}} first`,
		`{{template "file" .}}`: `template: file:1:11: at <{{template "file" .}}>: templates call each other more than 1000 deep`,
		`{{.Absent.Name}}`:      `template: file:1:9: at <.Absent.Name>: an absent value has no field Name`,
		`{{not 1 2}}`:           `template: file:1:2: at <not>: not is given 2 arguments; it takes 1`,
	} {
		if _, err := ours(specimenFolder(template), specimenPrinter(), "file", newSpecimen()); fmt.Sprint(err) != want {
			t.Errorf("%s: %v\n\texpected %s", template, err, want)
		}
	}
}

// What is printed is what text/template prints; what fails there fails here.
func FuzzProgram(f *testing.F) {
	for _, template := range same {
		f.Add(template)
	}
	for template := range refusals {
		f.Add(template)
	}
	p, data := specimenPrinter(), newSpecimen()
	f.Fuzz(func(t *testing.T, template string) {
		got, err := ours(specimenFolder(template), p, "file", data)
		if err != nil && (isRefusal(err) || strings.Contains(template, "range")) {
			return // text/template could go on for long
		}
		want, wantErr := oracle(specimenFolder(template), p, "file", data)
		if (err != nil) != (wantErr != nil) || err == nil && got != want {
			t.Errorf("prints %q (%v)\n\texpected %q (%v)", got, err, want, wantErr)
		}
	})
}

func isRefusal(err error) bool {
	for _, words := range refusals {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	for _, words := range []string{"templates call each other", "multiple definition", "it takes ", "no field ", "no function ", "no template ", "no variable "} {
		if strings.Contains(err.Error(), words) {
			return true
		}
	}
	return false
}

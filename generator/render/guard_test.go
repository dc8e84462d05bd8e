package render

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"text/template"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// unguarded runs a template with text/template alone.
func unguarded(text string, data any) (string, error) {
	funcs := template.FuncMap(specimenPrinter().textLaw().funcs)
	for _, name := range printing {
		funcs[name] = func(...any) (string, error) { return "", errors.New("refused") }
	}
	parsed, err := template.New("file").Funcs(funcs).Option("missingkey=error").Parse(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = parsed.Execute(&out, data)
	return out.String(), err
}

// guarded runs it as targets are run, with either engine.
func guarded(html bool, text string, data any) (string, error) {
	p := specimenPrinter()
	p.t.html, p.t.folder = html, fstest.MapFS{"file.tmpl": {Data: []byte(text)}}
	trees, err := p.t.parse()
	if err != nil {
		return "", err
	}
	templates, err := p.t.start(p, trees, specimenFields())
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = templates.execute("file", data, &out)
	return out.String(), err
}

// specimenFields returns the fields of the view and those of a specimen.
var specimenFields = sync.OnceValue(func() map[string]reflect.Type {
	return fieldsOf(reflect.TypeFor[rootView](), reflect.TypeFor[fieldView](), reflect.TypeFor[specimen]())
})

func specimenPrinter() *printer {
	return &printer{t: &Target{strings: stringStyle{Unicode: `\u%04x`}}, anchor: func(string) string { return "" },
		steps: 1 << 20}
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
		Name: "root", Kind: catalog.Object, N: 7, Yes: true, List: []string{"a", "b", "c"}, Empty: []string{},
		Lists: [][]int{{1, 2}, {}, {3}}, Items: []*specimen{leaf, nil, {Name: "other"}}, Objects: []inner{{"x"}, {"y"}},
		Map: map[string]string{"b": "B", "a": "A", "é": "E", "": "none"}, Flags: map[string]bool{"on": true, "off": false},
		Any: map[string]any{
			"s": "S", "n": 3, "nil": nil, "list": []string{"p", "q"}, "leaf": leaf, "t": text("any"), "o": &errorView{},
		},
		Anys: []any{"s", 1, true, nil, leaf}, Next: leaf, Text: text(`say "hi"`), hidden: "hidden",
		inner: inner{"promoted"}, Function: func() string { return "f" },
	}
}

// same lists templates that print the same, or fail, with the guard and without.
var same = []string{
	``, `text`, `{{/* comment */}}x`, "a {{- /* c */ -}} b", "a\n  {{- .Name -}}  \n b", "{{- 3 -}}\n{{3}}",
	`{{'a'}}`, `{{with dict "Name" "x"}}{{.Name}}{{end}}`,
	`{{"a\n\"b\""}}{{` + "`raw`" + `}}`, `{{0x1F}} {{-3}} {{+3}} {{1_000}} {{0b11}} {{017}}`,
	`{{.Name}} {{.Kind}} {{.N}} {{.Yes}} {{.No}} {{.Promoted}} {{true}}`, `{{.Next.Next.Name}}`, `{{$.Next.Name}}`,
	`{{(.Next).Name}}`, `{{(index .Items 0).Next.Name}}`, `{{(.Next.Next).Name}}`, `{{.Nonsense}}`,
	`{{.Absent.Name}}`, `{{.hidden}}`, `{{.Name.X}}`, `{{.List.X}}`, `{{.Unreachable}}`, `{{.deeper.Unreachable}}`,
	`{{.inner}}`, `{{.Map.a}}`, `{{.Map.missing}}`, `{{.Any.leaf.Name}}`, `{{.Any.s}}{{.Any.n}}`, `{{.Any.nil.x}}`,
	`{{.Text}}`, `{{.NoText}}`, `{{.Prose}}`, `{{.Function}}`, `{{.Any.t}}`, `{{string .Any.t}}`, `{{nil}}`,
	`{{. nil}}`, `{{if .Yes}}y{{end}}`, `{{if .No}}y{{else}}n{{end}}`,
	`{{if .Zero}}0{{else if .No}}1{{else if .N}}2{{else}}3{{end}}`, `{{if .Absent}}y{{else}}n{{end}}`,
	`{{if .Empty}}y{{else}}n{{end}}`, `{{if .NoText}}y{{else}}n{{end}}{{if .Text}}y{{end}}`,
	`{{if .Any.nil}}y{{else}}n{{end}}`, `{{if nil}}x{{end}}`,
	`{{if .Objects}}y{{end}}{{if index .Objects 0}}y{{end}}`,
	`{{if .Map}}m{{end}}{{if ""}}x{{end}}{{if "x"}}y{{end}}`, `{{with .Next}}{{.Name}}{{$.Name}}{{end}}`,
	`{{with .Absent}}x{{else}}{{.Name}}{{end}}`, `{{with .Absent}}x{{else with .Next}}{{.Name}}{{else}}n{{end}}`,
	`{{with $x := .Next}}{{$x.Name}}{{.Name}}{{end}}`, `{{with .Any.leaf}}{{.Name}}{{end}}`,
	`{{with .Absent}}x{{else if .Yes}}y{{end}}`, `{{range .List}}<{{.}}>{{end}}`,
	`{{range .Empty}}x{{else}}none{{end}}`, `{{range $i, $e := .List}}{{$i}}{{$e}}{{end}}`,
	`{{range $e := .List}}{{$e}}{{.}}{{end}}`, `{{range .Map}}{{.}}{{end}}`,
	`{{range $k, $v := .Map}}{{$k}}={{$v}},{{end}}`, `{{range $k, $v := .Flags}}{{$k}}={{$v}},{{end}}`,
	`{{range .Any.list}}{{.}}{{end}}`, `{{range .Any.nil}}x{{else}}none{{end}}`, `{{range .Absent}}x{{end}}`,
	`{{range .Next}}x{{end}}`, `{{range .Text}}x{{end}}`, `{{range .Yes}}x{{end}}`,
	`{{range .Anys}}{{if .}}1{{else}}0{{end}}{{end}}`, `{{range .Lists}}[{{range .}}{{.}},{{else}}-{{end}}]{{end}}`,
	`{{range .Items}}{{.Name}}{{end}}`, `{{range .Items}}{{with .}}{{.Name}}{{end}}{{end}}`,
	`{{range .Objects}}{{.Promoted}}{{end}}`, `{{range $i, $e := .Empty}}x{{else}}{{len $e}}{{end}}`,
	`{{$e := "x"}}{{range $e = .List}}{{$e}}{{end}}{{$e}}`,
	`{{$i := 0}}{{$e := ""}}{{range $i, $e = .List}}{{$i}}{{$e}}{{end}}{{$i}}{{$e}}`,
	`{{range $i, $i := .List}}{{$i}}{{end}}`, `{{range .List}}{{.}}{{break}}x{{end}}`,
	`{{range .List}}{{if eq . "b"}}{{continue}}{{end}}{{.}}{{end}}`,
	`{{range .List}}{{if eq . "b"}}{{break}}{{end}}{{.}}{{else}}x{{end}}`,
	`{{range .List}}{{range $.List}}{{break}}{{end}}{{.}}{{end}}`,
	`{{range .List}}{{range $.Empty}}{{else}}{{break}}{{end}}{{.}}{{end}}`,
	`{{range .List}}{{range $.Empty}}{{else}}{{continue}}{{end}}{{.}}{{end}}`,
	`{{range .List}}{{with .}}{{continue}}{{end}}x{{end}}`, `{{break}}`, `{{$x := 1}}{{$x}}{{$x = 2}}{{$x}}`,
	`{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}`, `{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}`,
	`{{$x := 1}}{{$x := 2}}{{$x = 3}}{{$x}}`, `{{$x := 1}}{{range .List}}{{$x = .}}{{end}}{{$x}}`,
	`{{$x := 1}}{{with $x := 2}}{{$x}}{{$x = 3}}{{$x}}{{end}}{{$x}}`, `{{if $x := .N}}{{$x}}{{else}}{{$x}}{{end}}`,
	`{{$x}}`, `{{$x := 1}}{{define "d"}}{{$x}}{{end}}`, `{{range .List}}{{$y := .}}{{$y}}{{end}}{{$y}}`,
	`{{$x := .Next}}{{$x.Next.Name}}`, `{{$x := 1}}{{if true}}{{$x := 2}}{{else}}{{$x}}{{end}}`,
	`{{$x := 1}}{{if false}}{{$x := 2}}{{else}}{{$x}}{{end}}`, `{{$x = 1}}`, `{{$ := 1}}{{$}}`, `{{$x, $y := 1}}`,
	`{{define "d"}}[{{.}}]{{end}}{{template "d" .Name}}{{template "d" 3}}`,
	`{{define "d"}}{{$}}{{end}}{{template "d" "x"}}`, `{{define "d"}}x{{end}}{{template "d"}}`,
	`{{define "d"}}{{.Name}}{{end}}{{template "d"}}`, `{{template "missing"}}`, `{{block "b" .Next}}{{.Name}}{{end}}`,
	`{{define "d"}}{{with .Next}}{{template "d" .}}{{end}}{{.Name}},{{end}}{{template "d" .}}`,
	`{{define "d"}}{{$x := 1}}{{if .}}{{template "d" false}}{{end}}{{$x}}{{end}}{{$x := 5}}{{template "d" true}}{{$x}}`,
	`{{define "d"}}{{range .}}{{break}}{{end}}x{{end}}{{range .List}}{{template "d" $.List}}{{end}}`,
	`{{template "d" $y := 3}}{{$y}}{{define "d"}}{{.}}{{end}}`, `{{template "d" nil}}{{define "d"}}x{{end}}`,
	`{{define "d"}}{{end}}{{define "d"}}2{{end}}{{template "d"}}`,
	`{{and true 1}} {{and 0 1}} {{or 0 "x"}} {{or 1 2}} {{or 0 ""}}`, `{{and}}`, `{{or}}`,
	`{{if and .Absent .Absent.Name}}x{{end}}`, `{{if and .Next .Next.Name}}y{{end}}`,
	`{{if or .Absent .Next}}y{{end}}`, `{{or .Yes .Absent.Name}}`, `{{1 | and 2}}`, `{{.Absent.Name | and 0}}`,
	`{{or .Any.nil "d"}}`, `{{not .Yes}} {{not 0}} {{not .Absent}} {{not .Any.nil}}`, `{{not}}`, `{{not 1 2}}`,
	`{{true | not | not}}`, `{{not nil}}`,
	`{{eq 1 1}} {{eq 1 2}} {{eq .Name "root"}} {{eq .Kind "object"}} {{eq .Name "x" "root"}} {{eq true .Yes}}`,
	`{{eq 1}}`, `{{eq}}`, `{{eq 1 "1"}}`, `{{eq .Next .Next}} {{eq .Next .Absent}} {{eq .Absent .Absent}}`,
	`{{eq .Absent nil}} {{eq .Next nil}} {{eq nil nil}}`, `{{eq .List .List}}`, `{{eq .Empty nil}}`,
	`{{eq .Text .Text}}`, `{{eq .NoText nil}}{{eq .Text .NoText}}`,
	`{{eq .Any.n 3}} {{eq .Any.nil nil}} {{eq .Any.nil 1}}`, `{{eq 1 1 "x"}}`, `{{eq 1 2 "x"}}`,
	`{{eq (index .Objects 0) (index .Objects 0)}}`, `{{eq .Next 1}}`, `{{ne 1 2}} {{ne "a" "a"}}`, `{{ne 1}}`,
	`{{ne 1 2 3}}`, `{{lt 1 2}} {{le 2 2}} {{gt 1 2}} {{ge 2 2}} {{lt "a" "b"}} {{ge "a" "b"}}`, `{{lt 1 "a"}}`,
	`{{lt true false}}`, `{{lt .Absent 1}}`, `{{lt nil 1}}`, `{{lt 1}}`, `{{gt (len .List) 2}}`,
	`{{len .List}} {{len .Name}} {{len .Map}} {{len .Empty}} {{len .Kind}}`, `{{len 3}}`, `{{len nil}}`,
	`{{len .Absent}}`, `{{len}}`, `{{len .Any.list}}`, `{{.List | len}}`, `{{index .List 0}} {{index .List 2}}`,
	`{{index .List 3}}`, `{{index .List -1}}`, `{{index .List "a"}}`, `{{index .Map "a"}}|{{index .Map "missing"}}|`,
	`{{index .Flags "x"}}`, `{{index .Map 1}}`, `{{index .Map nil}}`, `{{index .Map .Kind}}`, `{{index .Lists 0 1}}`,
	`{{index .Lists 0 5}}`, `{{index nil 0}}`, `{{index .Absent 0}}`, `{{index .N 0}}`, `{{index .Any "leaf" | len}}`,
	`{{(index .Any "leaf").Name}}`, `{{with index .Any "missing"}}x{{else}}n{{end}}`,
	`{{index .Anys 0}}{{index .Anys 1}}`, `{{0 | index .List}}`, `{{index}}`,
	`{{with dict "a" 1 "b" .Name}}{{.a}}{{.b}}{{end}}`, `{{(dict "x" .Next).x.Name}}`, `{{dict "a"}}`, `{{dict 1 2}}`,
	`{{with dict "n" nil}}{{with .n}}x{{else}}n{{end}}{{end}}`,
	`{{range $k, $v := dict "b" 1 "a" 2}}{{$k}}{{$v}}{{end}}`,
	`{{string .Text}} {{escaped .Text}} {{json .Text}} {{string "a" 1 .Text}} {{string}}`, `{{string .NoText}}`,
	`{{json nil}}`, `{{json .N}}{{json .Yes}}`, `{{json}}`, `{{json 1 2}}`, `{{comment "// " .Text}}`,
	`{{comment 1 .Text}}`, `{{comment}}`, `{{comment .Kind "x"}}`, `{{comment nil "x"}}`, `{{.Text | string}}`,
	`{{"a" | string .Text}}`, `{{.Text | comment "//"}}`, `{{"x" | comment}}`,
	`{{code .Text}}{{codeCell .Text}}{{page .Text}}{{cell .Text}}`, `{{plain .Prose}}`, `{{plain nil}}`,
	`{{plain .Text}}`, `{{plain 1}}`, `{{markdown .Any.nil}}`, `{{shape .Shape}}`, `{{shape nil}}`, `{{shape .Next}}`,
	`{{option "none"}}`, `{{option .Kind}}`, `{{option 1}}`, `{{option}}`, `{{print 1}}`, `{{printf "%d" 1}}`,
	`{{html "x"}}`, `{{js "x"}}`, `{{urlquery "x"}}`, `{{call .Function}}`, `{{println}}`, `{{nonsense 1}}`,
	`{{.Name 1}}`, `{{1 2}}`, `{{"x" | .Name}}`, `{{"x" | 3}}`, `{{$x := 1}}{{$x 1}}`, `{{(1)}} {{((eq 1 1))}}`,
	`{{not (eq 1 (len .Empty))}}`, `{{(eq 1 1) 2}}`, `{{if}}`, `{{end}}`, `{{.Name`, `{{else}}`, `{{range .List}}`,
	`{{if eq (index .List 0) "a" | not}}x{{else}}y{{end}}`, `{{len (index .Lists 0) | eq 2 | not}}`,
}

// refusals are what text/template can do and errgen's templates cannot, each with the words of the refusal.
var refusals = map[string]string{
	`{{.Next}}`:          "an object cannot be printed", // what an object looks like is no output
	`{{.List}}`:          "a list cannot be printed",
	`{{.Map}}`:           "a map cannot be printed",
	`{{index .Any "x"}}`: "an absent value cannot be printed", // text/template prints <no value>
	`{{or "" .Next}}`:    "an object cannot be printed",
	`{{range $x := .Empty}}{{else}}{{$x}}{{end}}`: "a list cannot be printed", // it holds what there was to go over
	`{{index .Any "leaf"}}`:                       "an object cannot be printed",
	`{{index .Name 0}}`:                           "cannot be printed", // a byte is no text
	`{{1.5}}`:                                     "cannot be printed",
	`{{1e3}}`:                                     "cannot be printed",
	`{{1i}}`:                                      "cannot be printed",
	// No end is near enough for all numbers.
	`{{range 3}}x{{end}}`:                                       "range cannot go over a number",
	`{{range .Any.n}}{{end}}`:                                   "range cannot go over a number",
	`{{slice .List 1}}`:                                         "no function slice", // nothing needs it
	`{{len (slice .Name)}}`:                                     "no function slice",
	`{{printable .Name}}`:                                       "no function printable",
	`{{print .Name}}`:                                           "print could print text without escaping it; use string",
	`{{"x" | printf}}`:                                          "printf could print text without escaping it; use string",
	`{{if false}}{{template "missing"}}{{end}}`:                 "no template \"missing\"", // found before anything runs
	`{{if false}}{{.Nam}}{{end}}`:                               "no field Nam",
	`{{define "d"}}{{shout 1}}{{end}}`:                          "no function shout",
	`{{plain .Kind.String}}`:                                    "no field String",
	`{{$x := "a"}}{{range $x := .Objects}}{{$x}}{{end}}`:        "an object cannot be printed",
	`{{$x := "a"}}{{$x = .Next}}{{$y := $x}}{{$x = "b"}}{{$y}}`: "an object cannot be printed",
	`{{with dict "Name" .Next}}{{.Name}}{{end}}`:                "an object cannot be printed", // though fields of this name can
	`{{with dict .Name 1}}{{.root}}{{end}}`:                     "a key of dict is text in quotes",
	`{{with dict "a" 1}}{{.b}}{{end}}`:                          "the map has no b",
}

func TestGuardLeavesMeaningsAlone(t *testing.T) {
	for _, template := range same {
		got, err := guarded(false, template, newSpecimen())
		want, wantErr := unguarded(template, newSpecimen())
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
		got, err := guarded(false, template, newSpecimen())
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s prints %q (%v), expected words like %q", template, got, err, words)
		}
	}
}

func TestErrorsOfTemplatesSayWhatToDo(t *testing.T) {
	const deep = `{{define "d"}}{{template "d" .}}{{end}}{{template "d" .}}`
	const ask = "; ask with {{with}} or {{if}} first"
	for template, want := range map[string]string{
		"\n {{.Nam}}":               `2:3: at <.Nam>: there is no field Nam; did you mean "Name"?`,
		`{{strin .Text}}`:           `1:2: at <strin>: there is no function strin; did you mean "string"?`,
		`{{template "fil"}}`:        `1:11: at <{{template "fil"}}>: there is no template "fil"; did you mean "file"?`,
		`{{.Text}}`:                 `1:2: at <.Text>: text of the catalog cannot be printed as it is; ` + escapers,
		`{{.Any.t}}`:                `1:2: text of the catalog cannot be printed as it is; ` + escapers,
		`{{string (plain .Prose)}}`: `1:10: at <plain .Prose>: the argument is absent here` + ask,
		`{{.Absent.Name}}`:          `1:9: at <.Absent.Name>: an absent value has no field Name` + ask,
		`{{.Any.nil.Name}}`:         `1:6: at <.Any.nil.Name>: an absent value has no field Name` + ask,
		`{{.Any.o.Literl}}`:         `1:6: at <.Any.o.Literl>: there is no field Literl; did you mean "Literal"?`,
		`{{.Any.nothing}}`:          `1:6: at <.Any.nothing>: the map has no nothing; use index for a key that may be absent`,
		`{{not 1 2}}`:               `1:2: at <not>: wrong number of args for not: want 1 got 2`,
		deep:                        `1:25: at <{{template "d" .}}>: templates call each other more than 100000 deep`,
	} {
		_, err := guarded(false, template, newSpecimen())
		if fmt.Sprint(err) != "template: file:"+want {
			t.Errorf("%s: %v\n\texpected %s", template, err, want)
		}
	}
}

// A panic in a function of errgen's is a bug, and no mistake of the template's.
func TestBugsAreNoMistakesOfTemplates(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("text/template made an error of a panic")
		}
	}()
	data := &exampleView{Details: func() *document.Node { return nil }}
	if out, err := guarded(false, `{{json .Details}}`, data); err == nil {
		t.Errorf("printed %q", out)
	}
}

const hostileText = "<b>\"*/`"

// sample returns a value of a type with hostile text wherever text of users can be.
func sample(t reflect.Type, depth int) reflect.Value {
	v := reflect.New(t).Elem()
	switch {
	case t == reflect.TypeFor[Text]():
		return reflect.ValueOf(text(hostileText))
	case t == reflect.TypeFor[Prose]():
		return reflect.ValueOf(textOf(prose.Inline(hostileText)))
	case t == reflect.TypeFor[Value]():
		return reflect.ValueOf(value(&document.Node{Kind: document.String, Text: hostileText}))
	case depth == 0:
	case t.Kind() == reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
		v.Elem().Set(sample(t.Elem(), depth-1))
	case t.Kind() == reflect.Slice:
		return reflect.Append(v, sample(t.Elem(), depth-1))
	case t.Kind() == reflect.Struct:
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				v.FieldByIndex(f.Index).Set(sample(f.Type, depth-1))
			}
		}
	case t.Kind() == reflect.Map:
		v.Set(reflect.MakeMap(t))
		v.SetMapIndex(reflect.ValueOf("x"), sample(t.Elem(), depth-1))
	}
	return v
}

func viewObjects() map[reflect.Type]bool {
	return objects(reflect.TypeFor[rootView](), reflect.TypeFor[fieldView]())
}

func exported(t reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool { return !f.IsExported() })
}

// Whatever a template does with any field of the view, no text of users gets through as it is: not where the guard
// knows the field, and not where it does not.
func TestNoFieldIsPrintedUnescaped(t *testing.T) {
	ways := []string{`{{.%s}}`, `{{(index (dict "x" .%s) "x")}}`, `{{with dict "x" .%s}}{{.x}}{{end}}`,
		`{{$x := 1}}{{if true}}{{$x = .%s}}{{end}}{{$x}}`, `{{or .%s 1}}`, `{{template "t" .%s}}{{define "t"}}{{.}}{{end}}`}
	fields := 0
	for typ := range viewObjects() {
		data := sample(reflect.PointerTo(typ), 3).Interface()
		for _, f := range exported(typ) {
			fields++
			for _, way := range ways {
				way = fmt.Sprintf(way, f.Name)
				plain := slices.Contains([]reflect.Kind{reflect.String, reflect.Int, reflect.Bool}, f.Type.Kind())
				if out, err := guarded(false, way, data); (err == nil) != plain || strings.Contains(out, hostileText) {
					t.Errorf("text: %s of %s prints %q (%v)", way, typ, out, err)
				}
				isText := f.Type == reflect.TypeFor[Text]() || f.Type == reflect.TypeFor[Prose]()
				out, err := guarded(true, way, data)
				if (err == nil) != (plain || isText) || strings.ContainsAny(out, `<"`) || err == nil && isText && out == "" {
					t.Errorf("html: %s of %s prints %q (%v)", way, typ, out, err)
				}
			}
		}
	}
	if fields < 100 {
		t.Errorf("tried only %d fields", fields)
	}
}

// Methods could return what fields cannot hold; templates could call them.
func TestViewHasNoMethods(t *testing.T) {
	for typ := range viewObjects() {
		for _, f := range exported(typ) {
			for _, reached := range []reflect.Type{typ, reflect.PointerTo(typ), f.Type, reflect.PointerTo(f.Type)} {
				if reached.NumMethod() > 0 {
					t.Errorf("%s.%s has the method %s", typ, f.Name, reached.Method(0).Name)
				}
			}
		}
	}
}

// What is printed is what text/template prints; what fails there fails here.
func FuzzGuard(f *testing.F) {
	for _, template := range same {
		f.Add(template)
	}
	for template := range refusals {
		f.Add(template)
	}
	f.Fuzz(func(t *testing.T, template string) {
		got, err := guarded(false, template, newSpecimen())
		if err != nil {
			return // text/template alone could go on for long
		}
		if want, err := unguarded(template, newSpecimen()); err != nil || got != want {
			t.Errorf("prints %q\n\texpected %q (%v)", got, want, err)
		}
	})
}

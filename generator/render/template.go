package render

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
)

// engine is text/template or html/template.
type engine interface {
	ExecuteTemplate(to io.Writer, name string, data any) error
}

// templates are those of a target, which the guard has let through.
type templates struct{ engine }

const templateSuffix = ".tmpl"

func (t *Target) templates(p *printer) (*templates, error) {
	trees, err := t.parse()
	if err != nil {
		return nil, err
	}
	roots, err := t.roots(trees)
	if err != nil {
		return nil, err
	}
	return t.start(p, trees, roots)
}

// start gives the templates to their engine, if the guard lets them through.
func (t *Target) start(p *printer, trees map[string]*parse.Tree, roots []root) (*templates, error) {
	law, execution := p.textLaw(), textEngine
	if t.html {
		law, execution = p.htmlLaw(), htmlEngine
	}
	guard := &guard{law: law, trees: trees}
	if err := guard.inspect(roots); err != nil {
		return nil, err
	}
	funcs := maps.Clone(law.funcs)
	funcs[askPrint], funcs[askRange] = law.print, overList
	engine, err := execution(trees, funcs)
	return &templates{engine}, err
}

// parse reads all templates of the folder; each has its file's name without .tmpl.
func (t *Target) parse() (map[string]*parse.Tree, error) {
	paths, err := fs.Glob(t.folder, "*"+templateSuffix)
	if err != nil {
		return nil, err
	}
	trees := map[string]*parse.Tree{}
	for _, name := range paths {
		text, err := fs.ReadFile(t.folder, name)
		if err != nil {
			return nil, err
		}
		tree := parse.New(strings.TrimSuffix(path.Base(name), templateSuffix))
		tree.Mode = parse.SkipFuncCheck // the guard says more about a function that does not exist
		if _, err := tree.Parse(string(text), "", "", trees); err != nil {
			return nil, err
		}
	}
	return trees, nil
}

// root is a template that is executed, and the type of what it sees.
type root struct {
	name string
	sees reflect.Type
}

func (t *Target) roots(trees map[string]*parse.Tree) ([]root, error) {
	var roots []root
	add := func(user, name string, sees reflect.Type) error {
		roots = append(roots, root{name, sees})
		if trees[name] == nil {
			return fmt.Errorf("%s needs the template %s, and there is no %s%s", user, name, name, templateSuffix)
		}
		return nil
	}
	for _, f := range t.files {
		if err := add(f.name, f.template, reflect.TypeFor[*rootView]()); err != nil {
			return nil, err
		}
	}
	if t.usage.Template == "" {
		return roots, nil
	}
	return roots, add("usage", t.usage.Template, reflect.TypeFor[*errorView]())
}

func (t *templates) execute(name string, data any, to io.Writer) error {
	err := t.ExecuteTemplate(to, name, data)
	if bug := runtime.Error(nil); errors.As(err, &bug) {
		panic(bug) // in a function of ours: text/template has made an error of it
	}
	if err == nil || !errors.As(err, new(template.ExecError)) {
		return err
	}
	return errors.New(reword(err.Error()))
}

// rewordings say in the words of the guard what text/template says in those of Go.
var rewordings = []struct{ said, better string }{
	{`executing ".*?" at <(` + askPrint + `|` + askRange + `)>: error calling \w+: `, ``},
	{`executing ".*?" at <`, `at <`},
	{`>: error calling \w+: `, `>: `},
	{`nil pointer evaluating .+\.(\w+)$`, `an absent value has no field $1; ask with {{with}} or {{if}} first`},
	{`nil data; no entry for key "(.*)"$`, `an absent value has no field $1; ask with {{with}} or {{if}} first`},
	{`map has no entry for key "(.*)"$`, `the map has no $1; use index for a key that may be absent`},
	{`can't evaluate field (\w+) in type .+$`, `there is no field $1`},
	{`exceeded maximum template depth \((\d+)\)$`, `templates call each other more than $1 deep`},
}

func reword(message string) string {
	for _, r := range rewordings {
		message = regexp.MustCompile(r.said).ReplaceAllString(message, r.better)
	}
	if _, name, found := strings.Cut(message, "there is no field "); found {
		message += hint(name, fieldsOfViews())
	}
	return message
}

// fieldsOfViews returns the names of all that templates can see.
func fieldsOfViews() []string {
	names := map[string]bool{}
	for t := range viewTypes() {
		for _, name := range fieldsOf(t) {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// viewTypes returns the types of the objects that templates can see.
func viewTypes() map[reflect.Type]bool {
	seen := map[reflect.Type]bool{}
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			visit(t.Elem())
		case reflect.Struct:
			if seen[t] {
				return
			}
			seen[t] = true
			for _, f := range reflect.VisibleFields(t) {
				if f.IsExported() {
					visit(f.Type)
				}
			}
		}
	}
	visit(reflect.TypeFor[rootView]())
	visit(reflect.TypeFor[fieldView]())
	return seen
}

package render

import (
	"errors"
	"fmt"
	htmltemplate "html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"
)

// engine is text/template or html/template.
type engine interface {
	ExecuteTemplate(to io.Writer, name string, data any) error
}

// law is what an engine's templates may call and print.
type law struct {
	funcs     map[string]any
	print     func(v any) (any, error) // returns what stands for a value, or why it is not printed
	converts  bool                     // print changes values that it lets through
	forbidden string                   // why functions that print are not there
	unsafe    string                   // an attribute whose text would be markup
}

// templates are those of a target, which the guard has let through.
type templates struct{ engine }

const templateSuffix = ".tmpl"

func (t *Target) templates(p *printer) (*templates, error) {
	trees, err := t.parse()
	if err != nil {
		return nil, err
	}
	if err := t.complete(trees); err != nil {
		return nil, err
	}
	return t.start(p, trees, viewFields())
}

// law is that of the target's engine.
func (p *printer) law() *law {
	if p.t.html {
		return p.htmlLaw()
	}
	return p.textLaw()
}

// start gives the templates to their engine, if the guard lets them through.
func (t *Target) start(p *printer, trees map[string]*parse.Tree, fields map[string]reflect.Type) (*templates, error) {
	law := p.law()
	guard := &guard{law: law, trees: trees, fields: maps.Clone(fields)}
	if err := guard.inspect(); err != nil {
		return nil, err
	}
	if !t.own { // counting costs a tenth of a run
		if err := countSteps(trees, t.html); err != nil {
			return nil, err
		}
	}
	funcs := maps.Clone(law.funcs)
	funcs[askPrint], funcs[askRange], funcs[askStep] = law.print, overList, p.step
	return t.give(trees, funcs)
}

// give gives the templates to the engine that executes them.
func (t *Target) give(trees map[string]*parse.Tree, funcs map[string]any) (*templates, error) {
	if t.html {
		return withTrees(htmltemplate.New("").Funcs(funcs).Option("missingkey=error"), trees)
	}
	return withTrees(template.New("").Funcs(funcs).Option("missingkey=error"), trees)
}

// withTrees gives an engine the templates to execute.
func withTrees[E interface {
	engine
	AddParseTree(name string, tree *parse.Tree) (E, error)
}](e E, trees map[string]*parse.Tree) (*templates, error) {
	for name, tree := range trees {
		if _, err := e.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return &templates{e}, nil
}

// countSteps has each template and each round of a range count that may print nothing: the others end where the file
// gets too long. The engine for HTML prints no comments, so that there all count.
func countSteps(trees map[string]*parse.Tree, all bool) error {
	for name, tree := range trees {
		counter := parse.New(name)
		counter.Mode = parse.SkipFuncCheck
		if _, err := counter.Parse("{{if "+askStep+"}}{{end}}", "", "", map[string]*parse.Tree{}); err != nil {
			return err
		}
		count := func(list *parse.ListNode, prints bool) {
			if all || !prints {
				list.Nodes = slices.Insert(list.Nodes, 0, counter.Root.Nodes[0])
			}
		}
		walk(tree.Root, func(n parse.Node) {
			if r, is := n.(*parse.RangeNode); is {
				count(r.List, slices.ContainsFunc(r.List.Nodes[:min(1, len(r.List.Nodes))], isText)) // before a continue
			}
		})
		count(tree.Root, slices.ContainsFunc(tree.Root.Nodes, isText))
	}
	return nil
}

func isText(n parse.Node) bool {
	text, is := n.(*parse.TextNode)
	return is && len(text.Text) > 0
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

// complete reports the template that is executed and is not there.
func (t *Target) complete(trees map[string]*parse.Tree) error {
	for _, f := range append(slices.Clip(t.files), file{name: "usage", template: t.usage.Template}) {
		if f.template != "" && trees[f.template] == nil {
			const words = "%s needs the template %s, and there is no %s%s"
			return fmt.Errorf(words, f.name, f.template, f.template, templateSuffix)
		}
	}
	return nil
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
	{`executing ".*?" at <(` + askPrint + `|` + askRange + `|` + askStep + `)>: error calling \w+: `, ``},
	{`executing ".*?" at <`, `at <`},
	{`>: error calling \w+: `, `>: `},
	{`can't print .+ of type .+$`, `text of the catalog cannot be printed as it is; ` + escapers},
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
		message += hint(name, viewFields())
	}
	return message
}

// viewFields returns the fields of all that templates can see, by name, with their types; nil where objects differ in
// more than printing cares for.
var viewFields = sync.OnceValue(func() map[string]reflect.Type {
	return fieldsOf(reflect.TypeFor[rootView](), reflect.TypeFor[fieldView]())
})

func fieldsOf(roots ...reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for t := range objects(roots...) {
		for _, f := range reflect.VisibleFields(t) {
			if known, ok := fields[f.Name]; ok {
				f.Type = common(known, f.Type)
			}
			if f.IsExported() {
				fields[f.Name] = f.Type
			}
		}
	}
	return fields
}

// common returns what is known of a field that has two types; nil: nothing. Text of users needs no care beside what can
// be printed: text/template itself refuses to print it.
func common(a, b reflect.Type) reflect.Type {
	isOfUsers := func(t reflect.Type) bool { return t.Kind() == reflect.Func }
	switch {
	case a == b:
		return a
	case a == nil || b == nil:
		return nil
	case isOfUsers(a) && isOfUsers(b):
		return reflect.TypeFor[Text]()
	case isPrintable(a) && (isPrintable(b) || isOfUsers(b)):
		return a
	case isOfUsers(a) && isPrintable(b):
		return b
	}
	return nil
}

// objects returns the types of objects that can be reached from those of roots.
func objects(roots ...reflect.Type) map[reflect.Type]bool {
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
	for _, t := range roots {
		visit(t)
	}
	return seen
}

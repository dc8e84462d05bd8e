package render

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/shape"
)

// Source is what targets say.
type Source struct {
	Catalog *catalog.Catalog
	Shapes  *shape.Shapes
	Header  string
	Usages  []Usage // for targets that show them
	Live    string  // the nonce of a page that errgen preview serves; else empty
}

// Usage is how code in one language handles each error.
type Usage struct {
	Title string
	code  map[*catalog.Error]string
}

// renderer is the templates of a target, ready to run.
type renderer interface {
	has(name string) bool
	execute(to io.Writer, name string, data any) error
}

// Render says the catalog in the target's language. Create gives the place to print a file to, by its name in the target's folder, with slashes; it is called for one
// file after the other. Settings are those of Settings.
func (t *Target) Render(s *Source, settings map[string]string, create func(name string) io.Writer) (diag.List, error) {
	printer := newPrinter(t, s.Catalog)
	templates, view, found, err := t.prepare(s, printer)
	if err != nil || found.HasErrors() {
		return found, err
	}
	for _, f := range t.files {
		printer.options = maps.Clone(settings)
		maps.Copy(printer.options, f.set)
		if err := printFile(templates, f, view, create(f.name)); err != nil {
			return nil, fmt.Errorf("target %s: %w", t.Name, err)
		}
	}
	return nil, nil
}

// ShowsUsages tells whether the target's templates see Source.Usages.
func (t *Target) ShowsUsages() bool { return t.html }

// UsageTitle names the language for Usage; it is empty if the target does not say how its language handles an error.
func (t *Target) UsageTitle() string { return t.usage.Title }

// Usage says how code in the target's language handles each error. Settings are those of Settings.
func (t *Target) Usage(s *Source, settings map[string]string) (Usage, diag.List, error) {
	printer := newPrinter(t, s.Catalog)
	printer.options = settings
	usage := Usage{Title: t.usage.Title, code: make(map[*catalog.Error]string, len(s.Catalog.Errors))}
	templates, view, found, err := t.prepare(s, printer)
	if err != nil || found.HasErrors() {
		return usage, found, err
	}
	for _, e := range view.Errors {
		var code strings.Builder
		if err := execute(templates, "usage", t.usage.Template, e, &code); err != nil {
			return usage, nil, fmt.Errorf("target %s: %w", t.Name, err)
		}
		usage.code[e.source] = strings.TrimRight(code.String(), "\n")
	}
	return usage, nil, nil
}

func (t *Target) prepare(s *Source, p *printer) (renderer, *rootView, diag.List, error) {
	names, found := t.allNames(s.Catalog, s.Shapes)
	if found.HasErrors() {
		return nil, nil, found, nil
	}
	compile := t.compile
	if t.html {
		compile = t.compileHTML
	}
	templates, err := compile(p)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("target %s: %w", t.Name, err)
	}
	return templates, t.view(s, names), nil, nil
}

const templateSuffix = ".tmpl"

func (t *Target) compile(p *printer) (renderer, error) {
	trees, err := t.parse()
	if err != nil {
		return nil, err
	}
	return compile(trees, p.funcs())
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
		tree.Mode = parse.SkipFuncCheck // who compiles them says more about a function that does not exist
		if _, err := tree.Parse(string(text), "", "", trees); err != nil {
			return nil, err
		}
	}
	return trees, nil
}

// execute runs a template for its user, which is named if it is not there.
func execute(templates renderer, user, name string, data any, to io.Writer) error {
	if !templates.has(name) {
		return fmt.Errorf("%s needs the template %s, and there is no %s%s", user, name, name, templateSuffix)
	}
	return templates.execute(to, name, data)
}

func printFile(templates renderer, f file, view *rootView, to io.Writer) error {
	form := form{to: to}
	if err := execute(templates, f.name, f.template, view, &form); err != nil {
		return err
	}
	return form.check(f, view.Header)
}

// form watches over the rules of every generated file: the header in the first lines, without which the next run would refuse to overwrite it, line feeds alone, and
// exactly one at the end.
type form struct {
	to       io.Writer
	head     []byte
	lines    int // of head that are complete
	end      [2]byte
	returned bool // there was a carriage return
}

const headerLines = 5

func (w *form) Write(b []byte) (int, error) {
	if w.lines < headerLines {
		w.head = append(w.head, b...)
		w.lines += bytes.Count(b, []byte("\n"))
	}
	switch n := len(b); {
	case n > 1:
		w.end = [2]byte(b[n-2:])
	case n == 1:
		w.end = [2]byte{w.end[1], b[0]}
	}
	w.returned = w.returned || bytes.IndexByte(b, '\r') >= 0
	return w.to.Write(b)
}

func (w *form) check(f file, header string) error {
	lines := bytes.SplitN(w.head, []byte("\n"), headerLines+1)
	lines = lines[:min(headerLines, len(lines))]
	switch {
	case !slices.ContainsFunc(lines, func(line []byte) bool { return bytes.Contains(line, []byte(header)) }):
		return fmt.Errorf("the template %s does not print {{.Header}} in the first %d lines of %s; in HTML it takes {{comment .Header}}", f.template, headerLines, f.name)
	case w.end[1] != '\n' || w.end[0] == '\n':
		return fmt.Errorf("the template %s must end %s with exactly one line feed", f.template, f.name)
	case w.returned:
		return fmt.Errorf("the template %s prints a carriage return into %s; save it with line feeds", f.template, f.name)
	}
	return nil
}

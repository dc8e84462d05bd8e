package target

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

// Render says the catalog in the target's language. Create gives the place to print a file to, by its name in the target's folder, with slashes; it is called for one
// file after the other. Settings are those of Settings.
func (t *Target) Render(c *catalog.Catalog, shapes *shape.Shapes, header string, settings map[string]string, create func(name string) io.Writer) (diag.List, error) {
	names, found := t.allNames(c, shapes)
	if found.HasErrors() {
		return found, nil
	}
	printer := newPrinter(t, c)
	program, err := t.compile(printer)
	if err != nil {
		return nil, fmt.Errorf("target %s: %w", t.Name, err)
	}
	view := t.view(c, shapes, header, names)
	for _, f := range t.files {
		printer.options = map[string]string{}
		maps.Copy(printer.options, settings)
		maps.Copy(printer.options, f.set)
		if err := execute(program, f, view, create(f.name)); err != nil {
			return nil, fmt.Errorf("target %s: %w", t.Name, err)
		}
	}
	return nil, nil
}

const templateSuffix = ".tmpl"

// compile reads all templates of the folder; each has its file's name without .tmpl.
func (t *Target) compile(p *printer) (*program, error) {
	trees := map[string]*parse.Tree{}
	paths, err := fs.Glob(t.folder, "*"+templateSuffix)
	if err != nil {
		return nil, err
	}
	for _, name := range paths {
		text, err := fs.ReadFile(t.folder, name)
		if err != nil {
			return nil, err
		}
		tree := parse.New(strings.TrimSuffix(path.Base(name), templateSuffix))
		tree.Mode = parse.SkipFuncCheck // compile says more about a function that does not exist
		if _, err := tree.Parse(string(text), "", "", trees); err != nil {
			return nil, err
		}
	}
	return compile(trees, p.funcs())
}

func execute(p *program, f file, view *rootView, to io.Writer) error {
	if p.procedures[f.template] == nil {
		return fmt.Errorf("%s needs the template %s, and there is no %s%s", f.name, f.template, f.template, templateSuffix)
	}
	form := form{to: to}
	if err := p.execute(&form, f.template, view); err != nil {
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
		return fmt.Errorf("the template %s does not print {{.Header}} in the first %d lines of %s", f.template, headerLines, f.name)
	case w.end[1] != '\n' || w.end[0] == '\n':
		return fmt.Errorf("the template %s must end %s with exactly one line feed", f.template, f.name)
	case w.returned:
		return fmt.Errorf("the template %s prints a carriage return into %s; save it with line feeds", f.template, f.name)
	}
	return nil
}

package target

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/shape"
)

// File is one generated file.
type File struct {
	Path    string // as the user would write it
	Content []byte
}

// Render says the catalog in the target's language. The paths of the files are relative to the target's folder, with slashes. Settings are those of Settings.
func (t *Target) Render(c *catalog.Catalog, shapes *shape.Shapes, header string, settings map[string]string) ([]File, diag.List, error) {
	names, found := t.allNames(c, shapes)
	if found.HasErrors() {
		return nil, found, nil
	}
	templates, err := t.parse(newPrinter(t, c))
	if err != nil {
		return nil, nil, err
	}
	view := t.view(c, shapes, header, names)
	files := make([]File, len(t.files))
	for i, f := range t.files {
		content, err := t.execute(templates, f, view, settings)
		if err != nil {
			return nil, nil, err
		}
		files[i] = File{Path: f.name, Content: content}
	}
	return files, nil, nil
}

const templateSuffix = ".tmpl"

// parse reads all templates of the folder; each has its file's name without .tmpl.
func (t *Target) parse(p *printer) (*template.Template, error) {
	root := template.New(t.Name).Funcs(p.funcs()).Option("missingkey=error")
	paths, err := fs.Glob(t.folder, "*"+templateSuffix)
	if err != nil {
		return nil, err
	}
	for _, name := range paths {
		text, err := fs.ReadFile(t.folder, name)
		if err != nil {
			return nil, err
		}
		if _, err := root.New(strings.TrimSuffix(path.Base(name), templateSuffix)).Parse(string(text)); err != nil {
			return nil, fmt.Errorf("target %s: %w", t.Name, err)
		}
	}
	return root, nil
}

func (t *Target) execute(templates *template.Template, f file, view *rootView, settings map[string]string) ([]byte, error) {
	tmpl := templates.Lookup(f.template)
	if tmpl == nil {
		return nil, fmt.Errorf("target %s: %s needs the template %s, and there is no %s%s", t.Name, f.name, f.template, f.template, templateSuffix)
	}
	tmpl.Funcs(template.FuncMap{"option": func(name string) (string, error) {
		if fixed, ok := f.set[name]; ok {
			return fixed, nil
		}
		if v, ok := settings[name]; ok {
			return v, nil
		}
		return "", fmt.Errorf("target.yaml declares no option %s", diag.Quote(name))
	}})
	var out bytes.Buffer
	out.Grow(1024 * (len(view.Errors) + 8))
	if err := tmpl.Execute(&out, view); err != nil {
		return nil, fmt.Errorf("target %s: %w", t.Name, err)
	}
	return out.Bytes(), t.checkForm(f, out.Bytes(), view.Header)
}

// checkForm holds the rules of every generated file: without the header the next run would refuse to overwrite it.
func (t *Target) checkForm(f file, content []byte, header string) error {
	const headerLines = 5
	lines := bytes.SplitN(content, []byte("\n"), headerLines+1)
	if !slices.ContainsFunc(lines[:min(headerLines, len(lines))], func(line []byte) bool { return bytes.Contains(line, []byte(header)) }) {
		return fmt.Errorf("target %s: the template %s does not print {{.Header}} in the first %d lines of %s", t.Name, f.template, headerLines, f.name)
	}
	if !bytes.HasSuffix(content, []byte("\n")) || bytes.HasSuffix(content, []byte("\n\n")) {
		return fmt.Errorf("target %s: the template %s must end %s with exactly one line feed", t.Name, f.template, f.name)
	}
	if bytes.IndexByte(content, '\r') >= 0 {
		return fmt.Errorf("target %s: the template %s prints a carriage return into %s; save it with line feeds", t.Name, f.template, f.name)
	}
	return nil
}

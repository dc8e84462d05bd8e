package render

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"path"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/openapi"
	"github.com/sigsentry/errgen/generator/shape"
)

// Source is what targets say.
type Source struct {
	Catalog *catalog.Catalog
	Shapes  *shape.Shapes
	Header  string
	Live    string        // the nonce of a page that errgen preview serves; else empty
	API     *openapi.Held // the document of the API that the target is given; nil: none
}

// Usage is what one language calls each error, and how its code handles it.
type Usage struct {
	Title  string
	target string
	names  map[*catalog.Error][]string
	code   map[*catalog.Error]string
}

// Prepared is a target that knows a catalog: its names, from the first question on what templates see, and from the
// first rendering on the templates.
type Prepared struct {
	target    *Target
	source    *Source
	names     *names
	printer   *printer
	view      *rootView
	templates *templates
}

// Prepare names all there is in the catalog. A target with collisions is not to be rendered.
func (t *Target) Prepare(s *Source) (*Prepared, Collisions) {
	names, found := t.allNames(s.Catalog, s.Shapes)
	return &Prepared{target: t, source: s, names: names}, found
}

// Render says the catalog in the target's language; pages that show usages show those. Create gives the place to print
// a file to, by its name in the target's folder, with slashes; it is called for one file after the other. Settings are
// those of Settings.
func (p *Prepared) Render(settings map[string]string, usages []Usage, create func(name string) io.Writer) error {
	if err := p.load(); err != nil {
		return err
	}
	if p.target.ShowsUsages() {
		p.view.show(usages)
	}
	for _, f := range p.target.files {
		if !p.look().holds(f.when) {
			continue
		}
		p.printer.options = p.target.printable(settings, p.source.API)
		maps.Copy(p.printer.options, f.set)
		p.printer.isPage = strings.HasPrefix(path.Ext(f.name), ".md")
		if err := p.print(f, create(f.name)); err != nil {
			return fmt.Errorf("target %s: %w", p.target.Name, err)
		}
	}
	return nil
}

// ShowsUsages reports whether the target's templates see usages, and ShowsCode whether these are to have code.
func (t *Target) ShowsUsages() bool { return t.html || t.languages }
func (t *Target) ShowsCode() bool   { return t.html }

// UsageTitle names the language for Usage; it is empty if the target does not say how its language handles an error.
func (t *Target) UsageTitle() string { return t.usage.Title }

// Names says what the target's language calls each error.
func (p *Prepared) Names() Usage {
	t := p.target
	u := Usage{Title: t.usage.Title, target: t.Name, names: make(map[*catalog.Error][]string, len(p.names.errors))}
	for _, e := range p.source.Catalog.Errors {
		for _, i := range t.surface["error"] {
			u.names[e] = append(u.names[e], i.pattern.fill(func(placeholder string) string {
				if placeholder == "literal" {
					return t.strings.literal(e.Code)
				}
				return p.names.errors[e][placeholder]
			}))
		}
	}
	return u
}

// Usage says also how code in the target's language handles each error. Settings are those of Settings.
func (p *Prepared) Usage(settings map[string]string) (Usage, error) {
	t, usage := p.target, p.Names()
	usage.code = make(map[*catalog.Error]string, len(p.source.Catalog.Errors))
	if err := p.load(); err != nil {
		return usage, err
	}
	p.printer.options = settings
	for _, e := range p.view.Errors {
		var code strings.Builder
		p.limit()
		if err := p.templates.execute(t.usage.Template, e, &code); err != nil {
			return usage, fmt.Errorf("target %s: %w", t.Name, err)
		}
		usage.code[e.source] = strings.TrimRight(code.String(), "\n")
	}
	return usage, nil
}

// load reads the templates, once, and makes what they see.
func (p *Prepared) load() error {
	if p.templates != nil {
		return nil
	}
	p.printer = newPrinter(p.target, p.source.Catalog)
	templates, err := p.target.templates(p.printer)
	if err != nil {
		return fmt.Errorf("target %s: %w", p.target.Name, err)
	}
	p.templates, p.printer.templates = templates, templates
	p.look()
	return nil
}

// look makes what templates see, once.
func (p *Prepared) look() *rootView {
	if p.view == nil {
		p.view = p.target.view(p.source, p.names)
	}
	return p.view
}

func (p *Prepared) print(f file, to io.Writer) error {
	form := form{file: f, to: to, left: p.length()}
	out := bufio.NewWriterSize(&form, 8<<10)
	p.limit()
	if err := p.templates.execute(f.template, p.view, out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return form.check()
}

// limit sets how many steps a user's templates may take for a file, and how much templates may indent: errgen's own,
// whose steps nobody counts, would take one for three bytes of the catalog, and a few for each error that an operation
// can return.
func (p *Prepared) limit() {
	returned := 0
	for _, o := range p.source.Catalog.Operations {
		returned += len(o.Errors)
	}
	p.printer.steps = 1<<20 + 32*int64(len(p.source.Catalog.Document.Text)+returned)
	p.printer.room = p.length()
}

// length returns how long a file may get, in bytes.
func (p *Prepared) length() int64 {
	return smallestBound + boundPerByte*int64(len(p.source.Catalog.Document.Text))
}

// A file can be as long as this, and so much longer for each byte of the catalog: errgen's own targets write at most 8.
const (
	smallestBound = 64 << 20
	boundPerByte  = 64
)

// form watches over the ends of every generated file and of its lines: line feeds alone, exactly one at the end, and an
// end at all.
type form struct {
	file     file
	to       io.Writer
	left     int64 // until the file is too long
	end      [2]byte
	returned bool // there was a carriage return
}

func (w *form) Write(b []byte) (int, error) {
	if w.left -= int64(len(b)); w.left < 0 {
		const words = "%s gets longer than any catalog of this size needs; does a template repeat itself?"
		return 0, fmt.Errorf(words, w.file.name)
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

func (w *form) check() error {
	f := w.file
	switch {
	case w.end[1] != '\n' || w.end[0] == '\n':
		return fmt.Errorf("the template %s must end %s with exactly one line feed", f.template, f.name)
	case w.returned:
		const words = "the template %s prints a carriage return into %s; save it with line feeds"
		return fmt.Errorf(words, f.template, f.name)
	}
	return nil
}

package render

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/prose"
)

// printer holds what the functions of one target's templates need.
type printer struct {
	t       *Target
	c       *catalog.Catalog
	depth   int                      // of the code in the body
	address func(code string) string // of a code's documentation; nil: there is none
	site    string                   // that the documentation lies on: https://docs.example.com; empty: not known
	anchor  func(code string) string // of a code on the same page
	options map[string]string        // of the file that is being printed
	isPage  bool                     // that file is a page of Markdown, which sites of documentation take in

	said   map[saying]string // by templates that are printed once
	differ bool              // what is being printed has an option that a file sets

	templates *templates // that indented prints
	inside    int        // how many templates it is printing, each in another
	steps     int64      // that templates may take yet: rounds of ranges, and calls of templates
	room      int64      // for what indented may yet make, in bytes
}

// saying is a template and what it is given.
type saying struct {
	template string
	data     any
}

func newPrinter(t *Target, c *catalog.Catalog) *printer {
	p := &printer{t: t, c: c, depth: depthOf(c.Envelope), said: map[saying]string{}, anchor: func(code string) string {
		if c.ByCode[code] == nil {
			return ""
		}
		return "#" + catalog.Anchor(code)
	}}
	if docs, err := url.Parse(c.DocsURL); err == nil && docs.Host != "" {
		p.site = docs.Scheme + "://" + docs.Host
	}
	hasOwn := func(e *catalog.Error) bool { return e.DocsURL != "" }
	if c.DocsURL != "" || slices.ContainsFunc(c.Errors, hasOwn) {
		p.address = func(code string) string {
			if e := c.ByCode[code]; e != nil {
				return c.DocsAddress(e)
			}
			return ""
		}
	}
	return p
}

// textLaw lets no text of the catalog be printed but by an escaper.
func (p *printer) textLaw() *law {
	return &law{
		funcs: map[string]any{
			// Makes plain text of Markdown, to be given to one of the functions that print.
			//	{{string (plain .Title)}}
			"plain": opener(func(t Prose) Text { return text(t().Plain()) }),
			// Makes text of Markdown, written anew with the codes that it names as links, for functions that print.
			//	{{string (markdown .Title)}}
			"markdown": opener(p.markdown),
			// Prints what escaped prints of markdown, and costs less.
			//	"{{escapedMarkdown .Title}}"
			"escapedMarkdown": p.escapedMarkdown,
			// Makes text that ends as a sentence does: a full stop is added where nothing else ends it.
			//	// {{comment "// " (sentence .Title)}}
			"sentence": sentence,
			// Makes text of Markdown as it is written in the catalog, for functions that print.
			//	{{json (source .Title)}}
			"source": opener(func(t Prose) Text { return text(t().Source()) }),
			// Prints one string literal of texts, Markdown without its marks, strings and numbers.
			//	{{string "Errors: " .Title}}
			"string": p.string,
			// Prints what string prints, without the quotes.
			//	"Errors: {{escaped .Title}}"
			"escaped": p.escaped,
			// Prints the inside of a comment; the first argument is what its further lines begin with.
			//	// {{comment "// " "Errors: " .Title}}
			"comment": p.comment,
			// Prints a value, a text, a number or a boolean as JSON.
			//	{{range .Errors}}{{with .Schema}}{{json .}}{{end}}{{end}}
			"json": p.json,
			// Prints a body as JSON: a line for each member of the envelope, and one for what stands in them.
			//	{{body .Envelope.Sample}}
			"body": p.body(0),
			// Makes text of the short notation of details, such as { issues: [{ path, message }] }.
			//	{{range .Errors}}{{with .Details}}{{code (shape .)}}{{end}}{{end}}
			"shape": shapeOf,
			// Gives the rows of a table of details: each property, those of objects in it right behind it.
			//	{{range .Errors}}{{with .Details}}{{range fields .}}{{codeCell .Path}}{{end}}{{end}}{{end}}
			"fields": detailFields,
			// Prints text, or Markdown with the codes that it names as links, as Markdown: on a page, or in a comment.
			//	{{page .Title}}
			"page": p.page,
			// Prints what page prints, in a cell of a Markdown table.
			//	| {{range .Errors}}{{cell .Meaning}} | {{end}}
			"cell": p.cell,
			// Prints text as a code span of Markdown.
			//	{{range .Errors}}{{code .Code}}{{end}}
			"code": p.code,
			// Prints what code prints, in a cell of a Markdown table.
			//	| {{range .Errors}}{{codeCell .Code}} | {{end}}
			"codeCell": p.codeCell,
			// Makes a list of the members that an object of the body has with an error, or with any: then give nil.
			//	{{range members .Envelope.Error .Sample}}{{.Literal}} {{end}}
			"members": p.members,
			// Prints the keys, as string literals with commas between them, of those that are never left out.
			//	{{required .Envelope.Error .Sample}}
			"required": p.required,
			// Makes an object of keys and values, to give a template more than one thing.
			//	{{with dict "code" .Sample.Code "level" 2}}{{string .code}}{{end}}
			"dict": dict,
			// Prints a template with so many spaces before each line, where one file stands in another.
			//	{{define "item"}}- {{string .Title}}{{end}}{{indented 4 "item" .}}
			"indented": p.indented,
			// Prints a template of one object: anew for each file of the target only if it has an option that a file sets.
			//	{{define "item"}}- {{string .Title}}{{end}}{{once "item" .}}
			"once": p.once,
			// Prints what a template has printed, with another text in the place of one.
			//	{{define "item"}}NAME of {{string .Title}}{{end}}{{$item := indented 0 "item" .}}{{replace $item "NAME" .Header}}
			"replace": strings.ReplaceAll,
			// Prints the value of an option that target.yaml declares.
			//	{{option "name"}}
			"option": p.option,
		},
		print:     printText,
		forbidden: "{function} could print text without escaping it; " + escapers,
	}
}

const escapers = "use string, comment, json, page, cell or code"

// printText prints what cannot hold text of users: that comes as functions, which only the escapers open.
func printText(v any) (any, error) {
	t := reflect.TypeOf(v)
	if t == nil {
		return nil, errors.New("an absent value cannot be printed; ask with {{with}} or {{if}} first")
	}
	if isPrintable(t) {
		return v, nil
	}
	return nil, fmt.Errorf("%s cannot be printed as it is; %s", describe(t), escapers)
}

func isPrintable(t reflect.Type) bool {
	return t.Kind() == reflect.String || t.Kind() == reflect.Int || t.Kind() == reflect.Bool
}

// step counts one step of a template, and has nothing printed.
func (p *printer) step() (bool, error) {
	if p.steps--; p.steps < 0 {
		return false, errors.New("templates take more steps than any catalog of this size needs; does one repeat itself?")
	}
	return false, nil
}

// overList lets only lists and maps through: text/template would count to any number.
func overList(list any) (any, error) {
	if list == nil {
		return nil, nil
	}
	return list, listed(reflect.TypeOf(list))
}

func listed(t reflect.Type) error {
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		return nil
	}
	return fmt.Errorf("range cannot go over %s", describe(t))
}

// describe names a type in the words of the people who write templates.
func describe(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "a boolean"
	case reflect.Int:
		return "a number"
	case reflect.String:
		return "a string"
	case reflect.Slice:
		return "a list"
	case reflect.Map:
		return "a map"
	case reflect.Func:
		return "text of the catalog"
	}
	return "an object"
}

// opener takes prose that may be absent, but not to f.
func opener(f func(Prose) Text) func(Prose) (Text, error) {
	return func(t Prose) (Text, error) {
		if t == nil {
			return nil, errAbsent
		}
		return f(t), nil
	}
}

var errAbsent = errors.New("the argument is absent here; ask with {{with}} or {{if}} first")

// sentence ends texts with a full stop where nothing else ends them.
func sentence(parts ...any) (Text, error) {
	s, err := joined(parts)
	s = strings.TrimSpace(s)
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".!?:") {
		s += "."
	}
	return text(s), err
}

func (p *printer) option(name string) (string, error) {
	v, ok := p.options[name]
	if !ok {
		return "", fmt.Errorf("target.yaml declares no option %s", diag.Quote(name))
	}
	p.differ = p.differ || slices.ContainsFunc(p.t.files, func(f file) bool { _, is := f.set[name]; return is })
	return v, nil
}

// once prints a template for the first file of the target, and what it has printed for the others.
func (p *printer) once(name string, data any) (string, error) {
	if data == nil {
		return "", errAbsent
	}
	if t := reflect.TypeOf(data); t.Kind() != reflect.Pointer {
		return "", fmt.Errorf("once takes an object of a list, such as an error, and is given %s", describe(t))
	}
	this := saying{name, data}
	if said, is := p.said[this]; is {
		return said, nil
	}
	around := p.differ
	p.differ = false
	said, err := p.indented(0, name, data)
	if !p.differ {
		p.said[this] = said
	}
	p.differ = p.differ || around
	return said, err
}

// indented prints a template whose lines may be indented: none is inside of text that counts its spaces.
func (p *printer) indented(spaces int, name string, data any) (string, error) {
	const deepest = 10
	if p.inside++; p.inside > deepest {
		return "", fmt.Errorf("templates indent each other more than %d deep", deepest)
	}
	defer func() { p.inside-- }()
	var plain, b strings.Builder
	if err := p.templates.execute(name, data, &limited{&plain, &p.room}); err != nil {
		return "", err
	}
	if spaces == 0 {
		return plain.String(), nil
	}
	b.Grow(plain.Len() * 5 / 4)
	prefix := strings.Repeat(" ", spaces)
	for line := range strings.Lines(plain.String()) {
		if line != "\n" {
			b.WriteString(prefix)
		}
		b.WriteString(line)
	}
	return b.String(), nil
}

// limited is a writer with room for so many bytes, which it may share.
type limited struct {
	to   io.Writer
	room *int64
}

func (l *limited) Write(b []byte) (int, error) {
	if *l.room -= int64(len(b)); *l.room < 0 {
		return 0, errors.New("indented prints more than any catalog of this size needs; does a template repeat itself?")
	}
	return l.to.Write(b)
}

func (p *printer) markdown(t Prose) Text {
	printed := t()
	if printed.markdown == nil {
		printed.markdown = text(printed.Under(p.site).Markdown(p.address))
	}
	return printed.markdown
}

// escapedMarkdown is escaped of markdown, and remembers it.
func (p *printer) escapedMarkdown(t Prose) (string, error) {
	if t == nil {
		return "", errAbsent
	}
	printed := t()
	if printed.escaped == "" {
		var err error
		if printed.escaped, err = p.escaped(p.markdown(t)); err != nil {
			return "", err
		}
	}
	return printed.escaped, nil
}

// joined returns the text of parts: user text, prose as plain text, and strings of the template.
func joined(parts []any) (string, error) {
	if len(parts) == 1 {
		return partText(parts[0])
	}
	var b strings.Builder
	for _, part := range parts {
		s, err := partText(part)
		if err != nil {
			return "", err
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

func partText(part any) (string, error) {
	switch part := part.(type) {
	case string:
		return part, nil
	case Text:
		if part != nil {
			return part(), nil
		}
	case Prose:
		if part != nil {
			return part().Plain(), nil
		}
	case int:
		return strconv.Itoa(part), nil
	default:
		return "", fmt.Errorf("%T is no text", part)
	}
	return "", nil
}

func (p *printer) string(parts ...any) (string, error) {
	s, err := joined(parts)
	return p.t.strings.literal(s), err
}

// escaped is string without the quotes.
func (p *printer) escaped(parts ...any) (string, error) {
	literal, err := p.string(parts...)
	return literal[1 : len(literal)-1], err
}

func (p *printer) comment(prefix string, parts ...any) (string, error) {
	s, err := joined(parts)
	return p.t.comments.comment(prefix, s, &p.t.strings), err
}

func (p *printer) json(v any) (string, error) {
	switch v := v.(type) {
	case Value:
		if v == nil {
			return "null", nil
		}
		var b strings.Builder
		p.t.strings.json(&b, v())
		return b.String(), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int:
		return strconv.Itoa(v), nil
	}
	s, err := partText(v)
	return p.t.strings.literal(s), err
}

// page, cell and their code twins print Markdown.
func (p *printer) page(v any) (string, error) {
	if t, ok := v.(Prose); ok && t != nil {
		if p.isPage {
			return t().Page(p.anchor), nil
		}
		return t().Markdown(p.anchor), nil
	}
	s, err := partText(v)
	escaped := prose.Escape(s)
	if p.isPage {
		return prose.Inline(escaped).Page(nil), err
	}
	return escaped, err
}

func (p *printer) cell(v any) (string, error) {
	if t, ok := v.(Prose); ok && t != nil {
		return t().PageCell(p.anchor), nil
	}
	s, err := partText(v)
	return prose.Inline(prose.Escape(s)).PageCell(nil), err
}

func (p *printer) code(v any) (string, error) {
	s, err := partText(v)
	if p.isPage {
		return prose.CodeSpanPage(s), err
	}
	return prose.CodeSpan(s), err
}

func (p *printer) codeCell(v any) (string, error) {
	s, err := partText(v)
	return prose.CodeSpanPageCell(s), err
}

// shapeOf returns the short notation of a details schema: { issues: [{ path, message }] }.
func shapeOf(p *placeView) (Text, error) {
	if p == nil {
		return nil, errAbsent
	}
	var b strings.Builder
	(&shapeWriter{}).shape(&b, p, 0)
	return text(b.String()), nil
}

// shapeWriter knows the types that it is inside of: it writes none of them in itself.
type shapeWriter struct{ inside []*typeView }

// shape writes what has structure; of scalars member names only the property.
func (w *shapeWriter) shape(b *strings.Builder, p *placeView, depth int) {
	switch {
	case p.Kind == catalog.Array:
		b.WriteByte('[')
		w.shape(b, p.Item, depth+1)
		b.WriteByte(']')
	case p.Kind == catalog.Map && p.Item.Kind == catalog.Any:
		b.WriteString("{ … }")
	case p.Kind == catalog.Map:
		b.WriteString("{ *")
		w.member(b, p.Item, depth+1)
		b.WriteString(" }")
	case p.Kind == catalog.Object:
		w.object(b, p.Ref, depth)
	}
}

// Deeper than this a notation is not short any more.
const deepestShape = 4

func (w *shapeWriter) object(b *strings.Builder, t *typeView, depth int) {
	if len(t.Fields) == 0 || depth > deepestShape || slices.Contains(w.inside, t) {
		b.WriteString("{ … }")
		return
	}
	w.inside = append(w.inside, t)
	b.WriteString("{ ")
	for i, f := range t.Fields {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(f.Wire())
		if !f.Required {
			b.WriteByte('?')
		}
		w.member(b, f, depth+1)
	}
	b.WriteString(" }")
	w.inside = w.inside[:len(w.inside)-1]
}

func (w *shapeWriter) member(b *strings.Builder, p *placeView, depth int) {
	if p.Kind == catalog.Object || p.Kind == catalog.Map || p.Kind == catalog.Array && hasStructure(p.Item) {
		b.WriteString(": ")
		w.shape(b, p, depth)
	} else if p.Kind == catalog.Array {
		b.WriteString(": []")
	}
}

func hasStructure(p *placeView) bool {
	return p.Kind == catalog.Object || p.Kind == catalog.Map || p.Kind == catalog.Array && hasStructure(p.Item)
}

func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("dict takes keys and values in turn")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("the key %d of dict is %T, expected a string", i/2+1, pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}

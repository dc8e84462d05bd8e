package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
	"github.com/sigsentry/errgen/schema"
)

// Details schemas and types have a reader of their own in this package, and the codes have a style.
var structure = sync.OnceValue(func() *document.Schema {
	return document.MustCompile(schema.Errors, "/$defs/schema", "/$defs/details", "/properties/errors/propertyNames",
		"/properties/types/propertyNames")
})

// Load reads a catalog. Name is its path as the user wrote it. The catalog is nil if there are errors.
func Load(name string, text []byte, maxSize int64) (*Catalog, diag.List) {
	doc, found := document.Parse(name, text, maxSize, "errors", "retired", "categories", "groups", "operations")
	if doc.Root == nil {
		for i := range found {
			if found[i].Rule == "empty-file" {
				found[i].Hint = "begin with `version: 1`"
			}
		}
		found.Sort()
		return nil, found
	}
	found.Add(structure().Check(doc)...)
	l := loader{
		doc: doc, root: doc.Root, found: found,
		catalog: Catalog{
			ByCode: map[string]*Error{}, RetiredByCode: map[string]*Retired{}, TypeByName: map[string]*Type{},
		},
		nearest: map[string]string{},
	}
	c := l.load()
	l.found.Sort()
	if l.found.HasErrors() {
		return nil, l.found
	}
	l.samples()
	return c, l.found
}

// loader builds a catalog from values that may be wrong anywhere: what the schema has refused already is passed over in
// silence.
type loader struct {
	doc     *document.Document
	root    *document.Node
	catalog Catalog
	found   diag.List
	nearest map[string]string // memo of nearCode
	guesses diag.Guesses
	fits    Fits
}

// report adds an error about n, unless one is known already.
func (l *loader) report(n *document.Node, rule, message, hint string, related ...diag.Related) {
	if !n.Refused() && !l.found.Full() {
		d := n.Report(rule, message, hint)
		d.Related = related
		l.found.Add(d)
	}
}

func (l *loader) load() *Catalog {
	l.info()
	l.categories()
	l.errors()
	l.schemas()
	l.references()
	l.mergeShared()
	l.envelope()
	l.values()
	l.retire()
	l.links()
	l.operations()
	l.sections()
	l.catalog.EachText(l.inline, l.spans)
	return &l.catalog
}

func (l *loader) info() {
	info := l.root.Get("info")
	c := &l.catalog
	c.Document = l.doc
	c.Title = prose.Inline(info.Str("title"))
	c.Summary = prose.Inline(info.Str("summary"))
	c.Intro = prose.Blocks(info.Str("intro"))
	c.DocsURL = info.Str("docsURL")
	c.Extensions = extensions(info)
	c.Style = CodeStyle(info.Str("codeStyle"))
	if _, known := codeStyles[c.Style]; !known {
		c.Style = "UPPER_SNAKE"
	}
}

func (l *loader) categories() {
	for key, n := range l.root.Get("categories").Members() {
		l.catalog.Categories = append(l.catalog.Categories, &Category{
			Node:        n,
			Key:         key.Text,
			Names:       l.names(n),
			Extensions:  extensions(n),
			Title:       prose.Inline(n.Str("title")),
			Description: prose.Blocks(n.Str("description")),
		})
	}
}

func (l *loader) errors() {
	categories := map[string]*Category{}
	for _, c := range l.catalog.Categories {
		categories[c.Key] = c
	}
	for key, n := range l.root.Get("errors").Members() {
		l.checkCode(key)
		e := l.error(key.Text, n, categories)
		l.catalog.ByCode[e.Code] = e
		l.catalog.Errors = append(l.catalog.Errors, e)
	}
}

// checkCode refuses a code that is not in the catalog's style.
func (l *loader) checkCode(key *document.Node) {
	if style := l.catalog.Style; !style.Valid(key.Text) {
		message := fmt.Sprintf("the code %s is not in the style %s", diag.Quote(key.Text), style)
		l.report(key, "invalid-code", message, style.suggest(key.Text))
	}
}

func (l *loader) error(code string, n *document.Node, categories map[string]*Category) *Error {
	e := &Error{
		Node:        n,
		Code:        code,
		Status:      l.status(n.Get("status")),
		Category:    l.category(n.Get("category"), categories),
		Meaning:     prose.Inline(n.Str("meaning")),
		Title:       prose.Inline(n.Str("title")),
		Description: prose.Blocks(n.Str("description")),
		DocsURL:     n.Str("docsURL"),
		Extensions:  extensions(n),
		Recovery:    prose.Inline(n.Str("recovery")),
		Message:     n.Str("message"),
		RetryAfter:  n.Get("retryAfter").IsTrue(),
		Since:       n.Str("since"),
		Symbol:      n.Str("symbol"),
		Names:       l.names(n),
	}
	e.Retryable = l.retry(e)
	if e.Category != nil {
		e.Category.Errors = append(e.Category.Errors, e)
	}
	if e.Message == "" {
		e.Message = e.Meaning.Plain()
	}
	return e
}

// category looks up the category that a value names; nil after a report if there is none.
func (l *loader) category(n *document.Node, categories map[string]*Category) *Category {
	if n == nil || n.Kind != document.String && n.Kind != document.Number {
		return nil
	}
	c := categories[n.Text]
	if known := l.root.Get("categories"); c == nil && known != nil && known.Kind == document.Map {
		hint := cmp.Or(l.guesses.DidYouMean(n.Text, known.Keys), "add it to `categories`")
		l.report(n, "unknown-category", "category "+diag.Quote(n.Text)+" is not defined", hint)
	}
	return c
}

// names reads the names that a code or a category has in some targets.
func (l *loader) names(n *document.Node) map[string]string {
	names := n.Get("names")
	if names != nil && names.Kind == document.Map {
		l.catalog.Named = append(l.catalog.Named, names)
	}
	return stringMap(names)
}

// extensions returns the members of a map whose keys begin with x-.
func extensions(n *document.Node) Extensions {
	var found Extensions
	for key, value := range n.Members() {
		if strings.HasPrefix(key.Text, "x-") {
			if found == nil {
				found = Extensions{}
			}
			found[key.Text] = value
		}
	}
	return found
}

func stringMap(n *document.Node) map[string]string {
	if n == nil || n.Kind != document.Map {
		return nil
	}
	m := make(map[string]string, n.Len())
	for key, value := range n.Members() {
		m[key.Text] = value.Text
	}
	return m
}

func (l *loader) retire() {
	for key := range l.root.Get("retired").Members() {
		r := &Retired{Code: key.Text}
		l.catalog.RetiredByCode[r.Code] = r
		l.catalog.Retired = append(l.catalog.Retired, r)
		if e := l.catalog.ByCode[r.Code]; e != nil {
			l.revived(e, key)
		}
	}
	for key, n := range l.root.Get("retired").Members() {
		l.catalog.RetiredByCode[key.Text].Deprecation = l.deprecation(n)
	}
}

func (l *loader) revived(e *Error, retired *document.Node) {
	message := "the code " + diag.Quote(e.Code) + " is retired: it may not come back"
	l.report(e.Node, "retired-code", message, "choose another code",
		diag.Related{Place: retired.Place(), Message: "retired here"})
}

func (l *loader) deprecation(n *document.Node) Deprecation {
	return Deprecation{Node: n, Since: n.Str("since"), Use: l.code(n.Get("use")), Reason: prose.Inline(n.Str("reason"))}
}

// code looks up the error that a value names; nil after a report if there is none.
func (l *loader) code(n *document.Node) *Error {
	if n == nil || n.Kind != document.String && n.Kind != document.Number {
		return nil
	}
	e := l.catalog.ByCode[n.Text]
	switch {
	case e != nil:
	case l.catalog.RetiredByCode[n.Text] != nil:
		l.report(n, "unknown-code", "the code "+diag.Quote(n.Text)+" is retired", "name a code that is in use")
	default:
		l.report(n, "unknown-code", "the code "+diag.Quote(n.Text)+" is not defined", didYouMean(l.nearCode(n.Text)))
	}
	return e
}

func didYouMean(near string) string {
	if near == "" {
		return "name a code of this catalog"
	}
	return "did you mean " + diag.Quote(near) + "?"
}

// nearCode returns the code that a name was probably meant to be, or "".
func (l *loader) nearCode(name string) string {
	near, known := l.nearest[name]
	if !known {
		near = l.guesses.Nearest(name, l.catalog.Codes)
		l.nearest[name] = near
	}
	return near
}

// Codes returns the codes in the order of the file.
func (c *Catalog) Codes() []string {
	codes := make([]string, len(c.Errors))
	for i, e := range c.Errors {
		codes[i] = e.Code
	}
	return codes
}

// links resolves what names another code.
func (l *loader) links() {
	for _, e := range l.catalog.Errors {
		if d := e.Node.Get("deprecated"); d != nil && d.Kind == document.Map {
			e.Deprecated = l.replacement(e, d)
		}
		for also := range e.Node.Get("seeAlso").Items() {
			if other := l.code(also); other != nil {
				e.SeeAlso = append(e.SeeAlso, other)
			}
		}
	}
	l.internal()
}

func (l *loader) replacement(e *Error, n *document.Node) *Deprecation {
	d := l.deprecation(n)
	if d.Use == e {
		l.report(n.Get("use"), "unknown-code", "the code "+diag.Quote(e.Code)+" cannot replace itself", "name another code")
	}
	return &d
}

func (l *loader) internal() {
	if n := l.root.Get("info").Get("internal"); n != nil {
		l.catalog.Internal = l.code(n)
		return
	}
	is500 := func(e *Error) bool { return e.Status.Default == 500 }
	if at := slices.IndexFunc(l.catalog.Errors, is500); at >= 0 {
		l.catalog.Internal = l.catalog.Errors[at]
	}
}

func (l *loader) sections() {
	for s := range l.root.Get("sections").Items() {
		section := Section{Node: s, Title: prose.Inline(s.Str("title")), Body: prose.Blocks(s.Str("body"))}
		l.catalog.Sections = append(l.catalog.Sections, section)
	}
}

package catalog

import (
	"fmt"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
	"github.com/sigsentry/errgen/schema"
)

// Details schemas have a reader of their own in this package, and so have the types.
var structure = sync.OnceValue(func() *document.Schema {
	return document.MustCompile(schema.Errors, "/$defs/schema", "/$defs/details")
})

// Load reads a catalog. Name is its path as the user wrote it. The catalog is nil if there are errors.
func Load(name string, text []byte, maxSize int64) (*Catalog, diag.List) {
	doc, found := document.Parse(name, text, maxSize)
	if doc.Root == nil {
		return nil, found
	}
	found = append(found, structure().Check(doc, isSchema)...)
	l := loader{doc: doc, root: doc.Root, codes: map[string]*Error{}, retired: map[string]*Retired{}, typesByName: map[string]*Type{}, found: found}
	c := l.load()
	l.found.Sort()
	if l.found.HasErrors() {
		return nil, l.found
	}
	return c, l.found
}

// isSchema names the parts of a catalog that hold schemas, or examples for them: errors/CODE/details, errors/CODE/examples/0/details and types.
func isSchema(depth int, key string) bool {
	return key == "details" && (depth == 3 || depth == 5) || key == "types" && depth == 1
}

// loader builds a catalog from values that may be wrong anywhere: what the schema has refused already is passed over in silence.
type loader struct {
	doc         *document.Document
	root        *document.Node
	catalog     Catalog
	codes       map[string]*Error
	retired     map[string]*Retired
	typesByName map[string]*Type
	nodes       []*document.Node // of catalog.Errors
	found       diag.List
	nearest     map[string]string // memo of nearCode
}

func (l *loader) report(n *document.Node, rule, message, hint string) {
	l.found.Add(l.doc.Report(n, rule, message, hint))
}

func (l *loader) load() *Catalog {
	l.info()
	l.categories()
	l.errors()
	l.types()
	l.details()
	l.retire()
	l.links()
	l.sections()
	l.references()
	l.proseCodes()
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
	c.Style = CodeStyle(info.Str("codeStyle"))
	if _, known := codeStyles[c.Style]; !known {
		c.Style = "UPPER_SNAKE"
	}
}

func (l *loader) categories() {
	for key, n := range l.members("categories") {
		l.catalog.Categories = append(l.catalog.Categories, &Category{
			Key:         key,
			Title:       prose.Inline(n.Str("title")),
			Description: prose.Blocks(n.Str("description")),
		})
	}
}

// members ranges over a map at the top of the catalog.
func (l *loader) members(key string) func(yield func(string, *document.Node) bool) {
	return func(yield func(string, *document.Node) bool) {
		n := l.root.Get(key)
		if n == nil || n.Kind != document.Map {
			return
		}
		for i := range n.Len() {
			if !yield(n.Key(i).Text, n.Item(i)) {
				return
			}
		}
	}
}

func (l *loader) errors() {
	n := l.root.Get("errors")
	if n == nil || n.Kind != document.Map {
		return
	}
	categories := map[string]*Category{}
	for _, c := range l.catalog.Categories {
		categories[c.Key] = c
	}
	for i := range n.Len() {
		l.checkCode(n.Key(i))
		e := l.error(n.Key(i).Text, n.Item(i), categories)
		l.codes[e.Code] = e
		l.catalog.Errors = append(l.catalog.Errors, e)
		l.nodes = append(l.nodes, n.Item(i))
	}
}

// checkCode refuses a code that is not in the catalog's style.
func (l *loader) checkCode(key *document.Node) {
	style := l.catalog.Style
	if style.Valid(key.Text) {
		return
	}
	message := fmt.Sprintf("the code %s is not in the style %s", diag.Quote(key.Text), style)
	if len(key.Text) > MaxCodeLength {
		message = fmt.Sprintf("the code %s has %d characters, more than %d", diag.Quote(key.Text), len(key.Text), MaxCodeLength)
	}
	hint := "write it like " + codeStyles[style].example
	if upper := strings.ToUpper(strings.NewReplacer("-", "_", " ", "_", ".", "_").Replace(key.Text)); style == "UPPER_SNAKE" && style.Valid(upper) {
		hint = "write " + upper
	}
	l.report(key, "invalid-code", message, hint)
}

func (l *loader) error(code string, n *document.Node, categories map[string]*Category) *Error {
	status, _ := n.Get("status").Int()
	e := &Error{
		Code:       code,
		Status:     status,
		Category:   categories[n.Str("category")],
		Meaning:    prose.Inline(n.Str("meaning")),
		Recovery:   prose.Inline(n.Str("recovery")),
		Message:    n.Str("message"),
		Retryable:  RetryableStatus(status),
		RetryAfter: n.Get("retryAfter").IsTrue(),
		Since:      n.Str("since"),
		Names:      stringMap(n.Get("names")),
	}
	if e.Message == "" {
		e.Message = e.Meaning.Plain()
	}
	if r := n.Get("retryable"); r != nil {
		e.Retryable = r.IsTrue()
	}
	if e.Category != nil {
		e.Category.Errors = append(e.Category.Errors, e)
	} else if name := n.Get("category"); name != nil && name.Kind == document.String {
		l.report(name, "unknown-category", "category "+diag.Quote(name.Text)+" is not defined", diag.DidYouMean(name.Text, keys(l.root.Get("categories"))))
	}
	return e
}

func keys(n *document.Node) []string {
	if n == nil || n.Kind != document.Map {
		return nil
	}
	return n.Keys()
}

func stringMap(n *document.Node) map[string]string {
	if n == nil || n.Kind != document.Map {
		return nil
	}
	m := make(map[string]string, n.Len())
	for i := range n.Len() {
		m[n.Key(i).Text] = n.Item(i).Text
	}
	return m
}

func (l *loader) retire() {
	for code, n := range l.members("retired") {
		r := &Retired{Code: code, Deprecation: l.deprecation(n)}
		l.retired[code] = r
		l.catalog.Retired = append(l.catalog.Retired, r)
		if l.codes[code] != nil {
			key := l.root.Get("errors").KeyOf(code)
			d := l.doc.Report(key, "retired-code", "the code "+diag.Quote(code)+" is retired: it may not come back", "choose another code")
			d.Related = []diag.Related{{Place: l.doc.PlaceOf(l.root.Get("retired").KeyOf(code)), Message: "retired here"}}
			l.found.Add(d)
		}
	}
}

func (l *loader) deprecation(n *document.Node) Deprecation {
	return Deprecation{Since: n.Str("since"), Use: l.code(n.Get("use")), Reason: prose.Inline(n.Str("reason"))}
}

// code looks up the error that a value names; nil after a report if there is none.
func (l *loader) code(n *document.Node) *Error {
	if n == nil || n.Kind != document.String {
		return nil
	}
	e := l.codes[n.Text]
	if e == nil {
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
	if near, known := l.nearest[name]; known {
		return near
	}
	if l.nearest == nil {
		l.nearest = map[string]string{}
	}
	codes := make([]string, len(l.catalog.Errors))
	for i, e := range l.catalog.Errors {
		codes[i] = e.Code
	}
	l.nearest[name] = diag.Nearest(name, codes)
	return l.nearest[name]
}

// links resolves what names another code.
func (l *loader) links() {
	for i, e := range l.catalog.Errors {
		n := l.nodes[i]
		if d := n.Get("deprecated"); d != nil && d.Kind == document.Map {
			deprecation := l.deprecation(d)
			e.Deprecated = &deprecation
			if e.Deprecated.Use == e {
				l.report(d.Get("use"), "unknown-code", "the code "+diag.Quote(e.Code)+" cannot replace itself", "name another code")
			}
		}
		if also := n.Get("seeAlso"); also != nil && also.Kind == document.List {
			for j := range also.Len() {
				if other := l.code(also.Item(j)); other != nil {
					e.SeeAlso = append(e.SeeAlso, other)
				}
			}
		}
	}
	if internal := l.root.Get("info").Get("internal"); internal != nil {
		l.catalog.Internal = l.code(internal)
		return
	}
	for _, e := range l.catalog.Errors {
		if e.Status == 500 {
			l.catalog.Internal = e
			return
		}
	}
}

func (l *loader) sections() {
	n := l.root.Get("sections")
	if n == nil || n.Kind != document.List {
		return
	}
	for i := range n.Len() {
		s := n.Item(i)
		l.catalog.Sections = append(l.catalog.Sections, Section{Title: prose.Inline(s.Str("title")), Body: prose.Blocks(s.Str("body"))})
	}
}

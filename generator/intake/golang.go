package intake

import (
	"cmp"
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// gofile is a Go file whose constants, literals and switches are looked at. Nothing of it is run.
type gofile struct {
	*reader
	set     *token.FileSet
	file    *ast.File
	err     error
	consts  map[string]*constant
	inOrder []*constant         // of the file
	structs map[string][]string // the fields of types
	tables  []*table            // of literals, one for each type
	found   map[string]*entry   // what maps and switches say, by code
}

// constant is one whose value is text.
type constant struct {
	name, kind, text, doc string
	place                 diag.Place
}

// constants are those of several Go files, by their package and name.
type constants map[[2]string]*constant

// parseGo parses a Go file, and notes its constants: statuses are often in another file than codes.
func (r *reader) parseGo() {
	if strings.ToLower(filepath.Ext(r.Path)) != ".go" || len(r.wrong) > 0 {
		return
	}
	g := &gofile{reader: r, set: token.NewFileSet(), consts: map[string]*constant{}, structs: map[string][]string{},
		found: map[string]*entry{}}
	r.gofile = g
	g.file, g.err = parser.ParseFile(g.set, r.Path, r.doc.Text, parser.ParseComments|parser.SkipObjectResolution)
	if g.err != nil {
		return // is said when the file is read
	}
	for _, d := range g.file.Decls {
		g.declare(d)
	}
	for name, c := range g.consts {
		r.constants[[2]string{g.file.Name.Name, name}] = c
	}
}

// constant returns the constant of a name in the file or another one of its package, or nil.
func (g *gofile) constant(name string) *constant {
	if c := g.consts[name]; c != nil {
		return c
	}
	return g.reader.constants[[2]string{g.file.Name.Name, name}]
}

// golang reads Go: constants that are codes, struct literals, and maps and switches from codes to statuses.
func (r *reader) golang() {
	g := r.gofile
	if wrong := (scanner.ErrorList{}); errors.As(g.err, &wrong) {
		offset := min(wrong[0].Pos.Offset, len(r.doc.Text))
		r.refuse(r.line(offset, offset+1), "the file is not Go: "+wrong[0].Msg, "correct it, and see that it compiles")
		return
	}
	ast.Inspect(g.file, g.literal)
	for _, t := range g.tables {
		g.take(t)
	}
	g.codes()
	ast.Inspect(g.file, g.switches)
	for _, code := range slices.Sorted(maps.Keys(g.found)) {
		g.add(*g.found[code])
	}
	slices.SortStableFunc(g.entries, func(a, b entry) int { return a.place.Start.Line - b.place.Start.Line })
}

// place returns where a node stands, as far as it is on one line.
func (g *gofile) place(n ast.Node) diag.Place {
	from, to := g.set.Position(n.Pos()).Offset, g.set.Position(n.End()).Offset
	return g.line(from, to)
}

// declare notes constants with text, and the fields of types.
func (g *gofile) declare(d ast.Decl) {
	general, ok := d.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range general.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			g.fields(spec)
		case *ast.ValueSpec:
			g.values(general, spec)
		}
	}
}

func (g *gofile) fields(spec *ast.TypeSpec) {
	s, ok := spec.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			g.structs[spec.Name.Name] = append(g.structs[spec.Name.Name], name.Name)
		}
	}
}

func (g *gofile) values(d *ast.GenDecl, spec *ast.ValueSpec) {
	for i, v := range spec.Values {
		kind := typeName(spec.Type)
		if call, ok := v.(*ast.CallExpr); ok && len(call.Args) == 1 {
			kind, v = typeName(call.Fun), call.Args[0]
		}
		text, ok := stringOf(v)
		if !ok || i >= len(spec.Names) || d.Tok != token.CONST && kind == "" {
			continue
		}
		name := spec.Names[i].Name
		doc := cmp.Or(spec.Doc.Text(), spec.Comment.Text())
		if doc == "" && !d.Lparen.IsValid() {
			doc = d.Doc.Text()
		}
		g.consts[name] = &constant{name, kind, text, doc, g.place(v)}
		g.inOrder = append(g.inOrder, g.consts[name])
	}
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.StarExpr:
		return typeName(e.X)
	}
	return ""
}

func stringOf(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// codes takes the constants that are codes: by their type, or by their own name.
func (g *gofile) codes() {
	var others []string
	for _, c := range g.inOrder {
		switch {
		case !isCode(c.text) || g.Select != "" && c.kind != g.Select:
		case g.Select != "" || speaksOfErrors(c.kind) || c.kind == "" && namesCode(c.name):
			e := entry{code: c.text, place: c.place}
			e.meaning(c)
			g.add(e)
		case c.kind != "" && !slices.Contains(others, c.kind):
			others = append(others, c.kind)
		}
	}
	if len(g.entries) == 0 && len(others) > 0 && !g.refused {
		g.refuse(diag.Place{}, "no constants are certain to be codes", "name their type: "+ways("--select ", others...))
	}
}

func speaksOfErrors(kind string) bool {
	kind = strings.ToLower(kind)
	return strings.Contains(kind, "code") || strings.Contains(kind, "err") || strings.Contains(kind, "reason")
}

func namesCode(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "code") || strings.HasPrefix(name, "err") || strings.HasSuffix(name, "code")
}

// meaning takes the comment on a constant. Of one that is a sentence about the constant it is not certain.
func (e *entry) meaning(c *constant) {
	text := oneLine(c.doc)
	about, isAbout := strings.CutPrefix(text, c.name)
	if isAbout {
		for _, link := range []string{" means that ", " means ", " indicates that ", ": ", " - "} {
			if rest, ok := strings.CutPrefix(about, link); ok && rest != "" {
				e.say("meaning", document.NewString(strings.ToUpper(rest[:1])+rest[1:]), c.place)
				return
			}
		}
	}
	e.take(fact{key: "meaning", value: document.NewString(text), place: c.place, doubt: isAbout, from: "comment"})
}

// literal takes a struct literal as a row of the table of its type, and a map literal for what it says of codes.
func (g *gofile) literal(n ast.Node) bool {
	lit, ok := n.(*ast.CompositeLit)
	if !ok {
		return true
	}
	switch kind := lit.Type.(type) {
	case *ast.ArrayType:
		for _, e := range lit.Elts {
			g.element(e, typeName(kind.Elt))
		}
	case *ast.MapType:
		for _, e := range lit.Elts {
			if pair, ok := e.(*ast.KeyValueExpr); ok {
				g.element(pair.Value, typeName(kind.Value))
				g.pair(pair.Key, pair.Value)
			}
		}
	case nil:
	default:
		g.row(lit, typeName(kind))
	}
	return true
}

// element takes an element of a list or map whose type is written there once.
func (g *gofile) element(e ast.Expr, kind string) {
	if ref, ok := e.(*ast.UnaryExpr); ok {
		e = ref.X
	}
	if lit, ok := e.(*ast.CompositeLit); ok && lit.Type == nil {
		g.row(lit, kind)
	}
}

func (g *gofile) row(lit *ast.CompositeLit, kind string) {
	if kind == "" || g.Select != "" && kind != g.Select {
		return
	}
	what := "the literals of " + kind
	i := slices.IndexFunc(g.tables, func(t *table) bool { return t.what == what })
	if i < 0 {
		i = len(g.tables)
		g.tables = append(g.tables, &table{what: what, place: g.place(lit)})
	}
	t, w := g.tables[i], row{place: g.place(lit)}
	for i, e := range lit.Elts {
		name, value := "", e
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			name, value = typeName(pair.Key), pair.Value
		} else if fields := g.structs[kind]; i < len(fields) {
			name = fields[i]
		}
		if name != "" {
			t.put(&w, name, cell{text: g.value(value), place: g.place(value)})
		}
	}
	t.rows = append(t.rows, w)
}

// value returns what an expression stands for, as far as that can be seen.
func (g *gofile) value(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if text, ok := stringOf(e); ok {
			return oneLine(text)
		}
		return e.Value
	case *ast.Ident:
		if c := g.constant(e.Name); c != nil {
			return c.text
		}
		if e.Name == "true" || e.Name == "false" {
			return e.Name
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok {
			return x.Name + "." + e.Sel.Name
		}
	case *ast.CallExpr:
		if len(e.Args) == 1 {
			return g.value(e.Args[0])
		}
	}
	return ""
}

// pair takes a member of a map from codes to statuses or texts.
func (g *gofile) pair(key, value ast.Expr) {
	code := g.codeOf(key)
	if code == "" {
		return
	}
	text := g.value(value)
	if status := statusOf(text); status != nil {
		g.about(code, key).say("status", status, g.place(value))
	} else if s, ok := stringOf(value); ok {
		g.about(code, key).say("meaning", document.NewString(oneLine(s)), g.place(value))
	}
}

// codeOf returns the code that an expression is, if it is a constant that is one.
func (g *gofile) codeOf(e ast.Expr) string {
	name, ok := e.(*ast.Ident)
	if !ok {
		return ""
	}
	if c := g.constant(name.Name); c != nil && isCode(c.text) && (speaksOfErrors(c.kind) || namesCode(c.name)) {
		return c.text
	}
	return ""
}

func (g *gofile) about(code string, at ast.Node) *entry {
	if g.found[code] == nil {
		g.found[code] = &entry{code: code, place: g.place(at)}
	}
	return g.found[code]
}

// switches takes cases of codes that return a status.
func (g *gofile) switches(n ast.Node) bool {
	clause, ok := n.(*ast.CaseClause)
	if !ok || len(clause.Body) != 1 {
		return true
	}
	result, ok := clause.Body[0].(*ast.ReturnStmt)
	if !ok || len(result.Results) != 1 {
		return true
	}
	status := statusOf(g.value(result.Results[0]))
	for _, e := range clause.List {
		if code := g.codeOf(e); code != "" && status != nil {
			g.about(code, e).say("status", status, g.place(result.Results[0]))
		}
	}
	return true
}

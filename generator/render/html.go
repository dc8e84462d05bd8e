package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// htmlProgram is the templates of a target with the engine html. They print text of the catalog as it is, since html/template escapes it for the place where it stands.
type htmlProgram struct{ *template.Template }

func (t *Target) compileHTML(p *printer) (renderer, error) {
	trees, err := t.parse()
	if err != nil {
		return nil, err
	}
	funcs := p.htmlFuncs()
	root := template.New("").Funcs(funcs).Option("missingkey=error")
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		tree := trees[name]
		g := guard{tree: tree, funcs: funcs}
		g.list(tree.Root)
		if g.err != nil {
			return nil, g.err
		}
		if _, err := root.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return htmlProgram{root}, nil
}

func (p htmlProgram) has(name string) bool { return p.Lookup(name) != nil }

func (p htmlProgram) execute(to io.Writer, name string, data any) error {
	return p.ExecuteTemplate(to, name, data)
}

// guard ends what each action prints with a call of printable: html/template would print any value, even the address of an object. It refuses what html/template does not:
// a function that is not there, before anything is printed, and an attribute that it does not know to be a document.
type guard struct {
	tree  *parse.Tree
	funcs template.FuncMap
	err   error
}

func (g *guard) list(n *parse.ListNode) {
	if n == nil {
		return
	}
	for _, node := range n.Nodes {
		g.node(node)
	}
}

func (g *guard) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
		if bytes.Contains(bytes.ToLower(n.Text), []byte("srcdoc")) {
			g.refuse(n, "in srcdoc text would be markup")
		}
	case *parse.ActionNode:
		g.pipe(n.Pipe)
		if len(n.Pipe.Decl) == 0 {
			call := parse.NewIdentifier("printable").SetPos(n.Pos).SetTree(g.tree)
			n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{call}})
		}
	case *parse.TemplateNode:
		g.pipe(n.Pipe)
	case *parse.IfNode:
		g.branch(&n.BranchNode)
	case *parse.WithNode:
		g.branch(&n.BranchNode)
	case *parse.RangeNode:
		g.branch(&n.BranchNode)
	}
}

func (g *guard) branch(n *parse.BranchNode) {
	g.pipe(n.Pipe)
	g.list(n.List)
	g.list(n.ElseList)
}

func (g *guard) pipe(n *parse.PipeNode) {
	if n == nil {
		return
	}
	for _, command := range n.Cmds {
		for _, argument := range command.Args {
			switch argument := argument.(type) {
			case *parse.PipeNode:
				g.pipe(argument)
			case *parse.IdentifierNode:
				g.function(argument)
			}
		}
	}
}

func (g *guard) function(n *parse.IdentifierNode) {
	if _, isBuiltin := builtins[n.Ident]; isBuiltin || g.funcs[n.Ident] != nil {
		return
	}
	if slices.Contains(printing, n.Ident) {
		g.refuse(n, n.Ident+" is not needed: an HTML template prints text as it is, and escapes it by itself")
		return
	}
	known := slices.Sorted(maps.Keys(g.funcs))
	g.refuse(n, "there is no function "+n.Ident+"; there are "+strings.Join(slices.DeleteFunc(known, func(name string) bool { return name == "printable" }), ", "))
}

func (g *guard) refuse(n parse.Node, why string) {
	if g.err == nil {
		place, action := g.tree.ErrorContext(n)
		g.err = fmt.Errorf("template: %s: at <%s>: %s", place, strings.TrimSpace(action), why)
	}
}

func printable(v any) (any, error) {
	switch v := v.(type) {
	case bool, template.HTML, template.CSS, template.JS:
		return v, nil
	default:
		s, err := partText(v)
		if err != nil {
			err = errors.New("an object cannot be printed as it is; print one of its fields")
		}
		return prose.Clean(s), err
	}
}

func (p *printer) htmlFuncs() template.FuncMap {
	return template.FuncMap{
		"printable": printable,
		"prose":     p.proseHTML, "comment": commentHTML, "asset": p.asset,
		"json": p.json, "pretty": p.pretty, "shape": shapeOf, "fields": detailFields,
		"dict": dict, "option": p.option,
	}
}

// proseHTML prints Markdown; the level is that of its highest heading.
func (p *printer) proseHTML(t Prose, level ...int) template.HTML {
	if t == nil {
		return ""
	}
	top := 2
	if len(level) > 0 {
		top = level[0]
	}
	return template.HTML(t().HTML(p.anchor, top))
}

// commentHTML prints a comment. Those that stand in templates are not printed by html/template.
func commentHTML(text string) template.HTML {
	return template.HTML("<!-- " + commentEnd.Replace(text) + " -->")
}

var commentEnd = strings.NewReplacer("-->", "--&gt;", "--!>", "--!&gt;")

// asset returns a style sheet or a script that lies in the target's folder, as it is.
func (p *printer) asset(name string) (any, error) {
	text, err := fs.ReadFile(p.t.folder, name)
	if err != nil {
		return nil, err
	}
	switch {
	case strings.Contains(string(text), "</"):
		return nil, fmt.Errorf("%s holds </, which could end its element", name)
	case strings.Contains(string(text), "\r"):
		return nil, fmt.Errorf("%s has carriage returns; save it with line feeds", name)
	}
	switch path.Ext(name) {
	case ".css":
		return template.CSS(text), nil
	case ".js":
		return template.JS(text), nil
	}
	return nil, fmt.Errorf("%s is no style sheet and no script", name)
}

// pretty returns a value as JSON on as many lines as it needs; all but the first begin with the indent. It is empty if there is no value.
func (p *printer) pretty(v Value, indent string) string {
	if v == nil {
		return ""
	}
	var b strings.Builder
	p.t.strings.prettyJSON(&b, v(), indent)
	return b.String()
}

// A line of JSON is not longer than this, if its value can be broken.
const prettyWidth = 60

func (s *stringStyle) prettyJSON(b *strings.Builder, n *document.Node, indent string) {
	var line strings.Builder
	s.json(&line, n)
	if n.Len() == 0 || len(indent)+line.Len() <= prettyWidth {
		b.WriteString(line.String())
		return
	}
	open, end := "{", "}"
	if n.Kind == document.List {
		open, end = "[", "]"
	}
	b.WriteString(open)
	for i := range n.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + indent + "  ")
		if n.Kind == document.Map {
			s.json(b, n.Key(i))
			b.WriteString(": ")
		}
		s.prettyJSON(b, n.Item(i), indent+"  ")
	}
	b.WriteString("\n" + indent + end)
}

// fieldView is a property, or what a list or a map of it holds.
type fieldView struct {
	Path  Text // from the details on, such as issues[].path
	Field *placeView
}

// detailFields returns the properties of a details object, those of objects in it right behind them.
func detailFields(details *placeView) []fieldView {
	return appendFields(nil, details, "")
}

// A table with more rows than this does not go into further objects: types that use each other can stand for any number of rows.
const manyFields = 100

func appendFields(rows []fieldView, p *placeView, path string) []fieldView {
	switch {
	case p.Kind == catalog.Map:
		return appendFields(rows, p.Item, path+".*")
	case p.Kind == catalog.Array:
		return appendFields(rows, p.Item, path+"[]")
	case p.Kind != catalog.Object:
		return rows
	case len(rows) > manyFields:
		return append(rows, fieldView{Path: text(path + ".…"), Field: &placeView{Required: true}})
	}
	for _, f := range p.Ref.Fields {
		name := strings.TrimPrefix(path+"."+f.Wire(), ".")
		rows = append(rows, fieldView{Path: text(name), Field: f})
		rows = appendFields(rows, f, name)
	}
	return rows
}

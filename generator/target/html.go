package target

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"text/template/parse"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// htmlProgram is the templates of a target with the engine html. They print text of the catalog as it is, since html/template escapes it for the place where it stands.
type htmlProgram struct{ *template.Template }

func (t *Target) compileHTML(p *printer) (renderer, error) {
	root := template.New("").Funcs(p.htmlFuncs()).Option("missingkey=error")
	err := t.eachTemplate(func(name, text string) error {
		_, err := root.New(name).Parse(text)
		return err
	})
	for _, read := range root.Templates() {
		if read.Tree != nil { // the root has none
			guard(read.Tree, read.Tree.Root)
		}
	}
	return htmlProgram{root}, err
}

func (p htmlProgram) has(name string) bool { return p.Lookup(name) != nil }

func (p htmlProgram) execute(to io.Writer, name string, data any) error {
	return p.ExecuteTemplate(to, name, data)
}

// guard ends what each action prints with a call of printable: html/template would print any value, even the address of an object.
func guard(tree *parse.Tree, n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, node := range n.Nodes {
				guard(tree, node)
			}
		}
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 {
			call := parse.NewIdentifier("printable").SetPos(n.Pos).SetTree(tree)
			n.Pipe.Cmds = append(n.Pipe.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{call}})
		}
	case *parse.IfNode:
		guardBranch(tree, &n.BranchNode)
	case *parse.WithNode:
		guardBranch(tree, &n.BranchNode)
	case *parse.RangeNode:
		guardBranch(tree, &n.BranchNode)
	}
}

func guardBranch(tree *parse.Tree, n *parse.BranchNode) {
	guard(tree, n.List)
	guard(tree, n.ElseList)
}

func printable(v any) (any, error) {
	switch v := v.(type) {
	case bool, template.HTML, template.CSS, template.JS:
		return v, nil
	default:
		s, err := partText(v)
		return prose.Clean(s), err
	}
}

func (p *printer) htmlFuncs() template.FuncMap {
	return template.FuncMap{
		"printable": printable,
		"prose":     p.proseHTML, "comment": commentHTML, "asset": p.asset,
		"json": p.json, "pretty": p.pretty, "shape": shapeOf, "fields": detailFields,
		"dict": dict, "option": p.option,
		"print": needless, "printf": needless, "println": needless, "html": needless, "js": needless, "urlquery": needless, "call": needless,
	}
}

func needless(...any) (string, error) {
	return "", errors.New("leave this function out: an HTML template prints text as it is, and escapes it by itself")
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
	return template.HTML("<!-- " + strings.ReplaceAll(text, ">", "&gt;") + " -->")
}

// asset returns a style sheet or a script that lies in the target's folder, as it is.
func (p *printer) asset(name string) (any, error) {
	text, err := fs.ReadFile(p.t.folder, name)
	if err != nil {
		return nil, err
	}
	if strings.Contains(string(text), "</") {
		return nil, fmt.Errorf("%s holds </, which could end its element", name)
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
	case p.Kind != catalog.Object || len(rows) > manyFields:
		return rows
	}
	for _, f := range p.Ref.Fields {
		name := strings.TrimPrefix(path+"."+f.Wire(), ".")
		rows = append(rows, fieldView{Path: text(name), Field: f})
		rows = appendFields(rows, f, name)
	}
	return rows
}

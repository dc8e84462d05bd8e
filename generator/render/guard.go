package render

import (
	"bytes"
	"fmt"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"github.com/sigsentry/errgen/generator/diag"
)

// printing are the functions of text/template that print anything.
var printing = []string{"print", "printf", "println", "html", "js", "urlquery", "call"}

// builtins are the other functions of text/template that templates may call, with what they return, if that is known.
var builtins = map[string]reflect.Type{
	"and": nil, "or": nil, "index": nil, "len": reflect.TypeFor[int](), "not": boolean,
	"eq": boolean, "ne": boolean, "lt": boolean, "le": boolean, "gt": boolean, "ge": boolean,
}

var boolean, stringType = reflect.TypeFor[bool](), reflect.TypeFor[string]()

// The guard has templates call these where it does not know what they print, or go over, or how often. Nobody else may.
const (
	askPrint = "printable" // law.print
	askRange = "listed"    // overList
	askStep  = "counted"   // printer.step
)

// guard reads the templates of a target before anything is rendered. It refuses functions, templates and fields that do
// not exist, and what would print text as it is, each with its place. It knows a value by the name of its field; where
// that says too little, it has templates ask once they run.
type guard struct {
	law    *law
	trees  map[string]*parse.Tree
	fields map[string]reflect.Type // by name, and variables; nil where they differ, and for keys of dict
	tree   *parse.Tree             // that is being read
	err    error                   // about the first thing refused
}

func (g *guard) inspect() error {
	names := slices.Sorted(maps.Keys(g.trees))
	for _, visit := range []func(parse.Node){g.keys, g.variables, g.node} {
		for _, name := range names {
			g.tree = g.trees[name]
			walk(g.tree.Root, visit)
		}
	}
	return g.err
}

// walk visits all below a node, and then the node.
func walk(n parse.Node, visit func(parse.Node)) {
	if reflect.ValueOf(n).IsNil() { // there is no else, or nothing is given to a template
		return
	}
	switch n := n.(type) {
	case *parse.ListNode:
		walkAll(n.Nodes, visit)
	case *parse.IfNode:
		walkAll([]parse.Node{n.Pipe, n.List, n.ElseList}, visit)
	case *parse.WithNode:
		walkAll([]parse.Node{n.Pipe, n.List, n.ElseList}, visit)
	case *parse.RangeNode:
		walkAll([]parse.Node{n.Pipe, n.List, n.ElseList}, visit)
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.TemplateNode:
		walk(n.Pipe, visit)
	case *parse.PipeNode:
		walkAll(n.Cmds, visit)
	case *parse.CommandNode:
		walkAll(n.Args, visit)
	case *parse.ChainNode:
		walk(n.Node, visit)
	}
	visit(n)
}

func walkAll[N parse.Node](nodes []N, visit func(parse.Node)) {
	for _, n := range nodes {
		walk(n, visit)
	}
}

func (g *guard) refuse(n parse.Node, format string, args ...any) {
	if g.err == nil {
		place, action := g.tree.ErrorContext(n)
		g.err = fmt.Errorf("template: %s: at <%s>: %s", place, strings.TrimSpace(action), fmt.Sprintf(format, args...))
	}
}

// keys learns which names are keys of dict: they need not be what fields of the same names are.
func (g *guard) keys(n parse.Node) {
	call, ok := n.(*parse.CommandNode)
	if !ok || call.Args[0].String() != "dict" {
		return
	}
	for pair := range slices.Chunk(call.Args[1:], 2) {
		key, ok := pair[0].(*parse.StringNode)
		if !ok {
			g.refuse(call, "a key of dict is text in quotes")
			return
		}
		if pair[len(pair)-1].Type() != parse.NodeString || g.fields[key.Text] != stringType {
			g.fields[key.Text] = nil
		}
	}
}

// variables learns the types of variables, of all that have one name together, where each is set to what is known.
func (g *guard) variables(n parse.Node) {
	switch n := n.(type) {
	case *parse.PipeNode:
		for _, v := range n.Decl {
			t := g.result(n)
			if known, ok := g.fields[v.Ident[0]]; ok && known != t ||
				n.Cmds[len(n.Cmds)-1].Args[0].Type() == parse.NodeVariable {
				t = nil
			}
			g.fields[v.Ident[0]] = t
		}
	case *parse.RangeNode:
		for _, v := range n.Pipe.Decl { // which are set to items
			g.fields[v.Ident[0]] = nil
		}
	}
}

func (g *guard) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.TextNode:
		if g.law.unsafe != "" && bytes.Contains(bytes.ToLower(n.Text), []byte(g.law.unsafe)) {
			g.refuse(n, "in %s text would be markup", g.law.unsafe)
		}
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 {
			g.printed(n.Pipe)
		}
	case *parse.RangeNode:
		if t := g.result(n.Pipe); t == nil {
			ask(n.Pipe, askRange)
		} else if err := listed(t); err != nil {
			g.refuse(n.Pipe, "%v", err)
		}
	case *parse.TemplateNode:
		if g.trees[n.Name] == nil {
			g.refuse(n, "there is no template %s%s", diag.Quote(n.Name), hint(n.Name, g.trees))
		}
	case *parse.IdentifierNode:
		g.function(n)
	}
	for _, name := range lookups(n) {
		if _, ok := g.fields[name]; !ok && token.IsExported(name) { // others can be keys of maps
			g.refuse(n, "there is no field %s%s", name, hint(name, g.fields))
		}
	}
}

// printed holds what an action prints against the law.
func (g *guard) printed(n *parse.PipeNode) {
	t := g.result(n)
	if t == nil || g.law.converts {
		ask(n, askPrint)
	}
	if t == nil {
		return
	}
	if _, err := g.law.print(reflect.Zero(t).Interface()); err != nil {
		g.refuse(n, "%v", err)
	}
}

// ask pipes a value into a function of the guard's own, which is added when the walk has seen what stands before it.
func ask(n *parse.PipeNode, function string) {
	call := parse.NewIdentifier(function).SetPos(n.Pos)
	n.Cmds = append(n.Cmds, &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{call}})
}

// result returns the type of what a pipe ends with, or nil where only the run knows.
func (g *guard) result(pipe *parse.PipeNode) reflect.Type {
	n := pipe.Cmds[len(pipe.Cmds)-1].Args[0]
	t := g.fieldType(lookups(n))
	switch n := n.(type) {
	case *parse.StringNode:
		return stringType
	case *parse.IdentifierNode:
		t = builtins[n.Ident]
		if f := g.law.funcs[n.Ident]; f != nil {
			t = reflect.TypeOf(f).Out(0)
		}
	}
	if t != nil && t.Kind() == reflect.Interface {
		return nil
	}
	return t
}

// lookups returns the names that a node looks up, each in the value of the one before.
func lookups(n parse.Node) []string {
	switch n := n.(type) {
	case *parse.FieldNode:
		return n.Ident
	case *parse.VariableNode:
		if len(n.Ident) == 1 {
			return n.Ident // see variables
		}
		return n.Ident[1:]
	case *parse.ChainNode:
		return n.Field
	}
	return nil
}

// fieldType returns the type of what the last of such names finds.
func (g *guard) fieldType(names []string) reflect.Type {
	var t reflect.Type
	for _, name := range names {
		if t != nil && t.Kind() == reflect.Map {
			t = t.Elem()
		} else {
			t = g.fields[name]
		}
	}
	return t
}

func (g *guard) function(n *parse.IdentifierNode) {
	if _, ok := builtins[n.Ident]; ok || g.law.funcs[n.Ident] != nil {
		return
	}
	if slices.Contains(printing, n.Ident) {
		g.refuse(n, "%s", strings.ReplaceAll(g.law.forbidden, "{function}", n.Ident))
		return
	}
	names := slices.Sorted(maps.Keys(g.law.funcs))
	help := "; there are " + strings.Join(names, ", ")
	if near := diag.Nearest(n.Ident, append(slices.Sorted(maps.Keys(builtins)), names...)); near != "" {
		help = "; did you mean " + diag.Quote(near) + "?"
	}
	g.refuse(n, "there is no function %s%s", n.Ident, help)
}

func hint[V any](name string, known map[string]V) string {
	if h := diag.DidYouMean(name, slices.Sorted(maps.Keys(known))); h != "" {
		return "; " + h
	}
	return ""
}

package render

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"github.com/sigsentry/errgen/generator/diag"
)

// law is what an engine's templates may call and print.
type law struct {
	funcs     map[string]any
	print     func(v any) (any, error) // returns what stands for a value, or why it is not printed
	converts  bool                     // print changes values that it lets through
	forbidden string                   // why functions that print are not there
	unsafe    string                   // an attribute whose text would be markup
}

// printing are the functions of text/template that print anything.
var printing = []string{"print", "printf", "println", "html", "js", "urlquery", "call"}

// builtins are the other functions of text/template that templates may call, with what they return.
var builtins = map[string]reflect.Type{
	"and": nil, "or": nil, "index": nil, "len": reflect.TypeFor[int](), "not": boolean,
	"eq": boolean, "ne": boolean, "lt": boolean, "le": boolean, "gt": boolean, "ge": boolean,
}

var boolean = reflect.TypeFor[bool]()

// The guard has templates call these where it does not know what they print, or go over. Nobody else may.
const (
	askPrint = "printable" // law.print
	askRange = "listed"    // overList
)

// guard reads the templates of a target before anything is rendered, and knows the types of most values in them. It
// refuses what does not exist and what would print text as it is, each with its place. Where it cannot know, it has
// templates ask once they run.
type guard struct {
	law    *law
	trees  map[string]*parse.Tree
	seen   map[string]bool // template and type of its dot
	asking map[*parse.PipeNode]*parse.IdentifierNode
	err    error // about the first thing refused
}

// known is what the guard knows of a value: its type, or nil; of what dict makes also the keys.
type known struct {
	typ  reflect.Type
	keys []string
}

func (k known) equals(other known) bool {
	return k.typ == other.typ && slices.Equal(k.keys, other.keys)
}

// object returns the type without pointers.
func (k known) object() reflect.Type {
	t := k.typ
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// ofType returns what is known of a value of a type: nothing if it can hold values of others.
func ofType(t reflect.Type) known {
	if t == nil || t.Kind() == reflect.Interface {
		return known{}
	}
	return known{typ: t}
}

// inspect walks the templates that are executed, and then those that nothing calls.
func (g *guard) inspect(roots []root) error {
	g.seen, g.asking = map[string]bool{}, map[*parse.PipeNode]*parse.IdentifierNode{}
	for _, r := range roots {
		g.template(r.name, ofType(r.sees))
	}
	called := maps.Clone(g.seen)
	for _, name := range slices.Sorted(maps.Keys(g.trees)) {
		if !called[name] {
			g.template(name, known{})
		}
	}
	for n, call := range g.asking {
		command := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{call}}
		n.Cmds = append(n.Cmds, command)
	}
	return g.err
}

// template walks a template once for each type that it is given.
func (g *guard) template(name string, dot known) {
	key := fmt.Sprint(name, " ", dot)
	if g.seen[key] || g.trees[name] == nil {
		return
	}
	g.seen[name], g.seen[key] = true, true
	w := &walk{guard: g, tree: g.trees[name], changing: map[string]bool{}}
	for again := -1; again != len(w.changing); { // a variable that changes its type is known only after a walk
		again = len(w.changing)
		w.scope = nil
		w.declare("$", dot)
		w.list(w.tree.Root, dot)
	}
}

// walk is the way of the guard through one template.
type walk struct {
	*guard
	tree     *parse.Tree
	scope    []variable
	changing map[string]bool // variables that are given values of more than one type
}

type variable struct {
	name string
	is   known
}

func (w *walk) refuse(n parse.Node, format string, args ...any) known {
	if w.err == nil {
		place, action := w.tree.ErrorContext(n)
		w.err = fmt.Errorf("template: %s: at <%s>: %s", place, strings.TrimSpace(action), fmt.Sprintf(format, args...))
	}
	return known{}
}

func (w *walk) list(n *parse.ListNode, dot known) {
	if n == nil {
		return
	}
	mark := len(w.scope)
	for _, node := range n.Nodes {
		w.node(node, dot)
	}
	w.scope = w.scope[:mark]
}

func (w *walk) node(n parse.Node, dot known) {
	switch n := n.(type) {
	case *parse.TextNode:
		if w.law.unsafe != "" && bytes.Contains(bytes.ToLower(n.Text), []byte(w.law.unsafe)) {
			w.refuse(n, "in %s text would be markup", w.law.unsafe)
		}
	case *parse.ActionNode:
		if value := w.pipe(n.Pipe, dot); len(n.Pipe.Decl) == 0 {
			w.printed(n, value)
		}
	case *parse.IfNode:
		w.branch(&n.BranchNode, dot, func(known) known { return dot })
	case *parse.WithNode:
		w.branch(&n.BranchNode, dot, func(value known) known { return value })
	case *parse.RangeNode:
		w.branch(&n.BranchNode, dot, func(list known) known { return w.items(n, list) })
	case *parse.TemplateNode:
		w.call(n, dot)
	}
}

// printed holds what an action prints against the law.
func (w *walk) printed(n *parse.ActionNode, value known) {
	if value.typ == nil || w.law.converts {
		w.ask(n.Pipe, askPrint)
	}
	if value.typ == nil {
		return
	}
	if _, err := w.law.print(reflect.Zero(value.typ).Interface()); err != nil {
		w.refuse(n.Pipe, "%v", err)
	}
}

func (w *walk) ask(n *parse.PipeNode, function string) {
	w.asking[n] = parse.NewIdentifier(function).SetPos(n.Pos).SetTree(w.tree)
}

func (w *walk) branch(n *parse.BranchNode, dot known, inside func(value known) known) {
	mark := len(w.scope)
	value := w.pipe(n.Pipe, dot)
	outside := len(w.scope)
	w.list(n.List, inside(value))
	w.scope = w.scope[:outside]
	w.list(n.ElseList, dot)
	w.scope = w.scope[:mark]
}

// items returns what a range goes over, and gives its variables their types.
func (w *walk) items(n *parse.RangeNode, list known) known {
	key, item := known{}, known{}
	switch t := list.object(); {
	case t == nil:
		w.ask(n.Pipe, askRange)
	case t.Kind() == reflect.Slice:
		key, item = ofType(reflect.TypeFor[int]()), ofType(t.Elem())
	case t.Kind() == reflect.Map:
		key, item = ofType(t.Key()), ofType(t.Elem())
	default:
		w.refuse(n.Pipe, "range cannot go over %s", describe(t))
	}
	switch decl := n.Pipe.Decl; len(decl) {
	case 1:
		w.set(n.Pipe, decl[0], item)
	case 2:
		w.set(n.Pipe, decl[0], key)
		w.set(n.Pipe, decl[1], item)
	}
	return item
}

func (w *walk) call(n *parse.TemplateNode, dot known) {
	if w.trees[n.Name] == nil {
		w.refuse(n, "there is no template %s%s", diag.Quote(n.Name), hint(n.Name, slices.Sorted(maps.Keys(w.trees))))
	}
	given := known{}
	if n.Pipe != nil {
		given = w.pipe(n.Pipe, dot)
	}
	w.template(n.Name, given)
}

func (w *walk) pipe(n *parse.PipeNode, dot known) known {
	var value known
	for i, command := range n.Cmds {
		value = w.command(command, dot, i > 0, value)
	}
	for _, decl := range n.Decl {
		w.set(n, decl, value)
	}
	return value
}

// set declares a variable, or gives one another value.
func (w *walk) set(n *parse.PipeNode, decl *parse.VariableNode, value known) {
	name := decl.Ident[0]
	if n.IsAssign {
		if v := w.variable(decl); !v.equals(value) {
			w.changing[name] = true
		}
		return
	}
	w.declare(name, value)
}

func (w *walk) declare(name string, value known) {
	if w.changing[name] {
		value = known{}
	}
	w.scope = append(w.scope, variable{name, value})
}

func (w *walk) variable(n *parse.VariableNode) known {
	for _, v := range slices.Backward(w.scope) {
		if v.name == n.Ident[0] {
			return v.is
		}
	}
	return w.refuse(n, "there is no variable %s here", n.Ident[0])
}

// command returns what a function makes of its arguments and of the value that is piped into it, or the one operand.
func (w *walk) command(n *parse.CommandNode, dot known, piped bool, value known) known {
	var args []known
	for _, arg := range n.Args[1:] {
		args = append(args, w.operand(arg, dot))
	}
	if piped {
		args = append(args, value)
	}
	if name, ok := n.Args[0].(*parse.IdentifierNode); ok {
		return w.function(name, n.Args[1:], args)
	}
	if len(args) > 0 {
		return w.refuse(n, "%s is no function, and takes no arguments", n.Args[0])
	}
	return w.operand(n.Args[0], dot)
}

func (w *walk) operand(n parse.Node, dot known) known {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return w.fields(n, dot, n.Ident)
	case *parse.VariableNode:
		return w.fields(n, w.variable(n), n.Ident[1:])
	case *parse.ChainNode:
		return w.fields(n, w.operand(n.Node, dot), n.Field)
	case *parse.IdentifierNode:
		return w.function(n, nil, nil)
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return w.refuse(n, "a variable cannot be set in parentheses")
		}
		return w.pipe(n, dot)
	case *parse.BoolNode:
		return ofType(boolean)
	case *parse.StringNode:
		return ofType(stringType)
	case *parse.NumberNode:
		if _, err := strconv.ParseInt(n.Text, 0, 0); err != nil {
			return w.refuse(n, "%s is no whole number", n)
		}
		return ofType(reflect.TypeFor[int]())
	}
	return known{} // nil
}

var stringType = reflect.TypeFor[string]()

func (w *walk) fields(n parse.Node, of known, names []string) known {
	for _, name := range names {
		switch t := of.object(); {
		case t == nil:
			of = known{}
		case t.Kind() == reflect.Struct:
			f, ok := t.FieldByName(name)
			if !ok || !f.IsExported() {
				return w.refuse(n, "there is no field %s%s", name, hint(name, fieldsOf(t)))
			}
			of = ofType(f.Type)
		case t.Kind() == reflect.Map:
			if of.keys != nil && !slices.Contains(of.keys, name) {
				return w.refuse(n, "dict was given no %s%s", name, hint(name, of.keys))
			}
			of = ofType(t.Elem())
		default:
			return w.refuse(n, "%s has no field %s", describe(t), name)
		}
	}
	return of
}

func fieldsOf(t reflect.Type) []string {
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() {
			names = append(names, f.Name)
		}
	}
	return names
}

// function returns what a function returns.
func (w *walk) function(n *parse.IdentifierNode, nodes []parse.Node, args []known) known {
	switch returned, builtin := builtins[n.Ident]; {
	case n.Ident == "and" || n.Ident == "or":
		return common(args)
	case n.Ident == "index":
		return item(args)
	case n.Ident == "dict":
		return dictOf(nodes, args)
	case builtin:
		return ofType(returned)
	case slices.Contains(printing, n.Ident) && w.law.funcs[n.Ident] == nil:
		return w.refuse(n, "%s", strings.ReplaceAll(w.law.forbidden, "{function}", n.Ident))
	}
	f := w.law.funcs[n.Ident]
	if f == nil {
		names := slices.Sorted(maps.Keys(w.law.funcs))
		if near := diag.Nearest(n.Ident, append(slices.Sorted(maps.Keys(builtins)), names...)); near != "" {
			return w.refuse(n, "there is no function %s; did you mean %s?", n.Ident, diag.Quote(near))
		}
		return w.refuse(n, "there is no function %s; there are %s", n.Ident, strings.Join(names, ", "))
	}
	return ofType(reflect.TypeOf(f).Out(0))
}

// common returns what is known of a value that is one of several.
func common(values []known) known {
	for _, v := range values {
		if !v.equals(values[0]) {
			return known{}
		}
	}
	if len(values) == 0 {
		return known{}
	}
	return values[0]
}

// item returns what index finds in its first argument.
func item(args []known) known {
	if len(args) == 0 {
		return known{}
	}
	of := args[0]
	for range args[1:] {
		t := of.object()
		if t == nil || t.Kind() != reflect.Slice && t.Kind() != reflect.Map {
			return known{}
		}
		of = ofType(t.Elem())
	}
	return of
}

// dictOf knows the keys of a dictionary if they are written there.
func dictOf(nodes []parse.Node, args []known) known {
	made := known{typ: reflect.TypeFor[map[string]any](), keys: []string{}}
	for i := 0; i < len(args); i += 2 {
		if i >= len(nodes) || nodes[i].Type() != parse.NodeString {
			return known{typ: made.typ}
		}
		made.keys = append(made.keys, nodes[i].(*parse.StringNode).Text)
	}
	return made
}

// overList lets only lists and maps through: text/template would count to any number.
func overList(list any) (any, error) {
	t := ofType(reflect.TypeOf(list)).object()
	if t == nil || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		return list, nil
	}
	return nil, fmt.Errorf("range cannot go over %s", describe(t))
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

func hint(name string, candidates []string) string {
	if h := diag.DidYouMean(name, candidates); h != "" {
		return "; " + h
	}
	return ""
}

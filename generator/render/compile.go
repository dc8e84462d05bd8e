package render

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"text/template/parse"

	"github.com/sigsentry/errgen/generator/diag"
)

// compiler makes the steps of one template.
type compiler struct {
	*program
	tree  *parse.Tree
	scope []string // names of the variables that can be seen, by slot
	slots int
}

// at says where in the template an error is, if it does not say so already.
func (c *compiler) at(n parse.Node, err error) error {
	if err == nil || errors.As(err, new(*placed)) {
		return err
	}
	place, action := c.tree.ErrorContext(n)
	return &placed{fmt.Errorf("template: %s: at <%s>: %w", place, action, err)}
}

// refuse makes the program one that is not run.
func (c *compiler) refuse(n parse.Node, format string, args ...any) expr {
	if c.err == nil {
		c.err = c.at(n, fmt.Errorf(format, args...))
	}
	return nil
}

func (c *compiler) list(n *parse.ListNode) step {
	if n == nil {
		return func(*run, reflect.Value) error { return nil }
	}
	mark := len(c.scope)
	steps := make([]step, len(n.Nodes))
	for i, node := range n.Nodes {
		steps[i] = c.step(node)
	}
	c.scope = c.scope[:mark]
	return func(r *run, dot reflect.Value) error {
		for _, s := range steps {
			if err := s(r, dot); err != nil {
				return err
			}
		}
		return nil
	}
}

func (c *compiler) step(n parse.Node) step {
	switch n := n.(type) {
	case *parse.TextNode:
		return func(r *run, _ reflect.Value) error { _, err := r.out.Write(n.Text); return err }
	case *parse.ActionNode:
		return c.action(n)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return c.loop(&n.BranchNode)
	case *parse.TemplateNode:
		return c.template(n)
	case *parse.BreakNode:
		return func(*run, reflect.Value) error { return errBreak }
	case *parse.ContinueNode:
		return func(*run, reflect.Value) error { return errContinue }
	}
	c.refuse(n, "this has no meaning here")
	return nil
}

func (c *compiler) action(n *parse.ActionNode) step {
	value, _ := c.pipe(n.Pipe)
	silent := len(n.Pipe.Decl) > 0
	return func(r *run, dot reflect.Value) error {
		v, err := value(r, dot)
		if err == nil && !silent {
			err = printValue(r.out, v)
		}
		return c.at(n.Pipe, err)
	}
}

func (c *compiler) branch(n *parse.BranchNode, with bool) step {
	mark := len(c.scope)
	value, _ := c.pipe(n.Pipe)
	yes, no := c.list(n.List), c.list(n.ElseList)
	c.scope = c.scope[:mark]
	return func(r *run, dot reflect.Value) error {
		v, err := value(r, dot)
		switch {
		case err != nil:
			return c.at(n.Pipe, err)
		case !isTrue(v):
			return no(r, dot)
		case with:
			return yes(r, v)
		}
		return yes(r, dot)
	}
}

func (c *compiler) loop(n *parse.BranchNode) step {
	mark := len(c.scope)
	list, slots := c.pipe(n.Pipe)
	l := &loop{slots: slots, body: c.list(n.List), none: c.list(n.ElseList)}
	c.scope = c.scope[:mark]
	return func(r *run, dot reflect.Value) error {
		v, err := list(r, dot)
		if err == nil {
			err = l.run(r, dot, v)
		}
		if err == errBreak {
			return nil
		}
		return c.at(n.Pipe, err)
	}
}

func (c *compiler) template(n *parse.TemplateNode) step {
	called := c.procedures[n.Name]
	if called == nil {
		c.refuse(n, "there is no template %s%s", diag.Quote(n.Name), hint(n.Name, slices.Sorted(maps.Keys(c.procedures))))
	}
	value := constant(reflect.Value{})
	if n.Pipe != nil {
		value, _ = c.pipe(n.Pipe)
	}
	return func(r *run, dot reflect.Value) error {
		v, err := value(r, dot)
		if err == nil {
			err = called.call(r, v)
		}
		return c.at(n, err)
	}
}

// pipe returns the value of a pipeline, and the slots of the variables that it gives it to.
func (c *compiler) pipe(n *parse.PipeNode) (expr, []int) {
	value := c.command(n.Cmds[0], nil)
	for _, command := range n.Cmds[1:] {
		value = c.piped(value, command)
	}
	if len(n.Decl) == 0 {
		return value, nil
	}
	var slots []int
	for _, d := range n.Decl {
		if n.IsAssign {
			slots = append(slots, c.slot(d))
		} else {
			slots = append(slots, c.declare(d.Ident[0]))
		}
	}
	return func(r *run, dot reflect.Value) (reflect.Value, error) {
		v, err := value(r, dot)
		for _, slot := range slots {
			*r.variable(slot) = v
		}
		return v, err
	}, slots
}

// piped gives a value to a command as its last argument, by way of a variable without name.
func (c *compiler) piped(value expr, n *parse.CommandNode) expr {
	slot := c.declare("")
	command := c.command(n, variable(slot))
	return func(r *run, dot reflect.Value) (reflect.Value, error) {
		v, err := value(r, dot)
		if err != nil {
			return v, err
		}
		*r.variable(slot) = v
		return command(r, dot)
	}
}

func (c *compiler) declare(name string) int {
	c.scope = append(c.scope, name)
	c.slots = max(c.slots, len(c.scope))
	return len(c.scope) - 1
}

// slot finds the innermost variable of a name.
func (c *compiler) slot(n *parse.VariableNode) int {
	for slot := len(c.scope) - 1; slot >= 0; slot-- {
		if c.scope[slot] == n.Ident[0] {
			return slot
		}
	}
	c.refuse(n, "there is no variable %s here", n.Ident[0])
	return 0
}

// command takes the value piped into it, if any, for its last argument.
func (c *compiler) command(n *parse.CommandNode, piped expr) expr {
	var args []expr
	for _, arg := range n.Args[1:] {
		args = append(args, c.operand(arg))
	}
	if piped != nil {
		args = append(args, piped)
	}
	switch first := n.Args[0].(type) {
	case *parse.IdentifierNode:
		return c.call(first, args)
	case *parse.NilNode:
		return c.refuse(n, "nil is no value by itself")
	default:
		if len(args) > 0 {
			return c.refuse(n, "%s is no function, and takes no arguments", first)
		}
		return c.operand(first)
	}
}

func (c *compiler) operand(n parse.Node) expr {
	switch n := n.(type) {
	case *parse.DotNode:
		return theDot
	case *parse.FieldNode:
		return c.fields(n, theDot, n.Ident)
	case *parse.VariableNode:
		return c.fields(n, variable(c.slot(n)), n.Ident[1:])
	case *parse.ChainNode:
		return c.fields(n, c.operand(n.Node), n.Field)
	case *parse.IdentifierNode:
		return c.call(n, nil)
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			return c.refuse(n, "a variable cannot be set in parentheses")
		}
		value, _ := c.pipe(n)
		return value
	case *parse.BoolNode:
		return constant(reflect.ValueOf(n.True))
	case *parse.StringNode:
		return constant(reflect.ValueOf(n.Text))
	case *parse.NilNode:
		return constant(reflect.Value{})
	case *parse.NumberNode:
		if number, err := strconv.ParseInt(n.Text, 0, 0); err == nil {
			return constant(reflect.ValueOf(int(number)))
		}
	}
	return c.refuse(n, "%s is no whole number", n)
}

func theDot(_ *run, dot reflect.Value) (reflect.Value, error) { return dot, nil }

func constant(v reflect.Value) expr {
	return func(*run, reflect.Value) (reflect.Value, error) { return v, nil }
}

func variable(slot int) expr {
	return func(r *run, _ reflect.Value) (reflect.Value, error) { return *r.variable(slot), nil }
}

func (c *compiler) fields(n parse.Node, object expr, names []string) expr {
	for _, name := range names {
		of, f := object, &field{name: name, key: reflect.ValueOf(name)}
		object = func(r *run, dot reflect.Value) (reflect.Value, error) {
			v, err := of(r, dot)
			if err == nil {
				v, err = f.of(v)
			}
			if err != nil {
				return v, c.at(n, err)
			}
			return v, nil
		}
	}
	return object
}

func (c *compiler) call(n *parse.IdentifierNode, args []expr) expr {
	f, ok := c.functions[n.Ident]
	switch {
	case !ok:
		return c.refuse(n, "there is no function %s%s", n.Ident, hint(n.Ident, slices.Sorted(maps.Keys(c.functions))))
	case len(args) < f.least || len(args) > f.most:
		return c.refuse(n, "%s is given %d arguments; it takes %s", n.Ident, len(args), f.takes())
	case f.call == nil:
		return shortcut(args, n.Ident == "or")
	}
	return func(r *run, dot reflect.Value) (reflect.Value, error) {
		start := len(r.args)
		for _, arg := range args {
			v, err := arg(r, dot)
			if err != nil {
				return v, err
			}
			r.args = append(r.args, v)
		}
		v, err := f.call(r.args[start:])
		r.args = r.args[:start]
		if err != nil {
			return v, c.at(n, err)
		}
		return v, nil
	}
}

// shortcut is and, or or: the first value that decides, else the last.
func shortcut(args []expr, decides bool) expr {
	return func(r *run, dot reflect.Value) (v reflect.Value, err error) {
		for _, arg := range args {
			if v, err = arg(r, dot); err != nil || isTrue(v) == decides {
				break
			}
		}
		return v, err
	}
}

func hint(name string, candidates []string) string {
	if h := diag.DidYouMean(name, candidates); h != "" {
		return "; " + h
	}
	return ""
}

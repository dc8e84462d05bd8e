package render

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"text/template/parse"
)

// Templates mean what text/template says, whose parser reads them. Only running them is done here: text/template looks up each field and function by its name every
// time, which cost more than everything else errgen does. What errgen's templates have no use for is refused with its place before anything is printed: methods, numbers
// that are not whole, variables declared in parentheses, and functions that would print text as it is.

// program is the templates of a target, ready to run, one run at a time.
type program struct {
	functions  map[string]function
	procedures map[string]*procedure
	err        error // about the first thing refused
}

// procedure is one template.
type procedure struct {
	body  step
	slots int // of its variables; the first is $
}

type (
	step func(r *run, dot reflect.Value) error
	expr func(r *run, dot reflect.Value) (reflect.Value, error)
)

func compile(trees map[string]*parse.Tree, funcs map[string]any) (*program, error) {
	p := &program{functions: maps.Clone(builtins), procedures: map[string]*procedure{}}
	for name, f := range funcs {
		p.functions[name] = functionOf(f)
	}
	for name := range trees {
		p.procedures[name] = &procedure{}
	}
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		c := &compiler{program: p, tree: trees[name], scope: []string{"$"}, slots: 1}
		made := p.procedures[name]
		made.body = c.list(c.tree.Root)
		made.slots = c.slots
	}
	return p, p.err
}

func (p *program) has(name string) bool { return p.procedures[name] != nil }

// execute prints data with a template.
func (p *program) execute(to io.Writer, name string, data any) error {
	out := bufio.NewWriterSize(to, 8<<10)
	if err := p.procedures[name].call(&run{out: out}, reflect.ValueOf(data)); err != nil {
		return err
	}
	return out.Flush()
}

// run is the state of one execution.
type run struct {
	out   *bufio.Writer
	depth int
	stack []reflect.Value // variables of the running templates
	base  int             // of the innermost one's
	args  []reflect.Value // of the functions that are being called
}

func (r *run) variable(slot int) *reflect.Value { return &r.stack[r.base+slot] }

func (p *procedure) call(r *run, dot reflect.Value) error {
	const deepest = 1000
	if r.depth == deepest {
		return fmt.Errorf("templates call each other more than %d deep", deepest)
	}
	r.depth++
	base, end := r.base, len(r.stack)
	r.base = end
	for range p.slots {
		r.stack = append(r.stack, dot)
	}
	err := p.body(r, dot)
	r.depth--
	r.base, r.stack = base, r.stack[:end]
	return err
}

// placed is an error that says where in a template it is, or needs no place.
type placed struct{ error }

func (p *placed) Unwrap() error { return p.error }

var errBreak, errContinue error = &placed{errors.New("break")}, &placed{errors.New("continue")}

// loop is what a range does with each item.
type loop struct {
	slots      []int // of the variables for the item, or for key and item
	body, none step
}

func (l *loop) run(r *run, dot, over reflect.Value) error {
	switch list := indirect(over); {
	case !list.IsValid() || countable(list) && list.Len() == 0:
		return l.none(r, dot)
	case list.Kind() == reflect.Slice:
		return l.list(r, list)
	case countable(list):
		return l.dictionary(r, list)
	default:
		return fmt.Errorf("range cannot go over %s", describe(list))
	}
}

func countable(v reflect.Value) bool {
	return v.Kind() == reflect.Slice || v.Kind() == reflect.Map && v.Type().Key() == stringType
}

func (l *loop) list(r *run, list reflect.Value) error {
	var key reflect.Value
	for i := range list.Len() {
		if len(l.slots) == 2 {
			key = reflect.ValueOf(i)
		}
		if err := l.iterate(r, key, concrete(list.Index(i))); err != nil {
			return err
		}
	}
	return nil
}

func (l *loop) dictionary(r *run, dictionary reflect.Value) error {
	keys := dictionary.MapKeys()
	slices.SortFunc(keys, order)
	for _, key := range keys {
		if err := l.iterate(r, key, concrete(dictionary.MapIndex(key))); err != nil {
			return err
		}
	}
	return nil
}

func (l *loop) iterate(r *run, key, item reflect.Value) error {
	switch len(l.slots) {
	case 1:
		*r.variable(l.slots[0]) = item
	case 2:
		*r.variable(l.slots[0]), *r.variable(l.slots[1]) = key, item
	}
	if err := l.body(r, item); err != errContinue {
		return err
	}
	return nil
}

// field finds a field of objects or maps, and remembers where it lies in the last type of object.
type field struct {
	name  string
	key   reflect.Value // the name
	owner reflect.Type
	index []int
}

func (f *field) of(object reflect.Value) (reflect.Value, error) {
	object = indirect(object)
	switch object.Kind() {
	case reflect.Struct:
		if t := object.Type(); t != f.owner {
			found, ok := t.FieldByName(f.name)
			if !ok || !found.IsExported() {
				return object, fmt.Errorf("there is no field %s%s", f.name, hint(f.name, fieldsOf(t)))
			}
			f.owner, f.index = t, found.Index
		}
		v, err := object.FieldByIndexErr(f.index)
		return concrete(v), err
	case reflect.Map:
		if object.Type().Key() == stringType {
			if v := object.MapIndex(f.key); v.IsValid() {
				return concrete(v), nil
			}
			return object, fmt.Errorf("the map has no %s; use index for a key that may be absent", f.name)
		}
	}
	return object, fmt.Errorf("%s has no field %s", describe(object), f.name)
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

// printValue prints what cannot hold text of users: that comes as functions, which only the escapers of funcs.go open.
func printValue(out *bufio.Writer, v reflect.Value) (err error) {
	switch v.Kind() {
	case reflect.String:
		_, err = out.WriteString(v.String())
	case reflect.Int:
		_, err = out.WriteString(strconv.FormatInt(v.Int(), 10))
	case reflect.Bool:
		_, err = out.WriteString(strconv.FormatBool(v.Bool()))
	default:
		return fmt.Errorf("%s cannot be printed as it is; %s", describe(v), escapers)
	}
	return err
}

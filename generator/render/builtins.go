package render

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"reflect"
)

// function is what templates call by a name.
type function struct {
	least, most int // arguments
	call        func(args []reflect.Value) (reflect.Value, error)
}

const anyNumber = math.MaxInt

func (f *function) takes() string {
	if f.most == anyNumber {
		return fmt.Sprintf("at least %d", f.least)
	}
	return fmt.Sprint(f.least)
}

// builtins are the functions of text/template, save for those that print.
var builtins = map[string]function{
	"and":   {least: 1, most: anyNumber}, // see shortcut
	"or":    {least: 1, most: anyNumber},
	"not":   {1, 1, func(args []reflect.Value) (reflect.Value, error) { return reflect.ValueOf(!isTrue(args[0])), nil }},
	"len":   {1, 1, length},
	"index": {2, anyNumber, index},
	"eq":    {2, anyNumber, equalAny},
	"ne":    {2, 2, differ},
	"lt":    ordered(func(order int) bool { return order < 0 }),
	"le":    ordered(func(order int) bool { return order <= 0 }),
	"gt":    ordered(func(order int) bool { return order > 0 }),
	"ge":    ordered(func(order int) bool { return order >= 0 }),
}

func length(args []reflect.Value) (reflect.Value, error) {
	switch v := indirect(args[0]); v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return reflect.ValueOf(v.Len()), nil
	default:
		return v, fmt.Errorf("%s has no length", describe(v))
	}
}

func index(args []reflect.Value) (reflect.Value, error) {
	v, err := item(args[0], args[1])
	for _, at := range args[2:] {
		if err == nil {
			v, err = item(v, at)
		}
	}
	return v, err
}

func item(of, at reflect.Value) (reflect.Value, error) {
	list := indirect(of)
	switch {
	case list.Kind() == reflect.Slice && at.Kind() == reflect.Int:
		if i := int(at.Int()); 0 <= i && i < list.Len() {
			return concrete(list.Index(i)), nil
		}
		return list, fmt.Errorf("there is no item %d in a list of %d; the first is 0", at.Int(), list.Len())
	case list.Kind() == reflect.Map && at.IsValid() && at.Type() == list.Type().Key():
		if v := list.MapIndex(at); v.IsValid() {
			return concrete(v), nil
		}
		return concrete(reflect.Zero(list.Type().Elem())), nil
	}
	return list, fmt.Errorf("%s is no index of %s", describe(at), describe(list))
}

// equalAny tells whether the first argument equals one of the others.
func equalAny(args []reflect.Value) (reflect.Value, error) {
	for _, other := range args[1:] {
		if same, err := equal(args[0], other); same || err != nil {
			return result(same, err)
		}
	}
	return result(false, nil)
}

func differ(args []reflect.Value) (reflect.Value, error) {
	same, err := equal(args[0], args[1])
	return result(!same, err)
}

func equal(a, b reflect.Value) (bool, error) {
	switch {
	case a.IsValid() && b.IsValid() && a.Kind() != b.Kind():
		return false, fmt.Errorf("%s cannot be compared with %s", describe(a), describe(b))
	case isNil(a) || isNil(b):
		return isNil(a) && isNil(b), nil
	case a.Kind() == reflect.String:
		return a.String() == b.String(), nil
	case a.Kind() == reflect.Int:
		return a.Int() == b.Int(), nil
	case !b.Comparable():
		return false, fmt.Errorf("%s cannot be compared", describe(b))
	}
	return a.Equal(b), nil
}

func ordered(holds func(order int) bool) function {
	return function{2, 2, func(args []reflect.Value) (reflect.Value, error) {
		a, b := args[0], args[1]
		if a.Kind() != b.Kind() || a.Kind() != reflect.Int && a.Kind() != reflect.String {
			return a, fmt.Errorf("%s and %s have no order", describe(a), describe(b))
		}
		return reflect.ValueOf(holds(order(a, b))), nil
	}}
}

// order compares two numbers or two strings.
func order(a, b reflect.Value) int {
	if a.Kind() == reflect.String {
		return cmp.Compare(a.String(), b.String())
	}
	return cmp.Compare(a.Int(), b.Int())
}

// functionOf returns a function of errgen's as one that templates call. It has one of the types below: a call through reflection would cost more than the function does.
func functionOf(f any) function {
	switch f := f.(type) {
	case func(Prose) Text:
		return opener(f)
	case func(*placeView) Text:
		return opener(f)
	case func(any) (string, error):
		return function{1, 1, func(args []reflect.Value) (reflect.Value, error) { return result(f(plain(args[0]))) }}
	case func(...any) (string, error):
		return function{0, anyNumber, func(args []reflect.Value) (reflect.Value, error) { return result(f(plainAll(args)...)) }}
	case func(...any) (map[string]any, error):
		return function{0, anyNumber, func(args []reflect.Value) (reflect.Value, error) { return result(f(plainAll(args)...)) }}
	case func(string) (string, error):
		return named(1, func(name string, _ ...any) (string, error) { return f(name) })
	case func(string, ...any) (string, error):
		return named(anyNumber, f)
	}
	panic(fmt.Sprintf("templates cannot call a %T", f))
}

// opener takes what may be absent, but not to this function.
func opener[T any](f func(T) Text) function {
	return function{1, 1, func(args []reflect.Value) (reflect.Value, error) {
		if isNil(args[0]) {
			return args[0], errors.New("the argument is absent here; ask with {{with}} or {{if}} first")
		}
		v, ok := args[0].Interface().(T)
		if !ok {
			return args[0], fmt.Errorf("%s cannot be the argument", describe(args[0]))
		}
		return reflect.ValueOf(f(v)), nil
	}}
}

func named(most int, f func(string, ...any) (string, error)) function {
	return function{1, most, func(args []reflect.Value) (reflect.Value, error) {
		if !args[0].IsValid() || args[0].Type() != stringType {
			return args[0], fmt.Errorf("%s cannot be the first argument, which is a string", describe(args[0]))
		}
		return result(f(args[0].String(), plainAll(args[1:])...))
	}}
}

func result(v any, err error) (reflect.Value, error) { return reflect.ValueOf(v), err }

func plain(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

func plainAll(values []reflect.Value) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = plain(v)
	}
	return all
}

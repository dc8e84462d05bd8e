package render

import "reflect"

// What text/template says of values in general.

var stringType = reflect.TypeFor[string]()

// concrete returns what is in an interface.
func concrete(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// indirect follows pointers, up to one to nothing.
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = concrete(v.Elem())
	}
	return v
}

func isNil(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Func, reflect.Map, reflect.Slice:
		return v.IsNil()
	}
	return false
}

func isTrue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len() > 0
	case reflect.Struct:
		return true
	}
	return !v.IsZero()
}

// describe names a value in the words of the people who write templates.
func describe(v reflect.Value) string {
	switch v.Kind() {
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
	case reflect.Struct:
		return "an object"
	}
	if isNil(v) {
		return "an absent value"
	}
	if v.Kind() == reflect.Pointer {
		return describe(v.Elem())
	}
	return "text of the catalog"
}

package breaking

import (
	"iter"

	"github.com/sigsentry/errgen/generator/document"
)

// pairs ranges over what two lists have under the same key: first over the old list, with the zero value for what is
// gone, and then over what is new, behind the zero value.
func pairs[T any](before, after []T, keyOf func(T) string) iter.Seq2[T, T] {
	return func(yield func(b, a T) bool) {
		var none T
		now, old := finder(after, keyOf), finder(before, keyOf)
		for i, b := range before {
			if a, _ := now(i, keyOf(b)); !yield(b, a) {
				return
			}
		}
		for i, a := range after {
			if _, both := old(i, keyOf(a)); !both && !yield(none, a) {
				return
			}
		}
	}
}

func textOf(n *document.Node) string { return n.Text }

// finder returns a function that finds what has a key, at best where it is expected: order is seldom changed.
func finder[T any](list []T, keyOf func(T) string) func(expected int, key string) (found T, known bool) {
	var byKey map[string]T
	return func(expected int, key string) (T, bool) {
		if expected < len(list) && keyOf(list[expected]) == key {
			return list[expected], true
		}
		if byKey == nil {
			byKey = make(map[string]T, len(list))
			for _, one := range list {
				byKey[keyOf(one)] = one
			}
		}
		found, known := byKey[key]
		return found, known
	}
}

package diag

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// Bug is a panic as an error, so that it gets from any goroutine to whoever can report it.
type Bug struct {
	Value any
	Stack []byte
}

func (b *Bug) Error() string { return fmt.Sprint("this is a bug in errgen: ", b.Value) }

// Catch makes a panic the error of the function that defers it.
func Catch(err *error) {
	if value := recover(); value != nil {
		*err = &Bug{Value: value, Stack: debug.Stack()}
	}
}

// ListError is a list with errors as an error. It is for files that are not the catalog: a target.yaml or an
// errgen.yaml.
type ListError struct{ List List }

// Err returns the list as an error, or nil if there is none in it.
func (l List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return &ListError{l}
}

func (e *ListError) Error() string {
	var b strings.Builder
	_ = Text(&b, e.List, Style{}) // a Builder never fails
	return strings.TrimSuffix(b.String(), "\n")
}

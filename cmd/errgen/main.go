// Command errgen turns one file, errors.yaml, into everything an API says about its errors.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// The exit codes.
const (
	exitOK      = 0
	exitCatalog = 1 // the catalog is wrong, outputs are not current, or a change breaks clients
	exitUsage   = 2 // wrong flags or configuration, or trouble with the file system
	exitBug     = 3

	exitInterrupted = 130 // by Ctrl-C, as shells say it
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// errFound is returned where everything has been said, and the answer is no.
var errFound = errors.New("found")

func run(args []string, stdout, stderr io.Writer) int {
	stderr = asCalled(stderr)
	err := execute(args, stdout, stderr)
	var bug *diag.Bug
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFound):
		return exitCatalog
	case errors.As(err, &bug):
		fmt.Fprintf(stderr, "errgen: %s\nPlease report it, with the catalog if you can share it: "+
			"https://github.com/sigsentry/errgen/issues\n%s", diag.Visible(bug.Error()), bug.Stack)
		return exitBug
	}
	complain(stderr, err)
	return exitUsage
}

func execute(args []string, stdout, stderr io.Writer) (err error) {
	defer diag.Catch(&err)
	root := newRoot(stdout, stderr)
	root.SetArgs(args)
	return root.Execute()
}

// complain says what went wrong outside of the catalog.
func complain(stderr io.Writer, err error) {
	if definition := new(diag.ListError); errors.As(err, &definition) {
		fmt.Fprintln(stderr, definition.Error())
		return
	}
	fmt.Fprintf(stderr, "errgen: %s\n", visibleLines(err.Error()))
}

// visibleLines escapes what a terminal would act on, in a message of several lines.
func visibleLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = diag.Visible(lines[i])
	}
	return strings.Join(lines, "\n")
}

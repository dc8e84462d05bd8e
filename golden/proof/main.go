// Command proof prints a run of tests as go test does, with those that took long, and remembers what they did not
// prove: those that were skipped.
//
//	go test -json ./... | proof note FILE    prints the run, and adds what was skipped to FILE
//	proof tell FILE                          prints in one line what was not proven, and removes FILE
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"regexp"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: proof note|tell FILE")
	}
	var err error
	switch file := os.Args[2]; os.Args[1] {
	case "note":
		err = note(os.Stdin, os.Stdout, file)
	case "tell":
		err = tell(os.Stdout, file)
	default:
		err = errors.New("usage: proof note|tell FILE")
	}
	if err != nil {
		log.Fatal(err)
	}
}

// event is a line of go test -json: see go doc test2json.
type event struct {
	Action, Package, Test, Output string

	Elapsed float64 // in seconds
}

// long is how many seconds a test takes that a run mentions.
const long = 10

// errFailed is returned where the run itself has said what is wrong.
var errFailed = errors.New("tests failed")

// note prints a run, and appends what was skipped to a file, a line for each test: its reason, a tab, its name.
func note(run io.Reader, printed io.Writer, name string) error {
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	ok, err := follow(run, printed, file)
	switch err = errors.Join(err, file.Close()); {
	case err != nil:
		return err
	case !ok:
		return errFailed
	}
	return nil
}

// follow reports whether there were tests, and all of them passed or were skipped.
func follow(run io.Reader, printed, skipped io.Writer) (ok bool, err error) {
	r := reporter{printed: printed, skipped: skipped, said: map[[2]string]string{}, long: map[string]string{}}
	lines := bufio.NewReader(run)
	for {
		line, err := lines.ReadString('\n')
		if err != nil && err != io.EOF {
			return false, err
		}
		var e event
		if json.Unmarshal([]byte(line), &e) != nil {
			fmt.Fprint(printed, line)
		} else {
			r.take(e)
		}
		if err == io.EOF {
			return r.ended && !r.failed, nil
		}
	}
}

type reporter struct {
	printed, skipped io.Writer
	said             map[[2]string]string // by package and test, or none for the package itself, until it is done
	long             map[string]string    // by package, the tests that took long
	ended            bool                 // some package is done
	failed           bool
}

func (r *reporter) take(e event) {
	test := [2]string{e.Package, e.Test}
	switch {
	case e.Action == "output" && (e.Test != "" || e.Output != "PASS\n"):
		r.said[test] += e.Output
		return
	case e.Action == "build-output":
		fmt.Fprint(r.printed, e.Output)
		return
	case e.Action == "fail" || e.Action == "build-fail":
		r.failed = true
		fmt.Fprint(r.printed, r.unfinished(test)+r.said[test])
	case e.Action == "skip" && e.Test != "":
		fmt.Fprintf(r.skipped, "%s\t%s\n", reason(r.said[test]), e.Test)
	case e.Test == "":
		fmt.Fprint(r.printed, r.said[test])
	}
	if isDone := e.Action == "pass" || e.Action == "fail"; isDone && e.Test != "" && e.Elapsed >= long {
		r.long[e.Package] += fmt.Sprintf("%9.0f s  %s\n", e.Elapsed, e.Test)
	} else if isDone && e.Test == "" {
		fmt.Fprint(r.printed, r.long[e.Package])
	}
	if e.Action == "pass" || e.Action == "skip" || e.Action == "fail" {
		delete(r.said, test)
		r.ended = r.ended || e.Test == ""
	}
}

// unfinished returns what the tests of a package said that came to no end; nothing of a test.
func (r *reporter) unfinished(failed [2]string) (said string) {
	for test, text := range r.said {
		if failed[1] == "" && test[0] == failed[0] && test[1] != "" {
			said += text
		}
	}
	return said
}

var (
	logged = regexp.MustCompile(`(?m)^\s+\S+\.go:\d+: (.*)$`)
	marker = regexp.MustCompile(`(?m)^\s*(=== |--- ).*$`)
)

// reason returns the last thing that a test said before it was skipped.
func reason(said string) string {
	if found := logged.FindAllStringSubmatch(said, -1); len(found) > 0 {
		return strings.TrimSpace(found[len(found)-1][1])
	}
	words := strings.Join(strings.Fields(marker.ReplaceAllString(said, "")), " ")
	if words == "" {
		return "no reason given"
	}
	return words
}

// tell prints what the file says, and removes it.
func tell(printed io.Writer, name string) error {
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fmt.Fprintln(printed, sentence(string(text)))
	return errors.Join(err, os.Remove(name))
}

// sentence says which tests proved nothing, and why, each reason once.
func sentence(skipped string) string {
	tests := map[string][]string{}
	var reasons []string
	for line := range strings.Lines(skipped) {
		why, test, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if tests[why] == nil {
			reasons = append(reasons, why)
		}
		tests[why] = append(tests[why], test)
	}
	if len(reasons) == 0 {
		return "Everything was proven on this machine."
	}
	slices.Sort(reasons)
	for i, why := range reasons {
		reasons[i] = why + " (" + strings.Join(tests[why], ", ") + ")"
	}
	return "Not proven on this machine: " + strings.Join(reasons, "; ") + "."
}

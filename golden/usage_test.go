package golden

import (
	"fmt"
	"go/format"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// usages returns the code that a page shows under the title of a language: one piece for each code of the catalog.
func usages(t *testing.T, page, title string) []string {
	t.Helper()
	panel := regexp.MustCompile(`(?s)<h4>` + title + `</h4>\n<pre><code>(.*?)</code></pre>`)
	found := group(panel, string(readFile(t, page)))
	if want := len(catalogOf(t, page).Errors); len(found) != want {
		t.Errorf("%s shows %d pieces of %s for %d codes", page, len(found), title, want)
	}
	return found
}

// Every piece of Go on a page is formatted, and go vet has nothing to say about it beside the package that was
// generated from the same catalog.
func TestGoUsages(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), []byte("module example.com/pages\n\ngo 1.22\n"))
	packages := goPackages(t)
	for name, page := range pages(t) {
		pkg := filepath.Base(filepath.Dir(packages[name]))
		writeFile(t, filepath.Join(dir, name, pkg, "errors.gen.go"), readFile(t, packages[name]))
		writeFile(t, filepath.Join(dir, name, "usages.go"), []byte(goUsages(t, name+"/"+pkg, usages(t, page, "Go"))))
	}
	quietly(t, dir, "go", "vet", "./...")
}

// goUsages returns a file with a function around each piece of code.
func goUsages(t *testing.T, pkg string, pieces []string) string {
	t.Helper()
	var file strings.Builder
	fmt.Fprintf(&file, goUsagesHead, pkg)
	for _, piece := range pieces {
		if formatted, err := format.Source([]byte(piece)); err != nil || string(formatted) != piece {
			t.Errorf("%v\n%s", err, piece)
		}
		fmt.Fprintf(&file, "\nfunc _(err error) {\n%s\n}\n", piece)
	}
	return file.String()
}

const goUsagesHead = `package usages

import (
	"errors"
	"fmt"
	"time"

	"example.com/pages/%s"
)

var _, _ = fmt.Println, time.Sleep // not every catalog has details, or a delay
`

// Every piece of TypeScript on a page compiles with each compiler, every strict flag set, beside the module that was
// generated from the same catalog.
func TestTypeScriptUsages(t *testing.T) {
	dir := t.TempDir()
	for name, page := range pages(t) {
		writeFile(t, filepath.Join(dir, name+".ts"), []byte(typeScriptUsages(t, page)))
	}
	config := fmt.Sprintf(`{"extends": %q, "include": ["*.ts"]}`, absolute(t, "typescript/tsconfig.dom.json"))
	writeFile(t, filepath.Join(dir, "tsconfig.json"), []byte(config))
	for _, compiler := range compilers {
		t.Run(compiler, func(t *testing.T) { nodeSays(t, compiler, "-p", dir) })
	}
}

// typeScriptUsages returns a module with a function around each piece of code.
func typeScriptUsages(t *testing.T, page string) string {
	t.Helper()
	var module strings.Builder
	fmt.Fprintf(&module, "import { decodeResponse, hasCode, retryDelay } from %q;\n", typeScriptOf(t, page))
	module.WriteString("\nexport { retryDelay }; // not every catalog has delays\n")
	for i, piece := range usages(t, page, "TypeScript") {
		fmt.Fprintf(&module, "\nexport async function usage%d(response: Response): Promise<void> {\n%s\n}\n", i, piece)
	}
	return module.String()
}

// typeScriptOf returns the module that was generated from the same catalog.
func typeScriptOf(t *testing.T, page string) string {
	return absolute(t, filepath.Join(filepath.Dir(page), "../typescript/errors.ts"))
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(full)
}

// What a page shows for a code with a delay waits as long as the response says.
func TestUsagesWait(t *testing.T) {
	const page = "../out/html/errors.html"
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), []byte("module example.com/pages\n\ngo 1.22\n"))
	writeFile(t, filepath.Join(dir, "apierr/errors.gen.go"), readFile(t, "../out/go/apierr/errors.gen.go"))
	writeFile(t, filepath.Join(dir, "main.go"), withUsage(t, goWaits, usages(t, page, "Go"), "CodeRateLimited)"))
	if out, err := run(dir, "go", "run", "."); err != nil || out != "12s\n" {
		t.Errorf("Go waits for %s: %v", out, err)
	}
	program := fmt.Sprintf(typeScriptWaits, typeScriptOf(t, page))
	writeFile(t, filepath.Join(dir, "main.mts"), withUsage(t, program, usages(t, page, "TypeScript"), `"RATE_LIMITED")`))
	if out := node(t, "--no-warnings", filepath.Join(dir, "main.mts")); string(out) != "12000\n" {
		t.Errorf("TypeScript waits for %s", out)
	}
}

// withUsage puts the piece of code that has the words into a program.
func withUsage(t *testing.T, program string, pieces []string, words string) []byte {
	t.Helper()
	i := slices.IndexFunc(pieces, func(piece string) bool { return strings.Contains(piece, words) })
	if i < 0 {
		t.Fatalf("no piece of code has %s", words)
	}
	return []byte(strings.ReplaceAll(program, "USAGE", pieces[i]))
}

// Each program has its own clock, which says how long it is asked to wait.
const (
	goWaits = `package main

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"time"

	"example.com/pages/apierr"
)

type clock struct{}

func (clock) Sleep(delay time.Duration) { fmt.Println(delay) }

func main() {
	recorder := httptest.NewRecorder()
	if err := apierr.Write(recorder, apierr.NewRateLimited(12*time.Second)); err != nil {
		panic(err)
	}
	err := apierr.FromResponse(recorder.Result())
	time := clock{}
	USAGE
}
`
	typeScriptWaits = `import { decodeResponse, errorBody, hasCode, retryDelay } from %q;

const setTimeout = (resume: () => void, delay: number) => (console.log(delay), resume());
const response = new Response(JSON.stringify(errorBody("RATE_LIMITED")), { status: 429, headers: { "retry-after": "12" } });
USAGE
`
)

package golden

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// goModule returns a module, for the oldest Go that the output promises to build with, that has each generated package
// twice: as it is, and without the line that has linters look away from generated code.
func goModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), []byte("module example.com/generated\n\ngo 1.22\n"))
	for name, path := range goPackages(t) {
		code := readFile(t, path)
		header, rest, _ := bytes.Cut(code, []byte("\n\n"))
		if !bytes.HasPrefix(header, []byte("// Code generated ")) {
			t.Errorf("%s begins with %q", path, header)
		}
		writeFile(t, filepath.Join(dir, name, "generated", "errors.gen.go"), code)
		writeFile(t, filepath.Join(dir, name, "bare", "errors.go"), append(ownCapitals(name), rest...))
	}
	for name, catalog := range oddCatalogs() {
		_, rest, _ := bytes.Cut(generate(t, catalog)["go/apierr/errors.gen.go"], []byte("\n\n"))
		writeFile(t, filepath.Join(dir, name, "bare", "errors.go"), rest)
	}
	return dir
}

// ownCapitals switches off the check of initialisms where codes are written in camel or Pascal case: their constants
// keep the capitals that the API gave them.
func ownCapitals(name string) []byte {
	if name == "style-camel" || name == "style-pascal" {
		return []byte("//lint:file-ignore ST1003 the capitals are those of the codes\n\n")
	}
	return nil
}

// goPackages returns the generated Go files by the name of their case.
func goPackages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*/want/go/*/*.go")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d generated packages: %v", len(files), err)
	}
	byCase := map[string]string{"out": "../out/go/apierr/errors.gen.go"}
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.ToSlash(file), "/")
		byCase[name] = file
	}
	return byCase
}

// Go's own tools and staticcheck with every check it has find nothing to say about any generated package.
func TestGoToolsAccept(t *testing.T) {
	t.Parallel()
	dir := goModule(t)
	staticcheck := goTool(t, "staticcheck")
	for _, command := range [][]string{
		{"gofmt", "-l", "-s", "."},
		{"go", "vet", "./..."},
		{staticcheck, "-checks", "all", "./..."},
	} {
		if out, err := run(dir, command...); err != nil || out != "" {
			t.Errorf("%v: %v\n%.4000s", command, err, out)
		}
	}
}

// A switch over the codes, or over the operations, can be proven to name them all: exhaustive misses the one that is
// left out, and nothing else.
func TestGoSwitchesAreExhaustive(t *testing.T) {
	t.Parallel()
	for _, one := range []struct{ name, value, cases, rest, missing string }{
		{
			"details", "CodeOf(nil)",
			"Unauthorized KeyFormatDeprecated ValidationError NotFound RateLimited InternalError AnalysisError UpstreamError",
			"ServiceUnavailable", "type apierr.Code: apierr.CodeServiceUnavailable",
		},
		{
			"operations", "Operation(\"\")", "ListPets CreatePet GetPet UpdatePet DeletePet",
			"UploadPetPhoto", "type apierr.Operation: apierr.OperationUploadPetPhoto",
		},
	} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "go.mod"), []byte("module example.com/generated\n\ngo 1.22\n"))
		writeFile(t, filepath.Join(dir, "apierr", "errors.gen.go"), readFile(t, one.name+"/want/go/apierr/errors.gen.go"))
		prefix := "apierr.Code"
		if one.name == "operations" {
			prefix = "apierr.Operation"
		}
		for names, want := range map[string]string{
			one.cases + " " + one.rest: "",
			one.cases:                  "missing cases in switch of " + one.missing,
		} {
			cases := prefix + strings.ReplaceAll(names, " ", ", "+prefix)
			const program = "package main\n\nimport \"example.com/generated/apierr\"\n\nfunc main() {\n\tswitch apierr.%s {\n" +
				"\tcase %s:\n\t}\n}\n"
			writeFile(t, filepath.Join(dir, "main.go"), []byte(fmt.Sprintf(program, one.value, cases)))
			out, err := run(dir, goTool(t, "exhaustive"), "./...")
			if _, finding, _ := strings.Cut(strings.TrimSpace(out), ": "); finding != want {
				t.Errorf("%s: with %q: %v\n%s", one.name, names, err, out)
			}
		}
	}
}

// goTool builds a tool of go.mod and returns its path.
func goTool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.Command("go", "tool", "-n", name).Output()
	if err != nil {
		t.Fatalf("go tool -n %s: %v", name, err)
	}
	return strings.TrimSpace(string(path))
}

// run returns what a command says on both streams.
func run(dir string, command ...string) (string, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func writeFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

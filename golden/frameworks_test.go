package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

const built = "openapi/build/frameworks"

// What a framework makes of code knows no errors: errgen looks at it, and the overlay gives each operation those of the
// catalog, in the place of what the framework has put there by itself.
func TestFrameworks(t *testing.T) {
	t.Run("huma", func(t *testing.T) {
		proveFramework(t, "huma.yaml", []string{"go", "run", "./frameworks/huma"}, false)
	})
	t.Run("fastapi", func(t *testing.T) {
		const folder = "frameworks/fastapi"
		installRequirements(t, folder)
		proveFramework(t, "fastapi.json", []string{folder + "/.venv/bin/python", "-B", folder + "/app.py"}, true)
	})
}

// virtualEnvironment are the commands that install what requirements.txt lists.
var virtualEnvironment = []string{
	"python3 -m venv .venv",
	".venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input -r requirements.txt",
}

// installRequirements makes the virtual environment of a folder.
func installRequirements(t *testing.T, folder string) {
	t.Helper()
	need(t, "python3")
	install(t, folder, []string{"requirements.txt"}, virtualEnvironment...)
}

// proveFramework follows a document from the program that prints it to the bundle. AddsImpossible says that the
// framework adds answers that the catalog does not have.
func proveFramework(t *testing.T, name string, program []string, addsImpossible bool) {
	t.Helper()
	exported, err := exec.Command(program[0], program[1:]...).Output()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(built, name)
	writeFile(t, path, exported)
	refused := overlayOf(t, path, "refuse")
	isImpossible := func(d diag.Diagnostic) bool { return d.Rule == "impossible-status" && d.Place.File == path }
	if slices.ContainsFunc(refused.Diagnostics, isImpossible) != addsImpossible {
		t.Errorf("errgen says %v", refused.Diagnostics)
	}
	result := overlayOf(t, path, "remove")
	if len(result.Diagnostics) > 0 {
		t.Fatal(result.Diagnostics)
	}
	for _, f := range result.Files {
		writeFile(t, f.Path, f.Content)
	}
	bundle := filepath.Join(built, strings.TrimSuffix(name, filepath.Ext(name))+".bundle.yaml")
	words := node(t, "node_modules/@redocly/cli/bin/cli.js", "bundle", path, "--overlay",
		filepath.Join(built, "errors.overlay.yaml"), "--output", bundle)
	if got, want := answersIn(t, bundle), listedAnswers(t); got != want {
		t.Errorf("the bundle answers\n%s, want\n%s\n%s", got, want, words)
	}
}

func overlayOf(t *testing.T, api, impossible string) *generator.Result {
	t.Helper()
	result, err := generator.Generate(generator.Options{
		Catalog: "operations/errors.yaml", MaxSize: document.DefaultMaxSize,
		Targets:  []generator.Selection{{Name: "openapi", Out: built}},
		Settings: map[string]map[string]string{"openapi": {"api": api, "impossible": impossible}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// answersIn returns the references of the errors that a document answers, a line for each operation.
func answersIn(t *testing.T, path string) string {
	t.Helper()
	var d struct {
		Paths map[string]map[string]struct {
			OperationID string `yaml:"operationId"`
			Responses   map[string]map[string]any
		}
	}
	if err := yaml.Unmarshal(readFile(t, path), &d); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, item := range d.Paths {
		for _, o := range item {
			var answers []string
			for status, answer := range o.Responses {
				if status[0] >= '4' && status[0] <= '9' {
					answers = append(answers, fmt.Sprint(answer))
				}
			}
			slices.Sort(answers)
			lines = append(lines, o.OperationID+" "+strings.Join(answers, " "))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// listedAnswers returns what the catalog lists, in the form of answersIn.
func listedAnswers(t *testing.T) string {
	t.Helper()
	var c struct {
		Errors []struct {
			Code   string
			Status int
		}
		Operations []struct {
			ID     string
			Errors []string
		}
	}
	if err := json.Unmarshal(readFile(t, "operations/want/json/errors.json"), &c); err != nil {
		t.Fatal(err)
	}
	status := map[string]int{}
	for _, e := range c.Errors {
		status[e.Code] = e.Status
	}
	var lines []string
	for _, o := range c.Operations {
		var answers []string
		for _, code := range o.Errors {
			name := fmt.Sprintf("%s%sError%d", strings.ToUpper(o.ID[:1]), o.ID[1:], status[code])
			answers = append(answers, "map[$ref:#/components/responses/"+name+"]")
		}
		slices.Sort(answers)
		lines = append(lines, o.ID+" "+strings.Join(slices.Compact(answers), " "))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// oapi-codegen applies the overlay itself, and its strict server and its client work.
func TestStrictServer(t *testing.T) {
	const folder = "openapi/build/operations/pets"
	tool, config := goTool(t, "oapi-codegen"), "operations.oapi-codegen.yaml"
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	quietly(t, "openapi", tool, "-config", config, "../operations/openapi.yaml")
	writeFile(t, folder+"/server_test.go", readFile(t, "openapi/server.go.txt"))
	quietly(t, ".", "go", "vet", "./"+folder)
	if out, err := run(".", "go", "test", "./"+folder); err != nil {
		t.Errorf("%v\n%s", err, out)
	}

	// It is strict: a path that is not there is refused.
	overlay := readFile(t, "operations/want/openapi/errors.overlay.yaml")
	misspelled := bytes.ReplaceAll(overlay, []byte("['/pets"), []byte("['/petz"))
	writeFile(t, "openapi/build/operations/misspelled.overlay.yaml", misspelled)
	wrong := regexp.MustCompile(`path: \S*overlay.yaml`).ReplaceAll(readFile(t, "openapi/"+config),
		[]byte("path: build/operations/misspelled.overlay.yaml"))
	config = "build/operations/misspelled.oapi-codegen.yaml"
	writeFile(t, filepath.Join("openapi", config), wrong)
	out, err := run("openapi", tool, "-config", config, "../operations/openapi.yaml")
	if err == nil || !strings.Contains(out, "petz") {
		t.Errorf("oapi-codegen takes a path that is not there: %v\n%s", err, out)
	}
}

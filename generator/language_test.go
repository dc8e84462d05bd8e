package generator

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A language is one folder: copied under templates, it is built in, and no Go file, no list and no count has to change.
func TestLanguageIsOneFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the module")
	}
	module := copyModule(t)
	language := os.DirFS(filepath.Join(goldenDir, "own-target", "templates", "python"))
	if err := os.CopyFS(filepath.Join(module, "templates", "tongue"), language); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "errgen")
	outputIn(t, module, "go", "build", "-trimpath", "-o", program, "./cmd/errgen")

	project := t.TempDir()
	errgen := func(args ...string) string { return outputIn(t, project, program, args...) }
	errgen("init")
	errgen("generate", "-t", "tongue=here")
	if _, err := os.Stat(filepath.Join(project, "here", "errors.py")); err != nil {
		t.Error(err)
	}
	errgen("init", "--target", "tongue", "--templates", "mine")
	if _, err := os.Stat(filepath.Join(project, "mine", "tongue", "target.yaml")); err != nil {
		t.Error(err)
	}
	for _, words := range []string{"generate --target", "init --target", "preview --target"} {
		words := append([]string{"__complete"}, strings.Fields(words)...)
		if out := errgen(append(words, "")...); !strings.Contains(out, "\ntongue\t") {
			t.Errorf("%s completes to %s", words, out)
		}
	}
	for _, topic := range [][]string{nil, {"target.yaml"}, {"templates"}, {"name-collision"}} {
		errgen(append([]string{"explain"}, topic...)...)
	}

	test := []string{"test", "-trimpath", "-vet=off", "./generator", "./generator/render", "-run"}
	const tests = "TestGolden$|TestRules|TestArrows|TestReference"
	outputIn(t, module, "go", "test", "-trimpath", "-vet=off", "./generator", "-run", "TestGolden$", "-update")
	if _, err := os.Stat(filepath.Join(module, "golden", "minimal", "want", "python", "errors.py")); err != nil {
		t.Error(err)
	}
	outputIn(t, module, "go", append(test, tests)...)
	const scripts = "TestScripts/^(explain|first-run|init|init-start|invalid-catalog|prune|targets|user-target)$"
	outputIn(t, module, "go", "test", "-trimpath", "-vet=off", "./cmd/errgen", "-run", scripts)
}

// copyModule copies errgen, and the cases of golden.
func copyModule(t *testing.T) string {
	t.Helper()
	module := t.TempDir()
	folders := []string{"cmd", "generator", "schema", "templates"}
	cases, err := filepath.Glob(filepath.Join(goldenDir, "*", "errors.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, catalog := range cases {
		folders = append(folders, filepath.Join("golden", filepath.Base(filepath.Dir(catalog))))
	}
	for _, folder := range folders {
		if err := os.CopyFS(filepath.Join(module, folder), os.DirFS(filepath.Join("..", folder))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(module, name), text, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return module
}

// outputIn runs a program in a folder, and returns what it says.
func outputIn(t *testing.T, folder, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A language without a default folder, which runs only where it is named, has no say in what codes are called
// elsewhere.
func TestNamesMeetOnlyInLanguagesThatAreUsed(t *testing.T) {
	const text = `
version: 1
info: {title: Errors}
categories: {all: {title: All}}
errors:
  VALIDATION: {status: 400, category: all, meaning: Python makes ValidationError of it}
  VALIDATION_ERROR: {status: 400, category: all, meaning: And of this}
`
	path := filepath.Join(t.TempDir(), "errors.yaml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	python := Selection{Name: "python", Out: "python"}
	for _, c := range []struct {
		targets, configured []Selection
		want                int
	}{
		{},
		{targets: []Selection{{Name: "json"}}},
		{targets: []Selection{python}, want: 1},
		{targets: []Selection{{Name: "json"}}, configured: []Selection{python}, want: 1},
	} {
		o := Options{Catalog: path, MaxSize: 1 << 20, Targets: c.targets, Configured: c.configured}
		result, err := Generate(o)
		if err != nil || len(result.Diagnostics) != c.want {
			t.Errorf("%v, configured %v: %v, %v", c.targets, c.configured, result.Diagnostics, err)
		}
	}
}

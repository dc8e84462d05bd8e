package golden

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	_ "github.com/go-playground/validator/v10" // the guide for Go imports it
	_ "github.com/oapi-codegen/runtime"        // what oapi-codegen generates imports it
)

// Each generated module compiles with the current and the two previous compilers, every strict flag set, and the type
// tests do and do not compile as they say.
func TestTypeScriptCompiles(t *testing.T) {
	t.Parallel()
	for _, compiler := range compilers {
		for _, project := range []string{"tsconfig.json", "tsconfig.plain.json", "tsconfig.dom.json", "tsconfig.node.json"} {
			t.Run(compiler+"/"+project, func(t *testing.T) { nodeSays(t, compiler, "-p", "typescript/"+project) })
		}
	}
}

// The package typescript is 5.9, which the other tools are made for.
var compilers = []string{"node_modules/typescript-7/bin/tsc", "node_modules/typescript-6/bin/tsc",
	"node_modules/typescript/bin/tsc"}

func TestTypeScriptLints(t *testing.T) {
	t.Parallel()
	nodeSays(t, "node_modules/eslint/bin/eslint.js", "-c", "typescript/eslint.config.js", "--max-warnings=0",
		"*/want/typescript/errors.ts")
}

// Each generated module runs as Node strips its types and after esbuild, costs what it may, and holds what the catalog
// says.
func TestTypeScriptRuns(t *testing.T) {
	nodeTests(t, "typescript/*.test.ts")
}

// The examples of each generated document fit their schemas; a small API that refers to one is linted, bundled and
// generated from; and what is generated compiles.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	if err := os.RemoveAll("openapi/build"); err != nil {
		t.Fatal(err)
	}
	nodeTests(t, "openapi/*.test.js")
	for _, compiler := range compilers {
		t.Run(compiler, func(t *testing.T) { nodeSays(t, compiler, "-p", "openapi") })
	}
	t.Run("oapi-codegen", func(t *testing.T) {
		generateGo(t, "go31", "")
		generateGo(t, "go30", "-3.0")
	})
}

// The schemas in each errors.json, and the one of errors.json itself, are for any validator.
func TestJSONSchemas(t *testing.T) {
	nodeTests(t, "json/*.test.js")
}

// generateGo makes Go of the bundle, of the document alone, of the API with the document's types imported from there,
// and of the documents with other envelopes.
func generateGo(t *testing.T, folder, version string) {
	t.Helper()
	generator, document := goTool(t, "oapi-codegen"), "../every-field/want/openapi/errors.openapi"+version+".yaml"
	pkg := "github.com/sigsentry/errgen/golden/openapi/build/" + folder + "/"
	envelope := func(name string) []string {
		path := "../envelope-" + name + "/want/openapi/errors.openapi" + version + ".yaml"
		return []string{name, "-generate", "types,skip-prune", path}
	}
	for _, generate := range [][]string{
		envelope("problem"), envelope("nested"), envelope("list"), envelope("deep"), envelope("flat"), envelope("low"),
		{"bundled", "-generate", "types,client", "build/bundle" + version + ".yaml"},
		{"document", "-generate", "types,skip-prune", document},
		{"mapped", "-generate", "types,client", "-import-mapping", document + ":" + pkg + "document",
			"api" + version + ".yaml"},
	} {
		name := generate[0]
		path := filepath.Join("build", folder, name, "api.gen.go")
		if err := os.MkdirAll(filepath.Dir(filepath.Join("openapi", path)), 0o755); err != nil {
			t.Fatal(err)
		}
		quietly(t, "openapi", append([]string{generator, "-package", name, "-o", path}, generate[1:]...)...)
		quietly(t, "openapi", "gofmt", "-l", path)
		quietly(t, ".", "go", "vet", pkg+name)
	}
}

// nodeTests runs tests of Node's own runner.
func nodeTests(t *testing.T, pattern string) {
	t.Helper()
	out, err := run(".", nodePath(t), "--no-warnings", "--test", "--test-reporter=spec", pattern)
	t.Log(out)
	if err != nil {
		t.Error(err)
	}
}

// nodeSays runs a tool that is to have nothing to say.
func nodeSays(t *testing.T, args ...string) {
	t.Helper()
	quietly(t, ".", append([]string{nodePath(t)}, args...)...)
}

func quietly(t *testing.T, dir string, command ...string) {
	t.Helper()
	if out, err := run(dir, command...); err != nil || out != "" {
		t.Errorf("%q: %v\n%s", command, err, out)
	}
}

// node returns what a program for Node prints.
func node(t *testing.T, args ...string) []byte {
	t.Helper()
	var words bytes.Buffer
	cmd := exec.Command(nodePath(t), args...)
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%q: %v\n%s", args, err, &words)
	}
	return out
}

// nodePath returns the Node that package-lock.json brings, and sees that its packages are installed.
func nodePath(t *testing.T) string {
	t.Helper()
	need(t, "npm")
	words, err := installed()
	wasInstalled(t, words, err)
	path, err := filepath.Abs("node_modules/.bin/node")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil { // this system has no package of Node
		need(t, "node")
		return "node"
	}
	return path
}

// wasInstalled skips a test whose packages could not be installed, and fails it in CI.
func wasInstalled(t *testing.T, words string, err error) {
	t.Helper()
	if err != nil && os.Getenv("CI") != "" {
		t.Fatalf("npm ci: %v\n%s", err, words)
	} else if err != nil {
		t.Skipf("npm ci: %v\n%s", err, words)
	}
}

// installed installs the packages of this folder.
var installed = sync.OnceValues(func() (string, error) { return installPackages(".") })

// installPackages runs `npm ci` in a folder unless it ran before with the same package-lock.json. No script of a
// package runs.
func installPackages(dir string) (string, error) {
	mark := filepath.Join(dir, "node_modules/.installed")
	lock, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		return "", err
	}
	if before, err := os.ReadFile(mark); err == nil && bytes.Equal(before, lock) {
		return "", nil
	}
	words, err := run(dir, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	if err != nil {
		return words, err
	}
	return "", os.WriteFile(mark, lock, 0o644)
}

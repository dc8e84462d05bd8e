package generator

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A stranger's module: errgen is one of its tools, go generate runs it, and a program talks through the generated
// package over HTTP.
func TestDownstreamModule(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a module")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "downstream"))); err != nil {
		t.Fatal(err)
	}
	run := func(name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	run("go", "mod", "init", "shop.example.com/api")
	run("go", "mod", "edit", "-go=1.25.0", "-require=github.com/sigsentry/errgen@v0.0.0",
		"-replace=github.com/sigsentry/errgen="+root)
	run("go", "mod", "edit", "-tool=github.com/sigsentry/errgen/cmd/errgen")
	run("go", "mod", "tidy") // go get -tool would look for a published version; together these leave the same lines
	if out := run("go", "generate", "./..."); !strings.Contains(out, "1 file, 1 written") {
		t.Errorf("go generate said %q", out)
	}
	if out := run("go", "generate", "./..."); !strings.Contains(out, "0 written, 1 unchanged") {
		t.Errorf("the second go generate said %q", out)
	}
	run("go", "vet", "./...")
	if out := run("go", "run", "."); strings.TrimSpace(out) != "all well" {
		t.Errorf("the program said %q", out)
	}
	run("go", "tool", "errgen", "generate", "--check", "-c", "shop.yaml", "-t", "go=internal/apierr")
	if err := os.WriteFile(filepath.Join(dir, "wrong.yaml"), []byte("version: 2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	lint := exec.Command("go", "tool", "errgen", "lint", "-c", "wrong.yaml")
	lint.Dir = dir
	if out, _ := lint.CombinedOutput(); !strings.Contains(string(out),
		"run `go tool errgen explain unsupported-version`") {
		t.Errorf("the hint of a tool is\n%s", out)
	}
}

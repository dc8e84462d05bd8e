package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHintsNameTheToolOfAModule(t *testing.T) {
	const pkg = "github.com/sigsentry/errgen/cmd/errgen"
	cache := filepath.Join(t.TempDir(), "go-build")
	built := filepath.Join(cache, "ab", "abcdef-d", "errgen")
	for _, c := range []struct {
		program, module string
		want            bool
	}{
		{built, "module a\n\ntool " + pkg + "\n", true},
		{built, "module a\n\ntool (\n\t" + pkg + " // of errors\n\texample.com/other\n)\n", true},
		{built, "module a\n\nrequire " + pkg + "/v2 v2.0.0\n", false},
		{built, "module a\n", false},
		{filepath.Join(t.TempDir(), "bin", "errgen"), "module a\n\ntool " + pkg + "\n", false},
	} {
		module := t.TempDir()
		inside := filepath.Join(module, "internal", "apierr")
		if err := os.MkdirAll(inside, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte(c.module), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := isTool(c.program, cache, inside, pkg); got != c.want {
			t.Errorf("%s with %q: %v", c.program, c.module, got)
		}
	}
	var said strings.Builder
	if n, err := (calledWriter{&said, "go tool errgen"}).Write([]byte("run `errgen explain x`\n")); n != 23 || err != nil {
		t.Error(n, err)
	}
	if said.String() != "run `go tool errgen explain x`\n" {
		t.Errorf("%q", &said)
	}
}

// What is offered for a flag that there is not is a flag, and not what the text about another one says.
func TestHintsNameFlags(t *testing.T) {
	code, printed := errgenIn("import", "--intoo")
	if code != exitUsage || !strings.Contains(printed, "did you mean --into?") {
		t.Error(code, printed)
	}
}

package lint

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/diag"
)

var update = flag.Bool("update", false, "write what comes out into testdata")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, path); got != want {
		t.Errorf("%s differs; run go test -update and look at the difference. Got:\n%s", path, got)
	}
}

func fix(t *testing.T, text string) string {
	return string(Apply([]byte(text), Edits(run(t, text, nil), "errors.yaml")))
}

func TestFix(t *testing.T) {
	before := read(t, "testdata/fix/before.yaml")
	after := fix(t, before)
	golden(t, "fix/after.yaml", after)
	if again := fix(t, after); again != after {
		t.Errorf("a second fix changes the file again:\n%s", again)
	}
	if strings.Count(before, "#")-strings.Count(after, "#") != 2 {
		t.Error("a comment is gone that is no allowance")
	}
	for _, f := range run(t, after, nil) {
		if len(f.Edits) > 0 {
			t.Errorf("still there: %s", f.Message)
		}
	}
}

func TestFixKeepsLineBreaksOfWindows(t *testing.T) {
	windows := strings.NewReplacer("\n", "\r\n")
	before, after := read(t, "testdata/fix/before.yaml"), read(t, "testdata/fix/after.yaml")
	if got := fix(t, windows.Replace(before)); got != windows.Replace(after) {
		t.Errorf("got\n%s", got)
	}
}

func TestApply(t *testing.T) {
	for _, c := range []struct {
		edits []diag.Edit
		want  string
	}{
		{nil, "abcdef"},
		{[]diag.Edit{{Start: 4, End: 5, New: "E"}, {Start: 0, End: 1, New: ""}}, "bcdEf"},
		{[]diag.Edit{{Start: 0, End: 3, New: "x"}, {Start: 2, End: 4, New: "y"}, {Start: 6, End: 6, New: "!"}}, "xdef!"},
		{[]diag.Edit{{Start: 0, End: 6, New: ""}}, ""},
	} {
		text := []byte("abcdef")
		if got := string(Apply(text, c.edits)); got != c.want || string(text) != "abcdef" {
			t.Errorf("%v gives %q, expected %q", c.edits, got, c.want)
		}
	}
}

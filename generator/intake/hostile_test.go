package intake_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/intake"
)

// write makes a file, and returns its path.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// A file that is far too large is not read, and what would take all day ends soon with a word.
func TestLargeFile(t *testing.T) {
	path := write(t, "capture.har", "{")
	if err := os.Truncate(path, 300<<20); err != nil {
		t.Fatal(err)
	}
	_, err := intake.Read([]string{path}, options())
	want := "it has 314572800 bytes, more than the limit of 16777216; raise it with --max-size, or import only the part " +
		"with the errors"
	if err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got %v", err)
	}
}

// Each is refused with a way out, or read; none takes a time that grows faster than the file.
func TestHostileFiles(t *testing.T) {
	const response = "{description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A0'}}}}"
	api := "openapi: 3.0.0\npaths: {/a: {get: {operationId: a, responses: {400: " + response + "}}}}\n" +
		"components:\n  schemas:\n"
	circle := api + "    A0: {$ref: '#/components/schemas/A1'}\n    A1: {$ref: '#/components/schemas/A0'}\n"
	wide, nested := api, api
	for i := range 60 {
		wide += fmt.Sprintf("    A%d: {properties: {a: {$ref: '#/components/schemas/A%d'}, "+
			"b: {$ref: '#/components/schemas/A%[2]d'}, code: {type: string, enum: [C_%[1]d]}}}\n", i, i+1)
		nested += fmt.Sprintf("    A%d: {oneOf: [{$ref: '#/components/schemas/A%d'}, "+
			"{$ref: '#/components/schemas/A%[2]d'}], "+
			"properties: {code: {const: C_%[1]d}}}\n", i, i+1)
	}
	for name, text := range map[string]string{
		"deep.json":      strings.Repeat(`{"a":[`, 200_000) + strings.Repeat("]}", 200_000),
		"deep.yaml":      strings.Repeat("[", 5000) + strings.Repeat("]", 5000),
		"deep.go":        "package a\nvar x = " + strings.Repeat("T{", 100_000),
		"deep.proto":     strings.Repeat("enum E {", 100_000),
		"deep.html":      strings.Repeat("<table><tr><td>", 100_000),
		"lists.html":     strings.Repeat("<ul><li><code>", 100_000),
		"rowspan.html":   "<table>" + strings.Repeat("<tr><td rowspan=9999999 colspan=9999999>x", 200),
		"deep.md":        strings.Repeat("> ", 50_000) + "# A_B",
		"ticks.md":       "| code | http |\n|---|---|\n" + strings.Repeat("| `a` ``` `b | 404 |\n", 2_000),
		"wide.md":        strings.Repeat("| code ", 50_000) + "|\n" + strings.Repeat("|---", 50_000) + "|\n",
		"wide.csv":       strings.Repeat("code,", 100_000) + "\n" + strings.Repeat("A,", 100_000),
		"quote.csv":      "code,status\n\"" + strings.Repeat("a\n", 500_000),
		"circle.yaml":    circle,
		"wide-api.yaml":  wide,
		"nested.yaml":    nested,
		"records.json":   "[" + strings.Repeat(`{"code":"A_B","status":404,"message":"x"},`, 5_000) + `{"code":"C_D"}]`,
		"conflicts.json": "[" + manyConflicts(5_000) + `{"code":"C_D"}]`,
		"lines.jsonl":    strings.Repeat(`{"status":404,"body":{"code":"A_B","message":"m"}}`+"\n", 5_000),
		"bodies.jsonl":   `{"status":404,"body":` + strings.Repeat(`{"code":`, 5000) + "1" + strings.Repeat("}", 5001) + "\n",
		"nul.csv":        "code,status\nA\x00B,404\n",
		"latin1.md":      "| code |\n|---|\n| `A_B` | caf\xe9",
		"empty.json":     "",
		"null.yaml":      "null",
		"empty.go":       "",
	} {
		im, err := intake.Read([]string{write(t, name, text)}, options())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(im.Found) == 0 {
			if _, err := im.Catalog("errors.yaml"); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		} else if d := im.Found[0]; im.Refused() && d.Hint == "" && !strings.Contains(d.Message, "empty") {
			t.Errorf("%s: no way out: %s", name, d.Message)
		}
	}
}

// manyConflicts makes records of one code that never agree.
func manyConflicts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"code":"A_B","status":%d,"message":"m%d"},`, 400+i%100, i)
	}
	return b.String()
}

// No reader breaks on any bytes, and what it writes is a catalog that at most lacks what is left open.
func FuzzReaders(f *testing.F) {
	sources, err := filepath.Glob("testdata/sources/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range sources {
		if text, err := os.ReadFile(path); err == nil && !strings.HasSuffix(path, ".want") &&
			!strings.HasSuffix(path, ".map") {
			f.Add(filepath.Ext(path), string(text))
		}
	}
	f.Fuzz(func(t *testing.T, extension, text string) {
		if len(extension) > 8 || strings.ContainsAny(extension, "/\x00") {
			return
		}
		im, err := intake.Read([]string{write(t, "f"+extension, text)}, options())
		if err != nil {
			return
		}
		written, err := im.Catalog("errors.yaml")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := im.Into("errors.yaml", written); err != nil {
			t.Errorf("%v\n%s", err, written)
		}
	})
}

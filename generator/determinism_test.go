package generator

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/sigsentry/errgen/generator/document"
)

// Same catalog, same bytes: whatever the machine, the line endings and the order of keys that has no meaning.
func TestSameCatalogSameBytes(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(goldenDir, "every-field", "errors.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	want := generateText(t, text)
	variants := map[string][]byte{
		"CRLF":              bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")),
		"byte order mark":   append([]byte("\ufeff"), text...),
		"comment at top":    append([]byte("# comment\n\n"), text...),
		"version at bottom": append(bytes.Replace(text, []byte("version: 1\n"), nil, 1), []byte("\nversion: 1\n")...),
	}
	for name, variant := range variants {
		t.Run(name, func(t *testing.T) { assertSame(t, want, generateText(t, variant)) })
	}
	t.Run("one processor", func(t *testing.T) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		for range 10 {
			assertSame(t, want, generateText(t, text))
		}
	})
	t.Run("another time zone and folder", func(t *testing.T) {
		t.Setenv("TZ", "Pacific/Chatham")
		t.Setenv("LANG", "tr_TR.UTF-8")
		t.Chdir(t.TempDir())
		assertSame(t, want, generateText(t, text))
	})
}

// generateText renders every target from a catalog in a folder of its own.
func generateText(t *testing.T, text []byte) map[string][]byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "errors.yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	o := Options{Catalog: path, MaxSize: document.DefaultMaxSize, Folder: "."}
	o.Targets = everyTarget(t, filepath.Dir(path), o)
	result, err := Generate(o)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Diagnostics) > 0 {
		t.Fatal(result.Diagnostics)
	}
	files := map[string][]byte{}
	for _, f := range result.Files {
		files[f.Path] = f.Content
	}
	return files
}

func assertSame(t *testing.T, want, got map[string][]byte) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%d files, expected %d", len(got), len(want))
	}
	for path, content := range want {
		if !bytes.Equal(content, got[path]) {
			t.Errorf("%s differs at line %d", path, differingLine(content, got[path]))
		}
	}
}

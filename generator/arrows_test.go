package generator

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/sigsentry/errgen/"

// arrows says what each package may import of this module: imports run one way.
var arrows = map[string][]string{
	"schema":             {},
	"templates":          {},
	"generator/diag":     {},
	"generator/preview":  {},
	"generator/prose":    {},
	"generator/regex":    {},
	"generator/watch":    {},
	"generator/capture":  {"generator/diag"},
	"generator/disk":     {"generator/diag"},
	"generator/document": {"generator/diag"},
	"generator/draft":    {"generator/diag", "generator/document"},
	"generator/git":      {"generator/diag"},
	"generator/wire":     {"generator/diag", "generator/document"},
	"generator/catalog":  {"generator/diag", "generator/document", "generator/prose", "generator/wire", "schema"},
	"generator/intake": {"generator/capture", "generator/catalog", "generator/diag", "generator/disk",
		"generator/document", "generator/draft", "generator/lint", "generator/openapi", "generator/prose",
		"generator/render", "generator/wire"},
	"generator/openapi": {"generator/catalog", "generator/diag", "generator/document"},
	"generator/shape":   {"generator/catalog"},
	"generator/lint": {"generator/catalog", "generator/diag", "generator/disk", "generator/document",
		"generator/openapi", "generator/prose", "generator/regex"},
	"generator/breaking": {"generator/catalog", "generator/diag", "generator/document", "generator/prose",
		"generator/render", "generator/wire"},
	"generator/verify": {"generator/capture", "generator/catalog", "generator/diag", "generator/document",
		"generator/wire"},
	"generator/render": {"generator/catalog", "generator/diag", "generator/document", "generator/openapi",
		"generator/prose", "generator/shape", "generator/wire", "schema"},
	"generator": {"generator/catalog", "generator/diag", "generator/disk", "generator/document", "generator/openapi",
		"generator/render", "generator/shape", "templates"},
	"generator/project": {"generator", "generator/breaking", "generator/catalog", "generator/diag", "generator/disk",
		"generator/document", "generator/draft", "generator/intake", "generator/lint", "generator/openapi",
		"generator/render", "schema", "templates"},
	"cmd/release": {},
	"cmd/errgen": {"generator", "generator/breaking", "generator/capture", "generator/catalog", "generator/diag",
		"generator/disk", "generator/document", "generator/git", "generator/intake", "generator/lint",
		"generator/preview", "generator/project", "generator/render", "generator/verify", "generator/watch", "schema"},
}

// doors says which packages alone may import a library.
var doors = map[string][]string{
	"gopkg.in/yaml.v3":                         {"generator/document"},
	"github.com/santhosh-tekuri/jsonschema/v5": {"generator/document"},
	"github.com/yuin/goldmark":                 {"generator/prose"},
	"github.com/spf13/cobra":                   {"cmd/errgen"},
	"github.com/fsnotify/fsnotify":             {"generator/watch"},
	"github.com/rogpeppe/go-internal/diff":     {"generator/disk"},
	"github.com/rogpeppe/go-internal/robustio": {"generator/disk"},
	"golang.org/x/net/html":                    {"generator/intake"},
	"text/template":                            {"generator/render"},
	"os/exec":                                  {"generator/git", "generator/preview"}, // git, and the browser
	"html/template":                            {"generator/render", "generator/preview"},
	"net/http":                                 {"generator/preview"},
}

func TestImportsRunOneWay(t *testing.T) {
	for path, imports := range listImports(t) {
		allowed, known := arrows[path]
		if !known {
			t.Errorf("the package %s is not in the list of arrows", path)
		}
		for _, imported := range imports {
			if own, ok := strings.CutPrefix(imported, module); ok && !slices.Contains(allowed, own) {
				t.Errorf("%s may not import %s", path, own)
			}
			for library, users := range doors {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(users, path) {
					t.Errorf("%s may not import %s", path, imported)
				}
			}
		}
	}
}

// Package disk alone writes; and it alone reads a file whole, since it knows to what bound.
func TestDiskAloneTouchesFiles(t *testing.T) {
	touches := regexp.MustCompile(`\bos\.(WriteFile|ReadFile|Create\w*|Mkdir\w*|Rename|Remove\w*|Truncate|Ch(mod|times)|` +
		`Symlink|Link|CopyFS|OpenFile)\(`)
	for _, root := range []string{".", "../cmd/errgen"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && (entry.Name() == "disk" || entry.Name() == "testdata"):
				return fs.SkipDir
			case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
				return nil
			}
			text, err := os.ReadFile(path)
			for _, call := range touches.FindAllString(string(text), -1) {
				t.Errorf("%s calls %s…)", path, call)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// listImports returns the imports of each package, without those of tests.
func listImports(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	imports := map[string][]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); decoder.More(); {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		if path := strings.TrimPrefix(p.ImportPath, module); !strings.HasPrefix(path, "out/") {
			imports[path] = p.Imports
		}
	}
	if len(imports) != len(arrows) {
		t.Errorf("found %d packages, expected %d", len(imports), len(arrows))
	}
	return imports
}

// The module can be installed and run from its path only without these.
func TestModuleHasNoReplace(t *testing.T) {
	out, err := exec.Command("go", "mod", "edit", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct{ Replace, Exclude []any }
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	if len(mod.Replace)+len(mod.Exclude) > 0 {
		t.Error("go.mod has replace or exclude")
	}
}

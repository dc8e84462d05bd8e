package generator

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/sigsentry/errgen/"

// arrows says what each package may import of this module: imports run one way.
var arrows = map[string][]string{
	"schema":             {},
	"generator/regex":    {},
	"templates":          {},
	"generator/diag":     {},
	"generator/prose":    {},
	"generator/document": {"generator/diag"},
	"generator/wire":     {"generator/diag", "generator/document"},
	"generator/catalog":  {"generator/diag", "generator/document", "generator/prose", "generator/wire", "schema"},
	"generator/shape":    {"generator/catalog"},
	"generator/lint":     {"generator/catalog", "generator/diag", "generator/disk", "generator/document", "generator/prose", "generator/regex"},
	"generator/breaking": {"generator/catalog", "generator/diag", "generator/document", "generator/prose", "generator/shape"},
	"generator/disk":     {"generator/diag"},
	"generator/git":      {"generator/diag"},
	"generator/preview":  {},
	"generator/watch":    {},
	"generator/render":   {"generator/catalog", "generator/diag", "generator/document", "generator/prose", "generator/shape", "schema"},
	"generator":          {"generator/catalog", "generator/diag", "generator/disk", "generator/document", "generator/render", "generator/shape", "templates"},
	"generator/project": {"generator", "generator/breaking", "generator/diag", "generator/disk", "generator/document",
		"generator/lint", "generator/render", "schema", "templates"},
	"cmd/errgen": {"generator", "generator/breaking", "generator/catalog", "generator/diag", "generator/document",
		"generator/disk", "generator/git", "generator/lint", "generator/render", "generator/preview", "generator/project",
		"generator/watch", "schema"},
}

// doors says which packages alone may import a library.
var doors = map[string][]string{
	"gopkg.in/yaml.v3":                         {"generator/document"},
	"github.com/santhosh-tekuri/jsonschema/v5": {"generator/document"},
	"github.com/yuin/goldmark":                 {"generator/prose"},
	"github.com/spf13/cobra":                   {"cmd/errgen"},
	"github.com/fsnotify/fsnotify":             {"generator/watch"},
	"github.com/rogpeppe/go-internal/diff":     {"generator/disk"},
	"text/template":                            {"generator/render"},
	"os/exec":                                  {"generator/git", "generator/preview"}, // git for the command breaking, the browser for the command preview
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

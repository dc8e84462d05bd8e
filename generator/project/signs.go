package project

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/render"
)

// Sign is something in a project that tells of a target it can use.
type Sign struct {
	target  string
	Label   string   // of what is generated, for people
	Found   string   // path of the sign
	folders []string // where that is usually kept, best first; with slashes
}

// readSigns looks at the working folder and a few known places; it walks no tree.
func readSigns() (signs []Sign) {
	at := nearestProject()
	if file := filepath.Join(at, "go.mod"); isThere(file) {
		signs = append(signs, Sign{"go", "Go", file, noPackages("internal/apierr", "internal/apierrors")})
	}
	if file := filepath.Join(at, "package.json"); isThere(file) {
		folder := "generated"
		if isThere("src") {
			folder = "src/generated"
		}
		signs = append(signs, Sign{"typescript", "TypeScript", file, []string{folder}})
	}
	if file := findOpenAPI(); file != "" {
		signs = append(signs, Sign{"openapi", "OpenAPI", filepath.FromSlash(file), []string{path.Dir(file)}})
	}
	return signs
}

// noPackages returns the folders without Go files: those of another package, or of another catalog, stay alone.
func noPackages(folders ...string) []string {
	return slices.DeleteFunc(folders, func(folder string) bool {
		files, _ := filepath.Glob(filepath.Join(folder, "*.go"))
		return len(files) > 0
	})
}

// nearestProject returns the nearest folder with go.mod or package.json, up to the root of the repository; what is
// around a project says nothing of it: a web client in a Go repository wants no Go.
func nearestProject() string {
	working, err := os.Getwd()
	if err != nil {
		return "."
	}
	root := Repository()
	for folder, shown := working, "."; ; folder, shown = filepath.Dir(folder), filepath.Join(shown, "..") {
		if isThere(filepath.Join(folder, "go.mod")) || isThere(filepath.Join(folder, "package.json")) {
			return shown
		}
		if folder == root {
			return "."
		}
	}
}

// findOpenAPI returns the API's own description, with slashes, or "".
func findOpenAPI() string {
	for _, folder := range []string{".", "api", "docs", "openapi", "spec"} {
		for _, base := range []string{"openapi", "swagger"} {
			for _, extension := range []string{".yaml", ".yml", ".json"} {
				if file := path.Join(folder, base+extension); isThere(file) {
					return file
				}
			}
		}
	}
	return ""
}

// isThere reports whether anything is at path, be it a link to nothing.
func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// choice is a target that errgen.yaml is going to name.
type choice struct {
	*render.Target
	folder string // with slashes
	reason string
}

// choose returns what to generate for a project with these signs, the pages for people last. Without any sign it is
// every target that has a default folder.
func choose(library *generator.Library, signs []Sign) (choices []choice) {
	for _, s := range signs {
		t := library.Find(s.target)
		choices = append(choices, choice{t, freeFolder(t, s.folders), "Found " + filepath.ToSlash(s.Found)})
	}
	for _, t := range library.Targets {
		if len(signs) == 0 && t.Out != "" && !slices.Contains(pageTargets, t.Name) {
			choices = append(choices, choice{t, t.Out, t.Description})
		}
	}
	var folders []string
	if len(signs) > 0 || isThere("docs") {
		folders = []string{"docs"}
	}
	for _, name := range pageTargets {
		if t := library.Find(name); t != nil {
			choices = append(choices, choice{t, freeFolder(t, folders), t.Description})
		}
	}
	return choices
}

// pageTargets are the targets for people: every project gets those that there are.
var pageTargets = []string{"markdown", "html"}

// freeFolder returns the first folder in which nobody's file is in the way of the target, or else its default.
func freeFolder(t *render.Target, folders []string) string {
	for _, folder := range folders {
		if isFree(t, folder) {
			return folder
		}
	}
	return cmp.Or(t.Out, "out/"+t.Name)
}

func isFree(t *render.Target, folder string) bool {
	for _, name := range t.Files() {
		// another error is a file where the folder would be
		if _, err := os.Lstat(filepath.Join(folder, name)); !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return true
}

package project

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/render"
)

// Sign is something in a project that tells of a target it can use.
type Sign struct {
	target  string
	Label   string   // of what is generated, for people
	Found   string   // path of the sign
	below   bool     // it lies in a project below the working folder
	folders []string // where that is usually kept, best first; with slashes
}

// readSigns looks at the nearest project, for what is not found there at those below the working folder, and at a few
// places for an OpenAPI file.
func readSigns(library *generator.Library) (signs []Sign) {
	at, below := nearestProject(library), foldersBelow()
	for _, t := range library.Targets() {
		if sign := readSign(t, at, below); sign != nil {
			signs = append(signs, *sign)
		}
	}
	if file := findOpenAPI(); file != "" {
		signs = append(signs, Sign{
			target: "openapi", Label: "OpenAPI", Found: filepath.FromSlash(file), folders: []string{path.Dir(file)},
		})
	}
	return signs
}

func readSign(t *render.Target, at string, below []string) *Sign {
	label := cmp.Or(t.UsageTitle(), t.Name)
	if file := signOf(t, at); file != "" {
		return &Sign{target: t.Name, Label: label, Found: file, folders: foldersOf(t, ".")}
	}
	for _, folder := range below {
		if file := signOf(t, folder); file != "" {
			return &Sign{target: t.Name, Label: label, Found: file, below: true, folders: foldersOf(t, folder)}
		}
	}
	return nil
}

// signOf returns the path of the first sign of a target in a folder, or "".
func signOf(t *render.Target, folder string) string {
	for _, sign := range t.Project.Signs {
		if file := filepath.Join(folder, filepath.FromSlash(sign)); isThere(file) {
			return file
		}
	}
	return ""
}

// foldersOf returns the folders for the target's outputs that are as they should be.
func foldersOf(t *render.Target, project string) (folders []string) {
	for _, f := range t.Project.Folders {
		paths := []string{f.Path}
		if strings.ContainsAny(f.Path, "*?[") {
			paths = matches(project, f.Path)
		}
		for _, folder := range paths {
			isRight := (f.Has == "" || len(matches(project, folder, f.Has)) > 0) &&
				(f.HasNot == "" || len(matches(project, folder, f.HasNot)) == 0)
			if folder = path.Join(filepath.ToSlash(project), folder); isRight {
				folders = append(folders, folder)
			}
		}
	}
	return folders
}

// matches returns what fits a pattern in a project, by paths in it with slashes.
func matches(project string, pattern ...string) []string {
	found, _ := fs.Glob(os.DirFS(project), path.Join(pattern...))
	return found
}

// nearestProject returns the nearest folder with the sign of a target, up to the root of the repository; what is around
// a project says nothing of it: a web client in a Go repository wants no Go.
func nearestProject(library *generator.Library) string {
	folders, _ := around()
	for _, folder := range folders {
		hasSign := func(t *render.Target) bool { return signOf(t, folder) != "" }
		if slices.ContainsFunc(library.Targets(), hasSign) {
			return folder
		}
	}
	return "."
}

// foldersBelow returns the folders where parts of a project such as web or clients/web lie, two levels down and those
// with a shorter way first. Packages of others and what is built are no parts of it.
func foldersBelow() (folders []string) {
	for _, pattern := range []string{"*", "*/*"} {
		for _, name := range matches(".", pattern) {
			info, err := os.Lstat(name)
			isPart := !slices.ContainsFunc(strings.Split(name, "/"), isForeign)
			if err == nil && info.IsDir() && isPart {
				folders = append(folders, filepath.FromSlash(name))
			}
		}
	}
	return folders
}

func isForeign(folder string) bool {
	return strings.HasPrefix(folder, ".") || slices.Contains(foreignFolders, folder)
}

var foreignFolders = []string{
	"build", "dist", "example", "examples", "node_modules", "out", "target", "testdata", "third_party", "vendor", "venv",
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
		choices = append(choices, choice{t, freeFolder(t, s.folders), "Found " + diag.Visible(filepath.ToSlash(s.Found))})
	}
	for _, t := range library.Targets() {
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

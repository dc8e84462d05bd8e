package project

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/sigsentry/errgen/generator/render"
)

// TargetFiles lists a folder of targets, the folders in it, and all that lies in those with a target, but for what
// editors leave there for a moment.
func TargetFiles(templates string) []string {
	if templates == "" {
		return nil
	}
	paths := []string{templates}
	folder := os.DirFS(templates)
	names, _ := fs.Glob(folder, "*") // none while it is away
	for _, name := range names {
		if info, err := fs.Stat(folder, name); err != nil || !info.IsDir() || isPassing(name) {
			continue
		}
		paths = append(paths, filepath.Join(templates, name))
		if _, err := fs.Stat(folder, path.Join(name, render.Definition)); err != nil {
			continue
		}
		_ = fs.WalkDir(folder, name, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil: // gone since
			case !isPassing(entry.Name()):
				paths = append(paths, filepath.Join(templates, filepath.FromSlash(name)))
			case entry.IsDir():
				return fs.SkipDir
			}
			return nil
		})
	}
	return paths
}

// isPassing reports whether a name is one of the temporary files and backups of editors.
func isPassing(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~")
}

package generator

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/render"
	"github.com/sigsentry/errgen/templates"
)

// Library is the targets that can be named.
type Library struct{ Targets []*render.Target }

// LoadTargets reads errgen's own targets and those in the folder dir, where one with the same name replaces errgen's.
func LoadTargets(dir string) (*Library, error) {
	l := &Library{}
	if dir != "" {
		if err := l.load(disk.ReadFolder(dir, document.DefaultMaxSize), filepath.ToSlash(dir), false); err != nil {
			return nil, err
		}
		if len(l.Targets) == 0 {
			return nil, fmt.Errorf("there is no target in %s: expected a folder with a %s in it",
				diag.Visible(dir), render.Definition)
		}
	}
	if err := l.load(templates.FS, "templates", true); err != nil {
		return nil, err
	}
	slices.SortFunc(l.Targets, func(a, b *render.Target) int { return strings.Compare(a.Name, b.Name) })
	return l, nil
}

// load adds the targets of fsys whose names are not taken.
func (l *Library) load(fsys fs.FS, shown string, own bool) error {
	definitions, err := fs.Glob(fsys, "*/"+render.Definition)
	if err != nil {
		return err
	}
	for _, definition := range definitions {
		name := path.Dir(definition)
		if l.Find(name) != nil {
			continue
		}
		t, found, err := render.Load(fsys, name, path.Join(shown, name), own)
		if err == nil {
			err = found.Err()
		}
		if err != nil {
			return err
		}
		l.Targets = append(l.Targets, t)
	}
	return nil
}

// Find returns the target with a name, or nil.
func (l *Library) Find(name string) *render.Target {
	for _, t := range l.Targets {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// Names returns the names of all targets.
func (l *Library) Names() []string {
	names := make([]string, len(l.Targets))
	for i, t := range l.Targets {
		names[i] = t.Name
	}
	return names
}

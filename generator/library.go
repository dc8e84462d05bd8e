package generator

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/render"
	"github.com/sigsentry/errgen/templates"
)

// Library is the targets that can be named, in the order of their names.
type Library struct{ places []place }

// place is where a target lies. Errgen's own are read when somebody asks for them.
type place struct {
	name      string
	hasFolder bool // that it writes to by default
	target    func() *render.Target
}

// LoadTargets finds errgen's own targets and those in the folder dir, where one with the same name replaces errgen's.
func LoadTargets(dir string) (*Library, error) {
	l := &Library{}
	if dir != "" {
		if err := l.read(dir); err != nil {
			return nil, err
		}
	}
	definitions, err := fs.Glob(templates.FS, "*/"+render.Definition)
	for _, definition := range definitions {
		if name := path.Dir(definition); !slices.Contains(l.Names(), name) {
			l.places = append(l.places, ownPlace(name))
		}
	}
	slices.SortFunc(l.places, func(a, b place) int { return strings.Compare(a.name, b.name) })
	return l, err
}

// read adds the targets of a folder of the user's.
func (l *Library) read(dir string) error {
	fsys := disk.ReadFolder(dir, document.DefaultMaxSize)
	definitions, err := fs.Glob(fsys, "*/"+render.Definition)
	if err != nil {
		return err
	}
	if len(definitions) == 0 {
		return fmt.Errorf("there is no target in %s: expected a folder with a %s in it", diag.Visible(dir), render.Definition)
	}
	for _, definition := range definitions {
		name := path.Dir(definition)
		t, found, err := render.Load(fsys, name, path.Join(filepath.ToSlash(dir), name), false)
		if err == nil {
			err = found.Err()
		}
		if err != nil {
			return err
		}
		l.places = append(l.places, place{name, t.Out != "", func() *render.Target { return t }})
	}
	return nil
}

// ownPlace is that of one of errgen's own targets, which a test has read.
func ownPlace(name string) place {
	definition, _ := fs.ReadFile(templates.FS, path.Join(name, render.Definition))
	return place{name, bytes.Contains(definition, []byte("\nout: ")), sync.OnceValue(func() *render.Target {
		t, found, err := render.Load(templates.FS, name, path.Join("templates", name), true)
		if err = cmp.Or(err, found.Err()); err != nil {
			panic(err)
		}
		return t
	})}
}

// Targets returns all targets.
func (l *Library) Targets() []*render.Target { return l.which(func(place) bool { return true }) }

func (l *Library) which(wanted func(place) bool) (targets []*render.Target) {
	for _, p := range l.places {
		if wanted(p) {
			targets = append(targets, p.target())
		}
	}
	return targets
}

// Find returns the target with a name, or nil.
func (l *Library) Find(name string) *render.Target {
	for _, p := range l.places {
		if p.name == name {
			return p.target()
		}
	}
	return nil
}

// Names returns the names of all targets.
func (l *Library) Names() []string {
	names := make([]string, len(l.places))
	for i, p := range l.places {
		names[i] = p.name
	}
	return names
}

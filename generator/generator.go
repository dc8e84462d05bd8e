// Package generator turns a catalog into files. It never writes: package disk does.
package generator

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/render"
	"github.com/sigsentry/errgen/generator/shape"
	"github.com/sigsentry/errgen/templates"
)

// Options says what to generate.
type Options struct {
	Catalog    string                       // path
	MaxSize    int64                        // of the catalog in bytes
	Templates  string                       // folder with targets of the user's own; empty: none
	Targets    []Selection                  // of this run; nil: what is configured
	Settings   map[string]map[string]string // options by target, over those of the selections
	Configured []Selection                  // in errgen.yaml; nil: every target that has a default folder
	Folder     string                       // that default folders are relative to
	Live       string                       // the nonce of pages for errgen preview; else empty
}

// Result is what a run would write, or why it would not.
type Result struct {
	Files       []disk.File
	Folders     []disk.Folder // where files of this catalog may be left from earlier runs
	Diagnostics diag.List
}

// Generate reads the catalog and renders the targets. An error is about the flags, the configuration or the file system; what is wrong with the catalog is in the diagnostics.
func Generate(o Options) (*Result, error) {
	in, err := read(o)
	if err != nil {
		return nil, err
	}
	if in.catalog == nil {
		return &Result{Diagnostics: in.found}, nil
	}
	in.source.Header, in.source.Live = disk.Header(filepath.Base(o.Catalog)), o.Live
	usages, err := in.usages()
	if err != nil {
		return nil, err
	}
	return in.render(usages)
}

// Validate reads the catalog and says all that Generate would say of it. The catalog is nil if it cannot be read for mistakes. For the error see Generate.
func Validate(o Options) (*catalog.Catalog, diag.List, error) {
	in, err := read(o)
	if err != nil {
		return nil, nil, err
	}
	if in.catalog != nil {
		for _, j := range in.jobs {
			j.prepare(in.source)
			in.found = append(in.found, j.found...)
		}
		for _, l := range in.languages {
			l.prepare(in.source)
			in.leaveOut(l, l.found)
		}
		in.found.Sort()
	}
	return in.catalog, in.found, nil
}

// Load reads a catalog of at most maxSize bytes and checks it, but not its names in the targets. The catalog is nil if there are errors in the list; the error is one of the
// file system.
func Load(path string, maxSize int64) (*catalog.Catalog, diag.List, error) {
	text, err := readCatalog(path, maxSize)
	if err != nil {
		return nil, nil, err
	}
	c, found := catalog.Load(path, text, maxSize)
	return c, found, nil
}

// input is what a run works on.
type input struct {
	jobs      []*job
	languages []*job           // of which pages show how code handles an error
	catalog   *catalog.Catalog // nil if there are errors
	source    *render.Source   // of the catalog, if there is one
	found     diag.List        // in the catalog, and in the names of its codes in targets that have no job
}

func read(o Options) (*input, error) {
	if base := filepath.Base(o.Catalog); diag.Visible(base) != base {
		return nil, fmt.Errorf("the name of the catalog, %s, has characters that cannot be seen; rename it", diag.Quote(base))
	}
	text, err := readCatalog(o.Catalog, o.MaxSize)
	if err != nil {
		return nil, err
	}
	library, err := LoadTargets(o.Templates)
	if err != nil {
		return nil, err
	}
	in := &input{}
	if in.jobs, err = planRun(o, library); err != nil {
		return nil, err
	}
	if in.languages, err = planLanguages(o, library, in.jobs); err != nil {
		return nil, err
	}
	for name := range o.Settings {
		if !slices.ContainsFunc(slices.Concat(in.jobs, in.languages), func(j *job) bool { return j.target.Name == name }) {
			return nil, fmt.Errorf("--set names the target %s, which does not run; %s", diag.Quote(name), diag.DidYouMean(name, library.Names()))
		}
	}
	if in.catalog, in.found = catalog.Load(o.Catalog, text, o.MaxSize); in.catalog == nil {
		return in, nil
	}
	in.source = &render.Source{Catalog: in.catalog, Shapes: shape.Of(in.catalog)}
	in.found = append(in.found, unknownTargets(in.catalog, library)...)
	for _, t := range library.Targets {
		if !slices.ContainsFunc(in.jobs, func(j *job) bool { return j.target == t }) {
			in.found = append(in.found, t.CheckCodes(in.catalog)...)
		}
	}
	return in, nil
}

// unknownTargets warns of names for targets that are not there: they have no effect. They may be for targets that another run adds.
func unknownTargets(c *catalog.Catalog, library *Library) diag.List {
	var found diag.List
	for _, e := range c.Errors {
		for _, name := range slices.Sorted(maps.Keys(e.Names)) {
			if library.Find(name) != nil {
				continue
			}
			_, key := c.Document.At(document.Pointer("errors", e.Code, "names", name))
			d := c.Document.Report(key, "unknown-target", "there is no target "+diag.Quote(name), diag.DidYouMean(name, library.Names()))
			d.Severity = diag.Warning
			found.Add(d)
		}
	}
	return found
}

// job is one target in one folder.
type job struct {
	target   *render.Target
	folder   string
	settings map[string]string
	prepared *render.Prepared
	files    []disk.File
	found    diag.List // in the catalog's names; with an error in it there is nothing to render
	err      error
}

// prepare prepares the target, unless that has been done.
func (j *job) prepare(source *render.Source) {
	if j.prepared == nil {
		j.prepared, j.found = j.target.Prepare(source)
	}
}

func (j *job) run(source *render.Source, usages []render.Usage) {
	defer Catch(&j.err)
	if j.prepare(source); j.found.HasErrors() {
		return
	}
	var pages []*bytes.Buffer
	j.err = j.prepared.Render(j.settings, usages, func(name string) io.Writer {
		j.files = append(j.files, disk.File{Path: filepath.Join(j.folder, filepath.FromSlash(name))})
		pages = append(pages, &bytes.Buffer{})
		return pages[len(pages)-1]
	})
	for i, page := range pages {
		j.files[i].Content = page.Bytes()
	}
	j.prepared = nil // what templates see is the most that a run holds in memory
}

// plan makes a job of each selection; its folder is empty if there is none.
func plan(selections []Selection, o Options, library *Library) ([]*job, error) {
	jobs := make([]*job, len(selections))
	for i, s := range selections {
		j, err := s.job(o, library)
		if err != nil {
			return nil, err
		}
		jobs[i] = j
	}
	return jobs, nil
}

// planRun makes the jobs of this run.
func planRun(o Options, library *Library) ([]*job, error) {
	selections := o.Targets
	if selections == nil {
		selections = o.configured(library)
	}
	jobs, err := plan(selections, o, library)
	for _, j := range jobs {
		if j.folder == "" {
			return nil, fmt.Errorf("the target %s has no default folder; name one with -t %s=DIR", j.target.Name, j.target.Name)
		}
	}
	return jobs, err
}

// configured returns what runs without selections of the run's own.
func (o Options) configured(library *Library) []Selection {
	if o.Configured != nil {
		return o.Configured
	}
	return withDefaultFolder(library)
}

func withDefaultFolder(library *Library) (selections []Selection) {
	for _, t := range library.Targets {
		if t.Out != "" {
			selections = append(selections, Selection{Name: t.Name})
		}
	}
	return selections
}

// job finds the target, the folder and the options of a selection. The folder is empty if there is none.
func (s Selection) job(o Options, library *Library) (*job, error) {
	t := library.Find(s.Name)
	if t == nil {
		return nil, fmt.Errorf("there is no target %s; %s", diag.Quote(s.Name), diag.DidYouMean(s.Name, library.Names()))
	}
	folder := s.Out
	if folder == "" && t.Out != "" {
		folder = filepath.Join(o.Folder, filepath.FromSlash(t.Out))
	}
	given := maps.Clone(s.Settings)
	if given == nil {
		given = map[string]string{}
	}
	maps.Copy(given, o.Settings[s.Name])
	settings, err := t.Settings(given, filepath.ToSlash(folder))
	return &job{target: t, folder: folder, settings: settings}, err
}

// planLanguages finds the targets whose code the pages of jobs show. They do not depend on what runs, so that a page is the same whatever else does; but one that runs has
// the options of this run.
func planLanguages(o Options, library *Library, jobs []*job) ([]*job, error) {
	if !slices.ContainsFunc(jobs, func(j *job) bool { return j.target.ShowsUsages() }) {
		return nil, nil
	}
	configured, err := plan(o.configured(library), o, library)
	if err != nil {
		return nil, err
	}
	var languages []*job
	for _, j := range configured {
		if i := slices.IndexFunc(jobs, func(running *job) bool { return running.target == j.target }); i >= 0 {
			j = jobs[i]
		}
		if j.target.UsageTitle() != "" {
			languages = append(languages, j)
		}
	}
	slices.SortFunc(languages, func(a, b *job) int { return strings.Compare(a.target.Name, b.target.Name) })
	return languages, nil
}

// ConfiguredFiles returns the paths of the files that a run without selections of its own writes.
func ConfiguredFiles(o Options) (paths []string, err error) {
	library, err := LoadTargets(o.Templates)
	if err != nil {
		return nil, err
	}
	jobs, err := plan(o.configured(library), o, library)
	for _, j := range jobs {
		for _, name := range j.target.Files() {
			paths = append(paths, filepath.Join(j.folder, filepath.FromSlash(name)))
		}
	}
	return paths, err
}

// usages has the languages say how they handle each error.
func (in *input) usages() (usages []render.Usage, err error) {
	for _, l := range in.languages {
		if l.prepare(in.source); l.found.HasErrors() {
			in.leaveOut(l, l.found)
			continue
		}
		usage, err := l.prepared.Usage(l.settings)
		if err != nil {
			return nil, err
		}
		if in.sharesTitle(l) {
			usage.Title += " (" + l.target.Name + ")"
		}
		usages = append(usages, usage)
	}
	return usages, nil
}

// leaveOut warns that pages do not show the code of a language, for what was found. Where the language itself runs, that is an error and is said there.
func (in *input) leaveOut(language *job, found diag.List) {
	if slices.Contains(in.jobs, language) {
		return
	}
	for _, d := range found {
		d.Severity = diag.Warning
		d.Message += ", so that the page shows no " + language.target.UsageTitle()
		in.found.Add(d)
	}
}

// sharesTitle tells whether another language has the same title, as a user's copy of a target may have.
func (in *input) sharesTitle(language *job) bool {
	return slices.ContainsFunc(in.languages, func(l *job) bool { return l != language && l.target.UsageTitle() == language.target.UsageTitle() })
}

// Bug is a panic as an error, so that it gets from any goroutine to whoever can report it.
type Bug struct {
	Value any
	Stack []byte
}

func (b *Bug) Error() string { return fmt.Sprint("this is a bug in errgen: ", b.Value) }

// Catch makes a panic the error of the function that defers it.
func Catch(err *error) {
	if value := recover(); value != nil {
		*err = &Bug{Value: value, Stack: debug.Stack()}
	}
}

// LargeCatalog is the size in bytes from which memory counts more than time.
const LargeCatalog = 2 << 20

// smallCatalog is the size in bytes up to which a second thread costs what it gives.
const smallCatalog = 64 << 10

// render runs the jobs side by side: they share the catalog and the shapes, and change neither. No more run at once than there are processors, and with a large
// catalog one alone, since each holds what its templates see.
func (in *input) render(usages []render.Usage) (*Result, error) {
	queue := slices.Clone(in.jobs)
	slices.SortStableFunc(queue, func(a, b *job) int { return len(b.target.Files()) - len(a.target.Files()) }) // the longest first
	atOnce := runtime.GOMAXPROCS(0)
	if size := len(in.catalog.Document.Text); size > LargeCatalog || size <= smallCatalog {
		atOnce = 1
	}
	waiting := make(chan *job, len(queue))
	for _, j := range queue {
		waiting <- j
	}
	close(waiting)
	work := func() {
		for j := range waiting {
			j.run(in.source, usages)
		}
	}
	var running sync.WaitGroup
	for range min(atOnce, len(queue)) - 1 {
		running.Go(work)
	}
	work()
	running.Wait()
	result := &Result{Diagnostics: in.found}
	var failures []error
	for _, j := range in.jobs {
		failures = append(failures, j.err)
		result.Diagnostics = append(result.Diagnostics, j.found...)
		for _, f := range j.files {
			result.Files = append(result.Files, f)
			result.addFolder(filepath.Dir(f.Path))
		}
	}
	result.Diagnostics.Sort()
	if result.Diagnostics.HasErrors() {
		result.Files = nil
	}
	return result, errors.Join(failures...)
}

func (r *Result) addFolder(path string) {
	if f := (disk.Folder{Path: path}); !slices.Contains(r.Folders, f) {
		r.Folders = append(r.Folders, f)
	}
}

// Library is the targets that can be named.
type Library struct{ Targets []*render.Target }

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

// DefinitionError says what is wrong with a target.yaml or an errgen.yaml.
type DefinitionError struct{ Diagnostics diag.List }

func (e *DefinitionError) Error() string {
	var b strings.Builder
	_ = diag.Text(&b, e.Diagnostics, diag.Style{}) // a Builder never fails
	return strings.TrimSuffix(b.String(), "\n")
}

// LoadTargets reads errgen's own targets and those in the folder dir, where one with the same name replaces errgen's.
func LoadTargets(dir string) (*Library, error) {
	l := &Library{}
	if dir != "" {
		if err := l.load(os.DirFS(dir), filepath.ToSlash(dir), false); err != nil {
			return nil, err
		}
		if len(l.Targets) == 0 {
			return nil, fmt.Errorf("there is no target in %s: expected a folder with a %s in it", diag.Visible(dir), render.Definition)
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
		if err != nil {
			return err
		}
		if found.HasErrors() {
			return &DefinitionError{found}
		}
		l.Targets = append(l.Targets, t)
	}
	return nil
}

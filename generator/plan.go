package generator

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
	"github.com/sigsentry/errgen/generator/render"
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

// Selection names a target to run.
type Selection struct {
	Name     string
	Out      string            // folder; empty: the target's default
	Settings map[string]string // options
	Node     *document.Node    // where errgen.yaml says so, if it does
}

// plan says what runs where, and with which settings.
type plan struct {
	library   *Library
	jobs      []*job // of this run
	languages []*job // of which pages show how code handles an error, in the order of their names
}

// job is one target in one folder.
type job struct {
	target   *render.Target
	folder   string // empty if neither the selection nor the target names one
	settings map[string]string
	node     *document.Node    // where errgen.yaml says so, if it does
	api      *openapi.Document // that a setting names; nil: none
}

// path returns where the file of a name, with slashes, lies in the job's folder.
func (j *job) path(name string) string { return filepath.Join(j.folder, filepath.FromSlash(name)) }

func newPlan(o Options) (*plan, error) {
	library, err := LoadTargets(o.Templates)
	if err != nil {
		return nil, err
	}
	p := &plan{library: library}
	if p.jobs, err = o.jobs(o.selected(library), library); err != nil {
		return nil, err
	}
	for _, j := range p.jobs {
		if j.folder == "" {
			return nil, fmt.Errorf("the target %s has no default folder; name one with -t %s=DIR",
				j.target.Name, j.target.Name)
		}
	}
	if err := p.addLanguages(o); err != nil {
		return nil, err
	}
	return p, p.checkSettings(o.Settings)
}

// selected returns what runs.
func (o Options) selected(library *Library) []Selection {
	if o.Targets != nil {
		return o.Targets
	}
	return o.configured(library)
}

// configured returns what runs without selections of the run's own.
func (o Options) configured(library *Library) (selections []Selection) {
	if o.Configured != nil {
		return o.Configured
	}
	for _, p := range library.places {
		if p.hasFolder {
			selections = append(selections, Selection{Name: p.name})
		}
	}
	return selections
}

// configuredFiles returns the paths of the files that a run without selections of its own writes.
func (o Options) configuredFiles(library *Library) (paths []string, err error) {
	jobs, err := o.jobs(o.configured(library), library)
	for _, j := range jobs {
		for _, name := range j.target.Files() {
			paths = append(paths, j.path(name))
		}
	}
	return paths, err
}

// jobs makes a job of each selection.
func (o Options) jobs(selections []Selection, library *Library) ([]*job, error) {
	jobs := make([]*job, len(selections))
	for i, s := range selections {
		j, err := o.job(s, library)
		if err != nil {
			return nil, err
		}
		jobs[i] = j
	}
	return jobs, nil
}

// job finds the target, the folder and the options of a selection.
func (o Options) job(s Selection, library *Library) (*job, error) {
	t := library.Find(s.Name)
	if t == nil {
		return nil, fmt.Errorf("there is no target %s; %s",
			diag.Quote(s.Name), diag.DidYouMean(s.Name, library.Names()))
	}
	folder := s.Out
	if folder == "" && t.Out != "" {
		folder = filepath.Join(o.Folder, filepath.FromSlash(t.Out))
	}
	given := map[string]string{}
	maps.Copy(given, s.Settings)
	if api := t.FileOption(apiFile); given[api] != "" && !filepath.IsAbs(given[api]) {
		given[api] = filepath.Join(o.Folder, filepath.FromSlash(given[api]))
	}
	maps.Copy(given, o.Settings[s.Name])
	settings, err := t.Settings(given, placeOf(folder))
	return &job{target: t, folder: folder, settings: settings, node: s.Node}, err
}

// apiFile is the kind of file that is the OpenAPI document of the API.
const apiFile = "openapi"

// apiPath returns the path of the document that the settings of a job name, or "".
func (j *job) apiPath() string { return j.settings[j.target.FileOption(apiFile)] }

// readAPI reads the document that the settings name.
func (j *job) readAPI() (found diag.List, err error) {
	path := j.apiPath()
	if path == "" {
		return nil, nil
	}
	text, err := disk.Read(path, openapi.MaxSize)
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", j.target.Name, j.target.FileOption(apiFile), err)
	}
	j.api, found = openapi.Load(path, text, openapi.MaxSize)
	return found, nil
}

// Inputs returns the paths of the files that options of targets name. What is wrong with the options the run says.
func (o Options) Inputs() (paths []string) {
	library, err := LoadTargets(o.Templates)
	if err != nil {
		return nil
	}
	jobs, err := o.jobs(o.selected(library), library)
	if err != nil {
		return nil
	}
	for _, j := range jobs {
		if path := j.apiPath(); path != "" {
			paths = append(paths, path)
		}
	}
	return paths
}

// placeOf lets options of a target look at the folder that it writes to.
func placeOf(folder string) render.Place {
	if folder == "" {
		return render.Place{}
	}
	at := render.Place{Folder: filepath.ToSlash(folder), Files: disk.ReadFolder(folder, document.DefaultMaxSize)}
	if here, err := filepath.Abs(folder); err == nil {
		if working, err := os.Getwd(); err == nil && here == working {
			at.Getenv = os.Getenv
		}
	}
	return at
}

// addLanguages finds the targets whose code the pages of jobs show. They do not depend on what runs, so that a page is
// the same whatever else does; but one that runs has the options of this run.
func (p *plan) addLanguages(o Options) error {
	if !slices.ContainsFunc(p.jobs, func(j *job) bool { return j.target.ShowsUsages() }) {
		return nil
	}
	configured, err := o.jobs(o.configured(p.library), p.library)
	if err != nil {
		return err
	}
	for _, j := range configured {
		if i := slices.IndexFunc(p.jobs, func(running *job) bool { return running.target == j.target }); i >= 0 {
			j = p.jobs[i]
		}
		if j.target.UsageTitle() != "" {
			p.languages = append(p.languages, j)
		}
	}
	slices.SortFunc(p.languages, func(a, b *job) int { return strings.Compare(a.target.Name, b.target.Name) })
	return nil
}

// checkSettings refuses options for a target that has no part in the run.
func (p *plan) checkSettings(settings map[string]map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		isNamed := func(j *job) bool { return j.target.Name == name }
		if !slices.ContainsFunc(p.jobs, isNamed) && !slices.ContainsFunc(p.languages, isNamed) {
			return fmt.Errorf("--set names the target %s, which does not run; %s",
				diag.Quote(name), diag.DidYouMean(name, p.library.Names()))
		}
	}
	return nil
}

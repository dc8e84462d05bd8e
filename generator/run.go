// Package generator turns a catalog into files. It never writes: package disk does.
package generator

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/openapi"
	"github.com/sigsentry/errgen/generator/render"
	"github.com/sigsentry/errgen/generator/shape"
)

// Generate reads the catalog and renders the targets. An error is about the flags, the configuration or the file
// system; what is wrong with the catalog is in the diagnostics.
func Generate(o Options) (*Result, error) {
	r, err := start(o)
	if err != nil {
		return nil, err
	}
	if r.catalog == nil {
		return &Result{Diagnostics: r.found, options: o, library: r.library}, nil
	}
	r.source.Header, r.source.Live = disk.Header(filepath.Base(o.Catalog)), o.Live
	usages, err := r.usages()
	if err != nil {
		return nil, err
	}
	r.render(usages)
	return r.result(o)
}

// Validated is a catalog and what Generate would say of it.
type Validated struct {
	Catalog     *catalog.Catalog // nil if it cannot be read for mistakes
	APIs        []*openapi.Held  // the documents that targets are given
	Diagnostics diag.List
}

// Validate reads the catalog and says all that Generate would say of it. For the error see Generate.
func Validate(o Options) (*Validated, error) {
	r, err := start(o)
	if err != nil {
		return nil, err
	}
	v := &Validated{Catalog: r.catalog}
	if r.catalog != nil {
		for _, t := range r.tasks {
			t.prepare(r.source)
			r.collisions = append(r.collisions, t.collisions...)
			if t.held != nil {
				t.held.Answers = t.prepared.Answers
				v.APIs = append(v.APIs, t.held)
			}
		}
		for _, l := range r.languages {
			l.prepare(r.source)
			r.leaveOut(l)
		}
		r.found = append(r.found, r.collisions.Diagnostics()...)
		r.found.Sort()
	}
	v.Diagnostics = r.found
	return v, nil
}

// Load reads a catalog of at most maxSize bytes and checks it, but not its names in the targets. The catalog is nil if
// there are errors in the list; the error is one of the file system.
func Load(path string, maxSize int64) (*catalog.Catalog, diag.List, error) {
	text, err := readCatalog(path, maxSize)
	if err != nil {
		return nil, nil, err
	}
	c, found := catalog.Load(path, text, maxSize)
	return c, found, nil
}

// readCatalog reads the catalog of a run, or says what to do where it cannot.
func readCatalog(path string, maxSize int64) ([]byte, error) {
	text, err := disk.Read(path, maxSize)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = fmt.Errorf("%w; %s", err, insteadOf(path))
	case errors.Is(err, disk.ErrFolder):
		example := diag.Visible(filepath.Join(path, "errors.yaml"))
		err = fmt.Errorf("%w, expected a file such as %s", err, example)
	case errors.Is(err, disk.ErrTooLarge):
		err = fmt.Errorf("%w; raise it with --max-size", err)
	}
	return text, err
}

// insteadOf says what to do where there is no catalog.
func insteadOf(path string) string {
	base, isYAML := strings.CutSuffix(path, ".yaml")
	if _, err := os.Stat(base + ".yml"); isYAML && err == nil {
		other := diag.Visible(base + ".yml")
		return "there is " + other + ": rename it, or name it with -c " + other
	}
	return "start one with `errgen init`, or name another with -c FILE"
}

// run is a plan at work on a catalog.
type run struct {
	library    *Library
	tasks      []*task
	languages  []*task          // of which pages show how code handles an error
	catalog    *catalog.Catalog // nil if there are errors
	source     *render.Source   // of the catalog, if there is one
	found      diag.List
	collisions render.Collisions // of codes in targets that have no task
}

func start(o Options) (*run, error) {
	if base := filepath.Base(o.Catalog); diag.Visible(base) != base {
		return nil, fmt.Errorf("the name of the catalog, %s, has characters that cannot be seen; rename it",
			diag.Quote(base))
	}
	text, err := readCatalog(o.Catalog, o.MaxSize)
	if err != nil {
		return nil, err
	}
	p, err := newPlan(o)
	if err != nil {
		return nil, err
	}
	r := &run{library: p.library}
	r.tasks, r.languages = tasks(p)
	wrong, err := r.readAPIs()
	if err != nil {
		return nil, err
	}
	r.catalog, r.found = catalog.Load(o.Catalog, text, o.MaxSize)
	if r.found = append(r.found, wrong...); r.catalog == nil {
		r.found.Sort()
		return r, nil
	}
	r.source = &render.Source{Catalog: r.catalog, Shapes: shape.Of(r.catalog)}
	r.found = append(r.found, unknownTargets(r.catalog, r.library)...)
	r.holdAPIs()
	for _, t := range r.library.which(func(p place) bool { return p.hasFolder || o.configures(p.name) }) {
		if !slices.ContainsFunc(p.jobs, func(j *job) bool { return j.target == t }) {
			r.collisions = append(r.collisions, t.CheckCodes(r.catalog)...)
		}
	}
	return r, nil
}

// configures reports whether errgen.yaml names a target. One without a default folder runs only where it is named: a
// language that nobody uses has no say in what codes are called.
func (o Options) configures(target string) bool {
	return slices.ContainsFunc(o.Configured, func(s Selection) bool { return s.Name == target })
}

// readAPIs reads the documents that settings name, and says what is wrong with them.
func (r *run) readAPIs() (wrong diag.List, err error) {
	for _, t := range r.tasks {
		found, err := t.readAPI()
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, found...)
	}
	return wrong, nil
}

// holdAPIs holds the documents against the catalog.
func (r *run) holdAPIs() {
	for _, t := range r.tasks {
		if t.api == nil {
			continue
		}
		policy := cmp.Or(openapi.Policy(t.settings["impossible"]), openapi.Refuse)
		t.held = openapi.Hold(t.api, r.catalog, policy)
		r.found = append(r.found, t.held.Check()...)
	}
}

// unknownTargets warns of names for targets that are not there: they have no effect. They may be for targets that
// another run adds.
func unknownTargets(c *catalog.Catalog, library *Library) (found diag.List) {
	known := library.Names()
	for _, names := range c.Named {
		for key := range names.Members() {
			if slices.Contains(known, key.Text) {
				continue
			}
			hint := diag.DidYouMean(key.Text, known)
			d := key.Report("unknown-target", "there is no target "+diag.Quote(key.Text), hint)
			d.Severity = diag.Warning
			found.Add(d)
		}
	}
	return found
}

// task is a job at work, and what comes of it.
type task struct {
	*job
	held       *openapi.Held // the document of the API, or nil
	prepared   *render.Prepared
	collisions render.Collisions // with any there is nothing to render
	files      []disk.File
	err        error
}

// tasks makes a task of each job; a language that runs has one for both.
func tasks(p *plan) (running, languages []*task) {
	for _, j := range p.jobs {
		running = append(running, &task{job: j})
	}
	for _, j := range p.languages {
		if i := slices.Index(p.jobs, j); i >= 0 {
			languages = append(languages, running[i])
		} else {
			languages = append(languages, &task{job: j})
		}
	}
	return running, languages
}

// prepare prepares the target, unless that has been done.
func (t *task) prepare(source *render.Source) {
	if t.prepared == nil {
		own := *source
		own.API = t.held
		t.prepared, t.collisions = t.target.Prepare(&own)
	}
}

func (t *task) render(source *render.Source, usages []render.Usage) {
	defer diag.Catch(&t.err)
	if t.prepare(source); len(t.collisions) > 0 {
		return
	}
	var pages []*page
	t.err = t.prepared.Render(t.settings, usages, func(name string) io.Writer {
		t.files = append(t.files, disk.File{Path: t.path(name)})
		pages = append(pages, &page{})
		return pages[len(pages)-1]
	})
	for i, page := range pages {
		t.files[i].Content = bytes.Join(page.blocks, nil)
		pages[i] = nil
	}
	t.prepared = nil // what templates see is the most that a run holds in memory
}

// page is a file that is being printed. One buffer that grows would be copied again and again, and end half empty.
type page struct{ blocks [][]byte }

func (p *page) Write(block []byte) (int, error) {
	p.blocks = append(p.blocks, bytes.Clone(block))
	return len(block), nil
}

// usages has the languages say what they call each error, and how they handle it where a page shows that.
func (r *run) usages() (usages []render.Usage, err error) {
	for _, l := range r.languages {
		if l.prepare(r.source); len(l.collisions) > 0 {
			r.leaveOut(l)
			continue
		}
		usage := l.prepared.Names()
		if r.showsCode() {
			if usage, err = l.prepared.Usage(l.settings); err != nil {
				return nil, err
			}
		}
		if r.sharesTitle(l) {
			usage.Title += " (" + l.target.Name + ")"
		}
		usages = append(usages, usage)
	}
	return usages, nil
}

func (r *run) showsCode() bool {
	return slices.ContainsFunc(r.tasks, func(t *task) bool { return t.target.ShowsCode() })
}

// sharesTitle reports whether another language has the same title, as a user's copy of a target may have.
func (r *run) sharesTitle(language *task) bool {
	return slices.ContainsFunc(r.languages, func(other *task) bool {
		return other != language && other.target.UsageTitle() == language.target.UsageTitle()
	})
}

// leaveOut warns that pages and data do not show a language, for its collisions. Where the language itself runs,
// these are errors and are said there; and where other collisions are errors, there will be no page.
func (r *run) leaveOut(language *task) {
	if slices.Contains(r.tasks, language) || len(r.collisions) > 0 {
		return
	}
	for _, d := range language.collisions.Diagnostics() {
		d.Severity = diag.Warning
		d.Message += ", so " + language.target.UsageTitle() + " is left out of the other outputs"
		r.found.Add(d)
	}
}

// LargeCatalog is the size in bytes from which memory counts more than time.
const LargeCatalog = 2 << 20

// smallCatalog is the size in bytes up to which a second thread costs what it gives.
const smallCatalog = 64 << 10

// render runs the tasks side by side: they share the catalog and the shapes, and change neither. No more run at once
// than there are processors, and with a large catalog one alone, since each holds what its templates see.
func (r *run) render(usages []render.Usage) {
	queue := slices.Clone(r.tasks)
	longestFirst := func(a, b *task) int { return len(b.target.Files()) - len(a.target.Files()) }
	slices.SortStableFunc(queue, longestFirst)
	atOnce := runtime.GOMAXPROCS(0)
	if size := len(r.catalog.Document.Text); size > LargeCatalog || size <= smallCatalog {
		atOnce = 1
	}
	waiting := make(chan *task, len(queue))
	for _, t := range queue {
		waiting <- t
	}
	close(waiting)
	work := func() {
		for t := range waiting {
			t.render(r.source, usages)
		}
	}
	var running sync.WaitGroup
	for range min(atOnce, len(queue)) - 1 {
		running.Go(work)
	}
	work()
	running.Wait()
}

// result joins what came of the tasks, in their order.
func (r *run) result(o Options) (*Result, error) {
	result := &Result{Diagnostics: r.found, options: o, library: r.library, catalog: r.catalog}
	var failures []error
	for _, t := range r.tasks {
		failures = append(failures, t.err)
		r.collisions = append(r.collisions, t.collisions...)
		result.Files = append(result.Files, t.files...)
	}
	result.Diagnostics = append(result.Diagnostics, r.collisions.Diagnostics()...)
	result.Diagnostics.Sort()
	if result.Diagnostics.HasErrors() {
		result.Files = nil
	}
	return result, errors.Join(failures...)
}

package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/project"
	"github.com/sigsentry/errgen/generator/watch"
)

// work is what a command does with the catalog. It says in a few words what came of it, and in fewer when it does so
// again.
type work func(config *project.Config, again bool) (summary string, err error)

// follower does the work again and again.
type follower struct {
	*flags
	do      work
	fail    func(error)
	watcher *watch.Watcher
	home    string        // where errgen was started
	files   []string      // that the latest run read: the catalog, and those that options of targets name
	library string        // and its folder of targets
	watched string        // as it was last said
	reason  string        // why there is a run
	took    time.Duration // the latest run
	trouble string        // that it met outside of the catalog
}

// follow does the work, and does it again whenever a file that it reads has changed, until ctx ends. What makes the
// first time fail ends it, but for mistakes in the catalog; later fail is told.
func (f *flags) follow(ctx context.Context, poll bool, do work, fail func(error)) error {
	home, err := os.Getwd()
	if err != nil {
		return err
	}
	watcher := watch.New(poll, func(why error) {
		f.say("errgen: there are no file events (%s); looking every %d ms",
			visibleLines(why.Error()), watch.Interval.Milliseconds())
	})
	defer watcher.Close()
	l := &follower{flags: f, do: do, fail: fail, watcher: watcher, home: home}
	if err := l.start(); err != nil {
		return err
	}
	for l.wait(ctx) {
		if err := l.again(); err != nil {
			return err
		}
	}
	return nil
}

func (l *follower) start() error {
	summary, watched, err := l.attempt(false)
	if isTrouble(err) {
		return err
	}
	l.say("errgen: %s (%d ms)", summary, l.took.Milliseconds())
	l.sayWatched(watched)
	return nil
}

// again works for what has changed. The same trouble is not told twice, and only a bug ends it.
func (l *follower) again() error {
	summary, watched, err := l.attempt(true)
	switch {
	case errors.As(err, new(*diag.Bug)):
		return err
	case !isTrouble(err):
		l.trouble = ""
	case err.Error() == l.trouble:
		return nil
	default:
		l.trouble = err.Error()
		l.fail(err)
		summary = "failed"
	}
	l.say("errgen: %s: %s (%d ms)", l.reason, summary, l.took.Milliseconds())
	l.sayWatched(watched)
	return nil
}

func (l *follower) attempt(again bool) (summary, watched string, err error) {
	defer diag.Catch(&err)
	start := time.Now()
	config, watched, err := l.aim()
	if err == nil {
		summary, err = l.do(config, again)
	}
	l.took = time.Since(start)
	return summary, watched, err
}

func isTrouble(err error) bool { return err != nil && !errors.Is(err, errFound) }

func (l *follower) sayWatched(watched string) {
	if watched != "" && watched != l.watched {
		l.say("errgen: watching %s; stop with Ctrl-C", watched)
		l.watched = watched
	}
}

// wait waits until there is work, and returns whether there is any before ctx ends. Trouble may pass without a change,
// such as that of a folder which was away while it was read: then there is work every second, or less often where it
// takes long.
func (l *follower) wait(ctx context.Context) bool {
	debug.FreeOSMemory() // there may be hours until the next save
	until := ctx
	if l.trouble != "" {
		soon, cancel := context.WithTimeout(ctx, max(time.Second, 10*l.took))
		defer cancel()
		until = soon
	}
	l.reason = "another try"
	if changed, err := l.watcher.Wait(until); err == nil {
		l.reason, l.trouble = some(changed)+" changed", ""
	}
	return ctx.Err() == nil
}

// some names one or two files, and counts the others of more.
func some(files []string) string {
	name := diag.Visible(files[0])
	switch len(files) {
	case 1:
		return name
	case 2:
		return name + " and " + diag.Visible(files[1])
	}
	return name + " and " + count(len(files)-1, "other file")
}

// aim reads the configuration, lets the watcher look at what the work reads, and names it. The configuration is watched
// before it is read, and the files it names before they are: so a change in between is seen afterwards.
func (l *follower) aim() (config *project.Config, watched string, err error) {
	places := []string{l.config}
	if places[0] == "" {
		if places, err = project.Places(); err != nil {
			return nil, "", err // the folder may come back, and what was watched in it
		}
	}
	l.watcher.Set(l.inputs(places))
	if config, err = l.setup(); err != nil {
		return nil, "", err
	}
	l.files, l.library = []string{config.Catalog}, config.Templates
	l.watcher.Set(l.inputs(places))
	others := config.Inputs()
	if len(others) > 0 {
		l.files = append(l.files, others...)
		l.watcher.Set(l.inputs(places))
	}
	var names []string
	for _, name := range append([]string{config.Catalog, config.Path, config.Templates}, others...) {
		if name != "" {
			names = append(names, diag.Visible(name))
		}
	}
	return config, diag.And(names), nil
}

// inputs lists what the work reads, from the folder in which errgen was started. That folder may have been removed and
// made anew, as git does.
func (l *follower) inputs(places []string) func() []string {
	files, library := slices.Concat(places, l.files), l.library
	return func() []string {
		_ = os.Chdir(l.home) // fails while it is away
		return slices.Concat(files, project.TargetFiles(library))
	}
}

// stopSignals are those that tell a process to stop: Ctrl-C, kill, and the terminal that goes away. What the process
// was started to ignore, as nohup does, stays ignored.
func stopSignals() []os.Signal {
	return slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)
}

// leaveOnSignal ends the process when it is told to stop, but not while busy is held, unless it is told twice.
func leaveOnSignal(busy *sync.Mutex, code int) {
	signals := make(chan os.Signal, 1)
	stop := stopSignals()
	if len(stop) == 0 { // Notify would take none for all
		return
	}
	signal.Notify(signals, stop...)
	go func() {
		<-signals
		signal.Stop(signals)
		busy.Lock()
		os.Exit(code)
	}()
}

package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Interval is the time between two looks without events.
const Interval = 500 * time.Millisecond

const (
	// between two looks with events: of some changes there are none, such as of a link to a folder that leads elsewhere
	distrust = 2 * time.Second
	burst    = 20 * time.Millisecond // between an event and the look: others follow
)

// events wakes a watcher. It watches folders, never files: a file that is saved by renaming another over it would be
// lost.
type events struct {
	source   *fsnotify.Watcher      // nil: there are no events
	folders  map[string]fs.FileInfo // that are watched, by their real paths
	partly   bool                   // some folder is not there to be watched
	hint     chan bool
	fallback func(why error)
}

func (e *events) start() {
	source, err := fsnotify.NewWatcher()
	if err != nil {
		e.fallback(err)
		return
	}
	e.source, e.folders, e.hint = source, map[string]fs.FileInfo{}, make(chan bool, 1)
	go e.listen(source)
}

// listen turns every event into a hint. So it does with errors: where the queue has overflown, a look shows what was
// missed.
func (e *events) listen(source *fsnotify.Watcher) {
	for open := true; open; {
		select {
		case _, open = <-source.Events:
		case _, open = <-source.Errors:
		}
		select {
		case e.hint <- true:
		default:
		}
	}
}

func (e *events) stop() {
	if e.source != nil {
		e.source.Close()
		e.source = nil
	}
}

// pause waits until it is worth to look again. The error is that of ctx.
func (e *events) pause(ctx context.Context) error {
	wait := Interval
	if e.source != nil && !e.partly {
		wait = distrust
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-e.hint:
		time.Sleep(burst)
		return nil
	case <-time.After(wait):
		return nil
	}
}

// attach watches the folders that tell of paths, and no others. It returns whether any is new, which it also is after
// it was away or replaced.
func (e *events) attach(paths []string) (added bool) {
	if e.source == nil {
		return false
	}
	wanted, all := foldersOf(paths)
	e.partly = !all
	for folder := range e.folders {
		if wanted[folder] == nil {
			e.detach(folder)
		}
	}
	watched := e.source.WatchList()
	for folder, info := range wanted {
		if old := e.folders[folder]; old != nil && os.SameFile(old, info) && slices.Contains(watched, folder) {
			continue
		}
		e.detach(folder)
		err := e.source.Add(folder)
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone since
			e.partly = true
		case err != nil:
			e.stop()
			e.fallback(fmt.Errorf("cannot watch %s: %w", folder, err))
			return false
		default:
			e.folders[folder], added = info, true
		}
	}
	return added
}

func (e *events) detach(folder string) {
	_ = e.source.Remove(folder) // fails where the folder took its watch along
	delete(e.folders, folder)
}

// foldersOf returns, by their real paths, the folders of paths and of what they link to, and the paths that are
// folders; and whether all are there.
func foldersOf(paths []string) (found map[string]fs.FileInfo, all bool) {
	found, all = map[string]fs.FileInfo{}, true
	seen := map[string]bool{}
	add := func(folder string) {
		if seen[folder] {
			return
		}
		seen[folder] = true
		place, err := filepath.EvalSymlinks(folder)
		if err == nil {
			found[place], err = os.Stat(place)
		}
		if err != nil {
			delete(found, place)
			all = false
		}
	}
	for _, path := range paths {
		path, err := filepath.Abs(path)
		if err != nil { // the working folder is gone
			return found, false
		}
		add(filepath.Dir(path))
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			add(path)
		}
		if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			if place, err := filepath.EvalSymlinks(path); err == nil {
				add(filepath.Dir(place))
			}
		}
	}
	return found, all
}

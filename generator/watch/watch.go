// Package watch tells when files have changed.
package watch

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"
)

const (
	quiet    = 60 * time.Millisecond  // without a change, before a save counts as done
	patience = 500 * time.Millisecond // with a file that is gone or empty: it may come back
	limit    = 5 * time.Second        // after which files that never rest count as they are
	coarse   = 2 * time.Second        // the steps of the slowest clock of a file system
)

// Watcher tells when the content of files has changed. It looks at the files themselves; events only say when to look.
type Watcher struct {
	list  func() []string
	marks marks // of the paths, as they were last reported
	events
}

// New returns a watcher that is told of events, or looks every half second if poll is set or events cannot be had. In
// the last case it calls fallback, once.
func New(poll bool, fallback func(why error)) *Watcher {
	w := &Watcher{list: func() []string { return nil }, events: events{fallback: fallback}}
	if !poll {
		w.start()
	}
	return w
}

// Close ends the watcher.
func (w *Watcher) Close() { w.stop() }

// Set says which paths count from now on. The list is asked for at each look, so files may join and leave it. Of a
// folder in it only the events count. A path that counted before keeps the content it was reported with, so that no
// change since then is lost.
func (w *Watcher) Set(list func() []string) {
	w.list = list
	now := w.look(w.marks)
	for path := range now {
		if m, known := w.marks[path]; known {
			now[path] = m
		}
	}
	w.marks = now
}

// Wait returns the files whose content has changed, once they have come to rest. A file that was touched before the
// call counts as changed: whoever read it then may have read half of it. The error is that of ctx, which does not end
// the look at a change that was noticed.
func (w *Watcher) Wait(ctx context.Context) ([]string, error) {
	now := w.look(w.marks)
	w.marks.forget(now)
	for {
		if len(changed(w.marks, now)) > 0 {
			now = w.settle(now)
		}
		paths := changed(w.marks, now)
		w.marks = now
		if len(paths) > 0 {
			return paths, nil
		}
		err := w.pause(ctx)
		if now = w.look(now); err != nil && len(changed(w.marks, now)) == 0 {
			return nil, err
		}
	}
}

// settle looks until two looks agree. Editors empty or remove a file before they write it: such a file gets longer.
func (w *Watcher) settle(now marks) marks {
	start := time.Now()
	for since := start; ; {
		time.Sleep(quiet)
		next := w.look(now)
		if !agree(now, next) {
			since = time.Now()
		} else if !anyGone(w.marks, next) || time.Since(since) >= patience {
			return next
		}
		if time.Since(start) >= limit {
			return next
		}
		now = next
	}
}

// look returns the marks of all paths. Folders are attached before their files are read, so that no change goes unseen.
func (w *Watcher) look(known marks) marks {
	paths := w.list()
	if w.attach(paths) {
		paths = w.list()
	}
	now := marks{}
	for _, path := range paths {
		now[path] = known[path].renew(path)
	}
	return now
}

// mark tells one content of a file from another; the zero mark is that of no file.
type mark struct {
	info fs.FileInfo
	read time.Time
	sum  string
}

// renew returns the mark that the file has now. A file that looks as it did is not read again, unless it was written so
// shortly before it was read that its time need not show another write.
func (m mark) renew(path string) mark {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() { // reading a pipe would wait
		return mark{}
	}
	if m.alike(info) && m.read.Sub(info.ModTime()) > coarse {
		return m
	}
	now := mark{info: info, read: time.Now()}
	f, err := os.Open(path)
	if err != nil {
		return mark{}
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return mark{}
	}
	now.sum = string(sum.Sum(nil))
	return now
}

func (m mark) alike(info fs.FileInfo) bool {
	return m.info != nil && info != nil && os.SameFile(m.info, info) && m.info.Size() == info.Size() &&
		m.info.ModTime().Equal(info.ModTime())
}

type marks map[string]mark

// forget makes files that were touched differ from what they are now.
func (m marks) forget(now marks) {
	for path, old := range m {
		if old.info != nil && now[path].info != nil && !old.alike(now[path].info) {
			old.sum = "touched"
			m[path] = old
		}
	}
}

// changed returns the paths that have another content now.
func changed(old, now marks) (paths []string) {
	for path := range union(old, now) {
		if old[path].sum != now[path].sum {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// agree reports whether nothing was written between two looks, not even the same again.
func agree(old, now marks) bool {
	for path := range union(old, now) {
		a, b := old[path], now[path]
		if a.sum != b.sum || a.info != nil && !a.alike(b.info) {
			return false
		}
	}
	return true
}

// anyGone reports whether a file has become empty, or is not there any more.
func anyGone(old, now marks) bool {
	return slices.ContainsFunc(changed(old, now), func(path string) bool {
		info := now[path].info
		return info == nil || info.Size() == 0
	})
}

func union(a, b marks) marks {
	all := maps.Clone(b)
	maps.Copy(all, a)
	return all
}

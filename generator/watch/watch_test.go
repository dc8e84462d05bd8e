package watch

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// deadline is generous: what is waited for happens within a second, unless the machine is busy.
const deadline = 30 * time.Second

// bench is a folder with files that are watched.
type bench struct {
	*testing.T
	w        *Watcher
	sentinel string // is watched as well
}

// each runs a test with events and without.
func each(t *testing.T, test func(t *testing.T, poll bool)) {
	t.Parallel()
	for _, poll := range []bool{false, true} {
		t.Run(map[bool]string{false: "events", true: "poll"}[poll], func(t *testing.T) {
			t.Parallel()
			test(t, poll)
		})
	}
}

// watching returns a bench with a watcher of paths.
func watching(t *testing.T, poll bool, paths ...string) bench {
	t.Helper()
	w := New(poll, func(why error) { t.Errorf("no events: %v", why) })
	t.Cleanup(w.Close)
	b := bench{t, w, filepath.Join(t.TempDir(), "sentinel")}
	b.set(func() []string { return paths })
	return b
}

func (b bench) set(list func() []string) {
	b.w.Set(func() []string { return append(list(), b.sentinel) })
}

// saves calls save while the watcher waits, and returns what it reports.
func (b bench) saves(save func()) []string {
	b.Helper()
	done := make(chan bool)
	go func() {
		defer close(done)
		time.Sleep(5 * time.Millisecond) // mostly, Wait is waiting by then; what it reports is the same if not
		save()
	}()
	paths := b.next()
	<-done
	return paths
}

func (b bench) next() []string {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	paths, err := b.w.Wait(ctx)
	if err != nil {
		b.Fatalf("nothing was reported: %v", err)
	}
	return paths
}

// silent fails if anything is reported of what is done: the next report is that of a file written after it, alone.
func (b bench) silent(do func()) {
	b.Helper()
	b.expect(b.saves(func() {
		time.Sleep(100 * time.Millisecond) // what is touched before Wait looks is reported
		do()
		time.Sleep(2 * quiet) // else a report could be of both
		write(b, b.sentinel, rand.Text())
	}), b.sentinel)
}

func (b bench) expect(got []string, want ...string) {
	b.Helper()
	if !slices.Equal(got, want) {
		b.Errorf("reported %q, want %q", got, want)
	}
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Error(err)
	}
}

func rename(t testing.TB, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Error(err)
	}
}

// saveLike holds the ways in which programs save.
var saveLike = map[string]func(t testing.TB, path, content string){
	"in place": write,
	"rename": func(t testing.TB, path, content string) {
		write(t, path+".tmp", content)
		rename(t, path+".tmp", path)
	},
	"vim": func(t testing.TB, path, content string) {
		folder := filepath.Dir(path)
		probe, swap := filepath.Join(folder, "4913"), filepath.Join(folder, ".file.swp")
		write(t, swap, "swap")
		write(t, probe, "")
		os.Remove(probe)
		rename(t, path, path+"~")
		write(t, path, content)
		os.Remove(path + "~")
		os.Remove(swap)
	},
	"slow": func(t testing.TB, path, content string) {
		write(t, path, "")
		time.Sleep(patience / 3)
		write(t, path, content)
	},
	"removed first": func(t testing.TB, path, content string) {
		os.Remove(path)
		time.Sleep(patience / 3)
		write(t, path, content)
	},
	"sed": func(t testing.TB, path, content string) {
		if out, err := exec.Command("sed", "-i.bak", "s/.*/"+content+"/", path).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	},
}

// Each save is reported once, when its content is there.
func TestSaves(t *testing.T) {
	if _, err := exec.LookPath("sed"); err != nil {
		delete(saveLike, "sed")
	}
	each(t, func(t *testing.T, poll bool) {
		path := filepath.Join(t.TempDir(), "file")
		write(t, path, "start")
		b := watching(t, poll, path)
		for _, name := range slices.Sorted(maps.Keys(saveLike)) {
			for _, content := range []string{name + " once", name + " twice"} {
				b.expect(b.saves(func() { saveLike[name](t, path, content) }), path)
				if got, err := os.ReadFile(path); err != nil || strings.TrimSpace(string(got)) != content {
					t.Errorf("reported with %q, %v; want %q", got, err, content)
				}
			}
			b.silent(func() {})
		}
	})
}

// A save is seen also if it comes before Wait, while the files are read.
func TestSaveBeforeWait(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		path := filepath.Join(t.TempDir(), "file")
		write(t, path, "one")
		b := watching(t, poll, path)
		write(t, path, "two")
		b.set(func() []string { return []string{path} })
		b.expect(b.next(), path)
		b.silent(func() {})

		// The same again: whoever read in between may have read nothing.
		write(t, path, "")
		write(t, path, "two")
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		b.expect(b.next(), path)
	})
}

func TestContentThatStays(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		folder := t.TempDir()
		path := filepath.Join(folder, "file")
		write(t, path, "same")
		b := watching(t, poll, path)
		b.silent(func() {
			if err := os.Chtimes(path, time.Time{}, time.Now().Add(-time.Hour)); err != nil {
				t.Error(err)
			}
			if err := os.Chmod(path, 0o600); err != nil {
				t.Error(err)
			}
			write(t, filepath.Join(folder, "other"), "other")
			saveLike["vim"](t, path, "same")
			saveLike["slow"](t, path, "same")
		})
	})
}

// The time of a file need not show a write.
func TestContentChangesBehindItsTime(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		path := filepath.Join(t.TempDir(), "file")
		write(t, path, "one")
		now := time.Now()
		if err := os.Chtimes(path, now, now); err != nil {
			t.Fatal(err)
		}
		b := watching(t, poll, path)
		b.expect(b.saves(func() {
			write(t, path, "two")
			if err := os.Chtimes(path, now, now); err != nil {
				t.Error(err)
			}
		}), path)
	})
}

func TestBurst(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		path := filepath.Join(t.TempDir(), "file")
		write(t, path, "start")
		b := watching(t, poll, path)
		reports, saves := 0, 20
		done := make(chan bool)
		go func() {
			defer close(done)
			for i := range saves {
				write(t, path, "half")
				saveLike["vim"](t, path, fmt.Sprint(i))
				time.Sleep(5 * time.Millisecond)
			}
		}()
		for last := ""; last != fmt.Sprint(saves-1); reports++ {
			b.next()
			text, _ := os.ReadFile(path)
			last = string(text)
		}
		<-done
		if reports > saves/2 {
			t.Errorf("%d reports of %d saves", reports, saves)
		}
		t.Logf("%d reports of %d saves", reports, saves)
	})
}

// What does not rest is reported nevertheless, now and then.
func TestUnrest(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	write(t, path, "start")
	b := watching(t, false, path)
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(quiet / 6):
				saveLike["rename"](t, path, fmt.Sprint(i))
			}
		}
	}()
	defer func() {
		close(stop)
		<-done
	}()
	b.expect(b.next(), path)
}

// A file that is gone, or empty, is so if it stays so; and it may come back later.
func TestGone(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		path := filepath.Join(t.TempDir(), "file")
		write(t, path, "one")
		b := watching(t, poll, path)
		b.expect(b.saves(func() { os.Remove(path) }), path)
		b.expect(b.saves(func() { write(t, path, "one") }), path)
		b.expect(b.saves(func() { write(t, path, "") }), path)
		b.expect(b.saves(func() { write(t, path, "one") }), path)
		b.silent(func() {})
	})
}

func TestUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("nothing is unreadable here")
	}
	each(t, func(t *testing.T, poll bool) {
		path := filepath.Join(t.TempDir(), "file")
		write(t, path, "one")
		b := watching(t, poll, path)
		b.expect(b.saves(func() { write(t, path, "two"); os.Chmod(path, 0) }), path)
		b.expect(b.saves(func() { os.Chmod(path, 0o644); write(t, path, "three") }), path)
	})
}

// The folder of a file goes away and comes back, as it was, with another content, or as another folder.
func TestFolderGoesAndComes(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		top := t.TempDir()
		folder, away := filepath.Join(top, "a", "b"), filepath.Join(top, "away")
		path := filepath.Join(folder, "file")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, "one")
		b := watching(t, poll, path)

		b.silent(func() { rename(t, folder, away); rename(t, away, folder) })
		b.expect(b.saves(func() { write(t, path, "two") }), path)

		b.expect(b.saves(func() { rename(t, folder, away) }), path)
		write(t, filepath.Join(away, "file"), "three")
		b.expect(b.saves(func() { rename(t, away, folder) }), path)
		b.expect(b.saves(func() { write(t, path, "four") }), path)

		b.expect(b.saves(func() { rename(t, filepath.Dir(folder), away) }), path)
		b.expect(b.saves(func() {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Error(err)
			}
			write(t, path, "five")
		}), path)
		b.expect(b.saves(func() { write(t, path, "six") }), path)
		b.silent(func() { write(t, filepath.Join(away, "b", "file"), "seven") })
	})
}

// Links are followed: to another content of their target, and to another target.
func TestLinks(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		top := t.TempDir()
		target, link := filepath.Join(top, "target"), filepath.Join(top, "links", "link")
		for _, folder := range []string{filepath.Dir(link), filepath.Join(top, "one"), filepath.Join(top, "two")} {
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(folder, "file"), folder)
		}
		write(t, target, "one")
		folderLink := filepath.Join(top, "folder")
		for from, to := range map[string]string{link: target, folderLink: filepath.Join(top, "one")} {
			if err := os.Symlink(to, from); err != nil {
				t.Skip("there are no links here: ", err)
			}
		}
		through := filepath.Join(folderLink, "file")
		b := watching(t, poll, link, through)
		b.expect(b.saves(func() { saveLike["rename"](t, target, "two") }), link)
		b.expect(b.saves(func() { saveLike["in place"](t, target, "three") }), link)
		b.expect(b.saves(func() {
			os.Remove(link)
			write(t, link, "four")
		}), link)
		b.expect(b.saves(func() {
			os.Remove(folderLink)
			if err := os.Symlink(filepath.Join(top, "two"), folderLink); err != nil {
				t.Error(err)
			}
		}), through)
		b.expect(b.saves(func() { saveLike["vim"](t, filepath.Join(top, "two", "file"), "five") }), through)
	})
}

// Files join and leave the list, and what changes together is reported together.
func TestSeveralFiles(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		folder := t.TempDir()
		one, two, other := filepath.Join(folder, "1"), filepath.Join(folder, "2"), filepath.Join(t.TempDir(), "3")
		write(t, one, "one")
		write(t, other, "other")
		b := watching(t, poll)
		b.set(func() []string {
			found, _ := filepath.Glob(filepath.Join(folder, "*"))
			return append(found, folder)
		})
		b.expect(b.saves(func() { write(t, two, "two") }), two)
		b.expect(b.saves(func() { write(t, one, "1"); os.Remove(two) }), one, two)
		b.set(func() []string { return []string{other} })
		b.silent(func() { write(t, one, "nobody looks") })
		b.expect(b.saves(func() { write(t, other, "3") }), other)
	})
}

// Where events end, looking goes on.
func TestEventsEnd(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	var why error
	w := New(false, func(err error) { why = errors.Join(why, err) })
	defer w.Close()
	if err := w.source.Close(); err != nil {
		t.Fatal(err)
	}
	w.Set(func() []string { return []string{path} })
	b := bench{T: t, w: w}
	b.expect(b.saves(func() { write(t, path, "one") }), path)
	b.expect(b.saves(func() { write(t, path, "two") }), path)
	if !errors.Is(why, fsnotify.ErrClosed) || strings.Contains(why.Error(), "\n") {
		t.Errorf("fell back because of %v", why)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	each(t, func(t *testing.T, poll bool) {
		b := watching(t, poll, filepath.Join(t.TempDir(), "nothing"))
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(20*time.Millisecond, cancel)
		if paths, err := b.w.Wait(ctx); err == nil {
			t.Errorf("reported %q", paths)
		}
	})
}

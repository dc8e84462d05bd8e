//go:build unix

package watch

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

// Without a file handle for events, looking does.
func TestNoEvents(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 0, Max: limit.Max}); err != nil {
		t.Skip(err)
	}
	var why error
	w := New(false, func(err error) { why = err })
	defer w.Close()
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(why, syscall.EMFILE) {
		t.Errorf("fell back because of %v", why)
	}
	w.Set(func() []string { return []string{path} })
	b := bench{T: t, w: w}
	b.expect(b.saves(func() { write(t, path, "one") }), path)
}

package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sigsentry/errgen/generator/diag"
)

// Why a file is not read, beside what package fs says of it.
var (
	ErrFolder   = errors.New("it is a folder")
	ErrTooLarge = errors.New("it is too large")
)

// readError says in words for people why a file is not read.
type readError struct {
	path, words string
	reason      error
}

func (e *readError) Error() string { return "cannot read " + diag.Visible(e.path) + ": " + e.words }
func (e *readError) Unwrap() error { return e.reason }

// Read returns the content of a regular file of at most max bytes. It reads nothing else: a device may never end, and a
// pipe may never begin.
func Read(path string, max int64) ([]byte, error) {
	f, size, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if size > max {
		return nil, tooLarge(path, size, max)
	}
	return read(path, f, size, max)
}

// ReadAll returns what a stream such as standard input has, if that is at most max bytes. Its name is for people.
func ReadAll(name string, r io.Reader, max int64) ([]byte, error) { return read(name, r, 0, max) }

// read reads up to max bytes, of which so many are expected.
func read(name string, r io.Reader, expected, max int64) ([]byte, error) {
	content := bytes.NewBuffer(make([]byte, 0, expected+bytes.MinRead))
	if _, err := content.ReadFrom(io.LimitReader(r, max+1)); err != nil {
		return nil, unreadable(name, err)
	}
	if size := int64(content.Len()); size > max {
		return nil, tooLarge(name, size, max)
	}
	return content.Bytes(), nil
}

// Open opens a regular file, for those who read it bit by bit.
func Open(path string) (*os.File, error) {
	f, _, err := open(path)
	return f, err
}

// open opens a file, and fails unless it is a regular one.
func open(path string) (f *os.File, size int64, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, 0, unreadable(path, err)
	case info.IsDir():
		return nil, 0, &readError{path, ErrFolder.Error(), ErrFolder}
	case !info.Mode().IsRegular():
		return nil, 0, &readError{path, "it is not a regular file", fs.ErrInvalid}
	}
	if f, err = os.Open(path); err != nil {
		return nil, 0, unreadable(path, err)
	}
	return f, info.Size(), nil
}

func unreadable(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &readError{path, "there is no such file", err}
	case errors.Is(err, fs.ErrPermission):
		return &readError{path, "permission denied", err}
	}
	return &readError{path, reason(err).Error(), err}
}

func tooLarge(path string, size, max int64) error {
	return &readError{path, fmt.Sprintf("it has %d bytes, more than the limit of %d", size, max), ErrTooLarge}
}

// ReadFolder returns the files in a folder and below, each read as Read does.
func ReadFolder(path string, max int64) fs.FS {
	return folder{os.DirFS(path).(files), path, max}
}

// files is what os.DirFS gives: it opens no file to look at it.
type files interface {
	fs.StatFS
	fs.ReadDirFS
}

type folder struct {
	files
	path string
	max  int64
}

func (f folder) ReadFile(name string) ([]byte, error) {
	return Read(filepath.Join(f.path, filepath.FromSlash(name)), f.max)
}

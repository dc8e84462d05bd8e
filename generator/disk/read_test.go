package disk

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"testing"
)

func TestReadHasABound(t *testing.T) {
	enter(t, "five", "12345", "folder/below", "12345")
	if got, err := Read("five", 5); err != nil || string(got) != "12345" {
		t.Errorf("read %q: %v", got, err)
	}
	_, err := Read("five", 4)
	wantError(t, err, "cannot read five: it has 5 bytes, more than the limit of 4")
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v is not ErrTooLarge", err)
	}
	_, err = fs.ReadFile(ReadFolder("folder", 4), "below")
	wantError(t, err, "cannot read folder/below: it has 5 bytes")
	sub, err := fs.Sub(ReadFolder(".", 4), "folder")
	must(t, err)
	_, err = fs.ReadFile(sub, "below")
	wantError(t, err, "cannot read folder/below: it has 5 bytes")
}

// The size that the system tells is none to rely on: files grow, and some say that they are empty.
func TestReadStopsAtItsBound(t *testing.T) {
	const growing = "/proc/self/maps"
	if _, err := os.Stat(growing); err != nil {
		t.Skip("there is no file here that lies about its size")
	}
	_, err := Read(growing, 10)
	wantError(t, err, "cannot read "+growing+": it has 11 bytes, more than the limit of 10")
}

func TestReadSaysWhatIsNoFile(t *testing.T) {
	enter(t)
	must(t, os.Mkdir("folder", 0o755))
	for path, words := range map[string]string{
		"nowhere": "cannot read nowhere: there is no such file",
		"folder":  "cannot read folder: it is a folder",
		"a\nb":    `cannot read a\nb: there is no such file`,
	} {
		_, err := Read(path, 1)
		wantError(t, err, words)
	}
	if runtime.GOOS == "windows" {
		return
	}
	_, err := Read(os.DevNull, 1)
	wantError(t, err, "cannot read "+os.DevNull+": it is not a regular file")
}

// A file that is too large to be errgen's is in the way, as long as that takes no memory to find out.
func TestCompareReadsNoHugeFile(t *testing.T) {
	enter(t, "a.txt", "")
	must(t, os.Truncate("a.txt", maxOutput+1))
	_, err := Compare([]File{file("a.txt", "a")}, nil, testCatalog)
	wantError(t, err, "cannot read a.txt: it has 1073741825 bytes, more than the limit of 1073741824")
}

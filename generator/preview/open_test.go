package preview

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

const address = "http://127.0.0.1:8080/?search=a b&x=$(touch y);`z`"

// opener puts a program in the place of the one that opens the browser.
func opener(t *testing.T, script string) (folder, name string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("rundll32 cannot be replaced")
	}
	folder, name = t.TempDir(), "xdg-open"
	if runtime.GOOS == "darwin" {
		name = "open"
	}
	t.Setenv("PATH", folder)
	if script != "" {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return folder, name
}

func TestOpenHandsOverTheAddress(t *testing.T) {
	folder, _ := opener(t, `printf '%s\n' "$@" > "$(command -p dirname "$0")/arguments"`)
	if err := Open(address); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(folder, "arguments")); err != nil || string(got) != address+"\n" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestOpenSaysThatItCannot(t *testing.T) {
	_, name := opener(t, "")
	if err := Open(address); err == nil || err.Error() != "there is no "+name+" on the PATH, which opens the browser; "+
		"open "+address+" yourself" {
		t.Errorf("got %v", err)
	}
	opener(t, "exit 3")
	if err := Open(address); err == nil || err.Error() != name+" found no browser (exit status 3); open "+address+" yourself" {
		t.Errorf("got %v", err)
	}
}

func TestOpenDoesNotWaitForTheBrowser(t *testing.T) {
	opener(t, `while [ -e "$0" ]; do command -p sleep 0.1; done`) // until the test removes it
	if err := Open(address); err != nil {
		t.Fatal(err)
	}
}

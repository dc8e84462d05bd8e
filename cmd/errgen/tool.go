package main

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/sigsentry/errgen/generator/disk"
)

// toolWriter tells people to type what they typed: go tool errgen.
type toolWriter struct{ io.Writer }

func (w toolWriter) Write(text []byte) (int, error) {
	if _, err := w.Writer.Write(bytes.ReplaceAll(text, []byte("`errgen "), []byte("`go tool errgen "))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// asTool returns w so that hints name errgen as it is run: as a tool of the module of the working folder, or by itself.
func asTool(w io.Writer) io.Writer {
	info, known := debug.ReadBuildInfo()
	program, err := os.Executable()
	working, cannot := os.Getwd()
	if known && err == nil && cannot == nil && isTool(program, buildCache(), working, info.Path) {
		return toolWriter{w}
	}
	return w
}

// buildCache returns the folder where Go keeps what it builds, or "".
func buildCache() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return os.Getenv("GOCACHE")
	}
	return cmp.Or(os.Getenv("GOCACHE"), filepath.Join(folder, "go-build"))
}

// isTool reports whether a program lies where only Go runs it from, and the module of a folder has its package as a
// tool.
func isTool(program, cache, folder, pkg string) bool {
	if inside, err := filepath.Rel(cache, program); cache == "" || err != nil || strings.HasPrefix(inside, "..") {
		return false
	}
	for {
		text, err := disk.Read(filepath.Join(folder, "go.mod"), 1<<20)
		if err == nil {
			return regexp.MustCompile(`(?m)^(tool|)[ \t]+` + regexp.QuoteMeta(pkg) + `[ \t\r]*(//.*)?$`).Match(text)
		}
		if filepath.Dir(folder) == folder {
			return false
		}
		folder = filepath.Dir(folder)
	}
}

package main

import (
	"bytes"
	"cmp"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/sigsentry/errgen/generator/project"
)

// calledWriter tells people to type what they typed: go tool errgen, npx errgen.
type calledWriter struct {
	io.Writer
	name string
}

func (w calledWriter) Write(text []byte) (int, error) {
	if _, err := w.Writer.Write(bytes.ReplaceAll(text, []byte("`errgen "), []byte("`"+w.name+" "))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// asCalled returns w so that hints name errgen as it is run.
func asCalled(w io.Writer) io.Writer {
	if name := calledAs(); name != "errgen" {
		return calledWriter{w, name}
	}
	return w
}

// calledAs returns what people type to run errgen: what the launcher of a package manager says, or what they type where
// it is a tool of the module of the working folder.
func calledAs() string {
	if name := os.Getenv("ERRGEN_CALLED_AS"); name != "" {
		return name
	}
	info, known := debug.ReadBuildInfo()
	program, err := os.Executable()
	working, cannot := os.Getwd()
	if known && err == nil && cannot == nil && isTool(program, buildCache(), working, info.Path) {
		return "go tool errgen"
	}
	return "errgen"
}

// buildCache returns the folder where Go keeps what it builds.
func buildCache() string {
	folder, _ := os.UserCacheDir()
	return cmp.Or(os.Getenv("GOCACHE"), filepath.Join(folder, "go-build"))
}

// isTool reports whether a program lies where only Go runs it from, and the module of a folder has its package as a
// tool.
func isTool(program, cache, folder, pkg string) bool {
	inside, err := filepath.Rel(cache, program)
	return err == nil && filepath.IsLocal(inside) && project.IsTool(folder, pkg)
}

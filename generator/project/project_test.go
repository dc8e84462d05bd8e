package project

import (
	"bytes"
	"testing"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/document"
)

// The outputs that are checked in are those of the catalog beside them.
func TestOwnOutputsAreCurrent(t *testing.T) {
	t.Chdir("../..")
	config, err := Load(ConfigName)
	if err != nil {
		t.Fatal(err)
	}
	result, err := generator.Generate(generator.Options{
		Catalog: config.Catalog, MaxSize: document.DefaultMaxSize, Configured: config.Targets, Folder: config.Folder,
	})
	if err != nil {
		t.Fatal(err)
	}
	changes, err := result.Compare()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		t.Errorf("%s is %s; run go run ./cmd/errgen generate", c.Path, c.Kind)
	}
}

// The starter is read in a minute.
func TestStarterIsShort(t *testing.T) {
	if lines := bytes.Count(starter, []byte("\n")); lines >= 70 {
		t.Errorf("the starter has %d lines", lines)
	}
}

package project

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/breaking"
	"github.com/sigsentry/errgen/generator/document"
)

// The outputs that are checked in are those of the catalog beside them.
func TestOwnOutputsAreCurrent(t *testing.T) {
	t.Chdir("../..")
	config, err := Load(ConfigName)
	if err != nil {
		t.Fatal(err)
	}
	config.MaxSize = document.DefaultMaxSize
	result, err := generator.Generate(config.Options)
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

// What errgen prints to accept a change accepts that change, with nothing left open.
func TestPrintedAcceptancesFit(t *testing.T) {
	cases, err := filepath.Glob("../../golden/breaking/*")
	if err != nil || len(cases) < 10 {
		t.Fatal(cases, err)
	}
	for _, dir := range cases {
		changes := breaking.Compare(side(t, dir, "before.yaml"), side(t, dir, "after.yaml"))
		if len(changes) == 0 {
			continue
		}
		text := "version: 1\nbreaking:\n  accept:\n"
		for _, c := range changes {
			text += "    - " + strings.Replace(c.Acceptance(), "…}", "it is meant}", 1) + "\n"
		}
		config, err := Parse(ConfigName, ConfigName, []byte(text))
		if err != nil {
			t.Errorf("%s: %v in\n%s", dir, err, text)
			continue
		}
		standing, _, found := breaking.Accept(changes, config.Accepted)
		for _, d := range found {
			t.Errorf("%s: %s", dir, d.Message)
		}
		for _, c := range standing {
			t.Errorf("%s: %s is not accepted by %s", dir, c.Message, c.Acceptance())
		}
	}
}

func side(t *testing.T, dir, name string) breaking.Side {
	t.Helper()
	c, found, err := generator.Load(filepath.Join(dir, name), document.DefaultMaxSize)
	if err != nil || c == nil {
		t.Fatal(err, found)
	}
	surfaces, err := generator.Surfaces(generator.Options{}, c)
	if err != nil {
		t.Fatal(err)
	}
	return breaking.Side{Catalog: c, Surfaces: surfaces}
}

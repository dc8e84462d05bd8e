package main

import (
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
)

//go:embed errgen.js
var launcher []byte

// npmPackage is a package.json, in the order in which people read one.
type npmPackage struct {
	Name                 string            `json:"name"`
	Version              string            `json:"version"`
	Description          string            `json:"description"`
	License              string            `json:"license"`
	Homepage             string            `json:"homepage"`
	Repository           map[string]string `json:"repository"`
	Bin                  map[string]string `json:"bin,omitempty"`
	Files                []string          `json:"files"`
	Engines              map[string]string `json:"engines,omitempty"`
	OptionalDependencies map[string]string `json:"optionalDependencies,omitempty"`
	OS                   []string          `json:"os,omitempty"`
	CPU                  []string          `json:"cpu,omitempty"`
	PreferUnplugged      bool              `json:"preferUnplugged,omitempty"` // Yarn: a binary has to be a file
	PublishConfig        map[string]string `json:"publishConfig"`
}

func newPackage(name, version string) npmPackage {
	return npmPackage{
		Name: "@sigsentry/" + name, Version: version, Description: summary, License: license, Homepage: home,
		Repository: map[string]string{"type": "git", "url": "git+" + home + ".git"},
		Files:      []string{"bin"}, PublishConfig: map[string]string{"access": "public"},
	}
}

// writeMainPackage writes the package that people name: it depends on one package a platform, of which npm installs the
// one that fits.
func writeMainPackage(version string, builds []build, texts texts, dir string) error {
	pkg := newPackage("errgen", version)
	pkg.Bin = map[string]string{"errgen": "bin/errgen.js"}
	pkg.Engines = map[string]string{"node": ">=18"}
	pkg.OptionalDependencies = map[string]string{}
	for _, build := range builds {
		pkg.OptionalDependencies["@sigsentry/errgen-"+build.npm()] = version
	}
	return writePackage(dir, pkg, texts, "errgen.js", launcher)
}

func writePlatformPackage(version string, build build, texts texts, dir string) error {
	pkg := newPackage("errgen-"+build.npm(), version)
	pkg.OS, pkg.CPU, pkg.PreferUnplugged = []string{build.os}, []string{build.cpu}, true
	return writePackage(dir, pkg, texts, build.binary(), build.content)
}

func writePackage(dir string, pkg npmPackage, texts texts, program string, content []byte) error {
	description, err := json.MarshalIndent(pkg, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "bin", program), content, 0o755); err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"package.json": append(description, '\n'), "README.md": texts.readme, "LICENSE": texts.license,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Package project reads what a project says: its errgen.yaml, and the signs of what it can use.
package project

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/breaking"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/schema"
)

// The names of the files that a project has.
const (
	ConfigName  = "errgen.yaml" // says for good what flags say for one run
	CatalogName = "errors.yaml" // unless the configuration says otherwise
)

// Config is errgen.yaml. Its paths are made relative to the working folder.
type Config struct {
	generator.Options                          // but for what only flags say
	Path              string                   // of the file; empty without one
	Severities        map[string]diag.Severity // of lint's rules, where they are not the default
	Changes           map[string]diag.Severity // of breaking's rules, where the level does not say it
	Verified          map[string]diag.Severity // of verify's rules, where they are not the default
	Accepted          []breaking.Acceptance
}

var configStructure = sync.OnceValue(func() *document.Schema { return document.MustCompile(schema.Config) })

// Find reads the errgen.yaml that lies nearest, from the working folder up to the root of the repository; outside a
// repository only in the working folder. Without any it returns what Load does.
func Find() (*Config, error) {
	places, err := Places()
	if err != nil {
		return nil, err
	}
	for _, place := range places {
		if exists(place) {
			return Load(place)
		}
		if other := strings.TrimSuffix(place, ".yaml") + ".yml"; exists(other) {
			return nil, fmt.Errorf("there is %s, which is not looked for: rename it to %s, "+
				"or name it with --config %[1]s", diag.Visible(other), ConfigName)
		}
	}
	return Load("")
}

// Places returns where Find looks, the nearest place first.
func Places() (places []string, err error) {
	folders, err := around()
	for _, folder := range folders {
		places = append(places, filepath.Join(folder, ConfigName))
	}
	return places, err
}

// around returns the working folder and those around it, up to the root of the repository, as they are seen from it.
func around() (folders []string, err error) {
	working, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("cannot tell the working folder: %w", err)
	}
	root := Repository()
	for folder, shown := working, "."; ; folder, shown = filepath.Dir(folder), filepath.Join(shown, "..") {
		folders = append(folders, shown)
		if folder == root || filepath.Dir(folder) == folder {
			return folders, nil
		}
	}
}

// Repository returns the root of the repository: the nearest folder with .git, from the working folder up, or the
// working folder if there is none.
func Repository() string {
	working, _ := os.Getwd()
	return cmp.Or(disk.FindAbove(".", ".git"), working, ".")
}

// Relative returns a path as it is seen from the root of the repository. It is left as it is if it leads out of there,
// or if it is a revision's, which is no file.
func Relative(root, path string) string {
	absolute, err := filepath.Abs(path)
	if isRevision := strings.Contains(path[len(filepath.VolumeName(path)):], ":"); err != nil || isRevision {
		return path
	}
	short, err := filepath.Rel(root, absolute)
	if err != nil || !filepath.IsLocal(short) {
		return path
	}
	return short
}

// FromHere returns a path as it is seen from the working folder, which it may lead out of.
func FromHere(path string) string {
	if working, err := os.Getwd(); err == nil && filepath.IsAbs(path) {
		if relative, err := filepath.Rel(working, path); err == nil {
			return relative
		}
	}
	return filepath.Clean(path)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Load reads errgen.yaml; an empty path gives the configuration of a project without one. What is wrong in the file is
// a *diag.ListError.
func Load(path string) (*Config, error) {
	if path == "" {
		return &Config{Options: generator.Options{Folder: ".", Catalog: CatalogName}}, nil
	}
	text, err := disk.Read(path, document.DefaultMaxSize)
	if err != nil {
		return nil, err
	}
	return Parse(path, path, text)
}

// Parse reads the text of an errgen.yaml at path, be it that of another revision; name is for people.
func Parse(path, name string, text []byte) (*Config, error) {
	doc, found := document.Parse(name, text, document.DefaultMaxSize)
	found = allowOff(doc, found)
	if doc.Root != nil && !found.HasErrors() {
		found = configStructure().Check(doc)
	}
	if found.HasErrors() {
		found.Sort()
		return nil, found.Err()
	}
	c := &Config{Path: path, Accepted: acceptances(doc)}
	c.Folder = filepath.Dir(path)
	c.Catalog = c.in(cmp.Or(doc.Root.Str("catalog"), CatalogName))
	c.Templates = c.in(doc.Root.Str("templates"))
	c.Severities, c.Changes = severities(doc.Root.Get("lint")), severities(doc.Root.Get("breaking"))
	c.Verified = severities(doc.Root.Get("verify"))
	if targets := doc.Root.Get("targets"); targets != nil {
		c.Configured = []generator.Selection{}
		for name, settings := range targets.Members() {
			c.Configured = append(c.Configured, c.read(name.Text, settings))
		}
	}
	return c, nil
}

// severities reads the levels that a command's section gives to rules.
func severities(section *document.Node) map[string]diag.Severity {
	of := map[string]diag.Severity{}
	for rule, level := range section.Get("rules").Members() {
		of[rule.Text], _ = diag.ParseSeverity(level.Text) // the schema lists them
	}
	return of
}

// allowOff lets the level off stand without quotes: only errgen reads this file, so that nobody takes it for a truth
// value.
func allowOff(doc *document.Document, found diag.List) diag.List {
	off := map[diag.Place]bool{}
	for _, section := range []string{"lint", "breaking", "verify"} {
		for _, level := range doc.Root.Get(section).Get("rules").Members() {
			off[level.Place()] = level.Text == "off"
		}
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Rule == "ambiguous-scalar" && off[d.Place] })
}

func acceptances(doc *document.Document) (accepted []breaking.Acceptance) {
	for n := range doc.Root.Get("breaking").Get("accept").Items() {
		accepted = append(accepted, breaking.Acceptance{
			Rule: n.Str("rule"), At: n.Str("at"), Was: text(n.Get("was")), Is: text(n.Get("is")), Reason: n.Str("reason"),
			Place: n.Get("at").Place(),
		})
	}
	return accepted
}

// text returns a scalar as it is written, or "".
func text(n *document.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}

func (c *Config) read(name string, n *document.Node) generator.Selection {
	s := generator.Selection{Name: name, Settings: map[string]string{}, Node: n}
	for key, value := range n.Members() {
		if key.Text == "out" {
			s.Out = c.in(value.Text)
		} else {
			s.Settings[key.Text] = value.Text
		}
	}
	return s
}

// in makes a path that is relative to the file's folder relative to the working folder.
func (c *Config) in(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(c.Folder, filepath.FromSlash(path))
}

// Overlooked reports whether another catalog lies in the working folder, where people expect the one that counts.
func (c *Config) Overlooked() bool {
	here, err := os.Stat(CatalogName)
	if err != nil || here.IsDir() {
		return false
	}
	taken, err := os.Stat(c.Catalog)
	return err != nil || !os.SameFile(here, taken)
}

// Selection returns the target of a name with what the configuration says of it.
func (c *Config) Selection(name string) generator.Selection {
	for _, s := range c.Configured {
		if s.Name == name {
			return s
		}
	}
	return generator.Selection{Name: name}
}

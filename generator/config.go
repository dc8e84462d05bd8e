package generator

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/schema"
)

// ConfigName is the file that says for good what flags say for one run.
const ConfigName = "errgen.yaml"

// Config is errgen.yaml. Its paths are made relative to the working folder.
type Config struct {
	Path      string // of the file; empty without one
	Folder    string // that the file lies in; "." without a file
	Catalog   string // empty: not said
	Templates string
	Targets   []Selection       // in the order of the file; nil: not said
	Levels    map[string]string // of lint's rules, where they are not the default
	Accepted  []Acceptance
}

// Acceptance says that a breaking change is meant.
type Acceptance struct {
	Rule   string
	At     string // JSON pointer of what has changed
	Reason string
	Place  diag.Place // of the acceptance in the file
}

var configStructure = sync.OnceValue(func() *document.Schema { return document.MustCompile(schema.Config) })

// FindConfig looks for errgen.yaml from the working folder up to the root of the repository; outside a repository only in the working folder. It returns "" if there is none.
func FindConfig() (string, error) {
	places, err := ConfigPlaces()
	if err != nil {
		return "", err
	}
	for _, place := range places {
		if exists(place) {
			return place, nil
		}
	}
	return "", nil
}

// ConfigPlaces returns where FindConfig looks, the nearest place first.
func ConfigPlaces() (places []string, err error) {
	working, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("cannot tell the working folder: %w", err)
	}
	root := Repository()
	for folder, shown := working, "."; ; folder, shown = filepath.Dir(folder), filepath.Join(shown, "..") {
		places = append(places, filepath.Join(shown, ConfigName))
		if folder == root || filepath.Dir(folder) == folder {
			return places, nil
		}
	}
}

// Repository returns the root of the repository: the nearest folder with .git, from the working folder up, or the working folder if there is none.
func Repository() string {
	working, err := os.Getwd()
	if err != nil {
		return "."
	}
	for folder := working; ; folder = filepath.Dir(folder) {
		if exists(filepath.Join(folder, ".git")) {
			return folder
		}
		if filepath.Dir(folder) == folder {
			return working
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// LoadConfig reads errgen.yaml; an empty path gives the configuration of a run without one.
func LoadConfig(path string) (*Config, diag.List, error) {
	if path == "" {
		return &Config{Folder: "."}, nil, nil
	}
	text, err := disk.Read(path, document.DefaultMaxSize)
	if err != nil {
		return nil, nil, err
	}
	doc, found := document.Parse(path, text, document.DefaultMaxSize)
	found = allowOff(doc, found)
	if doc.Root != nil && !found.HasErrors() {
		found = configStructure().Check(doc)
	}
	if found.HasErrors() {
		found.Sort()
		return nil, found, nil
	}
	c := &Config{Path: path, Folder: filepath.Dir(path)}
	c.Catalog = c.In(doc.Root.Str("catalog"))
	c.Templates = c.In(doc.Root.Str("templates"))
	if targets := doc.Root.Get("targets"); targets != nil {
		c.Targets = []Selection{}
		for i := range targets.Len() {
			c.Targets = append(c.Targets, c.selection(targets.Key(i).Text, targets.Item(i)))
		}
	}
	c.Levels = map[string]string{}
	if rules := doc.Root.Get("lint").Get("rules"); rules != nil {
		for i := range rules.Len() {
			c.Levels[rules.Key(i).Text] = rules.Item(i).Text
		}
	}
	c.Accepted = acceptances(doc)
	return c, nil, nil
}

// allowOff lets the level off stand without quotes: only errgen reads this file, so that nobody takes it for a truth value.
func allowOff(doc *document.Document, found diag.List) diag.List {
	rules := doc.Root.Get("lint").Get("rules")
	if rules == nil || rules.Kind != document.Map {
		return found
	}
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return d.Rule == "ambiguous-scalar" && slices.ContainsFunc(rules.Keys(), func(key string) bool {
			level := rules.Get(key)
			return level.Text == "off" && doc.PlaceOf(level) == d.Place
		})
	})
}

func acceptances(doc *document.Document) []Acceptance {
	list := doc.Root.Get("breaking").Get("accept")
	if list == nil {
		return nil
	}
	accepted := make([]Acceptance, list.Len())
	for i := range accepted {
		n := list.Item(i)
		accepted[i] = Acceptance{Rule: n.Str("rule"), At: n.Str("at"), Reason: n.Str("reason"), Place: doc.PlaceOf(n.Get("at"))}
	}
	return accepted
}

func (c *Config) selection(name string, n *document.Node) Selection {
	s := Selection{Name: name, Settings: map[string]string{}}
	for i := range n.Len() {
		if key := n.Key(i).Text; key == "out" {
			s.Out = c.In(n.Item(i).Text)
		} else {
			s.Settings[key] = n.Item(i).Text
		}
	}
	return s
}

// In makes a path that is relative to the file's folder relative to the working folder.
func (c *Config) In(p string) string {
	if p == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.Folder, filepath.FromSlash(p))
}

package project

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/draft"
	"github.com/sigsentry/errgen/generator/intake"
	"github.com/sigsentry/errgen/generator/openapi"
	"github.com/sigsentry/errgen/templates"
)

// starter is the catalog to start from.
//
//go:embed starter/errors.yaml
var starter []byte

// Program is the import path of errgen, by which a Go module names it as a tool.
const Program = "github.com/sigsentry/errgen/cmd/errgen"

// Start is what a project begins with.
type Start struct {
	Catalog string      // path
	Files   []disk.File // to write: what is not there of catalog and configuration
	Above   string      // path of the errgen.yaml that has counted here until now; empty without one
	Signs   []Sign

	// Envelope is the OpenAPI file from which the catalog has its envelope; empty where that is not beyond doubt, or the
	// default one.
	Envelope string

	choices []choice
}

// NewStart plans a catalog to begin with, and a configuration for the project in the working folder. Where a
// configuration waits for its catalog, that alone is to be written. An empty path stands for what is usual.
func NewStart(catalog string) (*Start, error) {
	if err := checkName(catalog); err != nil {
		return nil, err
	}
	config, err := Find()
	if err != nil {
		return nil, err
	}
	library, err := generator.LoadTargets("")
	if err != nil {
		return nil, err
	}
	s := &Start{Catalog: config.Catalog, Above: config.Path, Signs: readSigns(library)}
	if s.Above != "" && !isThere(s.Catalog) && (catalog == "" || filepath.Clean(catalog) == s.Catalog) {
		s.Files = []disk.File{{Path: s.Catalog, Content: s.catalog()}}
		return s, nil
	}
	s.Catalog = CatalogName
	if catalog != "" {
		s.Catalog = FromHere(catalog) // errgen.yaml is read on other machines too
	}
	s.plan(library)
	return s, nil
}

// plan adds both files, or the configuration alone beside a catalog.
func (s *Start) plan(library *generator.Library) {
	s.choices = choose(library, s.Signs)
	s.Files = []disk.File{
		{Path: s.Catalog, Content: s.catalog()},
		{Path: ConfigName, Content: compose(s.Catalog, s.choices, library)},
	}
	if info, err := os.Stat(s.Catalog); err == nil && info.Mode().IsRegular() { // it only lacks its configuration
		s.Files, s.Envelope = s.Files[1:], ""
	}
}

// catalog returns the catalog to begin with: with the envelope that the API's own description has, if all its error
// responses agree on one.
func (s *Start) catalog() []byte {
	i := slices.IndexFunc(s.Signs, func(sign Sign) bool { return sign.target == "openapi" })
	if i < 0 {
		return starter
	}
	envelope, err := intake.Envelope(s.Signs[i].Found, openapi.MaxSize)
	if err != nil || envelope == nil {
		return starter
	}
	withEnvelope, _ := draft.Add(s.Catalog, starter, draft.Section{Name: "info", Entries: []draft.Entry{{
		Above: []string{"The body of an error, as " + filepath.ToSlash(s.Signs[i].Found) + " has it."},
		Key:   "envelope", Value: envelope,
	}}})
	if _, wrong := catalog.Load(s.Catalog, withEnvelope, document.DefaultMaxSize); wrong.HasErrors() {
		return starter // what the three codes show does not go into it, or nothing does
	}
	s.Envelope = s.Signs[i].Found
	return withEnvelope
}

// Guides names the targets that are to be generated for what was found, in the order of the configuration.
func (s *Start) Guides() (names []string) {
	for _, c := range s.choices {
		if slices.ContainsFunc(s.Signs, func(sign Sign) bool { return sign.target == c.Name }) {
			names = append(names, c.Name)
		}
	}
	return names
}

// HasConfig reports whether a configuration is to be written.
func (s *Start) HasConfig() bool { return len(s.choices) > 0 }

// checkName refuses what cannot become the name of a catalog.
func checkName(catalog string) error {
	if catalog == "" {
		return nil
	}
	folder, err := os.Stat(catalog)
	switch {
	case diag.Visible(catalog) != catalog:
		return fmt.Errorf("the name of the catalog, %s, has characters that cannot be seen; choose another",
			diag.Quote(catalog))
	case err == nil && folder.IsDir(), os.IsPathSeparator(catalog[len(catalog)-1]):
		return fmt.Errorf("cannot write %s: it is a folder, expected a file such as %s",
			catalog, filepath.Join(catalog, CatalogName))
	case strings.EqualFold(filepath.Base(catalog), ConfigName):
		return fmt.Errorf("cannot write a catalog to %s: the configuration has that name; choose another, such as %s",
			catalog, CatalogName)
	}
	return nil
}

// Paths returns where the files to write belong.
func (s *Start) Paths() (paths []string) {
	for _, f := range s.Files {
		paths = append(paths, f.Path)
	}
	return paths
}

// Existing returns the paths of files to write that are there already.
func (s *Start) Existing() []string {
	return slices.DeleteFunc(s.Paths(), func(path string) bool { return !isThere(path) })
}

// compose returns an errgen.yaml.
func compose(catalog string, choices []choice, library *generator.Library) []byte {
	var b strings.Builder
	b.WriteString(`# yaml-language-server: $schema=https://raw.githubusercontent.com/sigsentry/errgen/main/schema/config.schema.json
#
# What ` + "`errgen generate`" + ` writes, and where; paths are relative to this file.
# All that can stand here: https://github.com/sigsentry/errgen#the-configuration
version: 1
`)
	if catalog != CatalogName {
		fmt.Fprintf(&b, "catalog: %s\n", draft.Text(filepath.ToSlash(catalog)))
	}
	b.WriteString("\ntargets:\n")
	for _, c := range choices {
		fmt.Fprintf(&b, "  %-36s # %s\n", c.Name+": {out: "+draft.FlowText(c.folder)+"}", c.reason)
	}
	for _, t := range library.Targets() {
		if !slices.ContainsFunc(choices, func(c choice) bool { return c.Target == t }) {
			fmt.Fprintf(&b, "  # %-34s # %s\n", t.Name+": {out: "+freeFolder(t, nil)+"}", t.Description)
		}
	}
	b.WriteString(`
# A rule of ` + "`errgen lint`" + ` is an error, a warning or off; ` + "`errgen explain`" + ` lists them.
# lint:
#   rules: {missing-recovery: error, long-text: off}
`)
	return []byte(b.String())
}

// HasGo reports whether the working folder is in a Go module.
func (s *Start) HasGo() bool {
	return slices.ContainsFunc(s.Signs, func(sign Sign) bool { return sign.target == "go" && !sign.below })
}

// IsTool reports whether the Go module of a folder has a package as a tool: then it need not be on the PATH.
func IsTool(folder, pkg string) bool {
	text, err := disk.Read(filepath.Join(disk.FindAbove(folder, "go.mod"), "go.mod"), document.DefaultMaxSize)
	return err == nil &&
		regexp.MustCompile(`(?m)^(tool|)[ \t]+`+regexp.QuoteMeta(pkg)+`[ \t\r]*(//.*)?$`).Match(text)
}

// Workflow returns a workflow for GitHub that checks the project in pull requests.
func Workflow() string {
	const workflow = `on: pull_request
jobs:
  errgen:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: sigsentry/errgen@main`
	if folder := filepath.ToSlash(Relative(Repository(), ".")); folder != "." {
		return workflow + "\n        with: {working-directory: " + draft.FlowText(folder) + "}"
	}
	return workflow
}

// Attributes returns the lines of .gitattributes for what is going to be generated.
func (s *Start) Attributes() (lines []string) {
	const mark = " linguist-generated"
	if !slices.ContainsFunc(s.choices, func(c choice) bool { return !strings.HasPrefix(c.folder, "out/") }) {
		return []string{"/out/**" + mark}
	}
	for _, c := range s.choices {
		for _, name := range c.Files() {
			lines = append(lines, "/"+path.Join(c.folder, name)+mark)
		}
	}
	return lines
}

// CopyTarget returns the files of a built-in target, to write into a folder where nothing is yet.
func CopyTarget(name, folder string) (files []disk.File, err error) {
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is there already; move it, or choose another folder with --templates DIR",
			diag.Visible(folder))
	}
	source, err := fs.Sub(templates.FS, name)
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(source, name)
		files = append(files, disk.File{Path: filepath.Join(folder, filepath.FromSlash(name)), Content: content})
		return err
	})
	return files, err
}

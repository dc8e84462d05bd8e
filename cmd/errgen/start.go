package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
)

// starter is the catalog to start from.
//
//go:embed starter/errors.yaml
var starter []byte

// start writes a catalog to begin with, and a configuration for the project here. Where a configuration waits for its catalog, it writes that alone.
func (f *flags) start() error {
	if err := f.checkName(); err != nil {
		return err
	}
	governing, err := generator.FindConfig()
	if err != nil {
		return err
	}
	if governing == "" {
		return f.startProject("")
	}
	config, err := f.configuration()
	if err != nil {
		return err
	}
	named := first(config.Catalog, config.In("errors.yaml"))
	if isThere(named) || f.catalog != "" && filepath.Clean(f.catalog) != named {
		return f.startProject(governing)
	}
	if err := disk.Create([]disk.File{{Path: named, Content: starter}}); err != nil {
		return err
	}
	f.say("errgen: wrote %s, which %s names\n%s", diag.Visible(named), diag.Visible(governing), nextSteps(named, readSigns()))
	return nil
}

// checkName refuses what cannot become the name of a catalog.
func (f *flags) checkName() error {
	if f.catalog == "" {
		return nil
	}
	folder, err := os.Stat(f.catalog)
	switch {
	case diag.Visible(f.catalog) != f.catalog:
		return fmt.Errorf("the name of the catalog, %s, has characters that cannot be seen; choose another", diag.Quote(f.catalog))
	case err == nil && folder.IsDir(), os.IsPathSeparator(f.catalog[len(f.catalog)-1]):
		return fmt.Errorf("cannot write %s: it is a folder, expected a file such as %s", f.catalog, filepath.Join(f.catalog, "errors.yaml"))
	case strings.EqualFold(filepath.Base(f.catalog), generator.ConfigName):
		return fmt.Errorf("cannot write a catalog to %s: the configuration has that name; choose another, such as errors.yaml", f.catalog)
	}
	return nil
}

// startProject writes both files, or the configuration alone beside a catalog. Governing is the configuration that counted here until now, in a folder above, or "".
func (f *flags) startProject(governing string) error {
	catalog := fromHere(first(f.catalog, "errors.yaml"))
	library, err := generator.LoadTargets("")
	if err != nil {
		return err
	}
	signs := readSigns()
	choices := choose(library, signs)
	files := []disk.File{{Path: catalog, Content: starter}, {Path: generator.ConfigName, Content: compose(catalog, choices, library)}}
	if info, err := os.Stat(catalog); err == nil && info.Mode().IsRegular() { // it only lacks its configuration
		files = files[1:]
	}
	var places []string
	for _, file := range files {
		places = append(places, file.Path)
	}
	if err := refuseExisting(places); err != nil {
		return err
	}
	if err := disk.Create(files); err != nil {
		return err
	}
	f.say("errgen: wrote %s%s", enumerate(places), because(signs))
	if governing != "" {
		f.say("errgen: from this folder down, errgen.yaml counts in place of %s", diag.Visible(governing))
	}
	f.say("%s\n%s", nextSteps(catalog, signs), upkeep(signs, choices))
	return nil
}

// fromHere makes a path relative to the working folder: errgen.yaml is read on other machines too.
func fromHere(path string) string {
	working, err := os.Getwd()
	if err != nil || !filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	if relative, err := filepath.Rel(working, path); err == nil {
		return relative
	}
	return filepath.Clean(path)
}

// refuseExisting fails if anything is at one of the places.
func refuseExisting(places []string) error {
	places = slices.DeleteFunc(slices.Clone(places), func(place string) bool { return !isThere(place) })
	switch len(places) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%s is there already, and nothing was written; run `errgen generate`, or move it", places[0])
	}
	return fmt.Errorf("%s are there already, and nothing was written; run `errgen generate`, or move them", enumerate(places))
}

// because says what was found.
func because(signs []sign) string {
	if len(signs) == 0 {
		return ", with every target: there is no go.mod, package.json or OpenAPI file here"
	}
	var found []string
	for _, s := range signs {
		found = append(found, fmt.Sprintf("%s (%s)", s.label, s.found))
	}
	return " for " + enumerate(found)
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
	if catalog != "errors.yaml" {
		fmt.Fprintf(&b, "catalog: %s\n", yamlText(filepath.ToSlash(catalog)))
	}
	b.WriteString("\ntargets:\n")
	for _, c := range choices {
		fmt.Fprintf(&b, "  %-36s # %s\n", c.Name+": {out: "+c.folder+"}", c.reason)
	}
	for _, t := range library.Targets {
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

// plainText is what no parser of YAML takes for anything but text.
var plainText = document.Pattern(`^[A-Za-z.][\w-]*[./][\w./-]*$`)

// yamlText prints text whose characters can all be seen as a value in YAML.
func yamlText(text string) string {
	if plainText().MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

func nextSteps(catalog string, signs []sign) string {
	errgen := "errgen"
	if isTool(signs) {
		errgen = "go tool errgen"
	}
	return fmt.Sprintf(`
Next:
  1. %s preview --open   see the page your users will read, live, while you edit %s
  2. %[1]s generate         write the code and the docs that errgen.yaml names`, errgen, diag.Visible(catalog))
}

const program = "github.com/sigsentry/errgen/cmd/errgen"

// isTool tells whether the Go module here has errgen as a tool: then it need not be on the PATH.
func isTool(signs []sign) bool {
	return slices.ContainsFunc(signs, func(s sign) bool {
		text, err := os.ReadFile(s.found)
		return s.target == "go" && err == nil && bytes.Contains(text, []byte(program))
	})
}

const workflow = `on: pull_request
jobs:
  errgen:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: sigsentry/errgen@main`

// upkeep says how outputs stay current. It is for users to copy: none of these files is errgen's.
func upkeep(signs []sign, choices []choice) string {
	var b strings.Builder
	section := func(title, body string) {
		fmt.Fprintf(&b, "\n\n     %s:\n       %s", title, strings.ReplaceAll(body, "\n", "\n       "))
	}
	b.WriteString("  3. Keep both current; copy what you like of this.")
	if slices.ContainsFunc(signs, func(s sign) bool { return s.target == "go" }) {
		section("In a .go file beside errgen.yaml, after `go get -tool "+program+"`", "//go:generate go tool errgen generate")
	}
	section("In .gitattributes beside errgen.yaml, so that reviews fold what is generated", strings.Join(generated(choices), "\n"))
	with := ""
	if folder := workingFolder(); folder != "." {
		with = "\n        with: {working-directory: " + yamlText(folder) + "}"
	}
	section("In .github/workflows/errgen.yml of the repository, so that pull requests are checked", workflow+with)
	section("In any other CI", "errgen generate --check && errgen lint && errgen breaking --against origin/main")
	return b.String()
}

// generated returns the lines of .gitattributes for what is generated.
func generated(choices []choice) (lines []string) {
	const mark = " linguist-generated"
	if !slices.ContainsFunc(choices, func(c choice) bool { return !strings.HasPrefix(c.folder, "out/") }) {
		return []string{"/out/**" + mark}
	}
	for _, c := range choices {
		for _, name := range c.Files() {
			lines = append(lines, "/"+path.Join(c.folder, name)+mark)
		}
	}
	return lines
}

// workingFolder returns the working folder as seen from the root of the repository, with slashes.
func workingFolder() string {
	working, err := os.Getwd()
	if err != nil {
		return "."
	}
	folder, err := filepath.Rel(generator.Repository(), working)
	if err != nil {
		return "."
	}
	return filepath.ToSlash(folder)
}

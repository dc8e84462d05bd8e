package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/project"
)

func newInit(f *flags) *cobra.Command {
	var name, recorder string
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a catalog to start from, copy a target, or write a recorder for tests",
		Long: `Writes a small errors.yaml whose comments explain the format, and an errgen.yaml for what it finds here and in the
folders below: go.mod, package.json, pyproject.toml and the like, an OpenAPI file, docs. Then it says what to do next.
It asks nothing and overwrites nothing; with an errgen.yaml whose catalog is missing, it writes that catalog alone.

With --target it copies a built-in target instead, to start a target of your own from. Rename the copy, or leave its
name to replace the built-in target.

With --recorder go it writes a Go file into the package of your tests instead, by default that of the working folder:
it records the errors that tests meet, for ` + "`errgen verify`" + ` to hold them against the catalog.`,
		Example: `  errgen init
  errgen init --catalog api/errors.yaml
  errgen init --target go --templates templates
  errgen init --recorder go=internal/api`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			noEffect, write := "config set templates format max-size", f.start
			switch isGiven := cmd.Flags().Changed; {
			case isGiven("recorder"):
				noEffect = "catalog config set target templates format max-size"
				write = func() error { return f.writeRecorder(recorder) }
			case isGiven("target"):
				noEffect, write = "catalog config set format max-size", func() error { return f.copyTarget(name) }
			}
			if err := refuseFlags(cmd, noEffect); err != nil {
				return err
			}
			return write()
		},
	}
	cmd.Flags().StringVarP(&name, "target", "t", "",
		"copy this built-in target into the folder of --templates, by default templates")
	f.completeTargets(cmd)
	cmd.Flags().StringVar(&recorder, "recorder", "",
		"write what records errors in the tests of this language, with their folder if you like: go[=DIR]")
	complete(cmd, "recorder", "go")
	return cmd
}

// writeRecorder writes what records errors into the package of a user's tests.
func (f *flags) writeRecorder(recorder string) error {
	language, folder, _ := strings.Cut(recorder, "=")
	file, err := project.NewRecorder(language, cmp.Or(folder, "."))
	if err != nil {
		return err
	}
	if err := disk.Create([]disk.File{file}); err != nil {
		return err
	}
	f.say(`errgen: wrote %s

Next:
  1. wrap the handler under test: httptest.NewServer(RecordErrors(mux)), or give clients RecordingTransport{}
  2. ERRGEN_RECORD=$PWD/errors.jsonl go test -count=1 ./...
  3. errgen verify errors.jsonl`, diag.Visible(file.Path))
	return nil
}

// refuseFlags fails if one of the flags is given: it would be without effect.
func refuseFlags(cmd *cobra.Command, names string) error {
	for name := range strings.FieldsSeq(names) {
		if cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s has no effect here; leave it out, and see `%s --help`", name, cmd.CommandPath())
		}
	}
	return nil
}

// copyTarget writes the folder of a built-in target into the folder of --templates.
func (f *flags) copyTarget(name string) error {
	library, err := generator.LoadTargets("")
	if err != nil {
		return err
	}
	if name == "" {
		return fmt.Errorf("name the built-in target to copy with --target; there are %s",
			strings.Join(library.Names(), ", "))
	}
	copied := library.Find(name)
	if copied == nil {
		return fmt.Errorf("there is no built-in target %s; %s",
			diag.Quote(name), diag.DidYouMean(name, library.Names()))
	}
	folder := filepath.Join(cmp.Or(f.templates, "templates"), name)
	files, err := project.CopyTarget(name, folder)
	if err != nil {
		return err
	}
	if err := disk.Create(files); err != nil {
		return err
	}
	if copied.Out == "" {
		name += "=DIR"
	}
	f.say("errgen: copied the target %s to %s; run `errgen generate --templates %s -t %s`",
		copied.Name, diag.Visible(folder), diag.Visible(filepath.Dir(folder)), name)
	return nil
}

// start writes a catalog to begin with, and a configuration for the project here.
func (f *flags) start() error {
	start, err := project.NewStart(f.catalog)
	if err != nil {
		return err
	}
	if existing := start.Existing(); len(existing) > 0 {
		them := "it"
		if len(existing) > 1 {
			them = "them"
		}
		return fmt.Errorf("%s there already, and nothing was written; run `errgen generate`, or move %s",
			list(existing), them)
	}
	if err := disk.Create(start.Files); err != nil {
		return err
	}
	why := because(start.Signs)
	if !start.HasConfig() {
		why = ", which " + diag.Visible(start.Above) + " names"
	}
	f.say("errgen: wrote %s%s", diag.Visible(diag.And(start.Paths())), why)
	if start.Envelope != "" {
		f.say("errgen: the body of an error in it is the one of %s; for its codes too, run `errgen import %[1]s` instead",
			diag.Visible(start.Envelope))
	}
	if start.HasConfig() && start.Above != "" {
		f.say("errgen: from this folder down, errgen.yaml counts in place of %s", diag.Visible(start.Above))
	}
	f.say("%s", nextSteps(start))
	if start.HasConfig() {
		f.say("%s", upkeep(start))
	}
	return nil
}

// because says what was found.
func because(signs []project.Sign) string {
	if len(signs) == 0 {
		return ", with the usual targets: there is no go.mod, package.json, pyproject.toml or the like here, and no " +
			"OpenAPI file"
	}
	var found []string
	for _, s := range signs {
		found = append(found, fmt.Sprintf("%s (%s)", s.Label, diag.Visible(s.Found)))
	}
	return " for " + diag.And(found)
}

// calledHere returns what people will type in a project, whatever they typed to begin it.
func calledHere(start *project.Start) string {
	if name := calledAs(); name != "errgen" || !start.HasGo() || !project.IsTool(".", project.Program) {
		return name
	}
	return "go tool errgen"
}

func nextSteps(start *project.Start) string {
	steps := [...][2]string{
		{"preview --open", "see the page your users will read, live, while you edit " + diag.Visible(start.Catalog)},
		{"generate", "write the code and the docs that errgen.yaml names"},
		{"explain", "read what else there is"},
	}
	if guides := start.Guides(); len(guides) > 0 {
		steps[2] = [2]string{"explain " + guides[0], "read how servers and clients use that code"}
		if len(guides) > 1 {
			steps[2][1] += "; the same for " + diag.And(guides[1:])
		}
	}
	width := 0
	for _, step := range steps {
		width = max(width, len(step[0]))
	}
	b := strings.Builder{}
	b.WriteString("\nNext:")
	for i, step := range steps {
		fmt.Fprintf(&b, "\n  %d. %s %-*s   %s", i+1, calledHere(start), width, step[0], step[1])
	}
	return b.String()
}

// upkeep says how outputs stay current. It is for users to copy: none of these files is errgen's.
func upkeep(start *project.Start) string {
	var b strings.Builder
	section := func(title, body string) {
		fmt.Fprintf(&b, "\n\n     %s:\n       %s", title, indented(body, "       "))
	}
	b.WriteString("  4. Keep both current; copy what you like of this.")
	if start.HasGo() {
		section("In a .go file beside errgen.yaml, after `go get -tool "+project.Program+"`",
			"//go:generate go tool errgen generate")
	}
	section("In .gitattributes beside errgen.yaml, so that reviews fold what is generated",
		strings.Join(start.Attributes(), "\n"))
	section("In .github/workflows/errgen.yml of the repository, so that pull requests are checked", project.Workflow())
	section("In any other CI", fmt.Sprintf("%s generate --check && %[1]s lint && %[1]s breaking --against origin/main",
		calledHere(start)))
	return b.String()
}

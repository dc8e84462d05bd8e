package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/breaking"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/git"
	"github.com/sigsentry/errgen/generator/project"
	"github.com/sigsentry/errgen/generator/render"
)

func newBreaking(f *flags) *cobra.Command {
	b := &breaker{flags: f}
	cmd := &cobra.Command{
		Use:   "breaking",
		Short: "Say what a change of the catalog breaks, and for whom",
		Long: `Compares the catalog with that of a git revision, or with a file.

A revision is a branch, a tag or a hash. A branch, such as origin/main, stands for the commit where HEAD left it (the
merge base); all others are exactly that commit.
REV:PATH names another path there, from the root of the repository, or from the working folder if it begins with ./
What ends in .yaml or .yml, without a colon, is a file. The network is never used.
A catalog that had another path there is found: the one that errgen.yaml named, or one that is gone since.

The level says which changes fail:
  wire     deployed clients break
  source   as wire, and code that is compiled again breaks (the default)
  docs     every change that a reader notices

Code breaks in the languages of the targets that errgen.yaml names, each with the options of its revision; without an
errgen.yaml, of those with a default folder.

errgen.yaml can say of a rule what becomes of its changes at every level: an error fails, a warning is only printed,
and off is not reported. A change that is meant is accepted there, with its values; the report has the entry to paste:
  breaking:
    rules: {code-added: error, category-changed: off}
    accept:
      - {rule: status-changed, at: /errors/NOT_FOUND/status, was: 404, is: 410, reason: no client looks at it}
A changelog (--summary) lists every change, whatever errgen.yaml says of it.

Exit codes: 0 nothing breaks; 1 something does, or the catalog is wrong; 2 wrong flags or configuration, or there is
nothing to compare with.`,
		Example: `  errgen breaking --against origin/main
  errgen breaking --against v1.2 --summary
  errgen breaking --against HEAD~1:old/errors.yaml
  errgen breaking --against ../released/errors.yaml`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return b.run() },
	}
	cmd.Flags().StringVar(&b.against, "against", "", "what to compare with: a git revision, REV:PATH, or a file")
	cmd.Flags().StringVar(&b.level, "level", "source", "what fails: wire, source or docs")
	cmd.Flags().BoolVar(&b.summary, "summary", false,
		"print a changelog in Markdown, with the version bump it calls for; nothing fails")
	complete(cmd, "level", "wire", "source", "docs")
	completeWith(cmd, "against", cobra.ShellCompDirectiveDefault, func() []string { return git.References(".") })
	return cmd
}

type breaker struct {
	*flags
	against, level string
	summary        bool

	now *project.Config
}

func (b *breaker) run() error {
	fails, known := breaking.ParseLevel(b.level)
	switch {
	case !known:
		return fmt.Errorf("there is no level %s; expected wire, source or docs", diag.Quote(b.level))
	case b.against == "":
		return errors.New("--against is missing: name what to compare with, such as --against origin/main")
	case b.summary && b.format != "text":
		return fmt.Errorf("--summary prints Markdown, and --format %s prints diagnostics: leave out one of them",
			b.format)
	}
	var err error
	if b.now, err = b.setup(); err != nil {
		return err
	}
	tuneCollector(b.now.Catalog)
	after, found, err := generator.Load(b.now.Catalog, b.maxSize)
	if err != nil {
		return err
	}
	if after == nil {
		return errors.Join(b.print(b.stdout, found), b.verdict(found, b.now.Catalog))
	}
	before, err := b.before(after)
	if errors.Is(err, git.ErrAbsent) {
		return b.allIsNew()
	}
	if err != nil {
		return err
	}
	changes, err := b.compare(before, after)
	if err != nil {
		return err
	}
	standing, accepted, complaints := breaking.Accept(changes, b.now.Accepted)
	if b.summary {
		return breaking.Summary(b.stdout, append(standing, accepted...))
	}
	return b.report(breaking.Gate{Level: fails, Severities: b.now.Changes}, standing, accepted, complaints)
}

// compare compares two catalogs with what the configured targets declare of them: each side with its own options.
func (b *breaker) compare(before, after *catalog.Catalog) ([]breaking.Change, error) {
	options := b.now.Options
	surfaces, err := generator.Surfaces(options, after)
	if err != nil {
		return nil, err
	}
	now := breaking.Side{Catalog: after, Surfaces: surfaces}
	if former := b.formerConfig(); former != b.now {
		options.Configured = slices.DeleteFunc(former.Configured, func(s generator.Selection) bool {
			return !slices.ContainsFunc(surfaces, func(t render.Surface) bool { return t.Target == s.Name })
		})
	}
	surfaces, err = generator.Surfaces(options, before)
	return breaking.Compare(breaking.Side{Catalog: before, Surfaces: surfaces}, now), err
}

// before returns the catalog to compare with. The error is git.ErrAbsent if there was none yet.
func (b *breaker) before(after *catalog.Catalog) (*catalog.Catalog, error) {
	if isFile(b.against) {
		if _, err := os.Stat(b.against); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s to compare with; --against takes a git revision such as "+
				"origin/main, REV:PATH, or a file", diag.Visible(b.against))
		}
		c, found, err := generator.Load(b.against, b.maxSize)
		if err != nil {
			return nil, err
		}
		return c, b.incomparable(b.against, found)
	}
	name, text, err := b.fromGit()
	if errors.Is(err, git.ErrAbsent) {
		name, text, err = b.moved(after)
	}
	if err != nil {
		return nil, err
	}
	c, found := catalog.Load(name, text, b.maxSize)
	return c, b.incomparable(name, found)
}

// isFile tells a file from a revision.
func isFile(against string) bool {
	extension := strings.ToLower(filepath.Ext(against))
	if extension != ".yaml" && extension != ".yml" {
		return false
	}
	info, err := os.Stat(against)
	return err == nil && !info.IsDir() || !strings.Contains(against, ":")
}

// incomparable says why the catalog to compare with cannot be read.
func (b *breaker) incomparable(name string, found diag.List) error {
	if !found.HasErrors() {
		return nil
	}
	for _, d := range found {
		if d.Rule == "unsupported-version" {
			return fmt.Errorf("%s is in another version of the format than the catalog, and cannot be "+
				"compared with it: %s", diag.Visible(name), d.Message)
		}
	}
	if err := diag.Text(b.stderr, found, diag.Style{}); err != nil {
		return err
	}
	return fmt.Errorf("%s is not valid, so that nothing can be compared with it; choose a revision whose catalog is",
		diag.Visible(name))
}

// allIsNew ends a run where there was no catalog yet.
func (b *breaker) allIsNew() error {
	if b.summary {
		if _, err := fmt.Fprintln(b.stdout, "All codes are new."); err != nil {
			return err
		}
	} else if err := b.print(b.stdout, nil); err != nil {
		return err
	}
	b.say("errgen: %s did not exist in %s: all of it is new, and breaks nothing; if it had another name "+
		"there, use --against REV:PATH", diag.Visible(b.now.Catalog), diag.Visible(b.against))
	return nil
}

// report prints what becomes of the changes, and counts those that are not printed.
func (b *breaker) report(gate breaking.Gate, standing, accepted []breaking.Change, complaints diag.List) error {
	var found diag.List
	below, off := 0, 0
	for _, c := range standing {
		severity := gate.Severity(&c)
		if _, isSet := gate.Severities[c.Rule]; severity == diag.Off && isSet {
			off++
		} else if severity == diag.Off {
			below++
		} else {
			found.Add(b.diagnostic(&c, severity))
		}
	}
	breaks := found.Count(diag.Error)
	if b.forMachine() {
		for _, c := range accepted {
			if gate.Severity(&c) != diag.Off {
				found.Add(b.diagnostic(&c, diag.Note))
			}
		}
	}
	found.Add(complaints...)
	if err := b.print(b.stdout, found); err != nil {
		return err
	}
	summary := "nothing breaks"
	if breaks > 0 {
		summary = count(breaks, "breaking change")
	}
	if len(accepted) > 0 {
		summary += fmt.Sprintf(", %d accepted", len(accepted))
	}
	if off > 0 {
		summary += fmt.Sprintf(", %s switched off in %s", count(off, "change"), diag.Visible(b.now.Path))
	}
	if below > 0 {
		summary += fmt.Sprintf(", %s below the level %s (--summary lists all)", count(below, "change"), gate.Level)
	}
	b.say("errgen: %s: %s", diag.Visible(b.now.Catalog), summary)
	if breaks > 0 {
		return errFound
	}
	return nil
}

// diagnostic returns a change as it is printed. What is gone has its place in another revision: programs, which know no
// other file, are shown the catalog as a whole.
func (b *breaker) diagnostic(c *breaking.Change, severity diag.Severity) diag.Diagnostic {
	d := c.Diagnostic
	d.Severity = severity
	if severity == diag.Error {
		d.Note = "to accept it: " + c.Acceptance()
	}
	if b.forMachine() && d.File != b.now.Catalog && d.File != b.now.Path {
		d.Related = []diag.Related{{Place: d.Place, Message: "before"}}
		d.Place = diag.Place{File: b.now.Catalog}
	}
	return d
}

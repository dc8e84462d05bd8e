package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/lint"
)

func newLint(f *flags) *cobra.Command {
	l := &linter{flags: f}
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check the catalog, and its style",
		Long: `Says all that generate would say of the catalog, and what errgen thinks of its style. A comment on an entry allows a rule there:
  # errgen:allow RULE reason
The levels of rules are set in errgen.yaml: lint: {rules: {RULE: error}}, or warning, or off. ` + "`errgen explain`" + ` lists the rules.

Exit codes: 0 fine, warnings included; 1 there are errors; 2 wrong flags or configuration, or trouble with a file.`,
		Example: "  errgen lint\n  errgen lint --fix\n  errgen lint --format sarif > errgen.sarif",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return l.run() },
	}
	cmd.Flags().BoolVar(&l.fix, "fix", false, "make the corrections that are certain in the catalog itself; comments and layout stay")
	return cmd
}

type linter struct {
	*flags
	fix    bool
	levels map[string]lint.Level
}

func (l *linter) run() error {
	config, err := l.configuration()
	if err != nil {
		return err
	}
	l.levels = map[string]lint.Level{}
	for rule, level := range config.Levels {
		l.levels[rule] = lint.Level(level)
	}
	options, err := l.options(config)
	if err != nil {
		return err
	}
	tuneCollector(options.Catalog)
	c, found, err := generator.Validate(options)
	if err != nil {
		return err
	}
	if c != nil {
		style, err := l.check(c)
		if err != nil {
			return err
		}
		found = append(found, style...)
		found.Sort()
	}
	if err := l.print(l.stdout, found); err != nil {
		return err
	}
	return l.verdict(found, options.Catalog)
}

// check applies the rules, and with --fix corrects what they can correct.
func (l *linter) check(c *catalog.Catalog) (diag.List, error) {
	found, err := lint.Run(c, l.levels)
	if err != nil || !l.fix || len(lint.Edits(found)) == 0 {
		return found, err
	}
	fixed, remaining, err := l.correct(c, found)
	if err != nil {
		return nil, err
	}
	path := c.Document.Name
	if err := rewrite(path, c.Document.Text, fixed.Document.Text); err != nil {
		return nil, err
	}
	for _, d := range found {
		if len(d.Edits) > 0 {
			l.say("%s:%d: fixed %s: %s", diag.Visible(path), d.Place.Start.Line, d.Rule, diag.Visible(d.Message))
		}
	}
	return remaining, nil
}

// correct makes edits until none is left: one that overlaps another waits for the next round. It returns the catalog that comes out, and what is still found in it.
func (l *linter) correct(c *catalog.Catalog, found diag.List) (*catalog.Catalog, diag.List, error) {
	const enough = 10
	for range enough {
		edits := lint.Edits(found)
		if len(edits) == 0 {
			break
		}
		next, wrong := catalog.Load(c.Document.Name, lint.Apply(c.Document.Text, edits), l.maxSize)
		if next == nil {
			return nil, nil, fmt.Errorf("the corrections would make the catalog wrong (%s), so that none was made; please report this", wrong[0].Message)
		}
		var err error
		if found, err = lint.Run(next, l.levels); err != nil {
			return nil, nil, err
		}
		c = next
	}
	return c, found, nil
}

// rewrite replaces the text of a file, and leaves its byte order mark.
func rewrite(path string, before, after []byte) error {
	const mark = "\ufeff"
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	rest, marked := bytes.CutPrefix(text, []byte(mark))
	if !bytes.Equal(rest, before) {
		return errors.New(diag.Visible(path) + " has changed while it was read; nothing was corrected")
	}
	if marked {
		after = append([]byte(mark), after...)
	}
	return disk.Replace(path, after)
}

// verdict ends a run with a line that counts what was found.
func (f *flags) verdict(found diag.List, where string) error {
	wrong, warnings := found.Count(diag.Error), found.Count(diag.Warning)
	switch {
	case wrong > 0 && warnings > 0:
		f.say("\nerrgen: %s and %s in %s", count(wrong, "error"), count(warnings, "warning"), diag.Visible(where))
	case wrong > 0:
		f.say("\nerrgen: %s in %s", count(wrong, "error"), diag.Visible(where))
	case warnings > 0:
		f.say("\nerrgen: %s in %s", count(warnings, "warning"), diag.Visible(where))
	default:
		f.say("errgen: nothing to say of %s", diag.Visible(where))
	}
	if wrong > 0 {
		return errFound
	}
	return nil
}

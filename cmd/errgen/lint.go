package main

import (
	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/lint"
)

func newLint(f *flags) *cobra.Command {
	l := &linter{flags: f}
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check the catalog, and its style",
		Long: `Says all that generate would say of the catalog, and what errgen thinks of its style. A comment on an entry
allows a rule there:
  # errgen:allow RULE reason
The severities of rules are set in errgen.yaml: lint: {rules: {RULE: error}}, or warning, or off. ` +
			"`errgen explain`" + `
lists the rules.

Exit codes: 0 fine, warnings included; 1 there are errors; 2 wrong flags or configuration, or trouble with a file.`,
		Example: "  errgen lint\n  errgen lint --fix\n  errgen lint --format sarif > errgen.sarif",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return l.run() },
	}
	cmd.Flags().BoolVar(&l.fix, "fix", false,
		"make the corrections that are certain in the catalog itself, and in the OpenAPI document that openapi.api names; "+
			"comments and layout stay")
	return cmd
}

type linter struct {
	*flags
	fix bool
}

func (l *linter) run() error {
	config, err := l.setup()
	if err != nil {
		return err
	}
	tuneCollector(config.Catalog)
	v, err := generator.Validate(config.Options)
	if err != nil {
		return err
	}
	found := v.Diagnostics
	if v.Catalog != nil {
		style, err := l.check(v, config.Severities)
		if err != nil {
			return err
		}
		found = append(found, style...)
		found.Sort()
	}
	if err := l.print(l.stdout, found); err != nil {
		return err
	}
	return l.verdict(found, config.Catalog)
}

// check applies the rules, and with --fix corrects what they can correct.
func (l *linter) check(v *generator.Validated, severities map[string]diag.Severity) (diag.List, error) {
	if !l.fix {
		return lint.Run(v.Catalog, severities, v.APIs...), nil
	}
	fixed, remaining, err := lint.Fix(v.Catalog, severities, l.maxSize, v.APIs...)
	for _, d := range fixed {
		l.say("%s:%d: fixed %s: %s", diag.Visible(d.Place.File), d.Place.Start.Line, d.Rule, diag.Visible(d.Message))
	}
	return remaining, err
}

// verdict ends a run with a line that counts what was found.
func (f *flags) verdict(found diag.List, where string) error {
	if said := tally(found); said != "" {
		f.say("\nerrgen: %s in %s", said, diag.Visible(where))
	} else {
		f.say("errgen: nothing to say of %s", diag.Visible(where))
	}
	if found.HasErrors() {
		return errFound
	}
	return nil
}

// tally counts errors and warnings; it is empty if there are none.
func tally(found diag.List) string {
	var counts []string
	if n := found.Count(diag.Error); n > 0 {
		counts = append(counts, count(n, "error"))
	}
	if n := found.Count(diag.Warning); n > 0 {
		counts = append(counts, count(n, "warning"))
	}
	return diag.And(counts)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/project"
)

func newGenerate(f *flags) *cobra.Command {
	g := &generate{flags: f}
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Validate the catalog and write all outputs",
		Long: `Validates the catalog, renders every target in memory, and then writes the files that are not right already.
Nothing is written if anything is wrong. A file that errgen did not write is never overwritten.

With --watch it stays, and runs again whenever the catalog, errgen.yaml or a file of --templates is saved. While the
catalog is wrong, outputs stay as they are.

Exit codes: 0 fine; 1 the catalog is wrong, or outputs are not current (--check, --diff); 2 wrong flags or
configuration, or trouble with a file; 130 Ctrl-C, but 0 with --watch.`,
		Example: `  errgen generate
  errgen generate --check
  errgen generate --watch
  errgen generate -c ../errors.yaml -t go=internal/apierr`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return g.run() },
	}
	cmd.Flags().BoolVar(&g.check, "check", false,
		"write nothing; list what is missing, different or orphaned, and exit 1 if anything is")
	cmd.Flags().BoolVar(&g.diff, "diff", false,
		"write nothing; print what would change as a unified diff, and exit 1 if there is any")
	cmd.Flags().BoolVar(&g.prune, "prune", false, "remove files that an earlier run generated and this one does not")
	cmd.Flags().BoolVar(&g.watch, "watch", false, "stay, and run again on every save, until Ctrl-C")
	cmd.Flags().BoolVar(&g.poll, "poll", false,
		"with --watch: look every 500 ms, where the file system does not tell of changes")
	return cmd
}

type generate struct {
	*flags
	check, diff, prune, watch, poll bool

	busy sync.Mutex // held while something is printed or written
}

func (g *generate) run() error {
	if err := g.refuse(); err != nil {
		return err
	}
	if g.watch {
		leaveOnSignal(&g.busy, exitOK)
		return g.follow(context.Background(), g.poll, g.once, g.complain)
	}
	config, err := g.setup()
	if err != nil {
		return err
	}
	summary, err := g.once(config, false)
	if summary != "" {
		g.say("errgen: %s", summary)
	}
	return err
}

// refuse says which flags do not go together.
func (g *generate) refuse() error {
	switch {
	case g.diff && g.forMachine():
		return fmt.Errorf("--diff prints a diff, and --format %s prints diagnostics: leave out one of them", g.format)
	case g.watch && g.check:
		return errors.New("--watch writes outputs, and --check writes nothing: leave out one of them")
	case g.watch && g.diff:
		return errors.New("--watch writes outputs, and --diff writes nothing: leave out one of them")
	case g.poll && !g.watch:
		return errors.New("--poll says how --watch looks for changes: add --watch")
	}
	return nil
}

// once is one run. Until it has something to print or to write, it may be left.
func (g *generate) once(config *project.Config, again bool) (summary string, err error) {
	tuneCollector(config.Catalog)
	result, err := generator.Generate(config.Options)
	if err != nil {
		return "", err
	}
	g.busy.Lock()
	defer g.busy.Unlock()
	if !result.Diagnostics.HasErrors() {
		return g.finish(result, config.Catalog, again)
	}
	if err := g.print(g.stderr, result.Diagnostics); err != nil {
		return "", err
	}
	g.say("")
	found := count(result.Diagnostics.Count(diag.Error), "error")
	if !again {
		found += " in " + diag.Visible(config.Catalog)
	}
	return found + "; nothing was written", errFound
}

// finish compares what was rendered with what is on disk, and reports or writes the difference.
func (g *generate) finish(result *generator.Result, catalog string, again bool) (summary string, err error) {
	changes, err := result.Compare()
	if err != nil {
		return "", err
	}
	found := result.Diagnostics
	if g.check && g.forMachine() {
		found = append(found, stale(changes)...)
	}
	if err := g.print(g.stderr, found); err != nil {
		return "", err
	}
	if g.check || g.diff {
		summary, err = g.report(changes)
	} else {
		summary, err = g.write(result, changes, again)
	}
	if summary != "" && !again {
		summary = diag.Visible(catalog) + ": " + summary
	}
	return summary, err
}

// stale says for programs what --check lists for people.
func stale(changes []disk.Change) (found diag.List) {
	for _, c := range changes {
		found.Add(diag.Diagnostic{
			Rule: "stale-output", Message: "the file is " + wordsFor(c), Hint: "run `errgen generate`",
			Place: diag.Place{File: c.Path},
		})
	}
	return found
}

// tuneCollector trades memory for time, and with a large catalog time for memory: a run ends before much of its garbage
// matters, and most end before there are 50 MB of it.
func tuneCollector(catalog string) {
	const small = 256 << 10
	percent := 200
	switch info, err := os.Stat(catalog); {
	case err == nil && info.Size() > generator.LargeCatalog:
		percent = 100
	case err == nil && info.Size() < small:
		percent = 400
	}
	debug.SetGCPercent(percent)
}

// report says what a run would change.
func (g *generate) report(changes []disk.Change) (summary string, err error) {
	if g.diff {
		if _, err := g.stdout.Write(disk.Diff(changes)); err != nil {
			return "", err
		}
	}
	if g.check && !g.forMachine() {
		for _, c := range changes {
			fmt.Fprintf(g.stdout, "%s: %s\n", diag.Visible(c.Path), wordsFor(c))
		}
	}
	if len(changes) == 0 {
		return "outputs are current", nil
	}
	return fmt.Sprintf("%s not current; run `%s`", count(len(changes), "file"), g.command(changes)), errFound
}

var words = map[disk.Kind]string{
	disk.Missing:   "missing",
	disk.Different: "different",
	disk.Orphaned:  "orphaned: generated once, and no longer",
	disk.Foreign:   "not generated by errgen, and in the way",
}

func wordsFor(c disk.Change) string {
	if c.Owner != "" {
		return "generated from " + diag.Visible(project.FromHere(c.Owner)) + ", which is another catalog, and in the way"
	}
	return words[c.Kind]
}

// command returns what to run to make outputs current.
func (g *generate) command(changes []disk.Change) string {
	if slices.ContainsFunc(changes, func(c disk.Change) bool { return c.Kind == disk.Orphaned }) {
		return "errgen generate --prune"
	}
	return "errgen generate"
}

func (g *generate) write(result *generator.Result, changes []disk.Change, again bool) (summary string, err error) {
	var foreign []string
	orphans, written := 0, 0
	for _, c := range changes {
		switch c.Kind {
		case disk.Foreign:
			if c.Owner != "" {
				return "", fmt.Errorf("%s is generated from %s, which is another catalog, and would be overwritten; choose "+
					"another folder with -t NAME=DIR; nothing was written",
					diag.Visible(c.Path), diag.Visible(project.FromHere(c.Owner)))
			}
			foreign = append(foreign, diag.Visible(c.Path))
		case disk.Orphaned:
			orphans++
		default:
			written++
		}
	}
	if len(foreign) > 0 {
		return "", fmt.Errorf("%s not generated by errgen and would be overwritten; move it, or choose "+
			"another folder with -t NAME=DIR; nothing was written", list(foreign))
	}
	if len(changes) > 0 && !g.watch {
		leaveOnSignal(&g.busy, exitInterrupted) // until here it may be killed
	}
	if err := disk.Commit(changes, g.prune); err != nil {
		return "", err
	}
	summary = fmt.Sprintf("%d written, %d unchanged", written, len(result.Files)-written)
	if !again {
		summary = count(len(result.Files), "file") + ", " + summary
	}
	switch {
	case orphans > 0 && g.prune:
		summary += fmt.Sprintf(", %d removed", orphans)
	case orphans > 0:
		summary += fmt.Sprintf("; %s no longer generated, remove with --prune", count(orphans, "file"))
	}
	return summary, nil
}

func list(names []string) string {
	if len(names) == 1 {
		return names[0] + " is"
	}
	return diag.And(names) + " are"
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

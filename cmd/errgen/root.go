package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// flags holds what is common to the commands.
type flags struct {
	catalog   string
	config    string
	templates string
	targets   []string
	settings  []string
	maxSize   int64
	quiet     bool
	format    string
	color     string

	stdout, stderr io.Writer
}

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	f := &flags{stdout: stdout, stderr: stderr}
	root := &cobra.Command{
		Use:           "errgen",
		Short:         "One file, errors.yaml, becomes everything an API says about its errors",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return f.check()
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w%s\nRun `%s --help` for the flags", err, nearFlag(cmd, err), cmd.CommandPath())
	})
	p := root.PersistentFlags()
	p.StringVarP(&f.catalog, "catalog", "c", "", "the catalog (default errors.yaml)")
	p.StringVar(&f.config, "config", "", "the configuration (default errgen.yaml, looked for up to the repository's root)")
	p.StringVar(&f.templates, "templates", "", "a folder with targets of your own, one in each subfolder")
	p.StringArrayVarP(&f.targets, "target", "t", nil, "a target to run, with its folder if you like: NAME[=DIR]; repeatable")
	p.StringArrayVar(&f.settings, "set", nil, "an option of a target: target.option=value; repeatable")
	p.Int64Var(&f.maxSize, "max-size", document.DefaultMaxSize, "the largest catalog that is read, in bytes")
	p.BoolVarP(&f.quiet, "quiet", "q", false, "no summary line")
	p.StringVar(&f.format, "format", "text", "how diagnostics are printed: "+strings.Join(formats, ", "))
	p.StringVar(&f.color, "color", "auto", "auto, always or never")
	root.AddCommand(newGenerate(f), newLint(f), newBreaking(f), newExplain(f), newPreview(f), newInit(f), newSchema(f), newVersion(f))
	complete(root, "format", formats)
	complete(root, "color", []string{"auto", "always", "never"})
	return root
}

func (f *flags) check() error {
	if !slices.Contains(formats, f.format) {
		return fmt.Errorf("there is no format %s; %s", diag.Quote(f.format), diag.DidYouMean(f.format, formats))
	}
	if f.color != "auto" && f.color != "always" && f.color != "never" {
		return fmt.Errorf("--color takes auto, always or never, not %s", diag.Quote(f.color))
	}
	if f.maxSize <= 0 {
		return fmt.Errorf("--max-size takes a number of bytes above 0, not %d", f.maxSize)
	}
	return nil
}

// complete offers the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values []string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // there is no such flag
	}
}

// nearFlag suggests the flag that an unknown one was meant to be.
func nearFlag(cmd *cobra.Command, err error) string {
	_, name, found := strings.Cut(err.Error(), "unknown flag: --")
	if !found {
		return ""
	}
	var known []string
	for _, usage := range strings.Fields(cmd.Flags().FlagUsages()) {
		if flag, ok := strings.CutPrefix(usage, "--"); ok {
			known = append(known, flag)
		}
	}
	if near := diag.Nearest(name, known); near != "" {
		return "; did you mean --" + near + "?"
	}
	return ""
}

// configuration reads errgen.yaml.
func (f *flags) configuration() (*generator.Config, error) {
	path := f.config
	if path == "" {
		found, err := generator.FindConfig()
		if err != nil {
			return nil, err
		}
		path = found
	}
	config, wrong, err := generator.LoadConfig(path)
	if wrong.HasErrors() {
		return nil, &diag.ListError{List: wrong}
	}
	return config, err
}

// catalogPath returns where the catalog is.
func (f *flags) catalogPath(config *generator.Config) string {
	return first(f.catalog, config.Catalog, config.In("errors.yaml"))
}

// options joins the flags with the configuration; flags win.
func (f *flags) options(config *generator.Config) (generator.Options, error) {
	settings, err := parseSettings(f.settings)
	return generator.Options{
		Catalog:    f.catalogPath(config),
		MaxSize:    f.maxSize,
		Templates:  first(f.templates, config.Templates),
		Targets:    f.selections(config),
		Settings:   settings,
		Configured: config.Targets,
		Folder:     config.Folder,
	}, err
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// selections returns the targets that -t names, with the options that the configuration gives them; nil without -t.
func (f *flags) selections(config *generator.Config) []generator.Selection {
	var selections []generator.Selection
	for _, t := range f.targets {
		name, folder, _ := strings.Cut(t, "=")
		s := configured(config, name)
		if folder != "" {
			s.Out = folder
		}
		selections = append(selections, s)
	}
	return selections
}

func configured(config *generator.Config, name string) generator.Selection {
	for _, s := range config.Targets {
		if s.Name == name {
			return s
		}
	}
	return generator.Selection{Name: name}
}

// parseSettings reads target.option=value.
func parseSettings(list []string) (map[string]map[string]string, error) {
	settings := map[string]map[string]string{}
	for _, s := range list {
		name, value, hasValue := strings.Cut(s, "=")
		target, option, hasOption := strings.Cut(name, ".")
		if !hasValue || !hasOption || target == "" || option == "" {
			return nil, fmt.Errorf("--set takes target.option=value, such as go.package=apierr, not %s", diag.Quote(s))
		}
		if settings[target] == nil {
			settings[target] = map[string]string{}
		}
		settings[target][option] = value
	}
	return settings, nil
}

// say prints a line for people, unless they asked for quiet.
func (f *flags) say(format string, args ...any) {
	if !f.quiet {
		fmt.Fprintf(f.stderr, format+"\n", args...)
	}
}

// complain says what went wrong outside of the catalog.
func (f *flags) complain(err error) { complain(f.stderr, err) }

// colors decides by the flag, then NO_COLOR, then FORCE_COLOR, then whether w is a terminal. Empty variables count as absent (no-color.org).
func (f *flags) colors(w io.Writer) bool {
	switch {
	case f.color != "auto":
		return f.color == "always"
	case os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "":
		return true
	}
	file, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

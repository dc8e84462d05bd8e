package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/project"
)

// flags holds what is common to the commands.
type flags struct {
	command   string // that runs
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
	said           string // by sayOnce
}

func newRoot(stdout, stderr io.Writer) *cobra.Command {
	f := &flags{stdout: stdout, stderr: stderr}
	root := &cobra.Command{
		Use:           "errgen",
		Short:         "One file, errors.yaml, becomes everything an API says about its errors",
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			f.command = cmd.Name()
			return f.check()
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.Version = cmp.Or(version(), "(devel)")
	root.SetVersionTemplate("errgen {{.Version}}\n")
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w%s\nRun `%s --help` for the flags", err, nearFlag(cmd, err), cmd.CommandPath())
	})
	p := root.PersistentFlags()
	p.StringVarP(&f.catalog, "catalog", "c", "", "the catalog (default errors.yaml)")
	p.StringVar(&f.config, "config", "",
		"the configuration (default errgen.yaml, looked for up to the repository's root)")
	p.StringVar(&f.templates, "templates", "", "a folder with targets of your own, one in each subfolder")
	p.StringArrayVarP(&f.targets, "target", "t", nil,
		"a target to run, with its folder if you like: NAME[=DIR]; repeatable")
	p.StringArrayVar(&f.settings, "set", nil, "an option of a target: target.option=value; repeatable")
	p.Int64Var(&f.maxSize, "max-size", document.DefaultMaxSize, "the largest catalog that is read, in bytes")
	p.BoolVarP(&f.quiet, "quiet", "q", false, "no summary line")
	p.StringVar(&f.format, "format", "text", "how diagnostics are printed: "+strings.Join(formats, ", "))
	p.StringVar(&f.color, "color", "auto", "auto, always or never")
	root.AddCommand(newGenerate(f), newLint(f), newBreaking(f), newExplain(f), newPreview(f), newInit(f), newImport(f),
		newVerify(f), newSchema(f), newVersion(f))
	complete(root, "format", formats...)
	complete(root, "color", "auto", "always", "never")
	f.completeTargets(root)
	f.completeSettings(root)
	root.SetHelpFunc(helpWithout(root.HelpFunc()))
	return root
}

// useless lists the common flags that do nothing in a command: its help leaves them out. In what is not listed none
// does anything.
var useless = map[string]string{
	"errgen": "", "generate": "", "lint": "", "preview": "",
	"breaking": "target set", "explain": "target set", "verify": "target set templates", "import": "target set templates",
	"init": "config set format max-size",
}

const common = "catalog config templates target set max-size quiet format color"

func helpWithout(help func(*cobra.Command, []string)) func(*cobra.Command, []string) {
	return func(cmd *cobra.Command, args []string) {
		names, listed := useless[cmd.Name()]
		if !listed {
			names = common
		}
		for name := range strings.FieldsSeq(names) {
			if flag := cmd.InheritedFlags().Lookup(name); flag != nil {
				flag.Hidden = true
			}
		}
		help(cmd, args)
	}
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

// needFiles refuses a command without arguments.
func needFiles(otherwise string) cobra.PositionalArgs {
	return func(_ *cobra.Command, files []string) error {
		if len(files) == 0 {
			return errors.New(otherwise)
		}
		return nil
	}
}

// complete offers the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values ...string) {
	completeWith(cmd, flag, cobra.ShellCompDirectiveNoFileComp, func() []string { return values })
}

// completeTargets offers errgen's own targets and the user's to the shell.
func (f *flags) completeTargets(cmd *cobra.Command) {
	completeWith(cmd, "target", cobra.ShellCompDirectiveNoFileComp, func() (offers []string) {
		if library, err := f.library(); err == nil {
			for _, t := range library.Targets() {
				offers = append(offers, cobra.CompletionWithDesc(t.Name, t.Description))
			}
		}
		return offers
	})
}

// completeSettings offers the options of all targets.
func (f *flags) completeSettings(cmd *cobra.Command) {
	const more = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	completeWith(cmd, "set", more, func() (offers []string) {
		if library, err := f.library(); err == nil {
			for _, t := range library.Targets() {
				for _, o := range t.Options() {
					offers = append(offers, cobra.CompletionWithDesc(t.Name+"."+o.Name+"=", o.Description))
				}
			}
		}
		return offers
	})
}

// completeWith offers what values returns when the shell asks.
func completeWith(cmd *cobra.Command, flag string, d cobra.ShellCompDirective, values func() []string) {
	offer := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return values(), d }
	if err := cmd.RegisterFlagCompletionFunc(flag, offer); err != nil {
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
	cmd.Flags().VisitAll(func(flag *pflag.Flag) { known = append(known, flag.Name) })
	if near := diag.Nearest(name, known); near != "" {
		return "; did you mean --" + near + "?"
	}
	return ""
}

// configuration reads errgen.yaml; flags win over what it says.
func (f *flags) configuration() (*project.Config, error) {
	find := project.Find
	if f.config != "" {
		find = func() (*project.Config, error) { return project.Load(f.config) }
	}
	config, err := find()
	if err != nil {
		return nil, err
	}
	if f.catalog == "" && config.Overlooked() {
		f.sayOnce(fmt.Sprintf("errgen: the catalog is %s, as %s says; the %s here is another one, which -c %[3]s takes",
			diag.Visible(config.Catalog), diag.Visible(config.Path), project.CatalogName))
	}
	config.Catalog = cmp.Or(f.catalog, config.Catalog)
	config.Templates = cmp.Or(f.templates, config.Templates)
	return config, nil
}

// setup reads errgen.yaml, and adds what flags say of targets.
func (f *flags) setup() (*project.Config, error) {
	config, err := f.configuration()
	if err != nil {
		return nil, err
	}
	config.MaxSize, config.Targets = f.maxSize, f.selections(config)
	config.Settings, err = parseSettings(f.settings)
	return config, err
}

// selections returns the targets that -t names, with the options that the configuration gives them; nil without -t.
func (f *flags) selections(config *project.Config) []generator.Selection {
	var selections []generator.Selection
	for _, t := range f.targets {
		name, folder, _ := strings.Cut(t, "=")
		s := config.Selection(name)
		s.Out = cmp.Or(folder, s.Out)
		selections = append(selections, s)
	}
	return selections
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

// sayOnce prints a line for people, unless it did so the time before: a command that stays reads everything anew.
func (f *flags) sayOnce(line string) {
	if line != f.said {
		f.said = line
		f.say("%s", line)
	}
}

// complain says what went wrong outside of the catalog.
func (f *flags) complain(err error) { complain(f.stderr, err) }

// colors decides by the flag, then NO_COLOR, then FORCE_COLOR, then whether w is a terminal. Empty variables count as
// absent (no-color.org).
func (f *flags) colors(w io.Writer) bool {
	switch {
	case f.color != "auto":
		return f.color == "always"
	case os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "":
		return true
	}
	if called, is := w.(calledWriter); is {
		w = called.Writer
	}
	file, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/templates"
)

func newInit(f *flags) *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write a catalog to start from, or copy a target",
		Long: `Writes a small errors.yaml whose comments explain the format, and an errgen.yaml for what it finds here: go.mod, package.json,
an OpenAPI file, docs. Then it says what to do next. It asks nothing and overwrites nothing; with an errgen.yaml whose catalog
is missing, it writes that catalog alone.

With --target it copies a built-in target instead, to start a target of your own from. Rename the copy, or leave its name to
replace the built-in target.`,
		Example: `  errgen init
  errgen init --catalog api/errors.yaml
  errgen init --target go --templates templates`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cmd.Flags().Changed("target") {
				if err := refuseFlags(cmd, "catalog", "config", "set", "format", "max-size"); err != nil {
					return err
				}
				return f.copyTarget(name)
			}
			if err := refuseFlags(cmd, "config", "set", "templates", "format", "max-size"); err != nil {
				return err
			}
			return f.start()
		},
	}
	cmd.Flags().StringVarP(&name, "target", "t", "", "copy this built-in target into the folder of --templates, by default templates")
	return cmd
}

// refuseFlags fails if one of the flags is given: it would be without effect.
func refuseFlags(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if cmd.Flags().Changed(name) {
			return fmt.Errorf("--%s has no effect here; leave it out, and see `errgen init --help`", name)
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
		return fmt.Errorf("name the built-in target to copy with --target; there are %s", strings.Join(library.Names(), ", "))
	}
	copied := library.Find(name)
	if copied == nil {
		return fmt.Errorf("there is no built-in target %s; %s", diag.Quote(name), diag.DidYouMean(name, library.Names()))
	}
	folder := filepath.Join(first(f.templates, "templates"), name)
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is there already; move it, or choose another folder with --templates DIR", diag.Visible(folder))
	}
	source, err := fs.Sub(templates.FS, name)
	if err != nil {
		return err
	}
	if err := os.CopyFS(folder, source); err != nil {
		return fmt.Errorf("cannot copy the target: %w", err)
	}
	if copied.Out == "" {
		name += "=DIR"
	}
	f.say("errgen: copied the target %s to %s; run `errgen generate --templates %s -t %s`", copied.Name, diag.Visible(folder), diag.Visible(filepath.Dir(folder)), name)
	return nil
}

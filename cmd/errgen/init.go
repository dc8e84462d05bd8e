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
		Short: "Copy a built-in target to start your own",
		Long: `Copies the folder of a built-in target, to start a target of your own from. Rename the copy, or leave its name to replace the built-in target.
No existing file is overwritten.`,
		Example: "  errgen init --target go\n  errgen generate --templates templates",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return f.copyTarget(name)
		},
	}
	cmd.Flags().StringVar(&name, "target", "", "the built-in target to copy")
	return cmd
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
	if library.Find(name) == nil {
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
	f.say("errgen: copied the target %s to %s; run `errgen generate --templates %s -t %s`", name, diag.Visible(folder), diag.Visible(filepath.Dir(folder)), name)
	return nil
}

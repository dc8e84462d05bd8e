package main

import (
	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/schema"
)

func newSchema(f *flags) *cobra.Command {
	var config bool
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of errors.yaml",
		Long:  "Prints the JSON Schema (2020-12) of errors.yaml, for editors that do not find it by the modeline.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text := schema.Errors
			if config {
				text = schema.Config
			}
			_, err := f.stdout.Write(text)
			return err
		},
	}
	cmd.Flags().BoolVar(&config, "config", false, "print that of errgen.yaml instead")
	return cmd
}

package main

import (
	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/schema"
)

func newSchema(f *flags) *cobra.Command {
	var config, output bool
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of errors.yaml",
		Long: `Prints the JSON Schema (2020-12) of errors.yaml, for editors that do not find it by the modeline. With --json it is
that of errors.json, for those who read what the target json writes.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			text := schema.Errors
			switch {
			case config:
				text = schema.Config
			case output:
				text = schema.Output
			}
			_, err := f.stdout.Write(text)
			return err
		},
	}
	cmd.Flags().BoolVar(&config, "config", false, "print that of errgen.yaml instead")
	cmd.Flags().BoolVar(&output, "json", false, "print that of errors.json instead, which the target json writes")
	cmd.MarkFlagsMutuallyExclusive("config", "json")
	return cmd
}

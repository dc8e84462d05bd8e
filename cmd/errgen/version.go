package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newVersion(f *flags) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(f.stdout, "errgen", version())
			return err
		},
	}
}

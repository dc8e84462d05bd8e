package main

import (
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// Terminals break a line where they end, and show tabs at a width of their own.
func TestHelpIsBrokenIntoLines(t *testing.T) {
	for _, cmd := range newRoot(io.Discard, io.Discard).Commands() {
		for line := range strings.Lines(cmd.Long + "\n" + cmd.Example + "\n") {
			if utf8.RuneCountInString(line) > 121 || strings.Contains(line, "\t") {
				t.Errorf("%s: %q", cmd.Name(), line)
			}
		}
	}
}

package git

import (
	"errors"
	"testing"
)

// What git says on several lines is said in one, with the way out.
func TestComplaintsHaveAWayOut(t *testing.T) {
	for complaint, want := range map[string]string{
		"fatal: detected dubious ownership in repository at '/a b/c'\nTo add an exception for this directory, call:\n": "the " +
			"repository belongs to somebody else, and git does not trust it; if you do: " +
			"git config --global --add safe.directory \"/a b/c\"",
		"fatal: not a git repository (or any of the parent directories): .git\n": "this is not in a git repository; " +
			"name a file to compare with",
		"fatal: odd\x1b\nmore\n": "git failed: odd<U+001B>",
		"":                       "git failed: exit status 1",
	} {
		if got := explain(errors.New("exit status 1"), complaint).Error(); got != want {
			t.Errorf("%q: %q, expected %q", complaint, got, want)
		}
	}
}

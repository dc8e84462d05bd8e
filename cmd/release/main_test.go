package main

import (
	"os"
	"strings"
	"testing"
)

// What a registry shows of the README leads to the repository: nothing of it lies beside the page there.
func TestLinksLeadToTheRepository(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(absolute(readme, "1.2.3"))
	for _, want := range []string{
		"](" + home + "/raw/v1.2.3/golden/html/page.png)](" + home + "/blob/v1.2.3/out/html/errors.html)",
		"[`go`](" + home + "/blob/v1.2.3/templates/go/README.md)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not there", want)
		}
	}
	for _, part := range strings.Split(text, "](")[1:] {
		if !strings.HasPrefix(part, "https://") && !strings.HasPrefix(part, "#") {
			t.Errorf("a link leads nowhere: %.60s", part)
		}
	}
}

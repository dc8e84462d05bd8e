package lint

import (
	"fmt"
	"strings"
	"testing"
)

func TestAllowances(t *testing.T) {
	var got strings.Builder
	for _, f := range run(t, read(t, "testdata/allow/errors.yaml"), map[string]Level{"long-text": Off}) {
		fmt.Fprintf(&got, "%s:%d:%d-%d: %s[%s]: %s (%s) %s\n", f.Place.File, f.Place.Start.Line, f.Place.Start.Column, f.Place.End.Column, f.Severity, f.Rule, f.Message, f.Hint, f.Pointer)
	}
	golden(t, "allow/want.txt", got.String())
}

func TestAllowancesHaveLevelsToo(t *testing.T) {
	text := read(t, "testdata/allow/errors.yaml")
	for _, f := range run(t, text, map[string]Level{"unused-allowance": Off, "invalid-allowance": Off}) {
		if strings.Contains(f.Rule, "allowance") {
			t.Errorf("%s is off, but says %s", f.Rule, f.Message)
		}
	}
}

func TestAllowanceInALineThatIsTooLongToShow(t *testing.T) {
	text := strings.Replace(whole(missingRetryAfter.Bad), "RATE_LIMITED:", "RATE_LIMITED: # errgen:allow "+strings.Repeat("x", 300), 1)
	for _, f := range run(t, text, nil) {
		if f.Rule == "invalid-allowance" && (f.Place.SourceColumn != f.Place.Start.Column || !strings.HasPrefix(f.Place.Source, "# errgen")) {
			t.Errorf("shows %+v", f.Place)
		}
	}
}

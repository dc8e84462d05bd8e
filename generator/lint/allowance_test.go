package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/diag"
)

func TestAllowances(t *testing.T) {
	var got strings.Builder
	for _, f := range run(t, read(t, "testdata/allow/errors.yaml"), map[string]diag.Severity{"long-text": diag.Off}) {
		p := f.Place
		fmt.Fprintf(&got, "%s:%d:%d-%d: ", p.File, p.Start.Line, p.Start.Column, p.End.Column)
		fmt.Fprintf(&got, "%s[%s]: %s (%s) %s\n", f.Severity, f.Rule, f.Message, f.Hint, f.Pointer)
	}
	golden(t, "allow/want.txt", got.String())
}

func TestAllowancesHaveLevelsToo(t *testing.T) {
	text := read(t, "testdata/allow/errors.yaml")
	for _, f := range run(t, text, map[string]diag.Severity{"unused-allowance": diag.Off, "invalid-allowance": diag.Off}) {
		if strings.Contains(f.Rule, "allowance") {
			t.Errorf("%s is off, but says %s", f.Rule, f.Message)
		}
	}
}

func TestAllowanceInALineThatIsTooLongToShow(t *testing.T) {
	long := "RATE_LIMITED: # errgen:allow " + strings.Repeat("x", 300)
	text := strings.Replace(whole(missingRetryAfter.Bad), "RATE_LIMITED:", long, 1)
	for _, f := range run(t, text, nil) {
		if f.Rule != "invalid-allowance" {
			continue
		}
		shown := f.Place.Source[f.Place.Start.Column-f.Place.SourceColumn:]
		if !strings.HasPrefix(shown, "# errgen:allow xxx") || len(f.Place.Source) > 200 {
			t.Errorf("shows %+v", f.Place)
		}
	}
}

package breaking

import "github.com/sigsentry/errgen/generator/diag"

// Acceptance says that changes of one rule at one place are meant.
type Acceptance struct {
	Rule   string
	At     string // JSON pointer, as Change.At
	Reason string
	Place  diag.Place // of the acceptance itself
}

// Stale returns a warning that the acceptance matches no change.
func (a Acceptance) Stale() diag.Diagnostic {
	return diag.Diagnostic{
		Rule: "stale-acceptance", Severity: diag.Warning, Place: a.Place,
		Message: "no change breaks " + a.Rule + " at " + diag.Quote(a.At), Hint: "remove the acceptance",
	}
}

// Accept splits changes into those that stand and those that are accepted, which get the reason, and returns the
// acceptances that match nothing.
func Accept(changes []Change, acceptances []Acceptance) (standing, accepted []Change, stale []Acceptance) {
	type key struct{ rule, at string }
	reasons := map[key]string{}
	for _, a := range acceptances {
		reasons[key{a.Rule, a.At}] = a.Reason
	}
	used := map[key]bool{}
	for _, change := range changes {
		k := key{change.Rule, change.Pointer}
		if reason, found := reasons[k]; found {
			used[k] = true
			change.Accepted = reason
			accepted = append(accepted, change)
		} else {
			standing = append(standing, change)
		}
	}
	for _, a := range acceptances {
		if !used[key{a.Rule, a.At}] {
			stale = append(stale, a)
		}
	}
	return standing, accepted, stale
}

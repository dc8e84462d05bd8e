package breaking

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/diag"
)

// twoChanges returns a wire and a docs change of one code.
func twoChanges(t *testing.T) []Change {
	t.Helper()
	changes := compare(t,
		load(t, "old.yaml", complete("errors:\n  NOT_FOUND:\n    status: 404\n")),
		load(t, "new.yaml", complete("errors:\n  NOT_FOUND:\n    status: 410\n    recovery: Give up\n")),
	)
	if len(changes) != 2 {
		t.Fatalf("found %d changes, expected 2", len(changes))
	}
	return changes
}

func TestAccept(t *testing.T) {
	match := Acceptance{Rule: "status-changed", At: "/errors/NOT_FOUND/status", Reason: "410 was meant from the start"}
	otherRule := Acceptance{Rule: "code-removed", At: match.At, Reason: "no such change"}
	otherPlace := Acceptance{Rule: match.Rule, At: "/errors/NOT_FOUND", Reason: "no such change"}
	standing, accepted, found := Accept(twoChanges(t), []Acceptance{otherRule, match, otherPlace})
	if len(accepted) != 1 || accepted[0].Rule != "status-changed" || accepted[0].Accepted != match.Reason {
		t.Errorf("accepted %v", accepted)
	}
	if len(standing) != 1 || standing[0].Rule != "recovery-reworded" || standing[0].Accepted != "" {
		t.Errorf("standing %v", standing)
	}
	assertFound(t, found,
		`loose-acceptance: status-changed at "/errors/NOT_FOUND/status" is accepted whatever the values are `+
			"(add was: 404, is: 410)",
		`stale-acceptance: no change breaks code-removed at "/errors/NOT_FOUND/status" (remove the acceptance)`,
		`stale-acceptance: no change breaks status-changed at "/errors/NOT_FOUND" (remove the acceptance)`)
}

// What is accepted is a change from one value to another, not whatever happens there.
func TestAcceptHoldsValues(t *testing.T) {
	meant := Acceptance{Rule: "status-changed", At: "/errors/NOT_FOUND/status", Was: "404", Is: "410", Reason: "meant"}
	standing, accepted, found := Accept(twoChanges(t), []Acceptance{meant})
	if len(standing) != 1 || len(accepted) != 1 || len(found) > 0 {
		t.Errorf("standing %v, accepted %v, found %v", standing, accepted, found)
	}
	meant.Is = "500"
	standing, accepted, found = Accept(twoChanges(t), []Acceptance{meant})
	if len(standing) != 2 || len(accepted) > 0 {
		t.Errorf("standing %v, accepted %v", standing, accepted)
	}
	assertFound(t, found, `stale-acceptance: status-changed at "/errors/NOT_FOUND/status" is accepted with `+
		"{was: 404, is: 500}, and is {was: 404, is: 410} (accept what it is now, or remove the acceptance)")
}

func assertFound(t *testing.T, found diag.List, want ...string) {
	t.Helper()
	var got []string
	for _, d := range found {
		got = append(got, d.Rule+": "+d.Message+" ("+d.Hint+")")
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nexpected\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A rule's own severity counts at every level.
func TestGate(t *testing.T) {
	changes := twoChanges(t)
	for want, gate := range map[string]Gate{
		"error off":     {Level: Wire},
		"error error":   {Level: Docs},
		"error warning": {Level: Source, Severities: map[string]diag.Severity{"recovery-reworded": diag.Warning}},
		"off error": {Level: Wire, Severities: map[string]diag.Severity{
			"status-changed": diag.Off, "recovery-reworded": diag.Error}},
	} {
		if got := gate.Severity(&changes[0]).String() + " " + gate.Severity(&changes[1]).String(); got != want {
			t.Errorf("%+v gives %s, expected %s", gate, got, want)
		}
	}
}

func TestDiagnostic(t *testing.T) {
	c := twoChanges(t)[0]
	if c.Rule != "status-changed" || c.Pointer != "/errors/NOT_FOUND/status" || c.Place.File != "new.yaml" ||
		c.Hint == "" {
		t.Errorf("%+v", c.Diagnostic)
	}
	if len(c.Related) != 1 || c.Related[0].Place.File != "old.yaml" {
		t.Errorf("related places %+v", c.Related)
	}
	if got := c.Fingerprint(); got != "status-changed /errors/NOT_FOUND/status" {
		t.Errorf("the fingerprint is %q", got)
	}
}

func TestFingerprintSurvivesMovedLines(t *testing.T) {
	before := load(t, "old.yaml", complete("errors:\n  NOT_FOUND:\n    status: 404\n"))
	moved := "# one\n# two\n" + complete("errors:\n  CONFLICT:\n  NOT_FOUND:\n    status: 410\n    recovery: Give up\n")
	after := load(t, "new.yaml", moved)
	if got, want := compare(t, before, after)[0].Fingerprint(), twoChanges(t)[0].Fingerprint(); got != want {
		t.Errorf("the fingerprint is %q, was %q", got, want)
	}
}

func TestParseLevel(t *testing.T) {
	for _, level := range []Level{Wire, Source, Docs} {
		if got, known := ParseLevel(level.String()); got != level || !known {
			t.Errorf("%s reads as %s, %v", level, got, known)
		}
	}
	if _, known := ParseLevel("Wire"); known {
		t.Error("Wire is no level")
	}
}

func TestSummary(t *testing.T) {
	summary := func(changes []Change) string {
		var b strings.Builder
		if err := Summary(&b, changes); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if got := summary(nil); got != "No changes.\n" || BumpOf(nil) != NoBump {
		t.Errorf("without changes: %q", got)
	}
	changes := twoChanges(t)
	changes[0].Accepted = "*meant*\n## so"
	if got := summary(changes); !strings.Contains(got, `Accepted: \*meant\* ## so`+"\n") {
		t.Errorf("the reason is not escaped:\n%s", got)
	}
	if got := summary(changes[1:]); !strings.HasPrefix(got, "Version bump: **patch**\n") {
		t.Errorf("only docs have changed:\n%s", got)
	}
	if err := Summary(brokenWriter{}, changes); err == nil {
		t.Error("a failed write is no error")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestBump(t *testing.T) {
	for rule, bump := range map[*rule]Bump{
		statusChanged: Major, codeRetired: Major, codeAdded: Minor, operationErrorAdded: Minor, operationErrorRemoved: Major, codeDeprecated: Minor, meaningReworded: Patch,
	} {
		if got := (Change{Level: rule.worst, rule: rule}).Bump(); got != bump {
			t.Errorf("%s calls for %s, expected %s", rule.Name, got, bump)
		}
	}
	if got := BumpOf([]Change{{rule: meaningReworded}, {rule: codeAdded}, {rule: sinceChanged}}); got != Minor {
		t.Errorf("the largest bump decides, got %s", got)
	}
}

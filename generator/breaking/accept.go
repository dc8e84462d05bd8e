package breaking

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// Gate says which changes pass.
type Gate struct {
	Level      Level           // fails, as what is worse does
	Severities diag.Severities // whatever the level, changes of these are that bad
}

// Severity says what becomes of a change: an error fails, and what is off is not reported.
func (g Gate) Severity(c *Change) diag.Severity {
	if c.Level >= g.Level {
		return g.Severities.Of(c.Rule, diag.Error)
	}
	return g.Severities.Of(c.Rule, diag.Off)
}

// Acceptance says that a change of a rule at one place is meant: from that value to this one.
type Acceptance struct {
	Rule    string
	At      string // JSON pointer, as Change.Pointer
	Was, Is string // as in Change; empty: whatever they are
	Reason  string
	Place   diag.Place // of the acceptance itself
}

// Acceptance returns the entry of errgen.yaml that accepts the change, but for the reason.
func (c *Change) Acceptance() string {
	keys := []string{"rule: " + c.Rule, "at: " + plainOrQuoted(c.Pointer)}
	return "{" + strings.Join(append(append(keys, values(c.Was, c.Is)...), "reason: …"), ", ") + "}"
}

// values returns the keys of an acceptance that hold the values.
func values(was, is string) (keys []string) {
	if was != "" {
		keys = append(keys, "was: "+plainOrQuoted(was))
	}
	if is != "" {
		keys = append(keys, "is: "+plainOrQuoted(is))
	}
	return keys
}

// plainOrQuoted returns text as YAML: in quotes, unless it is a pointer or a whole number as all parsers read it.
func plainOrQuoted(text string) string {
	if n, err := strconv.Atoi(text); err == nil && strconv.Itoa(n) == text {
		return text
	}
	isOdd := func(r rune) bool {
		isLetter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
		return !isLetter && !strings.ContainsRune("/_-.~$", r)
	}
	if strings.HasPrefix(text, "/") && !strings.ContainsFunc(text, isOdd) {
		return text
	}
	return strconv.Quote(text)
}

// fits reports whether the change is the one that is meant, of those of its rule and place.
func (a *Acceptance) fits(c *Change) bool {
	return (a.Was == "" || a.Was == c.Was) && (a.Is == "" || a.Is == c.Is)
}

// leavesOpen reports whether the next change of its rule and place would be accepted too.
func (a *Acceptance) leavesOpen(c *Change) bool {
	return a.Was == "" && c.Was != "" || a.Is == "" && c.Is != ""
}

// complain returns a warning about the acceptance.
func (a *Acceptance) complain(rule, message, hint string) diag.Diagnostic {
	return diag.Diagnostic{Rule: rule, Severity: diag.Warning, Place: a.Place, Message: message, Hint: hint}
}

// loose says that the acceptance leaves values open that the change has.
func (a *Acceptance) loose(c *Change) diag.Diagnostic {
	message := a.Rule + " at " + diag.Quote(a.At) + " is accepted whatever the values are"
	return a.complain("loose-acceptance", message, "add "+strings.Join(values(c.Was, c.Is), ", "))
}

// stale says that the acceptance matches nothing: neither what stands of its rule and place, nor what is accepted.
func (a *Acceptance) stale(instead *Change) diag.Diagnostic {
	if instead == nil {
		return a.complain("stale-acceptance", "no change breaks "+a.Rule+" at "+diag.Quote(a.At), "remove the acceptance")
	}
	meant, found := strings.Join(values(a.Was, a.Is), ", "), strings.Join(values(instead.Was, instead.Is), ", ")
	message := a.Rule + " at " + diag.Quote(a.At) + " is accepted with {" + meant + "}, and is {" + found + "}"
	return a.complain("stale-acceptance", message, "accept what it is now, or remove the acceptance")
}

// Accept splits changes into those that stand and those that are accepted, which get the reason. Found is what is wrong
// with acceptances: some match nothing, or would match the next change too.
func Accept(changes []Change, acceptances []Acceptance) (standing, accepted []Change, found diag.List) {
	type key struct{ rule, at string }
	by := map[key][]int{}
	for i, a := range acceptances {
		k := key{a.Rule, a.At}
		by[k] = append(by[k], i)
	}
	used := make([]bool, len(acceptances))
	instead := map[key]*Change{}
	for _, change := range changes {
		k := key{change.Rule, change.Pointer}
		fits := func(i int) bool { return acceptances[i].fits(&change) }
		at := slices.IndexFunc(by[k], fits)
		if at < 0 {
			standing = append(standing, change)
			instead[k] = &change
			continue
		}
		a := &acceptances[by[k][at]]
		used[by[k][at]], change.Accepted = true, a.Reason
		accepted = append(accepted, change)
		if a.leavesOpen(&change) {
			found.Add(a.loose(&change))
		}
	}
	for i, a := range acceptances {
		if !used[i] {
			found.Add(a.stale(instead[key{a.Rule, a.At}]))
		}
	}
	return standing, accepted, found
}

// Package lint holds errgen's opinions on a catalog that is valid: one rule in each file whose name has a hyphen.
package lint

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Level says how much a finding weighs. It is spelled as in errgen.yaml.
type Level string

// The levels of a rule.
const (
	Error   Level = "error"
	Warning Level = "warning"
	Off     Level = "off"
)

// Levels lists the levels, the strictest first.
func Levels() []string { return []string{string(Error), string(Warning), string(Off)} }

// Rule is one opinion, with its reason and its proof.
type Rule struct {
	Name    string // kebab-case; names what is wrong
	Doc     string // one paragraph: why it is wrong, in words that a terminal can show
	Bad     string // YAML that the rule, and no other, speaks of: entries of `errors`, or whole sections of a catalog
	Good    string // the same without a finding
	Default Level
	check   func(*pass) // nil: Run looks for it after the other rules
}

// rules is the one list, in the order people read it: prose, retries, life of a code, details, patterns, errgen itself.
var rules = []*Rule{
	&missingRecovery, &trailingFullStop, &repeatedCode, &longText, &brokenLink,
	&missingRetryAfter, &retryWithoutDelay,
	&nearDuplicateCode, &missingReplacement, &deprecatedReplacement, &emptyCategory,
	&missingDescription, &missingExample, &secretField,
	&patternDialect, &patternWhitespace,
	&unusedAllowance, &invalidAllowance,
}

// Rules returns all rules, those that belong together side by side.
func Rules() []Rule {
	all := make([]Rule, len(rules))
	for i, r := range rules {
		all[i] = *r
	}
	return all
}

// Names returns the names of all rules in alphabetical order.
func Names() []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	slices.Sort(names)
	return names
}

// Explain returns the rule of a name, and false if there is none.
func Explain(name string) (Rule, bool) {
	for _, r := range rules {
		if r.Name == name {
			return *r, true
		}
	}
	return Rule{}, false
}

// UnknownRuleError says that a level was given to a rule that does not exist.
type UnknownRuleError struct{ Name string }

// Error names the rule and, if there is one, the rule that was probably meant.
func (e *UnknownRuleError) Error() string {
	message := "there is no rule " + diag.Quote(e.Name)
	if near := diag.Nearest(e.Name, Names()); near != "" {
		message += ", did you mean " + diag.Quote(near) + "?"
	}
	return message
}

// Run applies the rules to a catalog. Levels replaces the default levels of the rules it names. The findings are sorted
// by place, allowed ones are left out, and where the repair is certain they hold the edits of the document's text that
// make it.
// The error is an *UnknownRuleError, or of a level that does not exist.
func Run(c *catalog.Catalog, levels map[string]Level) (diag.List, error) {
	for _, name := range slices.Sorted(maps.Keys(levels)) {
		if _, known := Explain(name); !known {
			return nil, &UnknownRuleError{name}
		}
		if !slices.Contains(Levels(), string(levels[name])) {
			return nil, fmt.Errorf("the rule %s has the level %s, expected error, warning or off",
				diag.Quote(name), diag.Quote(string(levels[name])))
		}
	}
	p := &pass{Catalog: c, levels: levels}
	for _, r := range rules {
		if p.levelOf(r) != Off && r.check != nil {
			p.rule = r
			r.check(p)
		}
	}
	p.applyAllowances()
	slices.SortStableFunc(p.found, func(a, b diag.Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Place.Start.Line, b.Place.Start.Line),
			cmp.Compare(a.Place.Start.Column, b.Place.Start.Column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return p.found, nil
}

// Edits returns the edits of all findings.
func Edits(found diag.List) []diag.Edit {
	var all []diag.Edit
	for _, f := range found {
		all = append(all, f.Edits...)
	}
	return all
}

// pass is one run of the rules over one catalog.
type pass struct {
	*catalog.Catalog
	levels map[string]Level
	rule   *Rule // that is being checked
	found  diag.List

	patternsOnce []*pattern // what patterns has found
}

func (p *pass) levelOf(r *Rule) Level {
	if level, set := p.levels[r.Name]; set {
		return level
	}
	return r.Default
}

// report adds a finding of the current rule about a node.
func (p *pass) report(at *document.Node, message, hint string, edits ...diag.Edit) *diag.Diagnostic {
	return p.add(p.rule, at.Report(p.rule.Name, message, hint), edits)
}

func (p *pass) add(r *Rule, d diag.Diagnostic, edits []diag.Edit) *diag.Diagnostic {
	d.Rule, d.Severity = r.Name, diag.Error
	if p.levelOf(r) == Warning {
		d.Severity = diag.Warning
	}
	d.Edits = edits
	p.found = append(p.found, d)
	return &p.found[len(p.found)-1]
}

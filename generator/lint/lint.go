// Package lint holds errgen's opinions on a catalog that is valid: one rule in each file whose name has a hyphen.
package lint

import (
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
)

// rule is one opinion: its examples are entries of `errors`, or whole sections of a catalog, of which the rule, and no
// other, speaks in the bad one.
type rule struct {
	diag.Rule
	severity diag.Severity // unless errgen.yaml says otherwise
	check    func(*pass)   // nil: Run looks for it after the other rules
}

// rules is the one list, in the order people read it: prose, retries, life of a code, details, patterns, operations,
// errgen itself.
var rules = []*rule{
	&missingRecovery, &trailingFullStop, &repeatedCode, &longText, &brokenLink,
	&missingRetryAfter, &retryWithoutDelay,
	&missingInternal, &missingSymbol, &nearDuplicateCode, &missingReplacement, &deprecatedReplacement, &emptyCategory,
	&missingRequired, &missingDescription, &missingExample, &secretField, &unusedType, &notInEnvelope,
	&patternDialect, &patternWhitespace,
	&unusedCode, &noInternalCode, &unusedGroup, &operationWithoutErrors, &unlistedStatus,
	&unusedAllowance, &invalidAllowance,
}

// Rules returns all rules, those that belong together side by side.
func Rules() []diag.Rule {
	all := make([]diag.Rule, len(rules))
	for i, r := range rules {
		all[i] = r.Rule
		all[i].Group, all[i].Level = "lint", r.severity.String()
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

// find returns the rule of a name, or nil.
func find(name string) *rule {
	for _, r := range rules {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Run applies the rules to a catalog, and to the OpenAPI documents that are held against it. Severities replaces the
// default ones of the rules it names. The findings are sorted, allowed ones are left out, and where the repair is
// certain they hold the edits that make it, of the text of the file that the finding is in.
func Run(c *catalog.Catalog, severities diag.Severities, apis ...*openapi.Held) diag.List {
	p := &pass{Catalog: c, severities: severities, apis: apis}
	for _, r := range rules {
		if p.severityOf(r) != diag.Off && r.check != nil {
			p.rule = r
			r.check(p)
		}
	}
	p.applyAllowances()
	p.found.Sort()
	return p.found
}

// Edits returns the edits of all findings in a file.
func Edits(found diag.List, file string) []diag.Edit {
	var all []diag.Edit
	for _, f := range found {
		if f.Place.File == file {
			all = append(all, f.Edits...)
		}
	}
	return all
}

// pass is one run of the rules over one catalog.
type pass struct {
	*catalog.Catalog
	apis       []*openapi.Held
	severities diag.Severities
	rule       *rule // that is being checked
	found      diag.List

	patternsOnce []*pattern // what patterns has found
}

func (p *pass) severityOf(r *rule) diag.Severity { return p.severities.Of(r.Name, r.severity) }

// report adds a finding of the current rule about a node.
func (p *pass) report(at *document.Node, message, hint string, edits ...diag.Edit) *diag.Diagnostic {
	return p.add(p.rule, at.Report(p.rule.Name, message, hint), edits)
}

func (p *pass) add(r *rule, d diag.Diagnostic, edits []diag.Edit) *diag.Diagnostic {
	d.Rule, d.Severity, d.Edits = r.Name, p.severityOf(r), edits
	p.found = append(p.found, d)
	return &p.found[len(p.found)-1]
}

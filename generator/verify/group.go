package verify

import (
	"fmt"
	"slices"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// A finding is reported once however often it comes, with the first places: nobody reads the others.
const mostPlaces = 3

// No more different findings than this are kept.
const mostGroups = 10_000

// key tells findings apart.
type key struct{ rule, code, where, subject string }

// group is one finding.
type group struct {
	rule          *rule
	message, hint string
	at            *document.Node // in the catalog, which says otherwise; nil: it says nothing of it
	whole         string         // the file that it is about as a whole; "": it is about responses
	places        []*capture.Response
	count         int // of responses
	last          int // number of the response that was counted last
}

// groups are the findings in the order in which they came up.
type groups struct {
	byKey   map[key]*group
	inOrder []*group
	isFull  bool
}

// get returns the group of a finding, which is this one if it is new; nil if there are too many.
func (g *groups) get(k key, one group) *group {
	if found := g.byKey[k]; found != nil {
		return found
	}
	if g.isFull = len(g.inOrder) >= mostGroups; g.isFull {
		return nil
	}
	if g.byKey == nil {
		g.byKey = map[key]*group{}
	}
	g.byKey[k], g.inOrder = &one, append(g.inOrder, &one)
	return &one
}

// report adds a finding of the current rule. Subject tells apart what the rule may say of one code at one place.
func (p *pass) report(subject string, at *document.Node, message, hint string) {
	one := group{rule: p.rule, message: message, hint: hint, at: at}
	g := p.groups.get(key{p.rule.Name, p.sent.Code, p.where, subject}, one)
	if g != nil && g.last != p.Responses {
		g.last = p.Responses
		g.add(p.Response)
	}
}

// reportFile adds a finding of the current rule about a file as a whole.
func (p *pass) reportFile(message, hint string) {
	one := group{rule: p.rule, message: message, hint: hint, whole: p.File}
	if g := p.groups.get(key{rule: p.rule.Name, where: p.File}, one); g != nil {
		g.count++
	}
}

// add keeps where a response is, and lets go of the rest.
func (g *group) add(r *capture.Response) {
	if g.count++; g.count <= mostPlaces {
		where := *r
		where.Headers, where.Body = nil, nil
		g.places = append(g.places, &where)
	}
}

// Findings returns what all responses have shown. What the catalog speaks of is reported there, so that a review shows
// it; the rest in the capture.
func (c *Check) Findings() diag.List {
	var found diag.List
	found.Add(c.nothingSeen()...)
	for _, g := range c.groups.inOrder {
		found.Add(g.diagnostic(c.severityOf(g.rule)))
	}
	if c.groups.isFull {
		found.Add(diag.Diagnostic{Rule: "too-many-mistakes", Message: "there are more findings than are kept",
			Place: diag.Place{File: c.files[0]}, Hint: "correct these first"})
	}
	found.Sort()
	return found
}

func (g *group) diagnostic(severity diag.Severity) diag.Diagnostic {
	d := diag.Diagnostic{Rule: g.rule.Name, Severity: severity, Message: g.message, Hint: g.hint}
	if g.count > 1 {
		d.Message += fmt.Sprintf(", in %d responses", g.count)
	}
	places := g.places
	switch {
	case g.whole != "":
		d.Place = diag.Place{File: g.whole}
	case g.at != nil:
		d.Place, d.Pointer = g.at.Place(), g.at.Pointer()
	default:
		d.Place, places = places[0].Place(), places[1:]
	}
	for i, r := range slices.All(places) {
		words := "this response"
		if i > 0 || g.at == nil {
			words = "and this one"
		}
		d.Related = append(d.Related, diag.Related{Place: r.Place(), Message: words})
	}
	return d
}

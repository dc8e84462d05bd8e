package catalog

import (
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// proseCodes warns of code spans that are nearly a code: they were meant to be one and will not become links.
func (l *loader) proseCodes() {
	for i, e := range l.catalog.Errors {
		l.spans(e.Meaning, l.nodes[i].Get("meaning"))
		l.spans(e.Recovery, l.nodes[i].Get("recovery"))
		if e.Deprecated != nil {
			l.spans(e.Deprecated.Reason, l.nodes[i].Get("deprecated").Get("reason"))
		}
	}
	l.spans(l.catalog.Intro, l.root.Get("info").Get("intro"))
	for i, c := range l.catalog.Categories {
		l.spans(c.Description, l.root.Get("categories").Item(i).Get("description"))
	}
	for i, s := range l.catalog.Sections {
		l.spans(s.Body, l.root.Get("sections").Item(i).Get("body"))
	}
	for i, r := range l.catalog.Retired {
		l.spans(r.Reason, l.root.Get("retired").Item(i).Get("reason"))
	}
}

func (l *loader) spans(text prose.Text, n *document.Node) {
	for _, span := range text.CodeSpans() {
		if l.codes[span] != nil || l.retired[span] != nil || len(span) < 4 || !l.catalog.Style.Valid(span) {
			continue
		}
		if near := l.nearCode(span); near != "" {
			d := l.doc.Report(n, "near-code", "`"+diag.Visible(span)+"` is no code of this catalog", didYouMean(near))
			d.Severity = diag.Warning
			d.Place = l.doc.PlaceOfPart(n, span)
			l.found.Add(d)
		}
	}
}

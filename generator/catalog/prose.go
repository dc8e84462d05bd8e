package catalog

import (
	"path"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// proseCodes looks through the prose: for texts that hold none, and for code spans that are nearly a code, which were
// meant to be one and will not become links.
func (l *loader) proseCodes() {
	for _, e := range l.catalog.Errors {
		l.inline(e.Meaning, e.Node.Get("meaning"))
		l.inline(e.Recovery, e.Node.Get("recovery"))
		l.inline(e.Title, e.Node.Get("title"))
		l.spans(e.Description, e.Node.Get("description"))
		if e.Deprecated != nil {
			l.inline(e.Deprecated.Reason, e.Deprecated.Node.Get("reason"))
		}
	}
	info := l.root.Get("info")
	l.inline(l.catalog.Title, info.Get("title"))
	l.inline(l.catalog.Summary, info.Get("summary"))
	l.spans(l.catalog.Intro, info.Get("intro"))
	for _, c := range l.catalog.Categories {
		l.inline(c.Title, c.Node.Get("title"))
		l.spans(c.Description, c.Node.Get("description"))
	}
	for _, s := range l.catalog.Sections {
		l.inline(s.Title, s.Node.Get("title"))
		l.spans(s.Body, s.Node.Get("body"))
	}
	for _, r := range l.catalog.Retired {
		l.inline(r.Reason, r.Node.Get("reason"))
	}
}

// inline looks through a text of one line. What has blocks is shown as one line all the same, which is said.
func (l *loader) inline(text prose.Text, n *document.Node) {
	l.spans(text, n)
	if n == nil || n.Refused() || !prose.HasBlocks(text.Source()) {
		return
	}
	d := n.Report("block-markdown", "", "write it in one paragraph; Markdown of any length goes into `description`")
	d.Message = "the " + path.Base(d.Pointer) + " has several blocks of Markdown, and is shown as one line"
	d.Severity = diag.Warning
	l.found.Add(d)
}

func (l *loader) spans(text prose.Text, n *document.Node) {
	l.hollow(text, n)
	if l.catalog.Style == "digits" { // most numbers are no codes
		return
	}
	for _, span := range text.CodeSpans() {
		if l.catalog.ByCode[span] != nil || l.catalog.RetiredByCode[span] != nil ||
			len(span) < 4 || !l.catalog.Style.Valid(span) {
			continue
		}
		if near := l.nearCode(span); near != "" {
			d := n.Report("near-code", "`"+diag.Visible(span)+"` is no code of this catalog", didYouMean(near))
			d.Severity = diag.Warning
			d.Place = n.PlaceOfPart(span)
			l.found.Add(d)
		}
	}
}

// hollow reports a text that is written and shows nothing: "#", a code block without a line.
func (l *loader) hollow(text prose.Text, n *document.Node) {
	if n == nil || n.Kind != document.String || n.Text == "" || n.Refused() || !text.IsEmpty() || l.found.Full() {
		return
	}
	d := n.Report("missing-value", "", "say what belongs there")
	name := path.Base(d.Pointer)
	d.Message = "the " + name + " holds no text"
	if name == "meaning" {
		d.Hint = "say what happened"
	}
	l.found.Add(d)
}

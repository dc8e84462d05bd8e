package catalog

import (
	"path"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// EachText calls inline for each text of one line with its node, which is nil where there is none, and blocks for each
// that may have blocks. Those of examples and of schemas are not among them.
func (c *Catalog) EachText(inline, blocks func(text prose.Text, n *document.Node)) {
	info := c.Document.Root.Get("info")
	inline(c.Title, info.Get("title"))
	inline(c.Summary, info.Get("summary"))
	blocks(c.Intro, info.Get("intro"))
	for _, category := range c.Categories {
		inline(category.Title, category.Node.Get("title"))
		blocks(category.Description, category.Node.Get("description"))
	}
	for _, e := range c.Errors {
		inline(e.Meaning, e.Node.Get("meaning"))
		inline(e.Recovery, e.Node.Get("recovery"))
		inline(e.Title, e.Node.Get("title"))
		blocks(e.Description, e.Node.Get("description"))
		if e.Deprecated != nil {
			inline(e.Deprecated.Reason, e.Deprecated.Node.Get("reason"))
		}
	}
	for _, r := range c.Retired {
		inline(r.Reason, r.Node.Get("reason"))
	}
	for _, s := range c.Sections {
		inline(s.Title, s.Node.Get("title"))
		blocks(s.Body, s.Node.Get("body"))
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

// spans reports code spans that are nearly a code, which were meant to be one and will not become links.
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

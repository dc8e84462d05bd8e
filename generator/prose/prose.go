// Package prose reads the catalog's Markdown once and prints it for each medium.
//
// What it prints keeps one law: parsed again, it is the same text with the same structure. The Markdown is safe as
// GitHub Flavored Markdown and as MDX 3.
package prose

import (
	"slices"
	"strings"
)

// Text is parsed Markdown. It never changes; the zero value is empty.
type Text struct {
	source string
	nodes  []node // nil: the source without the white space around it is the text
}

// Inline reads one run of inline Markdown: code spans, emphasis, links and autolinks. Newlines are spaces, and block
// markers such as "# " or "- " are text.
func Inline(source string) Text {
	text := trim(source)
	marks, ok := simple(text)
	switch {
	case ok && marks == 0:
		return Text{source: source}
	case ok:
		return Text{source, splitCode(text, marks)}
	}
	return Text{source, parseInline(text)}
}

// Blocks reads Markdown with blocks: paragraphs, headings, lists, code blocks, quotes, thematic breaks and GFM tables.
// Raw HTML is text. Quotes and lists deeper than 32 levels, and tables wider than 100 columns, are text too.
func Blocks(source string) Text {
	if trim(source) == "" {
		return Text{source: source}
	}
	return Text{source, parseBlocks(source)}
}

// IsEmpty reports whether there is nothing to read: a heading, a list or a code block without a text is nothing.
func (t Text) IsEmpty() bool {
	if t.nodes == nil {
		return trim(t.source) == ""
	}
	return blank(t.nodes)
}

// Source returns the text as written in the catalog.
func (t Text) Source() string { return t.source }

// CodeSpans returns the contents of the code spans, in order.
func (t Text) CodeSpans() []string { return collect(nil, t.nodes, code) }

// Links returns the destinations of the links and images, in order.
func (t Text) Links() []string { return collect(nil, t.nodes, link, image) }

// Under returns the text with its links and images that begin at the root of a site, /versioning, led to that site:
// what holds the text is read somewhere else. Site is a scheme and a host; where it is empty nothing changes.
func (t Text) Under(site string) Text {
	if site == "" || !slices.ContainsFunc(t.Links(), atRoot) {
		return t
	}
	return Text{t.source, under(t.nodes, site)}
}

func atRoot(address string) bool {
	return strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//")
}

func under(nodes []node, site string) []node {
	nodes = slices.Clone(nodes)
	for i, n := range nodes {
		if (n.kind == link || n.kind == image) && atRoot(n.text) {
			nodes[i].text = site + n.text
		}
		nodes[i].children = under(n.children, site)
	}
	return nodes
}

func collect(found []string, nodes []node, kinds ...kind) []string {
	for _, n := range nodes {
		if slices.Contains(kinds, n.kind) {
			found = append(found, n.text)
		}
		found = collect(found, n.children, kinds...)
	}
	return found
}

// HasBlocks reports whether a text has blocks that Inline makes one line of: a list, a heading, a second paragraph.
// Text on one line has none.
func HasBlocks(source string) bool {
	if !strings.Contains(trim(source), "\n") {
		return false
	}
	nodes := parseBlocks(source)
	return len(nodes) > 1 || len(nodes) == 1 && nodes[0].kind != paragraph
}

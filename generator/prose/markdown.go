package prose

import (
	"strings"
)

// Markdown prints the text as Markdown that GFM and MDX 3 read alike, without a newline at the end.
//
// link returns the address for a code span that is the name of an error code, "" for others; it may be nil.
func (t Text) Markdown(link func(code string) string) string { return t.print(printer{link: link}) }

// Cell prints the text as the content of one GFM table cell, on one line, with <br/> between blocks.
//
// link is as for [Text.Markdown].
func (t Text) Cell(link func(code string) string) string {
	return t.print(printer{link: link, cell: true})
}

// Page and PageCell print what Markdown and Cell print, for pages that VitePress reads too: to it {{ begins an
// expression, however its characters are escaped. An element that shows nothing stands in between.
func (t Text) Page(link func(code string) string) string {
	return t.print(printer{link: link, page: true})
}
func (t Text) PageCell(link func(code string) string) string {
	return t.print(printer{link: link, cell: true, page: true})
}

func (t Text) print(p printer) string {
	if t.nodes == nil {
		e := escaper{s: trim(t.source), starts: true, blockStart: !p.cell, ends: true, cell: p.cell, page: p.page}
		return e.string()
	}
	p.Grow(len(t.source) + 32)
	p.content(t.nodes)
	return p.String()
}

// printer prints blocks as Markdown, or as lines of one cell.
type printer struct {
	strings.Builder
	link   func(code string) string
	cell   bool
	page   bool
	indent string // begins each line but the first
}

// place is where inline nodes stand.
type place struct {
	block     kind // paragraph, heading or tableCell
	link      bool // within a link
	delimited bool // right between the delimiters of emphasis
	starts    bool // nothing stands before them on the line
	ends      bool // nothing follows them
}

// content prints inline nodes or blocks.
func (p *printer) content(nodes []node) {
	switch {
	case len(nodes) > 0 && nodes[0].kind < paragraph:
		at := place{block: paragraph, starts: true, ends: true}
		if p.cell {
			at.block = tableCell
		}
		p.inlines(nodes, at)
	case p.cell:
		p.cellBlocks(nodes)
	default:
		p.blocks(nodes, "\n\n")
	}
}

func (p *printer) newline() {
	p.WriteByte('\n')
	p.WriteString(p.indent)
}

// separate ends a line and, for "\n\n", prints a blank one.
func (p *printer) separate(by string) {
	if len(by) == 2 {
		p.WriteByte('\n')
		p.WriteString(strings.TrimRight(p.indent, " "))
	}
	p.newline()
}

func (p *printer) blocks(nodes []node, separator string) {
	flip := false
	for i, n := range nodes {
		if i > 0 {
			p.separate(separator)
		}
		// Two lists that follow each other would be one with the same marks.
		flip = i > 0 && !flip && n.kind == list && nodes[i-1].kind == list && nodes[i-1].ordered == n.ordered
		p.block(n, flip)
	}
}

func (p *printer) block(n node, flip bool) {
	switch n.kind {
	case paragraph:
		p.inlines(n.children, place{block: paragraph, starts: true, ends: true})
	case heading:
		p.WriteString(strings.Repeat("#", n.number))
		if len(n.children) > 0 {
			p.WriteByte(' ')
		}
		p.inlines(n.children, place{block: heading, starts: true, ends: true})
	case rule:
		p.WriteString("___") // dashes and asterisks would be list items, or front matter, in some places
	case fence:
		p.fence(n)
	case quote:
		p.container(n, "> ", "> ", "\n\n")
	case list:
		p.list(n, flip)
	case table:
		p.table(n)
	}
}

// container prints blocks after a marker; their other lines begin with indent.
func (p *printer) container(n node, marker, indent, separator string) {
	if len(n.children) == 0 {
		marker = strings.TrimRight(marker, " ")
	}
	p.WriteString(marker)
	outer := p.indent
	p.indent += indent
	p.blocks(n.children, separator)
	p.indent = outer
}

func (p *printer) list(n node, flip bool) {
	bullet, after := byte('-'), byte('.')
	if flip {
		bullet, after = '*', ')'
	}
	for i, item := range n.children {
		if i > 0 {
			p.separate(n.separator())
		}
		marker := n.marker(i, bullet, after) + " "
		p.container(item, marker, strings.Repeat(" ", len(marker)), n.separator())
	}
}

// infoEscapes keeps the language of a fence from ending the fence or being read as references.
var infoEscapes = strings.NewReplacer("`", "&#96;", "&", "&amp;", `\`, `\\`)

func (p *printer) fence(n node) {
	ticks := strings.Repeat("`", max(3, longestRun(n.text)+1))
	p.WriteString(ticks)
	p.WriteString(infoEscapes.Replace(n.info))
	for line := range strings.Lines(n.text) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" {
			p.WriteByte('\n')
			p.WriteString(strings.TrimRight(p.indent, " "))
			continue
		}
		p.newline()
		p.WriteString(line)
	}
	p.newline()
	p.WriteString(ticks)
}

var delimiterCells = map[byte]string{'-': " --- |", 'l': " :-- |", 'r': " --: |", 'c': " :-: |"}

func (p *printer) table(n node) {
	cell := p.cell
	p.cell = true
	for i, r := range n.children {
		if i > 0 {
			p.newline()
		}
		p.WriteByte('|')
		for _, c := range r.children {
			p.WriteByte(' ')
			p.inlines(c.children, place{block: tableCell, starts: true, ends: true})
			p.WriteString(" |")
		}
		if i == 0 {
			p.newline()
			p.WriteByte('|')
			for k := range len(n.info) {
				p.WriteString(delimiterCells[n.info[k]])
			}
		}
	}
	p.cell = cell
}

// cellBlocks prints blocks as the lines they have as plain text, with their inline markup.
func (p *printer) cellBlocks(nodes []node) {
	for i, n := range seen(nodes) {
		if i > 0 {
			p.WriteString("<br/>")
		}
		p.cellBlock(n)
	}
}

func (p *printer) cellBlock(n node) {
	switch n.kind {
	case paragraph, heading:
		p.inlines(n.children, place{block: tableCell, starts: true, ends: true})
	case rule:
		p.WriteString("---")
	case fence:
		for i, line := range strings.Split(strings.TrimRight(n.text, "\n"), "\n") {
			if i > 0 {
				p.WriteString("<br/>")
			}
			if line != "" {
				p.code(line)
			}
		}
	case list:
		for i, item := range n.children {
			if i > 0 {
				p.WriteString("<br/>")
			}
			p.WriteString(n.marker(i, '-', '.'))
			if len(item.children) > 0 {
				p.WriteByte(' ')
				p.cellBlocks(item.children)
			}
		}
	case row:
		for i, c := range n.children {
			if i > 0 {
				p.WriteString(` \| `)
			}
			p.inlines(c.children, place{block: tableCell, starts: true, ends: true})
		}
	default:
		p.cellBlocks(n.children)
	}
}

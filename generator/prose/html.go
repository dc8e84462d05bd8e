package prose

import (
	"html"
	"strconv"
	"strings"
)

// HTML prints the text as HTML: inline elements for inline text, else blocks, whose highest heading is of the given
// level. What may be wider than the page, code and tables, can be scrolled by keyboard.
//
// link is as for [Text.Markdown].
func (t Text) HTML(link func(code string) string, level int) string {
	if t.nodes == nil {
		return html.EscapeString(trim(t.source))
	}
	p := htmlPrinter{link: link, shift: level - highest(t.nodes)}
	p.nodes(t.nodes)
	return p.String()
}

// highest returns the level of the highest heading, the lowest level if there is none.
func highest(nodes []node) int {
	level := lowestHeading
	for _, n := range nodes {
		if n.kind == heading {
			level = min(level, n.number)
		}
		level = min(level, highest(n.children))
	}
	return level
}

const lowestHeading = 6

type htmlPrinter struct {
	strings.Builder
	link   func(code string) string
	inLink bool
	shift  int // of headings
}

func (p *htmlPrinter) nodes(nodes []node) {
	for i, n := range seen(nodes) {
		if i > 0 && n.kind >= paragraph {
			p.WriteByte('\n')
		}
		p.node(n)
	}
}

func (p *htmlPrinter) node(n node) {
	switch n.kind {
	case text:
		p.WriteString(html.EscapeString(n.text))
	case code:
		p.codeSpan(n)
	case emphasis:
		p.element("em", n.children)
	case strong:
		p.element("strong", n.children)
	case link, image: // the page asks for nothing from outside: it leads to images
		p.anchor(n, n.label())
	case hardBreak:
		p.WriteString("<br>\n")
	case paragraph:
		p.element("p", n.children)
	case heading:
		p.element("h"+strconv.Itoa(min(n.number+p.shift, lowestHeading)), n.children)
	case fence:
		p.WriteString(`<pre tabindex="0"><code>` + html.EscapeString(strings.TrimSuffix(n.text, "\n")) + "</code></pre>")
	case quote:
		p.element("blockquote", n.children)
	case list:
		p.list(n)
	case rule:
		p.WriteString("<hr>")
	case table:
		p.table(n)
	}
}

func (p *htmlPrinter) element(name string, children []node) {
	p.WriteString("<" + name + ">")
	p.nodes(children)
	p.WriteString("</" + name + ">")
}

// anchor prints a link, or its label alone where there can be none: links do not stand in each other.
func (p *htmlPrinter) anchor(to node, label []node) {
	if p.inLink || to.text == "" {
		p.nodes(label)
		return
	}
	p.WriteString(`<a href="` + html.EscapeString(to.text) + `"`)
	if to.info != "" {
		p.WriteString(` title="` + html.EscapeString(to.info) + `"`)
	}
	p.WriteByte('>')
	p.inLink = true
	p.nodes(label)
	p.inLink = false
	p.WriteString("</a>")
}

func (p *htmlPrinter) codeSpan(n node) {
	if p.link != nil && !p.inLink {
		if to := address(p.link(n.text)); to != "" {
			p.anchor(node{text: to}, []node{n})
			return
		}
	}
	p.WriteString("<code>" + html.EscapeString(n.text) + "</code>")
}

func (p *htmlPrinter) list(n node) {
	open, end := "<ul>", "</ul>"
	if n.ordered {
		open, end = "<ol>", "</ol>"
		if n.number != 1 {
			open = `<ol start="` + strconv.Itoa(n.number) + `">`
		}
	}
	p.WriteString(open)
	for _, item := range n.children {
		p.WriteString("\n<li>")
		p.item(item, n.tight)
		p.WriteString("</li>")
	}
	p.WriteString("\n" + end)
}

// item prints the blocks of a list's item; the paragraphs of a tight one stand without their element.
func (p *htmlPrinter) item(n node, tight bool) {
	for i, block := range seen(n.children) {
		if i > 0 {
			p.WriteByte('\n')
		}
		if tight && block.kind == paragraph {
			p.nodes(block.children)
		} else {
			p.node(block)
		}
	}
}

var alignments = map[byte]string{'l': ` class="left"`, 'r': ` class="right"`, 'c': ` class="center"`}

func (p *htmlPrinter) table(n node) {
	p.WriteString(`<div class="wide" tabindex="0"><table>`)
	for i, r := range n.children {
		cell := "td"
		if i == 0 {
			cell = "th"
		}
		p.WriteString("\n<tr>")
		for k, c := range r.children {
			p.WriteString("<" + cell + alignments[n.info[k]] + ">")
			p.nodes(c.children)
			p.WriteString("</" + cell + ">")
		}
		p.WriteString("</tr>")
	}
	p.WriteString("\n</table></div>")
}

package prose

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// converter turns goldmark's tree into ours: what cannot be printed again, or must not be, is gone.
type converter struct {
	source []byte
}

// scope is what surrounds an inline node.
type scope struct {
	emphasis, strong, link bool
	line                   bool // line breaks are spaces here
	cell                   bool
}

// run collects inline nodes; text waits until something else comes.
type run struct {
	nodes []node
	text  strings.Builder
}

func (r *run) flush() {
	if r.text.Len() > 0 {
		r.nodes = appendInline(r.nodes, node{kind: text, text: r.text.String()})
		r.text.Reset()
	}
}

func (r *run) add(n node) {
	r.flush()
	r.nodes = appendInline(r.nodes, n)
}

func (c *converter) inlines(parent ast.Node, s scope) []node {
	r := run{nodes: []node{}}
	c.walk(&r, parent, s)
	r.flush()
	return r.nodes
}

func (c *converter) walk(r *run, parent ast.Node, s scope) {
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			c.text(r, n, s)
		case *ast.CodeSpan:
			c.code(r, n, s)
		case *ast.Emphasis:
			c.emphasis(r, n, s)
		case *ast.Link:
			c.link(r, n, string(n.Destination), s)
		case *ast.Image:
			c.image(r, n, s)
		case *ast.AutoLink:
			c.autoLink(r, n, s)
		default:
			c.walk(r, n, s)
		}
	}
}

func (c *converter) text(r *run, n *ast.Text, s scope) {
	r.text.WriteString(resolve(string(n.Value(c.source))))
	switch {
	case (n.HardLineBreak() || n.SoftLineBreak()) && s.line:
		r.text.WriteByte(' ')
	case n.HardLineBreak():
		r.add(node{kind: hardBreak})
	case n.SoftLineBreak():
		r.text.WriteByte('\n')
	}
}

func (c *converter) code(r *run, n ast.Node, s scope) {
	var b strings.Builder
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		b.Write(child.(*ast.Text).Value(c.source))
	}
	content := strings.ReplaceAll(b.String(), "\n", " ")
	if s.cell {
		content = strings.ReplaceAll(content, `\|`, "|") // a pipe in a cell has a backslash, which is none of the content
	}
	if s.cell && oddPipe(content) { // has no printed form that all parsers read alike
		r.text.WriteString(content)
		return
	}
	r.add(node{kind: code, text: content})
}

func (c *converter) emphasis(r *run, n *ast.Emphasis, s scope) {
	k, inside := emphasis, &s.emphasis
	if n.Level == 2 {
		k, inside = strong, &s.strong
	}
	if *inside {
		c.walk(r, n, s)
		return
	}
	*inside = true
	r.add(node{kind: k, children: c.inlines(n, s)}) // never empty: nothing converts to nothing
}

func (c *converter) link(r *run, n ast.Node, destination string, s scope) {
	destination = resolve(destination)
	to := address(destination)
	switch {
	case n.FirstChild() == nil:
		c.linkText(r, destination, destination, s)
	case to == "" || s.link: // its text stays
		c.walk(r, n, s)
	default:
		s.link = true
		r.add(node{kind: link, text: to, children: c.inlines(n, s)})
	}
}

// linkText adds a link that shows label, or label alone where there can be no link.
func (c *converter) linkText(r *run, label, destination string, s scope) {
	to := address(destination)
	if label == "" {
		label = "[]()" // as written: neither a text nor an address
	}
	if to == "" || s.link {
		r.text.WriteString(label)
		return
	}
	r.add(node{kind: link, text: to, children: []node{{kind: text, text: label}}})
}

func (c *converter) image(r *run, n *ast.Image, s scope) {
	destination := resolve(string(n.Destination))
	alt := Text{nodes: c.inlines(n, scope{line: true, cell: s.cell})}.Plain()
	if trim(alt) == "" {
		alt = destination
	}
	c.linkText(r, alt, destination, s)
}

func (c *converter) autoLink(r *run, n *ast.AutoLink, s scope) {
	label := string(n.Label(c.source))
	destination := label
	if n.AutoLinkType == ast.AutoLinkEmail {
		destination = "mailto:" + label
	}
	c.linkText(r, label, destination, s)
}

// blocks converts the blocks that show anything.
func (c *converter) blocks(parent ast.Node) []node {
	nodes := []node{}
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		n := c.block(child)
		if n.text != "" || len(n.children) > 0 || n.kind == rule {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

func (c *converter) block(n ast.Node) node {
	switch n := n.(type) {
	case *ast.Heading:
		return node{kind: heading, number: n.Level, children: c.inlines(n, scope{line: true})}
	case *ast.ThematicBreak:
		return node{kind: rule}
	case *ast.CodeBlock:
		return c.fence(n, "")
	case *ast.FencedCodeBlock:
		return c.fence(n, string(n.Language(c.source)))
	case *ast.Blockquote:
		return node{kind: quote, children: c.blocks(n)}
	case *ast.List:
		return c.list(n)
	case *east.Table:
		return c.table(n)
	}
	return node{kind: paragraph, children: c.inlines(n, scope{})}
}

func (c *converter) fence(n ast.Node, language string) node {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		line := string(segment.Value(c.source))
		if trim(line) == "" {
			line = "\n"
		}
		b.WriteString(line)
	}
	if strings.ContainsFunc(language, func(r rune) bool { return !isWord(r) && !strings.ContainsRune("+-#._", r) }) {
		language = ""
	}
	return node{kind: fence, text: strings.TrimRight(b.String(), "\n"), info: language}
}

func (c *converter) list(n *ast.List) node {
	l := node{kind: list, ordered: n.IsOrdered(), number: n.Start}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if blocks := c.blocks(child); len(blocks) > 0 {
			l.children = append(l.children, node{kind: item, children: blocks})
		}
	}
	lone := len(l.children) == 1 && len(l.children[0].children) <= 1 // no place for a blank line
	l.tight = (n.IsTight || lone) && canBeTight(l)
	return l
}

// canBeTight reports whether a list's blocks can follow each other without blank lines and stay what they are.
func canBeTight(l node) bool {
	for _, item := range l.children {
		for i, block := range item.children {
			switch {
			case block.kind == paragraph && i == 0:
			case block.kind == list && i == 0:
			case block.kind == list && (!block.ordered || block.number == 1): // others cannot follow a paragraph's line
			default:
				return false
			}
		}
	}
	return true
}

func (c *converter) table(n *east.Table) node {
	t := node{kind: table}
	for _, alignment := range n.Alignments {
		t.info += string("-lrc-"[alignment])
	}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		cells := node{kind: row}
		for cell := r.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells.children = append(cells.children,
				node{kind: tableCell, children: c.inlines(cell, scope{line: true, cell: true})})
		}
		t.children = append(t.children, cells)
	}
	return t
}

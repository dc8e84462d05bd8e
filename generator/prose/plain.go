package prose

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// Plain returns the text without markup, for comments and wire messages: links, images and emphasis are their text,
// code spans their content, list items "- item". Blank lines separate blocks; "\n" is the only control character.
func (t Text) Plain() string {
	if t.nodes == nil {
		return trim(t.source)
	}
	p := plainWriter{}
	p.nodes(t.nodes, "\n\n")
	return strings.TrimRight(p.String(), "\n")
}

var notInAnchor = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^\pL\pN_ -]+`) })

// Anchor returns the anchor that GitHub and Docusaurus give a heading with this text.
func (t Text) Anchor() string {
	return strings.ReplaceAll(notInAnchor().ReplaceAllString(strings.ToLower(t.Plain()), ""), " ", "-")
}

// plainWriter starts every line but the first with indent.
type plainWriter struct {
	strings.Builder
	indent string
}

// nodes writes inline nodes, or blocks with separator between them.
func (p *plainWriter) nodes(nodes []node, separator string) {
	for i, n := range seen(nodes) {
		if i > 0 && n.kind >= paragraph {
			p.lines(separator)
		}
		p.node(n)
	}
}

func (p *plainWriter) node(n node) {
	switch n.kind {
	case text, code:
		p.lines(n.text)
	case fence:
		p.lines(strings.TrimRight(n.text, "\n"))
	case link, image:
		p.nodes(n.label(), "")
	case hardBreak:
		p.lines("\n")
	case rule:
		p.WriteString("---")
	case list:
		p.list(n)
	case table:
		p.nodes(n.children, "\n")
	case row:
		p.nodes(n.children, " | ")
	default:
		p.nodes(n.children, "\n\n")
	}
}

// label returns what a link or an image shows as text: its address where it has none.
func (n node) label() []node {
	if len(n.children) > 0 || n.text == "" {
		return n.children
	}
	return []node{{kind: text, text: n.text}}
}

// lines writes s with the indent before each line that is not blank.
func (p *plainWriter) lines(s string) {
	if p.indent == "" {
		p.WriteString(s)
		return
	}
	for i := 0; i < len(s); i++ {
		p.WriteByte(s[i])
		if s[i] == '\n' && (i+1 == len(s) || s[i+1] != '\n') {
			p.WriteString(p.indent)
		}
	}
}

func (p *plainWriter) list(n node) {
	outer := p.indent
	for i, item := range n.children {
		if i > 0 {
			p.lines(n.separator())
		}
		marker := n.marker(i, '-', '.')
		p.WriteString(marker)
		if len(item.children) == 0 {
			continue
		}
		p.WriteByte(' ')
		p.indent += strings.Repeat(" ", len(marker)+1)
		p.nodes(item.children, n.separator())
		p.indent = outer
	}
}

// separator stands between a list's items, and between the blocks of an item.
func (n node) separator() string {
	if n.tight {
		return "\n"
	}
	return "\n\n"
}

// marker returns the mark of a list's item i, with the given bullet or the given byte after the number.
func (n node) marker(i int, bullet, after byte) string {
	if !n.ordered {
		return string(bullet)
	}
	return strconv.Itoa(min(n.number+i, 999_999_999)) + string(after) // the largest number a list may have
}

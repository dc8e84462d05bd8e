package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (p *printer) inlines(nodes []node, at place) {
	for i := range nodes {
		n := &nodes[i]
		here := at
		here.starts = at.starts && i == 0 || i > 0 && nodes[i-1].kind == hardBreak
		here.ends = at.ends && i+1 == len(nodes)
		switch n.kind {
		case text:
			p.text(nodes, i, here)
		case code:
			p.codeSpan(n.text, here)
		case hardBreak:
			p.hardBreak()
		case emphasis, strong:
			mark := delimiter(nodes, i, at)
			p.WriteString(mark)
			p.inlines(n.children, place{block: at.block, link: at.link, delimited: true})
			p.WriteString(mark)
		case image:
			p.WriteByte('!')
			fallthrough
		case link:
			if n.kind == link && p.isOnPage(n.text) {
				p.anchorTo(n.text)
				p.inlines(n.children, place{block: at.block, link: true})
				p.WriteString("</a>")
				continue
			}
			p.WriteByte('[')
			p.inlines(n.children, place{block: at.block, link: true})
			p.linkEnd(n.text, n.info)
		}
	}
}

// isOnPage reports whether an address is an anchor of a page. Docusaurus looks for those of links in headings alone,
// and not for those of elements.
func (p *printer) isOnPage(to string) bool { return p.page && strings.HasPrefix(to, "#") }

func (p *printer) anchorTo(to string) {
	needed := func(i int) bool { return strings.IndexByte("\"\\&<>{}`|", to[i]) >= 0 }
	p.WriteString(`<a href="` + withReferences(to, needed) + `">`)
}

func (p *printer) hardBreak() {
	if p.cell {
		p.WriteString("<br/>")
		return
	}
	p.WriteByte('\\')
	p.newline()
}

func (p *printer) linkEnd(to, title string) {
	p.WriteString("](")
	if !balanced(to) {
		to = strings.NewReplacer("(", `\(`, ")", `\)`).Replace(to)
	}
	for i := range len(to) {
		if to[i] == '&' && reference(to[i:]) != "" {
			p.WriteString("&amp;")
			continue
		}
		p.WriteByte(to[i])
	}
	if title != "" {
		p.WriteString(` "` + withReferences(title, func(i int) bool { return p.means(title, i) }) + `"`)
	}
	p.WriteByte(')')
}

// means reports whether a byte of the title of a link or an image could mean something. It is printed as a reference,
// since a backslash before a pipe does not mean the same to all parsers of tables.
func (p *printer) means(title string, i int) bool {
	c := title[i]
	return strings.IndexByte("\"\\<{}`", c) >= 0 || c == '|' && p.cell || c == '&' && reference(title[i:]) != ""
}

func (p *printer) codeSpan(content string, at place) {
	if p.link != nil && !at.link {
		if to := address(p.link(content)); p.isOnPage(to) {
			p.anchorTo(to)
			p.code(content)
			p.WriteString("</a>")
			return
		} else if to != "" {
			p.WriteByte('[')
			p.code(content)
			p.linkEnd(to, "")
			return
		}
	}
	p.code(content)
}

func (p *printer) code(content string) {
	var space [128]byte
	p.Write(appendCodeSpan(space[:0], content, p.cell, p.page))
}

// text prints the text nodes[i] between its neighbours. Beside a delimiter of emphasis a character may have to be
// written as a reference, which counts as punctuation there.
func (p *printer) text(nodes []node, i int, at place) {
	s := nodes[i].text
	e := escaper{indent: p.indent, starts: at.starts, blockStart: at.block == paragraph, ends: at.ends,
		link: at.link, cell: p.cell, heading: at.block == heading, page: p.page}
	if first, size := utf8.DecodeRuneInString(s); refersFirst(nodes, i, at, first) {
		p.WriteString(reference10(s[:size]))
		s, e.starts = s[size:], false
	}
	e.s = s
	last, size := utf8.DecodeLastRuneInString(s)
	if s == "" || !refersLast(nodes, i, at, last) {
		e.write(&p.Builder, 0)
		return
	}
	e.s, e.ends = s[:len(s)-size], false
	e.write(&p.Builder, 0)
	p.WriteString(reference10(s[len(s)-size:]))
}

// refersFirst reports whether a text's first character must be a reference: a delimiter neither opens before a space
// nor closes between punctuation and a word.
func refersFirst(nodes []node, i int, at place, first rune) bool {
	if i == 0 {
		return at.delimited && unicode.IsSpace(first)
	}
	return isEmphasis(nodes[i-1]) && sticks(first) &&
		(delimiter(nodes, i-1, at) == "_" || !endsInWord(nodes[i-1].children))
}

// refersLast is refersFirst for the last character and what follows it.
func refersLast(nodes []node, i int, at place, last rune) bool {
	if i+1 == len(nodes) {
		return at.delimited && unicode.IsSpace(last)
	}
	if nodes[i+1].kind == hardBreak {
		return last == ' ' || last == '\\'
	}
	return isEmphasis(nodes[i+1]) && sticks(last) &&
		(delimiter(nodes, i+1, at) == "_" || !startsInWord(nodes[i+1].children))
}

func isEmphasis(n node) bool { return n.kind == emphasis || n.kind == strong }

// delimiter returns what surrounds the emphasis nodes[i]: asterisks, unless they would run into those of strong text.
func delimiter(nodes []node, i int, at place) string {
	first, last := i == 0, i+1 == len(nodes)
	children := nodes[i].children
	switch {
	case nodes[i].kind == strong:
		return "**"
	case !first && nodes[i-1].kind == strong, !last && nodes[i+1].kind == strong, // beside it
		at.delimited && (first || last), // at its inner edge
		len(children) > 1 && (children[0].kind == strong || children[len(children)-1].kind == strong): // around it
		return "_"
	}
	return "*"
}

// sticks reports whether r may count as part of a word beside a delimiter.
func sticks(r rune) bool {
	return !unicode.IsSpace(r) && (r >= utf8.RuneSelf || !isPunct(byte(r)))
}

// startsInWord reports whether the first character printed is surely neither space nor punctuation.
func startsInWord(nodes []node) bool {
	first, size := utf8.DecodeRuneInString(nodes[0].text)
	return nodes[0].kind == text && isWord(first) && (size < len(nodes[0].text) || len(nodes) == 1)
}

// endsInWord is startsInWord for the last character.
func endsInWord(nodes []node) bool {
	n := nodes[len(nodes)-1]
	last, size := utf8.DecodeLastRuneInString(n.text)
	return n.kind == text && isWord(last) && (size < len(n.text) || len(nodes) == 1)
}

package prose

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// PartKind is what a part of a page is.
type PartKind int

// The kinds of parts. The items of a list are parts themselves.
const (
	HeadingPart PartKind = iota
	ParagraphPart
	TablePart
	FencePart
)

// Part is a block of a page, with the bytes where it begins and ends.
type Part struct {
	Kind       PartKind
	Level      int    // of a heading
	Text       string // of a heading or paragraph: its inline Markdown, as written; of a fence its content
	Info       string // of a fence: its language
	InList     bool   // it is, or is in, an item of a list
	Start, End int
	Rows       [][]Cell // of a table, its header first; rows are as wide as that
}

// Cell is a cell of a table: its inline Markdown, as written but for the backslashes before pipes.
type Cell struct {
	Text       string
	Start, End int
}

// Outline returns the blocks of a Markdown page, those inside lists and quotes too, in order. Front matter is passed
// over, and raw HTML is text.
func Outline(source []byte) []Part {
	source = bytes.ReplaceAll(source, []byte("\r\n"), []byte(" \n")) // places stay
	c := converter{source: withoutFrontMatter(source)}
	o := outliner{source: c.source}
	o.blocks(c.parse(blockParser()), false)
	return o.parts
}

// withoutFrontMatter puts spaces in the place of front matter, which is no Markdown.
func withoutFrontMatter(source []byte) []byte {
	const fence = "---\n"
	if !bytes.HasPrefix(source, []byte(fence)) {
		return source
	}
	end := bytes.Index(source, []byte("\n"+fence))
	if end < 0 {
		return source
	}
	source = bytes.Clone(source)
	for i := range end + len("\n"+fence) {
		if source[i] != '\n' {
			source[i] = ' '
		}
	}
	return source
}

type outliner struct {
	source []byte
	parts  []Part
}

func (o *outliner) blocks(parent ast.Node, inList bool) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Blockquote:
			o.blocks(n, inList)
		case *ast.List:
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				o.blocks(item, true)
			}
		case *ast.Heading:
			o.add(n, Part{Kind: HeadingPart, Level: n.Level, InList: inList})
		case *ast.FencedCodeBlock:
			o.add(n, Part{Kind: FencePart, Info: language(n.Language(o.source)), InList: inList})
		case *ast.CodeBlock:
			o.add(n, Part{Kind: FencePart, InList: inList})
		case *ast.Paragraph, *ast.TextBlock:
			o.add(n, Part{Kind: ParagraphPart, InList: inList})
		case *east.Table:
			o.table(n, inList)
		}
	}
}

// add takes a block by its lines.
func (o *outliner) add(n ast.Node, p Part) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	var b strings.Builder
	for i := range lines.Len() {
		line := lines.At(i)
		b.Write(line.Value(o.source))
	}
	p.Text = strings.TrimRight(b.String(), "\n")
	p.Start, p.End = lines.At(0).Start, lines.At(lines.Len()-1).Stop
	o.parts = append(o.parts, p)
}

func (o *outliner) table(n *east.Table, inList bool) {
	p := Part{Kind: TablePart, InList: inList}
	for r := n.FirstChild(); r != nil; r = r.NextSibling() {
		var cells []Cell
		for c := r.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, o.cell(c, p.End))
			p.End = cells[len(cells)-1].End
		}
		p.Rows = append(p.Rows, cells)
	}
	if len(p.Rows) > 0 && len(p.Rows[0]) > 0 {
		p.Start = p.Rows[0][0].Start
		o.parts = append(o.parts, p)
	}
}

// cell takes a cell; one that its row lacks stands where the one before ends.
func (o *outliner) cell(n ast.Node, end int) Cell {
	lines := n.Lines()
	if lines.Len() == 0 {
		return Cell{Start: end, End: end}
	}
	line := lines.At(0)
	text := strings.ReplaceAll(string(line.Value(o.source)), `\|`, "|")
	return Cell{Text: text, Start: line.Start, End: line.Stop}
}

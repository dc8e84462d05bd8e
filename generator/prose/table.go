package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tables makes a table of a paragraph whose second or a later line is a row of dashes. It makes the same tables as
// goldmark's extension, whose regular expressions, of links above all, would cost at every start more than reading a
// catalog. It makes none with more than maxColumns: rows are filled up to the header's width.
type tables struct{}

func (tables) Transform(p *ast.Paragraph, reader gtext.Reader, _ parser.Context) {
	source, lines := reader.Source(), p.Lines()
	for i := range lines.Len() {
		line := lines.At(i)
		if bytes.Count(line.Value(source), []byte("|")) > maxColumns {
			return
		}
	}
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		if alignments := alignmentsOf(line.Value(source)); alignments != nil {
			makeTable(p, i, alignments, source)
			return
		}
	}
}

// makeTable takes the lines from the one before the dashes off the paragraph.
func makeTable(p *ast.Paragraph, dashes int, alignments []east.Alignment, source []byte) {
	lines, parent := p.Lines(), p.Parent()
	header := tableRow(lines.At(dashes-1), source, len(alignments), maxColumns+1)
	if header.ChildCount() > len(alignments) {
		return
	}
	table := east.NewTable()
	table.Alignments = alignments
	table.AppendChild(table, east.NewTableHeader(header))
	for i := dashes + 1; i < lines.Len(); i++ {
		table.AppendChild(table, tableRow(lines.At(i), source, len(alignments), len(alignments)))
	}
	parent.InsertAfter(parent, p, table)
	lines.SetSliced(0, dashes-1)
	if lines.Len() == 0 {
		parent.RemoveChild(parent, p)
		return
	}
	last := lines.At(lines.Len() - 1)
	lines.Set(lines.Len()-1, last.WithStop(last.Stop-1)) // without the line feed
}

// alignmentsOf reads a row of dashes; nil if the line is none.
func alignmentsOf(line []byte) []east.Alignment {
	if width, _ := util.IndentWidth(line, 0); width > 3 || len(bytes.Trim(line, "-")) == 0 {
		return nil
	}
	columns := bytes.Split(line, []byte("|"))
	if util.IsBlank(columns[0]) {
		columns = columns[1:]
	}
	if n := len(columns); n > 0 && util.IsBlank(columns[n-1]) {
		columns = columns[:n-1]
	}
	var alignments []east.Alignment
	for _, column := range columns {
		column = bytes.Trim(column, " \t\n\f\r")
		dashes, left := bytes.CutPrefix(column, []byte(":"))
		dashes, right := bytes.CutSuffix(dashes, []byte(":"))
		if len(dashes) == 0 || len(bytes.Trim(dashes, "-")) > 0 {
			return nil
		}
		alignments = append(alignments, alignment(left, right))
	}
	return alignments
}

func alignment(left, right bool) east.Alignment {
	switch {
	case left && right:
		return east.AlignCenter
	case left:
		return east.AlignLeft
	case right:
		return east.AlignRight
	}
	return east.AlignNone
}

// tableRow splits a line at its pipes, those aside that a backslash stands before, into from least to most cells.
func tableRow(line gtext.Segment, source []byte, least, most int) *east.TableRow {
	row := east.NewTableRow(nil)
	line = line.TrimLeftSpace(source)
	line = line.TrimRightSpace(source)
	text := line.Value(source)
	pos, limit := 0, len(text)
	if bytes.HasPrefix(text, []byte("|")) {
		pos++
	}
	if bytes.HasSuffix(text, []byte("|")) {
		limit--
	}
	for pos < limit && row.ChildCount() < most {
		end := pos
		for end < limit && (text[end] != '|' || end > 0 && text[end-1] == '\\') {
			end++
		}
		segment := gtext.NewSegment(line.Start+pos, line.Start+end)
		segment = segment.TrimLeftSpace(source)
		cell := east.NewTableCell()
		cell.Lines().Append(segment.TrimRightSpace(source))
		row.AppendChild(row, cell)
		pos = end + 1
	}
	for row.ChildCount() < least {
		row.AppendChild(row, east.NewTableCell())
	}
	return row
}

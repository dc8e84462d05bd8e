package intake

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	tags "golang.org/x/net/html"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// maxSpan is the most rows or columns that a cell may cover.
const maxSpan = 100

// outlineHTML returns the blocks of a page, with its texts as inline Markdown. From is the byte of the file where text
// begins. Tags may be left open, as pages do.
func outlineHTML(text []byte, from int) []prose.Part {
	o := &outliner{at: from}
	z := tags.NewTokenizer(bytes.NewReader(text))
	for {
		kind := z.Next()
		if kind == tags.ErrorToken {
			o.endBlock()
			return o.parts
		}
		raw := len(z.Raw())
		o.token(z.Token())
		o.at += raw
	}
}

// outliner makes parts of tags.
type outliner struct {
	parts   []prose.Part
	at      int // byte of the token
	skip    atom.Atom
	depth   int         // of lists
	block   *prose.Part // that is open, or nil
	inPre   bool
	inCode  bool
	text    strings.Builder
	code    strings.Builder
	links   []string
	table   *prose.Part
	inner   int // tables inside a cell
	row     []prose.Cell
	cell    *prose.Cell // that is open, or nil
	span    [2]int      // columns and rows of the cell
	carried map[int]carried
}

// marks are what tags are in Markdown, at both ends.
var marks = map[atom.Atom]string{atom.Strong: "**", atom.B: "**", atom.Em: "*", atom.I: "*"}

// carried is a cell that covers rows below its own.
type carried struct {
	cell prose.Cell
	rows int
}

func (o *outliner) token(t tags.Token) {
	switch {
	case o.skip != 0:
		if t.Type == tags.EndTagToken && t.DataAtom == o.skip {
			o.skip = 0
		}
	case t.Type == tags.TextToken:
		o.write(t.Data)
	case marks[t.DataAtom] != "":
		o.text.WriteString(marks[t.DataAtom])
	case t.Type == tags.StartTagToken || t.Type == tags.SelfClosingTagToken:
		o.open(t)
	case t.Type == tags.EndTagToken:
		o.close(t.DataAtom)
	}
}

// write adds text of the page.
func (o *outliner) write(s string) {
	s = strings.Map(takesRoom, s)
	switch {
	case o.inCode && !o.inPre:
		o.code.WriteString(s)
	case o.inPre:
		o.text.WriteString(s)
	case o.table != nil && o.cell == nil:
	default:
		if strings.TrimSpace(s) != "" {
			o.needBlock()
		}
		space := strings.TrimLeft(s, " \t\r\n")
		if len(space) < len(s) {
			o.text.WriteByte(' ')
		}
		words := oneLine(s)
		o.text.WriteString(prose.Escape(words))
		if words != "" && strings.TrimRight(s, " \t\r\n") != s {
			o.text.WriteByte(' ')
		}
	}
}

// takesRoom drops what takes no room, such as a space of no width in an empty link.
func takesRoom(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func (o *outliner) open(t tags.Token) {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Noscript, atom.Select, atom.Textarea, atom.Title:
		if t.Type == tags.StartTagToken {
			o.skip = t.DataAtom
		}
	case atom.Code, atom.Kbd, atom.Tt, atom.Samp:
		if !o.inPre {
			o.write("")
			o.inCode = true
		}
	case atom.Br:
		o.text.WriteByte('\n')
	case atom.A:
		o.link(t)
	default:
		o.openBlock(t)
	}
}

// link begins a link; one that leads nowhere else is its text.
func (o *outliner) link(t tags.Token) {
	to := ""
	for _, a := range t.Attr {
		if a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.ContainsAny(a.Val, " <>()\n") {
			to = a.Val
		}
	}
	if t.Type == tags.SelfClosingTagToken {
		return
	}
	o.links = append(o.links, to)
	if to != "" {
		o.text.WriteByte('[')
	}
}

func (o *outliner) openBlock(t tags.Token) {
	switch a := t.DataAtom; a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		o.beginBlock(prose.HeadingPart, int(t.Data[1]-'0'))
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Dd, atom.Dt, atom.Blockquote, atom.Main, atom.Header,
		atom.Nav, atom.Footer, atom.Aside, atom.Li:
		if o.cell != nil {
			o.text.WriteByte('\n')
		} else {
			o.endBlock()
		}
	case atom.Ul, atom.Ol:
		o.depth++
		o.endBlock()
	case atom.Pre:
		if o.cell == nil {
			o.beginBlock(prose.FencePart, 0)
			o.inPre = true
		}
	case atom.Table, atom.Tr, atom.Td, atom.Th:
		o.openTable(t)
	}
}

func (o *outliner) openTable(t tags.Token) {
	switch {
	case t.DataAtom == atom.Table && o.table != nil:
		o.inner++
	case o.inner > 0:
	case t.DataAtom == atom.Table:
		o.endBlock()
		o.table = &prose.Part{Kind: prose.TablePart, Start: o.at, InList: o.depth > 0}
		o.carried = map[int]carried{}
	case o.table == nil:
	case t.DataAtom == atom.Tr:
		o.endRow()
	default:
		o.endCell()
		o.cell = &prose.Cell{Start: o.at}
		o.text.Reset()
		o.span = [2]int{spanOf(t, "colspan"), spanOf(t, "rowspan")}
	}
}

func spanOf(t tags.Token, name string) int {
	for _, a := range t.Attr {
		if n, err := strconv.Atoi(a.Val); a.Key == name && err == nil {
			return min(max(n, 1), maxSpan)
		}
	}
	return 1
}

func (o *outliner) close(a atom.Atom) {
	switch a {
	case atom.Code, atom.Kbd, atom.Tt, atom.Samp:
		if o.inCode {
			o.inCode = false
			if content := oneLine(o.code.String()); content != "" {
				o.needBlock()
				o.text.WriteString(prose.CodeSpan(content))
			}
			o.code.Reset()
		}
	case atom.A:
		if n := len(o.links); n > 0 {
			if o.links[n-1] != "" {
				o.text.WriteString("](" + o.links[n-1] + ")")
			}
			o.links = o.links[:n-1]
		}
	case atom.Ul, atom.Ol:
		o.endBlock()
		o.depth = max(0, o.depth-1)
	case atom.Td, atom.Th, atom.Tr, atom.Table:
		o.closeTable(a)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.P, atom.Li, atom.Pre, atom.Div, atom.Dd, atom.Dt:
		if o.cell == nil {
			o.endBlock()
		}
	}
}

func (o *outliner) closeTable(a atom.Atom) {
	switch {
	case o.inner > 0:
		if a == atom.Table {
			o.inner--
		}
	case a == atom.Td || a == atom.Th:
		o.endCell()
	case a == atom.Tr:
		o.endRow()
	default:
		o.endTable()
	}
}

// needBlock begins a paragraph where text stands in no block.
func (o *outliner) needBlock() {
	if o.block == nil && o.table == nil {
		o.beginBlock(prose.ParagraphPart, 0)
	}
}

func (o *outliner) beginBlock(kind prose.PartKind, level int) {
	if o.cell == nil {
		o.endBlock()
		o.block = &prose.Part{Kind: kind, Level: level, Start: o.at}
	}
}

// endBlock takes the block that is open, be it a table that was never closed.
func (o *outliner) endBlock() {
	if o.table != nil {
		if o.cell != nil || o.at == 0 {
			return
		}
		o.endTable()
	}
	if text := strings.TrimSpace(o.text.String()); o.block != nil && text != "" {
		o.block.Text, o.block.InList, o.block.End = text, o.depth > 0, o.at
		o.parts = append(o.parts, *o.block)
	}
	o.block, o.inPre = nil, false
	o.text.Reset()
}

func (o *outliner) endCell() {
	if o.cell == nil {
		return
	}
	c := *o.cell
	o.cell = nil
	o.carry()
	c.Text, c.End = strings.TrimSpace(o.text.String()), o.at
	for range o.span[0] {
		if o.span[1] > 1 {
			o.carried[len(o.row)] = carried{c, o.span[1] - 1}
		}
		o.row = append(o.row, c)
		c.Text = ""
	}
}

// carry adds the cells from rows above that cover the next columns.
func (o *outliner) carry() {
	for c, ok := o.carried[len(o.row)]; ok && c.rows > 0; c, ok = o.carried[len(o.row)] {
		c.rows--
		o.carried[len(o.row)] = c
		o.row = append(o.row, c.cell)
	}
}

func (o *outliner) endRow() {
	o.endCell()
	if len(o.row) == 0 || o.table == nil {
		return
	}
	o.carry()
	if len(o.table.Rows) > 0 {
		wide := len(o.table.Rows[0])
		for len(o.row) < wide {
			o.row = append(o.row, prose.Cell{Start: o.at, End: o.at})
		}
		o.row = o.row[:wide]
	}
	o.table.Rows, o.row = append(o.table.Rows, o.row), nil
}

func (o *outliner) endTable() {
	o.endRow()
	if o.table != nil && len(o.table.Rows) > 0 {
		o.table.Start, o.table.End = o.table.Rows[0][0].Start, o.at
		o.parts = append(o.parts, *o.table)
	}
	o.table, o.inner, o.cell = nil, 0, nil
	o.text.Reset()
}

var (
	breakTag  = document.Pattern(`(?i)<br\s*/?>`)
	inlineTag = document.Pattern(`(?i)</?(a|span|sub|sup|p|div|font|u|small|nobr|wbr|details|summary)(\s[^<>]*)?/?>`)
	codeTag   = document.Pattern(`(?i)<code(?:\s[^<>]*)?>([^<>` + "`" + `]*)</code>`)
	boldTag   = document.Pattern(`(?i)</?(b|strong)>`)
	comments  = document.Pattern(`<!--.*?-->|\{/\*.*?\*/\}`)
)

// withoutHTML takes the tags out of inline Markdown that change nothing of what it says, and makes Markdown of others.
// A <br> becomes a line break.
func withoutHTML(source string) string {
	if !strings.ContainsAny(source, "<{") {
		return source
	}
	var b strings.Builder
	for source != "" {
		from, to := nextCodeSpan(source)
		text := comments().ReplaceAllString(source[:from], "")
		text = codeTag().ReplaceAllStringFunc(text, func(s string) string {
			return prose.CodeSpan(html.UnescapeString(codeTag().FindStringSubmatch(s)[1]))
		})
		text = boldTag().ReplaceAllString(breakTag().ReplaceAllString(text, "\n"), "**")
		b.WriteString(inlineTag().ReplaceAllString(text, ""))
		b.WriteString(source[from:to])
		source = source[to:]
	}
	return b.String()
}

var ticks = document.Pattern("`+")

// nextCodeSpan returns where the first code span begins and ends; the end of the text if there is none.
func nextCodeSpan(source string) (from, to int) {
	marks := ticks().FindAllStringIndex(source, 200)
	for i, open := range marks {
		for _, shut := range marks[i+1:] {
			if shut[1]-shut[0] == open[1]-open[0] {
				return open[0], shut[1]
			}
		}
	}
	return len(source), len(source)
}

// escapes are what pages write for characters that mean nothing in a catalog.
var escapes = document.Pattern(`\\([!-/:-@\[-` + "`" + `{-~])`)

package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// table is records with the same fields: a table of a page, a list of maps, the literals of a type.
type table struct {
	what     string // in words: the table, the list /errors
	place    diag.Place
	columns  []string
	rows     []row
	category string // title, from where the table stands
	isOwn    bool   // errgen has written it: its second column has the codes, whatever they look like
	certain  bool   // it holds errors for sure: what is not clear has to be said
}

type row struct {
	place    diag.Place
	category string // title, from a row above that is a heading
	cells    []cell // those of the last columns may be missing
	facts    []fact // that stand in no cell of their own
}

// cell is one value of a row.
type cell struct {
	text   string         // of a page: inline Markdown
	lines  []string       // of a page: what line breaks separate; nil elsewhere
	node   *document.Node // of data: the value
	place  diag.Place
	markup bool // text is Markdown
}

// put sets the cell of a row under a name, which may be a new column. Where there are very many it is left out.
func (t *table) put(w *row, name string, c cell) {
	at := slices.Index(t.columns, name)
	if at < 0 && len(t.columns) < maxColumns {
		at = len(t.columns)
		t.columns = append(t.columns, name)
	}
	if at >= 0 {
		w.cells = append(w.cells, make([]cell, max(0, at+1-len(w.cells)))...)
		w.cells[at] = c
	}
}

// cell returns the cell in a column, which is empty where the row lacks it.
func (w *row) cell(column int) *cell {
	if column >= len(w.cells) {
		return &cell{}
	}
	return &w.cells[column]
}

func (c *cell) isEmpty() bool {
	holdsMore := c.node != nil && c.node.Kind != document.String && c.node.Kind != document.Null
	return !holdsMore && strings.Trim(c.plain(), " -—–") == ""
}

// plain returns the text of a cell without marks.
func (c *cell) plain() string {
	if c.markup {
		return strings.TrimSpace(prose.Inline(c.text).Plain())
	}
	return strings.TrimSpace(c.text)
}

// code returns the one code that a cell holds, or else what may be codes in it.
func (c *cell) code() (code string, candidates []string) {
	if !c.markup {
		return strings.TrimSpace(c.text), nil
	}
	lines := slices.DeleteFunc(slices.Clone(c.lines), func(s string) bool { return strings.TrimSpace(s) == "" })
	for _, line := range lines {
		text := prose.Inline(line)
		plain, spans := strings.TrimSpace(text.Plain()), text.CodeSpans()
		switch {
		case len(lines) == 1 && len(spans) == 1 && spans[0] == plain,
			len(lines) == 1 && len(spans) == 0 && (isCode(plain) || isInteger(plain)):
			return plain, nil
		case len(spans) > 0:
			candidates = append(candidates, spans...)
		default:
			candidates = append(candidates, slices.DeleteFunc(strings.FieldsFunc(plain, isBetween), notCode)...)
		}
	}
	return "", candidates
}

func isBetween(r rune) bool { return strings.ContainsRune(" ,;|/", r) }

func notCode(s string) bool { return !clearCode().MatchString(s) }

// kind says what most cells of a column are.
type kind int

const (
	empty kind = iota
	words
	statuses
	numbers
	texts
)

// kindOf looks at all cells of a column.
func (t *table) kindOf(column int) kind {
	var count [texts + 1]int
	filled := 0
	for i := range t.rows {
		c := t.rows[i].cell(column)
		if c.isEmpty() {
			continue
		}
		filled++
		code, candidates := c.code()
		switch plain := c.plain(); {
		case isStatus(plain) && !isCode(plain) || statusByName(plain) != nil:
			count[statuses]++
		case isInteger(plain):
			count[numbers]++
		case isCode(code) || len(candidates) > 0:
			count[words]++
		default:
			count[texts]++
		}
	}
	switch {
	case filled == 0:
		return empty
	case count[numbers] > 0 && count[words]+count[texts] == 0:
		return numbers
	case count[statuses] == filled:
		return statuses
	case 2*count[words] >= filled:
		return words
	case 2*count[numbers] >= filled:
		return numbers
	}
	return texts
}

// isUnique reports whether no two cells of a column hold the same.
func (t *table) isUnique(column int) bool {
	seen := map[string]bool{}
	for i := range t.rows {
		c := t.rows[i].cell(column)
		if !c.isEmpty() && seen[c.plain()] {
			return false
		}
		seen[c.plain()] = true
	}
	return true
}

// take makes entries of the rows of a table, if it holds codes.
func (r *reader) take(t *table) {
	p := r.plan(t)
	if p == nil {
		return
	}
	for i := range t.rows {
		r.row(t, &t.rows[i], p)
	}
	var unused []string
	for i, name := range t.columns {
		if !p.used[i] && name != "" && t.kindOf(i) != empty {
			unused = append(unused, diag.Quote(name))
		}
	}
	if len(unused) > 0 {
		slices.Sort(unused)
		r.note(fmt.Sprintf("not taken: %s; --map FIELD=NAME says what they hold", diag.And(slices.Compact(unused))))
	}
}

// row makes an entry of a row, or says why not.
func (r *reader) row(t *table, row *row, p *plan) {
	c := row.cell(p.code)
	code, candidates := c.code()
	switch {
	case c.isEmpty() && row.isEmpty():
		return
	case c.isEmpty():
		r.unclear(row.place, "the row has no code", "add it to the catalog by hand, if it is one")
		return
	case code == "" && len(candidates) > 1:
		r.unclear(c.place, fmt.Sprintf("the row names several codes, %s", diag.And(candidates)),
			"add each to the catalog by hand, with what holds for it")
		return
	case code == "" || !p.numbers && c.markup && isInteger(code):
		r.unclear(c.place, fmt.Sprintf("%s is not certain to be a code", diag.Quote(c.plain())),
			"add it to the catalog by hand, if it is one")
		return
	}
	e := entry{code: code, place: c.place, facts: row.facts}
	for _, column := range p.columns {
		r.cell(&e, column, row.cell(column.at))
	}
	title := document.NewString(cmp.Or(row.category, t.category))
	e.take(fact{key: "category", value: title, place: t.place, layout: true})
	r.add(e)
}

func (w *row) isEmpty() bool {
	return !slices.ContainsFunc(w.cells, func(c cell) bool { return !c.isEmpty() })
}

// cell adds what a cell says of a code.
func (r *reader) cell(e *entry, column column, c *cell) {
	if c.isEmpty() {
		return
	}
	value := valueOf(column.key, c)
	if value == nil {
		r.Left--
		r.unclear(c.place, fmt.Sprintf("%s says nothing certain of the %s of %s", diag.Quote(c.plain()), column.key,
			diag.Visible(e.code)), "write it into the catalog by hand")
		e.facts = append(e.facts, fact{key: column.key, value: document.NewString(c.plain()), place: c.place, doubt: true})
		return
	}
	f := fact{key: column.key, value: value, place: c.place, doubt: column.doubt}
	if column.doubt {
		f.from = "column " + diag.Quote(column.name)
	}
	e.take(f)
}

// valueOf returns what a cell says in a catalog's own terms; nil if that is not certain.
func valueOf(key string, c *cell) *document.Node {
	switch key {
	case "status":
		if c.node != nil && c.node.Kind == document.List {
			return statusesOf(c.node)
		}
		if status := phrases()[fold(c.plain())]; status > 0 {
			return document.NewInt(int64(status))
		}
		return statusOf(c.plain())
	case "symbol":
		return document.NewString(pascal(c.plain()))
	case "retryable", "retryAfter":
		if value, ok := isTrue(c.plain()); ok {
			return document.NewBool(value)
		}
		return nil
	case "details":
		if c.node != nil && c.node.Kind == document.Map {
			return c.node
		}
		return nil
	case "message", "since", "docsURL":
		return document.NewString(c.plain())
	}
	return document.NewString(oneLine(c.text))
}

// statusesOf reads a list of statuses.
func statusesOf(list *document.Node) *document.Node {
	var all []*document.Node
	for item := range list.Items() {
		one := statusOf(item.Text)
		if one == nil || one.Kind != document.Number {
			return nil
		}
		all = append(all, one)
	}
	if len(all) == 1 {
		return all[0]
	}
	return document.NewList(all...)
}

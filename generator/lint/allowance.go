package lint

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// allowance is a comment "# errgen:allow RULE reason".
type allowance struct {
	rule, reason string
	comment      comment
	entry        string // JSON pointer of the entry it belongs to; "" if to none
	used         bool
}

// comment is a place of a YAML comment: start is the offset of its #, end that of its line's end.
type comment struct {
	start, end int
	line, col  int
	alone      bool // nothing else stands on its line
}

// applyAllowances takes out what is allowed, and reports allowances that are wrong or allow nothing.
func (p *pass) applyAllowances() {
	allowances := p.allowances()
	byEntry := map[string][]*allowance{}
	for _, a := range allowances {
		if a.entry != "" {
			byEntry[a.entry] = append(byEntry[a.entry], a)
		}
	}
	if len(byEntry) > 0 {
		p.found = slices.DeleteFunc(p.found, func(f diag.Diagnostic) bool {
			for _, a := range byEntry[entryOf(f.Pointer)] {
				if a.rule == f.Rule {
					a.used = true
					return true
				}
			}
			return false
		})
	}
	for _, a := range allowances {
		p.judge(a)
	}
}

// entryOf returns the first two keys of a JSON pointer.
func entryOf(pointer string) string {
	parts := strings.SplitN(pointer, "/", 4)
	return strings.Join(parts[:min(len(parts), 3)], "/")
}

func (p *pass) judge(a *allowance) {
	r, known := Explain(a.rule)
	switch {
	case a.rule == "":
		p.reportComment(&invalidAllowance, a, "the allowance names no rule", "write # errgen:allow RULE reason")
	case !known:
		p.reportComment(&invalidAllowance, a, "there is no rule "+diag.Quote(a.rule), diag.DidYouMean(a.rule, Names()))
	case a.entry == "":
		p.reportComment(&invalidAllowance, a, "the allowance belongs to no entry", "write it behind the key of the entry, directly above it, or inside the entry")
	case a.reason == "":
		p.reportComment(&invalidAllowance, a, "the allowance of "+a.rule+" gives no reason", "say why, behind the name of the rule")
	case !a.used && p.levelOf(&r) != Off:
		p.reportComment(&unusedAllowance, a, "the allowance of "+a.rule+" allows nothing", "remove it", p.source.remove(a.comment))
	}
}

func (p *pass) reportComment(r *Rule, a *allowance, message, hint string, edits ...diag.Edit) {
	if p.levelOf(r) != Off {
		p.add(r, diag.Diagnostic{Message: message, Hint: hint, Place: p.source.placeOf(a.comment), Pointer: a.entry}, edits)
	}
}

var allowanceComment = document.Pattern(`#[ \t]*errgen:allow(?:[ \t]+(\S+)[ \t]*([^\r\n]*?)|)[ \t]*(?:\r?\n|$)`)

// allowances reads the comments that allow something.
func (p *pass) allowances() []*allowance {
	text := p.source.text
	if !strings.Contains(text, "errgen:allow") {
		return nil
	}
	var found []*allowance
	var entries []entry
	for _, at := range allowanceComment().FindAllStringSubmatchIndex(text, -1) {
		start := at[0]
		if start > 0 && !isSpace(text[start-1]) || p.source.inText(start) {
			continue
		}
		if entries == nil {
			entries = p.entries()
		}
		a := &allowance{comment: p.source.commentAt(start)}
		if at[2] >= 0 {
			a.rule, a.reason = text[at[2]:at[3]], text[at[4]:at[5]]
		}
		a.entry = p.source.entryAt(a.comment, entries)
		found = append(found, a)
	}
	return found
}

func (s *source) commentAt(start int) comment {
	line := sort.SearchInts(s.index(), start+1)
	begin := s.index()[line-1]
	before := s.text[begin:start]
	return comment{
		start: start, end: begin + len(s.line(line)),
		line: line, col: utf8.RuneCountInString(before) + 1,
		alone: strings.TrimLeft(before, " \t") == "",
	}
}

// inText tells whether an offset lies in quotes or in a block of text, where a # begins no comment.
func (s *source) inText(offset int) bool {
	n := s.doc.Root
	for n.Kind == document.Map || n.Kind == document.List {
		i := sort.Search(n.Len(), func(i int) bool { return s.begins(n, i) > offset }) - 1
		if i < 0 {
			return false
		}
		inner := n.Item(i)
		if n.Kind == document.Map && s.offset(inner) > offset {
			inner = n.Key(i)
		}
		n = inner
	}
	at := s.offset(n)
	if n.Kind != document.String || at > offset {
		return false
	}
	switch s.text[at] {
	case '"', '\'':
		return offset < s.quotedEnd(at)
	case '|', '>':
		header := at + strings.IndexByte(s.text[at:]+"\n", '\n')
		_, end, ok := s.spell(n)
		return offset > header && (!ok || offset < end)
	}
	return false
}

// begins returns the offset of the i-th member.
func (s *source) begins(n *document.Node, i int) int {
	if n.Kind == document.Map {
		return s.offset(n.Key(i))
	}
	return s.offset(n.Item(i))
}

// entry is a member of a map at the top of the catalog: a code, category or type.
type entry struct {
	pointer   string
	line, col int
	bottom    int // the line where the map it is in has ended
}

// entries lists them in the order of the file.
func (p *pass) entries() []entry {
	var all []entry
	root := p.Document.Root
	for i := range root.Len() {
		section, n := root.Key(i).Text, root.Item(i)
		if n.Kind != document.Map || !slices.Contains([]string{"categories", "errors", "types", "retired"}, section) {
			continue
		}
		bottom := len(p.source.index()) + 1
		if i+1 < root.Len() {
			bottom = p.Document.PlaceOf(root.Key(i + 1)).Start.Line
		}
		for j := range n.Len() {
			at := p.Document.PlaceOf(n.Key(j)).Start
			all = append(all, entry{document.Pointer(section, n.Key(j).Text), at.Line, at.Column, bottom})
		}
	}
	return all
}

// entryAt returns the entry that a comment belongs to: the one right below, else the one that it stands in or behind.
func (s *source) entryAt(c comment, entries []entry) string {
	if c.alone {
		below := c.line + 1
		for below <= len(s.index()) && strings.HasPrefix(strings.TrimLeft(s.line(below), " \t"), "#") {
			below++
		}
		i := sort.Search(len(entries), func(i int) bool { return entries[i].line >= below })
		if i < len(entries) && entries[i].line == below && c.col <= entries[i].col {
			return entries[i].pointer
		}
	}
	i := sort.Search(len(entries), func(i int) bool {
		return entries[i].line > c.line || entries[i].line == c.line && entries[i].col > c.col
	}) - 1
	if i < 0 || c.line >= entries[i].bottom || c.alone && c.col <= entries[i].col {
		return ""
	}
	return entries[i].pointer
}

// placeOf returns the range of a comment.
func (s *source) placeOf(c comment) diag.Place {
	const longest = 200
	text, column := s.line(c.line), 1
	if len(text) > longest {
		text, column = s.text[c.start:c.end], c.col
	}
	start := diag.Position{Line: c.line, Column: c.col}
	end := diag.Position{Line: c.line, Column: c.col + utf8.RuneCountInString(strings.TrimRight(s.text[c.start:c.end], " \t"))}
	return diag.Place{File: s.doc.Name, Start: start, End: end, Source: text, SourceColumn: column}
}

// remove makes the edit that takes out a comment: with its line, if nothing else stands there.
func (s *source) remove(c comment) diag.Edit {
	if !c.alone {
		before := strings.TrimRight(s.text[:c.start], " \t")
		return diag.Edit{Start: len(before), End: c.end}
	}
	end := len(s.text)
	if c.line < len(s.index()) {
		end = s.index()[c.line]
	}
	return diag.Edit{Start: s.index()[c.line-1], End: end}
}

package lint

import (
	"bytes"
	"slices"
	"sort"
	"strings"

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

// comment is a YAML comment, by the offsets of its line, its #, its end and the next line.
type comment struct{ line, start, end, next int }

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
			for _, a := range byEntry[topOf(f.Pointer)] {
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

// topOf returns the first two keys of a JSON pointer.
func topOf(pointer string) string {
	parts := strings.SplitN(pointer, "/", 4)
	return strings.Join(parts[:min(len(parts), 3)], "/")
}

func (p *pass) judge(a *allowance) {
	r := find(a.rule)
	switch {
	case a.rule == "":
		p.reportComment(&invalidAllowance, a, "the allowance names no rule", "write # errgen:allow RULE reason")
	case r == nil:
		p.reportComment(&invalidAllowance, a, "there is no rule "+diag.Quote(a.rule), diag.DidYouMean(a.rule, Names()))
	case a.entry == "":
		p.reportComment(&invalidAllowance, a, "the allowance belongs to no entry",
			"write it behind the key of the entry, directly above it, or inside the entry")
	case a.reason == "":
		p.reportComment(&invalidAllowance, a, "the allowance of "+a.rule+" gives no reason",
			"say why, behind the name of the rule")
	case !a.used && p.severityOf(r) != diag.Off:
		p.reportComment(&unusedAllowance, a, "the allowance of "+a.rule+" allows nothing", "remove it",
			p.remove(a.comment))
	}
}

func (p *pass) reportComment(r *rule, a *allowance, message, hint string, edits ...diag.Edit) {
	if p.severityOf(r) != diag.Off {
		c := a.comment
		end := c.start + len(bytes.TrimRight(p.Document.Text[c.start:c.end], " \t"))
		p.add(r, diag.Diagnostic{Message: message, Hint: hint, Place: p.Document.PlaceOf(c.start, end),
			Pointer: a.entry}, edits)
	}
}

var allowanceComment = document.Pattern(`#[ \t]*errgen:allow(?:[ \t]+(\S+)[ \t]*([^\r\n]*?)|)[ \t]*(?:\r?\n|$)`)

// allowances reads the comments that allow something.
func (p *pass) allowances() []*allowance {
	text := p.Document.Text
	if !bytes.Contains(text, []byte("errgen:allow")) {
		return nil
	}
	var found []*allowance
	var entries []entry
	for _, at := range allowanceComment().FindAllSubmatchIndex(text, -1) {
		start := at[0]
		if start > 0 && !isSpace(text[start-1]) || p.Document.InText(start) {
			continue
		}
		if entries == nil {
			entries = p.entries()
		}
		line, end, next := p.Document.LineAt(start)
		a := &allowance{comment: comment{line, start, end, next}}
		if at[2] >= 0 {
			a.rule, a.reason = string(text[at[2]:at[3]]), string(text[at[4]:at[5]])
		}
		a.entry = p.entryOf(a.comment, entries)
		found = append(found, a)
	}
	return found
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// isAlone reports whether nothing else stands on the comment's line.
func (p *pass) isAlone(c comment) bool {
	return len(bytes.TrimLeft(p.Document.Text[c.line:c.start], " \t")) == 0
}

// entry is a member of a map at the top of the catalog: a code, category, type, group or operation.
type entry struct {
	node   *document.Node // its key
	start  int
	bottom int // where the key behind the map that it is in begins
}

// entries lists them in the order of the file.
func (p *pass) entries() []entry {
	var all []entry
	root := p.Document.Root
	sections := []string{"categories", "errors", "types", "retired", "groups", "operations"}
	for i := range root.Len() {
		section, n := root.Key(i).Text, root.Item(i)
		if !slices.Contains(sections, section) {
			continue
		}
		bottom := len(p.Document.Text)
		if i+1 < root.Len() {
			bottom = root.Key(i + 1).Offset()
		}
		for key := range n.Members() {
			all = append(all, entry{key, key.Offset(), bottom})
		}
	}
	return all
}

// entryOf returns the pointer of the entry that a comment belongs to: the one right below, else the one that it stands
// in or behind.
func (p *pass) entryOf(c comment, entries []entry) string {
	firstFrom := func(offset int) int {
		return sort.Search(len(entries), func(i int) bool { return entries[i].start >= offset })
	}
	if p.isAlone(c) {
		below, end := p.belowComments(c)
		i := firstFrom(below)
		if i < len(entries) && entries[i].start <= end && c.start-c.line <= entries[i].start-below {
			return entries[i].node.Pointer()
		}
	}
	i := firstFrom(c.start) - 1
	if i < 0 || c.start >= entries[i].bottom {
		return ""
	}
	if line, _, _ := p.Document.LineAt(entries[i].start); p.isAlone(c) && c.start-c.line <= entries[i].start-line {
		return ""
	}
	return entries[i].node.Pointer()
}

// belowComments returns where the first line below a comment begins and ends that is none.
func (p *pass) belowComments(c comment) (start, end int) {
	text := p.Document.Text
	for next := c.next; ; {
		start, end, next = p.Document.LineAt(next)
		if next == len(text) || !bytes.HasPrefix(bytes.TrimLeft(text[start:end], " \t"), []byte("#")) {
			return start, end
		}
	}
}

// remove makes the edit that takes out a comment: with its line, if nothing else stands there.
func (p *pass) remove(c comment) diag.Edit {
	text := p.Document.Text
	if !p.isAlone(c) {
		return diag.Edit{Start: len(bytes.TrimRight(text[:c.start], " \t")), End: c.end}
	}
	return diag.Edit{Start: c.line, End: c.next}
}

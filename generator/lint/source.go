package lint

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Apply makes edits, whatever their order. One that overlaps an edit before it is left out: the next run finds it
// again.
func Apply(text []byte, edits []diag.Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b diag.Edit) int { return a.Start - b.Start })
	out := make([]byte, 0, len(text))
	done := 0
	for _, e := range edits {
		if e.Start < done {
			continue
		}
		out = append(append(out, text[done:e.Start]...), e.New...)
		done = e.End
	}
	return append(out, text[done:]...)
}

// replace makes the edit that puts new in place of text[from:to] of a scalar; none where the scalar's spelling is not
// followed, or new might need quotes.
func (p *pass) replace(n *document.Node, from, to int, new string) []diag.Edit {
	offsets, _, ok := n.Spelling()
	if !ok || from >= to || to > len(offsets) {
		return nil
	}
	start, style := offsets[from], n.Style()
	switch first := p.Document.Text[start]; {
	case style == '"':
		new = strings.ReplaceAll(new, `\`, `\\`)
		if first == '\\' || first == '"' {
			start-- // to the backslash before it
		}
	case style == '\'':
		if first == '\'' {
			start--
		}
	case style == 0 && strings.ContainsAny(new, "{}[],#: "):
		return nil
	}
	return []diag.Edit{{Start: start, End: offsets[to-1] + 1, New: new}}
}

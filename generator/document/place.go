package document

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// Report makes an error about n.
func (n *Node) Report(rule, message, hint string) diag.Diagnostic {
	return diag.Diagnostic{Rule: rule, Message: message, Hint: hint, Place: n.Place(), Pointer: n.Pointer()}
}

// Place returns the range to show for n: that of its key where n is a list or map, or has no value.
func (n *Node) Place() diag.Place {
	if key := n.key(); key != nil && (n.Kind == Map || n.Kind == List || n.Kind == Null) {
		return key.ValuePlace()
	}
	return n.ValuePlace()
}

// ValuePlace returns the range of n itself, also where it is a list or map: of one that takes several lines, its first.
func (n *Node) ValuePlace() diag.Place {
	const longest = 1000 // bytes
	lines, start := n.doc.lines(), n.position()
	from := lines.offset(start)
	_, end := lines.line(start.Line)
	spelling := n.spelling(lines.text[from:min(end, from+longest)])
	return n.doc.place(start, utf8.RuneCountInString(spelling))
}

// PlaceOfPart returns the range of a part of a text, or that of the whole text if it is spelled otherwise there.
func (n *Node) PlaceOfPart(part string) diag.Place {
	text, from := n.doc.lines().text, n.Offset()
	to := min(len(text), from+2*len(n.Text)+100) // room for indentation and escapes
	at := strings.Index(text[from:to], part)
	if at < 0 || part == "" {
		return n.ValuePlace()
	}
	return n.doc.PlaceOf(from+at, from+at+len(part))
}

// InFile reports whether n was read from a file: only then it has a place.
func (n *Node) InFile() bool { return n.doc != nil }

// Offset returns the byte of the file where n begins.
func (n *Node) Offset() int { return n.doc.lines().offset(n.position()) }

func (n *Node) position() diag.Position { return diag.Position{Line: int(n.line), Column: int(n.col)} }

// Pointer returns the JSON pointer (RFC 6901) of n; a key has that of its value.
func (n *Node) Pointer() string { return Pointer(n.Path()...) }

// Path returns the keys and indices that lead to n; a key has those of its value.
func (n *Node) Path() []string {
	var path []string
	for ; n.parent != nil; n = n.parent {
		step := strconv.Itoa(int(n.nth))
		if key := n.key(); key != nil {
			step = key.Text
		}
		path = append(path, step)
	}
	slices.Reverse(path)
	return path
}

// key returns the key that n stands under, or is; nil if it is no member of a map.
func (n *Node) key() *Node {
	if n.parent == nil || n.parent.Kind != Map {
		return nil
	}
	return n.parent.Key(int(n.nth / 2))
}

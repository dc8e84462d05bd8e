package draft

import (
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// width is how long a list or map may be to stand on one line.
const width = 80

// printer writes YAML.
type printer struct{ strings.Builder }

// print returns the entries of a section, which stand indented.
func (s Section) print(indent int) string {
	p := &printer{}
	for i, e := range s.Entries {
		if i > 0 && s.Spaced {
			p.WriteByte('\n')
		}
		p.entry(e, indent)
	}
	return p.String()
}

func (p *printer) entry(e Entry, indent int) {
	for _, line := range e.Above {
		p.indent(indent)
		p.WriteString("#" + comment(line) + "\n")
	}
	p.indent(indent)
	if e.Key == "" {
		p.item(e.Value, indent)
		return
	}
	if e.Fields == nil {
		p.member(e.Key, e.Value, e.Comment, indent)
		return
	}
	p.WriteString(Text(e.Key) + ":")
	p.remark(e.Comment)
	for _, f := range e.Fields {
		p.indent(indent + 2)
		p.member(f.Key, f.Value, f.Comment, indent+2)
	}
}

// member writes a key and its value, behind the indentation.
func (p *printer) member(key string, value *document.Node, comment string, indent int) {
	p.WriteString(Text(key) + ":")
	p.value(value, comment, indent)
}

// remark ends a line with a comment.
func (p *printer) remark(text string) {
	if text != "" {
		p.WriteString(" #" + comment(text))
	}
	p.WriteByte('\n')
}

// comment makes text one line of a comment.
func comment(text string) string {
	if text = diag.Visible(strings.TrimSpace(text)); text == "" {
		return ""
	}
	return " " + text
}

func (p *printer) indent(by int) { p.WriteString(strings.Repeat(" ", by)) }

// value writes what stands behind a key, and ends its line.
func (p *printer) value(n *document.Node, comment string, indent int) {
	switch {
	case n == nil:
		p.remark(comment)
	case isBlock(n):
		p.WriteString(" " + blockHeader(n.Text))
		p.remark(comment)
		for line := range strings.Lines(strings.TrimSuffix(n.Text, "\n") + "\n") {
			if line != "\n" {
				p.indent(indent + 2)
			}
			p.WriteString(line)
		}
	case n.Kind == document.String:
		p.WriteString(" " + Text(n.Text))
		p.remark(comment)
	case isShort(n):
		p.WriteString(" " + flow(n))
		p.remark(comment)
	default:
		p.remark(comment)
		p.children(n, indent+2)
	}
}

// children writes the members or items of a map or list, each on lines of its own.
func (p *printer) children(n *document.Node, indent int) {
	for item := range n.Items() {
		p.indent(indent)
		p.item(item, indent)
	}
	for key, value := range n.Members() {
		p.indent(indent)
		p.member(key.Text, value, "", indent)
	}
}

// item writes an item of a list, behind its indentation.
func (p *printer) item(n *document.Node, indent int) {
	p.WriteByte('-')
	if n.Kind != document.Map || isShort(n) {
		p.value(n, "", indent)
		return
	}
	for i := range n.Len() {
		if i > 0 {
			p.indent(indent + 1)
		}
		p.WriteByte(' ')
		p.member(n.Key(i).Text, n.Item(i), "", indent+2)
	}
}

// isShort reports whether n can stand on the line of its key: a scalar, or a list or map of a few.
func isShort(n *document.Node) bool {
	if n.Len() > width {
		return false
	}
	for i := range n.Len() {
		child := n.Item(i)
		if child.Len() > 0 && !(n.Kind == document.Map && isShortList(child)) || isBlock(child) {
			return false
		}
	}
	return n.Len() == 0 || len(flow(n)) <= width
}

// isShortList reports whether n is a list of a few scalars.
func isShortList(n *document.Node) bool {
	const most = 8
	for i := range n.Len() {
		if n.Item(i).Len() > 0 {
			return false
		}
	}
	return n.Kind == document.List && n.Len() <= most
}

// flow writes n on one line.
func flow(n *document.Node) string {
	var parts []string
	for i := range n.Len() {
		part := flow(n.Item(i))
		if n.Kind == document.Map {
			part = FlowText(n.Key(i).Text) + ": " + part
		}
		parts = append(parts, part)
	}
	switch n.Kind {
	case document.Null:
		return "null"
	case document.Bool:
		return n.Text
	case document.Number:
		return number(n.Text)
	case document.List:
		return "[" + strings.Join(parts, ", ") + "]"
	case document.Map:
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return FlowText(n.Text)
}

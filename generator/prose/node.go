package prose

import "slices"

// kind says what a node is. Inline kinds come first, then blocks.
type kind uint8

const (
	text      kind = iota // text; "\n" in it is a soft line break
	code                  // a code span; text is its content
	emphasis              // never inside another emphasis
	strong                // never inside another strong
	link                  // text is the destination, info the title; never inside another link
	image                 // as link; its children are at most one text, the description
	hardBreak             // a line break that shows

	paragraph
	heading   // number is the level
	fence     // a code block; text is its content, each line with its line feed, info its language
	quote     // children are blocks
	list      // children are items
	item      // children are blocks
	rule      // a thematic break
	table     // children are rows, the header first; info has one byte of "-lcr" per column
	row       // children are cells
	tableCell // children are inline
)

// node is one piece of a text. Neighbours that would print as one (text and text, code and code) are one node.
type node struct {
	kind     kind
	ordered  bool // a numbered list
	tight    bool // a list without blank lines between its items
	number   int  // a heading's level, a numbered list's first number
	text     string
	info     string
	children []node
}

// blank reports whether nothing of the nodes is seen: they hold no text, no image and no line.
func blank(nodes []node) bool {
	for _, n := range nodes {
		if n.kind == rule || trim(n.text) != "" || !blank(n.children) {
			return false
		}
	}
	return true
}

// seen leaves out the blocks of which only their markup can be seen.
func seen(nodes []node) []node {
	silent := func(n node) bool {
		return (n.kind == heading || n.kind == fence || n.kind == quote) && blank([]node{n})
	}
	if !slices.ContainsFunc(nodes, silent) {
		return nodes
	}
	return slices.DeleteFunc(slices.Clone(nodes), silent)
}

// appendInline adds an inline node and merges neighbours that have no printed form of their own.
func appendInline(nodes []node, n node) []node {
	if n.kind == strong && len(n.children) == 1 && n.children[0].kind == emphasis {
		inner := n.children[0] // Markdown has one way to write both: emphasis around strong
		n = node{kind: emphasis, children: []node{{kind: strong, children: inner.children}}}
	}
	if len(nodes) == 0 || nodes[len(nodes)-1].kind != n.kind {
		return append(nodes, n)
	}
	last := &nodes[len(nodes)-1]
	switch n.kind {
	case text, code:
		last.text += n.text
	case emphasis, strong:
		for _, child := range n.children {
			last.children = appendInline(last.children, child)
		}
	default:
		return append(nodes, n)
	}
	return nodes
}

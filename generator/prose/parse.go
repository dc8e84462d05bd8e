package prose

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Bounds that no written text reaches; beyond them Markdown is text. They keep hostile input from costing more than
// its length.
const (
	maxDepth   = 32   // quotes and lists in each other
	maxMarks   = 1000 // marks that may open or close something, or define a link, in one paragraph
	maxColumns = 100  // of a table
)

func parseInline(source string) []node {
	c := converter{source: []byte(oneLine(source))}
	nodes := []node{}
	if document := c.parse(inlineParser()); document.HasChildren() {
		nodes = c.inlines(document.FirstChild(), scope{line: true})
	}
	return nodes
}

func parseBlocks(source string) []node {
	c := converter{source: []byte(expandTabs(Clean(source)))}
	return c.blocks(c.parse(blockParser()))
}

func (c *converter) parse(p parser.Parser) ast.Node {
	return p.Parse(gtext.NewReader(c.source))
}

var inlineParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 0)),
		parser.WithInlineParsers(inlineParsers()...),
	)
})

var blockParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitions{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tables{}, 200),
		),
	)
})

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(bounded{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(boundedLinks{bounded{parser.NewLinkParser()}}, 200),
		util.Prioritized(bounded{parser.NewAutoLinkParser()}, 300),
		util.Prioritized(bounded{parser.NewEmphasisParser()}, 500),
	}
}

// shallow opens no block below maxDepth.
type shallow struct{ parser.BlockParser }

func (s shallow) Open(parent ast.Node, reader gtext.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if n.Kind() == ast.KindBlockquote || n.Kind() == ast.KindList {
			depth++
		}
	}
	if depth >= maxDepth {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// definitions takes the definitions of links off a paragraph, each of which costs a look at all of it.
type definitions struct{ parser.ParagraphTransformer }

func (d definitions) Transform(p *ast.Paragraph, reader gtext.Reader, pc parser.Context) {
	count := 0
	for i := range p.Lines().Len() {
		line := p.Lines().At(i)
		if bytes.HasPrefix(bytes.TrimLeft(line.Value(reader.Source()), " "), []byte("[")) {
			count++
		}
	}
	if count <= maxMarks {
		d.ParagraphTransformer.Transform(p, reader, pc)
	}
}

var marksKey = parser.NewContextKey()

// bounded parses the first maxMarks marks of a paragraph.
type bounded struct{ parser.InlineParser }

func (b bounded) Parse(parent ast.Node, block gtext.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if line[0] == '_' && len(line) > 1 && isWordByte(line[1]) && isWord(block.PrecendingCharacter()) {
		return nil // within a word an underscore is text; saves a node for each
	}
	count := pc.ComputeIfAbsent(marksKey, func() any { return new(int) }).(*int)
	if *count >= maxMarks && line[0] != ']' {
		return nil
	}
	n := b.InlineParser.Parse(parent, block, pc)
	if d, ok := n.(*parser.Delimiter); line[0] != ']' && (!ok && n != nil || ok && (d.CanOpen || d.CanClose)) {
		*count++
	}
	return n
}

// boundedLinks also hears of each paragraph's end.
type boundedLinks struct{ bounded }

func (b boundedLinks) CloseBlock(parent ast.Node, block gtext.Reader, pc parser.Context) {
	pc.Set(marksKey, nil)
	b.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

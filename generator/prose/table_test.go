package prose

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// TestTablesAreThoseOfGoldmark makes paragraphs that look like tables, and holds what becomes of them against
// goldmark's own extension.
func TestTablesAreThoseOfGoldmark(t *testing.T) {
	const rounds = 20_000
	pieces := []string{"|", "|", "|", "-", "---", ":-", "-:", ":-:", ":", "a", "`b`", "`c\\|d`", "`", "\\", "\\|", " ",
		"  ", "\n", "\n", "\n", "> ", "- ", "\n\n", "*e*", "![`f\\|g`](h)"}
	found := 0
	for i := range rounds {
		g := rand.New(rand.NewPCG(5, uint64(i)))
		var b strings.Builder
		for range 3 + g.IntN(25) {
			b.WriteString(pieces[g.IntN(len(pieces))])
		}
		if i%2 == 0 {
			b.WriteString("\na | b\n--|:-\n" + pieces[g.IntN(len(pieces))] + "|" + pieces[g.IntN(len(pieces))] + "\n")
		}
		source := []byte(b.String())
		ours, theirs := blocksWith(source, tables{}), blocksWith(source, extension.NewTableParagraphTransformer())
		if !reflect.DeepEqual(ours, theirs) {
			t.Fatalf("%q: got\n%s\nwant\n%s", source, strings.Join(ours, "\n"), strings.Join(theirs, "\n"))
		}
		found += strings.Count(strings.Join(ours, "\n"), "Table ")
	}
	if found < rounds/10 {
		t.Errorf("only %d tables were made", found)
	}
}

// blocksWith lists the blocks of a text, with the lines of each.
func blocksWith(source []byte, transformer parser.ParagraphTransformer) (list []string) {
	p := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(util.Prioritized(transformer, 200)),
	)
	root := p.Parse(gtext.NewReader(source))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		line := fmt.Sprintf("%s %v", n.Kind(), entering)
		if entering && n.Type() == ast.TypeBlock {
			for i := range n.Lines().Len() {
				segment := n.Lines().At(i)
				line += fmt.Sprintf(" %q", segment.Value(source))
			}
		}
		if table, ok := n.(*east.Table); ok {
			line += fmt.Sprint(table.Alignments)
		}
		list = append(list, line)
		return ast.WalkContinue, nil
	})
	return list
}

// A pipe in the code of a cell has a backslash, which goldmark's extension takes off as well.
func TestPipesInCellsAreThoseOfGoldmark(t *testing.T) {
	for cell, want := range map[string]string{
		"`a\\|b`": "a|b", "`\\|`": "|", "`` `\\|` ``": "`|`", "`a\\|b\\|c`": "a|b|c", "x\\|y": "x|y",
		"`a` \\| `b\\|c`": "a | b|c", "*`a\\|b`*": "a|b", "[`a\\|b`](/x)": "a|b",
		"![`a\\|b`](/x)": "a|b",
	} {
		source := "h|i\n-|-\n" + cell + "|z\n"
		if got := squeeze(Blocks(source).Plain()); got != "h | i "+want+" | z" {
			t.Errorf("%s: reads %q, want %q", cell, got, want)
		}
		if got := inGFM(t, source); got != "h i "+want+" z" && cell[0] != '!' { // an image shows no text
			t.Errorf("%s: goldmark reads %q, want %q", cell, got, want)
		}
	}
}

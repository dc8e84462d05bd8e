package lint

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// eachPhrase ranges over the meanings and recoveries.
func (p *pass) eachPhrase(visit func(e *catalog.Error, key string, text prose.Text, n *document.Node)) {
	for _, e := range p.Errors {
		visit(e, "meaning", e.Meaning, e.Node.Get("meaning"))
		if recovery := e.Node.Get("recovery"); recovery != nil {
			visit(e, "recovery", e.Recovery, recovery)
		}
	}
}

// eachProse ranges over all prose of the catalog with its nodes; parse is how such a text is read.
func (p *pass) eachProse(visit func(text prose.Text, n *document.Node, parse func(string) prose.Text)) {
	inline := func(text prose.Text, n *document.Node) { visit(text, n, prose.Inline) }
	blocks := func(text prose.Text, n *document.Node) { visit(text, n, prose.Blocks) }
	p.EachText(inline, blocks)
	for _, e := range p.Errors {
		for _, example := range e.Examples {
			inline(example.Summary, example.Node.Get("summary"))
		}
	}
	p.EachSchema(func(s *catalog.Schema) {
		inline(s.Title, s.Node.Get("title"))
		inline(s.Description, s.Node.Get("description"))
	})
}

// pattern is a regular expression with the places where it is written: catalogs repeat few of them.
type pattern struct {
	text  string
	nodes []*document.Node
}

// patterns returns the values of the keyword pattern, each once.
func (p *pass) patterns() []*pattern {
	if p.patternsOnce != nil {
		return p.patternsOnce
	}
	p.patternsOnce = []*pattern{}
	known := map[string]*pattern{}
	p.EachSchema(func(s *catalog.Schema) {
		for _, limit := range s.Limits {
			if limit.Keyword != "pattern" {
				continue
			}
			text := limit.Value.Text
			if known[text] == nil {
				known[text] = &pattern{text: text}
				p.patternsOnce = append(p.patternsOnce, known[text])
			}
			known[text].nodes = append(known[text].nodes, limit.Value)
		}
	})
	return p.patternsOnce
}

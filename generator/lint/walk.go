package lint

import (
	"iter"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// eachError ranges over the errors with their nodes.
func (p *pass) eachError() iter.Seq2[*catalog.Error, *document.Node] {
	return func(yield func(*catalog.Error, *document.Node) bool) {
		for i, e := range p.Errors {
			if !yield(e, p.errors.Item(i)) {
				return
			}
		}
	}
}

// eachPhrase ranges over the meanings and recoveries.
func (p *pass) eachPhrase(visit func(e *catalog.Error, key string, text prose.Text, n *document.Node)) {
	for e, n := range p.eachError() {
		visit(e, "meaning", e.Meaning, n.Get("meaning"))
		if recovery := n.Get("recovery"); recovery != nil {
			visit(e, "recovery", e.Recovery, recovery)
		}
	}
}

// eachProse ranges over all prose of the catalog with its nodes; parse is how such a text is read.
func (p *pass) eachProse(visit func(text prose.Text, n *document.Node, parse func(string) prose.Text)) {
	inline := func(text prose.Text, n *document.Node) { visit(text, n, prose.Inline) }
	blocks := func(text prose.Text, n *document.Node) { visit(text, n, prose.Blocks) }
	root := p.Document.Root
	info := root.Get("info")
	inline(p.Title, info.Get("title"))
	inline(p.Summary, info.Get("summary"))
	blocks(p.Intro, info.Get("intro"))
	for i, c := range p.Categories {
		n := root.Get("categories").Item(i)
		inline(c.Title, n.Get("title"))
		blocks(c.Description, n.Get("description"))
	}
	for e, n := range p.eachError() {
		inline(e.Meaning, n.Get("meaning"))
		inline(e.Recovery, n.Get("recovery"))
		if e.Deprecated != nil {
			inline(e.Deprecated.Reason, n.Get("deprecated").Get("reason"))
		}
		for i, example := range e.Examples {
			inline(example.Summary, n.Get("examples").Item(i).Get("summary"))
		}
	}
	for i, r := range p.Retired {
		inline(r.Reason, root.Get("retired").Item(i).Get("reason"))
	}
	for i, s := range p.Sections {
		n := root.Get("sections").Item(i)
		inline(s.Title, n.Get("title"))
		blocks(s.Body, n.Get("body"))
	}
	p.eachSchema(func(s *catalog.Schema) {
		inline(s.Title, s.Node.Get("title"))
		inline(s.Description, s.Node.Get("description"))
	})
}

// eachSchema visits every schema that stands in the catalog once.
func (p *pass) eachSchema(visit func(*catalog.Schema)) {
	for _, e := range p.Errors {
		if e.Details == nil {
			continue
		}
		walk(e.Details, visit)
		for _, def := range e.Details.Defs {
			walk(def.Schema, visit)
		}
	}
	for _, t := range p.Types {
		walk(t.Schema, visit)
	}
}

func walk(s *catalog.Schema, visit func(*catalog.Schema)) {
	visit(s)
	if s.Item != nil {
		walk(s.Item, visit)
	}
	for _, property := range s.Properties {
		walk(property.Schema, visit)
	}
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
	p.eachSchema(func(s *catalog.Schema) {
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

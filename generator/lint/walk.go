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
	info := p.Document.Root.Get("info")
	inline(p.Title, info.Get("title"))
	inline(p.Summary, info.Get("summary"))
	blocks(p.Intro, info.Get("intro"))
	for _, c := range p.Categories {
		inline(c.Title, c.Node.Get("title"))
		blocks(c.Description, c.Node.Get("description"))
	}
	for _, e := range p.Errors {
		inline(e.Meaning, e.Node.Get("meaning"))
		inline(e.Recovery, e.Node.Get("recovery"))
		inline(e.Title, e.Node.Get("title"))
		blocks(e.Description, e.Node.Get("description"))
		if e.Deprecated != nil {
			inline(e.Deprecated.Reason, e.Deprecated.Node.Get("reason"))
		}
		for _, example := range e.Examples {
			inline(example.Summary, example.Node.Get("summary"))
		}
	}
	for _, r := range p.Retired {
		inline(r.Reason, r.Node.Get("reason"))
	}
	for _, s := range p.Sections {
		inline(s.Title, s.Node.Get("title"))
		blocks(s.Body, s.Node.Get("body"))
	}
	p.eachSchema(func(s *catalog.Schema) {
		inline(s.Title, s.Node.Get("title"))
		inline(s.Description, s.Node.Get("description"))
	})
}

// eachSchema visits every schema that stands in the catalog once.
func (p *pass) eachSchema(visit func(*catalog.Schema)) {
	for _, s := range p.Shared {
		walk(s.Said, visit)
	}
	for _, e := range p.Errors {
		if e.OwnDetails == nil {
			continue
		}
		walk(e.OwnDetails, visit)
		for _, def := range e.OwnDetails.Defs {
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

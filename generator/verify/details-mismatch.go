package verify

import "github.com/sigsentry/errgen/generator/diag"

var detailsMismatch = rule{
	Rule: diag.Rule{
		Name: "details-mismatch",
		Reason: "Details are data that programs read: what is missing, of another type or outside of its " +
			"limits breaks them, or is left out by a generated client as if it had not been sent. The " +
			"schema of the catalog is what they were promised.",
		Bad:  fineBut(`{"id": "9"}`, `{"id": 9}`),
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		if !p.hasCode() || p.known == nil || p.sent.Details == nil {
			return
		}
		if p.known.Details == nil {
			if read := p.catalog.Envelope.Reads.Details; !read.Spread {
				p.report(read.Path, p.known.Node, p.code()+" came with details"+p.from("from")+", and has none in the catalog",
					"describe them with details in the catalog, or do not send them")
			}
			return
		}
		for m := range p.fits.Misfits(p.known.Details, p.sent.Details) {
			path := p.path(m.Value)
			p.report(path+" "+m.Keyword, m.Schema.Node, path+" "+m.Says+": "+p.code()+p.from("from"),
				"send what the schema says, or correct the schema")
		}
	},
}

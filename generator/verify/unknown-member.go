package verify

import "github.com/sigsentry/errgen/generator/diag"

var unknownMember = rule{
	Rule: diag.Rule{
		Name: "unknown-member",
		Reason: "A body may hold more than the catalog says: clients accept it, so that servers can grow. " +
			"What is sent for good is worth a line in the catalog all the same, where clients get a type " +
			"for it and docs tell of it. The rule is off until verify.rules in errgen.yaml gives it a " +
			"level.",
		Bad:  fineBut(`"No such parcel", "details": {"id": "9"}`, `"Gone", "details": {"id": "9", "x": 4}`),
		Good: fine,
	},
	severity: diag.Off,
	check: func(p *pass) {
		if !p.hasCode() || p.body == nil {
			return
		}
		for _, path := range p.fit.Unknown {
			p.report(path, nil, path+" is not in the envelope: "+p.code()+p.from("from"),
				"add it to info.envelope, or do not send it")
		}
		if p.known == nil || p.sent.Details == nil || p.known.Details == nil {
			return
		}
		for n, schema := range unknownIn(p.sent.Details, p.known.Details) {
			path := p.path(n)
			p.report(path, schema.Node, path+" is not in the details of "+p.code()+p.from("from"),
				"describe it in the catalog, or do not send it")
		}
	},
}

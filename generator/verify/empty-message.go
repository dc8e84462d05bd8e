package verify

import "github.com/sigsentry/errgen/generator/diag"

var emptyMessage = rule{
	Rule: diag.Rule{
		Name: "empty-message",
		Reason: "The message is what ends up in logs, and on screens where a client does not know the code. " +
			"Without one, people see nothing at all, or the bare status. The catalog has a message for " +
			"each code, which is the least that a server can send.",
		Bad:  fineBut("No such parcel", ""),
		Good: fine,
	},
	severity: diag.Error,
	check: func(p *pass) {
		read := p.catalog.Envelope.Reads.Message
		if !p.hasCode() || read == nil || p.fit.HasMessage {
			return
		}
		p.report("", p.entry(), p.code()+" came without a message"+p.from("from"), "send one at "+read.Path)
	},
}

package verify

import (
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// rule is one thing that a response may be wrong in. Its examples are lines of a capture, of which the rule, and no
// other, speaks in the bad ones.
type rule struct {
	diag.Rule
	severity diag.Severity // unless errgen.yaml says otherwise
	check    func(*pass)   // nil: Findings looks for it at the end
}

// fine is an example of a response that is as it should be.
const fine = `
{"method": "GET", "path": "/parcels/9", "status": 404, "headers": {"content-type": "application/json"},
 "body": {"success": false, "error": {"code": "NOT_FOUND", "message": "No such parcel", "details": {"id": "9"}}}}
`

// fineBut returns the same with something in the place of a part.
func fineBut(part, instead string) string { return strings.Replace(fine, part, instead, 1) }

// rules is the one list, in the order in which a response is looked at.
var rules = []*rule{
	&noErrorResponses, &missingBody, &notAnEnvelope, &wrongEnvelope, &contentType, &undocumentedCode, &wrongStatus,
	&successWithError, &notOfOperation, &emptyMessage, &noRetryAfter, &missingDetails, &detailsMismatch, &unknownMember,
}

// Rules returns all rules.
func Rules() []diag.Rule {
	all := make([]diag.Rule, len(rules))
	for i, r := range rules {
		all[i] = r.Rule
		all[i].Group, all[i].Level = "verify", r.severity.String()
	}
	return all
}

func (c *Check) severityOf(r *rule) diag.Severity { return c.options.Severities.Of(r.Name, r.severity) }

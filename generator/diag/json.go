package diag

import (
	"encoding/json"
	"io"
)

// The JSON form, version 1. Lines and columns count from 1, columns count code points, and a range ends behind its last
// character. What is not known is left out: a diagnostic about a file as a whole has no range. A later version 1 may
// have more keys.
type (
	jsonReport struct {
		Version     int              `json:"version"`
		Diagnostics []jsonDiagnostic `json:"diagnostics"`
	}
	jsonDiagnostic struct {
		Diagnostic
		Fingerprint string `json:"fingerprint"` // the same in the next run, although lines have moved
		Accepted    bool   `json:"accepted,omitempty"`
		Reason      string `json:"reason,omitempty"` // why it is accepted
	}
)

// JSON prints diagnostics for programs: an object with the keys version and diagnostics.
func JSON(w io.Writer, list List) error {
	report := jsonReport{Version: 1, Diagnostics: []jsonDiagnostic{}}
	fingerprints := list.fingerprints()
	for i, d := range list {
		report.Diagnostics = append(report.Diagnostics,
			jsonDiagnostic{Diagnostic: d, Fingerprint: fingerprints[i], Accepted: d.Accepted != "", Reason: d.Accepted})
	}
	return WriteJSON(w, report)
}

// WriteJSON prints a value as errgen prints all JSON: indented, and readable where it holds markup.
func WriteJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

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
		Rule     string `json:"rule"`
		Severity string `json:"severity"` // error or warning; note where it is accepted
		Message  string `json:"message"`
		jsonPlace
		Pointer     string        `json:"pointer,omitempty"` // JSON pointer (RFC 6901) into the file
		Hint        string        `json:"hint,omitempty"`
		Related     []jsonRelated `json:"related,omitempty"`
		Edits       []jsonEdit    `json:"edits,omitempty"` // that make it right
		Fingerprint string        `json:"fingerprint"`     // the same in the next run, although lines have moved
		Accepted    bool          `json:"accepted,omitempty"`
		Reason      string        `json:"reason,omitempty"` // why it is accepted
	}
	jsonRelated struct {
		Message string `json:"message"`
		jsonPlace
	}
	jsonPlace struct {
		File  string     `json:"file"`
		Range *jsonRange `json:"range,omitempty"`
	}
	jsonRange struct {
		Start jsonPosition `json:"start"`
		End   jsonPosition `json:"end"`
	}
	jsonPosition struct {
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	// The bytes from start up to end of the file give way to text. A byte order mark does not count.
	jsonEdit struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	}
)

// JSON prints diagnostics for programs: an object with the keys version and diagnostics.
func JSON(w io.Writer, list List) error {
	report := jsonReport{Version: 1, Diagnostics: []jsonDiagnostic{}}
	fingerprints := list.fingerprints()
	for i, d := range list {
		one := jsonDiagnostic{
			Rule: d.Rule, Severity: d.Severity.String(), Message: d.Message, jsonPlace: d.Place.json(),
			Pointer: d.Pointer, Hint: d.Hint, Fingerprint: fingerprints[i],
			Accepted: d.Accepted != "", Reason: d.Accepted,
		}
		for _, r := range d.Related {
			one.Related = append(one.Related, jsonRelated{r.Message, r.Place.json()})
		}
		for _, e := range d.Edits {
			one.Edits = append(one.Edits, jsonEdit{e.Start, e.End, e.New})
		}
		report.Diagnostics = append(report.Diagnostics, one)
	}
	return WriteJSON(w, report)
}

func (p Place) json() jsonPlace {
	out := jsonPlace{File: p.File}
	if p.Start.Line > 0 {
		out.Range = &jsonRange{Start: jsonPosition(p.Start), End: jsonPosition(p.End)}
	}
	return out
}

// WriteJSON prints a value as errgen prints all JSON: indented, and readable where it holds markup.
func WriteJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

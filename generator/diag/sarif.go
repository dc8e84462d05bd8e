package diag

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"
)

// The part of SARIF 2.1.0 (OASIS) that errgen uses.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool              map[string]sarifDriver `json:"tool"`              // driver
		AutomationDetails map[string]string      `json:"automationDetails"` // id
		ColumnKind        string                 `json:"columnKind"`
		Results           []sarifResult          `json:"results"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string              `json:"id"`
		ShortDescription sarifText           `json:"shortDescription"`
		FullDescription  sarifText           `json:"fullDescription"`
		Help             sarifText           `json:"help"`
		Properties       map[string][]string `json:"properties"` // tags
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID              string             `json:"ruleId"`
		RuleIndex           int                `json:"ruleIndex"`
		Level               string             `json:"level"`
		Message             sarifText          `json:"message"`
		Locations           []sarifLocation    `json:"locations"`
		RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
		PartialFingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Status        string `json:"status"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		ID               int                   `json:"id,omitempty"`
		PhysicalLocation sarifPhysicalLocation `json:"physicalLocation"`
		Message          *sarifText            `json:"message,omitempty"`
	}
	sarifPhysicalLocation struct {
		ArtifactLocation map[string]string `json:"artifactLocation"` // uri
		Region           sarifRegion       `json:"region"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
)

// SARIF prints diagnostics as SARIF 2.1.0 of the tool's version. A log replaces an earlier one with the same category,
// which says what was looked at and by which command. Rules explains those that occur; of one that it lacks only the
// name is known.
func SARIF(w io.Writer, list List, version, category string, rules []Rule) error {
	driver := sarifDriver{
		Name: "errgen", Version: version, InformationURI: "https://github.com/sigsentry/errgen", Rules: []sarifRule{},
	}
	index := map[string]int{}
	results := []sarifResult{}
	fingerprints := list.fingerprints()
	for i, d := range list {
		if _, known := index[d.Rule]; !known {
			index[d.Rule] = len(driver.Rules)
			driver.Rules = append(driver.Rules, ruleNamed(d.Rule, rules).sarif())
		}
		results = append(results, d.sarif(index[d.Rule], fingerprints[i]))
	}
	return WriteJSON(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool: map[string]sarifDriver{"driver": driver},
			// GitHub takes what stands behind the last slash for a run
			AutomationDetails: map[string]string{"id": category + "/"},
			ColumnKind:        "unicodeCodePoints",
			Results:           results,
		}},
	})
}

func ruleNamed(name string, rules []Rule) Rule {
	for _, r := range rules {
		if r.Name == name {
			return r
		}
	}
	return Rule{Name: name, Group: "errgen", Reason: "Run `errgen explain " + name + "`."}
}

func (r Rule) sarif() sarifRule {
	text, markdown := r.Reason+"\n", r.Reason+"\n"
	for _, example := range []struct{ title, yaml string }{{"Before", r.Before}, {"Bad", r.Bad}, {"Good", r.Good}} {
		if yaml := strings.Trim(example.yaml, "\n"); yaml != "" {
			text += "\n" + example.title + ":\n" + yaml + "\n"
			markdown += "\n**" + example.title + "**\n\n```yaml\n" + yaml + "\n```\n"
		}
	}
	return sarifRule{
		ID:               r.Name,
		ShortDescription: sarifText{Text: strings.ReplaceAll(r.Name, "-", " ")},
		FullDescription:  sarifText{Text: r.Reason},
		Help:             sarifText{Text: text, Markdown: markdown},
		Properties:       map[string][]string{"tags": {r.Group}},
	}
}

// sarif gives the fingerprint also under the name by which GitHub follows an alert from run to run.
func (d Diagnostic) sarif(rule int, fingerprint string) sarifResult {
	result := sarifResult{
		RuleID: d.Rule, RuleIndex: rule, Level: d.Severity.String(), Message: sarifText{Text: sarifMessage(d.sentence())},
		Locations:           []sarifLocation{{PhysicalLocation: d.Place.sarif()}},
		PartialFingerprints: map[string]string{"errgen/v1": fingerprint, "primaryLocationLineHash": fingerprint + ":1"},
	}
	if d.Accepted != "" {
		result.Suppressions = []sarifSuppression{{"external", "accepted", d.Accepted}}
	}
	for i, r := range d.Related {
		result.RelatedLocations = append(result.RelatedLocations,
			sarifLocation{ID: i + 1, PhysicalLocation: r.Place.sarif(),
				Message: &sarifText{Text: sarifMessage(Visible(r.Message))}})
	}
	return result
}

// sarifMessage keeps text from becoming a link: SARIF 2.1.0 section 3.11.6.
func sarifMessage(text string) string {
	if !strings.Contains(text, "](") {
		return text
	}
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`).Replace(text)
}

// sarif gives a file as a whole its first line: GitHub shows nothing without one.
func (p Place) sarif() sarifPhysicalLocation {
	region := sarifRegion{StartLine: 1}
	if p.Start.Line > 0 {
		region = sarifRegion{StartLine: p.Start.Line, StartColumn: p.Start.Column, EndLine: p.End.Line,
			EndColumn: max(p.End.Column, 1)}
	}
	return sarifPhysicalLocation{ArtifactLocation: map[string]string{"uri": p.uri()}, Region: region}
}

// slashed returns the file as programs expect it: with slashes, and without a dot in front.
func (p Place) slashed() string { return filepath.ToSlash(filepath.Clean(p.File)) }

// uri returns the file as a URI reference (RFC 3986).
func (p Place) uri() string {
	path := p.slashed()
	if filepath.IsAbs(p.File) {
		return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(path, "/")}).String()
	}
	return (&url.URL{Path: path}).String()
}

package diag

import "io"

// The form of a GitLab code quality report.
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

var gitlabSeverities = []string{Error: "major", Warning: "minor", Note: "info"}

// GitLab prints diagnostics as a code quality report (docs.gitlab.com/ci/testing/code_quality). A file as a whole is
// its first line there.
func GitLab(w io.Writer, list List) error {
	issues := []gitlabIssue{}
	fingerprints := list.fingerprints()
	for i, d := range list {
		issues = append(issues, gitlabIssue{
			Description: d.sentence(),
			CheckName:   d.Rule,
			Fingerprint: fingerprints[i],
			Severity:    gitlabSeverities[d.Severity],
			Location:    gitlabLocation{Path: d.Place.slashed(), Lines: gitlabLines{Begin: max(1, d.Place.Start.Line)}},
		})
	}
	return WriteJSON(w, issues)
}

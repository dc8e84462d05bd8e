package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// The limits of GitHub Actions: the annotations of a severity that a step may make (github.com/actions/toolkit,
// docs/problem-matchers.md), and the characters of a message (github.com/actions/runner,
// src/Runner.Worker/ExecutionContext.cs).
const (
	annotationsOfStep = 10
	annotationLength  = 4096
)

// GitHub prints diagnostics as workflow commands, errors first. GitHub Actions shows the first ten of a severity beside
// the lines of a pull request, and all in the log of the step, but there only their texts: these hold place and rule.
func GitHub(w io.Writer, list List) error {
	out := bufio.NewWriter(w)
	for _, d := range list.errorsFirst() {
		text := commandData.Replace(cut(d.line(), annotationLength))
		fmt.Fprintf(out, "::%s %s::%s\n", commands[d.Severity], strings.Join(d.properties(), ","), text)
	}
	if max(list.Count(Error), list.Count(Warning)) > annotationsOfStep {
		fmt.Fprintf(out, "::notice title=errgen::%d were found, of which GitHub shows the first %d errors and %d warnings; "+
			"the log of this step has all\n", len(list), annotationsOfStep, annotationsOfStep)
	}
	return out.Flush()
}

var commands = []string{Error: "error", Warning: "warning", Note: "notice"}

// cut returns what fits of s into so many bytes, and thus into so many of the UTF-16 units in which others count.
func cut(s string, most int) string {
	const sign = "…"
	if len(s) <= most {
		return s
	}
	end := most - len(sign)
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + sign
}

// properties returns where GitHub shows the diagnostic. Its endColumn is the last column, and counts only within one
// line.
func (d Diagnostic) properties() []string {
	p := d.Place
	properties := []string{"file=" + commandProperty.Replace(p.slashed())}
	if p.Start.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d", p.Start.Line))
		if p.End.Line == p.Start.Line {
			end := max(p.Start.Column, p.End.Column-1)
			properties = append(properties, fmt.Sprintf("endLine=%d,col=%d,endColumn=%d", p.End.Line, p.Start.Column, end))
		}
	}
	return append(properties, "title="+commandProperty.Replace(d.Rule))
}

// The escapes of workflow commands: github.com/actions/toolkit packages/core/src/command.ts.
var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// sentence returns the message with the way out, or with why it is accepted, for forms that have one text.
func (d Diagnostic) sentence() string {
	switch {
	case d.Accepted != "":
		return Visible(d.Message) + " (accepted: " + Visible(d.Accepted) + ")"
	case d.Hint == "":
		return Visible(d.Message)
	}
	return Visible(d.Message) + " (" + Visible(d.Hint) + ")"
}

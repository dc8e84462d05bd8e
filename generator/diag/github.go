package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// GitHub prints diagnostics as workflow commands, which GitHub Actions shows beside the lines of a pull request: the first ten of a severity in each step.
func GitHub(w io.Writer, list List) error {
	out := bufio.NewWriter(w)
	for _, d := range list {
		fmt.Fprintf(out, "::%s %s::%s\n", d.Severity, strings.Join(d.properties(), ","), commandData.Replace(d.sentence()))
	}
	return out.Flush()
}

// properties returns where GitHub shows the diagnostic. Its endColumn is the last column, and counts only within one line.
func (d Diagnostic) properties() []string {
	p := d.Place
	properties := []string{"file=" + commandProperty.Replace(p.slashed())}
	if p.Start.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d", p.Start.Line))
		if p.End.Line == p.Start.Line {
			properties = append(properties, fmt.Sprintf("endLine=%d,col=%d,endColumn=%d", p.End.Line, p.Start.Column, max(p.Start.Column, p.End.Column-1)))
		}
	}
	return append(properties, "title="+commandProperty.Replace(d.Rule))
}

// The escapes of workflow commands: github.com/actions/toolkit packages/core/src/command.ts.
var (
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// sentence returns the message with the way out, for forms that have one text.
func (d Diagnostic) sentence() string {
	if d.Hint == "" {
		return Visible(d.Message)
	}
	return Visible(d.Message) + " (" + Visible(d.Hint) + ")"
}

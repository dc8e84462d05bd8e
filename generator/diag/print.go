package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Style holds the terminal sequences that a printer puts around its parts; the zero Style prints plain text.
type Style struct{ Error, Warning, Note, Bold, Reset string }

// Colors is the Style of a terminal that shows ANSI colours.
var Colors = Style{Error: "\x1b[1;31m", Warning: "\x1b[1;33m", Note: "\x1b[1;34m", Bold: "\x1b[1m", Reset: "\x1b[0m"}

// Text prints diagnostics for people: each with its source line and carets under the place.
func Text(w io.Writer, list List, style Style) error {
	out := bufio.NewWriter(w)
	for i, d := range list {
		if i > 0 {
			out.WriteByte('\n')
		}
		printText(out, d, style)
	}
	return out.Flush()
}

// Short prints one line for each diagnostic: file:line:column: severity[rule]: message (hint).
func Short(w io.Writer, list List) error {
	out := bufio.NewWriter(w)
	for _, d := range list {
		fmt.Fprintf(out, "%s: %s[%s]: %s", d.Place.address(), d.Severity, d.Rule, d.Message)
		if d.Hint != "" {
			fmt.Fprintf(out, " (%s)", d.Hint)
		}
		out.WriteByte('\n')
	}
	return out.Flush()
}

func (p Place) address() string {
	if p.Start.Line == 0 {
		return Visible(p.File)
	}
	return fmt.Sprintf("%s:%d:%d", Visible(p.File), p.Start.Line, p.Start.Column)
}

func printText(out *bufio.Writer, d Diagnostic, s Style) {
	color := s.Error
	if d.Severity == Warning {
		color = s.Warning
	}
	fmt.Fprintf(out, "%s%s[%s]%s%s: %s%s\n", color, d.Severity, d.Rule, s.Reset, s.Bold, d.Message, s.Reset)
	gutter := strings.Repeat(" ", len(fmt.Sprint(widestLine(d))))
	printPlace(out, d.Place, gutter, "-->", color, d.Hint, s)
	for _, r := range d.Related {
		printPlace(out, r.Place, gutter, ":::", s.Note, r.Message, s)
	}
}

func widestLine(d Diagnostic) int {
	widest := d.Place.Start.Line
	for _, r := range d.Related {
		widest = max(widest, r.Place.Start.Line)
	}
	return widest
}

func printPlace(out *bufio.Writer, p Place, gutter, arrow, color, label string, s Style) {
	fmt.Fprintf(out, "%s%s%s%s %s\n", gutter, s.Note, arrow, s.Reset, p.address())
	if p.Start.Line == 0 || p.Source == "" && label == "" {
		if label != "" {
			fmt.Fprintf(out, "%s %s=%s help: %s\n", gutter, s.Note, s.Reset, label)
		}
		return
	}
	text, indent, length := snippet(p)
	carets := strings.Repeat(" ", indent) + color + strings.Repeat("^", length)
	if label != "" {
		carets += " " + label
	}
	fmt.Fprintf(out, "%s %s|%s\n", gutter, s.Note, s.Reset)
	fmt.Fprintf(out, "%s%*d |%s %s\n", s.Note, len(gutter), p.Start.Line, s.Reset, text)
	fmt.Fprintf(out, "%s %s|%s %s%s\n", gutter, s.Note, s.Reset, carets, s.Reset)
}

// snippet returns the source line as it can be shown, the display column where the carets start and how many there are. A long line is cut around the place.
func snippet(p Place) (text string, indent, length int) {
	const before, most = 60, 140
	line := []rune(p.Source)
	start := min(max(p.Start.Column-1, 0), len(line))
	end := len(line)
	if p.End.Line == p.Start.Line && p.End.Column > p.Start.Column {
		end = min(p.End.Column-1, len(line))
	}
	from, to := 0, len(line)
	if len(line) > most {
		from = max(0, start-before)
		to = min(len(line), from+most)
		end = min(end, to)
	}
	show := func(part []rune) string {
		return strings.ReplaceAll(Visible(strings.ReplaceAll(string(part), "\t", " ")), "\ufeff", "")
	}
	text = show(line[from:to])
	prefix := show(line[from:start])
	if from > 0 {
		text, prefix = "…"+text, "…"+prefix
	}
	if to < len(line) {
		text += "…"
	}
	return text, displayWidth(prefix), max(1, displayWidth(show(line[start:max(end, start)])))
}

// displayWidth returns how many terminal columns s takes: two for East Asian wide characters and emoji, none for combining marks.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r >= 0x300 && r <= 0x36f, r == 0x200d, r >= 0xfe00 && r <= 0xfe0f:
		case isWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// isWide follows the blocks of Unicode's East Asian Width property (UAX #11) that are wide as a whole.
func isWide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 ||
		r >= 0xffe0 && r <= 0xffe6 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd
}

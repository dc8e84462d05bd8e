package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Style holds the terminal sequences that a printer puts around its parts; the zero Style prints plain text.
type Style struct{ Error, Warning, Note, Bold, Reset string }

// Colors is the Style of a terminal that shows ANSI colours.
var Colors = Style{Error: "\x1b[1;31m", Warning: "\x1b[1;33m", Note: "\x1b[1;34m", Bold: "\x1b[1m", Reset: "\x1b[0m"}

// People are shown this many diagnostics: nobody reads further.
const shownToPeople = 100

// forPeople returns the diagnostics that people are shown, and how many more there are. Of too many, errors are shown
// before warnings.
func (l List) forPeople() (shown List, more int) {
	if len(l) <= shownToPeople {
		return l, 0
	}
	return l.errorsFirst()[:shownToPeople], len(l) - shownToPeople
}

// Text prints diagnostics for people: each with its source line and carets under the place, a hundred at most.
func Text(w io.Writer, list List, style Style) error {
	out := bufio.NewWriter(w)
	shown, more := list.forPeople()
	for i, d := range shown {
		if i > 0 {
			out.WriteByte('\n')
		}
		printText(out, d, style)
	}
	if more > 0 {
		fmt.Fprintf(out, "\n%s\n", andMore(more))
	}
	return out.Flush()
}

// Short prints one line for each diagnostic, a hundred at most: file:line:column: severity[rule]: message (hint).
func Short(w io.Writer, list List) error {
	out := bufio.NewWriter(w)
	shown, more := list.forPeople()
	for _, d := range shown {
		out.WriteString(d.line() + "\n")
	}
	if more > 0 {
		out.WriteString(andMore(more) + "\n")
	}
	return out.Flush()
}

func andMore(n int) string { return fmt.Sprintf("and %d more, which --format json prints as well", n) }

// line returns all that fits on one line.
func (d Diagnostic) line() string {
	return fmt.Sprintf("%s: %s[%s]: %s", d.Place.address(), d.Severity, d.Rule, d.sentence())
}

func (p Place) address() string {
	if p.Start.Line == 0 {
		return Visible(p.File)
	}
	return fmt.Sprintf("%s:%d:%d", Visible(p.File), p.Start.Line, p.Start.Column)
}

func printText(out *bufio.Writer, d Diagnostic, s Style) {
	color := []string{Error: s.Error, Warning: s.Warning, Note: s.Note}[d.Severity]
	fmt.Fprintf(out, "%s%s[%s]%s%s: %s%s\n", color, d.Severity, d.Rule, s.Reset, s.Bold, Visible(d.Message), s.Reset)
	p := placePrinter{out: out, style: s, gutter: strings.Repeat(" ", len(fmt.Sprint(widestLine(d))))}
	p.print(d.Place, "-->", color, d.Hint)
	for _, r := range d.Related {
		p.print(r.Place, ":::", s.Note, r.Message)
	}
	if d.Note != "" {
		p.remark("note", Visible(d.Note))
	}
	p.remark("help", "run `errgen explain "+d.Rule+"`")
}

func widestLine(d Diagnostic) int {
	widest := d.Place.Start.Line
	for _, r := range d.Related {
		widest = max(widest, r.Place.Start.Line)
	}
	return widest
}

// placePrinter prints the places of one diagnostic, whose line numbers share a gutter.
type placePrinter struct {
	out    *bufio.Writer
	style  Style
	gutter string
}

func (p placePrinter) print(at Place, arrow, color, label string) {
	note, reset := p.style.Note, p.style.Reset
	label = Visible(label)
	fmt.Fprintf(p.out, "%s%s%s%s %s\n", p.gutter, note, arrow, reset, at.address())
	if at.Start.Line == 0 {
		if label != "" {
			p.remark("help", label)
		}
		return
	}
	text, indent, length := snippet(at)
	carets := strings.Repeat(" ", indent) + color + strings.Repeat("^", length)
	if label != "" {
		carets += " " + label
	}
	fmt.Fprintf(p.out, "%s %s|%s\n", p.gutter, note, reset)
	fmt.Fprintf(p.out, "%s%*d |%s %s\n", note, len(p.gutter), at.Start.Line, reset, text)
	fmt.Fprintf(p.out, "%s %s|%s %s%s\n", p.gutter, note, reset, carets, reset)
}

func (p placePrinter) remark(kind, words string) {
	fmt.Fprintf(p.out, "%s %s=%s %s: %s\n", p.gutter, p.style.Note, p.style.Reset, kind, words)
}

// snippet returns the source as it can be shown, the terminal column where the carets start and how many there are.
func snippet(p Place) (text string, indent, length int) {
	line := []rune(p.Source)
	start := min(max(p.Start.Column-p.SourceColumn, 0), len(line))
	end := len(line)
	if p.End.Line == p.Start.Line {
		end = max(start, min(p.End.Column-p.SourceColumn, end))
	}
	before, marked := shown(line[:start]), shown(line[start:end])
	if p.SourceColumn > 1 {
		before = "…" + before
	}
	return strings.TrimRight(before+marked+shown(line[end:]), " "), displayWidth(before), max(1, displayWidth(marked))
}

func shown(part []rune) string {
	return Visible(strings.ReplaceAll(string(part), "\t", " "))
}

// displayWidth returns how many terminal columns s takes: two for East Asian wide characters and emoji, none for
// combining marks.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
		case unicode.Is(wide, r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// wide is the part of Unicode's East Asian Width property (UAX #11) with the values W and F, its small gaps filled.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1}, {0x231a, 0x231b, 1}, {0x2329, 0x232a, 1}, {0x23e9, 0x23ec, 1}, {0x23f0, 0x23f3, 3},
		{0x25fd, 0x25fe, 1},
		{0x2614, 0x2615, 1}, {0x2630, 0x2637, 1}, {0x2648, 0x2653, 1}, {0x267f, 0x267f, 1}, {0x268a, 0x268f, 1},
		{0x2693, 0x26a1, 14}, {0x26aa, 0x26ab, 1},
		{0x26bd, 0x26be, 1}, {0x26c4, 0x26c5, 1}, {0x26ce, 0x26d4, 6}, {0x26ea, 0x26ea, 1}, {0x26f2, 0x26f3, 1},
		{0x26f5, 0x26fa, 5},
		{0x26fd, 0x2705, 8}, {0x270a, 0x270b, 1}, {0x2728, 0x2728, 1}, {0x274c, 0x274e, 2}, {0x2753, 0x2755, 1},
		{0x2757, 0x2757, 1},
		{0x2795, 0x2797, 1}, {0x27b0, 0x27bf, 15}, {0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b55, 5}, {0x2e80, 0x303e, 1},
		{0x3041, 0xa4cf, 1},
		{0xa960, 0xa97c, 1}, {0xac00, 0xd7a3, 1}, {0xf900, 0xfaff, 1}, {0xfe10, 0xfe19, 1}, {0xfe30, 0xfe6f, 1},
		{0xff01, 0xff60, 1}, {0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{
		{0x16fe0, 0x1b2fb, 1}, {0x1f004, 0x1f004, 1}, {0x1f0cf, 0x1f0cf, 1}, {0x1f18e, 0x1f18e, 1}, {0x1f191, 0x1f19a, 1},
		{0x1f200, 0x1f320, 1},
		{0x1f32d, 0x1f64f, 1}, {0x1f680, 0x1f6fc, 1}, {0x1f7e0, 0x1f7f0, 1}, {0x1f900, 0x1faff, 1}, {0x20000, 0x3fffd, 1},
	},
}

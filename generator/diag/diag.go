// Package diag holds what errgen says about a wrong file: diagnostics with their places, and how they are printed.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Severity says how bad a diagnostic is.
type Severity int

const (
	// Error stops errgen: nothing is generated.
	Error Severity = iota
	// Warning is reported and changes nothing else.
	Warning
	// Note is the severity of what would be reported, and is accepted.
	Note
	// Off is the severity of a rule that reports nothing.
	Off
)

var severities = []string{Error: "error", Warning: "warning", Note: "note", Off: "off"}

// String returns the word that is printed, and written in errgen.yaml.
func (s Severity) String() string { return severities[s] }

// MarshalText returns what String does.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// ParseSeverity reads what String returns, and reports whether s is that.
func ParseSeverity(s string) (severity Severity, known bool) {
	i := slices.Index(severities, s)
	return Severity(max(i, 0)), i >= 0
}

// Severities are those that rules have in a project, by name.
type Severities map[string]Severity

// Of returns the severity of a rule: its own where nothing is said of it.
func (s Severities) Of(rule string, own Severity) Severity {
	if severity, set := s[rule]; set {
		return severity
	}
	return own
}

// Position is a place in a text file. Line and Column count from 1; Column counts code points. The zero Position is the
// file as a whole.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Range is a part of a text file. End is behind its last character.
type Range struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
}

// Place is a range of one file, with the source around its start.
type Place struct {
	File         string `json:"file"`
	Range        `json:"range,omitzero"`
	Source       string `json:"-"` // the line of Start without its line break, or of a long line the part around Start
	SourceColumn int    `json:"-"` // the column where Source begins: 1 unless the line is cut
}

// Related is another place that a diagnostic speaks of.
type Related struct {
	Message string `json:"message"`
	Place
}

// Diagnostic is one thing that is wrong.
type Diagnostic struct {
	Rule     string   `json:"rule"` // kebab-case name
	Severity Severity `json:"severity"`
	Message  string   `json:"message"` // lower case, no full stop
	Place
	Pointer  string    `json:"pointer,omitempty"` // JSON pointer (RFC 6901) of the value in the file
	Hint     string    `json:"hint,omitempty"`    // the way out, printed behind the carets
	Note     string    `json:"-"`                 // what else people should know; printed only in the text form
	Related  []Related `json:"related,omitempty"`
	Accepted string    `json:"-"`               // why it does not count, or ""
	Edits    []Edit    `json:"edits,omitempty"` // that make it right; none where a person has to decide
}

// Edit replaces the bytes of a file from Start up to End. A byte order mark does not count.
type Edit struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"text"`
}

// Rule is what can be known of the diagnostics of one name.
type Rule struct {
	Name   string `json:"name"`             // kebab-case
	Group  string `json:"group"`            // what reports it: generate, lint, breaking or verify
	Level  string `json:"level"`            // error or warning; of a rule of breaking wire, source or docs
	Reason string `json:"reason,omitempty"` // one paragraph
	Before string `json:"before,omitempty"` // of a change: what stood in the catalog until then
	Bad    string `json:"bad,omitempty"`    // an example, part of a catalog; empty where none can be shown
	Good   string `json:"good,omitempty"`   // the same without a diagnostic
	Hint   string `json:"hint,omitempty"`   // the way out where it is the same for all
}

// List collects diagnostics.
type List []Diagnostic

// A list does not outgrow this, whatever the file is: nobody reads further.
const most = 10_000

// Full reports whether l takes no more diagnostics.
func (l List) Full() bool { return len(l) > most }

// Add appends diagnostics while there is room; the last one says that there are more.
func (l *List) Add(more ...Diagnostic) {
	for _, d := range more {
		switch {
		case l.Full():
			return
		case len(*l) == most:
			d = Diagnostic{Rule: "too-many-mistakes", Message: "there are more mistakes than are shown",
				Place: Place{File: d.Place.File}, Hint: "correct these first"}
		}
		*l = append(*l, d)
	}
}

// HasErrors reports whether any diagnostic is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Count returns how many diagnostics have severity s.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// errorsFirst returns the diagnostics with the errors before the warnings.
func (l List) errorsFirst() List {
	bySeverity := func(a, b Diagnostic) int { return cmp.Compare(a.Severity, b.Severity) }
	return slices.SortedStableFunc(slices.Values(l), bySeverity)
}

// Compare orders by file, place and rule.
func (d *Diagnostic) Compare(other *Diagnostic) int {
	return cmp.Or(
		cmp.Compare(d.Place.File, other.Place.File),
		cmp.Compare(d.Place.Start.Line, other.Place.Start.Line),
		cmp.Compare(d.Place.Start.Column, other.Place.Start.Column),
		cmp.Compare(d.Rule, other.Rule),
		cmp.Compare(d.Message, other.Message),
	)
}

// Sort puts the list in order, and drops repetitions.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Diagnostic) int { return a.Compare(&b) })
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool {
		return a.Rule == b.Rule && a.Message == b.Message && a.Place == b.Place
	})
}

// Quote returns user text in double quotes for a message: characters that a terminal would act on are escaped, and long
// text is cut.
func Quote(s string) string {
	return `"` + Visible(strings.ReplaceAll(Cut(s, 60), `"`, `\"`)) + `"`
}

// Cut returns at most so many characters of a text, and a sign where it goes on.
func Cut(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

// Visible returns s with every character that a terminal would act on, or that cannot be seen, escaped.
func Visible(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteString(visible(r))
	}
	return b.String()
}

func visible(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\t':
		return `\t`
	case r == '\r':
		return `\r`
	case hidden(r):
		return fmt.Sprintf("<U+%04X>", r)
	}
	return string(r)
}

func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar
}

// And joins words as people do.
func And(words []string) string {
	last := len(words) - 1
	if last <= 0 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// Nearest returns the candidate that s was most probably meant to be, or "" if none is near: within two edits, and
// fewer than half of s. Case does not count.
func Nearest(s string, candidates []string) string {
	best, bestDistance := "", 3
	for _, c := range candidates {
		if d := distance(s, c, bestDistance); d < bestDistance && d*2 < len(s) && c != s {
			best, bestDistance = c, d
		}
	}
	return best
}

// DidYouMean returns the hint for a name that does not exist: the nearest candidate, or all of them where they are few.
func DidYouMean(s string, candidates []string) string {
	const few = 16
	switch near := Nearest(s, candidates); {
	case near != "":
		return "did you mean " + Quote(near) + "?"
	case len(candidates) == 1:
		return "expected " + Visible(candidates[0])
	case len(candidates) > 1 && len(candidates) <= few:
		return "expected one of " + Visible(strings.Join(candidates, ", "))
	}
	return ""
}

// Guesses offers the names that were probably meant, as Nearest and DidYouMean do, until a file has more wrong names
// than anybody would correct: each of them is held against all candidates.
type Guesses struct{ compared int }

const enoughGuesses = 500_000

// Nearest returns the nearest candidate, or "".
func (g *Guesses) Nearest(s string, candidates func() []string) string {
	return Nearest(s, g.ask(candidates))
}

// DidYouMean returns the hint for a name that does not exist.
func (g *Guesses) DidYouMean(s string, candidates func() []string) string {
	return DidYouMean(s, g.ask(candidates))
}

func (g *Guesses) ask(candidates func() []string) []string {
	if g.compared > enoughGuesses {
		return nil
	}
	names := candidates()
	g.compared += len(names)
	return names
}

// distance returns how many single-character edits, or swaps of neighbours, lie between a and b; at least limit if
// there are that many, or if one is longer than any name. Only the cells near the diagonal are filled: all others hold
// limit or more.
func distance(a, b string, limit int) int {
	const longest = 64
	if d := len(a) - len(b); d >= limit || -d >= limit || len(a) > longest || len(b) > longest {
		return limit
	}
	var rows [3][longest + 2]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, row, next := &rows[(i+1)%3], &rows[(i+2)%3], &rows[i%3]
		from, to := max(1, i-limit), min(len(b), i+limit)
		next[from-1], next[to+1] = i, limit
		least := i
		for j := from; j <= to; j++ {
			next[j] = 1 + min(row[j], next[j-1], row[j-1])
			if lower(a[i-1]) == lower(b[j-1]) {
				next[j] = row[j-1]
			} else if i > 1 && j > 1 && lower(a[i-1]) == lower(b[j-2]) && lower(a[i-2]) == lower(b[j-1]) {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least >= limit {
			return limit
		}
	}
	return rows[len(a)%3][len(b)]
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

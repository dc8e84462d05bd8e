// Package diag holds what errgen says about a wrong file: diagnostics with their places, and how they are printed.
package diag

import (
	"cmp"
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
)

// String returns the word that is printed.
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Position is a place in a text file. Line and Column count from 1; Column counts code points. The zero Position is the file as a whole.
type Position struct{ Line, Column int }

// Place is a range of one file, with the source line it starts on.
type Place struct {
	File       string
	Start, End Position // End is behind the last character
	Source     string   // the line of Start, without its line break
}

// Related is another place that a diagnostic speaks of.
type Related struct {
	Place   Place
	Message string
}

// Diagnostic is one thing that is wrong.
type Diagnostic struct {
	Rule     string // kebab-case name
	Severity Severity
	Message  string // lower case, no full stop
	Place    Place
	Hint     string // the way out, printed behind the carets
	Pointer  string // JSON pointer (RFC 6901) of the value in the file
	Related  []Related
}

// List collects diagnostics.
type List []Diagnostic

// Add appends d.
func (l *List) Add(d Diagnostic) { *l = append(*l, d) }

// HasErrors tells whether any diagnostic is an error.
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

// Sort orders by file, place and rule, and drops repetitions.
func (l *List) Sort() {
	slices.SortStableFunc(*l, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Start.Line, b.Place.Start.Line),
			cmp.Compare(a.Place.Start.Column, b.Place.Start.Column),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	*l = slices.CompactFunc(*l, func(a, b Diagnostic) bool {
		return a.Rule == b.Rule && a.Message == b.Message && a.Place == b.Place
	})
}

// Quote returns user text in double quotes for a message: characters that a terminal would act on are escaped, and long text is cut.
func Quote(s string) string {
	const most = 60
	var b strings.Builder
	b.WriteByte('"')
	n := 0
	for _, r := range s {
		if n == most {
			b.WriteString("…")
			break
		}
		n++
		if r == '"' {
			b.WriteString(`\"`)
			continue
		}
		b.WriteString(visible(r))
	}
	b.WriteByte('"')
	return b.String()
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
		return escapeRune(r)
	}
	return string(r)
}

func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar
}

func escapeRune(r rune) string {
	const hex = "0123456789ABCDEF"
	digits := []byte{hex[r>>20&15], hex[r>>16&15], hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15]}
	for len(digits) > 4 && digits[0] == '0' {
		digits = digits[1:]
	}
	return "<U+" + string(digits) + ">"
}

// Nearest returns the candidate that s was most probably meant to be, or "" if none is near: within two edits, and fewer than half of s.
func Nearest(s string, candidates []string) string {
	best, bestDistance := "", 3
	for _, c := range candidates {
		if strings.EqualFold(c, s) && c != s {
			return c
		}
		if d := distance(s, c, bestDistance); d < bestDistance && d*2 < len(s) {
			best, bestDistance = c, d
		}
	}
	return best
}

// DidYouMean returns the hint for a name that does not exist: the nearest candidate, or all of them where they are few.
func DidYouMean(s string, candidates []string) string {
	if near := Nearest(s, candidates); near != "" {
		return "did you mean " + Quote(near) + "?"
	}
	const few = 12
	if len(candidates) > 0 && len(candidates) <= few {
		return "expected one of " + strings.Join(candidates, ", ")
	}
	return ""
}

// distance returns how many single-character edits, or swaps of neighbours, lie between a and b; at least limit if there are that many.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least >= limit {
			return limit
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}

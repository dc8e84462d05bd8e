package breaking

import (
	"bufio"
	"fmt"
	"io"

	"github.com/sigsentry/errgen/generator/prose"
)

// Bump is the part of a semantic version that changes call for.
type Bump int

// The bumps, the least first.
const (
	NoBump Bump = iota
	Patch
	Minor
	Major
)

// String returns none, patch, minor or major.
func (b Bump) String() string { return [...]string{"none", "patch", "minor", "major"}[b] }

// Bump returns the version bump that the change calls for.
func (c Change) Bump() Bump {
	switch {
	case c.rule.minor:
		return Minor
	case c.Level >= Source:
		return Major
	}
	return Patch
}

// BumpOf returns the version bump that changes call for: major where clients or code break, minor for additions, patch
// for the rest.
func BumpOf(changes []Change) Bump {
	bump := NoBump
	for _, c := range changes {
		bump = max(bump, c.Bump())
	}
	return bump
}

var chapters = []struct {
	title string
	holds func(Change) bool
}{
	{"Breaks deployed clients", func(c Change) bool { return c.Level == Wire }},
	{"Breaks code that is compiled again", func(c Change) bool { return c.Level == Source }},
	{"New", func(c Change) bool { return c.Bump() == Minor && c.Level == Docs }},
	{"Docs", func(c Change) bool { return c.Bump() == Patch }},
}

// Summary writes a changelog in Markdown, with the version bump that the changes call for.
func Summary(w io.Writer, changes []Change) error {
	out := bufio.NewWriter(w)
	if len(changes) == 0 {
		fmt.Fprintln(out, "No changes.")
		return out.Flush()
	}
	fmt.Fprintf(out, "Version bump: **%s**\n", BumpOf(changes))
	for _, chapter := range chapters {
		heading := "\n## " + chapter.title + "\n\n"
		for _, c := range changes {
			if chapter.holds(c) {
				fmt.Fprint(out, heading)
				heading = ""
				writeItem(out, c)
			}
		}
	}
	return out.Flush()
}

func writeItem(out io.Writer, c Change) {
	fmt.Fprintf(out, "- %s (%s)", prose.Escape(c.Message), prose.CodeSpan(c.Rule))
	if c.Accepted != "" {
		fmt.Fprintf(out, ". Accepted: %s", prose.Escape(c.Accepted))
	}
	fmt.Fprintln(out)
}

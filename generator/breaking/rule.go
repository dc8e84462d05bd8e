package breaking

import (
	"cmp"
	"slices"
)

// Level says who notices a change.
type Level int

const (
	// Docs: a person who reads the docs, nobody else.
	Docs Level = iota
	// Source: code that is compiled against the new outputs, of a client or a server.
	Source
	// Wire: clients that are deployed already.
	Wire
)

var levels = []string{Docs: "docs", Source: "source", Wire: "wire"}

// String returns the word that users write.
func (l Level) String() string { return levels[l] }

// ParseLevel reads what String returns, and tells whether s is that.
func ParseLevel(s string) (level Level, known bool) {
	i := slices.Index(levels, s)
	return Level(max(i, 0)), i >= 0
}

// Rule is one kind of change, and how much it breaks. Before, Bad and Good are parts of catalogs: from Before to Bad
// the rule fires, from Before to Good it is silent.
type Rule struct {
	Name      string // kebab-case
	Level     Level
	Minor     bool     // of level Docs: something is new, which calls for a minor version
	Languages []string // of level Source: where it breaks, unless the change knows better
	Breaks    string   // what breaks for whom: {languages} stands for the languages of the change
	Reason    string   // one paragraph
	Hint      string   // the way out
	Before    string
	Bad       string
	Good      string
}

var rules []*Rule

// rule adds a rule to the list.
func rule(r Rule) *Rule {
	rules = append(rules, &r)
	return &r
}

// Rules returns all rules by name.
func Rules() []*Rule {
	return slices.SortedFunc(slices.Values(rules), func(a, b *Rule) int { return cmp.Compare(a.Name, b.Name) })
}

// The languages whose compilers a change of level Source meets.
const (
	golang     = "Go"
	typeScript = "TypeScript"
)

var both = []string{golang, typeScript}

package breaking

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
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

// ParseLevel reads what String returns, and reports whether s is that.
func ParseLevel(s string) (level Level, known bool) {
	i := slices.Index(levels, s)
	return Level(max(i, 0)), i >= 0
}

// rule is one kind of change, and how much it breaks. Its examples are parts of catalogs: from Before to Bad the rule
// fires, from Before to Good it is silent.
type rule struct {
	diag.Rule
	worst  Level  // a change that would break source code is for the docs where no target declares what it breaks
	minor  bool   // something is new, which calls for a minor version
	breaks string // what breaks for whom: {languages} stands for the languages of the change
}

// rules is the one list: codes, what they say, their details from the whole to its parts, names and types, the page.
var rules = []*rule{
	codeRemoved, codeRenamed, codeRetired, retiredCodeReused, retiredCodeForgotten, codeAdded, retirementChanged,
	statusChanged, statusNarrowed, categoryChanged, categoryRemoved, categoryRenamed, categoryAdded, categoryReworded,
	notRetryable, nowRetryable, retryAfterRemoved, retryAfterAdded, internalChanged,
	codeDeprecated, deprecationWithdrawn, deprecationChanged,
	detailsRemoved, optionalDetailsRemoved, detailsAdded, detailsReworded, schemaDeprecated, schemaUndeprecated,
	retiredNameReused, retiredNameForgotten,
	requiredPropertyRemoved, optionalPropertyRemoved, requiredPropertyAdded, optionalPropertyAdded,
	becameRequired, becameOptional, objectClosed, objectOpened,
	typeChanged, numberBecameInteger, anyNarrowed, becameNullable, becameNonNull,
	enumValueRemoved, enumValueReplaced, enumValueAdded, enumOpened, enumClosed, stringBecameEnum, enumBecameString,
	constChanged, constAdded, constDropped, formatChanged, formatNarrowed, formatAdded, formatDropped,
	limitTightened, limitLoosened, patternChanged,
	nameChanged, signatureChanged, typeNameChanged, typeRemoved, typeAdded, unusedTypeChanged,
	operationErrorAdded, operationErrorRemoved, operationRemoved, operationAdded, operationMoved,
	meaningMoved, meaningReworded, titleReworded, descriptionReworded, recoveryReworded, messageReworded, sinceChanged,
	seeAlsoChanged, examplesChanged, codeDocsURLChanged, extensionChanged,
	envelopeChanged, envelopeExtended, docsURLChanged, pageReworded,
}

// Rules returns all rules by name.
func Rules() []diag.Rule {
	all := make([]diag.Rule, len(rules))
	for i, r := range rules {
		all[i] = r.Rule
		all[i].Group, all[i].Level = "breaking", r.worst.String()
	}
	slices.SortFunc(all, func(a, b diag.Rule) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// section is a key at the top of an example, with what stands below it.
func section(key string, lines ...string) string {
	return key + ":\n  " + strings.Join(lines, "\n  ") + "\n"
}

// codes is the section that most examples consist of.
func codes(lines ...string) string { return section("errors", lines...) }

// quota is the catalog of most examples: a code with details of these properties, and with what else is said of them.
func quota(properties string, more ...string) string {
	lines := append([]string{"type: object", "properties: " + properties}, more...)
	return codes("QUOTA_EXCEEDED:", "  details:", "    "+strings.Join(lines, "\n      "))
}

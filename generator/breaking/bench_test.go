package breaking

import (
	"fmt"
	"strings"
	"testing"
)

// manyCodes writes a catalog in which every code has something of everything.
func manyCodes(n int, status, property, word string) string {
	var b strings.Builder
	b.WriteString("types:\n  Issue: {type: object, properties: {path: {type: string}, level: {enum: [low, high]}}}\n")
	b.WriteString("errors:\n")
	for i := range n {
		fmt.Fprintf(&b, `  CODE_%[1]d:
    status: %[2]s
    category: any
    meaning: The %[4]s number %[1]d is not what it should be, see `+"`details`"+`
    recovery: Correct the fields that are named, and send the request again
    since: 2025-03-01
    details:
      type: object
      required: [%[3]s, issues]
      properties:
        %[3]s: {type: integer, minimum: 0, description: The most that the plan allows}
        resetAt: {type: string, format: date-time}
        owner: {type: object, properties: {id: {type: string}, kind: {enum: [user, team]}}}
        issues: {type: array, items: {$ref: "#/types/Issue"}}
`, i, status, property, word)
	}
	return b.String()
}

func BenchmarkCompare(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		before := sideOf(b, load(b, "old.yaml", complete(manyCodes(n, "404", "limit", "field"))), "")
		same := sideOf(b, load(b, "new.yaml", complete(manyCodes(n, "404", "limit", "field"))), "")
		other := sideOf(b, load(b, "new.yaml", complete(manyCodes(n, "410", "most", "value"))), "")
		b.Run(fmt.Sprintf("equal-%d", n), func(b *testing.B) {
			for b.Loop() {
				Compare(before, same)
			}
		})
		b.Run(fmt.Sprintf("surfaces-%d", n), func(b *testing.B) {
			for b.Loop() {
				sideOf(b, before.Catalog, "")
			}
		})
		b.Run(fmt.Sprintf("all-changed-%d", n), func(b *testing.B) {
			for b.Loop() {
				Compare(before, other)
			}
		})
	}
}

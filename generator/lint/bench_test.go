package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

// many makes a catalog of n codes; with mistakes, each of them gives findings.
func many(n int, mistakes bool) string {
	var b strings.Builder
	for i := range n {
		end, allowed := "", ""
		if mistakes {
			end, allowed = ".", " # errgen:allow long-text for nothing"
		}
		fmt.Fprintf(&b, `CODE_%d_EXPIRED:%s
  status: 401
  category: access
  meaning: The key number %d is past its date — see [Keys](/keys)%s
  recovery: Make a new one in the `+"`dashboard`"+` of the workspace%s
  details:
    type: object
    properties:
      code: {type: string, description: As it was sent, pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$'}
      at: {type: string, format: date-time, description: When it was made}
  examples: [{details: {code: a-b, at: "2025-03-01T12:00:00Z"}}]
`, i, allowed, i, end, end)
	}
	return whole(b.String())
}

func BenchmarkLoad(b *testing.B) {
	text := []byte(many(10_000, false))
	for b.Loop() {
		catalog.Load("errors.yaml", text, document.DefaultMaxSize)
	}
}

func BenchmarkRun(b *testing.B) {
	for name, mistakes := range map[string]bool{"clean": false, "mistakes": true} {
		b.Run(name, func(b *testing.B) {
			c := load(b, many(10_000, mistakes))
			for b.Loop() {
				found, err := Run(c, nil)
				if err != nil || len(found) > 0 != mistakes {
					b.Fatal(len(found), err)
				}
			}
		})
	}
}

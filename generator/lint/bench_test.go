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

var sizes = []int{1_000, 10_000}

func BenchmarkLoad(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			text := []byte(many(n, false))
			b.ReportAllocs()
			for b.Loop() {
				catalog.Load("errors.yaml", text, document.DefaultMaxSize)
			}
		})
	}
}

func BenchmarkRun(b *testing.B) {
	for name, mistakes := range map[string]bool{"clean": false, "mistakes": true} {
		for _, n := range sizes {
			b.Run(fmt.Sprintf("%s-%d", name, n), func(b *testing.B) {
				c := load(b, many(n, mistakes))
				for b.Loop() {
					if found := Run(c, nil); len(found) > 0 != mistakes {
						b.Fatal(len(found))
					}
				}
			})
		}
	}
}

package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// A place is the same whether it is asked for along the text or against it, on a line of any length.
func TestPlacesOnLongLines(t *testing.T) {
	for _, part := range []string{"a", "é", "日", "🙂", "aé日🙂", "\xff", "a\xc3"} {
		line := strings.Repeat(part, 2*stretch)
		text := "first\n" + line + "\n\n" + line
		l := newLines(text)
		at := strings.LastIndexByte(text, '\n')
		for ; at < len(text); at += 7 {
			for _, offset := range []int{at, len(text) - at} {
				for offset < len(text) && !utf8.RuneStart(text[offset]) {
					offset++
				}
				start := strings.LastIndexByte(text[:offset], '\n') + 1
				want := diag.Position{
					Line:   strings.Count(text[:start], "\n") + 1,
					Column: utf8.RuneCountInString(text[start:offset]) + 1,
				}
				if got := l.position(offset); got != want {
					t.Fatalf("%q: byte %d is at %v, expected %v", part, offset, got, want)
				}
				if got := l.offset(want); got != offset {
					t.Fatalf("%q: %v is at byte %d, expected %d", part, want, got, offset)
				}
			}
		}
	}
}

package catalog

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
)

// Words cuts text into its words: at what is neither letter nor digit, before a capital behind a small letter, and
// before the last capital of several that a small letter follows. Digits belong to the word before them. Letters beyond
// ASCII become words such as U65E5: identifiers of most languages are ASCII, and no letter may be lost.
func Words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start := -1
		found := false
		for i, r := range text {
			if r < unicode.MaxASCII && isAlphanumeric(byte(r)) {
				if start >= 0 && startsWord(text, i) {
					if !yield(text[start:i]) {
						return
					}
					start = i
				} else if start < 0 {
					start = i
				}
				continue
			}
			if start >= 0 {
				found = true
				if !yield(text[start:i]) {
					return
				}
				start = -1
			}
			if r > unicode.MaxASCII {
				found = true
				if !yield(fmt.Sprintf("U%04X", r)) {
					return
				}
			}
		}
		if start >= 0 {
			yield(text[start:])
		} else if !found {
			encodeAll(text, yield)
		}
	}
}

// encodeAll names text that has no letter at all.
func encodeAll(text string, yield func(string) bool) {
	for _, r := range text {
		if !yield(fmt.Sprintf("U%04X", r)) {
			return
		}
	}
}

func isAlphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// startsWord reports whether the capital at i begins a word. Behind digits that follow capitals, as in 2FA, it does not
// unless a small letter follows it.
func startsWord(text string, i int) bool {
	if !isUpper(text[i]) {
		return false
	}
	before := strings.TrimRight(text[:i], "0123456789")
	if before != "" && before[len(before)-1] >= 'a' && before[len(before)-1] <= 'z' {
		return true
	}
	return i+1 < len(text) && text[i+1] >= 'a' && text[i+1] <= 'z'
}

package catalog

import (
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"
)

// Words cuts text into its words: at what is neither letter nor digit, before a capital behind a small letter, and
// before the last capital of several that a small letter follows. Digits belong to the word before them. Letters beyond
// ASCII become words such as U65E5: identifiers of most languages are ASCII, and no letter may be lost.
func Words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		found := false
		for at := 0; at < len(text); {
			r, size := utf8.DecodeRuneInString(text[at:])
			word := ""
			switch {
			case r >= utf8.RuneSelf:
				word = fmt.Sprintf("U%04X", r)
			case isAlphanumeric(text[at]):
				size = wordLength(text, at)
				word = text[at : at+size]
			}
			if word != "" && !yield(word) {
				return
			}
			found = found || word != ""
			at += size
		}
		if !found {
			encodeAll(text, yield)
		}
	}
}

// wordLength returns how long the word is that begins at a byte.
func wordLength(text string, start int) int {
	end := start + 1
	for end < len(text) && isAlphanumeric(text[end]) && !startsWord(text, end) {
		end++
	}
	return end - start
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

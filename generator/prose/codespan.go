package prose

import "strings"

// CodeSpan returns plain text as a code span. Newlines are spaces; an empty text gives a span of one space.
func CodeSpan(plain string) string {
	return string(appendCodeSpan(nil, codeContent(plain), false, false))
}

// CodeSpanPage returns plain text as a code span on pages that VitePress reads too: see [Text.Page].
func CodeSpanPage(plain string) string {
	return string(appendCodeSpan(nil, codeContent(plain), false, true))
}

// CodeSpanPageCell returns plain text as a code span within a GFM table cell of such a page.
func CodeSpanPageCell(plain string) string {
	return string(appendCodeSpan(nil, codeContent(plain), true, true))
}

func codeContent(plain string) string {
	if plain == "" {
		return " "
	}
	return strings.ReplaceAll(strings.Map(cleanRune, plain), "\n", " ")
}

func appendCodeSpan(b []byte, content string, cell, page bool) []byte {
	if page && strings.Contains(content, "{{") {
		return append(append(append(b, "<code v-pre>"...), asciiReferences(content)...), "</code>"...)
	}
	if cell && strings.IndexByte(content, '|') >= 0 {
		if oddPipe(content) {
			return append(append(append(b, "<code>"...), asciiReferences(content)...), "</code>"...)
		}
		content = strings.ReplaceAll(content, "|", `\|`)
	}
	ticks, pad := "`", ""
	for strings.Contains(content, ticks) && hasRun(content, len(ticks)) {
		ticks += "`"
	}
	if needsPadding(content) {
		pad = " "
	}
	for _, part := range [...]string{ticks, pad, content, pad, ticks} {
		b = append(b, part...)
	}
	return b
}

// oddPipe reports whether an odd number of backslashes stands before a pipe: parsers of tables differ on whether the
// pipe then ends the cell, whatever is done to it.
func oddPipe(content string) bool {
	slashes := 0
	for i := range len(content) {
		switch content[i] {
		case '\\':
			slashes++
			continue
		case '|':
			if slashes%2 == 1 {
				return true
			}
		}
		slashes = 0
	}
	return false
}

// needsPadding reports whether a parser would read the ends of the content as part of the fence or strip them.
func needsPadding(content string) bool {
	first, last := content[0], content[len(content)-1]
	return first == '`' || last == '`' || first == ' ' && last == ' ' && strings.Trim(content, " ") != ""
}

// hasRun reports whether content has a run of exactly n backticks.
func hasRun(content string, n int) bool {
	for run := range strings.FieldsFuncSeq(content, isNoTick) {
		if len(run) == n {
			return true
		}
	}
	return false
}

// asciiReferences writes every ASCII punctuation character as a character reference.
func asciiReferences(s string) string {
	return withReferences(s, func(i int) bool { return isPunct(s[i]) })
}

// withReferences returns s with character references in the place of the bytes at which it needs them.
func withReferences(s string, needed func(i int) bool) string {
	var b strings.Builder
	for i := range len(s) {
		if needed(i) {
			b.WriteString(reference10(s[i : i+1]))
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// longestRun returns the length of the longest run of backticks.
func longestRun(content string) int {
	longest := 0
	for run := range strings.FieldsFuncSeq(content, isNoTick) {
		longest = max(longest, len(run))
	}
	return longest
}

func isNoTick(r rune) bool { return r != '`' }

package document

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// checkEncoding refuses what is not UTF-8 text. A byte order mark at the beginning is taken off.
func (d *Document) checkEncoding() diag.List {
	const hint = "save it as UTF-8"
	if encoding := foreignEncoding(d.Text); encoding != "" {
		return diag.List{{Rule: "not-utf8", Message: "the file is " + encoding + ", expected UTF-8 text", Hint: hint,
			Place: diag.Place{File: d.Name}}}
	}
	d.Text = bytes.TrimPrefix(d.Text, []byte("\ufeff"))
	if at := firstInvalid(d.Text); at >= 0 {
		return d.refuse(at, "not-utf8", "a byte that is not UTF-8 text", hint)
	}
	return nil
}

func foreignEncoding(text []byte) string {
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}), bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		return "UTF-16"
	case len(text) > 3 && (text[0] == 0) != (text[1] == 0) && (text[2] == 0) != (text[3] == 0):
		return "UTF-16 without a byte order mark"
	case bytes.IndexByte(text, 0) >= 0 && !utf8.Valid(text):
		return "binary"
	}
	return ""
}

func firstInvalid(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// hiddenCharacters refuses what YAML parsers disagree about, or people cannot see. It returns the text with spaces
// instead, so that the rest can be looked at as well.
func (d *Document) hiddenCharacters() (clean []byte, found diag.List) {
	clean = d.Text
	for i, c := range d.Text {
		if c >= ' ' && c < 0x7f || c == '\n' || c == '\t' || !utf8.RuneStart(c) {
			continue
		}
		r, size := utf8.DecodeRune(d.Text[i:])
		what := hiddenKind(r)
		if what == "" || c == '\r' && bytes.HasPrefix(d.Text[i:], []byte("\r\n")) {
			continue
		}
		if found == nil {
			clean = bytes.Clone(d.Text)
		}
		copy(clean[i:], "   "[:size])
		if found.Full() {
			continue
		}
		found.Add(d.refuse(i, "hidden-character", what+" "+diag.Quote(string(r)),
			"remove it; in double quotes it can be written "+escapeYAML(r))...)
	}
	return clean, found
}

func hiddenKind(r rune) string {
	switch {
	case r == '\r':
		return "a carriage return without a line feed"
	case r == 0x85, r == 0x2028, r == 0x2029:
		return "a line separator that some YAML parsers do not see"
	case r < ' ', r >= 0x7f && r < 0xa0:
		return "a control character"
	case r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x61c:
		return "an invisible character that reorders text"
	case r == 0xfeff:
		return "a byte order mark inside the file"
	}
	return ""
}

func escapeYAML(r rune) string {
	if r < 0x100 {
		return fmt.Sprintf(`\x%02x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// firstDocument returns the text of the first document and refuses what else there is: nil if that cannot be left out.
// A line that begins with --- or ... is a marker wherever it stands: no scalar can hold one at column 1.
func (d *Document) firstDocument(text []byte) ([]byte, diag.List) {
	content, ended := false, false
	start := 0
	for whole := range bytes.Lines(text) {
		line := bytes.TrimRight(whole, " \t\r\n")
		switch {
		case len(line) == 0 || line[0] == '#':
		case isMarker(line, "..."):
			ended = true
		case ended || content && isMarker(line, "---"):
			return text[:start], d.refuse(start, "extra-document", "a second YAML document starts here",
				"keep one document in the file")
		case line[0] == '%' && !content:
			return nil, d.refuse(start, "yaml-feature", "YAML directives are not supported", "remove the line")
		default:
			content = true
		}
		start += len(whole)
	}
	return text, nil
}

func isMarker(line []byte, marker string) bool {
	return bytes.HasPrefix(line, []byte(marker)) && (len(line) == 3 || line[3] == ' ' || line[3] == '\t')
}

// refuse makes the diagnostic about the character at a byte offset.
func (d *Document) refuse(offset int, rule, message, hint string) diag.List {
	return diag.List{{Rule: rule, Message: message, Hint: hint, Place: d.place(d.lines().position(offset), 1)}}
}

// ParseText reads a file that is neither YAML nor JSON: its text has places. There is no Root.
func ParseText(name string, text []byte, maxSize int64) (*Document, diag.List) {
	return open(name, text, maxSize, "raise the limit with --max-size")
}

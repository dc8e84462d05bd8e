package document

import (
	"bytes"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

// scan looks at the bytes before any parser does: YAML parsers disagree about, or people cannot see, what it refuses.
func (d *Document) scan() diag.List {
	if name := foreignEncoding(d.Text); name != "" {
		return d.refuse(0, "not-utf8", "the file is "+name+", expected UTF-8", "save it as UTF-8")
	}
	d.Text = bytes.TrimPrefix(d.Text, []byte("\ufeff"))
	if at := firstInvalid(d.Text); at >= 0 {
		return d.refuse(at, "not-utf8", "the file is not UTF-8 text", "save it as UTF-8")
	}
	var found diag.List
	for i, c := range d.Text {
		if c >= ' ' && c < utf8.RuneSelf-1 || c == '\n' || c == '\t' {
			continue
		}
		if message, hint := d.forbidden(i, c); message != "" {
			found = append(found, d.refuse(i, "hidden-character", message, hint)...)
		}
	}
	return append(found, d.extraDocuments()...)
}

func foreignEncoding(text []byte) string {
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}), bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		return "UTF-16"
	case len(text) > 3 && (text[0] == 0) != (text[1] == 0) && (text[2] == 0) != (text[3] == 0):
		return "UTF-16 without a byte order mark"
	case bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0:
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

// forbidden says what is wrong with the character that starts at byte i, or "".
func (d *Document) forbidden(i int, c byte) (message, hint string) {
	if c == '\r' {
		if i+1 < len(d.Text) && d.Text[i+1] == '\n' {
			return "", ""
		}
		return "a carriage return without a line feed", `end lines with a line feed, or write \r in double quotes`
	}
	if c >= utf8.RuneSelf && !utf8.RuneStart(c) {
		return "", ""
	}
	r, _ := utf8.DecodeRune(d.Text[i:])
	kind := ""
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0 && r != 0x85:
		kind = "control character "
	case r == 0x85, r == 0x2028, r == 0x2029:
		kind = "line separator that some YAML parsers do not see, "
	case r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x61c:
		kind = "invisible character that reorders text, "
	case r == 0xfeff:
		kind = "byte order mark inside the file, "
	default:
		return "", ""
	}
	return kind + diag.Quote(string(r)), `remove it, or write it as an escape such as "\u2028" in double quotes`
}

// extraDocuments refuses what follows a first document. A line that begins with --- or ... is a marker wherever it stands: no scalar can hold one at column 1.
func (d *Document) extraDocuments() diag.List {
	content, ended := false, false
	for start := 0; start < len(d.Text); {
		end := start + bytes.IndexByte(d.Text[start:], '\n')
		if end < start {
			end = len(d.Text)
		}
		line := bytes.TrimRight(d.Text[start:end], " \t\r")
		switch {
		case len(line) == 0 || line[0] == '#':
		case isMarker(line, "..."):
			ended = true
		case isMarker(line, "---") && !content && !ended:
			content = true
		case ended || isMarker(line, "---"):
			return d.refuse(start, "extra-document", "a second YAML document starts here", "keep one document in the file")
		case line[0] == '%':
			return d.refuse(start, "yaml-feature", "a YAML directive, which errgen does not read", "remove the line")
		default:
			content = true
		}
		start = end + 1
	}
	return nil
}

func isMarker(line []byte, marker string) bool {
	return bytes.HasPrefix(line, []byte(marker)) && (len(line) == 3 || line[3] == ' ' || line[3] == '\t')
}

// refuse makes the diagnostic about the character at a byte offset.
func (d *Document) refuse(offset int, rule, message, hint string) diag.List {
	start := d.position(offset)
	end := diag.Position{Line: start.Line, Column: start.Column + 1}
	return diag.List{{Rule: rule, Message: message, Hint: hint, Place: d.place(start, end)}}
}

package document

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator/diag"
)

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// The way out of the parser's most common complaints.
var syntaxHints = []struct{ complaint, hint string }{
	{"mapping values are not allowed", `a value with ": " in it must stand in quotes`},
	{"found character that cannot start any token", "a value that begins with this character must stand in quotes; tabs cannot indent"},
	{"found a tab character", "indent with spaces"},
	{"did not find expected key", "check the indentation and the quotes of this line"},
	{"could not find expected ':'", `a key is followed by ": "`},
	{"did not find expected '-' indicator", "check the indentation of this list"},
	{"found unexpected end of stream", "a quote or bracket is not closed"},
	{"did not find expected ',' or", "a bracket is not closed, or a comma is missing"},
	{"found unknown escape character", `in double quotes a backslash is written \\`},
	{"invalid Unicode character escape", `write the character itself, or \U0001F600`},
	{"unknown anchor", "anchors and aliases are not supported; a value that begins with * must stand in quotes"},
	{"did not find expected alphabetic or numeric character", "a value that begins with * or & must stand in quotes"},
}

// syntaxError makes a diagnostic of the parser's error, whose own line is often the one before, and which knows no column.
func (d *Document) syntaxError(err error) diag.Diagnostic {
	reported, message := 0, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		reported, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	if errors.As(err, new(*yaml.TypeError)) {
		message = "the file is not a YAML document"
	}
	hint := ""
	for _, h := range syntaxHints {
		if strings.Contains(message, h.complaint) {
			hint = h.hint
		}
	}
	line := d.brokenLine(reported)
	text := d.lineText(line)
	indent := len(text) - len(strings.TrimLeft(text, " \t"))
	return diag.Diagnostic{Rule: "syntax", Message: diag.Visible(message), Hint: hint, Place: d.place(
		diag.Position{Line: line, Column: indent + 1},
		diag.Position{Line: line, Column: utf8.RuneCountInString(strings.TrimRight(text, " \t")) + 1})}
}

// brokenLine finds where the file stops being YAML: the line behind the longest beginning that still parses. It looks near the line the parser names, and gives
// up on files so large that parsing them again and again would take seconds.
func (d *Document) brokenLine(reported int) int {
	d.index()
	const large = 1 << 20
	bad := len(d.lines)
	if len(d.Text) > large {
		return min(max(reported, 1), bad)
	}
	good := 0
	for step := 1; bad > 0; step *= 2 {
		probe := max(0, min(reported+1, bad-1)-step+1)
		if d.parses(probe) {
			good = probe
			break
		}
		bad = probe
	}
	for bad-good > 1 {
		if middle := (good + bad) / 2; d.parses(middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	for good+1 < len(d.lines) && blank(d.lineText(good+1)) {
		good++
	}
	return good + 1
}

func blank(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return line == "" || line[0] == '#'
}

// parses tells whether the first n lines are YAML.
func (d *Document) parses(n int) bool {
	text := d.Text
	if n < len(d.lines) {
		text = text[:d.lines[n]]
	}
	return len(bytes.TrimSpace(text)) == 0 || yaml.Unmarshal(text, new(yaml.Node)) == nil
}

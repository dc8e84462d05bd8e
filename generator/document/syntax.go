package document

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator/diag"
)

var yamlLine = Pattern(`^yaml: (?:line (\d+): )?(.*)$`)

// What the parser complains of, in words for people who do not know its grammar.
var syntaxErrors = []struct{ complaint, message, hint string }{
	{"mapping values are not allowed", "a colon where none can stand",
		`check the indentation, and whether the line before lacks ": "`},
	{"did not find expected node content", "a value is missing", "check the brackets and commas"},
	{"found a tab character", "a tab indents the line", "indent with spaces"},
	{"found character that cannot start any token", "a value begins with a character that no plain text can begin with",
		"put the value in quotes"},
	{"did not find expected key", "the line does not fit what is around it",
		"check its indentation, quotes and brackets, and those of the line before"},
	{"could not find expected ':'", "a key without a colon",
		`a key is followed by ": "; text over several lines must be indented`},
	{"did not find expected '-' indicator", "a line that is no item of the list around it",
		"begin it with -, or check the indentation"},
	{"found unexpected end of stream", "quotes are not closed", "close them"},
	{"found unexpected document indicator", "quotes are not closed", "close them"},
	{"did not find expected ',' or", "a bracket is not closed, or a comma is missing",
		"check what begins here; text with a bracket in it stands in quotes"},
	{"found unknown escape character", "an unknown escape in double quotes",
		`write \\ for a backslash, or use single quotes`},
	{"invalid Unicode character escape", "an escape that is no character",
		`write the character itself, or one such as \U0001F600`},
	{"did not find expected hexdecimal number", "an escape that is no character",
		`write \\ for a backslash, or use single quotes`},
	{"unknown anchor", "an alias without an anchor, and neither is supported",
		"a value that begins with * must stand in quotes"},
	{"did not find expected alphabetic or numeric character", "a value begins with * or &", "put the value in quotes"},
	{"did not find expected whitespace or line break", "a value begins with !", "put the value in quotes"},
	{"did not find expected comment or line break", "text behind | or >", "begin the text on the next line"},
	{"exceeded max depth", "lists and maps nest too deep", "flatten the value"},
}

// syntaxError makes a diagnostic of the parser's error, whose own line is often the one before, and which knows no
// column.
func (d *Document) syntaxError(text []byte, err error) diag.Diagnostic {
	reported, message, hint := 0, strings.TrimPrefix(err.Error(), "yaml: "), ""
	if m := yamlLine().FindStringSubmatch(err.Error()); m != nil {
		reported, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	for _, known := range syntaxErrors {
		if strings.Contains(message, known.complaint) {
			message, hint = known.message, known.hint
			break
		}
	}
	number := d.brokenLine(text, reported)
	start, end := d.lines().line(number)
	line := strings.TrimRight(string(text[start:end]), " \t")
	indent := len(line) - len(strings.TrimLeft(line, " \t"))
	switch {
	case strings.Contains(line[:indent], "\t"):
		message, hint = "a tab indents the line", "indent with spaces"
	case strings.Contains(message, "colon where") && strings.Count(line, ": ") > 1:
		message, hint = `": " inside a value`, "put the value in quotes"
	}
	place := d.place(diag.Position{Line: number, Column: indent + 1}, utf8.RuneCountInString(line[indent:]))
	return diag.Diagnostic{Rule: "syntax", Message: message, Hint: hint, Place: place}
}

// brokenLine finds where the file stops being YAML: the line behind the longest beginning that still parses. It looks
// near the line the parser names, and gives up on files so large that parsing them again and again would take seconds.
func (d *Document) brokenLine(text []byte, reported int) int {
	const large = 1 << 20
	starts := d.lines().starts
	bad := len(starts)
	if len(text) > large {
		return min(max(reported, 1), bad)
	}
	parses := func(n int) bool {
		beginning := text
		if n < len(starts) {
			beginning = text[:min(starts[n], len(text))]
		}
		return yaml.Unmarshal(beginning, new(yaml.Node)) == nil
	}
	good := 0
	for step := 1; bad > 0; step *= 2 {
		probe := max(0, min(reported+1, bad-1)-step+1)
		if probe == 0 || parses(probe) {
			good = probe
			break
		}
		bad = probe
	}
	for bad-good > 1 {
		if middle := (good + bad) / 2; parses(middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	for good+1 < len(starts) && blank(text[starts[good]:]) {
		good++
	}
	return good + 1
}

// blank reports whether the line that text begins with says nothing.
func blank(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimLeft(line, " \t\r")
	return len(line) == 0 || line[0] == '#'
}

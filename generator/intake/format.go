package intake

import (
	"bytes"
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// format is a kind of file. Its reader may rely on UTF-8.
type format struct {
	name       string
	extensions string
	read       func(*reader)
}

var formats = []format{
	{"JSON", ".json", (*reader).data},
	{"YAML", ".yaml .yml", (*reader).data},
	{"HAR", ".har", (*reader).traffic},
	{"JSON lines", ".jsonl .ndjson", (*reader).traffic},
	{"CSV", ".csv", func(r *reader) { r.separated(',') }},
	{"TSV", ".tsv .tab", func(r *reader) { r.separated('\t') }},
	{"Markdown", ".md .mdx .markdown", (*reader).markdown},
	{"HTML", ".html .htm .xhtml", (*reader).html},
	{"Go", ".go", (*reader).golang},
	{"protobuf", ".proto", (*reader).proto},
}

// language is one that is not read: parts of it run, and statuses are mostly in another file. It can print its codes
// itself, by a line such as this, in which FILE and MODULE are the file's.
type language struct{ name, line string }

const (
	nodeLine = "node -e 'import(\"./FILE\").then((m) => console.log(JSON.stringify(m)))'"
	tsLine   = "npx tsx -e 'import * as m from \"./FILE\"; console.log(JSON.stringify(m))'"
	pyLine   = "python3 -c 'import json, MODULE as m; print(json.dumps([{\"code\": c.value, \"name\": c.name} " +
		"for c in m.ErrorCode]))'"
	phpLine = "php -r 'require \"FILE\"; echo json_encode(array_map(fn($c) => [\"code\" => $c->value, \"name\" => " +
		"$c->name], ErrorCode::cases()));'"
	rubyLine = "ruby -r json -r ./FILE -e 'puts ErrorCode.constants.to_h { |n| [n, ErrorCode.const_get(n)] }.to_json'"
)

var languages = map[string]language{
	".ts": {"TypeScript", tsLine}, ".mts": {"TypeScript", tsLine}, ".tsx": {"TypeScript", tsLine},
	".js": {"JavaScript", nodeLine}, ".mjs": {"JavaScript", nodeLine}, ".cjs": {"JavaScript", nodeLine},
	".py": {"Python", pyLine}, ".php": {"PHP", phpLine}, ".rb": {"Ruby", rubyLine}, ".java": {"Java", ""},
	".kt": {"Kotlin", ""}, ".cs": {"C#", ""}, ".rs": {"Rust", ""}, ".swift": {"Swift", ""}, ".scala": {"Scala", ""},
	".ex": {"Elixir", ""},
}

// hint says how a program prints its codes.
func (l language) hint(path string) string {
	const records = "[{\"code\": …, \"status\": …, \"meaning\": …}]"
	if l.line == "" {
		return "let the program print its codes as JSON, such as " + records + ", and import that"
	}
	base := filepath.Base(path)
	module := strings.TrimSuffix(base, filepath.Ext(base))
	line := strings.NewReplacer("FILE", diag.Visible(base), "MODULE", diag.Visible(module)).Replace(l.line)
	return "let it print its codes as JSON, and import that: " + line + " > codes.json"
}

// file reads a file by its name, or else by what it begins with.
func (r *reader) file() {
	whole := diag.Place{File: r.Path}
	extension := strings.ToLower(filepath.Ext(r.Path))
	switch known := formatOf(extension, r.doc.Text); {
	case len(r.wrong) > 0:
		r.refuse(r.wrong[0].Place, r.wrong[0].Message,
			"import takes text files: "+names()+"; save it as one of them, in UTF-8")
	case known != nil:
		r.Format = known.name
		known.read(r)
		if len(r.entries) == 0 && !r.refused {
			r.refuse(whole, "no codes were found in this "+r.Format+" file",
				"name what holds them with --map code=NAME, or where they are with --select; see `errgen import --help`")
		}
	case languages[extension].name != "":
		r.refuse(whole, languages[extension].name+" is not read: parts of it run, and statuses are mostly in another file",
			languages[extension].hint(r.Path))
	case extension == ".txt":
		r.refuse(whole, "in plain text the borders of cells are lost, so that nothing tells a code from what follows it",
			"save the page as HTML or Markdown, and import that")
	default:
		r.refuse(whole, "there is no reader for "+cmp.Or(diag.Visible(extension), "such")+" files",
			"import takes "+names()+"; plain text has lost the borders of its cells, save the page as HTML")
	}
}

// formatOf returns the format of a file, or nil.
func formatOf(extension string, text []byte) *format {
	for i, f := range formats {
		if slices.Contains(strings.Fields(f.extensions), extension) {
			return &formats[i]
		}
	}
	start := bytes.TrimLeft(text, " \t\r\n")
	switch {
	case languages[extension].name != "" || extension == ".txt" || len(start) == 0:
		return nil
	case start[0] == '{' || start[0] == '[':
		return &formats[0]
	case start[0] == '<':
		return formatOf(".html", text)
	case bytes.HasPrefix(start, []byte("openapi:")), bytes.HasPrefix(start, []byte("swagger:")):
		return formatOf(".yaml", text)
	}
	return nil
}

// names lists the formats for people.
func names() string {
	all := []string{"OpenAPI"}
	for _, f := range formats {
		all = append(all, f.name)
	}
	return diag.And(all)
}

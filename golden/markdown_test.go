package golden

import (
	"bytes"
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	unsafe "github.com/yuin/goldmark/renderer/html"
)

// A page is what a reader gets of Markdown.
type page struct {
	Elements []string
	IDs      []string
	Links    []string
	Rows     []int // the cells of each
	Text     string

	Complaints []string // markdownlint's
}

// Each page says the same in GitHub's dialect and in MDX, where braces and `<` are code: each code has its anchor, each
// row the cells of its header, and a free text stays text. markdownlint has nothing to say.
func TestMarkdown(t *testing.T) {
	paths, err := filepath.Glob("*/want/markdown/errors.md")
	if err != nil || len(paths) < 10 {
		t.Fatalf("found %d pages: %v", len(paths), err)
	}
	paths = append(paths, "../out/markdown/errors.md")
	var mdx []page
	fromJSON(t, node(t, append([]string{"markdown/pages.js"}, paths...)...), &mdx)
	for i, path := range paths {
		t.Run(path, func(t *testing.T) {
			gfm := renderGFM(t, readFile(t, path))
			comparePages(t, gfm, mdx[i])
			checkPage(t, gfm, anchored(t, path))
			for _, complaint := range mdx[i].Complaints {
				t.Error(complaint)
			}
		})
	}
}

// comparePages compares all but white space, of which renderers make what they like.
func comparePages(t *testing.T, gfm, mdx page) {
	t.Helper()
	if !slices.Equal(gfm.Elements, mdx.Elements) {
		t.Errorf("elements in GFM: %q\nelements in MDX: %q", gfm.Elements, mdx.Elements)
	}
	if !slices.Equal(gfm.IDs, mdx.IDs) {
		t.Errorf("anchors in GFM: %q\nanchors in MDX: %q", gfm.IDs, mdx.IDs)
	}
	if !slices.Equal(gfm.Rows, mdx.Rows) {
		t.Errorf("cells in GFM: %v\ncells in MDX: %v", gfm.Rows, mdx.Rows)
	}
	if a, b := withoutSpace(gfm.Text), withoutSpace(mdx.Text); a != b {
		t.Errorf("text in GFM: %s\ntext in MDX: %s", a, b)
	}
	for _, link := range append(gfm.Links, mdx.Links...) {
		if !safeLink.MatchString(link) {
			t.Errorf("a link to %q", link)
		}
	}
}

var safeLink = regexp.MustCompile(`^(https?:|mailto:|/|#)`)

func withoutSpace(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func checkPage(t *testing.T, p page, named []string) {
	t.Helper()
	if anchors := codesAt(p.IDs); !slices.Equal(anchors, named) {
		t.Errorf("anchors: %q\ncodes and operations: %q", anchors, named)
	}
	for _, link := range p.Links {
		if anchor, is := strings.CutPrefix(link, "#operation:"); is && !slices.Contains(p.IDs, "operation:"+anchor) {
			t.Errorf("a link to %q", link)
		}
	}
	for _, element := range p.Elements {
		if !slices.Contains(pageElements, element) {
			t.Errorf("an element %q", element)
		}
	}
}

// codesAt returns the codes that anchors stand for.
func codesAt(anchors []string) []string {
	codes := make([]string, len(anchors))
	for i, anchor := range anchors {
		codes[i] = unescaped(anchor)
	}
	return codes
}

// unescaped returns a text with what its anchors stand for.
func unescaped(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(s string) string {
		c, _ := strconv.ParseUint(s[1:], 16, 8)
		return string([]byte{byte(c)})
	})
}

var escaped = regexp.MustCompile(`~[0-9A-F]{2}`)

var pageElements = strings.Fields("a blockquote br code em h1 h2 h3 h4 hr img li ol p pre span strong table tbody " +
	"td th thead tr ul")

// anchored returns what has an anchor on a page: codes, operations and retired codes, as the JSON output has them.
func anchored(t *testing.T, page string) []string {
	t.Helper()
	var all []string
	catalog := catalogOf(t, page)
	for _, e := range catalog.Errors {
		all = append(all, e.Code)
	}
	for _, o := range catalog.Operations {
		all = append(all, "operation:"+o.ID)
	}
	for _, r := range catalog.Retired {
		all = append(all, r.Code)
	}
	return all
}

// resolved is what tests read of a catalog as its JSON output has it.
type resolved struct {
	Title      string
	Categories []struct{ Key string }
	Errors     []resolvedError
	Retired    []struct{ Code, Reason, Use string }

	EveryOperation []string
	Operations     []struct {
		ID     string
		Errors []string
	}
}

// operationsOf returns the operations that can return a code, or * for every one.
func (c resolved) operationsOf(code string) string {
	if slices.Contains(c.EveryOperation, code) {
		return "*"
	}
	var all []string
	for _, o := range c.Operations {
		if slices.Contains(o.Errors, code) {
			all = append(all, o.ID)
		}
	}
	return strings.Join(all, " ")
}

type resolvedError struct {
	Code, Category, Meaning, Recovery string
	Status                            int
	Statuses                          []int
	StatusClass                       string
	Retryable                         bool
	Deprecated                        *struct{}
}

// catalogOf returns the catalog of a page, which lies in a folder beside that of the JSON output.
func catalogOf(t *testing.T, page string) resolved {
	t.Helper()
	var catalog resolved
	fromJSON(t, readFile(t, filepath.Join(filepath.Dir(page), "../json/errors.json")), &catalog)
	return catalog
}

// What would end a comment, run or vanish is read as it was written, each time and in whole.
func TestHostileTextIsShown(t *testing.T) {
	text := renderGFM(t, readFile(t, "hostile-text/want/markdown/errors.md")).Text
	texts := strings.Count(text, "// # -- <!-- --> ]]> <?php ?>")
	if texts < 10 {
		t.Errorf("%d hostile texts", texts)
	}
	for _, words := range []string{
		"</script><script>alert(1)</script><img src=x onerror=alert(1)> a | b || c", "${danger} #{danger} $danger {{ .Secret }} {% raw %} <%= x %> {danger} }{", `\u000a`, "func init() { panic(1) }",
		"export const x = 1", "//go:build ignore", `/// <reference path=`, "{@link x}", "!!python/object", "%TAG",
	} {
		if n := strings.Count(text, words); n != texts {
			t.Errorf("%q is shown %d times, not %d", words, n, texts)
		}
	}
}

var (
	tag  = regexp.MustCompile(`</?([a-zA-Z][a-zA-Z0-9]*)[^>]*>`)
	id   = regexp.MustCompile(`<[^>]* id="([^"]*)"`)
	href = regexp.MustCompile(`<[^>]* (?:href|src)="([^"]*)"`)
	row  = regexp.MustCompile(`(?s)<tr>.*?</tr>`)
	cell = regexp.MustCompile(`<t[hd][ >]`)
)

// renderGFM reads what goldmark prints, where every `<` that is no tag is escaped.
func renderGFM(t *testing.T, markdown []byte) page {
	t.Helper()
	gfm := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(unsafe.WithUnsafe()))
	var b bytes.Buffer
	if err := gfm.Convert(markdown, &b); err != nil {
		t.Fatal(err)
	}
	rendered := b.String()
	p := page{Elements: group(tag, rendered), IDs: group(id, rendered), Links: group(href, rendered)}
	slices.Sort(p.Elements)
	p.Elements = slices.Compact(p.Elements)
	for _, r := range row.FindAllString(rendered, -1) {
		p.Rows = append(p.Rows, len(cell.FindAllString(r, -1)))
	}
	p.Text = html.UnescapeString(tag.ReplaceAllString(rendered, ""))
	return p
}

// group returns what the pattern's group found, unescaped.
func group(pattern *regexp.Regexp, text string) []string {
	var found []string
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, html.UnescapeString(match[1]))
	}
	return found
}

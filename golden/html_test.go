package golden

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// pages returns the generated pages by the name of their case.
func pages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*/want/html/errors.html")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d pages: %v", len(files), err)
	}
	byCase := map[string]string{"out": "../out/html/errors.html"}
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.ToSlash(file), "/")
		byCase[name] = file
	}
	return byCase
}

// A parser of HTML finds in each page what the catalog says, links that lead somewhere, and no element or attribute
// that a text smuggled in.
func TestPages(t *testing.T) {
	for name, path := range pages(t) {
		t.Run(name, func(t *testing.T) {
			source := readFile(t, path)
			document, err := html.Parse(bytes.NewReader(source))
			if err != nil {
				t.Fatal(err)
			}
			checkNesting(t, source, document)
			checkElements(t, document)
			checkAnchors(t, document)
			checkOwnCode(t, document)
			checkCards(t, document, catalogOf(t, path))
		})
	}
}

// pageAttributes are those that the elements of a page may have; id, class, hidden, tabindex and aria-* any element.
var pageAttributes = map[string]string{
	"html": "lang", "head": "", "body": "", "title": "", "style": "", "script": "",
	"meta": "charset name content http-equiv", "link": "rel href",
	"header": "", "nav": "", "main": "", "section": "", "div": "", "p": "", "span": "", "h1": "", "h2": "", "h3": "", "h4": "",
	"article": "data-category data-status data-retryable data-message data-names data-operation",
	"form":    "role", "label": "", "input": "type name placeholder autocomplete spellcheck", "select": "name", "option": "value", "output": "name", "button": "type",
	"a": "href title", "ul": "", "ol": "start", "li": "", "blockquote": "", "pre": "", "code": "", "strong": "", "em": "", "i": "", "br": "", "hr": "",
	"table": "", "caption": "", "thead": "", "tbody": "", "tr": "", "th": "scope", "td": "",
}

// checkNesting sees that the parser had nothing to mend, such as a link in a link: each element is in the one whose
// tags are around its own.
func checkNesting(t *testing.T, source []byte, document *html.Node) {
	t.Helper()
	var parsed []string
	for n := range document.Descendants() {
		if n.Type == html.ElementNode && n.Data != "tbody" { // which may be left out
			parent := n.Parent
			if parent.Data == "tbody" {
				parent = parent.Parent
			}
			parsed = append(parsed, parent.Data+" > "+n.Data)
		}
	}
	written := nestedTags(t, source)
	for i := range min(len(parsed), len(written)) {
		if parsed[i] != written[i] {
			t.Fatalf("the element %d is %s, written as %s", i, parsed[i], written[i])
		}
	}
	if len(parsed) != len(written) {
		t.Errorf("%d elements, %d written", len(parsed), len(written))
	}
}

// nestedTags returns the elements as their tags have them.
func nestedTags(t *testing.T, source []byte) []string {
	t.Helper()
	var tags []string
	open := []string{""}
	tokens := html.NewTokenizer(bytes.NewReader(source))
	for kind := tokens.Next(); kind != html.ErrorToken; kind = tokens.Next() {
		name := tokens.Token().Data
		switch {
		case kind == html.StartTagToken && name != "tbody":
			tags = append(tags, open[len(open)-1]+" > "+name)
			if !slices.Contains(strings.Fields("meta link input br hr img"), name) {
				open = append(open, name)
			}
		case kind == html.EndTagToken && name != "tbody":
			if open[len(open)-1] != name {
				t.Fatalf("</%s> ends %s", name, open[len(open)-1])
			}
			open = open[:len(open)-1]
		}
	}
	return tags
}

func checkElements(t *testing.T, document *html.Node) {
	t.Helper()
	for n := range document.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		allowed, known := pageAttributes[n.Data]
		if !known {
			t.Errorf("an element %q", n.Data)
		}
		for _, a := range n.Attr {
			if !strings.HasPrefix(a.Key, "aria-") &&
				!slices.Contains(strings.Fields(allowed+" id class hidden tabindex"), a.Key) {
				t.Errorf("an attribute %q of %q: %q", a.Key, n.Data, a.Val)
			}
			if a.Key == "href" && !safeLink.MatchString(a.Val) && (n.Data != "link" || a.Val != "data:,") {
				t.Errorf("a link to %q", a.Val)
			}
		}
	}
}

// checkAnchors sees that each id is there once, and each that something refers to is there.
func checkAnchors(t *testing.T, document *html.Node) {
	t.Helper()
	ids := map[string]int{}
	for n := range document.Descendants() {
		if id, found := attribute(n, "id"); found {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 || id == "" {
			t.Errorf("the id %q is there %d times", id, n)
		}
	}
	for n := range document.Descendants() {
		target, _ := attribute(n, "aria-labelledby")
		if link, _ := attribute(n, "href"); strings.HasPrefix(link, "#") {
			target, _ = url.PathUnescape(link[1:])
		}
		if target != "" && ids[target] == 0 {
			t.Errorf("nothing has the id %q", target)
		}
	}
}

// checkOwnCode sees that the page runs what lies beside its template, and may run and load nothing else.
func checkOwnCode(t *testing.T, document *html.Node) {
	t.Helper()
	for element, asset := range map[string]string{"script": "page.js", "style": "page.css"} {
		all := find(document, element, "")
		if len(all) != 1 || strings.TrimSpace(textIn(all[0])) != strings.TrimSpace(string(readFile(t, "../templates/html/"+asset))) {
			t.Errorf("%d elements %s, or another text than that of %s", len(all), element, asset)
		}
	}
	policies := 0
	for _, meta := range find(document, "meta", "") {
		if kind, _ := attribute(meta, "http-equiv"); kind == "Content-Security-Policy" {
			policies++
			if policy, _ := attribute(meta, "content"); !strings.HasPrefix(policy, "default-src 'none'; ") {
				t.Errorf("the policy is %q", policy)
			}
		}
	}
	if policies != 1 {
		t.Errorf("%d policies", policies)
	}
}

// checkCards compares what is shown of each code with the catalog.
func checkCards(t *testing.T, document *html.Node, catalog resolved) {
	t.Helper()
	want := cardsOf(t, catalog)
	var got []string
	for _, article := range find(document, "article", "") {
		got = append(got, cardOf(article))
	}
	if len(got) != len(want) {
		t.Errorf("%d cards for %d codes", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("the page shows  %s\nthe catalog has %s", got[i], want[i])
		}
	}
	if title := readable(textIn(find(document, "h1", "")[0])); title != plain(t, catalog.Title) {
		t.Errorf("the title is %q", title)
	}
}

// cardsOf returns what the cards of a catalog are to show, in the order of its categories.
func cardsOf(t *testing.T, catalog resolved) []string {
	t.Helper()
	places := map[string]int{}
	for i, category := range catalog.Categories {
		places[category.Key] = i
	}
	errors := slices.SortedStableFunc(slices.Values(catalog.Errors), func(a, b resolvedError) int {
		return cmp.Compare(places[a.Category], places[b.Category])
	})
	var cards []string
	for _, e := range errors {
		retryable := map[bool]string{true: "yes", false: "no"}[e.Retryable]
		cards = append(cards, fmt.Sprintf("%s %s %s %s deprecated:%t %s | %s | %s", e.Code, e.Category, e.statuses(), retryable, e.Deprecated != nil,
			plain(t, e.Meaning), plain(t, e.Recovery), catalog.operationsOf(e.Code)))
	}
	for _, r := range catalog.Retired {
		cards = append(cards, fmt.Sprintf("%s retired %s | %s", r.Code, plain(t, r.Reason), withoutSpace(r.Use)))
	}
	return cards
}

// statuses returns all that a code may come with, as the page has them for its search.
func (e resolvedError) statuses() string {
	all := e.Statuses
	if len(all) == 0 && e.Status > 0 {
		all = []int{e.Status}
	}
	return cmp.Or(e.StatusClass, strings.Trim(fmt.Sprint(all), "[]"))
}

// cardOf returns what the card of a code shows, as cardsOf has it.
func cardOf(article *html.Node) string {
	id, _ := attribute(article, "id")
	if code := textIn(find(article, "a", "code")[0]); code != codesAt([]string{id})[0] {
		return fmt.Sprintf("%s with the id %s", code, id)
	}
	id = codesAt([]string{id})[0]
	meaning, recovery := textOf(article, "meaning"), textOf(article, "recovery")
	class, _ := attribute(article, "class")
	if class == "retired" {
		return fmt.Sprintf("%s retired %s | %s", id, meaning, strings.TrimPrefix(recovery, "Use"))
	}
	category, _ := attribute(article, "data-category")
	status, _ := attribute(article, "data-status")
	retryable, _ := attribute(article, "data-retryable")
	shown := strings.ToUpper(textOf(article, "status"))
	if !strings.HasPrefix(shown, strings.ReplaceAll(status, " ", "OR")) {
		return fmt.Sprintf("%s with the status %s shown as %s", id, status, shown)
	}
	operations, _ := attribute(article, "data-operation")
	return fmt.Sprintf("%s %s %s %s deprecated:%t %s | %s | %s", id, category, status, retryable, class == "deprecated",
		meaning, strings.TrimPrefix(recovery, "Recovery"), unescaped(operations))
}

// find returns the elements below a node that have the name and the class, where these are not empty.
func find(n *html.Node, name, class string) []*html.Node {
	var found []*html.Node
	for d := range n.Descendants() {
		has, _ := attribute(d, "class")
		if d.Type == html.ElementNode && (name == "" || d.Data == name) &&
			(class == "" || slices.Contains(strings.Fields(has), class)) {
			found = append(found, d)
		}
	}
	return found
}

func attribute(n *html.Node, name string) (value string, found bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// textIn returns the text of an element, with that of images.
func textIn(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
		if d.Data == "img" {
			alt, _ := attribute(d, "alt")
			b.WriteString(alt)
		}
	}
	return b.String()
}

// textOf returns the text of the elements with a class.
func textOf(n *html.Node, class string) string {
	var b strings.Builder
	for _, element := range find(n, "", class) {
		b.WriteString(textIn(element))
	}
	return readable(b.String())
}

// readable returns what can be seen of a text, without white space.
func readable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, text)
}

// plain returns what can be seen of inline Markdown in which raw HTML is text.
func plain(t *testing.T, markdown string) string {
	t.Helper()
	inline := parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 1), util.Prioritized(parser.NewLinkParser(), 2),
			util.Prioritized(parser.NewAutoLinkParser(), 3), util.Prioritized(parser.NewEmphasisParser(), 4),
		))
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithParser(inline)).Convert([]byte(markdown), &b); err != nil {
		t.Fatal(err)
	}
	document, err := html.Parse(&b)
	if err != nil {
		t.Fatal(err)
	}
	return readable(textIn(document))
}

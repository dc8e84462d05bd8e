package lint

import (
	"net/url"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

var brokenLink = rule{
	Rule: diag.Rule{
		Name: "broken-link",
		Reason: "A link may lead to an http or https address, to a mail address, to a relative path, or to an anchor of the " +
			"docs page: a code, or the heading of a category or section. Other schemes are not printed as links, since " +
			"nobody can say what they do in a reader's browser; an anchor that does not exist leads to the top of the " +
			"page.",
		Bad: "\n" + code("KEY_EXPIRED", 401,
			"The key is past its date — see [Keys](ftp://example.com/keys) and [Revoked keys](#KEY_REVOKD)"),
		Good: "\n" + code("KEY_EXPIRED", 401, "The key is past its date — see [Keys](/keys), "+
			"[Dates](https://example.com/dates) and [Access](#access)"),
	},
	severity: diag.Error,
	check: func(p *pass) {
		headings := sync.OnceValue(p.headings)
		p.eachProse(func(text prose.Text, n *document.Node, parse func(string) prose.Text) {
			if n == nil || !strings.ContainsAny(n.Text, "(<:") { // every link has one of them
				return
			}
			for _, link := range text.Links() {
				anchor, here := strings.CutPrefix(strings.TrimPrefix(link, p.DocsURL), "#")
				if !here || anchor == "" {
					continue
				}
				name, err := url.PathUnescape(anchor)
				if err != nil || p.ByCode[name] == nil && p.RetiredByCode[name] == nil && !headings()[name] {
					p.report(n, "the link leads to "+diag.Quote("#"+anchor)+", which is no anchor of the docs page",
						p.nearAnchor(anchor))
				}
			}
			for _, link := range refusedLinks(n.Text, parse) {
				p.report(n, "the link to "+diag.Quote(link)+" is not printed",
					"link to https://…, a relative path, or #CODE")
			}
		})
	},
}

// headings returns what the docs page can be entered at beside codes.
func (p *pass) headings() map[string]bool {
	anchors := map[string]bool{}
	for _, c := range p.Categories {
		anchors[c.Title.Anchor()] = true
	}
	for _, s := range p.Sections {
		anchors[s.Title.Anchor()] = true
	}
	return anchors
}

func (p *pass) nearAnchor(name string) string {
	const enough = 100 // findings: each costs a look at every code
	if len(p.found) > enough {
		return ""
	}
	if near := diag.Nearest(name, p.Codes()); near != "" {
		return "did you mean " + diag.Quote("#"+near) + "?"
	}
	return "link to a code of this catalog, such as #" + p.Errors[0].Code
}

// destination finds what may be the address of a link that prose drops: behind "](", "]: " or "<", with a scheme that
// is not kept, or two slashes.
var destination = document.Pattern(`(?:\]\(\s*<?|\]:\s*<?|<)([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>)]*|//[^\s<>)]*)`)

// refusedLinks returns the addresses in a text that its parser takes for links and then drops: in the place of each an
// address that is kept is tried.
func refusedLinks(source string, parse func(string) prose.Text) []string {
	const kept = "https://kept.invalid/"
	const most = 20 // each costs reading the text once
	var refused []string
	for _, at := range destination().FindAllStringSubmatchIndex(source, most) {
		link := source[at[2]:at[3]]
		scheme, _, _ := strings.Cut(strings.ToLower(link), ":")
		if scheme == "http" || scheme == "https" || scheme == "mailto" {
			continue
		}
		for _, found := range parse(source[:at[2]] + kept + source[at[3]:]).Links() {
			if strings.HasPrefix(found, kept) {
				refused = append(refused, link)
				break
			}
		}
	}
	return refused
}

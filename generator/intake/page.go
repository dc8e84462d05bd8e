package intake

import (
	"html"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// page reads the parts of a page: tables of codes, and headings that are codes.
type page struct {
	*reader
	isOwn   bool           // errgen has written it
	common  *document.Node // on a page of errgen: the codes that every operation can return, or nil
	heading string         // the last that is no code, as inline Markdown
	levels  [7][2]int      // of the headings of each level, those that may be codes, and all
	entry   *entry         // of the heading that is being read
	level   int            // of that heading
	field   string         // what the text below the entry's own last heading says
	body    []string
}

func (r *reader) markdown() {
	p := &page{reader: r, isOwn: isOwn(r.doc.Text)}
	p.read(prose.Outline(r.doc.Text))
}

func (r *reader) html() {
	p := &page{reader: r}
	p.read(outlineHTML(r.doc.Text, 0))
}

func (p *page) read(parts []prose.Part) {
	p.count(parts)
	for _, part := range parts {
		if part.Kind == prose.ParagraphPart && strings.HasPrefix(strings.ToLower(part.Text), "<table") {
			p.embedded(part)
		} else {
			p.part(part)
		}
	}
	p.close()
}

// embedded reads a table that is written in HTML.
func (p *page) embedded(part prose.Part) {
	const closing = "</table>"
	text := p.doc.Text[part.Start:]
	if end := strings.Index(strings.ToLower(string(text)), closing); end >= 0 {
		text = text[:end+len(closing)]
	}
	for _, inside := range outlineHTML(text, part.Start) {
		if inside.Kind == prose.TablePart {
			p.part(inside)
		}
	}
}

// count looks at all headings: where most of a level are codes, those of it are.
func (p *page) count(parts []prose.Part) {
	for _, part := range parts {
		if part.Kind != prose.HeadingPart || part.InList {
			continue
		}
		p.levels[part.Level][1]++
		if code, _ := headingCode(prose.Inline(withoutHTML(part.Text))); code != "" {
			p.levels[part.Level][0]++
		}
	}
}

func (p *page) part(part prose.Part) {
	switch {
	case part.Kind == prose.HeadingPart && !part.InList:
		p.title(part)
	case p.isOwn && part.Kind == prose.TablePart:
		p.ownTable(part)
	case p.isOwn && part.Kind == prose.ParagraphPart:
		p.everyOperation(part)
	case part.Kind == prose.TablePart && p.entry == nil:
		p.table(part)
	case p.entry != nil && part.Kind != prose.TablePart:
		p.text(part)
	}
}

// title begins an entry, a part of one, or a category.
func (p *page) title(part prose.Part) {
	text := prose.Inline(withoutHTML(part.Text))
	code, status := headingCode(text)
	if code != "" && 2*p.levels[part.Level][0] < p.levels[part.Level][1] {
		p.unclear(p.line(part.Start, part.End), "the heading "+diag.Quote(code)+" may be a code, but most "+
			"headings beside it are none", "add it to the catalog by hand, if it is one")
		code = ""
	}
	if code == "" && p.entry != nil && part.Level > p.level {
		p.flush()
		p.field = fieldOf(fold(text.Plain()))
		return
	}
	p.close()
	if code == "" {
		p.heading = tidy(strings.TrimRight(strings.TrimSpace(withoutHTML(part.Text)), " #¶"))
		return
	}
	at := p.line(part.Start, part.End)
	p.entry, p.level, p.field = &entry{code: code, place: at}, part.Level, "meaning"
	p.entry.say("status", status, at)
	p.entry.take(fact{key: "category", value: document.NewString(p.heading), place: at, layout: true})
}

var (
	headingStatus = document.Pattern(`^(?:(?:HTTP )?([2-5]\d\d)(?: ?[-–—:] ?| ))?(\S+?):?` +
		`(?: ?[-–—(:]* ?(?:HTTP )?([2-5]\d\d)\)?)?$`)
	statusLine = document.Pattern(`(?i)^(?:http )?(?:status|status code|http code)\s*:?\s+([2-5]\d\d)\b`)
)

// headingCode returns the code that a heading is, and the status beside it.
func headingCode(text prose.Text) (code string, status *document.Node) {
	m := headingStatus().FindStringSubmatch(strings.TrimSpace(text.Plain()))
	if m == nil {
		return "", nil
	}
	spans := text.CodeSpans()
	isSpan := slices.Contains(spans, m[2])
	if !isCode(m[2]) || !isSpan && !(clearCode().MatchString(m[2]) && strings.Contains(m[2], "_")) {
		return "", nil
	}
	return m[2], statusOf(m[1] + m[3])
}

// text takes what stands below a code.
func (p *page) text(part prose.Part) {
	text := withoutHTML(part.Text)
	plain := strings.TrimSpace(prose.Inline(text).Plain())
	if m := statusLine().FindStringSubmatch(plain); m != nil && part.Kind == prose.ParagraphPart {
		p.entry.say("status", statusOf(m[1]), p.line(part.Start, part.End))
		return
	}
	if p.field == "meaning" && part.Kind == prose.ParagraphPart && !part.InList {
		value := document.NewString(tidy(oneLine(text)))
		p.entry.say("meaning", value, p.line(part.Start, part.End))
		p.field = "description"
		return
	}
	switch {
	case part.Kind == prose.FencePart:
		text = "```" + part.Info + "\n" + part.Text + "\n```"
	case part.InList:
		text = "- " + strings.ReplaceAll(text, "\n", "\n  ")
		if last := len(p.body) - 1; last >= 0 && strings.HasPrefix(p.body[last], "- ") {
			p.body[last] += "\n" + text
			return
		}
	}
	p.body = append(p.body, text)
}

// flush adds what was read of a field of several parts.
func (p *page) flush() {
	text := strings.Join(p.body, "\n\n")
	p.body = nil
	switch p.field {
	case "recovery", "description":
		if p.field == "recovery" {
			text = tidy(oneLine(text))
		}
		p.entry.say(p.field, document.NewString(text), p.entry.place)
	default:
		if text != "" {
			p.note("not taken: sections below codes whose headings say nothing that a catalog has")
		}
	}
}

func (p *page) close() {
	if p.entry != nil {
		p.flush()
		p.add(*p.entry)
	}
	p.entry = nil
}

// table takes a table of a page.
func (p *page) table(part prose.Part) {
	t := &table{what: "the table", place: p.line(part.Start, part.Rows[0][0].End), category: p.heading}
	for _, c := range part.Rows[0] {
		t.columns = append(t.columns, strings.TrimSpace(prose.Inline(withoutHTML(c.Text)).Plain()))
	}
	if p.isOwn && len(t.columns) > 1 {
		t.columns[1], t.isOwn = "code", true
	}
	category := ""
	for _, cells := range part.Rows[1:] {
		w := row{category: category}
		for _, c := range cells {
			text := withoutHTML(c.Text)
			lines := strings.Split(text, "\n")
			if p.isOwn && len(lines) > 1 {
				p.ownFacts(&w, lines[1:], p.line(c.Start, c.End))
				text = lines[0]
			}
			one := cell{text: tidy(oneLine(text)), lines: lines, markup: true}
			one.place = p.line(c.Start, c.End)
			if p.isOwn && len(w.cells) == 0 && strings.TrimSpace(text) == "" {
				w.facts = append(w.facts, fact{key: "status", value: none(), place: one.place})
			}
			w.cells = append(w.cells, one)
		}
		w.place = w.cells[0].place
		if title := w.title(); title != "" {
			category = title
			continue
		}
		t.rows = append(t.rows, w)
	}
	p.take(t)
}

// title returns the text of a row that is a heading: bold, and alone in its row.
func (w *row) title() string {
	for _, c := range w.cells[1:] {
		if !c.isEmpty() {
			return ""
		}
	}
	text := strings.TrimSpace(w.cells[0].text)
	if inside, ok := strings.CutPrefix(text, "**"); ok && len(w.cells) > 1 {
		if inside, ok = strings.CutSuffix(inside, "**"); ok && !strings.Contains(inside, "`") {
			return inside
		}
	}
	return ""
}

// inPage is a link to another place of the page.
var inPage = document.Pattern(`\[([^\[\]]*)\]\(#[^()\s]*\)`)

// tidy writes Markdown without the links that lead nowhere in a catalog, and without the escapes that its page needed.
func tidy(source string) string {
	source = inPage().ReplaceAllString(source, "$1")
	plain := escapes().ReplaceAllString(source, "$1")
	for _, nicer := range []string{html.UnescapeString(plain), html.UnescapeString(source), plain} {
		if nicer == source || prose.Inline(nicer).Markdown(nil) == prose.Inline(source).Markdown(nil) {
			return nicer
		}
	}
	return source
}

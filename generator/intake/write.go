package intake

import (
	"fmt"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/draft"
)

// Catalog returns the text of a new catalog.
func (im *Import) Catalog(name string) ([]byte, error) {
	return draft.Add(name, []byte(draft.New), im.sections(nil)...)
}

// sections returns what is to be added to a catalog: codes, with the categories and types that they need. To a new one,
// which is nil, also all else that files say.
func (im *Import) sections(to *document.Node) []draft.Section {
	errors := draft.Section{Name: "errors", Spaced: true}
	needed := map[string]bool{}
	for _, c := range im.codes {
		if to.Get("errors").Get(c.name) == nil {
			errors.Entries = append(errors.Entries, im.entry(c, needed))
		}
	}
	categories := draft.Section{Name: "categories"}
	for _, key := range im.keys {
		if needed[key] && to.Get("categories").Get(key) == nil {
			fields := []draft.Field{{Key: "title", Value: document.NewString(im.titles[key])}}
			if more := im.categories[key]; more != nil {
				for i := range more.Len() {
					fields = append(fields, draft.Field{Key: more.Key(i).Text, Value: more.Item(i)})
				}
			}
			categories.Entries = append(categories.Entries, draft.Entry{Key: key, Fields: fields})
		}
	}
	sections := []draft.Section{categories, errors}
	sections = append(sections, im.section("types", to))
	if to != nil {
		return sections
	}
	for _, name := range []string{"retired", "operations", "sections"} {
		sections = append(sections, im.section(name, to))
	}
	return append([]draft.Section{im.info()}, sections...)
}

// section returns what a catalog lacks of a section that is taken as it is.
func (im *Import) section(name string, to *document.Node) draft.Section {
	s := draft.Section{Name: name}
	n := im.about.sections[name]
	if n == nil {
		return s
	}
	for i := range n.Len() {
		switch {
		case n.Kind == document.List:
			s.Entries = append(s.Entries, draft.Entry{Value: n.Item(i)})
		case to.Get(name).Get(n.Key(i).Text) == nil:
			s.Entries = append(s.Entries, draft.Entry{Key: n.Key(i).Text, Value: n.Item(i)})
		}
	}
	return s
}

// info returns what a new catalog says of itself.
func (im *Import) info() draft.Section {
	var names []string
	for _, c := range im.codes {
		names = append(names, c.name)
	}
	info := draft.Section{Name: "info"}
	members := im.about.info
	if len(members) == 0 {
		members = append(members, document.Member{Key: "title", Value: document.NewString("Error codes")})
	}
	if style := styleOf(names); style != "UPPER_SNAKE" {
		members = append(members, document.Member{Key: "codeStyle", Value: document.NewString(string(style))})
	}
	if seen := im.about.envelopes; len(seen) > 0 && seen[0] != nil && !im.about.differ {
		members = append(members, document.Member{Key: "envelope", Value: seen[0]})
	}
	for _, m := range members {
		info.Entries = append(info.Entries, draft.Entry{Key: m.Key, Value: m.Value})
	}
	return info
}

// entry writes a code, and notes which category it needs.
func (im *Import) entry(c *code, needed map[string]bool) draft.Entry {
	e := draft.Entry{Key: c.name}
	if im.options.Trace {
		seen := map[string]bool{}
		for _, p := range c.places {
			if at := fmt.Sprintf("from %s:%d", p.File, p.Start.Line); !seen[at] {
				e.Above = append(e.Above, at)
				seen[at] = true
			}
		}
	}
	for _, f := range c.fields {
		if f.value == nil {
			e.Fields = append(e.Fields, draft.Field{Key: f.key, Comment: f.comment()})
			continue
		}
		if f.value.Kind == document.Null {
			continue // it has none for sure
		}
		if f.key == "category" {
			needed[f.value.Text] = true
		}
		e.Fields = append(e.Fields, draft.Field{Key: f.key, Value: f.value, Comment: f.remark()})
	}
	return e
}

// Counts returns how many codes there are, and of how many something has to be decided.
func (im *Import) Counts() (codes, open int) {
	for _, c := range im.codes {
		if c.isOpen() {
			open++
		}
	}
	return len(im.codes), open
}

package intake

import (
	"fmt"
	"slices"

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
	for _, c := range im.about.categories {
		if needed[c.key] && to.Get("categories").Get(c.key) == nil {
			fields := []draft.Field{{Key: "title", Value: document.NewString(c.title)}}
			for key, value := range c.more.Members() {
				fields = append(fields, draft.Field{Key: key.Text, Value: value})
			}
			categories.Entries = append(categories.Entries, draft.Entry{Key: c.key, Fields: fields})
		}
	}
	sections := []draft.Section{categories, errors, im.section("types", to)}
	if to != nil {
		return sections
	}
	return slices.Concat([]draft.Section{im.info()}, sections,
		[]draft.Section{im.section("retired", nil), im.section("operations", nil), im.section("sections", nil)})
}

// section returns what a catalog lacks of a section that is taken as it is.
func (im *Import) section(name string, to *document.Node) draft.Section {
	s := draft.Section{Name: name}
	for item := range im.about.sections[name].Items() {
		s.Entries = append(s.Entries, draft.Entry{Value: item})
	}
	for key, value := range im.about.sections[name].Members() {
		if to.Get(name).Get(key.Text) == nil {
			s.Entries = append(s.Entries, draft.Entry{Key: key.Text, Value: value})
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
	info := im.section("info", nil)
	add := func(key string, value *document.Node) {
		info.Entries = append(info.Entries, draft.Entry{Key: key, Value: value})
	}
	if len(info.Entries) == 0 {
		add("title", document.NewString("Error codes"))
	}
	if style := styleOf(names); style != "UPPER_SNAKE" {
		add("codeStyle", document.NewString(string(style)))
	}
	if envelope := im.about.ownEnvelope(); envelope != nil {
		add("envelope", envelope)
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

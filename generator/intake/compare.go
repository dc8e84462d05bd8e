package intake

import (
	"fmt"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/draft"
)

// Into returns the text of a catalog with the codes added that it lacks, how many those are, and of how many something
// has to be decided.
func (im *Import) Into(name string, text []byte) (after []byte, added, open int, err error) {
	doc, err := parse(name, text)
	if err != nil {
		return nil, 0, 0, err
	}
	for _, c := range im.codes {
		if doc.Root.Get("errors").Get(c.name) == nil {
			added++
			if c.isOpen() {
				open++
			}
		}
	}
	im.reuse(doc.Root)
	after, err = draft.Add(name, text, im.sections(doc.Root)...)
	return after, added, open, err
}

func parse(name string, text []byte) (*document.Document, error) {
	doc, err := draft.Parse(name, text)
	if err != nil {
		return nil, fmt.Errorf("%s is no catalog: %w; correct that first, `errgen lint -c %[1]s` shows where",
			diag.Visible(name), err)
	}
	return doc, nil
}

// reuse takes categories that the catalog has under another key.
func (im *Import) reuse(root *document.Node) {
	for _, c := range im.codes {
		for i, f := range c.fields {
			if f.key != "category" || f.value == nil {
				continue
			}
			for key, known := range root.Get("categories").Members() {
				if known.Str("title") == im.titleOf(f.value.Text) {
					c.fields[i].value = document.NewString(key.Text)
				}
			}
		}
	}
}

// Compare holds what the files say against a catalog. Codes that it lacks are differences only in a check: otherwise
// they are going to be added.
func (im *Import) Compare(name string, text []byte, check bool) error {
	doc, err := parse(name, text)
	if err != nil {
		return err
	}
	severity := diag.Warning
	if check {
		severity = diag.Error
	}
	errors, retired := doc.Root.Get("errors"), doc.Root.Get("retired")
	for _, c := range im.codes {
		switch entry := errors.Get(c.name); {
		case entry != nil:
			im.differences(c, entry, severity)
		case retired.Get(c.name) != nil:
			d := c.differs("the code is retired in the catalog", "the source should not name it any more", severity)
			d.Related = []diag.Related{{Place: retired.KeyOf(c.name).Place(), Message: "retired here"}}
			im.Found.Add(d)
		case check:
			source := diag.Visible(c.places[0].File)
			if source == stdin {
				source = "-"
			}
			hint := "add it: `errgen import " + source + " --into " + diag.Visible(name) + "`"
			im.Found.Add(c.differs("the code "+diag.Quote(c.name)+" is not in "+diag.Visible(name), hint, severity))
		}
	}
	im.compareTypes(doc.Root.Get("types"))
	im.Found.Sort()
	return nil
}

// compareTypes says which types of the catalog are others than those that the details of new codes name.
func (im *Import) compareTypes(types *document.Node) {
	for name, mine := range im.about.sections["types"].Members() {
		if known := types.Get(name.Text); known != nil && spell(known) != spell(mine) {
			im.Found.Add(diag.Diagnostic{
				Rule: "import-differs", Severity: diag.Warning, Place: types.KeyOf(name.Text).Place(),
				Message: "the files have another type " + diag.Quote(name.Text) + " than the catalog",
				Hint:    "the catalog's own one stays; see that the details of new codes mean it",
			})
		}
	}
}

func (c *code) differs(message, hint string, severity diag.Severity) diag.Diagnostic {
	return diag.Diagnostic{Rule: "import-differs", Severity: severity, Message: message, Hint: hint, Place: c.places[0]}
}

// differences reports what a catalog says otherwise than the files do.
func (im *Import) differences(c *code, entry *document.Node, severity diag.Severity) {
	for _, f := range c.fields {
		if f.key == "category" || f.key == "details" || f.key == "examples" {
			continue
		}
		for _, one := range f.candidates {
			if one.doubt || one.layout || agrees(f.key, entry, one.value) {
				continue
			}
			written := entry.Get(f.key)
			said, at := "nothing", entry
			if written != nil {
				said, at = show(written), written
			}
			im.Found.Add(diag.Diagnostic{
				Rule: "import-differs", Severity: severity, Place: one.place,
				Message: fmt.Sprintf("the %s of %s is %s here, and %s in the catalog", f.key, diag.Visible(c.name),
					show(one.value), said),
				Hint:    "correct the one that is wrong; import changes nothing that is in the catalog",
				Related: []diag.Related{{Place: at.Place(), Message: "in the catalog"}},
			})
		}
	}
}

// agrees reports whether a catalog's entry says the same of a field, be it by default.
func agrees(key string, entry, value *document.Node) bool {
	written := entry.Get(key)
	switch {
	case written != nil && written.Kind == document.Null:
		return true // it is still to be decided
	case written != nil:
		return same(key, written, value)
	case key == "message":
		meaning := entry.Get("meaning")
		return meaning != nil && same(key, meaning, value)
	case key == "retryAfter":
		return !value.IsTrue()
	case key == "retryable":
		status, _ := entry.Get("status").Int()
		return value.IsTrue() == (status == 429 || status >= 500)
	}
	return false
}

package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// code is a code with all that the files say of it.
type code struct {
	name   string
	places []diag.Place // where it stands
	fields []field
}

// field is what is known of one field of a code.
type field struct {
	key        string
	value      *document.Node // nil: it is left open
	candidates []fact         // one for each value: of several places the first, with the count of all
}

// order is the order of the fields of a code.
var order = []string{"status", "category", "meaning", "title", "description", "recovery", "message", "retryable",
	"retryAfter", "details", "examples", "since", "deprecated", "seeAlso", "docsURL", "symbol"}

// merge makes codes of the entries of all files.
func (im *Import) merge() {
	facts := map[string][]fact{}
	for _, f := range im.Files {
		for _, e := range f.entries {
			c := im.byName[e.code]
			if c == nil {
				c = &code{name: e.code}
				im.byName[e.code] = c
				im.codes = append(im.codes, c)
			}
			c.places = append(c.places, e.place)
			facts[e.code] = append(facts[e.code], e.facts...)
		}
	}
	for _, c := range im.codes {
		im.decide(c, facts[c.name])
	}
	for _, f := range im.Files {
		isOpen := map[string]bool{}
		for _, e := range f.entries {
			isOpen[e.code] = im.byName[e.code].isOpen()
		}
		f.Codes = len(isOpen)
		for _, open := range isOpen {
			if open {
				f.Open++
			}
		}
	}
}

// decide makes fields of what is said of a code.
func (im *Import) decide(c *code, facts []fact) {
	byKey, keys := map[string][]fact{}, slices.Clone(order)
	for _, f := range facts {
		if byKey[f.key] == nil && strings.HasPrefix(f.key, "x-") {
			keys = append(keys, f.key)
		}
		byKey[f.key] = append(byKey[f.key], f)
	}
	for _, key := range keys {
		isNeeded := key == "meaning" || key == "status" || key == "category" || key == "retryable" && c.needsRetry()
		if isNeeded || len(byKey[key]) > 0 {
			c.fields = append(c.fields, im.field(c, key, byKey[key]))
		}
	}
}

// needsRetry reports whether a code's statuses do not tell whether the same request may succeed later.
func (c *code) needsRetry() bool {
	i := slices.IndexFunc(c.fields, func(f field) bool { return f.key == "status" })
	status := c.fields[i].value
	if status == nil || status.Kind == document.Number || status.Kind == document.String {
		return false
	}
	said := map[bool]bool{}
	for one := range status.Items() {
		said[catalog.RetryableStatus(atoi(one.Text))] = true
	}
	return len(said) != 1
}

// field decides what is certain, and says where files do not agree.
func (im *Import) field(c *code, key string, facts []fact) field {
	f := field{key: key}
	sure := slices.DeleteFunc(slices.Clone(facts), func(a fact) bool { return a.doubt || a.layout })
	if len(sure) == 0 {
		if i := slices.IndexFunc(facts, func(a fact) bool { return a.layout }); i >= 0 {
			sure = facts[i : i+1]
		}
	}
	f.group(sure)
	if len(sure) == 0 {
		f.group(facts)
	}
	switch {
	case len(sure) > 0 && len(f.candidates) == 1:
		f.value = f.candidates[0].value
	case key == "status" && im.options.Status > 0:
		f.value = document.NewInt(int64(im.options.Status))
		return f
	case len(sure) > 0:
		im.conflict(c, f)
	}
	if key == "category" && len(facts) == 0 {
		f.value = document.NewString("Errors")
	}
	if key == "category" && f.value != nil {
		f.value = document.NewString(im.category(f.value.Text))
	}
	return f
}

// group makes one candidate of facts that say the same.
func (f *field) group(facts []fact) {
	index := map[string]int{}
	for _, one := range facts {
		said := meant(f.key, one.value)
		if i, known := index[said]; known {
			f.candidates[i].count += one.count
			continue
		}
		index[said] = len(f.candidates)
		f.candidates = append(f.candidates, one)
	}
}

// conflict says that places do not agree on a field.
func (im *Import) conflict(c *code, f field) {
	first, other := f.candidates[0], f.candidates[1]
	im.Found.Add(diag.Diagnostic{
		Rule: "import-conflict", Severity: diag.Warning, Place: other.place,
		Message: fmt.Sprintf("the %s of %s is %s here, and %s in another place", f.key, diag.Visible(c.name),
			show(other.value), show(first.value)),
		Hint:    "it is left open; decide in the catalog, and correct the source that is wrong",
		Related: []diag.Related{{Place: first.place, Message: show(first.value) + " here"}},
	})
}

// isOpen reports whether something has to be decided.
func (c *code) isOpen() bool {
	return slices.ContainsFunc(c.fields, func(f field) bool { return f.value == nil })
}

// comment says what may stand in a field that is left open.
func (f *field) comment() string {
	if len(f.candidates) == 0 {
		if f.key == "retryable" {
			return "import: true if the same request may succeed later; the statuses do not tell"
		}
		return "import: no file says it"
	}
	const most = 6
	var all []string
	for i, c := range f.candidates {
		if i == most {
			all = append(all, fmt.Sprintf("%d more", len(f.candidates)-most))
			break
		}
		all = append(all, show(c.value)+" ("+c.origin()+")")
	}
	start := "import: "
	if len(f.candidates) == 1 {
		start += "perhaps "
	}
	return start + strings.Join(all, " or ")
}

// remark returns what is to be known of the value.
func (f *field) remark() string {
	if len(f.candidates) == 1 && f.candidates[0].remark != "" {
		return "import: " + f.candidates[0].remark
	}
	return ""
}

// origin says where a candidate is from.
func (f *fact) origin() string {
	from := ""
	if f.from != "" {
		from = f.from + ", "
	}
	at := fmt.Sprintf("%s:%d", f.place.File, f.place.Start.Line)
	switch {
	case f.count == 1:
		return from + "1 answer, " + at
	case f.count > 1:
		return fmt.Sprintf("%s%d answers", from, f.count)
	}
	return from + at
}

// category returns the key of the category with a title, or a key.
func (im *Import) category(title string) string {
	for _, c := range im.about.categories {
		if c.title == title || c.key == title {
			return c.key
		}
	}
	key := categoryKey(title)
	if im.titleOf(key) == "" { // else it is one whose title differs in marks alone
		im.about.categories = append(im.about.categories, category{key: key, title: title})
	}
	return key
}

// titleOf returns the title of a category, or "".
func (im *Import) titleOf(key string) string {
	for _, c := range im.about.categories {
		if c.key == key {
			return c.title
		}
	}
	return ""
}

// categoryKey makes a key of a title: quota_and_plan of Quota and plan errors.
func categoryKey(title string) string {
	words := strings.FieldsFunc(strings.ToLower(prose.Inline(title).Plain()), func(r rune) bool {
		return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 0x7f && r != '—' && r != '–')
	})
	for len(words) > 1 && slices.Contains([]string{"error", "errors", "codes", "code"}, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || len(words) == 1 && slices.Contains([]string{"error", "code", "codes"}, words[0]) {
		return "errors"
	}
	key := strings.Join(words, "_")
	if runes := []rune(key); len(runes) > 60 {
		key = string(runes[:60])
	}
	return key
}

// checkMap refuses a name in --map that no file has.
func (im *Import) checkMap() error {
	var known []string
	for _, f := range im.Files {
		known = append(known, f.names...)
	}
	for _, key := range slices.Sorted(maps.Keys(im.options.Map)) {
		name := im.options.Map[key]
		has := func(n string) bool { return n == name || fold(n) == fold(name) }
		if len(known) == 0 || slices.ContainsFunc(known, has) {
			continue
		}
		slices.Sort(known)
		return fmt.Errorf("--map %s=%s: no file has %s; %s", key, diag.Visible(name), diag.Quote(name),
			diag.DidYouMean(name, slices.Compact(known)))
	}
	return nil
}

package intake

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Names of what has none in data: the keys of a map that holds records, and values that are not records themselves.
const (
	keyColumn   = "@key"
	valueColumn = "@value"
)

// data reads JSON or YAML by what it holds: an API description, traffic, or records.
func (r *reader) data() {
	doc, found := document.ParseForeign(r.Path, r.doc.Text, r.MaxSize)
	r.doc = doc
	if found.HasErrors() || doc.Root == nil {
		for _, d := range found {
			r.refuse(d.Place, d.Message, d.Hint)
		}
		return
	}
	switch root := doc.Root; {
	case isOwn(doc.Text) && root.Get("errors") != nil:
		r.ownData()
	case root.Get("openapi") != nil || root.Get("swagger") != nil:
		r.openapi()
	case root.Get("log").Get("entries") != nil:
		r.traffic()
	case r.Select != "":
		r.selected()
	default:
		r.container(root)
	}
}

// selected reads what --select names.
func (r *reader) selected() {
	n := r.doc.Root
	for _, step := range document.Keys(r.Select) {
		next := n.Step(step)
		if next == nil && step != "" {
			hint := "name a list or map with --select /KEY/KEY"
			if n.Kind == document.Map && n.Len() > 0 {
				hint = diag.DidYouMean(step, n.Keys())
			}
			r.refuse(n.Place(), fmt.Sprintf("there is no %s here, which --select names", diag.Quote(step)), hint)
			return
		}
		if next != nil {
			n = next
		}
	}
	if !holdsRecords(n) {
		r.refuse(n.Place(), "--select names "+n.Describe()+", expected a list or map of codes",
			"name the list or map that the codes stand in")
		return
	}
	r.take(tableOf(n, ""))
}

// container finds the records of a file.
func (r *reader) container(root *document.Node) {
	if holdsRecords(root) {
		r.take(tableOf(root, ""))
		return
	}
	found := likely(containers(root, 0))
	switch {
	case len(found) == 1:
		r.note("taken from " + found[0].Pointer())
		r.take(tableOf(found[0], ""))
	case len(found) == 0:
		r.refuse(root.Place(), "nothing here is a list or map of codes",
			"name what holds them with --select /KEY/KEY; each code is a map, a text or the key of one")
	case areGroups(found):
		for _, n := range found {
			path := n.Path()
			r.take(tableOf(n, path[len(path)-1]))
		}
	default:
		var pointers []string
		for _, n := range found {
			pointers = append(pointers, n.Pointer())
		}
		r.refuse(root.Place(), fmt.Sprintf("%d lists or maps may hold the codes", len(found)),
			"say which one: "+ways("--select ", pointers...))
	}
}

// areGroups reports whether all that a map holds are records, so that its keys group them.
func areGroups(found []*document.Node) bool {
	parent := found[0].Parent()
	isOther := func(n *document.Node) bool { return n.Parent() != parent || n.Item(0).Kind != document.Map }
	return parent != nil && parent.Kind == document.Map && parent.Len() == len(found) &&
		!slices.ContainsFunc(found, isOther)
}

// holdsRecords reports whether n is a list or map of records: of maps with values of their own, or of texts.
func holdsRecords(n *document.Node) bool {
	if n.Kind != document.List && n.Kind != document.Map || n.Len() == 0 {
		return false
	}
	maps, texts := 0, 0
	for i := range n.Len() {
		switch item := n.Item(i); {
		case hasScalars(item):
			maps++
		case isScalar(item):
			texts++
		}
	}
	return maps == n.Len() && areAlike(n) || texts == n.Len()
}

// areAlike reports whether maps are records: most have a field in common, or one that is called as those of errors are.
func areAlike(n *document.Node) bool {
	count := map[string]int{}
	for i := range n.Len() {
		for _, key := range n.Item(i).Keys() {
			name := fold(key)
			isKnown := slices.Contains(strongNames, name) || slices.Contains(meaningNames, name) || isStatusName(name)
			if count[key]++; 2*count[key] >= n.Len() && n.Len() > 1 && count[key] > 1 || isKnown {
				return true
			}
		}
	}
	return false
}

func hasScalars(n *document.Node) bool {
	for _, value := range n.Members() {
		if isScalar(value) {
			return true
		}
	}
	return false
}

func isScalar(n *document.Node) bool { return n.Kind == document.String || n.Kind == document.Number }

// containers returns what holds records in n, not far below.
func containers(n *document.Node, depth int) (found []*document.Node) {
	const deepest = 4
	if n.Kind != document.Map || depth > deepest {
		return nil
	}
	for i := range n.Len() {
		child := n.Item(i)
		isRecord := child.Kind == document.Map && n.Parent() != nil && holdsRecords(n)
		if holdsRecords(child) && !isRecord {
			found = append(found, child)
			continue
		}
		found = append(found, containers(child, depth+1)...)
	}
	return found
}

// likely leaves those in which something is called a code or a status, if there are any.
func likely(found []*document.Node) []*document.Node {
	isSilent := func(n *document.Node) bool {
		return !slices.ContainsFunc(tableOf(n, "").columns, func(name string) bool {
			return slices.Contains(strongNames, fold(name)) || isStatusName(fold(name))
		})
	}
	isText := func(n *document.Node) bool { return n.Item(0).Kind != document.Map }
	for _, isOther := range []func(*document.Node) bool{isSilent, isText} {
		if likely := slices.DeleteFunc(slices.Clone(found), isOther); len(likely) > 0 {
			return likely
		}
	}
	return found
}

// tableOf makes a table of a list or map of records.
func tableOf(n *document.Node, category string) *table {
	t := &table{what: "the list", place: n.Place(), category: category, certain: true}
	for i := range n.Len() {
		item := n.Item(i)
		w := row{place: item.Place()}
		if n.Kind == document.Map {
			t.what = "the map"
			t.put(&w, keyColumn, cell{text: n.Key(i).Text, place: n.Key(i).ValuePlace()})
		}
		t.flatten(&w, item, "", 0)
		t.rows = append(t.rows, w)
	}
	return t
}

// flatten adds the values of a record: what is in a map of it is called after both, as http.status.
func (t *table) flatten(w *row, n *document.Node, name string, depth int) {
	const deepest = 3
	isSchema := n.Get("properties") != nil || n.Str("type") == "object"
	switch {
	case n.Kind == document.Map && depth < deepest && !isSchema:
		for key, value := range n.Members() {
			t.flatten(w, value, joined(name, key.Text), depth+1)
		}
	case n.Kind == document.Null:
		t.put(w, cmp.Or(name, valueColumn), cell{})
	default:
		t.put(w, cmp.Or(name, valueColumn), cell{text: n.Text, node: n, place: n.ValuePlace()})
	}
}

package render

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Collision says that two things would have one name in a target.
type Collision struct {
	first, again thing
	name, target string
}

// Collisions are those of one target or of several.
type Collisions []Collision

// thing is what a name is made from.
type thing struct {
	kind   kind
	node   *document.Node // nil for what is not in the catalog
	within *document.Node // of the thing whose name its own begins with, if there is one
}

// kind says in a message what a thing is. For what is not in the catalog it says all.
type kind string

const (
	theCode      kind = "the code"
	theCategory  kind = "the category"
	theOperation kind = "the operation"
	theSchema    kind = "the schema"
	theProperty  kind = "the property"
	theValue     kind = "the value"
)

func (t thing) String() string {
	switch t.kind {
	case theCode, theCategory, theOperation:
		if key := t.key(); catalog.Anchor(key) != key {
			return string(t.kind) + " " + diag.Quote(key)
		}
		return string(t.kind) + " " + t.key()
	case theProperty:
		return string(t.kind) + " " + diag.Quote(t.key())
	case theValue:
		return string(t.kind) + " " + diag.Quote(t.node.Text)
	case theSchema:
		path, whole := catalog.Subject(t.node)
		if path != "" {
			return diag.Quote(path) + " in " + whole
		}
		return whole
	}
	return string(t.kind)
}

func (t thing) key() string {
	path := t.node.Path()
	return path[len(path)-1]
}

// Diagnostics reports each two things once, whatever the number of targets where they meet.
func (c Collisions) Diagnostics() diag.List {
	type pair struct{ first, again thing }
	var pairs []pair
	met := map[pair]Collisions{}
	for _, one := range c {
		p := pair{one.first, one.again}
		if met[p] == nil {
			pairs = append(pairs, p)
		}
		met[p] = append(met[p], one)
	}
	var found diag.List
	for _, p := range pairs {
		found.Add(met[p].diagnostic())
	}
	return found
}

// diagnostic reports the collision of two things in some targets.
func (c Collisions) diagnostic() diag.Diagnostic {
	first, again := c[0].first, c[0].again
	at, other := again, first
	if at.node == nil {
		at, other = first, again
	}
	d := at.node.Report("name-collision", first.String()+" and "+again.String()+" both become "+c.names(), c.hint(at))
	if other.node != nil {
		d.Related = []diag.Related{{Place: other.node.Place(), Message: "the other one"}}
	}
	return d
}

// names lists the names, each with its targets, such as CodeLimit33 in go, and Limit33 in openapi and typescript.
func (c Collisions) names() string {
	var names []string
	targets := map[string][]string{}
	for _, one := range c.byTarget() {
		if targets[one.name] == nil {
			names = append(names, one.name)
		}
		targets[one.name] = append(targets[one.name], one.target)
	}
	for i, name := range names {
		names[i] = name + " in " + diag.And(targets[name])
	}
	return strings.Join(names, ", and ")
}

func (c Collisions) hint(at thing) string {
	var targets []string
	for _, one := range c.byTarget() {
		targets = append(targets, one.target+": OtherName")
	}
	names := "names: {" + strings.Join(targets, ", ") + "}"
	switch at.kind {
	case theCode, theCategory:
		return "give one of them another base name: " + names
	case theOperation:
		return "give one of them another base name: {errors: […], " + names + "}"
	case theProperty:
		return "the wire keeps both: give one of them another name beside its schema, x-" + names
	case theValue:
		return "the wire keeps both: give one of them another name, oneOf: [{const: " + diag.Quote(at.node.Text) +
			", x-" + names + "}, …]"
	}
	if len(at.node.Path()) > 2 {
		return "move one of them to `types`, where it has a name of its own"
	}
	return "rename one of them"
}

// byTarget returns the collisions in the order of their targets, one for each: a target may run twice.
func (c Collisions) byTarget() Collisions {
	sorted := slices.SortedStableFunc(slices.Values(c),
		func(a, b Collision) int { return cmp.Compare(a.target, b.target) })
	return slices.CompactFunc(sorted, func(a, b Collision) bool { return a.target == b.target })
}

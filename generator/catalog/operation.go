package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Operation is a call of the API, and what it can return.
type Operation struct {
	Node       *document.Node
	Key        string            // its operationId
	Method     string            // such as POST; empty: the catalog does not say
	Path       string            // such as /v1/projects/{projectId}; empty: the catalog does not say
	Names      map[string]string // base name by target, in place of the words of the key
	Extensions Extensions
	Errors     []*Error // with those of every operation, each once, in the order of the file
}

// Group is a name for a list of codes, as shorthand for operations.
type Group struct {
	Node   *document.Node
	Name   string
	Errors []*Error // with those of the groups in it, each once, in the order of the file
	Used   bool     // an operation names it, or names a group that leads to it
	inside []*Group
	state  state
}

// state says how far the search for circles of groups has come.
type state byte

const (
	waiting state = iota
	onPath
	done
)

// EveryOperation is the key among operations of what all of them can return.
const EveryOperation = "*"

// maxReturned is how many errors groups and operations may come to, each counted for itself: a small file can name a
// great many by its groups.
const maxReturned = 1_000_000

// operations reads which call can return what.
func (l *loader) operations() {
	r := lister{loader: l, groups: map[string]*Group{}, order: make(map[*Error]int, len(l.catalog.ByCode))}
	for i, e := range l.catalog.Errors {
		r.order[e] = i
	}
	r.readGroups()
	list := l.root.Get("operations")
	common, named := r.list(list.Get(EveryOperation))
	l.catalog.Common = common
	use(named)
	for key, n := range list.Members() {
		if key.Text != EveryOperation {
			o := r.operation(key.Text, n)
			l.catalog.Operations = append(l.catalog.Operations, o)
		}
	}
	l.sameAt()
	for _, o := range l.catalog.Operations {
		for _, e := range o.Errors {
			e.Operations = append(e.Operations, o)
		}
	}
}

// lister finds the errors that lists of codes and groups name.
type lister struct {
	*loader
	groups   map[string]*Group
	order    map[*Error]int
	path     []*Group // each in the one before
	returned int      // see maxReturned
}

func (r *lister) readGroups() {
	for key, n := range r.root.Get("groups").Members() {
		if e := r.catalog.ByCode[key.Text]; e != nil {
			r.report(key, "invalid-group", "the group "+diag.Quote(key.Text)+" is called like a code", "rename the group",
				diag.Related{Place: e.Node.Place(), Message: "the code"})
			continue
		}
		g := &Group{Node: n, Name: key.Text}
		r.groups[g.Name] = g
		r.catalog.Groups = append(r.catalog.Groups, g)
	}
	for _, g := range r.catalog.Groups {
		r.lookInto(g)
	}
}

// lookInto finds the errors of a group, if it has not been done.
func (r *lister) lookInto(g *Group) {
	if g.state == done {
		return
	}
	g.state = onPath
	r.path = append(r.path, g)
	g.Errors, g.inside = r.list(g.Node)
	r.path = r.path[:len(r.path)-1]
	g.state = done
}

func (r *lister) operation(key string, n *document.Node) *Operation {
	o := &Operation{Node: n, Key: key, Names: r.names(n), Extensions: extensions(n)}
	o.Method, o.Path, _ = strings.Cut(n.Str("at"), " ")
	list := n
	if n.Kind == document.Map {
		list = n.Get("errors")
	}
	if list != nil && list.Kind == document.List && list.Len() == 0 && len(r.catalog.Common) == 0 {
		r.report(list, "empty-operation", "the operation "+diag.Quote(key)+" returns no error",
			`list the codes that it can return, or under "*" those of every operation`)
	}
	own, named := r.list(list)
	use(named)
	o.Errors = r.merge(n, own, r.catalog.Common)
	return o
}

// use marks groups that an operation names.
func use(groups []*Group) {
	for _, g := range groups {
		if !g.Used {
			g.Used = true
			use(g.inside)
		}
	}
}

// list returns the errors that a list names, itself and by the groups in it, and these groups.
func (r *lister) list(n *document.Node) (errors []*Error, groups []*Group) {
	seen := map[string]*document.Node{}
	var parts [][]*Error
	for item := range n.Items() {
		if item.Kind != document.String && item.Kind != document.Number || item.Text == "" {
			continue
		}
		if first := seen[item.Text]; first != nil {
			r.twice(first, item)
			continue
		}
		seen[item.Text] = item
		switch g := r.groups[item.Text]; {
		case g == nil:
			parts = append(parts, r.member(item))
		case g.state == onPath:
			r.circle(g, item)
		default:
			r.lookInto(g)
			groups, parts = append(groups, g), append(parts, g.Errors)
		}
	}
	return r.merge(n, parts...), groups
}

// merge puts lists of errors together, in the order of the file.
func (r *lister) merge(n *document.Node, lists ...[]*Error) []*Error {
	for _, list := range lists {
		r.returned += len(list)
	}
	if r.returned > maxReturned {
		if r.returned = maxReturned; !r.found.Full() {
			r.report(n, "file-too-large", fmt.Sprintf("groups and operations come to more than %d errors", maxReturned),
				"name fewer codes")
		}
		return nil
	}
	all := slices.Concat(lists...)
	slices.SortFunc(all, func(a, b *Error) int { return cmp.Compare(r.order[a], r.order[b]) })
	return slices.Compact(all)
}

// member looks up the error that an item names which is no group; empty after a report if there is none.
func (r *lister) member(item *document.Node) []*Error {
	if r.catalog.ByCode[item.Text] != nil || r.catalog.RetiredByCode[item.Text] != nil {
		if e := r.code(item); e != nil {
			return []*Error{e}
		}
		return nil
	}
	if !item.Refused() && !r.found.Full() {
		hint := "name a code or a group of this catalog"
		if near := cmp.Or(r.nearCode(item.Text), diag.Nearest(item.Text, r.root.Get("groups").Keys())); near != "" {
			hint = didYouMean(near)
		}
		r.report(item, "unknown-code", "neither a code nor a group is called "+diag.Quote(item.Text), hint)
	}
	return nil
}

func (r *lister) twice(first, again *document.Node) {
	if !r.found.Full() {
		r.report(again, "listed-twice", diag.Quote(again.Text)+" is listed twice", "remove one of them",
			diag.Related{Place: first.Place(), Message: "the first time"})
	}
}

// circle refuses a group that leads back to itself.
func (r *lister) circle(g *Group, item *document.Node) {
	if r.found.Full() {
		return
	}
	var way strings.Builder
	for _, on := range r.path[slices.Index(r.path, g):] {
		way.WriteString(on.Name + " → ")
	}
	message := "the group " + diag.Quote(g.Name) + " contains itself: " + way.String() + g.Name
	r.report(item, "circular-group", message, "remove it here")
}

// sameAt refuses operations with the same method and path. The names of parameters do not tell paths apart.
func (l *loader) sameAt() {
	known := map[string]*Operation{}
	for _, o := range l.catalog.Operations {
		at := o.Node.Get("at")
		if at == nil || at.Refused() || l.found.Full() {
			continue
		}
		place := parameter().ReplaceAllString(at.Text, "{}")
		if first := known[place]; first != nil {
			message := "the operations " + diag.Quote(first.Key) + " and " + diag.Quote(o.Key) + " are at the same place"
			l.report(at, "operation-collision", message, "a method and a path are one operation",
				diag.Related{Place: first.Node.Get("at").Place(), Message: "the other one"})
			continue
		}
		known[place] = o
	}
}

var parameter = document.Pattern(`\{[^{}]*\}`)

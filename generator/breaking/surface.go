package breaking

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/render"
)

// breakage is what people who compile against a target meet: an identifier is gone, or a fact has another value.
type breakage struct {
	*named
	before, after render.Declaration // after is empty where the identifier is gone
	was, is       render.Fact
	explained     bool // by a change that is reported
}

func (b *breakage) isGone() bool { return b.after.Identifier == "" }

// reach is a node with all that stands below it, or one fact about a node.
type reach struct {
	node *document.Node
	fact string
}

// breakages holds what breaks between the surfaces of two catalogs, and finds it by the nodes of either.
type breakages struct {
	all   []*breakage
	by    map[reach][]*breakage
	gone  map[*document.Node][]*breakage // of which the identifier is gone, by what it stood for
	names []*named                       // of the targets in which something breaks
}

// named is what a target calls the things of both catalogs: a reach is a node and a noun.
type named struct {
	target, title string
	old, new      map[reach]string
}

// compareSurfaces finds what breaks in the targets that both sides have.
func compareSurfaces(before, after []render.Surface) *breakages {
	found := &breakages{by: map[reach][]*breakage{}, gone: map[*document.Node][]*breakage{}}
	targetOf := func(s render.Surface) string { return s.Target }
	for b, a := range pairs(before, after, targetOf) {
		if b.Target != "" && a.Target != "" {
			found.compare(&b, &a)
		}
	}
	return found
}

func (f *breakages) compare(before, after *render.Surface) {
	names, counted := &named{target: after.Target, title: after.Title}, len(f.all)
	identifierOf := func(d render.Declaration) string { return d.Identifier }
	for b, a := range pairs(before.Declarations, after.Declarations, identifierOf) {
		if a.Identifier == "" {
			one := f.add(breakage{named: names, before: b})
			if b.Noun == "statuses" { // which is no name of the code
				f.putAt(reach{b.Node, b.Noun}, one)
			} else {
				f.gone[b.Node] = append(f.gone[b.Node], one)
			}
			continue
		}
		for _, was := range b.Facts {
			if is := a.Fact(was.Name); after.Differs(was, is) {
				f.add(breakage{named: names, before: b, after: a, was: was, is: is})
			}
		}
	}
	if len(f.all) > counted {
		names.old, names.new = namesOf(before), namesOf(after)
		f.names = append(f.names, names)
	}
}

func namesOf(s *render.Surface) map[reach]string {
	names := make(map[reach]string, len(s.Declarations))
	for _, d := range s.Declarations {
		at := reach{d.Node, d.Noun}
		if _, known := names[at]; !known {
			names[at] = d.Identifier
		}
	}
	return names
}

// add keeps a breakage where it can be found: at what is declared, at what its fact is made of, and above both.
func (f *breakages) add(b breakage) *breakage {
	f.all = append(f.all, &b)
	f.put(&b, b.before.Node, b.was)
	if !b.isGone() {
		f.put(&b, b.after.Node, b.is)
	}
	return &b
}

func (f *breakages) put(b *breakage, declared *document.Node, fact render.Fact) {
	for _, n := range append(fact.Nodes(), declared) {
		if fact.Name != "" {
			f.putAt(reach{n, fact.Name}, b)
		}
		for ; n != nil; n = above(n) {
			f.putAt(reach{n, ""}, b)
		}
	}
}

func (f *breakages) putAt(at reach, b *breakage) {
	if list := f.by[at]; len(list) == 0 || list[len(list)-1] != b {
		f.by[at] = append(list, b)
	}
}

// above returns what n stands in, up to an entry such as a code or a type.
func above(n *document.Node) *document.Node {
	if n = n.Parent(); n == nil || n.Parent() == nil || n.Parent().Parent() == nil {
		return nil
	}
	return n
}

// explain marks what breaks within the reaches, in one target if that is not empty, and returns the languages.
func (f *breakages) explain(within []reach, target string) (languages []string) {
	for _, at := range within {
		for _, b := range f.by[at] {
			if target != "" && b.target != target {
				continue
			}
			b.explained = true
			if !slices.Contains(languages, b.title) {
				languages = append(languages, b.title)
			}
		}
	}
	slices.Sort(languages)
	return languages
}

func unexplained(list []*breakage) []*breakage {
	return slices.DeleteFunc(slices.Clone(list), func(b *breakage) bool { return b.explained })
}

// inEach says what each target has now, and had: one thing of each is enough.
func inEach(list []*breakage, words func(*breakage) (is, was string)) string {
	var parts, targets []string
	for _, b := range list {
		if !slices.Contains(targets, b.target) {
			targets = append(targets, b.target)
			is, was := words(b)
			parts = append(parts, cmp.Or(is, "gone")+" in "+b.title+", was "+cmp.Or(was, "none"))
		}
	}
	return strings.Join(parts, ", and ")
}

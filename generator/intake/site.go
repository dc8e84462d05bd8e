package intake

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// site is a place in bodies where codes may be: error.code, errors[].code.
type site struct {
	path   string
	name   string // its last key, folded
	values map[string]bool
	words  int  // values that look like codes
	number int  // values that are numbers, and no HTTP statuses
	status int  // values that are HTTP statuses
	others int  // other values, such as sentences
	plain  bool // some schema has it as text of any kind
}

// sites are all of a file, in the order in which they were seen.
type sites struct {
	list   []*site
	byPath map[string]*site
}

// at returns the site of a path, if its last key may be that of a code; else nil.
func (s *sites) at(path string) *site {
	if s.byPath == nil {
		s.byPath = map[string]*site{}
	}
	if known, ok := s.byPath[path]; ok {
		return known
	}
	name := fold(path[strings.LastIndexByte(path, '.')+1:])
	if !slices.Contains(strongNames, name) && !slices.Contains(bodyNames, name) {
		s.byPath[path] = nil
		return nil
	}
	one := &site{path: path, name: name, values: map[string]bool{}}
	s.byPath[path] = one
	s.list = append(s.list, one)
	return one
}

// look notes the sites in a body. Steps counts its values.
func (s *sites) look(body *document.Node, steps *int) {
	eachLeaf(body, "", steps, func(path string, n *document.Node) {
		if one := s.at(path); one != nil {
			one.see(n)
		}
	})
}

// bodyNames are names that a code has in bodies when there is none with a strong one.
var bodyNames = strings.Fields("error errorname issue reason name id identifier key")

// see counts a value.
func (s *site) see(n *document.Node) {
	if s.values[n.Text] || len(s.values) > 10_000 {
		return
	}
	s.values[n.Text] = true
	switch {
	case n.Kind == document.Number && isStatus(n.Text):
		s.status++
	case n.Kind == document.Number || isInteger(n.Text):
		s.number++
	case isCode(n.Text) && n.Kind == document.String:
		s.words++
	default:
		s.others++
	}
}

func (s *site) isStrong() bool { return slices.Contains(strongNames, s.name) }

// choose returns the site that holds the codes; "" after it has said why that is not certain.
func (r *reader) choose(all sites) string {
	wanted := r.Map["code"]
	for _, s := range all.list {
		r.names = append(r.names, s.path, s.path[strings.LastIndexByte(s.path, '.')+1:])
		if wanted == s.path {
			return s.path
		}
	}
	for _, s := range all.list { // by its last key
		if fold(wanted) == s.name && wanted != "" {
			return s.path
		}
	}
	var strong, weak, plain, numbers []string
	for _, s := range all.list {
		holdsWords := s.words > 0 && s.words >= s.others
		switch {
		case s.number > 0 && s.words == 0:
			numbers = append(numbers, s.path)
		case holdsWords && s.isStrong():
			strong = append(strong, s.path)
		case holdsWords:
			weak = append(weak, s.path)
		case s.plain && s.isStrong() && s.status == 0:
			plain = append(plain, s.path)
		}
	}
	switch {
	case len(strong) == 1:
		return strong[0]
	case len(strong) > 1:
		return r.which("codes may be in", strong)
	case len(plain) > 0:
		r.refuse(diag.Place{}, "codes are in "+diag.And(plain)+", but nothing lists them",
			"import a page, records or traffic that has them; errgen takes nothing else for the code unless --map "+
				"code=PATH says so")
		return ""
	case len(numbers) > 0:
		return r.which("numbers that may be the code are in", append(weak, numbers...))
	case len(weak) == 1:
		return weak[0]
	case len(weak) > 1:
		return r.which("codes may be in", weak)
	}
	r.refuse(diag.Place{}, "no error response names a code", "codes are looked for in members called code, error_code "+
		"and the like; name the member with --map code=PATH, such as error.code")
	return ""
}

func (r *reader) which(why string, paths []string) string {
	var codes []string
	for _, p := range paths {
		codes = append(codes, "code="+p)
	}
	r.refuse(diag.Place{}, why+" "+diag.And(paths), "say what clients branch on: "+ways("--map ", codes...))
	return ""
}

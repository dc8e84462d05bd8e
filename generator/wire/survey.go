package wire

import (
	"maps"
	"slices"
	"strings"
)

// survey finds out what decoders and types need to know of the body.
func (v *Envelope) survey() {
	s := surveyor{uses: map[string]bool{}}
	s.enter(v.Root, Step{})
	v.Uses = s.uses
	v.Reads = s.reads()
	v.Steps = s.steps(v.Reads)
	v.Marks = s.marks(v.Steps)
	v.ErrorNode = s.around(s.coded)
	if code := v.Reads.Code; code.Number == v.ErrorNode && code.As == "" {
		v.Discriminator = code.Key
	}
}

// surveyor knows the objects of a body by their numbers, and the way to each. What is inside has the higher number.
type surveyor struct {
	objects []*Node
	ways    []Step
	coded   []int // the objects with a member whose type depends on the code
	uses    map[string]bool
}

func (s *surveyor) enter(o *Node, way Step) {
	o.Number = len(s.objects)
	way.Number = o.Number
	s.objects, s.ways = append(s.objects, o), append(s.ways, way)
	for _, m := range o.Members {
		inside := Step{Parent: o.Number, Key: m.Key}
		switch n := m.Node; n.Kind {
		case Object:
			s.enter(n, inside)
		case Array:
			inside.Array = true
			s.enter(n.Item, inside)
		case Spread:
			s.use("details", "", o)
		case Value:
			s.use(n.Name, n.As, o)
		}
	}
}

func (s *surveyor) use(name, as string, o *Node) {
	s.uses[name] = true
	if as != "" {
		s.uses[name+" as "+as] = true
	}
	if slices.Contains([]string{"code", "status", "category", "details"}, name) {
		s.coded = append(s.coded, o.Number)
	}
}

func (s *surveyor) reads() Reads {
	var r Reads
	var codes []*Read
	for _, o := range s.objects {
		for _, m := range o.Members {
			switch one := s.read(o, m); {
			case m.Node.Kind == Spread:
				one.Spread, one.Own = true, o.own()
				r.Details = one
			case m.Node.Name == "code":
				codes = append(codes, one)
			case m.Node.Name == "message":
				r.Message = one
			case m.Node.Name == "requestId":
				r.RequestID = one
			case m.Node.Name == "retryAfter":
				r.RetryAfter = one
			case m.Node.Name == "details":
				r.Details = one
			}
		}
	}
	r.Code = codes[max(0, slices.IndexFunc(codes, func(r *Read) bool { return r.Prefix+r.Suffix == "" }))]
	return r
}

func (s *surveyor) read(o *Node, m Member) *Read {
	n := m.Node
	path := m.Key
	for at := o.Number; at > 0; at = s.ways[at].Parent {
		separator := "."
		if s.ways[at].Array {
			separator = "[]."
		}
		path = s.ways[at].Key + separator + path
	}
	if n.Kind == Spread {
		path = strings.TrimSuffix(strings.TrimSuffix(path, m.Key), ".")
	}
	return &Read{Number: o.Number, Key: m.Key, As: n.As, Prefix: n.Prefix, Suffix: n.Suffix, Path: path}
}

// steps returns the ways to all objects that something is read from.
func (s *surveyor) steps(r Reads) []Step {
	needed := map[int]bool{}
	for _, read := range []*Read{r.Message, r.RequestID, r.RetryAfter, r.Details} {
		for at := read.number(); at > 0; at = s.ways[at].Parent {
			needed[at] = true
		}
	}
	path := []string{r.Code.Key}
	for at := r.Code.Number; at > 0; at = s.ways[at].Parent {
		needed[at] = true
		if s.ways[at].Array {
			s.ways[at].Has = slices.Clone(path)
		}
		path = slices.Insert(path, 0, s.ways[at].Key)
	}
	var steps []Step
	for _, number := range slices.Sorted(maps.Keys(needed)) {
		steps = append(steps, s.ways[number])
	}
	return steps
}

func (r *Read) number() int {
	if r == nil {
		return 0
	}
	return r.Number
}

func (s *surveyor) marks(steps []Step) []Mark {
	var marks []Mark
	for _, step := range append([]Step{{}}, steps...) {
		for _, m := range s.objects[step.Number].Members {
			if m.Node.Kind == Constant && isScalar(m.Node.JSON) {
				marks = append(marks, Mark{Number: step.Number, Key: m.Key, JSON: m.Node.JSON})
			}
		}
	}
	return marks
}

// around returns the innermost object that all of some objects are in.
func (s *surveyor) around(numbers []int) int {
	in := numbers[0]
	for _, other := range numbers[1:] {
		for in != other {
			if in > other {
				in = s.ways[in].Parent
			} else {
				other = s.ways[other].Parent
			}
		}
	}
	return in
}

package intake

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// answer is a recorded error response with a body in JSON.
type answer struct {
	*capture.Response
	body *document.Node
}

// traffic reads recorded responses. What they say is counted: they show faults of servers too.
func (r *reader) traffic() {
	r.Format = "traffic"
	var answers []answer
	var all sites
	steps, passed := 0, 0
	for response, err := range capture.Read(r.Path, bytes.NewReader(r.doc.Text)) {
		if err != nil {
			r.refuse(diag.Place{}, strings.TrimPrefix(err.Error(), "cannot read "), "record again, as HAR or JSON lines")
			return
		}
		if response.Status < 400 {
			continue
		}
		body, err := document.ParseJSON(response.Body)
		if err != nil || body.Kind != document.Map {
			passed++
			continue
		}
		answers = append(answers, answer{response, body})
		all.look(body, &steps)
	}
	if passed > 0 {
		r.note(fmt.Sprintf("passed over: error responses without JSON, %d of %d", passed, passed+len(answers)))
	}
	switch {
	case steps > maxSteps:
		r.refuse(diag.Place{}, fmt.Sprintf("the bodies come to more than %d values", maxSteps), "import a part of them")
	case len(answers) == 0:
		r.refuse(diag.Place{}, "no error response with a body in JSON was recorded", "record calls that fail; with HAR, "+
			"export it with content")
	default:
		if path := r.choose(all); path != "" {
			r.answers(answers, path)
		}
	}
}

// tally is what the answers with one code have in common.
type tally struct {
	*entry
	count, delays int
	details       *shape
	with          int // answers with details
}

func (r *reader) answers(answers []answer, path string) {
	b := &bodies{path: path}
	byCode := map[string]*tally{}
	var order []*tally
	without := 0
	for _, x := range answers {
		b.add(shapeOf(x.body), x.Header("Content-Type"))
		code := leafAt(x.body, path)
		if code == nil {
			without++
			continue
		}
		s := byCode[code.Text]
		if s == nil {
			s = &tally{entry: &entry{code: code.Text, place: x.Place()}}
			byCode[code.Text], order = s, append(order, s)
		}
		s.answer(x, code)
	}
	for _, s := range order {
		s.finish(r)
		r.add(*s.entry)
	}
	r.note("the code is " + diag.Visible(path) + " in " + ofAll(len(answers)-without, len(answers)))
	r.envelope(b)
}

// leafAt returns the first scalar under a path, or nil.
func leafAt(n *document.Node, path string) (found *document.Node) {
	eachLeaf(n, "", new(int), func(at string, leaf *document.Node) {
		if at == path && found == nil && leaf.Kind != document.Bool {
			found = leaf
		}
	})
	return found
}

// answer counts what one answer says of its code.
func (s *tally) answer(x answer, code *document.Node) {
	s.count++
	place := x.Place()
	s.take(fact{key: "status", value: statusOf(fmt.Sprint(x.Status)), place: place, count: 1})
	if x.Header("Retry-After") != "" {
		s.delays++
	}
	beside := code.Parent()
	for beside.Kind == document.List {
		beside = beside.Parent()
	}
	for key, value := range beside.Members() {
		switch name := envelopeNames[fold(key.Text)]; {
		case name == "{message}" && value.Kind == document.String:
			s.take(fact{key: "meaning", value: value, place: place, count: 1, doubt: true, from: "message"})
		case name == "{details}" && value.Kind == document.Map:
			s.with++
			s.details = merged(s.details, shapeOf(value))
		}
	}
}

// finish says what all answers with a code have in common.
func (s *tally) finish(r *reader) {
	switch {
	case s.delays == s.count:
		s.say("retryAfter", document.NewBool(true), s.place)
	case s.delays > 0:
		r.note(fmt.Sprintf("%s came with Retry-After in %s", diag.Visible(s.code), ofAll(s.delays, s.count)))
	}
	if s.details == nil {
		return
	}
	t := &typer{all: s.with, required: r.InferRequired && s.with >= enoughAnswers}
	f := fact{key: "details", value: t.schema(s.details, ""), place: s.place, count: s.with, layout: true}
	if t.mixed != "" {
		f.doubt, f.layout, f.from = true, false, t.mixed+" is of several types"
	}
	f.remark = fmt.Sprintf("seen in %s", ofAll(s.with, s.count))
	if len(t.partial) > 0 {
		f.remark += "; " + diag.And(t.partial)
	}
	s.take(f)
}

// enoughAnswers is from how many answers on a property that all have counts as required, if the user wants that.
const enoughAnswers = 20

// typer makes a schema of a shape.
type typer struct {
	all      int
	required bool
	partial  []string // properties that not all have
	mixed    string   // a property whose values are of several types
}

func (t *typer) schema(s *shape, path string) *document.Node {
	switch s.kind {
	case "object":
		return t.object(s, path)
	case "array":
		items := document.NewMap()
		if s.item != nil {
			items = t.schema(s.item, path+"[]")
		}
		return typed("array").Add("items", items)
	case "number":
		if s.whole {
			return typed("integer")
		}
		return typed("number")
	case "string", "boolean":
		return typed(s.kind)
	case "any":
		t.mixed = path
	}
	return document.NewMap()
}

func typed(name string) *document.Node {
	return document.NewMap().Add("type", document.NewString(name))
}

func (t *typer) object(s *shape, path string) *document.Node {
	properties := document.NewMap()
	var required []string
	for _, key := range s.keys {
		at := joined(path, key)
		m := s.members[key]
		properties.Add(key, t.schema(m, at))
		if m.count < s.count {
			t.partial = append(t.partial, fmt.Sprintf("%s in %s", at, ofAll(m.count, s.count)))
		} else {
			required = append(required, key)
		}
	}
	schema := typed("object")
	if len(s.keys) > 0 {
		schema.Add("properties", properties)
	}
	if t.required && len(required) > 0 {
		schema.Add("required", textsOf(required))
	}
	return schema
}

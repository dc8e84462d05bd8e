package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
	"github.com/sigsentry/errgen/generator/shape"
)

// What templates see. Text of users comes as functions: text/template refuses to print a function, so that only the
// escapers of funcs.go can open it.
type (
	// Text is plain text.
	Text func() string
	// Prose is Markdown.
	Prose func() *printed
	// Value is JSON.
	Value func() *document.Node
)

// printed is a text with what it was printed as: a meaning stands in several places of a target's files.
type printed struct {
	prose.Text
	markdown Text
	escaped  string // the Markdown, for the inside of a string literal
}

func text(s string) Text {
	if s == "" {
		return nil
	}
	return func() string { return s }
}

func textOf(t prose.Text) Prose {
	if t.IsEmpty() {
		return nil
	}
	p := &printed{Text: t}
	return func() *printed { return p }
}

func value(n *document.Node) Value {
	if n == nil {
		return nil
	}
	return func() *document.Node { return n }
}

type rootView struct {
	Header                    string
	Live                      string // nonce (CSP Level 3) of a page that errgen preview serves; empty for others
	Title, Summary, Intro     Prose
	DocsURL                   Text
	Errors                    []*errorView
	Categories                []*categoryView
	Statuses                  []*statusView
	Types                     []*typeView
	Internal                  *errorView
	Envelope                  *envelopeView
	Sample                    *errorView     // the one to show the envelope with
	Bodies                    []*exampleView // of all errors
	Retired                   []retiredView
	Sections                  []sectionView
	Uses                      map[string]bool
	SharedSchemas             []schemaView
	AnyRetryAfter, AnyDetails bool // in some error
}

type schemaView struct {
	Literal string
	Schema  Value
}

// errorView has first what templates ask for most: text/template goes through the fields to find one by its name.
type errorView struct {
	Names                 map[string]string
	Literal, Key, Anchor  string
	Wire                  string // the code as a literal where clients read it: with what stands around it, or a number
	Meaning               Prose
	Details               *placeView
	Code                  Text
	Bodies                []*exampleView // the examples, or else what a code without details sends
	RetryAfter, Retryable bool
	DocsURL               Text
	Recovery              Prose
	Deprecated            *deprecationView
	Message               Text
	Status                int
	Category              *categoryView
	Since                 Text
	SeeAlso               []*errorView
	Reason                string // phrase of the status
	RetryDiffers          bool
	Examples              []*exampleView
	Schema                Value
	Usages                []usageView
	Last                  bool
	source                *catalog.Error
}

// usageView is how code in one language handles the error.
type usageView struct{ Title, Code Text }

type exampleView struct {
	Name    string // no two of the catalog are the same
	Literal string // of the code
	Summary Prose
	Message Text
	Details Value
	Body    Value // as it is sent
}

type deprecationView struct {
	Since  Text
	Use    *errorView
	Reason Prose
}

type retiredView struct {
	Code    Text
	Literal string
	deprecationView
}

type sectionView struct {
	Title, Body Prose
	Anchor      Text // of the heading; absent where something else has it
}

type categoryView struct {
	Key                Text
	Literal            string
	Names              map[string]string
	Title, Description Prose
	Anchor             Text // of the heading; absent where something else has it
	Errors             []*errorView

	AnyRecovery, AnyDetails, AnyRetryDiffers bool // of some error
}

type statusView struct {
	Status                       int
	Reason                       string
	Names                        map[string]string
	Errors                       []*errorView
	Bodies                       []*exampleView // of its errors
	RetryAfter, AlwaysRetryAfter bool
}

type typeView struct {
	Name, Literal string
	Kind          string
	IsEnum        bool
	IsObject      bool
	Doc, Title    Prose
	Deprecated    bool
	Fields        []*placeView
	Closed        bool
	Values        []valueView
	Open          bool
	Errors        []*errorView // whose details it is
	Spread        bool         // it is nothing else, and details stand beside the code: no object is of this type
	HasRequired   bool
	Limits        []limitView
	Default       Value
	Examples      []Value
}

type valueView struct {
	Name, Literal string
	Wire          Text
	Last          bool
}

type limitView struct {
	Name      string
	Exclusive string // of exclusiveMinimum and exclusiveMaximum: minimum or maximum
	Value     Value
	Literal   string
}

// placeView has first what templates ask for most, see errorView.
type placeView struct {
	// Of a property only. Promoted fields of an embedded struct would cost templates twice the time.
	Name         string
	Literal, Key string
	Optional     bool
	Required     bool

	Type, Base   string
	Nullable     bool
	Doc          Prose
	Item         *placeView
	Ref          *typeView
	IsArray      bool
	IsMap        bool
	IsObject     bool
	IsEnum       bool
	Format       string
	Kind         catalog.Kind
	Default      Value
	Keywords     []limitView
	Const        Value
	ConstLiteral string
	Nulls        string // where null may stand: '?' or '-' for the value, its items, theirs…, up to the last '?'
	Deprecated   bool
	Examples     []Value
	Title        Prose
	Refers       bool // Ref is defined elsewhere: what is said here is about this place only
	Wire         Text // of a property
	Last         bool // of a property
}

const enumKind catalog.Kind = "enum" // of a string with values

// viewer builds what the templates of one target see.
type viewer struct {
	t      *Target
	c      *catalog.Catalog
	shapes *shape.Shapes
	names  *names
	errors map[*catalog.Error]*errorView
	types  map[*shape.Type]*typeView
	codes  map[string]bool // see isCode
	root   *rootView
}

func (t *Target) view(s *Source, names *names) *rootView {
	c := s.Catalog
	v := &viewer{
		t: t, c: c, shapes: s.Shapes, names: names,
		errors: make(map[*catalog.Error]*errorView, len(c.Errors)), types: map[*shape.Type]*typeView{},
	}
	v.root = &rootView{
		Header: s.Header, Live: s.Live, Title: textOf(c.Title), Summary: textOf(c.Summary), Intro: textOf(c.Intro),
		DocsURL: text(c.DocsURL), Uses: map[string]bool{},
	}
	v.addTypes()
	v.addErrors()
	v.addLinks()
	v.addStatuses()
	v.addEnvelope()
	v.markSpread()
	for _, r := range c.Retired {
		code := retiredView{Code: text(r.Code), Literal: t.strings.literal(r.Code)}
		code.deprecationView = v.deprecation(&r.Deprecation)
		v.root.Retired = append(v.root.Retired, code)
	}
	for _, s := range c.Types {
		shared := schemaView{Literal: t.strings.literal(s.Name), Schema: value(s.Schema.Node)}
		v.root.SharedSchemas = append(v.root.SharedSchemas, shared)
	}
	for _, s := range c.Sections {
		v.root.Sections = append(v.root.Sections, sectionView{Title: textOf(s.Title), Body: textOf(s.Body)})
	}
	if t.html { // other formats' readers make anchors of headings themselves
		v.addAnchors()
	}
	return v.root
}

// addAnchors gives headings their anchors. Codes come first, and then who is first.
func (v *viewer) addAnchors() {
	taken := map[string]bool{}
	for _, e := range v.c.Errors {
		taken[e.Code] = true
	}
	for _, r := range v.c.Retired {
		taken[r.Code] = true
	}
	take := func(heading prose.Text) Text {
		anchor := heading.Anchor()
		if taken[anchor] {
			return nil
		}
		taken[anchor] = true
		return text(anchor)
	}
	for i, c := range v.root.Categories {
		c.Anchor = take(v.c.Categories[i].Title)
	}
	for i := range v.root.Sections {
		v.root.Sections[i].Anchor = take(v.c.Sections[i].Title)
	}
}

func (v *viewer) addErrors() {
	for _, c := range v.c.Categories {
		category := &categoryView{
			Key: text(c.Key), Literal: v.t.strings.literal(c.Key), Names: v.names.categories[c],
			Title: textOf(c.Title), Description: textOf(c.Description),
		}
		v.root.Categories = append(v.root.Categories, category)
		for _, e := range c.Errors {
			view := v.error(e, category)
			category.AnyRecovery = category.AnyRecovery || view.Recovery != nil
			category.AnyDetails = category.AnyDetails || view.Details != nil
			category.AnyRetryDiffers = category.AnyRetryDiffers || view.RetryDiffers
			category.Errors = append(category.Errors, view)
			v.root.Errors = append(v.root.Errors, view)
		}
	}
	if n := len(v.root.Errors); n > 0 {
		v.root.Errors[n-1].Last = true
		detailed := slices.IndexFunc(v.root.Errors, func(e *errorView) bool { return e.Details != nil })
		v.root.Sample = v.root.Errors[max(0, detailed)]
	}
	v.root.Internal = v.errors[v.c.Internal]
}

func (v *viewer) error(e *catalog.Error, category *categoryView) *errorView {
	view := &errorView{
		Code: text(e.Code), Literal: v.t.strings.literal(e.Code), Anchor: e.Code, Names: v.names.errors[e],
		Status: e.Status, Reason: Reason(e.Status), Category: category,
		Meaning: textOf(e.Meaning), Recovery: textOf(e.Recovery), Message: text(e.Message),
		Retryable: e.Retryable, RetryDiffers: e.Retryable != catalog.RetryableStatus(e.Status),
		RetryAfter: e.RetryAfter, DocsURL: text(v.c.DocsAddress(e)), Since: text(e.Since), source: e,
	}
	view.Key, view.Wire = v.t.key(e.Code, view.Literal), v.wire(e.Code)
	if place := v.shapes.Details[e]; place != nil {
		details := v.place(place)
		details.Type = v.t.finishType(&details, false)
		view.Details, view.Schema = &details, value(e.Details.Node)
		v.root.AnyDetails = true
		details.Ref.Errors = append(details.Ref.Errors, view)
	}
	v.root.AnyRetryAfter = v.root.AnyRetryAfter || e.RetryAfter
	v.addBodies(view)
	v.errors[e] = view
	return view
}

// addBodies adds the examples of an error; one without details has a body to show in any case.
func (v *viewer) addBodies(view *errorView) {
	for i, x := range view.source.Examples {
		view.Examples = append(view.Examples, &exampleView{
			Name: v.exampleName(view.source, i), Literal: view.Literal,
			Summary: textOf(x.Summary), Message: text(x.Message), Details: value(x.Details),
			Body: v.body(view.source, &x),
		})
	}
	view.Bodies = view.Examples
	if len(view.Bodies) == 0 && view.Details == nil {
		body := &exampleView{Name: view.Anchor, Literal: view.Literal, Message: view.Message}
		body.Body = v.body(view.source, nil)
		view.Bodies = []*exampleView{body}
	}
	v.root.Bodies = append(v.root.Bodies, view.Bodies...)
}

func (v *viewer) body(e *catalog.Error, x *catalog.Example) Value {
	return value(v.c.Envelope.Encode(v.c.Sent(e, x)))
}

// exampleName makes names of codes and numbers. A code can look like one: then the number is another.
func (v *viewer) exampleName(e *catalog.Error, i int) string {
	name := e.Code
	if i > 0 {
		name += "-" + strconv.Itoa(i+1)
		for v.isCode(name) {
			name += "-example"
		}
	}
	return name
}

func (v *viewer) isCode(name string) bool {
	if v.codes == nil {
		v.codes = make(map[string]bool, len(v.c.Errors))
		for _, e := range v.c.Errors {
			v.codes[e.Code] = true
		}
	}
	return v.codes[name]
}

// show gives each error the usages of pages.
func (v *rootView) show(usages []Usage) {
	for _, e := range v.Errors {
		e.Usages = nil
		for _, u := range usages {
			e.Usages = append(e.Usages, usageView{Title: text(u.Title), Code: text(u.code[e.source])})
		}
	}
}

// addLinks connects errors with each other, once they are all there.
func (v *viewer) addLinks() {
	for _, view := range v.root.Errors {
		for _, other := range view.source.SeeAlso {
			view.SeeAlso = append(view.SeeAlso, v.errors[other])
		}
		if d := view.source.Deprecated; d != nil {
			deprecation := v.deprecation(d)
			view.Deprecated = &deprecation
		}
	}
}

func (v *viewer) deprecation(d *catalog.Deprecation) deprecationView {
	return deprecationView{Since: text(d.Since), Use: v.errors[d.Use], Reason: textOf(d.Reason)}
}

func (v *viewer) addStatuses() {
	byStatus := map[int]*statusView{}
	for _, e := range v.root.Errors {
		s := byStatus[e.Status]
		if s == nil {
			s = &statusView{Status: e.Status, Reason: Reason(e.Status), Names: v.names.statuses[e.Status]}
			s.AlwaysRetryAfter = true
			byStatus[e.Status] = s
			v.root.Statuses = append(v.root.Statuses, s)
		}
		s.Errors = append(s.Errors, e)
		s.Bodies = append(s.Bodies, e.Bodies...)
		s.RetryAfter = s.RetryAfter || e.RetryAfter
		s.AlwaysRetryAfter = s.AlwaysRetryAfter && e.RetryAfter
	}
	slices.SortFunc(v.root.Statuses, func(a, b *statusView) int { return a.Status - b.Status })
}

// key returns a wire name bare where the language allows it, else as a literal.
func (t *Target) key(wire, literal string) string {
	if t.bare != nil && t.bare.MatchString(wire) {
		return wire
	}
	return literal
}

// addTypes makes all types first, since their fields refer to each other.
func (v *viewer) addTypes() {
	for _, s := range v.shapes.Types {
		t := &typeView{
			Name: v.names.types[s], Kind: "object", IsObject: true, Doc: textOf(s.Schema.Description),
			Title: textOf(s.Schema.Title), Deprecated: s.Schema.Deprecated,
			Closed: s.Schema.Closed, Open: s.Schema.Open, Limits: v.limits(s.Schema),
			Default: value(s.Schema.Default), Examples: values(s.Schema.Examples),
		}
		t.Literal = v.t.strings.literal(t.Name)
		if s.IsEnum() {
			t.Kind, t.IsEnum, t.IsObject = "enum", true, false
			for i, wire := range s.Schema.Values() {
				named := valueView{Name: v.names.values[s][i], Literal: v.t.strings.literal(wire), Wire: text(wire)}
				named.Last = i == len(s.Schema.Enum)-1
				t.Values = append(t.Values, named)
			}
		}
		v.types[s] = t
		v.root.Types = append(v.root.Types, t)
	}
	for i, s := range v.shapes.Types {
		t := v.root.Types[i]
		for j := range s.Fields {
			v.field(t, s, j)
		}
	}
}

func (v *viewer) field(t *typeView, s *shape.Type, i int) {
	source := &s.Fields[i]
	f := v.place(&source.Place)
	f.Name, f.Wire, f.Literal = v.names.fields[s][i], text(source.Name), v.t.strings.literal(source.Name)
	f.Required, f.Optional, f.Last = source.Required, !source.Required, i == len(s.Fields)-1
	f.Key = v.t.key(source.Name, f.Literal)
	f.Type = v.t.finishType(&f, !f.Required)
	t.HasRequired = t.HasRequired || f.Required
	t.Fields = append(t.Fields, &f)
}

func (v *viewer) place(p *shape.Place) placeView {
	s := p.Schema
	place := placeView{
		Kind: s.Kind, Format: s.Format, Nullable: p.Nullable, Ref: v.types[p.Type], Refers: p.Said != s,
		Doc: textOf(p.Said.Description), Title: textOf(p.Said.Title), Deprecated: p.Said.Deprecated,
		Default: value(p.Said.Default), Examples: values(p.Said.Examples),
	}
	if place.Ref != nil {
		place.Kind = catalog.Kind(place.Ref.Kind)
	}
	place.IsEnum, place.IsObject = place.Kind == enumKind, place.Kind == catalog.Object
	place.IsArray, place.IsMap = place.Kind == catalog.Array, place.Kind == catalog.Map
	v.root.Uses[string(place.Kind)] = true
	if s.Format != "" {
		v.root.Uses[string(place.Kind)+"."+s.Format] = true
	}
	if p.Said != s && p.Type == nil { // a transparent type says for its uses what they do not say themselves
		place.Doc, place.Title = or(place.Doc, textOf(s.Description)), or(place.Title, textOf(s.Title))
	}
	if p.Type == nil {
		place.Keywords = v.limits(s)
	}
	if s.Const != nil {
		place.Const, place.ConstLiteral = value(s.Const), v.t.strings.literal(s.Const.Text)
	}
	if p.Item != nil {
		item := v.place(p.Item)
		item.Type = v.t.finishType(&item, false)
		place.Item = &item
	}
	place.Base = v.t.baseType(&place)
	place.Nulls = nulls(&place)
	return place
}

func nulls(p *placeView) string {
	own, inside := "-", ""
	if p.Nullable {
		own = "?"
	}
	if p.Item != nil {
		inside = p.Item.Nulls
	}
	return strings.TrimRight(own+inside, "-")
}

func or(a, b Prose) Prose {
	if a != nil {
		return a
	}
	return b
}

func values(nodes []*document.Node) []Value {
	list := make([]Value, len(nodes))
	for i, n := range nodes {
		list[i] = value(n)
	}
	return list
}

func (v *viewer) limits(s *catalog.Schema) []limitView {
	var list []limitView
	for _, l := range s.Limits {
		literal := plainNumber(l.Value.Text)
		if l.Value.Kind == document.String {
			literal = v.t.strings.literal(l.Value.Text)
		}
		limit := limitView{Name: l.Keyword, Value: value(l.Value), Literal: literal}
		if bound, is := strings.CutPrefix(l.Keyword, "exclusive"); is {
			limit.Exclusive = strings.ToLower(bound)
		}
		list = append(list, limit)
	}
	return list
}

package render

import (
	"cmp"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
	"github.com/sigsentry/errgen/generator/shape"
)

// What templates see. The comments of the objects and of their fields are what `errgen explain templates` prints.
//
// Text of users comes as functions: text/template refuses to print a function, so that only the escapers of funcs.go
// can open it.
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

// rootView is what the template of a file sees: the whole catalog.
type rootView struct {
	Header        string          // The line that marks a generated file; a file without it is not written.
	Live          string          // The nonce (CSP Level 3) of a page that errgen preview serves, else empty.
	Title         Prose           // The title of the catalog.
	Summary       Prose           // What the catalog is about, in one sentence.
	Intro         Prose           // What stands before the tables, in place of words on the envelope.
	DocsURL       Text            // The address of the documentation.
	Errors        []*errorView    // All errors, in the order of their categories.
	Categories    []*categoryView // All categories, also those without errors.
	Statuses      []*statusView   // Each status that an error has, in ascending order.
	Types         []*typeView     // The objects and enums that details are made of.
	Internal      *errorView      // The error for what is not in the catalog.
	Envelope      *envelopeView   // How errors travel.
	Sample        *errorView      // The error to show the envelope with.
	Bodies        []*exampleView  // The bodies of all errors.
	Retired       []retiredView   // The codes that may not come back.
	Sections      []sectionView   // Prose after the tables.
	Uses          map[string]bool // Kinds in details, kind.format, required, optional, nullable: {{if index .Uses "map"}}.
	SharedSchemas []schemaView    // The schemas under types, as they are written.

	Operations    []*operationView // The calls of the API, where the catalog says what they can return.
	AnyAddress    bool             // Some operation has an address.
	Common        []*errorView     // The errors that every operation can return.
	AnyRetryAfter bool             // Some error sends Retry-After.
	OneStatus     bool             // Every error comes with one status.
	AnyDetails    bool             // Some error has details.
	Extensions    map[string]Value // The keys of info that begin with x-, with their values.
	Recursive     bool             // Some type contains itself, so that decoders need a limit of depth.
}

// holds reports whether a field of Root holds something; without a name it does.
func (v *rootView) holds(field string) bool {
	return field == "" || !reflect.ValueOf(v).Elem().FieldByName(field).IsZero()
}

func isRootField(name string) bool {
	_, is := reflect.TypeFor[rootView]().FieldByName(name)
	return is && token.IsExported(name)
}

// schemaView is a schema that several details share.
type schemaView struct {
	Literal string // The name of the schema as a string literal.
	Schema  Value  // The JSON Schema.
}

// errorView is one error, and what the usage template sees. It has first what templates ask for most: text/template
// goes through the fields to find one by its name.
type errorView struct {
	Names        map[string]string // The names that target.yaml makes from the code, by their keys.
	Deprecated   *deprecationView  // Why not to use it any more; absent for others.
	RetryAfter   bool              // The response carries Retry-After.
	Meaning      Prose             // What happened.
	Details      *placeView        // What the details are; absent if there are none.
	Recovery     Prose             // What to do about it.
	DocsURL      Text              // The address of the code's documentation.
	Status       int               // The HTTP status that a server sends by default, 0 where the catalog names none.
	StatusText   string            // The status for people: 404, 409 or 422, 4xx; empty where the catalog names none.
	Since        Text              // The date or version of the error.
	Retryable    bool              // The same request may succeed later.
	SeeAlso      []*errorView      // Errors to read about too.
	Key          string            // The code as a key: bare where target.yaml allows it, else a string literal.
	Literal      string            // The code as a string literal.
	Category     *categoryView     // The category of the error.
	Message      Text              // The message on the wire, unless the server says another.
	Code         Text              // The code.
	Description  Prose             // Why it happens and what to do, at any length.
	Anchor       string            // The code as addresses and pages have it: letters, digits and . _ - ~ alone.
	Symbol       string            // The name that stands for the code in this target, empty where its words do.
	Wire         string            // The code where clients read it: a literal with the text around it, or a number.
	Bodies       []*exampleView    // The examples, or else one that is made of the schema.
	OneStatus    bool              // It comes with one status: with no other, no class, and not without.
	Reason       string            // The phrase of the status, such as Not Found.
	RetryDiffers bool              // Retryable is not what the status says.
	Examples     []*exampleView    // The examples of the catalog.
	Schema       Value             // The JSON Schema of the details.
	Statuses     []int             // All statuses it may come with, the default first; none for a class or no status.
	StatusClass  string            // The class 4XX or 5XX, where any status of it may come.
	Title        Prose             // A short name; absent if it has none.
	TitleText    Text              // The title as plain text, else the meaning: what {title} stands for in an envelope.
	Extensions   map[string]Value  // The keys that begin with x-, with their values.
	Usages       []usageView       // The error in each language; with engine html, or with languages in target.yaml.
	Operations   []*operationView  // The operations that can return it, where not every one can.
	IsCommon     bool              // Every operation can return it.
	Last         bool              // There is no error after this.
	Envelope     *envelopeView     // How errors travel.
	source       *catalog.Error
}

// usageView is what one language calls the error, and how its code handles it.
type usageView struct {
	Target Text // The name of the language's target.
	Title  Text // The name of the language.
	Code   Text // The code that handles it, with engine html.

	Identifiers []Text // What stands for the error.
}

// exampleView is an example of an error.
type exampleView struct {
	Name    string // A name that no other example of the catalog has.
	Literal string // The code as a string literal.
	Summary Prose  // What the example shows.
	Message Text   // The message.
	Details Value  // The details.
	Body    Value  // The body as it is sent.
}

// deprecationView is why a code is not used any more.
type deprecationView struct {
	Since  Text       // The date or version since when.
	Use    *errorView // The error to use instead.
	Reason Prose      // Why.
}

// retiredView is a code that may not come back.
type retiredView struct {
	Code    Text   // The code.
	Anchor  string // The code as addresses and pages have it: letters, digits and . _ - ~ alone.
	Literal string // The code as a string literal.
	deprecationView
}

// sectionView is prose after the tables.
type sectionView struct {
	Title  Prose // The heading.
	Body   Prose // The text.
	Anchor Text  // The anchor of the heading, absent where something else has it; for engine html only.
}

// categoryView is a group of errors.
type categoryView struct {
	Key         Text              // The key of the category.
	ID          string            // The key as addresses and pages have it: letters, digits and . _ - ~ alone.
	Literal     string            // The key as a string literal.
	Names       map[string]string // The names that target.yaml makes from the key, by their keys.
	Title       Prose             // The heading.
	Description Prose             // What the errors have in common.
	Extensions  map[string]Value  // The keys that begin with x-, with their values.
	Anchor      Text              // The anchor of the heading, absent where something else has it; for engine html only.
	Errors      []*errorView      // The errors of the category.

	AnyRecovery     bool // Some error of it has a recovery.
	AnyDetails      bool // Some error of it has details.
	AnyRetryDiffers bool // Some error of it is retryable, or not, against the rule for its status.
}

// statusView is one HTTP status.
type statusView struct {
	Status           int               // The number, 0 for a class.
	Label            string            // The number, or the class as 4XX: the key among responses of OpenAPI.
	Low              bool              // It is below 400, where successes come too.
	Reason           string            // Its phrase, such as Not Found.
	Names            map[string]string // The names that target.yaml makes from it, by their keys.
	Errors           []*errorView      // The errors with this status.
	Bodies           []*exampleView    // The bodies of these errors.
	RetryAfter       bool              // Some of these errors send Retry-After.
	AlwaysRetryAfter bool              // All of these errors send Retry-After.
}

// typeView is an object or an enum that details are made of.
type typeView struct {
	Fields      []*placeView // The properties of an object.
	Name        string       // The name that target.yaml makes of it.
	Doc         Prose        // The description.
	Deprecated  bool         // It is not used any more.
	Literal     string       // The name as a string literal.
	Kind        string       // The word object, enum or map.
	IsEnum      bool         // It is an enum.
	IsObject    bool         // It is an object.
	IsMap       bool         // It is a map that is all there is of the details of one code.
	Item        *placeView   // What such a map holds.
	Base        string       // What the type of such a map stands for.
	Title       Prose        // The title.
	Closed      bool         // The object has no other properties.
	Values      []valueView  // The values of an enum.
	Open        bool         // The enum may get further values.
	AnyValueDoc bool         // Some value of the enum has a description.
	Errors      []*errorView // The errors whose details it is.
	Spread      bool         // It is details alone, which stand beside the code: no object is of this type.
	HasRequired bool         // Some property is required.
	Limits      []limitView  // The keywords that limit it, such as minProperties.
	Default     Value        // The default.
	Examples    []Value      // The examples.
}

// valueView is a value of an enum.
type valueView struct {
	Name    string // The name that target.yaml makes of it.
	Literal string // The value as a string literal.
	Doc     Prose  // What the value means.
	Wire    Text   // The value on the wire.
	Last    bool   // There is no value after this.
}

// limitView is a keyword that limits a value, such as maxLength.
type limitView struct {
	Name      string // The keyword.
	Exclusive string // The keyword minimum or maximum, for exclusiveMinimum and exclusiveMaximum.
	Value     Value  // The limit.
	Literal   string // The limit as a number, or as a string literal.
}

// placeView is a place in details: the whole, a property, or an item. It has first what templates ask for most, see
// errorView.
type placeView struct {
	// Promoted fields of an embedded struct would cost templates twice the time.
	Doc          Prose        // The description.
	Deprecated   bool         // It is not used any more.
	Nullable     bool         // The value may be null.
	Default      Value        // The default.
	Ref          *typeView    // The object or enum that stands here.
	Keywords     []limitView  // The keywords that limit it, such as maxLength.
	Item         *placeView   // What an array or a map holds.
	Const        Value        // The only value.
	Type         string       // The type in the language, with what nullable and optional make of it.
	Base         string       // The type without these.
	IsAny        bool         // It is any JSON, null as well.
	Name         string       // The name that target.yaml makes of a property.
	IsArray      bool         // It is an array.
	Format       string       // The format of text or a number, such as date-time.
	Key          string       // The property as a key: bare where target.yaml allows it, else a string literal.
	Required     bool         // The property may not be left out.
	Optional     bool         // The property may be left out.
	Literal      string       // The property on the wire, as a string literal.
	IsMap        bool         // It is a map.
	Refers       bool         // Ref is defined elsewhere: what is said here is about this place only.
	IsQuoted     bool         // Key is a string literal.
	IsObject     bool         // It is an object.
	IsEnum       bool         // It is an enum.
	Kind         catalog.Kind // The kind: object, array, map, enum, string, integer, number, boolean or any.
	ConstLiteral string       // The only value as a string literal.
	Nulls        string       // Where null may stand: ? or - for the value, its items, theirs…, up to the last ?.
	Examples     []Value      // The examples.
	Title        Prose        // The title.
	HasTags      bool         // It has a default, keywords or a format, or is not used any more.
	Wire         Text         // The property on the wire.
	Last         bool         // There is no property after this.
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
	root   *rootView

	examples map[string]bool // names that are taken: see exampleName
}

func (t *Target) view(s *Source, names *names) *rootView {
	c := s.Catalog
	v := &viewer{
		t: t, c: c, shapes: s.Shapes, names: names,
		errors: make(map[*catalog.Error]*errorView, len(c.Errors)), types: map[*shape.Type]*typeView{},
	}
	v.root = &rootView{
		Header: s.Header, Live: s.Live, Title: textOf(c.Title), Summary: textOf(c.Summary), Intro: textOf(c.Intro),
		DocsURL: text(c.DocsURL), Recursive: c.Recursive, Extensions: extensions(c.Extensions), Uses: map[string]bool{},
		OneStatus: true,
	}
	v.addTypes()
	v.addErrors()
	v.addLinks()
	v.addOperations()
	v.addStatuses()
	v.addEnvelope()
	v.addAnswers(s.API)
	v.markSpread()
	for _, r := range c.Retired {
		code := retiredView{Code: text(r.Code), Anchor: catalog.Anchor(r.Code), Literal: t.strings.literal(r.Code)}
		code.deprecationView = v.deprecation(&r.Deprecation)
		v.root.Retired = append(v.root.Retired, code)
	}
	for _, s := range c.Types {
		shared := schemaView{Literal: t.strings.literal(s.Name), Schema: s.Schema.Standalone}
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
		taken[catalog.Anchor(e.Code)] = true
	}
	for _, r := range v.c.Retired {
		taken[catalog.Anchor(r.Code)] = true
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

func extensions(x catalog.Extensions) map[string]Value {
	if len(x) == 0 {
		return nil
	}
	values := make(map[string]Value, len(x))
	for key, n := range x {
		values[key] = value(n)
	}
	return values
}

func (v *viewer) addErrors() {
	for _, c := range v.c.Categories {
		category := &categoryView{
			Key: text(c.Key), ID: catalog.Anchor(c.Key), Literal: v.t.strings.literal(c.Key), Names: v.names.categories[c],
			Extensions: extensions(c.Extensions),
			Title:      textOf(c.Title), Description: textOf(c.Description),
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
		Code: text(e.Code), Literal: v.t.strings.literal(e.Code), Anchor: catalog.Anchor(e.Code),
		Symbol: cmp.Or(e.Names[v.t.Name], e.Symbol), Names: v.names.errors[e],
		Status: e.Status.Default, Statuses: e.Status.Listed, Reason: Reason(e.Status.Default), Category: category,
		StatusText: e.Status.String(), Title: textOf(e.Title), TitleText: text(e.TitleText()),
		Description: textOf(e.Description), Extensions: extensions(e.Extensions),
		Meaning: textOf(e.Meaning), Recovery: textOf(e.Recovery), Message: text(e.Message),
		OneStatus: len(e.Status.Listed) == 1, Retryable: e.Retryable, RetryDiffers: retryDiffers(e),
		RetryAfter: e.RetryAfter, DocsURL: text(v.c.DocsAddress(e)), Since: text(e.Since), source: e,
	}
	view.Key, view.Wire = v.t.key(e.Code, view.Literal), v.wire(e.Code)
	if e.Status.Class > 0 {
		view.StatusClass = statusLabel(e.Status.Class)
	}
	if place := v.shapes.Details[e]; place != nil {
		details := v.place(place)
		details.Type = v.t.finishType(&details, whole)
		view.Details, view.Schema = &details, e.Details.Standalone
		v.root.AnyDetails = true
		details.Ref.Errors = append(details.Ref.Errors, view)
	}
	v.root.AnyRetryAfter = v.root.AnyRetryAfter || e.RetryAfter
	v.root.OneStatus = v.root.OneStatus && view.OneStatus
	v.addBodies(view)
	v.errors[e] = view
	return view
}

// retryDiffers reports whether the statuses of a code alone do not tell what to do.
func retryDiffers(e *catalog.Error) bool {
	retryable, ok := e.Status.SaysRetry()
	return !ok || retryable != e.Retryable
}

// addBodies adds the examples of an error; one without has a body that is made of its schema.
func (v *viewer) addBodies(view *errorView) {
	for i, x := range view.source.Examples {
		view.Examples = append(view.Examples, &exampleView{
			Name: v.exampleName(view.source, i), Literal: view.Literal,
			Summary: textOf(x.Summary), Message: text(x.Message), Details: value(x.Details),
			Body: v.body(view.source, &x),
		})
	}
	view.Bodies = view.Examples
	if sample := view.source.Sample; len(view.Bodies) == 0 && sample != nil {
		view.Bodies = []*exampleView{{
			Name: v.exampleName(view.source, 0), Literal: view.Literal, Message: text(sample.Message),
			Details: value(sample.Details), Body: v.body(view.source, sample),
		}}
	}
	v.root.Bodies = append(v.root.Bodies, view.Bodies...)
}

// body makes the body when somebody asks for it: in few outputs do bodies stand.
func (v *viewer) body(e *catalog.Error, x *catalog.Example) Value {
	return func() *document.Node { return v.c.Envelope.Encode(v.c.Sent(e, x)) }
}

// exampleName makes names of codes and numbers, of the characters that OpenAPI allows there. Where another code or
// example has such a name, it is another.
func (v *viewer) exampleName(e *catalog.Error, i int) string {
	name := catalog.Anchor(e.Code)
	if i == 0 && name == e.Code {
		return name
	}
	name = strings.ReplaceAll(name, "~", "_")
	if i > 0 {
		name += "-" + strconv.Itoa(i+1)
	}
	if v.examples == nil {
		v.examples = make(map[string]bool, len(v.c.Errors))
		for _, e := range v.c.Errors {
			v.examples[e.Code] = true
		}
	}
	for v.examples[name] {
		name += "-example"
	}
	v.examples[name] = true
	return name
}

// show gives each error the usages of pages.
func (v *rootView) show(usages []Usage) {
	for _, e := range v.Errors {
		e.Usages = nil
		for _, u := range usages {
			shown := usageView{Target: text(u.target), Title: text(u.Title), Code: text(u.code[e.source])}
			for _, name := range u.names[e.source] {
				shown.Identifiers = append(shown.Identifiers, text(name))
			}
			e.Usages = append(e.Usages, shown)
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
	for _, key := range statusesOf(v.c.Errors) {
		v.root.Statuses = append(v.root.Statuses, newStatus(key, v.root.Errors, v.names.statuses[key]))
	}
}

// newStatus makes what templates see of a status, or of a class by its first digit, with those of the errors that come
// with it.
func newStatus(key int, errors []*errorView, names map[string]string) *statusView {
	s := &statusView{
		Status: key, Label: statusLabel(key), Low: key >= 100 && key < 400, Reason: Reason(key),
		Names: names, AlwaysRetryAfter: true,
	}
	if key < 10 {
		s.Status = 0
	}
	for _, e := range errors {
		if slices.Contains(statusKeys(e.source.Status), key) || e.source.Status.Class == key/100 && key >= 100 {
			s.add(e)
		}
	}
	return s
}

// compareStatus puts a class behind its statuses.
func compareStatus(a, b int) int {
	rank := func(key int) int {
		if key < 10 {
			return key*100 + 99
		}
		return key
	}
	return cmp.Or(rank(a)-rank(b), b-a)
}

func (s *statusView) add(e *errorView) {
	s.Errors = append(s.Errors, e)
	s.Bodies = append(s.Bodies, e.Bodies...)
	s.RetryAfter = s.RetryAfter || e.RetryAfter
	s.AlwaysRetryAfter = s.AlwaysRetryAfter && e.RetryAfter
}

// key returns a wire name as target.yaml writes it, bare where the language allows it, else as a literal.
func (t *Target) key(wire, literal string) string {
	if written, ok := t.keys[wire]; ok {
		return written
	}
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
				named := valueView{
					Name: v.names.values[s][i], Literal: v.t.strings.literal(wire), Wire: text(wire),
					Doc: textOf(s.Schema.Notes[s.Schema.Enum[i]].Description),
				}
				t.AnyValueDoc = t.AnyValueDoc || named.Doc != nil
				named.Last = i == len(s.Schema.Enum)-1
				t.Values = append(t.Values, named)
			}
		}
		v.types[s] = t
		v.root.Types = append(v.root.Types, t)
	}
	for i, s := range v.shapes.Types {
		t := v.root.Types[i]
		if s.Item != nil {
			v.mapType(t, s)
		}
		for j := range s.Fields {
			v.field(t, s, j)
		}
	}
}

// mapType says what a map's named type stands for.
func (v *viewer) mapType(t *typeView, s *shape.Type) {
	place := v.place(&shape.Place{Schema: s.Schema, Said: s.Schema, Item: s.Item})
	t.Kind, t.IsObject, t.IsMap = string(place.Kind), false, true
	t.Item, t.Base = place.Item, place.Base
}

func (v *viewer) field(t *typeView, s *shape.Type, i int) {
	source := &s.Fields[i]
	f := v.place(&source.Place)
	f.Name, f.Wire, f.Literal = v.names.fields[s][i], text(source.Name), v.t.strings.literal(source.Name)
	f.Required, f.Optional, f.Last = source.Required, !source.Required, i == len(s.Fields)-1
	f.Key = v.t.key(source.Name, f.Literal)
	f.IsQuoted = f.Key == f.Literal
	f.Type = v.t.finishType(&f, either(f.Required, whole, ifPresent))
	v.root.Uses[either(f.Required, "required", "optional")] = true
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
	place.IsAny = place.Kind == catalog.Any
	v.root.Uses[string(place.Kind)] = true
	if p.Nullable {
		v.root.Uses["nullable"] = true
	}
	if s.Format != "" {
		v.root.Uses[string(place.Kind)+"."+s.Format] = true
	}
	if p.Said != s && p.Type == nil { // a transparent type says for its uses what they do not say themselves
		place.Doc, place.Title = or(place.Doc, textOf(s.Description)), or(place.Title, textOf(s.Title))
	}
	if p.Type == nil {
		place.Keywords = v.limits(s)
	}
	place.HasTags = place.Deprecated || place.Default != nil || len(place.Keywords) > 0 || place.Format != ""
	if s.Const != nil {
		place.Const, place.ConstLiteral = value(s.Const), v.t.strings.literal(s.Const.Text)
	}
	if p.Item != nil {
		item := v.place(p.Item)
		item.Type = v.t.finishType(&item, insideOf)
		place.Item = &item
	}
	place.Base = v.t.baseType(&place)
	place.Nulls = nulls(&place)
	return place
}

func nulls(p *placeView) string {
	own, inside := "-", ""
	if p.Nullable || p.IsAny {
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

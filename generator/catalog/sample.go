package catalog

import (
	"math/big"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/document"
)

const (
	// anyText stands for a text that nothing is known of.
	anyText = "…"
	// sampleDepth is how deep a sample shows what may also be left out.
	sampleDepth = 4
	// mostValues is how many values a sample has at most, and mostText how many characters a text in it.
	mostValues, mostText = 1000, 1000
)

// samples gives each code its sample. Schemas have to be right.
func (l *loader) samples() {
	for _, e := range l.catalog.Errors {
		switch {
		case len(e.Examples) > 0:
			e.Sample = &e.Examples[0]
		case e.Details == nil:
			e.Sample = &Example{Message: e.Message}
		default:
			s := sampler{room: mostValues}
			if details := s.value(e.Details); details != nil {
				e.Sample = &Example{Message: e.Message, Details: details}
			}
		}
	}
}

// sampler makes a value that fits a schema. What it is not certain of it does not make.
type sampler struct {
	inside []*Schema // that the value is in
	room   int       // for further values
}

// value returns an example or default that the schema has, or one that is made up, or null where nothing else fits; nil
// where that cannot be done.
func (m *sampler) value(s *Schema) *document.Node {
	for at := s; ; at = at.Target.Schema {
		if len(at.Examples) > 0 {
			return at.Examples[0]
		}
		if at.Default != nil && at.Default.Kind != document.Null {
			return at.Default
		}
		if at.Kind != Ref {
			break
		}
	}
	made := m.make(s.Resolve())
	if made == nil && s.IsNullable() {
		return &document.Node{Kind: document.Null}
	}
	return made
}

func (m *sampler) make(s *Schema) *document.Node {
	if m.room--; m.room < 0 || slices.Contains(m.inside, s) {
		return nil
	}
	m.inside = append(m.inside, s)
	defer func() { m.inside = m.inside[:len(m.inside)-1] }()
	switch s.Kind {
	case Object:
		return m.object(s)
	case Map:
		return m.mapOf(s)
	case Array:
		return m.list(s)
	case Integer, Number:
		return number(s)
	case Boolean:
		return document.NewBool(false)
	case Any:
		return document.NewString(anyText)
	}
	return text(s)
}

// showsAll reports whether the sample shows also what may be left out.
func (m *sampler) showsAll() bool { return len(m.inside) <= sampleDepth && m.room > 0 }

// limit returns a keyword of size or length, or what counts without it.
func (s *Schema) limit(keyword string, without int) int {
	if n, isSet := s.limitValue(keyword).Int(); isSet {
		return n
	}
	return without
}

func (m *sampler) object(s *Schema) *document.Node {
	required := 0
	for _, p := range s.Properties {
		if p.Required {
			required++
		}
	}
	optional := s.limit("maxProperties", len(s.Properties)) - required
	var members []document.Member
	for _, p := range s.Properties {
		if !p.Required && (optional <= 0 || !m.showsAll()) {
			continue
		}
		value := m.value(p.Schema)
		switch {
		case value != nil:
			members = append(members, document.Member{Key: p.Name, Value: value})
			if !p.Required {
				optional--
			}
		case p.Required:
			return nil
		}
	}
	return s.ifFits(document.NewMap(members...))
}

func (m *sampler) mapOf(s *Schema) *document.Node {
	var members []document.Member
	for key := anyText; len(members) < m.count(s, "minProperties", "maxProperties"); key += anyText {
		value := m.value(s.Item)
		if value == nil {
			break
		}
		members = append(members, document.Member{Key: key, Value: value})
	}
	return s.ifFits(document.NewMap(members...))
}

func (m *sampler) list(s *Schema) *document.Node {
	var items []*document.Node
	for len(items) < m.count(s, "minItems", "maxItems") {
		item := m.value(s.Item)
		if item == nil {
			break
		}
		items = append(items, item)
	}
	return s.ifFits(document.NewList(items...))
}

// count returns how many values a list or map shows: one where it may, and as many as it must.
func (m *sampler) count(s *Schema, least, most string) int {
	want := 0
	if m.showsAll() {
		want = 1
	}
	return min(max(want, s.limit(least, 0)), s.limit(most, mostValues))
}

// ifFits returns n, or nil if it breaks a limit of its schema.
func (s *Schema) ifFits(n *document.Node) *document.Node {
	if s.limitRules().Hold(n) {
		return n
	}
	return nil
}

// limitRules returns the limits of a schema as rules, nil without any; an integer has a format to keep to as well.
func (s *Schema) limitRules() *document.Rules {
	if len(s.Limits) == 0 {
		return nil
	}
	rules := document.NewRules("")
	for _, l := range s.Limits {
		rules.Limit(l.Keyword, l.Value)
	}
	if s.Kind == Integer {
		rules.Format(s.assertedFormat())
	}
	return rules
}

// number returns a number that is simple to read, or one at a limit.
func number(s *Schema) *document.Node {
	rules := s.limitRules()
	fits := func(n *document.Node) bool {
		isWhole := !strings.Contains(n.Text, ".")
		return (isWhole || s.Kind == Number) && len(n.Text) <= longestNumber && rules.Hold(n)
	}
	for _, simple := range []int64{0, 1} {
		if n := document.NewInt(simple); fits(n) {
			return n
		}
	}
	for _, l := range s.Limits {
		if fits(l.Value) {
			return l.Value
		}
		limit := l.Value.Exact()
		for step := int64(-1); step <= 1; step++ {
			near := new(big.Int).Quo(limit.Num(), limit.Denom())
			if n := numberOf(near.Add(near, big.NewInt(step)).String()); fits(n) {
				return n
			}
		}
	}
	sum := new(big.Rat)
	for _, l := range s.Limits {
		sum.Add(sum, l.Value.Exact())
	}
	middle := sum.Mul(sum, big.NewRat(1, 2)).FloatString(10)
	if n := numberOf(strings.TrimRight(strings.TrimRight(middle, "0"), ".")); fits(n) {
		return n
	}
	return nil
}

// longestNumber is how many characters a number has that people still read.
const longestNumber = 40

func numberOf(text string) *document.Node { return &document.Node{Kind: document.Number, Text: text} }

// text returns a value of an enum or the constant, what a format looks like, what matches a pattern, or any text.
func text(s *Schema) *document.Node {
	switch {
	case s.Const != nil:
		return s.ifFits(s.Const)
	case len(s.Enum) > 0:
		return s.ifFits(s.Enum[0])
	}
	least, most := s.limit("minLength", 0), s.limit("maxLength", mostText)
	if least > mostText {
		return nil
	}
	candidates := []string{strings.Repeat(anyText, min(max(1, least), most))}
	if s.Format != "" {
		candidates = []string{formats[s.Format].sample}
	}
	if pattern := s.limitValue("pattern"); pattern != nil && s.Format == "" {
		candidates = append(candidates, matches(pattern.Text, least)...)
	}
	rules := s.limitRules()
	for _, text := range candidates {
		if n := document.NewString(text); rules.Hold(n) {
			return n
		}
	}
	return nil
}

// matches returns texts that match a pattern, from the shortest on, where one is about as long as the least.
func matches(pattern string, least int) []string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	var texts []string
	for _, times := range []int{0, 1, 2, 4, least - 1, least} {
		w := matchWriter{times: times}
		if w.write(re) {
			texts = append(texts, w.String())
		}
	}
	return texts
}

// matchWriter writes a text that a regular expression matches, mostly: it passes over what looks around.
type matchWriter struct {
	strings.Builder
	times int // how often it writes what may be repeated
	steps int // that it has taken
}

// mostSteps is how many parts of an expression are written: one that repeats nothing again and again has no end.
const mostSteps = 10_000

// write reports whether it has found a text.
func (w *matchWriter) write(re *syntax.Regexp) bool {
	if w.steps++; w.steps > mostSteps || w.Len() > mostText*utf8.UTFMax {
		return false
	}
	switch re.Op {
	case syntax.OpNoMatch:
		return false
	case syntax.OpLiteral:
		w.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		w.WriteRune(readable(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		w.WriteByte('a')
	case syntax.OpAlternate:
		return w.write(re.Sub[0])
	case syntax.OpStar:
		return w.repeat(re.Sub[0], 0, -1)
	case syntax.OpPlus:
		return w.repeat(re.Sub[0], 1, -1)
	case syntax.OpQuest:
		return w.repeat(re.Sub[0], 0, 1)
	case syntax.OpRepeat:
		return w.repeat(re.Sub[0], re.Min, re.Max)
	case syntax.OpConcat, syntax.OpCapture:
		return !slices.ContainsFunc(re.Sub, func(part *syntax.Regexp) bool { return !w.write(part) })
	}
	return true
}

// repeat writes a part as often as is asked for, within its bounds; most may be -1 for no bound.
func (w *matchWriter) repeat(part *syntax.Regexp, least, most int) bool {
	times := max(least, w.times)
	if most >= 0 {
		times = min(times, most)
	}
	for range times {
		if !w.write(part) {
			return false
		}
	}
	return true
}

// readable returns a character of a class, which is a list of ranges, that people can read if there is one.
func readable(class []rune) rune {
	for _, first := range "a0A-" {
		for i := 0; i+1 < len(class); i += 2 {
			if class[i] <= first && first <= class[i+1] {
				return first
			}
		}
	}
	for i := 0; i+1 < len(class); i += 2 {
		for _, r := range []rune{class[i], class[i+1]} {
			if unicode.IsGraphic(r) {
				return r
			}
		}
	}
	if len(class) == 0 {
		return utf8.RuneError
	}
	return class[0]
}

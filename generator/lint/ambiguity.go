package lint

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// What is beyond these changes nothing but the cost: exact repetitions are cut to so many copies, and patterns with more states or tokens are not looked at.
const (
	mostCopies = 10
	mostStates = 300
	mostTokens = 2000
)

// automaton is the position automaton of a regular expression (Glushkov): a state for each atom, and no empty steps.
type automaton struct {
	tokens []token
	at     int // the token that is read next
	states []state
	loops  []span
}

type state struct {
	runes  []rune // pairs: the ranges that the atom matches
	token  int
	next   []way
	circle int // the smallest state of the circle that it is in; -1 if it is in none
}

// way leads to a state in one way or in several, such as the inner and the outer loop of (a+)+.
type way struct{ to, ways int }

// several is where counting ends: one way more does not matter.
const several = 2

// span is a range of tokens; to is the last one.
type span struct{ from, to int }

// fragment is a part of the expression: the states that it begins and ends with, and in how many ways it matches nothing.
type fragment struct {
	first, last []way
	empty       int
}

// ambiguousLoop returns a loop of a pattern that can match a text in exponentially many ways, or "". No assertion inside a loop counts as passable, so that it errs to silence.
// Budget is what the search may cost, and is lowered by what it did.
func ambiguousLoop(pattern string, budget *int) string {
	a := automaton{tokens: split(pattern)}
	if len(a.tokens) > mostTokens {
		return ""
	}
	a.alternation()
	if len(a.states) > mostStates {
		return ""
	}
	a.findCircles(budget)
	circle := a.ambiguousCircle(budget)
	if circle < 0 {
		return ""
	}
	loop := a.loopOf(circle)
	return pattern[a.tokens[loop.from].start:a.tokens[loop.to].end]
}

func (a *automaton) peek() tokenKind {
	if a.at == len(a.tokens) {
		return groupEnd
	}
	return a.tokens[a.at].kind
}

func (a *automaton) alternation() fragment {
	f := a.concatenation()
	for a.peek() == bar {
		a.at++
		g := a.concatenation()
		f = fragment{slices.Concat(f.first, g.first), slices.Concat(f.last, g.last), min(f.empty+g.empty, several)}
	}
	return f
}

func (a *automaton) concatenation() fragment {
	f := fragment{empty: 1}
	for a.peek() != bar && a.peek() != groupEnd {
		f = a.join(f, a.repetition())
	}
	return f
}

func (a *automaton) repetition() fragment {
	from := a.at
	f := a.piece()
	if a.peek() != quantifier {
		return f
	}
	q := a.tokens[a.at]
	end := a.at
	if q.max < 0 || q.max-q.min >= mostCopies {
		a.loops = append(a.loops, span{from, end})
		a.link(f.last, f.first)
		if q.min == 0 {
			f.empty = 1
		}
	} else {
		f = a.copies(from, min(q.min, mostCopies), q.max-q.min)
	}
	a.at = end + 1
	return f
}

// copies reads the piece at a token as often as it is repeated: x{2,4} is xx(x(x)?)?.
func (a *automaton) copies(from, required, more int) fragment {
	f := fragment{empty: 1}
	for i := range required + more {
		if len(a.states) > mostStates {
			break
		}
		a.at = from
		f = a.join(a.piece(), f)
		if i < more {
			f.empty = 1
		}
	}
	return f
}

// piece reads an atom, or what stands for one.
func (a *automaton) piece() fragment {
	t := a.tokens[a.at]
	a.at++
	switch t.kind {
	case group:
		f := a.alternation()
		a.at++
		return f
	case flags:
		return fragment{empty: 1}
	case atom:
		a.states = append(a.states, state{runes: runesOf(t.text), token: a.at - 1, circle: -1})
		self := []way{{len(a.states) - 1, 1}}
		return fragment{first: self, last: self}
	}
	return fragment{}
}

func (a *automaton) join(f, g fragment) fragment {
	a.link(f.last, g.first)
	return fragment{slices.Concat(f.first, times(g.first, f.empty)), slices.Concat(g.last, times(f.last, g.empty)), min(f.empty*g.empty, several)}
}

// times returns ways that are each taken in n ways.
func times(ways []way, n int) []way {
	if n == 0 {
		return nil
	}
	ways = slices.Clone(ways)
	for i := range ways {
		ways[i].ways = min(ways[i].ways*n, several)
	}
	return ways
}

func (a *automaton) link(last, first []way) {
	if len(a.states) > mostStates {
		return
	}
	for _, from := range last {
		next := &a.states[from.to].next
		for _, to := range first {
			ways := from.ways * to.ways
			if i := slices.IndexFunc(*next, func(w way) bool { return w.to == to.to }); i >= 0 {
				(*next)[i].ways = several
			} else {
				*next = append(*next, way{to.to, min(ways, several)})
			}
		}
	}
}

// runesOf returns the ranges of characters that an atom matches.
func runesOf(text string) []rune {
	if r, size := utf8.DecodeRuneInString(text); size == len(text) && r != '.' {
		return []rune{r, r}
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil
	}
	switch parsed.Op {
	case syntax.OpCharClass:
		return parsed.Rune
	case syntax.OpAnyCharNotNL:
		return []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}
	case syntax.OpAnyChar:
		return []rune{0, unicode.MaxRune}
	case syntax.OpLiteral:
		r := parsed.Rune[0]
		if other := unicode.SimpleFold(r); parsed.Flags&syntax.FoldCase != 0 { // how it spells [Aa]
			return []rune{min(r, other), min(r, other), max(r, other), max(r, other)}
		}
		return []rune{r, r}
	}
	return nil
}

func overlap(a, b []rune) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i+1] < b[j]:
			i += 2
		case b[j+1] < a[i]:
			j += 2
		default:
			return true
		}
	}
	return false
}

// findCircles finds which states lead back to themselves, and which of them to each other.
func (a *automaton) findCircles(budget *int) {
	reached := make([][]bool, len(a.states))
	for i := range a.states {
		reached[i] = make([]bool, len(a.states))
		for stack := []int{i}; len(stack) > 0 && *budget > 0; {
			s := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			*budget -= 1 + len(a.states[s].next)
			for _, w := range a.states[s].next {
				if !reached[i][w.to] {
					reached[i][w.to] = true
					stack = append(stack, w.to)
				}
			}
		}
	}
	for i := range a.states {
		for j := range a.states {
			if reached[i][j] && reached[j][i] {
				a.states[i].circle = j
				break
			}
		}
	}
}

// ambiguousCircle returns a circle on which two different paths lead from a state to the same state and match the same text, or -1. It walks pairs of states:
// what two copies of the automaton can be in after the same text. A pair of different states that was one state and becomes one again is the proof.
func (a *automaton) ambiguousCircle(budget *int) int {
	type pair struct{ a, b int }
	seen := map[pair]bool{}
	var stack []pair
	for i, s := range a.states {
		if s.circle >= 0 {
			stack = append(stack, pair{i, i})
		}
	}
	for len(stack) > 0 && *budget > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		circle := a.states[at.a].circle
		for _, v := range a.states[at.a].next {
			for _, w := range a.states[at.b].next {
				*budget--
				to := pair{min(v.to, w.to), max(v.to, w.to)}
				if a.states[v.to].circle != circle || a.states[w.to].circle != circle {
					continue
				}
				if v.to == w.to && (at.a != at.b || v.ways > 1) {
					return circle
				}
				*budget -= len(a.states[v.to].runes) + len(a.states[w.to].runes)
				if v.to != w.to && !seen[to] && overlap(a.states[v.to].runes, a.states[w.to].runes) {
					seen[to] = true
					stack = append(stack, to)
				}
			}
		}
	}
	return -1
}

// loopOf returns the outermost loop around all states of a circle.
func (a *automaton) loopOf(circle int) span {
	inside := span{len(a.tokens), 0}
	for _, s := range a.states {
		if s.circle == circle {
			inside = span{min(inside.from, s.token), max(inside.to, s.token)}
		}
	}
	widest := inside
	for _, l := range a.loops {
		if l.from <= widest.from && l.to >= widest.to {
			widest = l
		}
	}
	return widest
}

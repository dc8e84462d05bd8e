package regex

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Difference is a part of a pattern that JavaScript refuses, or takes for something else than Go.
type Difference struct {
	Start, End int // bytes in the pattern
	Text       string
	Portable   string // the spelling that both read alike, or words on it
	Exact      bool   // Portable can be put in the place of Text
}

// Differences returns the parts of a pattern, which Go accepts, that JavaScript (ECMA-262 with the flag u) refuses or
// takes for something else.
func Differences(pattern string) []Difference {
	var found []Difference
	tokens := split(pattern)
	add := func(start int, text, portable string, exact bool) {
		found = append(found, Difference{start, start + len(text), text, portable, exact})
	}
	multiline := false
	for i, t := range tokens {
		switch t.kind {
		case quote:
			add(t.start, t.text, "the characters with a backslash before those that mean something", false)
		case group:
			multiline = multiline || strings.HasPrefix(t.text, "(?") && t.text[len(t.text)-1] != '>' &&
				strings.Contains(t.text, "m")
			dialectOfGroup(t, add)
		case assertion:
			if portable := map[string]string{`\A`: "^", `\z`: "$"}[t.text]; portable != "" {
				add(t.start, t.text, portable, !multiline)
			}
		case quantifier:
			if tokens[i-1].kind == assertion {
				add(tokens[i-1].start, tokens[i-1].text+t.text, tokens[i-1].text+" alone, or nothing", false)
			}
		case atom:
			dialectOfAtom(t, add)
		}
	}
	return found
}

func dialectOfGroup(t token, add func(start int, text, portable string, exact bool)) {
	name, named := strings.CutPrefix(t.text, "(?P<")
	if !named {
		name, named = strings.CutPrefix(t.text, "(?<")
	}
	switch {
	case named && name[0] <= '9':
		add(t.start, t.text, "a name that begins with a letter", false)
	case named && t.text[2] == 'P':
		add(t.start, t.text, "(?<"+name, true)
	case !named && len(t.text) > len("(?:"):
		add(t.start, t.text, "the pattern without flags, such as [Aa] for both cases", false)
	}
}

func dialectOfAtom(t token, add func(start int, text, portable string, exact bool)) {
	switch {
	case t.text[0] == '[':
		dialectOfClass(t, add)
	case t.text == "{" || t.text == "}" || t.text == "]":
		add(t.start, t.text, `\`+t.text+" for the character", false)
	case t.text[0] == '\\':
		if portable, exact := portableEscape(t.text, syntaxCharacters); portable != t.text {
			add(t.start, t.text, portable, exact)
		}
	}
}

// What JavaScript lets stand behind a backslash with the flag u: SyntaxCharacter and / (ECMA-262 section 22.2.1).
const syntaxCharacters = `^$\.*+?()[]{}|/`

func dialectOfClass(t token, add func(start int, text, portable string, exact bool)) {
	items, at := classItems(t.text)
	at += t.start
	for i, item := range items {
		switch {
		case item == "]": // in the first place, or at the end of a range
			add(at, item, `\]`, true)
		case strings.HasPrefix(item, "[:"):
			add(at, item, portableClass(item), false)
		case item == "-" && i > 0 && i+1 < len(items) && standsForMany(items[i-1]):
			add(at, item, `\-`, true)
		case item[0] == '\\':
			if portable, exact := portableEscape(item, syntaxCharacters+"-"); portable != item {
				add(at, item, portable, exact)
			}
		}
		at += len(item)
	}
}

// portableClass returns the characters of a [:name:].
func portableClass(item string) string {
	characters := map[string]string{
		"alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": `\x00-\x7F`, "blank": `\t `, "cntrl": `\x00-\x1F\x7F`,
		"digit": "0-9", "graph": "!-~", "lower": "a-z", "print": " -~", "punct": `!-/:-@\[-` + "`{-~",
		"space": `\t\n\v\f\r `, "upper": "A-Z", "word": "0-9A-Za-z_", "xdigit": "0-9A-Fa-f",
	}[strings.Trim(item, "[:^]")]
	if item[2] == '^' {
		return "a class of its own, [^" + characters + "]"
	}
	return characters
}

// portableEscape returns how JavaScript spells an escape, or words on it; exact if it can be put in its place.
// Punctuation is what may be escaped.
func portableEscape(escape, punctuation string) (portable string, exact bool) {
	switch c := escape[1]; {
	case c == 'a':
		return `\x07`, true
	case c == 'x' && escape[2] == '{':
		code, _ := strconv.ParseUint(escape[3:len(escape)-1], 16, 32)
		return spellRune(rune(code))
	case '0' <= c && c <= '7' && escape != `\0`:
		code, _ := strconv.ParseUint(escape[1:], 8, 32)
		return spellRune(rune(code))
	case c == 'p' || c == 'P':
		return portableProperty(escape)
	case c < utf8.RuneSelf && !unicode.IsLetter(rune(c)) && !unicode.IsDigit(rune(c)) &&
		strings.IndexByte(punctuation, c) < 0:
		return strconv.Quote(escape[1:]) + " without the backslash", false
	}
	return escape, true
}

func spellRune(r rune) (portable string, exact bool) {
	if r <= 0xff {
		return `\x` + strings.ToUpper(strconv.FormatUint(0x100|uint64(r), 16)[1:]), true
	}
	return "the character itself: " + strings.Trim(strconv.QuoteRune(r), "'"), false
}

// portableProperty looks at \pL, \p{Greek} and the like. General categories are all that both know.
func portableProperty(escape string) (portable string, exact bool) {
	sign, name := escape[:2], strings.Trim(escape[2:], "{}")
	if negated := strings.TrimPrefix(name, "^"); negated != name {
		if name = negated; sign == `\p` {
			sign = `\P`
		} else {
			sign = `\p`
		}
	}
	if isGeneralCategory(name) {
		return sign + "{" + name + "}", true
	}
	return "the characters of " + strconv.Quote(name) + " as ranges, or a general category such as " + `\p{L}`, false
}

func isGeneralCategory(name string) bool {
	_, long := unicode.CategoryAliases[name]
	_, short := unicode.Categories[name]
	return long || short || name == "Any" || name == "ASCII" || name == "Assigned"
}

// WhitespaceEscape returns the first \s or \S of a pattern, or "".
func WhitespaceEscape(pattern string) string {
	for _, t := range split(pattern) {
		items := []string{t.text}
		if t.kind == atom && t.text[0] == '[' {
			items, _ = classItems(t.text)
		}
		for _, item := range items {
			if item == `\s` || item == `\S` {
				return item
			}
		}
	}
	return ""
}

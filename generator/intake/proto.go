package intake

import (
	"cmp"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// protoToken is a word, a number, text or a mark of a .proto file, with the comments around it.
type protoToken struct {
	text     string
	from, to int
	above    string // comments on the lines before
	behind   string // the comment on the rest of its line
}

// protoTokens are what a .proto file consists of (protobuf.com/docs/language-spec).
var protoTokens = document.Pattern(`(?s)//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w.+-]+|[^\s]`)

// proto reads the enums of a .proto file.
func (r *reader) proto() {
	p := &protoFile{reader: r}
	p.scan()
	var enums []*protoEnum
	for i := 0; i+2 < len(p.tokens); i++ {
		if p.tokens[i].text == "enum" && p.tokens[i+2].text == "{" {
			e, end := p.enum(i + 1)
			enums, i = append(enums, e), end
		}
	}
	var passed []string
	for _, e := range enums {
		if r.Select == e.name.text || r.Select == "" && (e.hasStatus || speaksOfErrors(e.name.text)) {
			p.take(e)
		} else {
			passed = append(passed, e.name.text)
		}
	}
	if len(r.entries) == 0 && !r.refused && len(passed) > 0 {
		r.refuse(diag.Place{}, "no enum is certain to hold codes", "name it: "+ways("--select ", passed...))
	}
}

type protoFile struct {
	*reader
	tokens []protoToken
}

// protoEnum is an enum with its values.
type protoEnum struct {
	name      protoToken
	values    []protoValue
	fallback  *document.Node // the status of values without one
	hasStatus bool           // some option is an HTTP status
}

type protoValue struct {
	name   protoToken
	number string
	status *document.Node
	place  diag.Place // of the status
	about  string
}

// scan makes tokens, and hands comments to those that they speak of.
func (p *protoFile) scan() {
	text := p.doc.Text
	above := ""
	for _, at := range protoTokens().FindAllIndex(text, -1) {
		token := string(text[at[0]:at[1]])
		if strings.HasPrefix(token, "//") || strings.HasPrefix(token, "/*") {
			words := commentText(token)
			last := len(p.tokens) - 1
			if last >= 0 && !strings.Contains(string(text[p.tokens[last].to:at[0]]), "\n") {
				p.tokens[last].behind = words
			} else {
				above = strings.TrimSpace(above + " " + words)
			}
			continue
		}
		p.tokens = append(p.tokens, protoToken{text: token, from: at[0], to: at[1], above: above})
		above = ""
	}
}

func commentText(token string) string {
	token = strings.TrimSuffix(strings.TrimPrefix(token, "/*"), "*/")
	var words []string
	for line := range strings.Lines(token) {
		words = append(words, strings.Fields(strings.TrimLeft(line, " \t/*"))...)
	}
	return strings.Join(words, " ")
}

// enum reads the enum whose name is a token, up to its last one.
func (p *protoFile) enum(at int) (e *protoEnum, end int) {
	e = &protoEnum{name: p.tokens[at]}
	start := at + 2
	for end = start; end < len(p.tokens); end++ {
		mark := p.tokens[end]
		if mark.text == ";" || mark.text == "}" {
			p.statement(e, p.tokens[start:end], mark.behind)
			start = end + 1
		}
		if mark.text == "}" {
			return e, end
		}
	}
	p.statement(e, p.tokens[start:], "")
	return e, end
}

// statement reads an option or a value of an enum, and the comment behind it.
func (p *protoFile) statement(e *protoEnum, tokens []protoToken, behind string) {
	if len(tokens) < 3 {
		return
	}
	if tokens[0].text == "option" {
		e.fallback, _ = p.status(tokens[1:])
		e.hasStatus = e.hasStatus || e.fallback != nil
		return
	}
	if tokens[1].text != "=" {
		return // reserved
	}
	v := protoValue{name: tokens[0], number: tokens[2].text, about: cmp.Or(tokens[0].above, behind)}
	var at protoToken
	if v.status, at = p.status(tokens[3:]); v.status != nil {
		v.place = p.line(at.from, at.to)
		e.hasStatus = true
	}
	e.values = append(e.values, v)
}

// status returns the HTTP status of an option that speaks of a code or status, such as (errors.code) = 404.
func (p *protoFile) status(tokens []protoToken) (*document.Node, protoToken) {
	for i := 0; i+2 < len(tokens); i++ {
		name := strings.ToLower(tokens[i].text)
		if !strings.HasSuffix(name, "code") && !strings.HasSuffix(name, "status") && !strings.Contains(name, "http") {
			continue
		}
		for _, t := range tokens[i+1 : min(len(tokens), i+4)] {
			if s := statusOf(t.text); s != nil {
				return s, t
			}
		}
	}
	return nil, protoToken{}
}

// take makes entries of an enum.
func (p *protoFile) take(e *protoEnum) {
	at := p.line(e.name.from, e.name.to)
	p.names = append(p.names, "name", "number")
	code := p.Map["code"]
	if code == "" && !e.hasStatus {
		p.refuse(at, "the values of "+e.name.text+" have a name and a number, and either may be the code",
			"say what the API sends in the body: --map code=name, or --map code=number")
		return
	}
	for _, v := range e.values {
		if v.number == "0" && strings.HasSuffix(v.name.text, "UNSPECIFIED") {
			p.note("passed over: " + v.name.text + ", which stands for no value")
			continue
		}
		p.add(p.entry(v, e, code))
	}
}

func (p *protoFile) entry(v protoValue, e *protoEnum, code string) entry {
	at := p.line(v.name.from, v.name.to)
	one := entry{code: v.name.text, place: at}
	if code == "number" {
		one.code = v.number
		one.say("symbol", document.NewString(pascal(v.name.text)), at)
	}
	if v.status != nil {
		one.say("status", v.status, v.place)
	} else {
		one.say("status", e.fallback, at)
	}
	one.say("meaning", document.NewString(v.about), at)
	return one
}

package wire

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// The envelopes that have a name. Problem is RFC 9457: details are the extension members of its section 3.2, and a type
// left out means about:blank (section 3.1.1).
var named = map[string]string{
	"default": `
body:
  success: false
  error: {code: "{code}", message: "{message}", details: "{details}", requestId: "{requestId}"}
`,
	"problem": `
contentType: application/problem+json
body:
  type: "{docsURL}"
  title: "{title}"
  status: "{status}"
  detail: "{message}"
  code: "{code}"
  requestId: "{requestId}"
  "...": "{details}"
`,
}

// Members that a named envelope does not have and that no detail may take: RFC 9457 section 3.1.5.
var reserved = map[string][]string{"problem": {"instance"}}

// Default returns the envelope of a catalog that has none of its own.
func Default() *Envelope { return builtIn("default", nil) }

// Parse reads info.envelope: a map, or the name of a built-in envelope. It is nil if there is an error. N has been held
// against the JSON Schema of catalogs: what that refuses is passed over in silence. A nil n is the default.
func Parse(n *document.Node) (*Envelope, diag.List) {
	switch {
	case n == nil:
		return Default(), nil
	case n.Kind == document.String && named[n.Text] != "":
		return builtIn(n.Text, n), nil
	case n.Get("body") == nil || n.Get("body").Kind != document.Map:
		return nil, nil
	}
	return parse(n)
}

// builtIn returns a named envelope; at is what names it.
func builtIn(name string, at *document.Node) *Envelope {
	source, _ := document.Parse(name, []byte(named[name]), document.DefaultMaxSize)
	v, _ := parse(source.Root)
	v.named, v.reserved = at, reserved[name]
	return v
}

func parse(n *document.Node) (*Envelope, diag.List) {
	p := parser{seen: map[string]*document.Node{}}
	body := n.Get("body")
	root := p.object(body)
	if len(p.found) == 0 && p.seen["code"] == nil {
		p.report(body, "the body has no {code}", `write "{code}" where it has the code`)
	}
	if len(p.found) > 0 {
		return nil, p.found
	}
	v := &Envelope{
		ContentType:     cmp.Or(n.Str("contentType"), "application/json"),
		RequestIDHeader: cmp.Or(n.Str("requestIdHeader"), "X-Request-Id"),
		Root:            root,
	}
	v.survey()
	return v, nil
}

// The placeholders as they may be written.
var placeholders = []string{
	"{code}", "{code as integer}", "{message}", "{title}", "{status}", "{status as string}", "{category}", "{docsURL}",
	"{requestId}", "{retryAfter}", "{retryAfter as milliseconds}", "{details}",
}

// Those that a client reads, and so stand once. The code may stand twice: in the type of RFC 9457 and by itself.
var once = []string{"message", "details", "requestId", "retryAfter"}

// Those that every error of a catalog has.
var always = []string{"code", "message", "title", "status", "category"}

type parser struct {
	seen  map[string]*document.Node // first place of each placeholder
	found diag.List
}

func (p *parser) report(n *document.Node, message, hint string, related ...diag.Related) {
	if n.Refused() {
		return
	}
	d := n.Report("invalid-envelope", message, hint)
	d.Related = related
	p.found.Add(d)
}

func (p *parser) node(n *document.Node) *Node {
	switch {
	case n.Kind == document.Map:
		if o := p.object(n); !o.isConstant() {
			return o
		}
	case n.Kind == document.List:
		return p.array(n)
	case n.Kind == document.String && hasBrace(n.Text):
		return p.value(n)
	}
	return constant(n)
}

func constant(n *document.Node) *Node { return &Node{Kind: Constant, JSON: n} }

func (p *parser) object(n *document.Node) *Node {
	o := &Node{Kind: Object, MayBeAbsent: true}
	for key, value := range n.Members() {
		if slices.Contains(placeholders, key.Text) {
			p.report(key, "the placeholder "+diag.Quote(key.Text)+" is a key",
				"placeholders are values: write the key that it stands under")
		}
		m := Member{Key: key.Text, source: key}
		if m.Key == "..." {
			m.Node = p.spread(value)
		} else {
			m.Node = p.node(value)
		}
		o.MayBeAbsent = o.MayBeAbsent && m.Node.MayBeAbsent
		o.Members = append(o.Members, m)
	}
	return o
}

func (n *Node) isConstant() bool {
	return !slices.ContainsFunc(n.Members, func(m Member) bool { return m.Node.Kind != Constant })
}

func (p *parser) spread(n *document.Node) *Node {
	if n.Kind != document.String || n.Text != "{details}" {
		p.report(n, `"..." is `+n.Spelled()+`, expected "{details}"`, "only details can stand beside the other members")
		return constant(n)
	}
	p.saw("details", n)
	return &Node{Kind: Spread, MayBeAbsent: true, source: n}
}

func (p *parser) array(n *document.Node) *Node {
	items := make([]*Node, n.Len())
	for i := range items {
		items[i] = p.node(n.Item(i))
	}
	at := slices.IndexFunc(items, func(item *Node) bool { return item.Kind != Constant })
	if at < 0 {
		return constant(n)
	}
	const wrap = "put it into a map that stands in the list"
	switch item := items[at]; {
	case len(items) != 1:
		p.report(n, fmt.Sprintf("a list with placeholders has %d items, expected one", len(items)),
			"describe one error: a server sends one")
	case item.Kind == Value:
		p.report(n.Item(at), "the placeholder "+diag.Quote(n.Item(at).Text)+" stands directly in a list", wrap)
	case item.Kind == Array:
		p.report(n.Item(at), "a list with placeholders stands directly in a list", wrap)
	}
	return &Node{Kind: Array, Item: items[at], MayBeAbsent: items[at].MayBeAbsent}
}

var inBraces = document.Pattern(`\{[^{}]*\}`)

// value reads a text with a brace in it.
func (p *parser) value(n *document.Node) *Node {
	held := inBraces().FindAllString(n.Text, 2)
	if len(held) != 1 {
		p.misspelled(n, len(held))
		return constant(n)
	}
	name, as, _ := strings.Cut(strings.Trim(held[0], "{}"), " as ")
	prefix, suffix, _ := strings.Cut(n.Text, held[0])
	switch around := prefix + suffix; {
	case !slices.Contains(placeholders, held[0]):
		p.report(n, diag.Quote(held[0])+" is no placeholder", didYouMean(held[0], name))
		return constant(n)
	case hasBrace(around):
		p.report(n, diag.Quote(n.Text)+" has braces around a placeholder", "write "+diag.Quote(held[0]))
	case around != "" && as != "":
		p.report(n, diag.Quote(n.Text)+" has text around a number",
			"write "+diag.Quote(held[0])+", or {code} without a conversion")
	case around != "" && name != "code":
		p.report(n, diag.Quote(n.Text)+" has text around a placeholder",
			"only {code} may have some; write "+diag.Quote(held[0]))
	}
	p.saw(name, n)
	return &Node{
		Kind: Value, Name: name, As: as, Prefix: prefix, Suffix: suffix, source: n,
		MayBeAbsent: !slices.Contains(always, name),
	}
}

// misspelled refuses a text with braces that are no placeholder, or are several.
func (p *parser) misspelled(n *document.Node, held int) {
	if held > 0 {
		p.report(n, diag.Quote(n.Text)+" holds several placeholders", "give each a member of its own")
		return
	}
	p.report(n, diag.Quote(n.Text)+" has a brace and no placeholder",
		"braces are for placeholders such as {message}: leave them out")
}

// didYouMean returns the hint for an unknown placeholder: the forms of the name if that is known, else a near one.
func didYouMean(written, name string) string {
	ofAnother := func(p string) bool { return !strings.HasPrefix(p, "{"+name+"}") && !strings.HasPrefix(p, "{"+name+" ") }
	if forms := slices.DeleteFunc(slices.Clone(placeholders), ofAnother); len(forms) > 0 {
		return diag.DidYouMean(written, forms)
	}
	return diag.DidYouMean(written, placeholders)
}

// saw keeps the first place of a placeholder, and refuses a second one of those that stand once.
func (p *parser) saw(name string, n *document.Node) {
	first := p.seen[name]
	if first == nil {
		p.seen[name] = n
	} else if slices.Contains(once, name) {
		p.report(n, "{"+name+"} stands twice", "a client reads it in one place: remove one of them",
			diag.Related{Place: first.Place(), Message: "the first is here"})
	}
}

// Package verify holds recorded responses against the catalog: one rule in each file whose name has a hyphen.
package verify

import (
	"bytes"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// Options say what to look at, and how.
type Options struct {
	Severities diag.Severities // of rules, where they are not the default
	Hosts      []string        // patterns: only responses of these; none: of all
	Paths      []string        // patterns: only responses of these; none: of all
	Ignored    []string        // patterns of paths to leave out
	Calls      []Call          // where operations are, beside what the catalog says
}

// Call says where an operation is.
type Call struct {
	Operation    string // its key in the catalog
	Method, Path string // such as GET and /pets/{petId}
}

// Check holds one response after the other against a catalog. What it keeps does not grow with their number.
type Check struct {
	catalog *catalog.Catalog
	options Options
	router  router
	fits    catalog.Fits
	keys    [][]byte // see mayBeError
	groups  groups
	seen    map[*catalog.Error]int
	returns map[returned]int // of operations
	files   []string

	Responses int // looked at
	LeftOut   int // by Hosts, Paths and Ignored
	Errors    int // of those looked at, the ones that are errors, or should not be
}

// returned is an error that an operation has returned.
type returned struct {
	operation *catalog.Operation
	error     *catalog.Error
}

// New makes a check that has not seen anything yet.
func New(c *catalog.Catalog, o Options) *Check {
	return &Check{
		catalog: c, options: o, router: newRouter(c, o.Calls), keys: keysOf(c.Envelope),
		seen: map[*catalog.Error]int{}, returns: map[returned]int{},
	}
}

// Open notes that the responses of a file follow.
func (c *Check) Open(file string) { c.files = append(c.files, file) }

// Add looks at a response.
func (c *Check) Add(r *capture.Response) {
	if !c.counts(r) {
		c.LeftOut++
		return
	}
	c.Responses++
	p := c.read(r)
	if p == nil {
		return
	}
	c.Errors++
	if p.known != nil && p.isError {
		c.seen[p.known]++
		if p.operation != nil {
			c.returns[returned{p.operation, p.known}]++
		}
	}
	for _, rule := range rules {
		if p.rule = rule; rule.check != nil && c.severityOf(rule) != diag.Off {
			rule.check(p)
		}
	}
}

// counts reports whether a response is one of those to look at. What is not recorded leaves none out.
func (c *Check) counts(r *capture.Response) bool {
	o := c.options
	return (r.Host == "" || len(o.Hosts) == 0 || matchesAny(o.Hosts, r.Host)) &&
		(r.Path == "" || len(o.Paths) == 0 || matchesAny(o.Paths, r.Path)) &&
		!(r.Path != "" && matchesAny(o.Ignored, r.Path))
}

// pass is one response that is an error, or looks like one, and the rule that looks at it.
type pass struct {
	*Check
	*capture.Response
	rule      *rule
	isError   bool               // as clients see it; else its status says that it is none
	body      *document.Node     // nil: no JSON, or not recorded
	fit       wire.Fit           // of a body with a code
	sent      wire.Error         // its code is empty if there is none
	known     *catalog.Error     // nil: the catalog does not have the code
	operation *catalog.Operation // nil: not known
	where     string             // the operation, or method and path; empty: not recorded
}

// read takes apart a response. It returns nil of a success.
func (c *Check) read(r *capture.Response) *pass {
	envelope := c.catalog.Envelope
	response := wire.Response{Status: r.Status, Header: r.Header, Body: r.Body}
	p := &pass{Check: c, Response: r}
	if r.Status < 400 && !c.mayBeError(r.Body) {
		return nil // the greater part of most captures
	}
	if p.sent, p.isError = envelope.Decode(response, c.lookUp); !p.isError {
		if p.sent = c.disguised(response); p.sent.Code == "" {
			return nil
		}
	}
	p.known = c.catalog.ByCode[p.sent.Code]
	p.operation, p.where = c.router.find(r)
	if len(r.Body) <= wire.MaxBody {
		p.body, _ = document.ParseJSON(bytes.TrimPrefix(r.Body, []byte("\ufeff")))
	}
	if p.body != nil && p.sent.Code != "" {
		about, _ := c.lookUp(p.sent.Code)
		about.Code, about.Status = p.sent.Code, r.Status
		p.fit = envelope.Fit(p.body, about)
	}
	return p
}

// mayBeError reports whether a body has the keys that every error has. It is quick.
func (c *Check) mayBeError(body []byte) bool {
	return !slices.ContainsFunc(c.keys, func(key []byte) bool { return !bytes.Contains(body, key) })
}

// keysOf returns keys that the body of every error has, as they are written.
func keysOf(v *wire.Envelope) [][]byte {
	keys := []string{v.Reads.Code.Key}
	for at := v.Reads.Code.Number; at > 0; {
		step := v.Steps[slices.IndexFunc(v.Steps, func(s wire.Step) bool { return s.Number == at })]
		keys, at = append(keys, step.Key), step.Parent
	}
	for _, m := range v.Marks {
		if m.JSON.Kind != document.Null {
			keys = append(keys, m.Key)
		}
	}
	quoted := make([][]byte, len(keys))
	for i, key := range keys {
		quoted[i], _ = document.NewString(key).MarshalJSON()
	}
	return quoted
}

// lookUp returns what the catalog knows of a code.
func (c *Check) lookUp(code string) (wire.Error, bool) {
	e := c.catalog.ByCode[code]
	if e == nil {
		return wire.Error{}, false
	}
	return c.catalog.Sent(e, nil), true
}

// disguised returns the error that a success holds, with a status that no error of the catalog comes with. It is empty
// if there is none.
func (c *Check) disguised(r wire.Response) wire.Error {
	envelope := *c.catalog.Envelope
	envelope.LowStatuses = []int{r.Status}
	e, _ := envelope.Decode(r, c.lookUp)
	if known := c.catalog.ByCode[e.Code]; known != nil && known.Status.Allows(r.Status) {
		return wire.Error{}
	}
	return e
}

// hasCode reports whether a response is an error in the envelope.
func (p *pass) hasCode() bool { return p.isError && p.sent.Code != "" }

// code returns the code for a message.
func (p *pass) code() string {
	if p.known != nil {
		return p.known.Code
	}
	return diag.Quote(p.sent.Code)
}

// from returns where a response comes from, behind a word such as "from"; empty if that is not recorded.
func (p *pass) from(word string) string {
	if p.where == "" {
		return ""
	}
	return " " + word + " " + p.where
}

// typeWords says of what type a body is: the value of no header is shown.
func (p *pass) typeWords() string {
	switch value := capture.MediaType(p.Header("Content-Type")); {
	case value == "":
		return "no content type"
	case value == "text/html", value == "application/xhtml+xml":
		return "HTML"
	case value == "text/plain":
		return "plain text"
	case strings.HasSuffix(value, "xml"):
		return "XML"
	case strings.HasSuffix(value, "json"):
		return "JSON"
	}
	return "another type"
}

// matchesAny reports whether a text matches one of some patterns, in which * stands for any text.
func matchesAny(patterns []string, text string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return matches(pattern, text) })
}

func matches(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	last := len(parts) - 1
	if last == 0 {
		return pattern == text
	}
	text, fits := strings.CutPrefix(text, parts[0])
	for _, part := range parts[1:last] {
		if fits {
			_, text, fits = strings.Cut(text, part)
		}
	}
	return fits && strings.HasSuffix(text, parts[last])
}

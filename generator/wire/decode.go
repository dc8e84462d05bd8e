package wire

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sigsentry/errgen/generator/document"
)

// MaxBody is how many bytes of a body clients look into. A longer one is kept and not read.
const MaxBody = 1 << 20

// Response is what a client has received.
type Response struct {
	Status int
	Header func(name string) string // as http.Header.Get; may be nil
	Body   []byte
}

func (r *Response) header(name string) string {
	if r.Header == nil {
		return ""
	}
	return r.Header(name)
}

// Decode returns the error that a response holds, and reports whether it holds one: with a status from 400 on it always
// does. Code, message, request id and delay are read each on its own, whatever else there is, and the body is kept. The
// rest is what the catalog knows of the code: known, which may be nil, returns false for a code that it does not have.
func (v *Envelope) Decode(r Response, known func(code string) (Error, bool)) (e Error, isError bool) {
	d := v.look(r)
	code := codeText(d.at(v.Reads.Code))
	code = v.Reads.Code.trim(code)
	isKnown := false
	if known != nil {
		e, isKnown = known(code)
	}
	if r.Status < 400 && !(code != "" && v.comesBelow400(r) && d.isMarked(isKnown)) {
		return Error{}, false
	}
	e.Code, e.Status, e.Body = code, r.Status, r.Body
	e.Message = cmp.Or(text(d.at(v.Reads.Message)), e.Message, "HTTP "+strconv.Itoa(r.Status))
	e.RequestID = cmp.Or(text(d.at(v.Reads.RequestID)), r.header(v.RequestIDHeader))
	e.RetryAfter = cmp.Or(delay(d.at(v.Reads.RetryAfter), v.Reads.RetryAfter), delayOf(r.header("Retry-After")))
	e.Details = nil
	if code != "" {
		e.Details = d.details(v.Reads.Details)
	}
	return e, true
}

// comesBelow400 reports whether errors come with the status of a response, which may be a success.
func (v *Envelope) comesBelow400(r Response) bool {
	contentType := r.header("Content-Type")
	isJSON := contentType == "" || strings.Contains(strings.ToLower(contentType), "json")
	return isJSON && slices.Contains(v.LowStatuses, r.Status)
}

// decoder has the objects of the envelope that were found in a body, by number.
type decoder struct {
	*Envelope
	objects map[int]*document.Node
}

func (v *Envelope) look(r Response) decoder {
	d := decoder{Envelope: v, objects: map[int]*document.Node{}}
	if len(r.Body) > MaxBody {
		return d
	}
	body, err := document.ParseJSON(bytes.TrimPrefix(r.Body, []byte("\ufeff")))
	if err != nil {
		return d
	}
	d.objects[0] = body
	for _, s := range v.Steps {
		found := d.objects[s.Parent].Get(s.Key)
		if s.Array {
			found = first(found, s.Has)
		}
		d.objects[s.Number] = found
	}
	return d
}

// at returns what stands where a value should, or nil.
func (d *decoder) at(r *Read) *document.Node {
	if r == nil {
		return nil
	}
	return present(d.objects[r.Number].Get(r.Key))
}

func (d *decoder) details(r *Read) *document.Node {
	if r == nil || !r.Spread {
		return d.at(r)
	}
	var rest []document.Member
	for key, value := range d.objects[r.Number].Members() {
		if !slices.Contains(r.Own, key.Text) {
			rest = append(rest, document.Member{Key: key.Text, Value: value})
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return document.NewMap(rest...)
}

// isMarked reports whether a body with a code in it is an error, although a success has the same status. Where nothing
// tells them apart, the catalog's codes do: {"code": "EUR"} is a success.
func (d *decoder) isMarked(isKnown bool) bool {
	for _, m := range d.Marks {
		if !sameScalar(d.objects[m.Number].Get(m.Key), m.JSON) {
			return false
		}
	}
	return isKnown || d.IsMarked()
}

// sameScalar compares what came with a constant. Null and nothing are the same.
func sameScalar(got, want *document.Node) bool {
	got, want = present(got), present(want)
	switch {
	case got == nil || want == nil:
		return got == want
	case got.Kind == document.Number && want.Kind == document.Number:
		a, _ := strconv.ParseFloat(got.Text, 64)
		b, _ := strconv.ParseFloat(want.Text, 64)
		return a == b
	}
	return got.Kind == want.Kind && isScalar(got) && got.Text == want.Text
}

// first returns the first object of a list with a code at path, or else its first object: a server may send several
// errors, and other objects before them. Nil if there is none.
func first(list *document.Node, path []string) *document.Node {
	var found *document.Node
	for item := range list.Items() {
		switch {
		case item.Kind != document.Map:
		case len(path) > 0 && hasCode(item, path):
			return item
		case found == nil:
			found = item
		}
	}
	return found
}

// hasCode reports whether there is a code at the end of a path, in some object of each list on the way.
func hasCode(n *document.Node, path []string) bool {
	if len(path) == 0 {
		return codeText(n) != ""
	}
	for item := range n.Items() {
		if item.Kind == document.Map && hasCode(item, path) {
			return true
		}
	}
	return hasCode(n.Get(path[0]), path[1:])
}

// text returns the text of a value, or "" if it is none.
func text(n *document.Node) string {
	if n == nil || n.Kind != document.String {
		return ""
	}
	return n.Text
}

// codeText returns a code as text, or "" if there is none: "40101", 40101, 40101.0 and 4.0101e4 are one code.
func codeText(n *document.Node) string {
	if n == nil || n.Kind != document.Number {
		return text(n)
	}
	f, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > safe {
		return ""
	}
	return strconv.FormatInt(int64(f), 10)
}

// trim takes away what stands around a code. A code without it is kept as it is: a client sees what was sent. Nothing
// inside is no code, as an encoder sends that.
func (r *Read) trim(code string) string {
	inner := strings.TrimSuffix(strings.TrimPrefix(code, r.Prefix), r.Suffix)
	if r.Prefix+inner+r.Suffix != code {
		return code
	}
	return inner
}

// delay reads a number of seconds or milliseconds that is not negative, and not more than a Duration can hold.
func delay(n *document.Node, r *Read) time.Duration {
	if n == nil || n.Kind != document.Number {
		return 0
	}
	number, err := strconv.ParseFloat(n.Text, 64)
	nanoseconds := number * float64(unitOf(r.As))
	if err != nil || nanoseconds < 0 || nanoseconds >= math.MaxInt64 {
		return 0
	}
	return time.Duration(nanoseconds)
}

// delayOf reads up to 9 digits of seconds (RFC 9110 section 10.2.3). A date there says nothing without a clock.
func delayOf(header string) time.Duration {
	seconds, err := strconv.ParseUint(header, 10, 32)
	if err != nil || len(header) > 9 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

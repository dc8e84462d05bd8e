package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// bodies are what error responses have in common, and where their codes are.
type bodies struct {
	whole        *shape
	contentTypes []string
	path         string // of the code: error.code, errors[].code
	written      bool   // they are from schemas: what is constant there is so for good
}

func (b *bodies) add(s *shape, contentType string) {
	b.whole = merged(b.whole, s)
	if kind := capture.MediaType(contentType); !slices.Contains(b.contentTypes, kind) {
		b.contentTypes = append(b.contentTypes, kind)
	}
}

// What members of an envelope are called, folded.
var envelopeNames = map[string]string{
	"message": "{message}", "msg": "{message}", "errormessage": "{message}", "errordescription": "{message}",
	"description": "{message}", "title": "{title}", "status": "{status}", "statuscode": "{status}",
	"httpstatus": "{status}", "httpstatuscode": "{status}", "httpcode": "{status}", "requestid": "{requestId}",
	"traceid": "{requestId}", "correlationid": "{requestId}", "docurl": "{docsURL}", "docsurl": "{docsURL}",
	"documentationurl": "{docsURL}", "moreinfo": "{docsURL}", "helpurl": "{docsURL}", "docs": "{docsURL}",
	"retryafter": "{retryAfter}", "details": "{details}", "data": "{details}", "metadata": "{details}",
	"context": "{details}", "params": "{details}",
}

// mayLack are placeholders whose members not every body has.
var mayLack = []string{"{requestId}", "{details}", "{retryAfter}", "{docsURL}", "{title}"}

// envelope returns the envelope that all bodies agree on, in a catalog's own terms. The error says why there is none
// that is certain.
func (b *bodies) envelope() (*document.Node, error) {
	if len(b.contentTypes) != 1 {
		return nil, fmt.Errorf("there are several content types, %s", diag.And(b.contentTypes))
	}
	contentType := b.contentTypes[0]
	if contentType == "application/problem+json" && b.isProblem() {
		return document.NewString("problem"), nil
	}
	e := &enveloper{bodies: b, used: map[string]bool{}}
	body := e.object(b.whole, "")
	if e.wrong == nil && !e.used["{code}"] {
		e.wrong = fmt.Errorf("the code is not where one error has it")
	}
	if e.wrong != nil {
		return nil, e.wrong
	}
	envelope := document.NewMap()
	if contentType != "application/json" && contentType != "" {
		envelope.Add("contentType", document.NewString(contentType))
	} else if fitsDefault(body) {
		body = wire.Default().Written()
	}
	return envelope.Add("body", body), nil
}

// fitsDefault reports whether a body is that of the default envelope, maybe without what is left out at times.
func fitsDefault(body *document.Node) bool {
	inner, success := body.Get("error"), body.Get("success")
	if inner == nil || success == nil || body.Len() != 2 || spell(success) != "false" {
		return false
	}
	for key, value := range inner.Members() {
		if value.Text != "{"+key.Text+"}" {
			return false
		}
	}
	return inner.Str("code") == "{code}" && inner.Str("message") == "{message}"
}

// ownEnvelope returns the envelope as a catalog has it: nil for the default one, and where none is certain.
func (a *about) ownEnvelope() *document.Node {
	if a.differ || fitsDefault(a.envelope.Get("body")) && a.envelope.Get("contentType") == nil {
		return nil
	}
	return a.envelope
}

// isProblem reports whether bodies are those of RFC 9457 with a code; other members are details there.
func (b *bodies) isProblem() bool {
	is := func(key, kind string) bool {
		m := b.whole.members[key]
		return m != nil && m.kind == kind
	}
	for key := range b.whole.members {
		if envelopeNames[fold(key)] == "{details}" { // details are beside the code there, and not in a member
			return false
		}
	}
	return b.path == "code" && is("detail", "string") && is("title", "string") && is("status", "number")
}

// enveloper makes an envelope of a shape.
type enveloper struct {
	*bodies
	used  map[string]bool
	wrong error
}

func (e *enveloper) fail(path, why string) *document.Node {
	if e.wrong == nil {
		e.wrong = fmt.Errorf("%s %s", diag.Visible(path), why)
	}
	return nil
}

func (e *enveloper) object(s *shape, at string) *document.Node {
	if s == nil || s.kind != "object" {
		return e.fail(strings.TrimSuffix(at, "."), "is no object in every body")
	}
	body := document.NewMap()
	for _, key := range s.keys {
		if value := e.member(s.members[key], key, at+key); value != nil {
			body.Add(key, value)
		}
	}
	return body
}

// member says what one member is: the way to the code, a placeholder, or a constant.
func (e *enveloper) member(s *shape, key, path string) *document.Node {
	all := e.whole.count
	switch {
	case path == e.path:
		if s.count < all {
			return e.fail(path, fmt.Sprintf("is in %d of %d bodies", s.count, all))
		}
		if s.kind == "number" {
			return e.use("{code as integer}", path)
		}
		return e.use("{code}", path)
	case strings.HasPrefix(e.path, path+"."):
		return e.object(s, path+".")
	case strings.HasPrefix(e.path, path+"[]."):
		if s.item == nil || s.kind != "array" {
			return e.fail(path, "is no list in every body")
		}
		if item := e.object(s.item, path+"[]."); item != nil {
			return document.NewList(item)
		}
		return nil
	}
	return e.beside(s, key, path, all)
}

// beside says what a member is that is not on the way to the code.
func (e *enveloper) beside(s *shape, key, path string, all int) *document.Node {
	name := envelopeNames[fold(key)]
	isLeaf := s.kind == "string" || s.kind == "number"
	switch {
	case s.constant != nil && (e.written || s.kind == "boolean") && s.count == all && name != "{message}":
		return s.constant // of traffic, text that never differed may do so in the next answer
	case name == "{details}" && s.kind == "object", name == "{message}" && s.kind == "string",
		name == "{status}" && s.kind == "number", name == "{retryAfter}" && s.kind == "number",
		slices.Contains([]string{"{title}", "{requestId}", "{docsURL}"}, name) && isLeaf:
	case s.kind == "object" && len(s.keys) > 0:
		return e.object(s, path+".")
	default:
		return e.fail(path, "is nothing that errgen knows by its name")
	}
	if s.count < all && !slices.Contains(mayLack, name) {
		return e.fail(path, fmt.Sprintf("is in %d of %d bodies", s.count, all))
	}
	return e.use(name, path)
}

// use takes a placeholder, each but once.
func (e *enveloper) use(placeholder, path string) *document.Node {
	name := "{" + strings.Fields(strings.Trim(placeholder, "{}"))[0] + "}"
	if e.used[name] {
		return e.fail(path, "may be a second "+name)
	}
	e.used[name] = true
	return document.NewString(placeholder)
}

// envelope takes the envelope of a file if it is certain, and agrees with that of files before.
func (r *reader) envelope(b *bodies) {
	envelope, err := b.envelope()
	if err != nil {
		r.note("the envelope is left to you, as " + err.Error() + "; write info.envelope, the body by example")
		return
	}
	agree := true
	if before := r.about.envelope; before != nil {
		envelope, agree = unite(before, envelope)
	}
	if !agree {
		r.note("the envelope is left to you, as files differ in it; write info.envelope, the body by example")
		r.about.differ = true
		return
	}
	r.about.envelope = envelope
}

// unite puts two envelopes together, which may differ only in members that not every body has.
func unite(a, b *document.Node) (*document.Node, bool) {
	if a.Kind != document.Map || b.Kind != document.Map {
		return a, spell(a) == spell(b)
	}
	all := document.NewMap()
	for key, value := range a.Members() {
		other, agree := b.Get(key.Text), slices.Contains(mayLack, value.Text)
		if other != nil {
			value, agree = unite(value, other)
		}
		if !agree {
			return nil, false
		}
		all.Add(key.Text, value)
	}
	for key, value := range b.Members() {
		if a.Get(key.Text) == nil {
			if !slices.Contains(mayLack, value.Text) {
				return nil, false
			}
			all.Add(key.Text, value)
		}
	}
	return all, true
}

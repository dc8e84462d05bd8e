package verify

import (
	"strings"
	"unicode"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/catalog"
)

// router finds the operation that has answered.
type router []route

// route is where an operation is.
type route struct {
	method    string
	segments  []string
	operation *catalog.Operation
}

func newRouter(c *catalog.Catalog, calls []Call) (r router) {
	byKey := map[string]*catalog.Operation{}
	for _, o := range c.Operations {
		byKey[o.Key] = o
		if o.Path != "" {
			r = append(r, route{o.Method, segmentsOf(o.Path), o})
		}
	}
	for _, call := range calls {
		if o := byKey[call.Operation]; o != nil && o.Path == "" {
			r = append(r, route{call.Method, segmentsOf(call.Path), o})
		}
	}
	return r
}

func segmentsOf(path string) []string { return strings.Split(strings.Trim(path, "/"), "/") }

// find returns the operation that a response is of, or nil, and a name for where it comes from. Paths that differ in
// what looks like an id are one.
func (r router) find(response *capture.Response) (o *catalog.Operation, where string) {
	method, path := response.Method, response.Path
	o = r.operation(method, path)
	if o == nil && response.Route != "" {
		method, path = splitRoute(response)
		o = r.operation(method, path)
	}
	switch {
	case o != nil:
		return o, o.Key
	case response.Route != "":
		return nil, strings.TrimSpace(capture.Shorten(method + " " + path))
	case path == "":
		return nil, capture.Shorten(method)
	}
	return nil, strings.TrimSpace(capture.Shorten(method + " " + withoutIDs(path)))
}

// splitRoute takes apart what a router has matched: GET /pets/{id}, or only the path.
func splitRoute(r *capture.Response) (method, path string) {
	method, path, found := strings.Cut(r.Route, " ")
	if !found {
		method, path = r.Method, r.Route
	}
	if at := strings.IndexByte(path, '/'); at > 0 {
		path = path[at:] // behind a host
	}
	return method, strings.TrimSpace(path)
}

// operation returns the operation of a path. An API may be served below a path that its operations do not have.
func (r router) operation(method, path string) *catalog.Operation {
	if path == "" || len(r) == 0 {
		return nil
	}
	segments := segmentsOf(path)
	for base := range segments {
		if o := r.match(method, segments[base:], base == 0); o != nil {
			return o
		}
	}
	return nil
}

// match returns the operation whose path says most of these segments literally, the first ones first.
func (r router) match(method string, segments []string, whole bool) *catalog.Operation {
	var best *catalog.Operation
	bestLiteral := ""
	for _, one := range r {
		if method != "" && !strings.EqualFold(method, one.method) || len(one.segments) != len(segments) {
			continue
		}
		literal, matches := one.literal(segments)
		if isMeant := whole || strings.Contains(literal, "l"); matches && isMeant && (best == nil || literal < bestLiteral) {
			best, bestLiteral = one.operation, literal
		}
	}
	return best
}

// literal reports whether a route matches, and says for each segment whether that is literal, l, or a variable, v.
func (r *route) literal(segments []string) (string, bool) {
	kinds := make([]byte, len(segments))
	for i, segment := range segments {
		pattern := r.segments[i]
		open, end := strings.IndexByte(pattern, '{'), strings.LastIndexByte(pattern, '}')
		switch {
		case open < 0 || end < open:
			kinds[i] = 'l'
			if pattern != segment {
				return "", false
			}
		case len(segment) > open+len(pattern)-end-1 && segment[:open] == pattern[:open] &&
			strings.HasSuffix(segment, pattern[end+1:]):
			kinds[i] = 'v'
		default:
			return "", false
		}
	}
	return string(kinds), true
}

// withoutIDs puts {} for the segments of a path that look like ids.
func withoutIDs(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if isID(segment) {
			segments[i] = "{}"
		}
	}
	return strings.Join(segments, "/")
}

// isID reports whether a segment is a number, or long and has several digits.
func isID(segment string) bool {
	digits := 0
	for _, r := range segment {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits > 0 && digits == len(segment) || digits > 2 && len(segment) >= 8
}

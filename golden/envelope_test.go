package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// oddEnvelopes differ in what clients and servers have to do. They stand in oddCatalog.
var oddEnvelopes = map[string]string{
	"flat":       `{code: "{code}", message: "{message}"}`,
	"code-only":  `{ok: false, error: "{code}"}`,
	"around":     `{type: "urn:{code}:v1", message: "{message}", wait: {ms: "{retryAfter as milliseconds}"}}`,
	"twice":      `{type: "x:{code}", title: "{title}", detail: "{message}", code: "{code}", "...": "{details}"}`,
	"suffix":     `{code: "{code}!", wait: "{retryAfter}", d: "{details}", s: "{status}"}`,
	"null":       `{data: null, code: "{code}", message: "{message}", n: -1.5e+3, big: [], more: {"a\"b": "\n"}}`,
	"low":        `{ok: false, n: 1, none: null, s: "é\"", error: "{code}", "...": "{details}"}`,
	"list-apart": `{code: "{code}", help: [{url: "{docsURL}"}], info: [{text: "{message}", id: "{requestId}"}]}`,
	"spread-apart": `{error: {code: "{code}", list: ["a", {b: 1}]}, rest: {"...": "{details}"},
    meta: {meta: {id: "{requestId}"}, about: "{docsURL}"}}`,
	"deep": `{message: "{message}", issues: [{text: "{title}", details: {coding: [{system: s, code: "{code}"}]}}],
    rest: {"...": "{details}"}}`,
	"own-names": `{"$": "{code}", "__proto__": "{message}", "\\\"\n\u2028%s": {"...": "{details}", "` + "`" + `": "{requestId}"},
    "..": {constructor: [{"a b": "{retryAfter}"}]}, node0: {w: {e: "{docsURL}"}}}`,
}

const oddCatalog = `
version: 1
info:
  title: Odd
  docsURL: https://docs.example.com/errors
  envelope:
    requestIdHeader: Request-Id
    body: %s
categories: {general: {title: General}}
errors:
  KNOWN:
    status: 404
    category: general
    meaning: What is known
    details: {type: object, properties: {a: {type: integer}, b: {type: [array, "null"], items: {type: string}}}}
    examples: [{details: {a: 1, b: null}}, {message: Something else, details: {}}]
  STRICT:
    status: 422
    category: general
    meaning: What has to be there
    details: {type: object, required: [p], properties: {p: {type: string}}}
    examples: [{details: {p: x}}]
  SLOW: {status: 503, category: general, meaning: Wait, retryAfter: true}
`

// generated is a package of Go errors and the catalog that it was made from.
type generated struct {
	catalog *catalog.Catalog
	code    []byte
}

func generatedPackages(t *testing.T) map[string]generated {
	t.Helper()
	packages := map[string]generated{}
	add := func(name string, text, code []byte) {
		packages[name] = generated{load(t, name, text), code}
	}
	for name, path := range goPackages(t) {
		source := name + "/errors.yaml"
		if name == "out" {
			source = "../errors.yaml"
		}
		add(name, readFile(t, source), readFile(t, path))
	}
	for name, text := range oddCatalogs() {
		add(name, text, generate(t, text)["go/apierr/errors.gen.go"])
	}
	return packages
}

func oddCatalogs() map[string][]byte {
	catalogs := map[string][]byte{}
	for name, body := range oddEnvelopes {
		text := fmt.Sprintf(oddCatalog, body)
		if slices.Contains([]string{"flat", "low", "null"}, name) { // marked by nothing, by scalars, and by null too
			text = strings.Replace(text, "status: 404", "status: 200", 1)
		}
		catalogs["odd-"+name] = []byte(text)
	}
	return catalogs
}

// exchange is a response for a client of a package, and what it makes of it.
type exchange struct {
	Package string
	Status  int
	Header  http.Header
	Body    []byte
	Seen    *seenError // nil: no error
	Left    []byte     // what a reader of the response still gets

	name string
}

// seenError is what a client of a package sees, and what it sends on.
type seenError struct {
	Code, Message, RequestID string
	Status                   int
	RetryAfter               time.Duration
	RawDetails               []byte
	IsTyped                  bool
	Sent                     sentError // the error as it was received
	Changed                  []byte    // the body with another message
	Typed                    []byte    // the body of an error that was made with the typed details
}

type sentError struct {
	Status int
	Header http.Header
	Body   []byte
}

// Each generated package reads and writes what the package wire does, for all envelopes and all bodies, odd ones too.
// What it decodes it writes as it came, with the same status.
func TestGoFollowsEnvelopes(t *testing.T) {
	t.Parallel()
	packages := generatedPackages(t)
	var all []exchange
	tried := map[string]bool{} // odd bodies need no second package with the same envelope
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		c := packages[name].catalog
		envelope := string(jsonOf(c.Envelope.Written()))
		all = append(all, exchanges(name, c, !tried[envelope])...)
		tried[envelope] = true
	}
	received := len(all)
	all = exchangeInGo(t, packages, append(all, vectorExchanges(t)...))
	for _, x := range all[:received] {
		compareExchange(t, packages[x.Package].catalog, x)
	}
	compareReturned(t, all[received:])
	if len(all) < 20_000 {
		t.Errorf("there are only %d responses", len(all))
	}
}

// exchanges returns the responses to try: those that a server of the catalog sends, and odd ones.
func exchanges(name string, c *catalog.Catalog, odd bool) []exchange {
	var all []exchange
	add := func(what string, status int, body []byte) {
		header := http.Header{}
		if len(all)%3 == 1 {
			header.Set(c.Envelope.RequestIDHeader, "header")
			header.Set("Retry-After", "7")
		}
		all = append(all, exchange{Package: name, name: what, Status: status, Body: body, Header: header})
	}
	for _, e := range c.Errors[:min(len(c.Errors), 30)] {
		add("plain", c.Sent(e, nil).Status, jsonOf(c.Envelope.Encode(c.Sent(e, nil))))
		for i := range e.Examples {
			sent := c.Sent(e, &e.Examples[i])
			add("example", sent.Status, jsonOf(c.Envelope.Sample(sent)))
		}
	}
	if odd {
		for _, x := range all[:min(len(all), 3)] {
			for _, body := range oddBodies(x.Body) {
				add("odd", 418, body)
			}
		}
	}
	for _, x := range slices.Clone(all) {
		all = append(all, successes(c, x)...)
	}
	if odd {
		add("long", 418, append(bytes.Clone(all[0].Body), bytes.Repeat([]byte(" "), wire.MaxBody)...))
		all = append(all, successes(c, all[len(all)-1])[0])
	}
	return all
}

// successes returns a response with statuses that a success may have.
func successes(c *catalog.Catalog, x exchange) []exchange {
	contentTypes, statuses := []string{"application/problem+JSON"}, []int{200}
	if len(c.Envelope.LowStatuses) > 0 {
		contentTypes = append(contentTypes, "", "text/csv")
		statuses = append(slices.Clone(c.Envelope.LowStatuses), 204)
	}
	var all []exchange
	for _, contentType := range contentTypes {
		for _, status := range statuses {
			success := x
			success.Status, success.Header = status, x.Header.Clone()
			success.Header.Set("Content-Type", contentType)
			all = append(all, success)
		}
	}
	return all
}

// oddBodies returns bodies that are almost right: each part of one is replaced by each of some values, or left out.
func oddBodies(body []byte) [][]byte {
	right := string(body)
	var all [][]byte
	for _, odd := range []string{
		"", "<html>", "null", `"text"`, "[]", "7", "{}", right + " {}", right[:len(right)-1], "\ufeff" + right,
		" \t\r\n" + strings.ReplaceAll(right, ",", " ,\n ") + " ", "[" + right + "]", "\v" + right,
		strings.Replace(right, "{", `{"more": {"code": "x"}, "more": [1.0, "\u00e9\ud83d\ude00"], `, 1),
	} {
		all = append(all, []byte(odd))
	}
	n, _ := document.ParseJSON(body)
	for _, odd := range replaced(n) {
		all = append(all, jsonOf(odd))
	}
	return all
}

var oddParts = []string{
	"null", "true", "false", "0", "-0.0", "1", "1.5", "40101.0", "4.0101e4", "9007199254740991", "9007199254740992",
	"1e999", "-7", `"x"`, `""`, `"\u0041\n"`, `" "`, `"1"`, `"urn:x"`, `"urn::v1"`, `"x:"`, "[]", "{}", "[{}]", `["x"]`,
	`[null, 7, {"code": "A"}]`, `{"code": "A", "x": [1, null]}`, `{"issues": [{"coding": [{}]}]}`,
}

// replaced returns what comes of a value when all of it, or a part, is another.
func replaced(n *document.Node) []*document.Node {
	var all []*document.Node
	for _, odd := range oddParts {
		part, err := document.ParseJSON([]byte(odd))
		if err != nil {
			panic(err)
		}
		all = append(all, part)
	}
	switch n.Kind {
	case document.Map:
		for i := range n.Len() {
			all = append(all, withMember(n, i))
			for _, part := range replaced(n.Item(i)) {
				all = append(all, withMember(n, i, document.Member{Key: n.Key(i).Text, Value: part}))
			}
		}
	case document.List:
		for i := range n.Len() {
			for _, part := range replaced(n.Item(i)) {
				all = append(all, document.NewList(part), document.NewList(part, n.Item(i)), document.NewList(n.Item(i), part))
			}
		}
	}
	return all
}

// withMember puts members in the place of one.
func withMember(n *document.Node, i int, members ...document.Member) *document.Node {
	var all []document.Member
	for j := range n.Len() {
		if j == i {
			all = append(all, members...)
		} else {
			all = append(all, document.Member{Key: n.Key(j).Text, Value: n.Item(j)})
		}
	}
	return document.NewMap(all...)
}

func jsonOf(n *document.Node) []byte {
	text, _ := n.MarshalJSON()
	return text
}

func compareExchange(t *testing.T, c *catalog.Catalog, x exchange) {
	t.Helper()
	failed := func(what string, got, want any) {
		t.Errorf("%s, %s, status %d, %v, %.300s\n%s: got %s\nwant %s", x.Package, x.name, x.Status, x.Header, x.Body, what,
			got, want)
	}
	want, isError := c.Envelope.Decode(wire.Response{Status: x.Status, Header: x.Header.Get, Body: x.Body}, known(c))
	if x.Status < 400 && !bytes.Equal(x.Left, x.Body) {
		failed("what is left of the body", x.Left, "all")
	}
	got := x.Seen
	if isError != (got != nil) {
		failed("error", fmt.Sprint(got != nil), fmt.Sprint(isError))
	}
	if !isError || got == nil {
		return
	}
	line := func(code, message, requestID string, status int, wait time.Duration) string {
		return fmt.Sprintf("%q %q %q %d %v", code, message, requestID, status, wait)
	}
	gotLine := line(got.Code, got.Message, got.RequestID, got.Status, got.RetryAfter)
	wantLine := line(want.Code, want.Message, want.RequestID, want.Status, want.RetryAfter)
	if gotLine != wantLine {
		failed("error", gotLine, wantLine)
	}
	var details []byte
	if want.Details != nil {
		details = jsonOf(want.Details)
	}
	if !sameJSON(got.RawDetails, details) {
		failed("raw details", got.RawDetails, details)
	}
	compareSent(t, c, x, want, failed)
}

// compareSent holds what is written against what the envelope says.
func compareSent(t *testing.T, c *catalog.Catalog, x exchange, e wire.Error, failed func(what string, got, want any)) {
	t.Helper()
	got, came := x.Seen, bytes.TrimPrefix(x.Body, []byte("\ufeff"))
	if n, err := document.ParseJSON(came); err != nil || n.Kind != document.Map {
		came = jsonOf(c.Envelope.Encode(e))
	}
	if !sameJSON(got.Sent.Body, came) || got.Sent.Status != x.Status {
		failed("sent on", fmt.Sprintf("%d %s", got.Sent.Status, got.Sent.Body), came)
	}
	if id := got.Sent.Header.Get(c.Envelope.RequestIDHeader); id != e.RequestID {
		failed("request id that is sent", id, e.RequestID)
	}
	if contentType, _, _ := strings.Cut(got.Sent.Header.Get("Content-Type"), ";"); contentType != c.Envelope.ContentType {
		failed("content type", contentType, c.Envelope.ContentType)
	}
	if x.name == "example" && got.IsTyped { // a value that may be null or absent is absent when Go sends it
		typed, want := comparable(valueOf(got.Typed)), comparable(valueOf(jsonOf(c.Envelope.Encode(e))))
		if !reflect.DeepEqual(typed, want) {
			failed("typed", got.Typed, want)
		}
	}
	e.Message += "!"
	if want := jsonOf(c.Envelope.Encode(e)); !sameJSON(got.Changed, want) {
		failed("changed", got.Changed, want)
	}
}

// vectorExchanges returns the vectors of all catalogs as responses, but for those with a date to wait for, which is
// another delay for each who reads it.
func vectorExchanges(t *testing.T) []exchange {
	t.Helper()
	var all []exchange
	for _, c := range catalogs {
		vectors := slices.DeleteFunc(readVectors(t, c.name), func(v vector) bool { return !v.Sees.RetryAt.IsZero() })
		all = append(all, exchangesOf(t, packageOf(c.folder), vectors)...)
	}
	return all
}

// packageOf names the package whose outputs are in a folder.
func packageOf(folder string) string {
	if name := filepath.Base(filepath.Dir(folder)); name != ".." {
		return name
	}
	return "out"
}

// compareReturned holds what is sent on of errors against what came: the body, whatever it has, and the status.
func compareReturned(t *testing.T, all []exchange) {
	t.Helper()
	returned := 0
	for _, x := range all {
		came := bytes.TrimPrefix(x.Body, []byte("\ufeff"))
		n, err := document.ParseJSON(came)
		if err != nil || n.Kind != document.Map || len(x.Body) > wire.MaxBody || x.Seen == nil {
			continue // no body of an error of the API
		}
		returned++
		if sent := x.Seen.Sent; !sameInJavaScript(sent.Body, came) || sent.Status != x.Status {
			t.Errorf("%s: %d %.300s is sent on as %d %.300s", x.Package, x.Status, came, sent.Status, sent.Body)
		}
	}
	if returned < len(all)*3/4 {
		t.Errorf("%d of %d are sent on", returned, len(all))
	}
}

// known returns what a catalog says of a code.
func known(c *catalog.Catalog) func(code string) (wire.Error, bool) {
	return func(code string) (wire.Error, bool) {
		for _, e := range c.Errors {
			if e.Code == code {
				return c.Sent(e, nil), true
			}
		}
		return wire.Error{}, false
	}
}

// sameJSON compares two JSON texts, or nothing.
func sameJSON(a, b []byte) bool {
	return bytes.Equal(a, b) || len(a)*len(b) > 0 && reflect.DeepEqual(valueOf(a), valueOf(b))
}

func valueOf(text []byte) (value any) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return err
	}
	return value
}

// exchangeInGo has a program with all packages receive the responses.
func exchangeInGo(t *testing.T, packages map[string]generated, all []exchange) []exchange {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), []byte("module example.com/generated\n\ngo 1.22\n"))
	program := string(readFile(t, "wire/client.go.txt"))
	shared, perPackage, _ := strings.Cut(program, "// ---\n")
	writeFile(t, filepath.Join(dir, "main.go"), []byte(shared))
	for name, p := range packages {
		writeFile(t, filepath.Join(dir, name, "apierr", "errors.gen.go"), p.code)
		file := strings.ReplaceAll(perPackage, "NAME", name)
		writeFile(t, filepath.Join(dir, strings.ReplaceAll(name, "_", "-")+"-package.go"), []byte(file))
	}
	input, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "client")
	if out, err := run(dir, "go", "build", "-o", binary, "."); err != nil {
		t.Fatalf("%v\n%.4000s", err, out)
	}
	var words bytes.Buffer
	cmd := exec.Command(binary)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), &words
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%.4000s", err, &words)
	}
	var seen []exchange
	fromJSON(t, output, &seen)
	for i := range seen {
		seen[i].name = all[i].name
	}
	return seen
}

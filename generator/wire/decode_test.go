package wire

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/document"
)

// Envelopes that differ in what decoders have to do.
var envelopes = map[string]string{
	"default": `body: {success: false,
  error: {code: "{code}", message: "{message}", details: "{details}", requestId: "{requestId}"}}`,
	"nested": `body: {error: {type: "{category}", code: "{code}", message: "{message}", doc_url: "{docsURL}",
  "...": "{details}"}}`,
	"problem": `body: {type: "x:{code}", title: "{title}", status: "{status}", detail: "{message}", code: "{code}",
  "...": "{details}"}`,
	"list": `body: {errors: [{status: "{status as string}", code: "{code}", detail: "{message}", "...": "{details}",
  meta: {requestId: "{requestId}"}}]}`,
	"number": `body: {code: "{code as integer}", message: "{message}", details: "{details}", wait: "{retryAfter}"}`,
	"around": `body: {type: "urn:{code}:v1", message: "{message}", wait: {ms: "{retryAfter as milliseconds}"}}`,
	"deep": `body: {message: "{message}", issues: [{text: "{title}", details: {coding: [{system: s, code: "{code}"}]}}],
  rest: {"...": "{details}"}}`,
	"low":  `body: {ok: false, n: 1, none: null, error: "{code}", "...": "{details}"}`,
	"null": `body: {data: null, code: "{code}", message: "{message}"}`,
	"flat": `body: {code: "{code}", message: "{message}"}`,
}

func parsed(t testing.TB, name string) *Envelope {
	v := envelope(t, envelopes[name])
	v.LowStatuses = []int{200, 202}
	return v
}

// What the catalog of these tests knows.
func catalogOf(code string) (Error, bool) {
	if code == "KNOWN" || code == "20404" {
		return Error{Message: "What is known", Title: "Known", Category: "general", DocsURL: "https://example.com"}, true
	}
	return Error{}, false
}

// TestOddBodies holds what comes of bodies that are not as the envelope says: nothing of the error is lost.
func TestOddBodies(t *testing.T) {
	for _, c := range []struct{ envelope, body, want string }{
		{"default", ``, "message: HTTP 418"},
		{"default", `<html>`, "message: HTTP 418"},
		{"default", `null`, "message: HTTP 418"},
		{"default", `"text"`, "message: HTTP 418"},
		{"default", `[{"error": {"code": "A"}}]`, "message: HTTP 418"},
		{"default", `{"error": {"code": "A", "message": "m"}} {}`, "message: HTTP 418"},
		{"default", `{"error": {"code": "A", "message": "m"`, "message: HTTP 418"},
		{"default", "\ufeff" + `{"error": {"code": "A", "message": "m"}}`, "code: A, message: m"},
		{"default", `{"success": true, "error": {"code": "A", "message": "m"}}`, "code: A, message: m"},
		{"default", `{"error": {"message": "No such thing", "requestId": "r"}}`, "message: No such thing, requestId: r"},
		{"default", `{"error": {"code": "", "message": "m", "details": {"a": 1}}}`, "message: m"},
		{"default", `{"error": {"code": null, "message": null, "requestId": 7}}`, "message: HTTP 418"},
		{"default", `{"error": {"code": "KNOWN", "message": ""}}`, "code: KNOWN, message: What is known"},
		{"default", `{"error": {"code": "A", "message": "m", "details": null}}`, "code: A, message: m"},
		{"default", `{"error": {"code": "A", "message": "m", "details": [1.0, "x"]}}`,
			`code: A, message: m, details: [1.0,"x"]`},
		{"default", `{"error": {"code": "A", "code": "B", "message": "m"}}`, "code: B, message: m"},
		{"nested", `{"error": "text"}`, "message: HTTP 418"},
		{"nested", `{"error": {"code": 40101.0, "message": "Number"}}`, "code: 40101, message: Number"},
		{"nested", `{"error": {"code": true, "message": 7}}`, "message: HTTP 418"},
		{"nested", `{"error": {"code": {"a": 1}, "message": "m"}}`, "message: m"},
		{"nested", `{"error": {"code": "new", "message": "New", "x": 1, "y": null, "doc_url": 7}}`,
			`code: new, message: New, details: {"x":1,"y":null}`},
		{"problem", `{"title": "Bad gateway", "status": 502, "detail": "Upstream failed"}`, "message: Upstream failed"},
		{"problem", `{"code": "KNOWN"}`, "code: KNOWN, message: What is known"},
		{"problem", `{"type": "x:A", "code": "B", "detail": "d", "articles": "wrong"}`,
			`code: B, message: d, details: {"articles":"wrong"}`},
		{"problem", `[]`, "message: HTTP 418"},
		{"list", `{"errors": []}`, "message: HTTP 418"},
		{"list", `{"errors": [{"detail": "no code"}, {"code": "KNOWN", "detail": "second"}]}`,
			"code: KNOWN, message: second"},
		{"list", `{"errors": [{"detail": "no code"}, {"detail": "nor here"}]}`, "message: no code"},
		{"list", `{"errors": [{"code": true, "detail": "a"}, {"code": "", "detail": "b"}, {"code": 7, "detail": "c"}]}`,
			"code: 7, message: c"},
		{"list", `{"errors": [null, 7, {"code": "A", "detail": "b"}]}`, "code: A, message: b"},
		{"list", `{"errors": [null, {"detail": "b", "meta": {"requestId": "r"}}]}`, "message: b, requestId: r"},
		{"list", `{"errors": {"code": "A"}}`, "message: HTTP 418"},
		{"list", `{"errors": [{"code": "KNOWN", "detail": null}]}`, "code: KNOWN, message: What is known"},
		{"number", `{"code": "20404", "message": "as text"}`, "code: 20404, message: as text"},
		{"number", `{"code": 2.0404e4}`, "code: 20404, message: What is known"},
		{"number", `{"code": 20404.5, "message": "no integer"}`, "message: no integer"},
		{"number", `{"code": 99999999999999999999, "message": "big"}`, "message: big"},
		{"number", `{"code": 9007199254740992, "message": "big"}`, "message: big"},
		{"number", `{"code": 1e999, "message": "infinite"}`, "message: infinite"},
		{"number", `{"code": 0, "message": "zero"}`, "code: 0, message: zero"},
		{"number", `{"code": -0.0, "message": "zero"}`, "code: 0, message: zero"},
		{"number", `{"code": -32601, "message": "negative"}`, "code: -32601, message: negative"},
		{"number", `{"code": "007", "message": "text"}`, "code: 007, message: text"},
		{"number", `{"message": "m", "wait": 1.5}`, "message: m, retryAfter: 1.5s"},
		{"number", `{"message": "m", "wait": -1}`, "message: m"},
		{"number", `{"message": "m", "wait": 1e99}`, "message: m"},
		{"number", `{"message": "m", "wait": "5"}`, "message: m"},
		{"around", `{"type": "urn:A:v1", "message": "m", "wait": {"ms": 250}}`, "code: A, message: m, retryAfter: 250ms"},
		{"around", `{"type": "urn:A", "message": "m"}`, "code: urn:A, message: m"},
		{"around", `{"type": "urn::v1"}`, "message: HTTP 418"},
		{"around", `{"type": "about:blank", "wait": [1]}`, "code: about:blank, message: HTTP 418"},
		{"deep", `{"message": "m", "issues": [{"details": {"coding": [{}]}}, {"details": {"coding": [{}, {"code": "A"}]}}]}`,
			"code: A, message: m"},
		{"deep", `{"issues": [{"details": {"coding": [[{"code": "A"}]]}}, {"details": {"coding": [{"code": "B"}]}}]}`,
			"code: B, message: HTTP 418"},
		{"deep", `{"issues": [{"details": {"coding": [["code"], {"code": []}]}}], "rest": {"a": 1}}`, "message: HTTP 418"},
		{"deep", `{"issues": [{"details": {"coding": [{"code": "A"}]}}], "rest": {"a": 1}}`,
			`code: A, message: HTTP 418, details: {"a":1}`},
		{"deep", `{"issues": [{"details": {"coding": [{"code": "A"}]}}], "rest": [1]}`, `code: A, message: HTTP 418`},
		{"low", `{"ok": true, "error": "A"}`, "code: A, message: HTTP 418"},
	} {
		e, isError := parsed(t, c.envelope).Decode(Response{Status: 418, Body: []byte(c.body)}, catalogOf)
		if got := oneLine(e); got != c.want || !isError || string(e.Body) != c.body || e.Status != 418 {
			t.Errorf("%s: %s: got %s, want %s", c.envelope, c.body, got, c.want)
		}
	}
}

func oneLine(e Error) string {
	return strings.ReplaceAll(strings.TrimSuffix(said(e), "\n"), "\n", ", ")
}

func TestHugeBodies(t *testing.T) {
	v := Default()
	const begin = `{"error":{"message":"m","code":"A","details":`
	for body, want := range map[string]string{
		begin + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `}}`:     "A",
		begin + strings.Repeat("[", 500_000) + strings.Repeat("]", 500_000) + `}}`: "",
		begin + `1}}` + strings.Repeat(" ", MaxBody):                               "",
		begin + `[` + strings.Repeat("1,", 500_000) + `1]}}`:                       "A",
	} {
		e, _ := v.Decode(Response{Status: 400, Body: []byte(body)}, nil)
		if e.Code != want || len(e.Body) != len(body) || e.Message == "" {
			t.Errorf("%.60s…: code %q, message %q", body, e.Code, e.Message)
		}
	}
}

func TestHeaders(t *testing.T) {
	for _, c := range []struct{ body, headers, want string }{
		{`{}`, "X-Request-Id: r, Retry-After: 30", "message: HTTP 418, requestId: r, retryAfter: 30s"},
		{`{"wait": 2}`, "Retry-After: 30", "message: HTTP 418, retryAfter: 2s"},
		{`{"wait": 0}`, "Retry-After: 1234567890", "message: HTTP 418"},
		{`{}`, "Retry-After: -1", "message: HTTP 418"},
		{`{}`, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT", "message: HTTP 418"},
	} {
		e, _ := parsed(t, "number").Decode(Response{Status: 418, Header: headers(c.headers), Body: []byte(c.body)}, nil)
		if got := oneLine(e); got != c.want {
			t.Errorf("%s, %s: got %s, want %s", c.body, c.headers, got, c.want)
		}
	}
	body := []byte(`{"error":{"requestId":"of the body"}}`)
	r := Response{Status: 400, Header: headers("X-Request-Id: of the header"), Body: body}
	if e, _ := Default().Decode(r, nil); e.RequestID != "of the body" {
		t.Error(e.RequestID)
	}
}

func headers(text string) func(string) string {
	return func(name string) string {
		_, value, _ := strings.Cut(text, name+": ")
		value, _, _ = strings.Cut(value, ", R")
		return value
	}
}

// Below 400 a response may be a success, which no client may take for an error.
func TestErrorsAndSuccesses(t *testing.T) {
	for _, c := range []struct {
		envelope string
		status   int
		headers  string
		body     string
		code     string // empty: a success
	}{
		{"low", 200, "", `{"ok": false, "n": 1.0, "none": null, "error": "A"}`, "A"},
		{"low", 202, "Content-Type: Application/JSON; charset=utf-8", `{"ok": false, "n": 1, "error": "A"}`, "A"},
		{"low", 201, "", `{"ok": false, "n": 1, "error": "A"}`, ""},
		{"low", 200, "Content-Type: text/csv", `{"ok": false, "n": 1, "error": "A"}`, ""},
		{"low", 200, "", `{"ok": true, "n": 1, "error": "A"}`, ""},
		{"low", 200, "", `{"ok": false, "n": 2, "error": "A"}`, ""},
		{"low", 200, "", `{"ok": false, "n": 1, "none": 0, "error": "A"}`, ""},
		{"low", 200, "", `{"ok": "false", "n": 1, "error": "A"}`, ""},
		{"low", 200, "", `{"ok": false, "n": "1", "error": "A"}`, ""},
		{"low", 200, "", `{"n": 1, "error": "A"}`, ""},
		{"low", 200, "", `{"ok": false, "n": 1}`, ""},
		{"low", 200, "", `not JSON`, ""},
		{"low", 200, "", ``, ""},
		{"low", 200, "", `{"ok": false, "n": 1, "error": "` + strings.Repeat("A", MaxBody) + `"}`, ""},
		{"list", 200, "", `{"errors": [{"code": "A"}]}`, "A"},
		{"list", 200, "", `{"errors": []}`, ""},
		{"list", 200, "", `{"errors": [{"detail": "a warning"}]}`, ""},
		{"flat", 200, "", `{"code": "EUR"}`, ""},
		{"flat", 200, "", `{"code": "KNOWN"}`, "KNOWN"},
		{"null", 200, "", `{"code": "EUR"}`, ""},
		{"null", 200, "", `{"code": "KNOWN"}`, "KNOWN"},
		{"null", 200, "", `{"code": "KNOWN", "data": null}`, "KNOWN"},
		{"null", 200, "", `{"code": "KNOWN", "data": {}}`, ""},
		{"flat", 404, "", `{"code": "EUR"}`, "EUR"},
		{"flat", 302, "", `{"code": "KNOWN"}`, ""},
		{"flat", 599, "Content-Type: text/html", `<html>`, "none"},
	} {
		r := Response{Status: c.status, Header: headers(c.headers), Body: []byte(c.body)}
		e, isError := parsed(t, c.envelope).Decode(r, catalogOf)
		if isError != (c.code != "") || e.Code != strings.TrimPrefix(c.code, "none") {
			t.Errorf("%s: %d %s %.60s: got %v %q", c.envelope, c.status, c.headers, c.body, isError, e.Code)
		}
		if !isError && e.Message != "" {
			t.Errorf("%s: a success says %q", c.body, e.Message)
		}
	}
}

// FuzzDecode holds that a decoded error says something and keeps its body, and that encoded it comes back as it was.
func FuzzDecode(f *testing.F) {
	var all []*Envelope
	for _, name := range slices.Sorted(maps.Keys(envelopes)) {
		all = append(all, parsed(f, name))
	}
	for _, body := range []string{
		``, `null`, `{"code":-0,"message":"","wait":0.4}`, `{"type":"urn:A:v1","wait":{"ms":0.1}}`,
		`{"error":{"code":"A","message":"m","details":{"a":[1.0,null]},"requestId":"r"}}`,
		`{"errors":[null,{"detail":"x"},{"code":"A","meta":{"requestId":"r"},"meta":1}]}`,
		`{"issues":[{"details":{"coding":[[],{"code":"\ud800"}]}}],"rest":{"":1,"...":2}}`,
		`{"ok":false,"n":1e0,"error":"A","n2":1E400}`, "\ufeff{\"code\":\"KNOWN\",\"code\":1e3}",
	} {
		for i := range all {
			f.Add(uint8(i), uint16(200), []byte(body))
			f.Add(uint8(i), uint16(400), []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, status uint16, body []byte) {
		v := all[int(which)%len(all)]
		r := Response{Status: int(status), Body: body}
		e, isError := v.Decode(r, catalogOf)
		if isError != (e.Message != "") || status >= 400 && !isError || string(e.Body) != string(body) && isError {
			t.Fatalf("%v, message %q", isError, e.Message)
		}
		if !isError {
			return
		}
		sent := printed(v.Encode(e))
		if _, err := document.ParseJSON([]byte(sent)); err != nil {
			t.Fatalf("%s: %v", sent, err)
		}
		if len(sent) > MaxBody {
			return
		}
		again, isError := v.Decode(Response{Status: int(status), Body: []byte(sent)}, catalogOf)
		if !isError || withoutDelay(again) != withoutDelay(e) || again.RetryAfter < e.RetryAfter {
			t.Fatalf("got\n%s, then\n%s of\n%s", said(e), said(again), sent)
		}
	})
}

// withoutDelay leaves out what an encoder rounds.
func withoutDelay(e Error) string {
	e.RetryAfter = 0
	return fmt.Sprint(e.Status, said(e))
}

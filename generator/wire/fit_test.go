package wire

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/document"
)

// TestFit says what is not as the envelope has it, and where.
func TestFit(t *testing.T) {
	sent := Error{Code: "A", Status: 418, Category: "general", Title: "T"}
	for _, c := range []struct{ envelope, body, want string }{
		{"default", `{"success": false, "error": {"code": "A", "message": "m", "requestId": null}}`, ""},
		{"default", `{"success": false, "error": {"code": "A"}}`, ""},
		{"default", `{"error": {"code": "A", "message": ""}}`, "success is missing, expected false"},
		{"default", `{"success": true, "trace": 1, "error": {"code": "A", "message": {}, "requestId": 7, "more": {}}}`,
			"success is true, expected false; error.message is a map, expected text; " +
				"error.requestId is the number 7, expected text; +error.more; +trace"},
		{"nested", `{"error": {"type": "other", "code": 7, "message": "m", "doc_url": 1, "detail": 1}}`,
			`error.type is "other", expected "general"; error.code is 7, expected text; ` +
				"error.doc_url is the number 1, expected text"},
		{"nested", `{"error": {"code": "A", "message": "m"}}`, "error.type is missing"},
		{"problem", `{"type": "x:B", "title": "any", "status": 400, "detail": "d", "code": "A"}`,
			`type is "x:B", expected "x:A"; status is 400, and the response came with 418`},
		{"problem", `{"type": "x:A", "title": "any", "status": "418", "detail": "d", "code": "A"}`,
			`status is "418", and the response came with 418`},
		{"problem", `{"type": "x:A", "status": 418.0, "detail": "d", "code": "A"}`, "title is missing"},
		{"list", `{"errors": [7, {"status": "418", "code": "A", "meta": []}]}`,
			"errors[].meta is a list, expected a map"},
		{"list", `{"errors": []}`, "errors is a list without a map in it, expected one for each error"},
		{"list", `{"errors": {"code": "A"}}`, "errors is a map, expected a list"},
		{"number", `{"code": "40", "message": "m", "wait": "1"}`,
			`code is "40", expected a number; wait is "1", expected a number`},
		{"around", `{"type": "A", "message": "m"}`, `type is "A", expected "urn:A:v1"`},
		{"deep", `{"message": "m", "issues": [{"text": "t", "details": {"coding": [{"system": "x", "code": "A"}]}}]}`,
			`issues[].details.coding[].system is "x", expected "s"`},
		{"low", `{"ok": 0, "n": 1.0, "none": 2, "error": "A"}`, "ok is 0, expected false; none is 2, expected null"},
	} {
		body, err := document.ParseJSON([]byte(c.body))
		if err != nil {
			t.Fatal(err)
		}
		fit := parsed(t, c.envelope).Fit(body, sent)
		var got []string
		for _, m := range fit.Misfits {
			got = append(got, fmt.Sprintf("%s %s", m.Path, m.Says))
		}
		for _, path := range fit.Unknown {
			got = append(got, "+"+path)
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.envelope, c.body, got, c.want)
		}
	}
}

// Constants are compared as JSON, whatever the order of keys.
func TestFitOfConstants(t *testing.T) {
	v := envelope(t, `body: {code: "{code}", meta: {a: [1, {b: null}], c: x}}`)
	for body, want := range map[string]int{
		`{"code": "A", "meta": {"c": "x", "a": [1.0, {"b": null}]}}`: 0,
		`{"code": "A", "meta": {"c": "x", "a": [1, {}]}}`:            1,
		`{"code": "A", "meta": {"c": "x", "a": [1]}}`:                1,
		`{"code": "A", "meta": []}`:                                  1,
	} {
		n, _ := document.ParseJSON([]byte(body))
		if fit := v.Fit(n, Error{Code: "A"}); len(fit.Misfits) != want {
			t.Errorf("%s: %v", body, fit)
		}
	}
}

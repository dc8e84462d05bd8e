package wire

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sigsentry/errgen/generator/document"
)

func TestEncodeLeavesOutWhatIsAbsent(t *testing.T) {
	v := envelope(t, `body:
  fixed: {}
  none: null
  list: []
  status: "{status}"
  type: "{category}"
  title: "{title}"
  url: "{docsURL}"
  errors:
  - code: "urn:x:{code}!"
    text: "{message}"
    "...": "{details}"
    meta: {id: "{requestId}", after: "{retryAfter as milliseconds}"}
  help: [{url: "{docsURL}"}]
  after: []`)
	details, _ := document.ParseJSON([]byte(`{"param": null, "text": "not mine", "errors": 7, "...": [1.0]}`))
	for want, e := range map[string]Error{
		`{"fixed":{},"none":null,"list":[],"errors":[{"code":"urn:x:!","text":""}],"after":[]}`: {},
		`{"fixed":{},"none":null,"list":[],"status":404,"type":"c","title":"t","url":"u",` +
			`"errors":[{"code":"urn:x:A!","text":"m","param":null,"errors":7,"...":[1.0],"meta":{"id":"r","after":1500}}],` +
			`"help":[{"url":"u"}],"after":[]}`: {
			Code: "A", Message: "m", Status: 404, Category: "c", Title: "t", DocsURL: "u", RequestID: "r",
			RetryAfter: 1499*time.Millisecond + 1, Details: details,
		},
	} {
		if got := printed(v.Encode(e)); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
	}
}

func TestDetailsInAMember(t *testing.T) {
	v := envelope(t, `body: {code: "{code}", details: "{details}"}`)
	for details, want := range map[string]string{
		"null": `{"code":"A"}`, "{}": `{"code":"A","details":{}}`, "[1]": `{"code":"A","details":[1]}`,
		`{"code":null}`: `{"code":"A","details":{"code":null}}`,
	} {
		n, _ := document.ParseJSON([]byte(details))
		if got := printed(v.Encode(Error{Code: "A", Details: n})); got != want {
			t.Errorf("%s: got %s, want %s", details, got, want)
		}
	}
}

func TestOnlyObjectsAreSpread(t *testing.T) {
	v := envelope(t, `body: {code: "{code}", more: {"...": "{details}"}}`)
	list := document.NewList(document.NewInt(1))
	for _, details := range []*document.Node{nil, document.NewMap(), list, document.NewString("x")} {
		if got := printed(v.Encode(Error{Code: "A", Details: details})); got != `{"code":"A"}` {
			t.Errorf("got %s", got)
		}
	}
}

func TestSampleShowsWhatMayCome(t *testing.T) {
	want := `{"success":false,"error":{"code":"A","message":"m","requestId":"req_4f1c9a"}}`
	if got := printed(Default().Sample(Error{Code: "A", Message: "m"})); got != want {
		t.Errorf("got %s", got)
	}
	v := envelope(t, `body: {code: "{code}", after: "{retryAfter}"}`)
	if got := printed(v.Sample(Error{Code: "A"})); got != `{"code":"A","after":30}` {
		t.Errorf("got %s", got)
	}
}

func TestCodesAsIntegers(t *testing.T) {
	v := envelope(t, `body: {code: "{code as integer}"}`)
	for code, want := range map[string]string{
		"40101": "40101", "-32601": "-32601", "0": "0", "9007199254740991": "9007199254740991",
		// What would come back as another code, or is none of the catalog, is sent as text.
		"007": `"007"`, "-0": `"-0"`, "+1": `"+1"`, "1_0": `"1_0"`, "9007199254740992": `"9007199254740992"`,
		"A": `"A"`, "": `""`,
	} {
		if got := printed(v.Encode(Error{Code: code})); got != `{"code":`+want+`}` {
			t.Errorf("%s is sent as %s", code, got)
		}
	}
}

var hostile = []string{
	"__proto__", "constructor", `"`, `\`, "'", "`", "*/", "<!--", "</script>", "\n", "\r\n", "\x00", "\u2028", "%s",
	"...x", "x-" + strings.Repeat("k", 98), "$ref", "code", "0", "true", "null", "~", "- a", "a: b", " ", "é", "😀",
	"$x", "${{",
}

// Whatever stands in an envelope as a key or a constant is data.
func TestHostileKeysAndConstants(t *testing.T) {
	for _, s := range hostile {
		text, _ := json.Marshal(s) // JSON strings are YAML as well
		v := envelope(t, fmt.Sprintf(`body: {%s: %s, o: {%[1]s: "{code}", l: [{%[1]s: "{message}"}], "...": "{details}"}}`,
			text, strings.ReplaceAll(string(text), "{", "(")))
		detail := document.Member{Key: "p", Value: document.NewString(s)}
		details := document.NewMap(document.Member{Key: s, Value: document.NewInt(1)}, detail)
		sent := printed(v.Encode(Error{Code: s, Message: s, Details: details}))
		e, isError := v.Decode(Response{Status: 400, Body: []byte(sent)}, nil)
		if !isError || e.Code != s || e.Message != s || printed(e.Details) != printed(document.NewMap(detail)) {
			t.Errorf("%q: %+v of %s", s, e, sent)
		}
	}
}

func TestBraces(t *testing.T) {
	for _, text := range []string{"{{", "}}", "{{code}}", "{", "a}b", "{code", "{}"} {
		d := read(t, fmt.Sprintf(`{body: {c: "{code}", m: %q}}`, text))
		if v, found := Parse(d.Root); v != nil || len(found) != 1 {
			t.Errorf("the constant %q: %v", text, found)
		}
		d = read(t, fmt.Sprintf(`{body: {%q: "{code}"}}`, text))
		if v, found := Parse(d.Root); v == nil {
			t.Errorf("the key %q: %v", text, found)
		}
	}
}

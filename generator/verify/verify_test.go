package verify

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

func load(t testing.TB, text string) *catalog.Catalog {
	t.Helper()
	c, found := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if len(found) > 0 {
		t.Fatalf("the catalog is not valid: %v", found)
	}
	return c
}

func parcels(t testing.TB) *catalog.Catalog {
	t.Helper()
	text, err := os.ReadFile("testdata/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return load(t, string(text))
}

// all has every rule at work.
var all = Options{Severities: map[string]diag.Severity{"unknown-member": diag.Warning}}

// look adds a capture to a check.
func look(t testing.TB, c *Check, text string) *Check {
	t.Helper()
	c.Open("c")
	for r, err := range capture.Read("c", strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		c.Add(r)
	}
	return c
}

func check(t testing.TB, text string) *Check {
	t.Helper()
	return look(t, New(parcels(t), all), text)
}

func says(found diag.List) []string {
	var lines []string
	for _, d := range found {
		lines = append(lines, fmt.Sprintf("%s %s:%d: %s", d.Rule, d.Place.File, d.Place.Start.Line, d.Message))
	}
	return lines
}

// An example is one response, broken into lines for people.
func example(text string) string { return strings.ReplaceAll(text, "\n", "") }

func TestExamplesOfEveryRule(t *testing.T) {
	for _, r := range rules {
		bad := check(t, example(r.Bad)).Findings()
		if len(bad) != 1 || bad[0].Rule != r.Name {
			t.Errorf("%s: the bad example gives %q", r.Name, says(bad))
		}
		for _, d := range bad {
			if strings.HasSuffix(d.Message, ".") || d.Hint == "" || d.Place.File == "" {
				t.Errorf("%s: %+v", r.Name, d)
			}
		}
		if good := check(t, example(r.Good)).Findings(); len(good) > 0 {
			t.Errorf("%s: the good example gives %q", r.Name, says(good))
		}
		off := Options{Severities: map[string]diag.Severity{r.Name: diag.Off}}
		if found := look(t, New(parcels(t), off), example(r.Bad)).Findings(); len(found) > 0 {
			t.Errorf("%s: reports while it is off: %q", r.Name, says(found))
		}
	}
}

func TestEveryRuleIsAFileWithItsNameAndItsReason(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var fromFiles, names []string
	for _, f := range files {
		if name := strings.TrimSuffix(f.Name(), ".go"); strings.Contains(name, "-") {
			fromFiles = append(fromFiles, name)
		}
	}
	for _, r := range Rules() {
		names = append(names, r.Name)
		if len(r.Reason) < 120 || strings.ContainsAny(r.Reason, "\n\t") || !strings.HasSuffix(r.Reason, ".") {
			t.Errorf("%s: the reason is not a paragraph: %q", r.Name, r.Reason)
		}
	}
	slices.Sort(names)
	if !slices.Equal(fromFiles, names) {
		t.Errorf("files are %q, rules are %q", fromFiles, names)
	}
}

const ok = `{"method": "GET", "path": "/parcels/9", "status": 404, "headers": {"content-type": "application/json"}, ` +
	`"body": {"success": false, "error": {"code": "NOT_FOUND", "message": "No", "details": {"id": "9"}}}}` + "\n"

// with returns ok with some text in place of another.
func with(t testing.TB, changes ...string) string {
	t.Helper()
	text := ok
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("%s is not in %s", changes[i], text)
		}
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	return text
}

// TestFindings has the relatives of what the examples show: each line of want is one finding.
func TestFindings(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", ok, ""},
		{"details of a wrong type", with(t, `"id": "9"`, `"id": 9`),
			`details-mismatch errors.yaml:11: error.details.id is the number 9, expected type string: NOT_FOUND from getParcel`},
		{"details that lack something", with(t, `{"id": "9"}`, `{}`),
			`details-mismatch errors.yaml:11: error.details lacks the required property "id": NOT_FOUND from getParcel`},
		{"details are null", with(t, `{"id": "9"}`, `null`),
			`missing-details errors.yaml:11: NOT_FOUND came without details from getParcel`},
		{"details are a list", with(t, `{"id": "9"}`, `[1]`),
			`details-mismatch errors.yaml:11: error.details is a list, expected type object: NOT_FOUND from getParcel`},
		{"a number that takes years to read", with(t, `"9"}`, `1e999999999}`),
			`details-mismatch errors.yaml:11: error.details.id is a number that programs cannot hold: NOT_FOUND from getParcel`},
		{"a code is null", with(t, `"NOT_FOUND"`, `null`),
			`wrong-envelope c:1: getParcel answers 404 without a code at error.code`},
		{"a code is empty", with(t, `"NOT_FOUND"`, `""`),
			`wrong-envelope c:1: getParcel answers 404 without a code at error.code`},
		{"the body is a list", with(t, `{"success"`, `[{"success"`, "}}}}\n", "}}}]}\n"),
			`wrong-envelope c:1: getParcel answers 404 without a code at error.code`},
		{"a code in another case", with(t, `"NOT_FOUND"`, `"not_found"`),
			`undocumented-code c:1: the code "not_found" of getParcel is not in the catalog`},
		{"a code is retired", with(t, `"NOT_FOUND"`, `"GONE"`),
			`undocumented-code errors.yaml:16: the code "GONE" of getParcel is retired`},
		{"a message is missing", with(t, `"message": "No", `, ""),
			`empty-message errors.yaml:7: NOT_FOUND came without a message from getParcel`},
		{"a message is a number", with(t, `"No"`, "7"),
			`wrong-envelope errors.yaml:7: error.message is the number 7, expected text: NOT_FOUND from getParcel`},
		{"a message of spaces", with(t, `"No"`, `"  "`),
			`empty-message errors.yaml:7: NOT_FOUND came without a message from getParcel`},
		{"no content type", with(t, `"content-type": "application/json"`, `"a": "b"`),
			`content-type errors.yaml:7: NOT_FOUND came without a content type from getParcel, expected application/json`},
		{"another JSON", with(t, "application/json", "application/problem+json"),
			`content-type errors.yaml:7: NOT_FOUND came as JSON from getParcel, expected application/json`},
		{"a type in capitals", with(t, "application/json", "Application/JSON;charset=utf-8"), ""},
		{"headers were not recorded", with(t, `"headers": {"content-type": "application/json"}, `, ""), ""},
		{"two things in one", with(t, "false", "true", `"No"`, `""`),
			"empty-message errors.yaml:7: NOT_FOUND came without a message from getParcel\n" +
				"wrong-envelope errors.yaml:7: success is true, expected false: NOT_FOUND from getParcel"},
		{"a class of statuses", with(t, "404", "423", `"NOT_FOUND"`, `"LOCKED"`, `, "details": {"id": "9"}`, "",
			"GET", "PATCH"), ""},
		{"out of a class", with(t, "404", "503", `"NOT_FOUND"`, `"LOCKED"`, `, "details": {"id": "9"}`, "", "GET", "PATCH"),
			`wrong-status errors.yaml:13: LOCKED came with 503 from PATCH /parcels/{}, expected 4xx`},
		{"details of a code that has none", with(t, "GET", "PUT", "404", "409", `"NOT_FOUND"`, `"TAKEN"`),
			`details-mismatch errors.yaml:12: TAKEN came with details from putParcel, and has none in the catalog`},
		{"every operation may return it", with(t, "404", "429", `"NOT_FOUND"`, `"SLOW_DOWN"`, `, "details": {"id": "9"}`, "",
			`"content-type"`, `"retry-after": "Fri, 27 Nov 2026 10:00:00 GMT", "content-type"`), ""},
		{"a delay that says nothing", with(t, "404", "429", `"NOT_FOUND"`, `"SLOW_DOWN"`, `, "details": {"id": "9"}`, "",
			`"content-type"`, `"retry-after": "soon", "content-type"`),
			`no-retry-after errors.yaml:14: SLOW_DOWN came with a Retry-After that says nothing from getParcel`},
		{"a success with something like a code", with(t, "404", "200", "false", "true"), "none"},
		{"an unknown error with 200", with(t, "404", "200", "NOT_FOUND", "OTHER"),
			`success-with-error c:1: getParcel answers 200 with the error "OTHER"`},
		{"a redirect with an error", with(t, "404", "302"),
			`success-with-error errors.yaml:8: getParcel answers 302 with the error NOT_FOUND`},
		{"HTML", `{"status": 502, "headers": {"Content-Type": "text/html"}, "body": "<h1>no"}`,
			`not-an-envelope c:1: a server answers 502 with HTML: "<h1>no"`},
		{"JSON that is none", `{"status": 502, "headers": {"Content-Type": "application/json"}, "body": "{"}`,
			`not-an-envelope c:1: a server answers 502 with what is no JSON: "{"`},
		{"an empty body", `{"status": 502, "path": "/a/7f3c9a1e-0b", "body": ""}`,
			`not-an-envelope c:1: /a/{} answers 502 without a body`},
		{"hosts", `{"status": 502, "url": "https://a.example.com/x", "body": "no"}` + "\n" +
			`{"status": 502, "url": "https://b.example.com/x", "body": "no"}` + "\n" +
			`{"status": 502, "url": "https://b.example.com/x", "body": "nothing"}`,
			`not-an-envelope c:1: /x at a.example.com answers 502 with what is no JSON: "no"` + "\n" +
				`not-an-envelope c:2: /x at b.example.com answers 502 with what is no JSON: "no", in 2 responses`},
		{"HEAD has no body", `{"method": "HEAD", "status": 404, "body": ""}`, ""},
		{"too long a body", `{"status": 500, "body": "` + strings.Repeat("x", 1<<20+1) + `"}`,
			"not-an-envelope c:1: a server answers 500 with more than clients read"},
		{"bodies were not recorded", `{"status": 500}` + "\n" + `{"status": 404}`,
			"missing-body c:0: the capture lacks the bodies of errors, in 2 responses"},
		{"members that nobody knows", with(t, `{"success"`, `{"trace": 1, "success"`, `"9"}`, `"9", "shelf": {"a": 1}}`),
			"unknown-member c:1: trace is not in the envelope: NOT_FOUND from getParcel\n" +
				"unknown-member errors.yaml:11: error.details.shelf is not in the details of NOT_FOUND from getParcel"},
	} {
		found := check(t, c.text).Findings()
		if c.want == "none" && len(found) == 1 && found[0].Rule == "no-error-responses" {
			continue
		}
		if got := strings.Join(says(found), "\n"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// Whatever the envelope, what fits it is no finding, and a success is none; what differs is said with its path.
func TestEnvelopes(t *testing.T) {
	const nothing = "nothing"
	for _, c := range []struct{ envelope, style, code, response, want string }{
		{"problem", "UPPER_SNAKE", "A",
			`404 {"type": "about:blank", "title": "It", "status": 404, "detail": "No", "code": "A", "id": "7"}`, ""},
		{"problem", "UPPER_SNAKE", "A", `404 {"title": "It", "status": 400, "detail": "No", "code": "A", "id": "7"}`,
			"wrong-envelope errors.yaml:2: status is 400, and the response came with 404: A"},
		{"problem", "UPPER_SNAKE", "A", `404 {"title": "It", "status": 404, "detail": "No", "code": "A"}`,
			"missing-details errors.yaml:7: A came without details"},
		{"problem", "UPPER_SNAKE", "A", `404 {"title": "It", "status": 404, "detail": "No", "code": "A", "x": 1}`,
			`details-mismatch errors.yaml:7: the body lacks the required property "id": A` + "\n" +
				"unknown-member errors.yaml:7: x is not in the details of A"},
		{"problem", "UPPER_SNAKE", "A", `200 {"code": "A", "title": "x"}`,
			"success-with-error errors.yaml:5: a server answers 200 with the error A"},
		{"problem", "UPPER_SNAKE", "A", `200 {"code": "EUR"}`, nothing},
		{`{body: {errors: [{code: "{code}", text: "{message}", "...": "{details}"}]}}`, "any", "a.b",
			`404 {"errors": [{"text": "first"}, {"code": "a.b", "text": "No", "id": 7}]}`,
			"details-mismatch errors.yaml:7: errors[].id is the number 7, expected type string: a.b"},
		{`{body: {errors: [{code: "{code}", text: "{message}"}]}}`, "any", "a.b", `200 {"errors": [], "code": "a.b"}`,
			nothing},
		{`{body: {errors: [{code: "{code}", text: "{message}"}]}}`, "any", "a.b", `200 {"errors": [{"code": "new"}]}`,
			`success-with-error c:1: a server answers 200 with the error "new"`},
		{`{body: {code: "{code as integer}", message: "{message}", details: "{details}"}}`, "digits", "40401",
			`404 {"code": "40401", "message": "No", "details": {"id": "7"}}`,
			`wrong-envelope errors.yaml:2: code is "40401", expected a number: 40401`},
	} {
		e := load(t, fmt.Sprintf(`version: 1
info: {title: Errors, codeStyle: %s, envelope: %s}
categories: {all: {title: All}}
errors:
  %q: {status: 404, category: all, meaning: It, symbol: It,
    message: It,
    details: {type: object, required: [id], properties: {id: {type: string}}}}
`, c.style, c.envelope, c.code))
		status, body, _ := strings.Cut(c.response, " ")
		line := `{"status": ` + status + `, "body": ` + body + "}\n"
		check := look(t, New(e, all), line)
		got := strings.Join(says(check.Findings()), "\n")
		if c.want == nothing && check.Errors == 0 {
			continue
		}
		if got != c.want {
			t.Errorf("%s %s:\n got %s\nwant %s", c.envelope, c.response, got, c.want)
		}
	}
}

// An API whose errors come with 200 says so, and is taken at its word.
func TestErrorsThatComeWith200(t *testing.T) {
	c := load(t, `version: 1
info: {title: Errors, codeStyle: lower_snake, envelope: {body: {ok: false, error: "{code}", text: "{message}"}}}
categories: {all: {title: All}}
errors:
  not_in_channel: {status: 200, category: all, meaning: You are not in there}
  invalid_auth: {status: 401, category: all, meaning: Who are you}
  any_status: {retryable: false, category: all, meaning: It comes with any status}
`)
	check := look(t, New(c, all), `{"status": 200, "body": {"ok": true, "error": "not_in_channel"}}
{"status": 200, "body": {"ok": false, "error": "not_in_channel", "text": "No"}}
{"status": 400, "body": {"ok": false, "error": "not_in_channel", "text": "No"}}
{"status": 200, "body": {"ok": false, "error": "invalid_auth", "text": "No"}}
{"status": 201, "body": {"ok": false, "error": "not_in_channel", "text": "No"}}
{"status": 202, "body": {"ok": false, "error": "any_status", "text": "No"}}
`)
	const want = `success-with-error errors.yaml:5: a server answers 201 with the error not_in_channel
wrong-status errors.yaml:5: not_in_channel came with 400, expected 200
wrong-status errors.yaml:6: invalid_auth came with 200, expected 401`
	if got := strings.Join(says(check.Findings()), "\n"); got != want || check.Errors != 4 {
		t.Errorf("of %d errors:\n%s", check.Errors, got)
	}
}

// The same finding is said once, with the first three places.
func TestFindingsAreGrouped(t *testing.T) {
	var text strings.Builder
	for i := range 100 {
		text.WriteString(with(t, "404", "400", "/parcels/9", fmt.Sprintf("/parcels/%d", i)))
	}
	text.WriteString(with(t, "404", "400", "GET", "PUT"))
	found := check(t, text.String()).Findings()
	const want = "wrong-status errors.yaml:8: NOT_FOUND came with 400 from getParcel, expected 404, in 100 responses\n" +
		"wrong-status errors.yaml:8: NOT_FOUND came with 400 from putParcel, expected 404"
	if got := strings.Join(says(found), "\n"); got != want {
		t.Fatal(got)
	}
	var places []string
	for _, r := range found[0].Related {
		places = append(places, fmt.Sprintf("%s:%d %s: %s", r.Place.File, r.Place.Start.Line, r.Place.Source, r.Message))
	}
	if got := strings.Join(places, "\n"); got != "c:1 GET /parcels/0 400: this response\n"+
		"c:2 GET /parcels/1 400: and this one\nc:3 GET /parcels/2 400: and this one" {
		t.Error(got)
	}
}

// What is wrong several times in one response is one finding of one response.
func TestRepetitionsInAResponse(t *testing.T) {
	c := load(t, `version: 1
info: {title: Errors}
categories: {all: {title: All}}
errors:
  A:
    status: 400
    category: all
    meaning: It is wrong
    details: {type: object, properties: {list: {type: array, items: {type: string}}}}
`)
	check := look(t, New(c, all), `{"status": 400, "body": {"success": false, "error": {"code": "A", "message": "No", `+
		`"details": {"list": [1, 2, "x", 3]}}}}`)
	const want = "details-mismatch errors.yaml:9: error.details.list[] is the number 1, expected type string: A"
	if found := check.Findings(); strings.Join(says(found), "\n") != want || len(found[0].Related) != 1 {
		t.Errorf("%q, %+v", says(found), found)
	}
}

// However many things are wrong, what is kept of them does not grow without end.
func TestFindingsAreBounded(t *testing.T) {
	var text strings.Builder
	for i := range mostGroups + 10 {
		text.WriteString(with(t, "NOT_FOUND", fmt.Sprintf("ODD_%d", i)))
	}
	c := check(t, text.String())
	found := c.Findings()
	if len(c.groups.inOrder) != mostGroups || found[0].Rule != "too-many-mistakes" {
		t.Errorf("%d groups, the first finding is %v", len(c.groups.inOrder), found[0])
	}
}

func TestResponsesThatDoNotCount(t *testing.T) {
	ofHost := func(host, path string) string {
		return with(t, `"path": "/parcels/9"`, `"url": "https://`+host+path+`"`)
	}
	text := ofHost("api.example.com", "/v1/parcels/9") + ofHost("cdn.example.com", "/v1/parcels/9") +
		ofHost("api.example.com", "/health") + with(t, `"path": "/parcels/9", `, "")
	for _, c := range []struct {
		hosts, paths, ignored string
		want                  int
	}{
		{"", "", "", 4}, {"api.example.com", "", "", 3}, {"*.example.com", "", "", 4}, {"example.com", "", "", 1},
		{"", "/v1/*", "", 3}, {"", "/v1", "", 1}, {"", "*/parcels/*", "", 3}, {"", "", "/health*", 3}, {"", "", "*", 1},
		{"cdn* api*", "/v1/* /h*", "/v1/*9", 2},
	} {
		o := Options{Hosts: strings.Fields(c.hosts), Paths: strings.Fields(c.paths), Ignored: strings.Fields(c.ignored)}
		if check := look(t, New(parcels(t), o), text); check.Responses != c.want || check.LeftOut != 4-c.want {
			t.Errorf("%+v: %d count, %d are left out", c, check.Responses, check.LeftOut)
		}
	}
	found := look(t, New(parcels(t), Options{Hosts: []string{"no"}}), ofHost("a", "/")).Findings()
	if got := strings.Join(says(found), ""); got != "no-error-responses c:0: there is no error among 0 responses, "+
		"and 1 more are left out" {
		t.Error(got)
	}
}

func TestOperations(t *testing.T) {
	c := load(t, `version: 1
info: {title: Errors}
categories: {all: {title: All}}
errors: {A: {status: 400, category: all, meaning: It is wrong}}
operations:
  list: {at: GET /pets, errors: [A]}
  get: {at: "GET /pets/{id}", errors: [A]}
  mine: {at: GET /pets/mine, errors: [A]}
  file: {at: "GET /pets/{id}/{name}.txt", errors: [A]}
  act: {at: "POST /pets/{id}:act", errors: [A]}
  root: {at: "GET /{any}", errors: [A]}
  elsewhere: [A]
`)
	router := newRouter(c, []Call{{"elsewhere", "PUT", "/else/{where}"}, {"get", "GET", "/not/this"}, {"no", "GET", "/x"}})
	for _, c := range []struct{ method, path, route, want string }{
		{"GET", "/pets", "", "list"}, {"GET", "/pets/", "", "list"}, {"get", "/pets/7", "", "get"},
		{"GET", "/pets/mine", "", "mine"}, {"GET", "/v1/pets/7", "", "get"}, {"GET", "/api/v1/pets", "", "list"},
		{"GET", "/pets/7/a.txt", "", "file"}, {"GET", "/pets/7/a.pdf", "", "- GET /pets/{}/a.pdf"},
		{"POST", "/pets/7:act", "", "act"}, {"POST", "/pets/7", "", "- POST /pets/{}"}, {"GET", "/x", "", "root"},
		{"GET", "/v1/x", "", "- GET /v1/x"}, {"PUT", "/else/1", "", "elsewhere"}, {"GET", "/not/this", "", "- GET /not/this"},
		{"", "", "GET /pets/{petID}", "get"}, {"GET", "", "example.com/pets/{rest...}", "get"},
		{"GET", "/a/7", "GET /pets/{id}", "get"}, {"GET", "/a/7/b/8", "GET /a/{x}/b/{y}", "- GET /a/{x}/b/{y}"},
		{"", "", "", "- "}, {"GET", "", "", "- GET"},
	} {
		o, where := router.find(&capture.Response{Method: c.method, Path: c.path, Route: c.route})
		if o == nil {
			where = "- " + where
		}
		if where != c.want {
			t.Errorf("%s %s %s is %q, want %q", c.method, c.path, c.route, where, c.want)
		}
	}
}

func TestCoverage(t *testing.T) {
	c := check(t, ok+ok+with(t, "404", "400")+with(t, "NOT_FOUND", "ODD")+with(t, "GET", "PUT", "404", "409",
		"NOT_FOUND", "TAKEN")+with(t, "404", "200"))
	v := c.Coverage(nil)
	if got := fmt.Sprintf("%+v", v); got != "{Version:1 Responses:6 Errors:6 Seen:2 Total:4 Percent:50 "+
		"Categories:[{Category:parcels Seen:2 Total:3} {Category:limits Seen:0 Total:1}] "+
		"Operations:[{Operation:getParcel Seen:1 Total:2 Never:[SLOW_DOWN]} "+
		"{Operation:putParcel Seen:1 Total:3 Never:[NOT_FOUND SLOW_DOWN]}] "+
		"Codes:[{Code:NOT_FOUND Category:parcels Count:3} {Code:TAKEN Category:parcels Count:1} "+
		"{Code:LOCKED Category:parcels Count:0} {Code:SLOW_DOWN Category:limits Count:0}] Never:[LOCKED SLOW_DOWN]}" {
		t.Error(got)
	}
	if !v.Reaches(50) || v.Reaches(50.1) {
		t.Error("2 of 4 are not half")
	}
	if v := c.Coverage([]string{"parcels"}); v.Seen != 2 || v.Total != 3 || v.Percent != 66.6 || v.Reaches(66.7) {
		t.Errorf("of a category: %+v", v)
	}
}

// No value of a header, no query and no more than 60 characters of a body are in what is printed.
func TestSecretsStayInTheCapture(t *testing.T) {
	secret := regexp.MustCompile("s3cret")
	long := strings.Repeat("x", 60) + "s3cret"
	for _, text := range []string{
		with(t, "application/json", "s3cret/s3cret", `"content-type"`, `"set-cookie": "s3cret", "content-type"`),
		with(t, "404", "429", `"NOT_FOUND"`, `"SLOW_DOWN"`, `"content-type"`, `"retry-after": "s3cret", "content-type"`),
		with(t, "/parcels/9", "/a?token=s3cret#s3cret", "404", "400"),
		with(t, "/parcels/9", "/"+long, "404", "400"),
		with(t, `"path": "/parcels/9"`, `"url": "https://u:s3cret@h/?s3cret"`, "404", "400"),
		with(t, "NOT_FOUND", long), with(t, "false", `"`+long+`"`), with(t, `"9"}`, `"9", "`+long+`": 1}`),
		with(t, "GET", long, "404", "400"), with(t, `"path"`, `"route": "`+long+`", "path"`, "404", "400", "/parcels/9", "/"),
		`{"status": 500, "body": "` + long + `", "headers": {"x": "s3cret"}}`,
		"HTTP/1.1 500 s3cret\r\nA: s3cret\r\n\r\n" + long,
	} {
		found := check(t, text).Findings()
		var b strings.Builder
		_, _, _ = diag.Text(&b, found, diag.Style{}), diag.JSON(&b, found), diag.GitHub(&b, found)
		if len(found) == 0 || secret.MatchString(b.String()) {
			t.Errorf("%s\ngives %s", text, b.String())
		}
	}
}

// Whatever a server sends, it is looked at to the end, and what is found can be printed in every format.
func FuzzCheck(f *testing.F) {
	for _, r := range rules {
		for r := range capture.Read("c", strings.NewReader(example(r.Bad)+"\n"+example(r.Good))) {
			f.Add(uint16(r.Status), r.Header("Content-Type"), r.Body)
		}
	}
	f.Add(uint16(404), "", []byte(`{"success": false, "error": {"code": "NOT_FOUND", "details": [[{"": 1e99999999}]]}}`))
	catalogs := []*catalog.Catalog{parcels(f), load(f, `version: 1
info: {title: Errors, codeStyle: any, envelope: {body: {errors: [{code: "{code}", "...": "{details}"}], ok: false}}}
categories: {all: {title: All}}
types: {Tree: {type: object, properties: {left: {$ref: "#/types/Tree"}, n: {type: integer, maximum: 7}}}}
errors:
  NOT_FOUND: {status: 200, category: all, meaning: It, details: {$ref: "#/types/Tree"}}
  TAKEN: {retryable: false, category: all, meaning: It, details: {type: object, properties: {m: {type: object,
    additionalProperties: {type: array, items: {enum: [a, b]}}}}}}
`)}
	f.Fuzz(func(t *testing.T, status uint16, contentType string, body []byte) {
		for _, c := range catalogs {
			check := New(c, all)
			check.Open("c")
			check.Add(&capture.Response{Status: int(status), Path: "/parcels/9", Body: body, File: "c", Entry: -1,
				Headers: map[string]string{"content-type": contentType}, Start: diag.Position{Line: 1, Column: 1}})
			var b strings.Builder
			_, _, _ = diag.Text(&b, check.Findings(), diag.Style{}), diag.JSON(&b, check.Findings()),
				diag.SARIF(&b, check.Findings(), "v", "c", Rules())
			if v := check.Coverage(nil); v.Seen > 1 || v.Total != len(c.Errors) {
				t.Errorf("%+v", v)
			}
		}
	})
}

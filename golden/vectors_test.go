package golden

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"net/http"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
	details "github.com/sigsentry/errgen/golden/details/want/go/apierr"
	flat "github.com/sigsentry/errgen/golden/envelope-flat/want/go/apierr"
	list "github.com/sigsentry/errgen/golden/envelope-list/want/go/apierr"
	low "github.com/sigsentry/errgen/golden/envelope-low/want/go/apierr"
	nested "github.com/sigsentry/errgen/golden/envelope-nested/want/go/apierr"
	problem "github.com/sigsentry/errgen/golden/envelope-problem/want/go/apierr"
	parcels "github.com/sigsentry/errgen/golden/every-field/want/go/apierr"
	sigsentry "github.com/sigsentry/errgen/out/go/apierr"
)

var update = flag.Bool("update", false, "rewrite the vectors that are made from catalogs")

// catalogs are those whose generated clients read vectors/<name>.json. A catalog's outputs are in folder.
var catalogs = []struct {
	name, folder string
	decode       func(*http.Response) error
}{
	{"details", "details/want", details.FromResponse},
	{"every-field", "every-field/want", parcels.FromResponse},
	{"sigsentry", "../out", sigsentry.FromResponse},
	{"envelope-problem", "envelope-problem/want", problem.FromResponse},
	{"envelope-nested", "envelope-nested/want", nested.FromResponse},
	{"envelope-list", "envelope-list/want", list.FromResponse},
	{"envelope-flat", "envelope-flat/want", flat.FromResponse},
	{"envelope-low", "envelope-low/want", low.FromResponse},
	{"odd", "details/want", details.FromResponse},
	{"odd-flat", "envelope-flat/want", flat.FromResponse},
	{"odd-low", "envelope-low/want", low.FromResponse},
}

// vector is a response, and what a client in any language sees in it.
type vector struct {
	Name    string            `json:"name"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	// Body is sent as compact JSON; if it is a JSON string, the string is sent as it is.
	Body json.RawMessage `json:"body"`
	// Length is that of the body with the spaces that follow it; 0 for none.
	Length int `json:"length,omitempty"`
	// Sees is nothing where the response is a success.
	Sees sight `json:"sees,omitzero"`
}

// sight is what a client sees. What it does not see is left out.
type sight struct {
	Code      string `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId,omitempty"`
	Retryable bool   `json:"retryable"`
	// RetryAfter is the delay in seconds, RetryAt the time that it ends; at most one of them is given.
	RetryAfter float64   `json:"retryAfter,omitempty"`
	RetryAt    time.Time `json:"retryAt,omitzero"`
	// Details are typed: what fits the code, without the properties that the catalog does not know. A property that is
	// null is the same as none here.
	Details any `json:"details,omitempty"`
	// RawDetails are the details as received.
	RawDetails any `json:"rawDetails,omitempty"`
	// Status is that of the response: not in the files.
	Status int `json:"status,omitempty"`
}

// The vectors of a catalog are made from it: each example of each code, each code that has details without them, and
// each further status of a code. Those that are odd are written by hand.
func TestVectorsAreCurrent(t *testing.T) {
	for _, c := range catalogs {
		if strings.HasPrefix(c.name, "odd") {
			continue
		}
		var made bytes.Buffer
		encoder := json.NewEncoder(&made)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", " ")
		if err := encoder.Encode(makeVectors(t, filepath.Dir(c.folder)+"/errors.yaml")); err != nil {
			t.Fatal(err)
		}
		path := "vectors/" + c.name + ".json"
		if *update {
			writeFile(t, path, made.Bytes())
		} else if !bytes.Equal(made.Bytes(), readFile(t, path)) {
			t.Errorf("%s is not what the catalog says; run go test -run Vectors -update in golden and read the diff", path)
		}
	}
}

// Clients of all languages see the same in every response, as `errgen explain decoding` says. What is open there has no
// vectors.
//
// A new language adds its client here; nothing else changes.
func TestVectors(t *testing.T) {
	for _, c := range catalogs {
		vectors := readVectors(t, c.name)
		for client, seen := range map[string][]sight{
			"go":         goSees(t, c.decode, vectors),
			"typescript": typeScriptSees(t, c.folder, "vectors/"+c.name+".json"),
		} {
			compareSights(t, client+" "+c.name, vectors, seen)
		}
	}
}

// oddValues are what a property may be replaced by; the last leaves it out.
var oddValues = []string{
	"null", "1", "-0", "1.5", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "1e19", `"x"`, `""`, "true", "[]", "[null]", "[1]", `["x"]`, "[[1]]", `[["x"]]`,
	"[[null]]", "[[[]]]", `[[["x"]]]`, "{}", `{"a":1}`, `{"a":9223372036854775807}`,
	`{"a":-9223372036854775808}`, `{"a":1e19}`, `{"a":"x"}`, `{"a":null}`, `{"a":[]}`, `{"a":["x"]}`, `{"a":[null]}`, `{"paths":[]}`, `{"paths":["x"],"more":1}`,
	`{"Paths":[]}`, `{"paths":null}`, `{"paths":[],"cpu":1e3}`, `"2025-01-02T03:04:05Z"`, `"2024-02-30T00:00:00Z"`, `"2025-01-02T03:04:05.1+23:59"`, `"2025-01-02T24:00:00Z"`,
	`"2025-01-02t03:04:05z"`, `"2025-01-02"`, "1.0", "1e2", "-0.0", `{"a":1.0}`, `"2025-01-02T03:04:05,1Z"`, `"2025-01-02T03:04:05+24:00"`,
	`"2016-12-31T23:59:60Z"`, `"2016-12-31T23:58:60Z"`, `"2025-02-29T00:00:00Z"`, "",
}

// beyondInt64 are integers that JavaScript cannot tell from the last of int64, which a double takes for 2^63.
var beyondInt64 = []string{
	"9223372036854775808", `{"a":9223372036854775808}`, `{"a":9223372036854775808.0}`, `{"a":9223372036854775807.0}`,
	`{"a":-9223372036854775809.0}`,
}

// Clients agree which details fit, whatever a property is: each of an example is replaced by each of the values, an
// unknown one too.
func TestClientsAgree(t *testing.T) {
	vectors := oddDetails(t, oddValues)
	text, err := json.Marshal(vectors)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "vectors.json")
	writeFile(t, path, text)
	inGo, inTypeScript := goSees(t, details.FromResponse, vectors), typeScriptSees(t, "details/want", path)
	for i, v := range vectors {
		if inGo[i].Code != inTypeScript[i].Code || (inGo[i].Details == nil) != (inTypeScript[i].Details == nil) {
			t.Errorf("%s\ngo         %+v\ntypescript %+v", v.Name, inGo[i].Details, inTypeScript[i].Details)
		}
	}
}

// oddDetails returns responses with each property of an example replaced by each of the values, an unknown one too.
func oddDetails(t *testing.T, values []string) (vectors []vector) {
	t.Helper()
	examples := readVectors(t, "details")
	i := slices.IndexFunc(examples, func(v vector) bool { return v.Name == "ANALYSIS_ERROR: With everything" })
	example := examples[i].Sees.Details.(map[string]any)
	for _, name := range append(slices.Sorted(maps.Keys(example)), "unknown") {
		for _, value := range values {
			damaged := maps.Clone(example)
			damaged[name] = json.RawMessage(value)
			if value == "" {
				delete(damaged, name)
			}
			body := envelope(t, sight{Code: "ANALYSIS_ERROR", Message: "m", RawDetails: damaged})
			vectors = append(vectors, vector{Name: name + ": " + value, Status: 500, Body: body})
		}
	}
	return vectors
}

func compareSights(t *testing.T, what string, vectors []vector, seen []sight) {
	t.Helper()
	if len(vectors) != len(seen) {
		t.Fatalf("%s: %d responses, %d seen", what, len(vectors), len(seen))
	}
	for i, v := range vectors {
		want, got := v.Sees, seen[i]
		if !reflect.ValueOf(want).IsZero() {
			want.Status = v.Status
		}
		if !want.RetryAt.IsZero() && math.Abs(time.Until(want.RetryAt).Seconds()-got.RetryAfter) < 60 {
			got.RetryAfter, got.RetryAt = 0, want.RetryAt
		}
		want.Details, got.Details = comparable(want.Details), comparable(got.Details)
		if !reflect.DeepEqual(want, got) {
			t.Errorf("%s: %s\nwant %+v\ngot  %+v", what, v.Name, want, got)
		}
	}
}

// comparable returns typed details as all languages have them: without the members of objects that are null, and
// with instants in the place of date-times, which some languages have as texts and some as times.
func comparable(value any) any {
	switch value := value.(type) {
	case map[string]any:
		kept := map[string]any{}
		for name, member := range value {
			if member != nil {
				kept[name] = comparable(member)
			}
		}
		return kept
	case []any:
		kept := make([]any, len(value))
		for i, item := range value {
			kept[i] = comparable(item)
		}
		return kept
	case string:
		upper := strings.ToUpper(value)
		before := strings.Replace(upper, ":60", ":59", 1)
		if at, err := time.Parse(time.RFC3339, before); err == nil && before != upper {
			return at.Add(time.Second).UTC()
		} else if err == nil {
			return at.UTC()
		}
	}
	return value
}

// goSees decodes with a generated package. Each of them has an *Error of its own, so its fields are looked up by name.
func goSees(t *testing.T, decode func(*http.Response) error, vectors []vector) []sight {
	t.Helper()
	var seen []sight
	for _, v := range vectors {
		resp := &http.Response{StatusCode: v.Status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(v.sent(t)))}
		for name, value := range v.Headers {
			resp.Header.Set(name, value)
		}
		seen = append(seen, goSight(t, decode(resp)))
	}
	return seen
}

func goSight(t *testing.T, err error) sight {
	t.Helper()
	if err == nil {
		return sight{}
	}
	e := reflect.ValueOf(err).Elem()
	s := sight{
		Code:       e.FieldByName("Code").String(),
		Message:    e.FieldByName("Message").String(),
		RequestID:  e.FieldByName("RequestID").String(),
		Retryable:  err.(interface{ Retryable() bool }).Retryable(),
		RetryAfter: time.Duration(e.FieldByName("RetryAfter").Int()).Seconds(),
		Status:     int(e.FieldByName("Status").Int()),
	}
	if typed := e.FieldByName("Details").Interface(); typed != nil {
		encoded, err := json.Marshal(typed)
		if err != nil {
			t.Fatal(err)
		}
		fromJSON(t, encoded, &s.Details)
	}
	if raw := e.FieldByName("RawDetails").Bytes(); raw != nil {
		fromJSON(t, raw, &s.RawDetails)
	}
	return s
}

// typeScriptSees decodes the vectors of a file, or the responses of a server, with the generated module of a folder.
func typeScriptSees(t *testing.T, folder, source string) []sight {
	t.Helper()
	var seen []sight
	fromJSON(t, node(t, "wire/client.ts", folder+"/typescript/errors.ts", source), &seen)
	return seen
}

func readVectors(t *testing.T, name string) []vector {
	t.Helper()
	var vectors []vector
	fromJSON(t, readFile(t, "vectors/"+name+".json"), &vectors)
	return vectors
}

// sent returns the bytes of the body.
func (v vector) sent(t *testing.T) []byte {
	t.Helper()
	var body bytes.Buffer
	var text string
	if json.Unmarshal(v.Body, &text) == nil {
		body.WriteString(text)
	} else if err := json.Compact(&body, v.Body); err != nil {
		t.Fatal(err)
	}
	return append(body.Bytes(), bytes.Repeat([]byte(" "), max(0, v.Length-body.Len()))...)
}

func makeVectors(t *testing.T, path string) []vector {
	t.Helper()
	c, found := catalog.Load("errors.yaml", readFile(t, path), document.DefaultMaxSize)
	if found.Err() != nil {
		t.Fatal(path, found)
	}
	var vectors []vector
	add := func(e *catalog.Error, x *catalog.Example, status int) {
		vectors = append(vectors, makeVector(t, c, e, x, status))
	}
	for _, e := range c.Errors {
		examples := e.Examples
		if len(examples) == 0 && e.Details != nil {
			examples = []catalog.Example{*e.Sample}
		}
		for i := range examples {
			add(e, &examples[i], e.Status.Default)
		}
		if e.Details != nil || len(examples) == 0 {
			add(e, nil, e.Status.Default)
		}
		for i := 1; i < len(e.Status.Listed); i++ {
			if len(examples) == 0 {
				add(e, nil, e.Status.Listed[i])
			} else {
				add(e, &examples[0], e.Status.Listed[i])
			}
		}
	}
	return vectors
}

// makeVector makes the vector of an example, or of a code alone. What is seen of it says the package wire.
func makeVector(t *testing.T, c *catalog.Catalog, e *catalog.Error, x *catalog.Example, status int) vector {
	t.Helper()
	sent, headers := c.Sent(e, x), http.Header{}
	if sent.Status = status; x != nil {
		sent.RequestID = "req_1"
	}
	if e.RetryAfter {
		sent.RetryAfter = 12 * time.Second
		headers.Set("Retry-After", "12")
	}
	if sent.RequestID != "" && c.Envelope.Reads.RequestID == nil {
		headers.Set(c.Envelope.RequestIDHeader, sent.RequestID)
	}
	v := vector{Name: vectorName(e, x, status), Status: status, Body: jsonOf(c.Envelope.Encode(sent))}
	seen, isError := c.Envelope.Decode(wire.Response{Status: status, Header: headers.Get, Body: v.Body}, known(c))
	if !isError {
		t.Fatalf("%s is no error", v.Name)
	}
	v.Sees = sight{
		Code: seen.Code, Message: seen.Message, RequestID: seen.RequestID, Retryable: e.Retryable,
		RetryAfter: seen.RetryAfter.Seconds(),
	}
	if seen.Details != nil {
		fromJSON(t, jsonOf(seen.Details), &v.Sees.RawDetails)
		v.Sees.Details = v.Sees.RawDetails
	} else if e.Details != nil && c.Envelope.Reads.Details.Spread && !hasRequired(e.Details) {
		v.Sees.Details = map[string]any{} // nothing beside the code are details without members
	}
	for name := range headers {
		if v.Headers == nil {
			v.Headers = map[string]string{}
		}
		v.Headers[name] = headers.Get(name)
	}
	return v
}

func vectorName(e *catalog.Error, x *catalog.Example, status int) string {
	name := e.Code
	if status != e.Status.Default {
		name += fmt.Sprint(" with ", status)
	}
	if x == nil && e.Details != nil {
		name += " without details"
	}
	if x != nil && !x.Summary.IsEmpty() {
		name += ": " + x.Summary.Plain()
	}
	return name
}

func hasRequired(details *catalog.Schema) bool {
	return slices.ContainsFunc(details.Resolve().Properties, func(p catalog.Property) bool { return p.Required })
}

// envelope returns the body that a server with the default envelope sends for what a client is to see.
func envelope(t *testing.T, s sight) json.RawMessage {
	t.Helper()
	type object struct {
		Code      string `json:"code"`
		Message   string `json:"message"`
		Details   any    `json:"details,omitempty"`
		RequestID string `json:"requestId,omitempty"`
	}
	body, err := json.Marshal(map[string]any{"success": false,
		"error": object{s.Code, s.Message, s.RawDetails, s.RequestID}})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// Nothing in the catalogs of the vectors is left without one.
func TestVectorsNameEveryCode(t *testing.T) {
	for name, codes := range map[string][]string{
		"details": texts(details.Codes()), "every-field": texts(parcels.Codes()), "sigsentry": texts(sigsentry.Codes()),
		"envelope-flat": texts(flat.Codes()), "envelope-list": texts(list.Codes()), "envelope-low": texts(low.Codes()),
		"envelope-nested": texts(nested.Codes()), "envelope-problem": texts(problem.Codes()),
	} {
		for _, code := range codes {
			if !slices.ContainsFunc(readVectors(t, name), func(v vector) bool { return v.Sees.Code == code }) {
				t.Errorf("%s: no vector of %s", name, code)
			}
		}
	}
}

func texts[T ~string](values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return all
}

func fromJSON(t *testing.T, text []byte, value any) {
	t.Helper()
	if err := json.Unmarshal(text, value); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
}

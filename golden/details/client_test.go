package details_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sigsentry/errgen/golden/details/want/go/apierr"
)

// response is a response as a client sees it.
func response(status int, body string, headers ...string) *http.Response {
	resp := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
	for i := 0; i < len(headers); i += 2 {
		resp.Header.Set(headers[i], headers[i+1])
	}
	return resp
}

func decode(t *testing.T, status int, body string, headers ...string) *apierr.Error {
	t.Helper()
	var e *apierr.Error
	if !errors.As(apierr.FromResponse(response(status, body, headers...)), &e) {
		t.Fatal("no *Error")
	}
	return e
}

// Retry-After is written in whole seconds, rounded up, and read as seconds or as a date.
func TestRetryAfter(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0", -time.Second: "0", 1: "1", time.Second: "1", time.Second + 1: "2", 90 * time.Second: "90", math.MaxInt64: "9223372037",
	} {
		resp := serve(t, apierr.NewRateLimited(d))
		if got := resp.Header.Get("Retry-After"); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
	e := decode(t, 429, "", "Retry-After", time.Now().Add(time.Minute).UTC().Format(http.TimeFormat))
	if e.RetryAfter < 55*time.Second || e.RetryAfter > time.Minute {
		t.Error(e.RetryAfter)
	}
	for value, want := range map[string]time.Duration{
		"": 0, "12": 12 * time.Second, "-1": 0, "+1": 0, "1.5": 0, "soon": 0, "99999999999999999999": 0, "999999999": 999999999 * time.Second, "2147483647": 0,
		"Sun, 06 Nov 1994 08:49:37 GMT": 0, "Sunday, 06-Nov-94 08:49:37 GMT": 0,
	} {
		if got := decode(t, 503, "", "Retry-After", value).RetryAfter; got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
	if e := apierr.NewServiceUnavailable(apierr.Outage{Planned: ptr(true)}, time.Second); e.RetryAfter != time.Second {
		t.Error(e.RetryAfter)
	}
}

// The verdict is that of the catalog; for a code that it does not know, that of the status.
func TestRetryable(t *testing.T) {
	for body, want := range map[string][2]bool{ // status 400 and 503
		`{"error":{"code":"NOT_FOUND"}}`:    {false, false},
		`{"error":{"code":"RATE_LIMITED"}}`: {true, true},
		`{"error":{"code":"NEW"}}`:          {false, true},
		``:                                  {false, true},
	} {
		if got := [2]bool{decode(t, 400, body).Retryable(), decode(t, 503, body).Retryable()}; got != want {
			t.Errorf("%s: %v", body, got)
		}
	}
	if !decode(t, 429, "").Retryable() || (&apierr.Error{}).Retryable() {
		t.Error("429, or no status")
	}
}

// full returns details with everything in them.
func full() apierr.AnalysisErrorDetails {
	at := time.Date(2025, 3, 1, 12, 0, 0, 500, time.UTC)
	return apierr.AnalysisErrorDetails{
		Kind: "analysis", Attempt: 2, StartedAt: at, Tags: []string{"a"}, Counts: map[string]int64{"n": math.MaxInt64},
		Grid: [][]float64{{1.5, 2}, {}}, ByRegion: map[string][]string{"eu": {"x"}}, Cube: [][][]string{{{"c"}}}, Holes: [][]*int64{nil, {nil, ptr(int64(1))}},
		Parent: ptr("p"), History: []string{"h"}, Note: ptr(""), Hint: ptr("i"), Steps: []string{"s"}, EndedAt: &at,
		Stage: apierr.AnalysisErrorDetailsStageParse, Limits: apierr.AnalysisErrorDetailsLimits{CPU: ptr(0.5),
			Paths: []string{"/"}},
		Fallback: &apierr.AnalysisErrorDetailsLimits{Paths: []string{}},
	}
}

func ptr[T any](v T) *T { return &v }

// A client has what the server made.
func TestRoundTrip(t *testing.T) {
	for _, sent := range []*apierr.Error{
		apierr.NewUnauthorized().WithRequestID("r"),
		apierr.NewRateLimited(3 * time.Second),
		apierr.NewAnalysisError(full()),
		apierr.NewUpstreamError(apierr.UpstreamErrorDetails{Upstream: apierr.UpstreamRepo}),
		apierr.NewServiceUnavailable(apierr.Outage{}, time.Minute),
	} {
		var got *apierr.Error
		errors.As(apierr.FromResponse(serve(t, sent)), &got)
		if !sent.Equal(got) || !got.Received() || sent.Received() {
			t.Errorf("\nsent %#v\ngot  %#v", sent, got)
		}
	}
	details, ok := apierr.DetailsOf[apierr.AnalysisErrorDetails](fmt.Errorf("x: %w",
		apierr.FromResponse(serve(t, apierr.NewAnalysisError(full())))))
	if !ok || !reflect.DeepEqual(details, full()) {
		t.Errorf("%+v", details)
	}
}

// Details that do not fit leave the code, the message and the raw details.
func TestDecodeKnownUnfit(t *testing.T) {
	for _, raw := range []string{
		`{"issues":"x"}`, `{"issues":[1]}`, `{}`, `{"issues":null}`, `{"issues":[{"path":"p"}]}`, `{"issues":[null]}`, `{"Issues":[]}`, `[]`, `"x"`, `7`, `true`,
		`{"issues":[{"path":1,"message":"m"}]}`,
	} {
		e := decode(t, 400, `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"m","details":`+raw+`}}`)
		if e.Code != apierr.CodeValidationError || e.Details != nil || string(e.RawDetails) != raw || e.Message != "m" {
			t.Errorf("%s: %+v", raw, e)
		}
		if _, ok := apierr.DetailsOf[apierr.ValidationErrorDetails](e); ok {
			t.Error(raw)
		}
	}
	for old, bad := range map[string]string{
		`"attempt":2`: `"attempt":2147483648`, `"startedAt":"2025-03-01T12:00:00.0000005Z"`: `"startedAt":"yesterday"`, `"grid":[[1.5,2],[]]`: `"grid":[["1"]]`,
		`"parent":"p",`: ``, `"cpu":0.5,"paths":["/"]`: `"cpu":0.5`, `"tags":["a"]`: `"tags":null`, `"limits":{"cpu":0.5,"paths":["/"]}`: `"limits":null`,
		`"steps":["s"]`: `"steps":[null]`, `"counts":{"n":9223372036854775807}`: `"counts":{"n":null}`, `"cube":[[["c"]]]`: `"cube":[[null]]`, `"note":""`: `"note":null`,
		`"attempt":2,`: `"Attempt":2,`, `"history":["h"]`: `"history":[null]`, `"byRegion":{"eu":["x"]}`: `"byRegion":[["x"]]`, `"fallback":{"paths":[]}`: `"fallback":null`,
	} {
		good, _ := json.Marshal(full())
		raw := strings.Replace(string(good), old, bad, 1)
		if raw == string(good) {
			t.Fatal(old)
		}
		e := decode(t, 500, `{"error":{"code":"ANALYSIS_ERROR","message":"m","details":`+raw+`}}`)
		if e.Details != nil || string(e.RawDetails) != raw {
			t.Errorf("%s: %+v", bad, e.Details)
		}
	}
}

// New properties and new values of an enum fit.
func TestDecodeKnownFit(t *testing.T) {
	for _, raw := range []string{
		`{"issues":[]}`, `{"issues":[{"path":"p","message":"m","new":1}],"new":{"a":[]}}`,
	} {
		e := decode(t, 400, `{"success":false,"new":1,"error":{"new":2,"code":"VALIDATION_ERROR","message":"m","details":`+raw+`}}`)
		if _, ok := apierr.DetailsOf[apierr.ValidationErrorDetails](e); !ok || string(e.RawDetails) != raw {
			t.Errorf("%s: %+v", raw, e)
		}
	}
	good, _ := json.Marshal(full())
	for old, fine := range map[string]string{`"stage":"parse"`: `"stage":"later"`, `"parent":"p"`: `"parent":null`, `"kind":"analysis"`: `"kind":"other"`} {
		raw := strings.Replace(string(good), old, fine, 1)
		e := decode(t, 500, `{"error":{"code":"ANALYSIS_ERROR","message":"m","details":`+raw+`}}`)
		if e.Details == nil {
			t.Error(fine)
		}
	}
	e := decode(t, 500, `{"error":{"code":"ANALYSIS_ERROR","message":"m","details":`+strings.Replace(string(good), `{`, `{"Note":7,"NOTE":null,`, 1)+`}}`)
	if d, _ := apierr.DetailsOf[apierr.AnalysisErrorDetails](e); !reflect.DeepEqual(d, full()) {
		t.Errorf("other capitals are other members: %+v", d)
	}
	e = decode(t, 502, `{"error":{"code":"UPSTREAM_ERROR","message":"m","details":{"upstream":"fax"}}}`)
	if d, ok := apierr.DetailsOf[apierr.UpstreamErrorDetails](e); !ok || d.Upstream != "fax" {
		t.Error("an open enum keeps new values")
	}
	for _, none := range []string{``, `,"details":null`} {
		e := decode(t, 400, `{"error":{"code":"VALIDATION_ERROR","message":"m"`+none+`}}`)
		if e.Details != nil || e.RawDetails != nil || e.Code != apierr.CodeValidationError {
			t.Errorf("%+v", e)
		}
	}
	if e := decode(t, 404, `{"error":{"code":"NOT_FOUND","message":"m","details":{"a":1}}}`); e.Details != nil || string(e.RawDetails) != `{"a":1}` {
		t.Errorf("%+v", e)
	}
}

// The code of a newer server is kept.
func TestDecodeUnknown(t *testing.T) {
	err := apierr.FromResponse(response(418, "\ufeff"+`{"success":false,"error":{"code":"TEAPOT","message":"m","details":{"a":1},"requestId":"b"}}`, "X-Request-Id", "h"))
	var e *apierr.Error
	if !errors.As(err, &e) || e.Code != "TEAPOT" || e.Message != "m" || e.Details != nil || string(e.RawDetails) != `{"a":1}` || e.Status != 418 || e.RequestID != "b" {
		t.Errorf("%+v", e)
	}
	if !errors.Is(err, apierr.Code("TEAPOT")) {
		t.Error("errors.Is")
	}
	e = decode(t, 409, `{"error":{"code":"TEAPOT","message":7,"requestId":null}}`, "X-Request-Id", "h")
	if e.Code != "TEAPOT" || e.Message != "HTTP 409" || e.RequestID != "h" {
		t.Errorf("%+v", e)
	}
}

// What is not the envelope is an error still, with the status and the headers.
func TestDecodeNoEnvelope(t *testing.T) {
	long := `{"error":{"code":"NOT_FOUND","message":"` + strings.Repeat("x", 1<<20) + `"}}`
	for _, body := range []string{
		"", "<html>502</html>", `{"error":{"code":"NOT_FO`, `{"error":"NOT_FOUND"}`, `{"error":{"code":7.5}}`, `{"error":{"code":9007199254740992}}`, `{"error":{"code":""}}`, `{"error":{"code":null}}`,
		`{"error":null}`, `{"error":[]}`, `[]`, `null`, `"NOT_FOUND"`, `{"code":"NOT_FOUND"}`, `{"Error":{"code":"NOT_FOUND"}}`, `{"error":{"Code":"NOT_FOUND"}}`,
		`{"error":{"code":"NOT_FOUND"}} trailing`, long, "\x00\xff",
	} {
		e := decode(t, 502, body, "X-Request-Id", "h", "Retry-After", "2")
		if e.Code != "" || e.Status != 502 || e.Details != nil || e.RawDetails != nil || e.RequestID != "h" ||
			e.RetryAfter != 2*time.Second || !e.Retryable() {
			t.Errorf("%.40q: %+v", body, e)
		}
		if e.Error() != "HTTP 502" || string(e.Body) != body[:min(len(body), 1<<20+1)] {
			t.Error(e)
		}
	}
	fits := `{"error":{"code":"NOT_FOUND","message":""}}`
	fits = strings.Replace(fits, `""`, `"`+strings.Repeat("x", 1<<20-len(fits))+`"`, 1)
	if e := decode(t, 404, fits); len(fits) != 1<<20 || e.Code != apierr.CodeNotFound {
		t.Error(len(fits), e.Code)
	}
	if apierr.FromResponse(response(399, fits)) != nil || apierr.FromResponse(response(200, "")) != nil {
		t.Error("below 400")
	}
	if apierr.Decode(399, nil, []byte(fits)) != nil {
		t.Error("below 400")
	}
}

// The code, the message, the request id and the delay are read each on its own.
func TestDecodeParts(t *testing.T) {
	for body, want := range map[string]apierr.Error{
		`{"error":{"code":40101,"message":"m"}}`:                         {Code: "40101", Message: "m"},
		`{"error":{"code":4.0101e4}}`:                                    {Code: "40101", Message: "HTTP 401"},
		`{"error":{"code":true,"message":"m","requestId":"r"}}`:          {Message: "m", RequestID: "r"},
		`{"error":{"message":"m","details":{"a":1}}}`:                    {Message: "m"},
		`{"error":{"code":["NOT_FOUND"],"requestId":"r"}}`:               {Message: "HTTP 401", RequestID: "r"},
		`{"error":{"code":"NOT_FOUND","message":7,"requestId":{"a":1}}}`: {Code: "NOT_FOUND", Message: "The resource doesn't exist within your tenant scope"},
		`{"message":"Unauthorized"}`:                                     {Message: "HTTP 401"},
	} {
		got := decode(t, 401, body)
		want.Status = 401
		if !got.Equal(&want) || string(got.Body) != body {
			t.Errorf("%s: %#v", body, got)
		}
	}
}

// What is beyond a double is no number, and other details can still be looked at as they came.
func TestBeyondDouble(t *testing.T) {
	good, _ := json.Marshal(full())
	raw := strings.Replace(string(good), "1.5", "1e400", 1)
	e := decode(t, 500, `{"error":{"code":"ANALYSIS_ERROR","details":`+raw+`}}`)
	if e.Details != nil || string(e.RawDetails) != raw || e.Code != apierr.CodeAnalysisError {
		t.Errorf("%#v", e)
	}
	raw = strings.Replace(string(good), "9223372036854775807", "9.223372036854775808e18", 1)
	if e := decode(t, 500, `{"error":{"code":"ANALYSIS_ERROR","details":`+raw+`}}`); e.Details != nil {
		t.Errorf("2^63 is %#v", e.Details)
	}
	var details apierr.AnalysisErrorDetails
	raw = strings.Replace(string(good), "1.5", "1e400", 1)
	if json.Unmarshal([]byte(raw), &details) == nil || json.Unmarshal(good, &details) != nil ||
		!reflect.DeepEqual(details, full()) {
		t.Errorf("%#v", details)
	}
}

// Where there is no response, there is still its body.
func TestDecodeWithoutResponse(t *testing.T) {
	header := http.Header{}
	header.Set("Retry-After", "7")
	header.Set("X-Request-Id", "h")
	body := []byte(`{"error":{"code":"RATE_LIMITED","message":"m"}}`)
	want := &apierr.Error{Code: apierr.CodeRateLimited, Status: 429, Message: "m", RequestID: "h",
		RetryAfter: 7 * time.Second}
	if err := apierr.Decode(429, header, body); !want.Equal(err.(*apierr.Error)) {
		t.Errorf("%#v", err)
	}
	var e apierr.Error
	if err := json.Unmarshal(body, &e); err != nil || e.Code != apierr.CodeRateLimited || e.Status != 429 ||
		e.Message != "m" || !e.Received() {
		t.Errorf("%v %#v", err, e)
	}
	if err := json.Unmarshal([]byte(`{"error":{"code":"NEW"}}`), &e); err != nil || e.Error() != "NEW: " {
		t.Errorf("%v %#v", err, e)
	}
	for _, other := range []string{`{}`, `{"error":{"code":""}}`, `[]`, `{"code":"NOT_FOUND"}`} {
		if json.Unmarshal([]byte(other), &e) == nil {
			t.Errorf("%s has no code", other)
		}
	}
	var pair struct{ A, B *apierr.Error }
	if err := json.Unmarshal([]byte(`{"A":null,"B":`+string(body)+`}`), &pair); err != nil || pair.A != nil || pair.B.Code != apierr.CodeRateLimited {
		t.Errorf("%v %+v", err, pair)
	}
}

// What is no answer is no success.
func TestNoResponse(t *testing.T) {
	for _, resp := range []*http.Response{nil, {StatusCode: 502}} {
		var e *apierr.Error
		if !errors.As(apierr.FromResponse(resp), &e) || e.Code != "" || e.Body != nil {
			t.Errorf("%#v", e)
		}
	}
	if err := apierr.FromResponse(nil); err.Error() != "no response" {
		t.Error(err)
	}
}

// The delay is what the server asked for, or else grows with each try up to a cap, and is not the same for all clients.
func TestDelay(t *testing.T) {
	if d := apierr.NewRateLimited(time.Hour).Delay(1); d != time.Hour {
		t.Error(d)
	}
	e := apierr.NewInternalError()
	for tries, longest := range map[int]time.Duration{
		-1: time.Second / 2, 0: time.Second / 2, 1: time.Second / 2, 2: time.Second, 3: 2 * time.Second, 6: 16 * time.Second, 7: 30 * time.Second, math.MaxInt: 30 * time.Second,
	} {
		different := map[time.Duration]bool{}
		for range 20 {
			d := e.Delay(tries)
			different[d] = true
			if d <= longest/2 || d > longest {
				t.Errorf("after %d tries: %v", tries, d)
			}
		}
		if len(different) < 2 {
			t.Error("no jitter")
		}
	}
}

// Why a body ends early can be asked.
func TestTruncatedConnection(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(502)
		fmt.Fprint(w, `{"success":false,`)
	}))
	defer server.Close()
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	err = apierr.FromResponse(resp)
	var e *apierr.Error
	if !errors.As(err, &e) || e.Status != 502 || e.Code != "" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%+v", err)
	}
}

// The answer to HEAD has no body.
func TestHead(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter,
		r *http.Request) {
		_ = apierr.Write(w, apierr.NewNotFound())
	}))
	defer server.Close()
	resp, err := http.Head(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var e *apierr.Error
	if !errors.As(apierr.FromResponse(resp), &e) || e.Status != 404 {
		t.Error(e)
	}
}

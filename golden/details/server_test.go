package details_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sigsentry/errgen/golden/details/want/go/apierr"
)

// serve writes err and returns the response.
func serve(t *testing.T, err error) *http.Response {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if werr := apierr.Write(w, err); werr != nil {
			t.Logf("Write: %v", werr)
		}
	}))
	t.Cleanup(server.Close)
	resp, gerr := http.Get(server.URL)
	if gerr != nil {
		t.Fatal(gerr)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

func body(t *testing.T, resp *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The envelope, the headers and the status are those of the code, whether the error is wrapped, a bare code or made by
// hand.
func TestWrite(t *testing.T) {
	err := apierr.NewValidationError(apierr.ValidationErrorDetails{Issues: []apierr.ValidationErrorDetailsIssuesItem{{Path: "a", Message: "<b> & \u2028"}}})
	resp := serve(t, fmt.Errorf("x: %w", err.WithMessage("a < b & c").WithRequestID("req_1").WithCause(io.EOF)))
	if resp.StatusCode != 400 {
		t.Error(resp.Status)
	}
	for name, want := range map[string]string{
		"Content-Type":           "application/json; charset=utf-8",
		"X-Content-Type-Options": "nosniff",
		"Cache-Control":          "no-store",
		"Retry-After":            "",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	want := `{"success":false,"error":{"code":"VALIDATION_ERROR","message":"a < b & c","details":{"issues":[{"path":"a","message":"<b> & \u2028"}]},"requestId":"req_1"}}`
	if got := body(t, resp); got != want {
		t.Error(got)
	}
	want = `{"success":false,"error":{"code":"NOT_FOUND","message":"The resource doesn't exist within your tenant scope"}}`
	if got := body(t, serve(t, apierr.NewNotFound())); got != want {
		t.Error(got)
	}
	if got := body(t, serve(t, fmt.Errorf("x: %w", apierr.CodeNotFound))); got != want {
		t.Error(got)
	}
	if got := body(t, serve(t, &apierr.Error{Code: apierr.CodeNotFound, Message: "The resource doesn't exist within " +
		"your tenant scope"})); got != want {
		t.Error(got)
	}
}

// An error that is not from the catalog becomes the internal code, and no word of it is sent.
func TestWriteForeign(t *testing.T) {
	want := `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"Unexpected server error"}}`
	for _, err := range []error{
		errors.New("secret"), nil, (*apierr.Error)(nil), apierr.Code("NEW"), apierr.Code(""),
		decode(t, 418, `{"success":false,"error":{"code":"NEW","message":"secret","details":{"secret":1}}}`),
		decode(t, 502, `<html>secret`), &apierr.Error{}, decode(t, 404, `{"error":{"code":"NOT_FOUND","message":"secret"}}`),
		fmt.Errorf("secret: %w", decode(t, 404, `{"error":{"code":"NOT_FOUND","message":"secret"}}`)),
	} {
		resp := serve(t, err)
		if got := body(t, resp); resp.StatusCode != 500 || got != want {
			t.Errorf("%v: %d %s", err, resp.StatusCode, got)
		}
	}
	e := apierr.From(io.EOF)
	if !errors.Is(e, io.EOF) || e.Code != apierr.CodeInternalError {
		t.Error("From loses the cause")
	}
	received := decode(t, 404, `{"error":{"code":"NOT_FOUND","message":"m"}}`)
	if e := apierr.From(received); e.Unwrap() != error(received) || e.Received() {
		t.Error("From loses what was received")
	}
	if e := apierr.From(apierr.NewUpstreamError(apierr.UpstreamErrorDetails{}).WithCause(received)); e.Code != apierr.CodeUpstreamError {
		t.Error("an error that is made of one that was received is the server's own")
	}
}

// The id that a middleware has put into the headers stands in the body too.
func TestWriteRequestID(t *testing.T) {
	for _, err := range []error{io.EOF, apierr.NewNotFound()} {
		w := httptest.NewRecorder()
		w.Header().Set("X-Request-Id", "req_h")
		w.Header().Set("Content-Length", "3")
		if err := apierr.Write(w, err); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(w.Body.String(), `"requestId":"req_h"}}`) || w.Header().Get("Content-Length") != "" {
			t.Error(w.Body, w.Header())
		}
	}
}

// A proxy sends on what it received, codes of newer servers included.
func TestForward(t *testing.T) {
	sent := `{"success":false,"error":{"code":"NEW","message":"m","details":{"a":[1]},"requestId":"r"}}`
	w := httptest.NewRecorder()
	if err := decode(t, 418, sent, "Retry-After", "7").WriteHTTP(w); err != nil || w.Code != 418 ||
		w.Body.String() != sent || w.Header().Get("Retry-After") != "7" {
		t.Error(err, w.Code, w.Body)
	}
	for _, body := range []string{
		`{"success":false,"error":{"code":"NOT_FOUND","message":"m","details":null,"requestId":null,"traceId":"t"},"meta":[1]}`,
		`{"error":{"message":"m"}}`,
		`{"message":"Forbidden"}`,
		`{"error":{"code":"UPSTREAM_ERROR","details":{"upstream":"x","new":1e400}}}`,
	} {
		for _, bom := range []string{"", "\ufeff"} {
			w := httptest.NewRecorder()
			w.Header().Set("X-Request-Id", "own")
			if err := decode(t, 404, bom+body).WriteHTTP(w); err != nil || w.Body.String() != body {
				t.Error(err, w.Body)
			}
		}
	}
}

// What a proxy has changed is sent, and what was no JSON is not.
func TestForwardChanged(t *testing.T) {
	received := decode(t, 502, `{"success":false,"error":{"code":"UPSTREAM_ERROR","message":"m","details":{"upstream":"x","new":1}},"new":1}`)
	details := *received
	details.Details = apierr.UpstreamErrorDetails{Upstream: "y"}
	for e, want := range map[*apierr.Error]string{
		received.WithMessage("n"):        `{"success":false,"error":{"code":"UPSTREAM_ERROR","message":"n","details":{"upstream":"x","new":1}}}`,
		&details:                         `{"success":false,"error":{"code":"UPSTREAM_ERROR","message":"m","details":{"upstream":"y"}}}`,
		decode(t, 502, `<script>`):       `{"success":false,"error":{"code":"","message":"HTTP 502"}}`,
		decode(t, 502, `{"error":{}} x`): `{"success":false,"error":{"code":"","message":"HTTP 502"}}`,
		decode(t, 502, `["a"]`):          `{"success":false,"error":{"code":"","message":"HTTP 502"}}`,
	} {
		if got, err := json.Marshal(e); err != nil || string(got) != want {
			t.Errorf("%v %s", err, got)
		}
	}
}

// Servers that have no ResponseWriter send the same.
func TestResponse(t *testing.T) {
	for _, e := range []*apierr.Error{
		apierr.NewRateLimited(1500 * time.Millisecond), apierr.NewNotFound().WithRequestID("r"), apierr.From(io.EOF),
		apierr.NewAnalysisError(apierr.AnalysisErrorDetails{Grid: [][]float64{{math.NaN()}}}),
	} {
		w := httptest.NewRecorder()
		werr := e.WriteHTTP(w)
		status, header, body, err := e.Response()
		if status != w.Code || !reflect.DeepEqual(header, w.Header()) || string(body) != w.Body.String() ||
			(err == nil) != (werr == nil) {
			t.Error(status, header, string(body), err)
		}
	}
	if _, header, _, _ := apierr.NewNotFound().WithRequestID("r").Response(); header.Get("X-Request-Id") != "r" {
		t.Error(header)
	}
}

// Details that are no JSON do not cost the answer.
func TestUnfitDetails(t *testing.T) {
	err := apierr.NewAnalysisError(apierr.AnalysisErrorDetails{Grid: [][]float64{{math.NaN()}}})
	w := httptest.NewRecorder()
	if apierr.Write(w, err) == nil {
		t.Error("nothing said")
	}
	want := `{"success":false,"error":{"code":"ANALYSIS_ERROR","message":"An analysis failed during processing"}}`
	if w.Code != 500 || w.Body.String() != want {
		t.Error(w.Code, w.Body)
	}
	if _, err := json.Marshal(err); err == nil {
		t.Error("json.Marshal must fail")
	}
}

// broken is a connection that is gone.
type broken struct{ http.ResponseWriter }

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestBrokenConnection(t *testing.T) {
	if err := apierr.Write(broken{httptest.NewRecorder()}, io.EOF); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

// A nil slice or map goes out as [] or {} wherever the schema does not allow null, at any depth.
func TestNil(t *testing.T) {
	got, err := json.Marshal(apierr.AnalysisErrorDetails{})
	want := `{"kind":"analysis","attempt":0,"startedAt":"0001-01-01T00:00:00Z","tags":[],"counts":{},"grid":[],"byRegion":{},"parent":null,"history":null,"stage":"","limits":{"paths":[]}}`
	if err != nil || string(got) != want {
		t.Error(err, string(got))
	}
	details := apierr.AnalysisErrorDetails{Grid: [][]float64{nil}, ByRegion: map[string][]string{"a": nil},
		Cube: [][][]string{nil, {nil}}, Holes: [][]*int64{nil, {}}, Fallback: &apierr.AnalysisErrorDetailsLimits{}}
	got, _ = json.Marshal(details)
	for _, want := range []string{`"grid":[[]]`, `"byRegion":{"a":[]}`, `"cube":[[],[[]]]`, `"holes":[null,[]]`, `"fallback":{"paths":[]}`} {
		if !strings.Contains(string(got), want) {
			t.Error(want, string(got))
		}
	}
	if got, _ := json.Marshal(apierr.AnalysisErrorDetailsLimits{Paths: []string{}}); string(got) != `{"paths":[]}` {
		t.Error(string(got))
	}
	if got, _ := json.Marshal(apierr.AnalysisErrorDetails{Steps: []string{}}); !strings.Contains(string(got), `"steps":[]`) {
		t.Error("an empty list is not an absent one")
	}
	odd := apierr.Outage{OddName: ptr("<&>")}
	if got, _ := json.Marshal(odd); string(got) != `{"odd \"name\\,":"\u003c\u0026\u003e"}` {
		t.Error(string(got))
	}
	var back apierr.Outage
	if got, _ := odd.MarshalJSON(); string(got) != `{"odd \"name\\,":"<&>"}` || json.Unmarshal(got, &back) != nil || !reflect.DeepEqual(odd, back) {
		t.Error(string(got))
	}
	if details.Grid[0] != nil || details.ByRegion["a"] != nil || details.Cube[1][0] != nil {
		t.Error("the caller's value was changed")
	}
	if got, _ := json.Marshal(apierr.NewValidationError(apierr.ValidationErrorDetails{})); !strings.Contains(string(got), `"details":{"issues":[]}`) {
		t.Error(string(got))
	}
}

// Details may be secret: a log has none of them. It has the cause, which no client sees.
func TestLog(t *testing.T) {
	secret := apierr.ValidationErrorDetails{Issues: []apierr.ValidationErrorDetailsIssuesItem{{Path: "secret"}}}
	for want, err := range map[string]any{
		`e.code=VALIDATION_ERROR e.status=400 e.message="One or more fields failed schema validation" e.requestId=r`: apierr.NewValidationError(secret).WithRequestID("r"),
		`e.code=INTERNAL_ERROR e.status=500 e.message="Unexpected server error" e.cause=EOF`:                         apierr.From(io.EOF),
		`e.code=NOT_FOUND e.status=404 e.message=""`:                                                                 &apierr.Error{Code: apierr.CodeNotFound},
		`e.cause.code=NOT_FOUND e.cause.status=404 e.cause.message=m`:                                                apierr.From(decode(t, 404, `{"error":{"code":"NOT_FOUND","message":"m"}}`)),
		`e=<nil>`: (*apierr.Error)(nil),
	} {
		var out strings.Builder
		slog.New(slog.NewTextHandler(&out, nil)).Error("m", "e", err)
		if s := out.String(); !strings.HasSuffix(s, want+"\n") || strings.Contains(s, "secret") {
			t.Error(s)
		}
	}
}

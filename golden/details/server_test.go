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

// The envelope, the headers and the status are those of the code, whether the error is wrapped, a bare code or made by hand.
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
	if got := body(t, serve(t, &apierr.Error{Code: apierr.CodeNotFound, Message: "The resource doesn't exist within your tenant scope"})); got != want {
		t.Error(got)
	}
}

// An error that is not from the catalog becomes the internal code, and no word of it is sent.
func TestWriteForeign(t *testing.T) {
	want := `{"success":false,"error":{"code":"INTERNAL_ERROR","message":"Unexpected server error"}}`
	for _, err := range []error{
		errors.New("secret"), nil, (*apierr.Error)(nil), apierr.Code("NEW"), apierr.Code(""),
		decode(t, 418, `{"success":false,"error":{"code":"NEW","message":"secret","details":{"secret":1}}}`),
		decode(t, 502, `<html>secret`), &apierr.Error{},
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
	if err := decode(t, 418, sent, "Retry-After", "7").WriteHTTP(w); err != nil || w.Code != 418 || w.Body.String() != sent || w.Header().Get("Retry-After") != "7" {
		t.Error(err, w.Code, w.Body)
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
	details := apierr.AnalysisErrorDetails{Grid: [][]float64{nil}, ByRegion: map[string][]string{"a": nil}, Cube: [][][]string{nil, {nil}}, Holes: [][]*int64{nil, {}}, Fallback: &apierr.AnalysisErrorDetailsLimits{}}
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

// Details may be secret: a log has none of them.
func TestLog(t *testing.T) {
	var out strings.Builder
	log := slog.New(slog.NewTextHandler(&out, nil))
	log.Error("m", "error", apierr.NewValidationError(apierr.ValidationErrorDetails{Issues: []apierr.ValidationErrorDetailsIssuesItem{{Path: "secret"}}}).WithRequestID("r"))
	if s := out.String(); !strings.Contains(s, "error.code=VALIDATION_ERROR error.status=400 error.requestId=r\n") || strings.Contains(s, "secret") {
		t.Error(s)
	}
}

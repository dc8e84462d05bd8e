package details_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/golden/details/want/go/apierr"
)

// Errors are found by their code, however they are wrapped, and keep their cause.
func TestIdentity(t *testing.T) {
	cause := context.Canceled
	err := fmt.Errorf("loading: %w", apierr.NewNotFound().WithCause(cause))
	if !errors.Is(err, apierr.CodeNotFound) || errors.Is(err, apierr.CodeRateLimited) {
		t.Error("errors.Is by code")
	}
	if !errors.Is(err, context.Canceled) {
		t.Error("the cause is lost")
	}
	if apierr.CodeOf(err) != apierr.CodeNotFound || apierr.CodeOf(io.EOF) != "" || apierr.CodeOf(nil) != "" {
		t.Error("CodeOf")
	}
	if apierr.CodeOf(fmt.Errorf("x: %w", apierr.CodeNotFound)) != apierr.CodeNotFound {
		t.Error("CodeOf a bare code")
	}
	if apierr.CodeOf(errors.Join(io.EOF, apierr.NewNotFound())) != apierr.CodeNotFound {
		t.Error("CodeOf a joined error")
	}
	if got := err.Error(); got != "loading: NOT_FOUND: The resource doesn't exist within your tenant scope: context "+
		"canceled" {
		t.Error(got)
	}
	if !errors.Is(err, apierr.NewNotFound()) || errors.Is(err, apierr.NewUnauthorized()) ||
		errors.Is(&apierr.Error{}, &apierr.Error{}) {
		t.Error("errors.Is by another error of the code")
	}
	var nilError *apierr.Error
	if nilError.Is(apierr.CodeNotFound) || nilError.Received() || nilError.Retryable() || nilError.Delay(1) <= 0 ||
		errors.Is(err, nilError) {
		t.Error("a nil *Error")
	}
	if apierr.CodeOf(nilError) != "" || apierr.From(nilError).Code != apierr.CodeInternalError {
		t.Error("a nil *Error")
	}
}

// Equal is what go-cmp compares with.
func TestEqual(t *testing.T) {
	a := apierr.NewUpstreamError(apierr.UpstreamErrorDetails{Upstream: "x"})
	var none *apierr.Error
	for i, same := range []bool{
		a.Equal(a.WithCause(io.EOF)), a.Equal(apierr.NewUpstreamError(apierr.UpstreamErrorDetails{Upstream: "x"})), none.Equal(nil),
		!a.Equal(apierr.NewUpstreamError(apierr.UpstreamErrorDetails{Upstream: "y"})), !a.Equal(a.WithMessage("m")), !a.Equal(a.WithRequestID("r")),
		!a.Equal(nil), !none.Equal(a), !apierr.NewRateLimited(1).Equal(apierr.NewRateLimited(2)), !apierr.NewNotFound().Equal(&apierr.Error{RawDetails: []byte("1")}),
	} {
		if !same {
			t.Error(i)
		}
	}
}

// An error of a struct's own is kept in a field with a name.
type lookupError struct {
	Key string
	API *apierr.Error
}

func (e *lookupError) Error() string { return e.Key + ": " + e.API.Error() }
func (e *lookupError) Unwrap() error { return e.API }

func TestField(t *testing.T) {
	err := error(&lookupError{"k", apierr.NewNotFound()})
	if apierr.CodeOf(err) != apierr.CodeNotFound || !errors.Is(err, apierr.CodeNotFound) ||
		apierr.From(err).Status != 404 {
		t.Error(err)
	}
	if _, is := any(struct{ *apierr.Error }{apierr.NewNotFound()}).(error); is {
		t.Error("the comment of Error says that this is no error")
	}
}

// An error can be shared: the With methods change a copy.
func TestCopies(t *testing.T) {
	e := apierr.NewNotFound()
	before := *e
	e.WithMessage("m").WithCause(io.EOF).WithRequestID("r")
	if !reflect.DeepEqual(before, *e) {
		t.Error("With… changed the receiver")
	}
	c := e.WithMessage("m").WithCause(io.EOF).WithRequestID("r")
	if c.Message != "m" || c.RequestID != "r" || c.Unwrap() != io.EOF || c.Status != 404 {
		t.Errorf("%+v", c)
	}
}

// The catalog knows each of its codes and no other.
func TestInfo(t *testing.T) {
	for _, code := range apierr.Codes() {
		info, ok := code.Info()
		if !ok || info.Code != code || info.Status < 400 || info.Status > 599 || info.Message == "" || info.Category == "" ||
			!strings.HasSuffix(info.DocsURL, "#"+string(code)) {
			t.Errorf("%+v", info)
		}
	}
	if info, ok := apierr.Code("NEW").Info(); ok || info != (apierr.Info{}) {
		t.Errorf("%+v", info)
	}
	info, _ := apierr.CodeKeyFormatDeprecated.Info()
	if !info.Deprecated || info.Retryable || info.RetryAfter || info.Status != 401 ||
		info.Category != apierr.CategoryAuthentication {
		t.Errorf("%+v", info)
	}
	if info, _ := apierr.CodeRateLimited.Info(); !info.Retryable || !info.RetryAfter || info.Deprecated {
		t.Errorf("%+v", info)
	}
	if codes := apierr.Codes(); len(codes) != 9 || codes[0] != apierr.CodeUnauthorized {
		t.Error(codes)
	}
}

// Details have the type of their code or are not there.
func TestDetailsOf(t *testing.T) {
	if _, ok := apierr.DetailsOf[apierr.ValidationErrorDetails](apierr.NewNotFound()); ok {
		t.Error("no details")
	}
	if _, ok := apierr.DetailsOf[apierr.ValidationErrorDetails](io.EOF); ok {
		t.Error("foreign")
	}
	if _, ok := apierr.DetailsOf[apierr.Outage](apierr.NewUpstreamError(apierr.UpstreamErrorDetails{})); ok {
		t.Error("other details")
	}
	e := apierr.NewUpstreamError(apierr.UpstreamErrorDetails{Upstream: "x"})
	if d, ok := apierr.DetailsOf[*apierr.UpstreamErrorDetails](e); !ok || d.Upstream != "x" {
		t.Error("a pointer")
	} else if d.Upstream = "y"; e.Details != (apierr.UpstreamErrorDetails{Upstream: "x"}) {
		t.Error("no copy")
	}
	if _, ok := apierr.DetailsOf[*apierr.Outage](e); ok {
		t.Error("a pointer to other details")
	}
	if _, ok := apierr.DetailsOf[*apierr.Outage](apierr.NewNotFound()); ok {
		t.Error("a pointer to no details")
	}
	if d, ok := apierr.DetailsOf[apierr.Details](apierr.NewUpstreamError(apierr.UpstreamErrorDetails{})); !ok || d == nil {
		t.Error("any details")
	}
}

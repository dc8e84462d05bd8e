package golden

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	flat "github.com/sigsentry/errgen/golden/envelope-flat/want/go/apierr"
	list "github.com/sigsentry/errgen/golden/envelope-list/want/go/apierr"
	low "github.com/sigsentry/errgen/golden/envelope-low/want/go/apierr"
	nested "github.com/sigsentry/errgen/golden/envelope-nested/want/go/apierr"
	problem "github.com/sigsentry/errgen/golden/envelope-problem/want/go/apierr"
	parcels "github.com/sigsentry/errgen/golden/every-field/want/go/apierr"
)

// wireCases are the catalogs whose servers and clients talk over HTTP: one with each kind of envelope.
var wireCases = []wireCase{
	wired("every-field", makers[*parcels.Error]{
		"unauthorized":     without(parcels.NewUnauthorized),
		"token_missing":    without(parcels.NewTokenMissing),
		"invalid_request":  with(parcels.NewBadRequest),
		"address_problem":  with(parcels.NewAddressProblem),
		"route_impossible": with(parcels.NewRouteImpossible),
		"parcel_not_found": with(parcels.NewParcelNotFound),
		"parcel_delivered": with(parcels.NewParcelDelivered),
		"label_voided":     without(parcels.NewLabelVoided),
		"quota_exceeded":   with(parcels.NewQuotaExceeded),
		"rate_limited": with(func(details parcels.ThrottledDetails) *parcels.Error {
			return parcels.NewThrottled(details, 12*time.Second)
		}),
		"storage_failed": without(parcels.NewStorageFailed),
		"internal_error": without(parcels.NewInternalError),
		"carrier_failed": with(parcels.NewCarrierFailed),
		"maintenance":    delayed(parcels.NewMaintenance),
	}, parcels.Write, parcels.FromResponse),
	wired("envelope-problem", makers[*problem.Error]{
		"LOAN_LIMIT_REACHED": with(problem.NewLoanLimitReached),
		"BOOK_LENT":          with(problem.NewBookLent),
		"READER_UNKNOWN":     with(problem.NewReaderUnknown),
		"CLOSED":             delayed(problem.NewClosed),
		"INTERNAL_ERROR":     without(problem.NewInternalError),
	}, problem.Write, problem.FromResponse),
	wired("envelope-nested", makers[*nested.Error]{
		"card_declined":     with(nested.NewCardDeclined),
		"parameter_unknown": with(nested.NewParameterUnknown),
		"parameter_missing": with(nested.NewParameterMissing),
		"rate_limit":        delayed(nested.NewRateLimit),
		"api_error":         without(nested.NewAPIError),
	}, nested.Write, nested.FromResponse),
	wired("envelope-list", makers[*list.Error]{
		"INVALID_ATTRIBUTE": with(list.NewInvalidAttribute),
		"TITLE_TAKEN":       without(list.NewTitleTaken),
		"NOT_FOUND":         without(list.NewNotFound),
		"SLOW_DOWN":         delayed(list.NewSlowDown),
		"INTERNAL":          without(list.NewInternal),
	}, list.Write, list.FromResponse),
	wired("envelope-flat", makers[*flat.Error]{
		"20404": without(flat.NewResourceNotFound),
		"21211": with(flat.NewInvalidTo),
		"30001": without(flat.NewQueueOverflow),
		"20500": without(flat.NewInternalServerError),
	}, flat.Write, flat.FromResponse),
	wired("envelope-low", makers[*low.Error]{
		"channel_not_found": without(low.NewChannelNotFound),
		"msg_too_long":      with(low.NewMsgTooLong),
		"ratelimited":       delayed(low.NewRatelimited),
		"internal_error":    without(low.NewInternalError),
	}, low.Write, low.FromResponse),
}

// wireCase is a catalog whose servers and clients talk over HTTP.
type wireCase struct {
	name  string
	raise func(t *testing.T, v vector) error // the error that the vector tells of, as a handler returns it
	write func(http.ResponseWriter, error) error
	read  func(*http.Response) error
}

// makers make an error of each code from the JSON of its details, with the constructor of that code. A delay is the
// one of the vectors.
type makers[E any] map[string]func(details []byte) (E, error)

// changeable is the *Error of a generated package.
type changeable[E any] interface {
	error
	WithMessage(message string) E
	WithStatus(status int) E
	WithRequestID(id string) E
	WithCause(cause error) E
}

func wired[E changeable[E]](
	name string, makers makers[E], write func(http.ResponseWriter, error) error, read func(*http.Response) error,
) wireCase {
	raise := func(t *testing.T, v vector) error {
		t.Helper()
		details, err := json.Marshal(v.Sees.RawDetails)
		if err != nil {
			t.Fatal(err)
		}
		made := makers[v.Sees.Code]
		if made == nil {
			t.Fatalf("%s: nothing makes %s", name, v.Sees.Code)
		}
		e, err := made(details)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(v.Name, fmt.Sprint(v.Sees.Code, " with ", v.Status)) { // a further one of the code
			e = e.WithStatus(v.Status)
		}
		return e.WithMessage(v.Sees.Message).WithRequestID(v.Sees.RequestID).WithCause(errors.New("nor this"))
	}
	return wireCase{name, raise, write, read}
}

func with[D, E any](make func(D) E) func([]byte) (E, error) {
	return func(text []byte) (E, error) {
		var details D
		err := json.Unmarshal(text, &details)
		return make(details), err
	}
}

func without[E any](make func() E) func([]byte) (E, error) {
	return func([]byte) (E, error) { return make(), nil }
}

func delayed[E any](make func(time.Duration) E) func([]byte) (E, error) {
	return func([]byte) (E, error) { return make(12 * time.Second), nil }
}

// sendable returns the vectors of a catalog that a server of it can send: those with all details.
func (c *wireCase) sendable(t *testing.T) []vector {
	t.Helper()
	var vectors []vector
	for _, v := range readVectors(t, c.name) {
		if !strings.HasSuffix(v.Name, " without details") {
			vectors = append(vectors, v)
		}
	}
	return vectors
}

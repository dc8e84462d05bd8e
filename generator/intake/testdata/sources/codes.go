// Package apierr has the codes.
package apierr

import "net/http"

// Code is what the API sends in error.code.
type Code string

const (
	// CodeNotFound means that the pet is not there.
	CodeNotFound Code = "pet_not_found"
	CodeTaken    Code = "name_taken" // another pet has this name
	// CodeBusy is returned when the shop is full.
	CodeBusy Code = "shop_busy"
)

const (
	headerName   = "X-Request-Id"
	defaultLimit = 20
)

type def struct {
	code   Code
	status int
	text   string
}

var more = []def{
	{"card_declined", 402, "The card was declined"},
	{"card_expired", http.StatusPaymentRequired, "The card has expired"},
}

// HTTPStatus returns the status of a code.
func (c Code) HTTPStatus() int {
	switch c {
	case CodeNotFound:
		return http.StatusNotFound
	case CodeTaken, CodeBusy:
		return http.StatusConflict
	}
	return http.StatusInternalServerError
}

var retryStatus = map[Code]int{CodeBusy: http.StatusServiceUnavailable}

package errcode

import "net/http"

var (
	// ErrorCodeUnknown is a generic error that can be used as a last
	// resort if there is no situation-specific error message that can be used
	ErrorCodeUnknown = register("errcode", ErrorDescriptor{
		Value:   "UNKNOWN",
		Message: "unknown error",
		Description: `Generic error returned when the error does not have an
		API classification.`,
		HTTPStatusCode: http.StatusInternalServerError,
	})

	// ErrorCodeDenied is returned if a client does not have sufficient permission
	ErrorCodeDenied = register("errcode", ErrorDescriptor{
		Value:   "DENIED",
		Message: "requested access to the resource is denied",
		Description: `The access controller denied access for the operation on
		a resource.`,
		HTTPStatusCode: http.StatusForbidden,
	})
)

var server = http.Server{Addr: ":80"}

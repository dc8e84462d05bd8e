package operations_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/sigsentry/errgen/golden/operations/want/go/apierr"
)

// An operation knows what it can return: groups are resolved, and what every operation can return is among it.
func TestErrors(t *testing.T) {
	const every = " RATE_LIMITED INTERNAL_ERROR UNAVAILABLE"
	for operation, want := range map[apierr.Operation]string{
		apierr.OperationGetPet:    "UNAUTHORIZED PET_NOT_FOUND" + every,
		apierr.OperationDeletePet: "UNAUTHORIZED FORBIDDEN PET_NOT_FOUND PET_ADOPTED" + every,
		"uploadPetPhoto":          "UNAUTHORIZED FORBIDDEN VALIDATION_ERROR PET_NOT_FOUND PHOTO_TOO_LARGE" + every,
		"feedPet":                 "",
	} {
		if got := fmt.Sprint(operation.Errors()); got != "["+want+"]" {
			t.Errorf("%s returns %s, expected %s", operation, got, want)
		}
	}
	apierr.OperationGetPet.Errors()[0] = apierr.CodeForbidden
	if slices.Contains(apierr.OperationGetPet.Errors(), apierr.CodeForbidden) {
		t.Error("a caller can change what an operation returns")
	}
}

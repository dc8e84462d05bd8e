// Package golden proves generated files with the tools of their languages.
package golden

import (
	"os"
	"os/exec"
	"testing"
)

// need skips a test where a toolchain is missing, and fails it in CI: there a skipped test would hide a missing
// install.
func need(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not installed", tool)
	}
	t.Skipf("%s is not installed", tool)
}

// The output of a user's own target is a program that works.
func TestOwnTargetRuns(t *testing.T) {
	need(t, "python3")
	const program = `
import errors
assert errors.ErrorCode("CART_LOCKED") is errors.ErrorCode.CART_LOCKED
assert errors.STATUS[errors.ErrorCode.CART_LOCKED] == 409
assert errors.ErrorCode.CART_LOCKED in errors.RETRYABLE and errors.ErrorCode.ORDER_NOT_FOUND not in errors.RETRYABLE
details = errors.CartLockedDetails(locked_by="ann", from_="2025-01-01T00:00:00Z", class_=errors.CartLockedDetailsClass.IN_STORE)
assert details.items is None and details.class_.value == "in-store"
assert str(errors.ApiError("X", "y")) == "X: y"
print("all well")
`
	cmd := exec.Command("python3", "-B", "-c", program)
	cmd.Dir = "own-target/want/python"
	if out, err := cmd.CombinedOutput(); err != nil || string(out) != "all well\n" {
		t.Errorf("%v\n%s", err, out)
	}
}

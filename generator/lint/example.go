package lint

import (
	"strconv"
	"strings"
)

// Examples are read as they stand, each from an empty line on, and run as tests: they have all that a catalog asks for.
// Here is what several share.

// code is an entry of errors, with what else is said of it.
func code(name string, status int, meaning string, more ...string) string {
	lines := []string{name + ":", "status: " + strconv.Itoa(status), "category: access", "meaning: " + meaning}
	return strings.Join(append(lines, more...), "\n  ") + "\n"
}

// requiring is the details of a code: an object that has to have a property.
func requiring(property, schema string) string {
	return "details:\n    type: object\n    required: [" + property + "]\n    properties:\n      " +
		property + ": " + schema
}

// planLimitBut returns the example planLimit with something in the place of a part.
func planLimitBut(part, instead string) string { return strings.Replace(planLimit, part, instead, 1) }

// codes is the section errors.
func codes(entries ...string) string {
	lines := strings.TrimSuffix(strings.Join(entries, ""), "\n")
	return "errors:\n  " + strings.ReplaceAll(lines, "\n", "\n  ") + "\n"
}

var (
	keyExpired   = code("KEY_EXPIRED", 401, "The key is past its date")
	keyRevoked   = code("KEY_REVOKED", 401, "An owner of the project took the key back")
	tokenExpired = code("TOKEN_EXPIRED", 401, "The token is past its date")
	rateLimited  = code("RATE_LIMITED", 429, "Too many requests in this window")
	planLimit    = code("PLAN_LIMIT", 403, "The plan does not allow more",
		requiring("limit", "{type: integer, description: Requests a day that the plan allows}"))
)

const (
	access       = "\ncategories:\n  access: {title: Access}\n"
	limitExample = "  examples: [{details: {limit: 100}}]\n"
	allowed      = "\n# errgen:allow missing-retry-after the proxy sets the header\n"
)

//go:build unix

package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
)

var (
	areas = strings.Fields("account billing catalog checkout delivery document identity ledger message order report " +
		"search")
	parts = strings.Fields(`address attachment balance batch calendar campaign channel contact contract coupon credit customer device discount
		domain draft export feature folder invoice job label license location mandate member meter milestone note notification offer package
		payment payout plan policy price product profile project queue quote receipt refund region reminder reservation route rule schedule
		segment session shipment signature snapshot source statement stock storage subscription supplier task tax template tenant ticket
		token transfer trigger upload usage vendor version voucher warehouse webhook workflow workspace zone`)
	kinds    = []string{"", "archived_", "backup_", "draft_", "external_", "nested_", "shared_", "trial_"}
	problems = []struct {
		code    string
		status  int
		meaning string
	}{
		{"MISSING", 400, "The request names no %s, and there is no default for the project that the key belongs to"},
		{"MALFORMED", 400, "The %s could not be read: `%[1]sId` is not in the documented form, or a field has the wrong " +
			"type"},
		{"LOCKED", 409, "Another request is changing the %s right now; only one change at a time is possible, and none is " +
			"queued"},
		{"NOT_FOUND", 404, "The %s doesn't exist within your tenant scope, or the key that was used has no permission to " +
			"see it"},
		{"GONE", 410, "The %s was deleted, either by a member of the workspace or when its retention period ended"},
		{"LIMIT_REACHED", 403, "Your plan's limit for this kind of %s is reached — see [Plans](/plans) for what each tier " +
			"includes"},
		{"CONFLICT", 409, "Another %s has the same `externalId` already; identifiers are unique within a project"},
		{"EXPIRED", 410, "The %s has expired and can't be used any more, not even to read what it referred to before"},
		{"NOT_ALLOWED", 403, "The key lacks the permission `%[1]s:write`, which this endpoint asks for since the change " +
			"of roles in the spring"},
		{"TOO_LARGE", 413, "The %s is larger than what the endpoint accepts (10 MB, or 100 MB for uploads in parts); " +
			"nothing of it was stored"},
		{"THROTTLED", 429, "Too many requests for this %s — see [Rate limits](/rate-limits) for windows and headers"},
		{"FAILED", 500, "An unexpected error stopped the work on the %s; nothing was changed, and the team has been told"},
		{"UNAVAILABLE", 503, "The service that holds the %s is down for maintenance, or can't keep up with the load at " +
			"the moment"},
		{"TIMED_OUT", 504, "The %s was not ready in time: an upstream service did not answer within 30 seconds"},
	}
	recoveries = []string{
		"Correct the fields named in `details`, and send the request again with a new `Idempotency-Key`; the old one " +
			"stays bound to the body that was refused",
		"Check that the identifier belongs to the project in `X-Project-Id`; the endpoint of the same name lists what " +
			"there is, with archived ones if you ask for them",
		"Retry with exponential backoff and jitter. If it persists, email support with the `requestId` from the response " +
			"and the time of the first attempt",
		"Wait until the other change is done, read the current state again, and apply your change to that state rather " +
			"than to the one you had",
		"Upgrade the plan, or remove what is not needed any more in Organization → Billing; the new limit is there within " +
			"a minute",
		"Ask an administrator of the workspace for the permission, or use a key that has it; keys do not gain permissions " +
			"after they were made",
	}
	// Keywords stand on lines of their own, as people write them.
	properties = []struct{ name, schema, example string }{
		{"resource", "type: string; description: The kind of thing that was asked for, as the path of the request names it",
			"order"},
		{"limit", "type: integer; format: int64; minimum: 0; description: The most that the plan of the workspace allows " +
			"at any time", "100"},
		{"current", "type: integer; minimum: 0; description: How many there are now, with those that are being made", "101"},
		{"ratio", "type: number; description: \"Use of the quota, from 0 to 1\"", "0.75"},
		{"final", "type: boolean; description: Whether another attempt is pointless, whatever is changed in the request",
			"true"},
		{"resetAt", "type: string; format: date-time; description: When the window ends and the next one begins, to the " +
			"second", "\"2025-03-01T12:00:00Z\""},
		{"traceId", "type: [string, \"null\"]; format: uuid; description: Names the trace in support requests, null where " +
			"tracing is off", "null"},
		{"reason", "type: string; description: Why it was refused, as the first check that failed says; enum: [missing, " +
			"expired, revoked, malformed]", "expired"},
		{"stage", "description: How far the work got before it stopped, new stages may be added; anyOf: [{enum: [queued, " +
			"running, done]}, {type: string}]", "running"},
		{"issues", "type: array; description: Every field that failed, in the order of the request; items: {$ref: " +
			"\"#/types/Issue\"}", "[{path: lines.0.price, message: Must not be negative}]"},
		{"money", "$ref: \"#/types/Money\"", "{amount: 1250, currency: EUR}"},
		{"labels", "type: object; description: Labels as the caller set them when the resource was made; " +
			"additionalProperties: {type: string}", "{team: payments}"},
		{"ids", "type: array; description: At most 50 of them; items: {type: string, minLength: 1}; maxItems: 50",
			"[a1, b2]"},
		{"owner", "type: object; description: Who holds it; properties:;   id:;     type: string;     description: As in " +
			"the path of the endpoint for members;   kind:;     type: string;     enum: [user, team, service]; required: " +
			"[id, kind]", "{id: u_42, kind: team}"},
		{"attempts", "type: array; items:;   type: object;   properties:;     at: {type: string, format: date-time};     " +
			"status:;       type: integer;       description: HTTP status of the answer, absent where there was none;   " +
			"required: [at]", "[{at: \"2025-03-01T12:00:00Z\", status: 502}]"},
	}
)

const head = `version: 1
info:
  title: Error codes
  summary: Every error.code value the API returns, with HTTP status, meaning, and recovery guidance
  docsURL: https://docs.example.com/errors
types:
  Issue:
    type: object
    description: A field that failed validation
    properties:
      path: {type: string, description: "Where the field is in the request, such as ` + "`lines.0.price`" + `"}
      message: {type: string, description: What is wrong with it}
    required: [path, message]
  Money:
    type: object
    properties:
      amount: {type: integer, format: int64, description: In the smallest unit of the currency}
      currency: {type: string, pattern: "^[A-Z]{3}$"}
    required: [amount, currency]
sections:
  - title: Idempotent retries
    body: |
      5xx and 429 are safe to retry. Use exponential backoff with jitter, and cap your retry budget.

      Other 4xx are client errors and won't succeed without a request change.
categories:
`

// writeCatalog makes a catalog of n codes, the same on every run: about 600 bytes per code, with details on every
// third.
func writeCatalog(to io.Writer, n int) error {
	w := bufio.NewWriter(to)
	w.WriteString(head)
	for _, area := range areas {
		fmt.Fprintf(w, "  %s: {title: %s errors, description: What can go wrong with `%s`}\n", area,
			strings.ToUpper(area[:1])+area[1:], area)
	}
	w.WriteString("errors:\n")
	random := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		writeCode(w, i, random)
	}
	return w.Flush()
}

func writeCode(w io.Writer, i int, random *rand.Rand) {
	problem, area := problems[i%len(problems)], areas[i/len(problems)%len(areas)]
	part := parts[i/len(problems)/len(areas)%len(parts)]
	fmt.Fprintf(w, "\n  %s:\n    status: %d\n    category: %s\n    meaning: %q\n", codeOf(i), problem.status, area,
		fmt.Sprintf(problem.meaning, part))
	switch i % 10 {
	case 8:
		fmt.Fprintf(w, "    recovery: Same as `%s`\n", codeOf(random.IntN(i)))
	case 9:
	default:
		fmt.Fprintf(w, "    recovery: %s\n", recoveries[random.IntN(len(recoveries))])
	}
	if i%2 == 0 {
		why := strings.ToLower(strings.ReplaceAll(problem.code, "_", " "))
		fmt.Fprintf(w, "    message: %q\n", fmt.Sprintf("The %s can't be used: %s", part, why))
	}
	if problem.status == 429 {
		io.WriteString(w, "    retryAfter: true\n")
	}
	if i%3 == 0 {
		writeDetails(w, random, i%9 == 0)
	}
	if i%5 == 0 {
		fmt.Fprintf(w, "    since: 2025-%02d-01\n", 1+random.IntN(12))
	}
	if i%7 == 6 {
		fmt.Fprintf(w, "    seeAlso: [%s]\n", codeOf(random.IntN(i)))
	}
	if i%40 == 39 {
		fmt.Fprintf(w, "    deprecated: {since: 2025-06-01, use: %s, reason: The endpoint that sent it is gone}\n",
			codeOf(random.IntN(i)))
	}
}

// codeOf spells i with the words above, each number its own code.
func codeOf(i int) string {
	area, part := areas[i/len(problems)%len(areas)], parts[i/len(problems)/len(areas)%len(parts)]
	kind := kinds[i/len(problems)/len(areas)/len(parts)]
	return strings.ToUpper(area+"_"+kind+part) + "_" + problems[i%len(problems)].code
}

func writeDetails(w io.Writer, random *rand.Rand, example bool) {
	chosen := random.Perm(len(properties))[:2+random.IntN(4)]
	io.WriteString(w, "    details:\n      type: object\n      properties:\n")
	for _, p := range chosen {
		fmt.Fprintf(w, "        %s:\n          %s\n", properties[p].name,
			strings.ReplaceAll(properties[p].schema, "; ", "\n          "))
	}
	fmt.Fprintf(w, "      required: [%s]\n", properties[chosen[0]].name)
	if !example {
		return
	}
	io.WriteString(w, "    examples:\n      - summary: What a caller gets to see\n        details:\n")
	for _, p := range chosen {
		fmt.Fprintf(w, "          %s: %s\n", properties[p].name, properties[p].example)
	}
}

package lint

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

func TestEndsSentence(t *testing.T) {
	for word, want := range map[string]bool{
		"key.": true, "it!": true, "why?": true, "(done).": true, `done."`: true, "b.": true, "example.com.": true,
		"v1.2.": true,
		"key":   false, "key...": false, "key…": false, ".": false, "etc.": false, "e.g.": false, "(i.e.": false,
		"U.S.": false, "Inc.": false,
	} {
		if got := endsSentence(word); got != want {
			t.Errorf("%s: %v", word, got)
		}
	}
}

func withCodes(codes ...string) string {
	var b strings.Builder
	for i, code := range codes {
		fmt.Fprintf(&b, "%s:\n  status: 400\n  category: access\n  meaning: Number %d of the list\n", code, i)
	}
	return whole(b.String())
}

func TestNearDuplicates(t *testing.T) {
	for _, c := range []struct {
		style, first, second string
		near                 bool
	}{
		{"UPPER_SNAKE", "NOT_FOUND", "NOTFOUND", true},
		{"UPPER_SNAKE", "RATE_LIMIT", "RATE_LIMITS", true},
		{"UPPER_SNAKE", "CATEGORY_FULL", "CATEGORIES_FULL", true},
		{"UPPER_SNAKE", "BATCH_FAILED", "BATCHES_FAILED", true},
		{"UPPER_SNAKE", "CODE_1_2", "CODE_12", true},
		{"UPPER_SNAKE", "NOTFOUNDS", "NOT_FOUND", true},
		{"UPPER_SNAKE", "NOT_FOUND", "NOT_BOUND", false},
		{"UPPER_SNAKE", "CODE_1", "CODE_2", false},
		{"UPPER_SNAKE", "ACCESS_LOST", "ACCES_LOSS", false},
		{"UPPER_SNAKE", "STATUS_LOST", "STATU_LOST", false},
		{"dot.case", "user.not_found", "users.not_found", true},
		{"dot.case", "auth.token_expired", "auth.token.expired", true},
		{"camelCase", "notFound", "notfound", true},
		{"PascalCase", "HTTPRequired", "HttpRequired", true},
		{"kebab-case", "key-expired", "keys-expired", true},
	} {
		text := strings.Replace(withCodes(c.first, c.second), "  title: Errors\n",
			"  title: Errors\n  codeStyle: "+c.style+"\n", 1)
		found := run(t, text, nil)
		if near := len(found) == 1 && found[0].Rule == "near-duplicate-code" && found[0].Pointer == "/errors/"+c.second &&
			len(found[0].Related) == 1; near != c.near || len(found) > 1 {
			t.Errorf("%s and %s: %q", c.first, c.second, messages(found))
		}
	}
	if found := run(t, withCodes("KEY_LOCKED")+"retired: {KEYS_LOCKED: {}}\n", nil); len(found) != 1 ||
		found[0].Pointer != "/errors/KEY_LOCKED" {
		t.Errorf("a code that was retired: %q", messages(found))
	}
}

func TestSecrets(t *testing.T) {
	text, number, flag := &catalog.Schema{Kind: catalog.String}, &catalog.Schema{Kind: catalog.Integer},
		&catalog.Schema{Kind: catalog.Boolean}
	list := &catalog.Schema{Kind: catalog.Array, Item: text}
	bearer := []*document.Node{{Text: "bearer"}}
	fixed, open := &catalog.Schema{Kind: catalog.String, Enum: bearer}, &catalog.Schema{Kind: catalog.String, Enum: bearer,
		Open: true}
	for _, c := range []struct {
		schema *catalog.Schema
		names  string
		want   bool
	}{
		{text, "password userPassword user_password PASSWORD passwd token accessToken apiKey api_key api-key APIKey " +
			"clientSecret ssn cvv pin otp privateKey sessionId cookie authorization passwordHash tokenValue jwt", true},
		{list, "tokens apiKeys credentials", true},
		{number, "pin ssn cvv cardNumber passcode", true},
		{open, "token", true},
		{text, "tokenType passwordPolicy secretName nextPageToken pageToken continuation_token keyId apiKeyId tokenizer " +
			"pinned spin secretary key hash value", false},
		{number, "maxTokens tokens tokenCount passwordLength", false},
		{flag, "password token", false},
		{fixed, "token", false},
		{&catalog.Schema{Kind: catalog.String, Format: "date-time"}, "token", false},
	} {
		for name := range strings.FieldsSeq(c.names) {
			if holdsSecret(name, c.schema) != c.want {
				t.Errorf("%s as %s: expected %v", name, c.schema.Kind, c.want)
			}
		}
	}
}

func TestRepeatedCode(t *testing.T) {
	for _, c := range []struct {
		style, code, meaning string
		want                 bool
	}{
		{"UPPER_SNAKE", "NOT_FOUND", "Not found", true},
		{"UPPER_SNAKE", "NOT_FOUND", "`NOT_FOUND` is sent where nothing is", true},
		{"UPPER_SNAKE", "GONE", "It is GONE", true},
		{"UPPER_SNAKE", "NOT_FOUND", "See KEY_NOT_FOUND or NOT_FOUND_HERE", false},
		{"UPPER_SNAKE", "GONE", "It has gone", false},
		{"lower_snake", "maintenance", "Planned maintenance", false},
		{"lower_snake", "not_found", "A not_found", true},
		{"PascalCase", "Conflict", "Conflict with another change", false},
		{"camelCase", "notFound", "Sent as notFound", true},
	} {
		text := strings.Replace(whole(fmt.Sprintf("%s:\n  status: 400\n  category: access\n  meaning: %q\n", c.code,
			c.meaning)), "  title: Errors\n", "  title: Errors\n  codeStyle: "+c.style+"\n", 1)
		if found := run(t, text, nil); (len(found) > 0) != c.want {
			t.Errorf("%s, %s: %q", c.code, c.meaning, messages(found))
		}
	}
}

func TestRecoveryIsAskedForWhereMostHaveOne(t *testing.T) {
	for with, want := range []int{0, 0, 2, 1, 0} {
		text := withCodes("FIRST_ONE", "SECOND_ONE", "THIRD_ONE", "FOURTH_ONE")
		text = strings.Replace(text, "of the list", "of the list\n    recovery: Try another one", with)
		if found := run(t, text, nil); len(found) != want {
			t.Errorf("%d of 4 have a recovery: %q, expected %d", with, messages(found), want)
		}
	}
}

func TestLinks(t *testing.T) {
	const entries = `
KEY_EXPIRED:
  status: 401
  category: access
  meaning: %q
`
	for meaning, want := range map[string]int{
		"See [a](https://example.com/x#y), [b](http://x.example), [c](/plans), [d](../x.md#z), [e](mailto:a@b.example), " +
			"<https://x.example>": 0,
		"See [a](#KEY_EXPIRED), [b](#OLD_KEY), [c](#access), [d](#ünder-the-hood-2), " +
			"[e](https://docs.example.com/errors#KEY_EXPIRED), [top](#)": 0,
		"See [a](https://docs.example.com/errors#KEY_EXPIRD)":           1,
		"See [a](#KEY_EXPIRD)":                                          1,
		"See [a](#key_expired)":                                         1,
		"See [a](ftp://x.example), [b](javascript:alert(1))":            2,
		"See [a](//x.example/y)":                                        1,
		"See <slack:general>":                                           1,
		"See `[a](ftp://x.example)` and \\[a](ftp://x.example), <b: c>": 0,
		"See ![a](data:image/png;base64,xx)":                            1,
	} {
		text := strings.Replace(whole(fmt.Sprintf(entries, meaning)), "  title: Errors\n",
			"  title: Errors\n  docsURL: https://docs.example.com/errors\n", 1) +
			"retired: {OLD_KEY: {}}\nsections: [{title: Ünder the `hood`! (2), body: Words}]\n"
		found := run(t, text, nil)
		if len(found) != want || slices.ContainsFunc(found, func(f diag.Diagnostic) bool { return f.Rule != "broken-link" }) {
			t.Errorf("%s: %q", meaning, messages(found))
		}
	}
}

// Details that a code has only because all codes have them stand nowhere in its entry.
func TestExamplesOfSharedDetails(t *testing.T) {
	text := strings.Replace(withCodes("KEY_EXPIRED"), "title: Errors",
		"title: Errors\n  details: {type: object, required: [at], properties: {at: {type: string, description: When}}}", 1)
	found := run(t, text, nil)
	if len(found) != 1 || found[0].Rule != "missing-example" || found[0].Pointer != "/errors/KEY_EXPIRED" {
		t.Errorf("found %q", messages(found))
	}
}

func TestUnusedTypes(t *testing.T) {
	const object = "{type: object, required: [a], properties: {a: {type: string, description: A}}}"
	const details = "\n    examples: [{details: {a: b}}]\n    details: "
	for _, c := range []struct{ info, details, types, want string }{
		{"", "", "A: {enum: [x]}", "A"},
		{"", "", "A: {type: array, items: {$ref: '#/types/B'}}, B: {enum: [x]}", "A B"},
		{"", "", "Self: {type: object, required: [a], properties: {a: {type: string, description: A}, " +
			"b: {$ref: '#/types/Self', description: B}}}", "Self"},
		{"", details + "{$ref: '#/types/A'}", "A: " + object + ", B: " + object, "B"},
		{"", details + "{type: object, required: [a], properties: {a: {$ref: '#/$defs/c', description: A}}, " +
			"$defs: {c: {$ref: '#/types/C'}, d: {type: string}}}", "C: {type: string}", "d"},
		{"\n  details: {type: object, required: [s], properties: {s: {$ref: '#/types/S', description: S}}}",
			"\n    examples: [{details: {s: x}}]", "S: {enum: [x]}", ""},
	} {
		text := strings.Replace(withCodes("KEY_EXPIRED"), "title: Errors", "title: Errors"+c.info, 1)
		text = strings.TrimSuffix(text, "\n") + c.details + "\ntypes: {" + c.types + "}\n"
		var got []string
		for _, f := range run(t, text, nil) {
			got = append(got, strings.TrimPrefix(f.Rule, "unused-type")+f.Pointer[strings.LastIndexByte(f.Pointer, '/')+1:])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s%s: found %q, expected %q", c.details, c.types, got, c.want)
		}
	}
}

// Properties that are all optional are asked about where nobody said that they are, once for a type of several codes.
func TestRequiredIsAskedFor(t *testing.T) {
	const a, b = "a: {type: string, description: A}", "b: {type: string, description: B}"
	for _, c := range []struct {
		shared, details string
		want            int
	}{
		{"", "{type: object, properties: {" + a + "}}", 2},
		{"", "{type: object, required: [], properties: {" + a + "}}", 0},
		{"", "{$ref: '#/types/T'}", 1},
		{"", "{type: object}", 0},
		{"", "{type: object, additionalProperties: {type: string}}", 0},
		{"{type: object, properties: {" + a + "}}", "{type: object, properties: {" + b + "}}", 3},
		{"{type: object, required: [a], properties: {" + a + "}}", "{type: object, properties: {" + b + "}}", 0},
		{"{type: object, properties: {" + a + "}}", "{type: object, required: [b], properties: {" + b + "}}", 1},
	} {
		text := strings.ReplaceAll(withCodes("KEY_EXPIRED", "PLAN_EXPIRED"), "of the list",
			"of the list\n    details: "+c.details+"\n    examples: [{details: {a: x, b: x}}]")
		if c.shared != "" {
			text = strings.Replace(text, "title: Errors", "title: Errors\n  details: "+c.shared, 1)
		}
		if strings.Contains(c.details, "types/T") {
			text += "types: {T: {type: object, properties: {" + a + "}}}\n"
		}
		if found := run(t, text, nil); len(found) != c.want {
			t.Errorf("%s on top of %s: %q, expected %d", c.details, c.shared, messages(found), c.want)
		}
	}
}

// Links are looked for in all prose, details are in types and definitions as well.
func TestEveryPlaceIsLookedAt(t *testing.T) {
	text := read(t, "testdata/places.yaml")
	c, found := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if c == nil {
		t.Fatal(found)
	}
	all := Run(c, nil)
	var got strings.Builder
	for _, f := range all {
		fmt.Fprintf(&got, "%s %s\n", f.Rule, f.Pointer)
	}
	golden(t, "places.txt", got.String())
	if strings.Count(text, "(ftp:") != strings.Count(got.String(), "broken-link") {
		t.Error("a link was not found")
	}
}

func TestOperations(t *testing.T) {
	const catalog = `categories: {access: {title: Access}}
errors:
  GONE: {status: 410, category: access, meaning: It was there}
  BROKEN: {status: 500, category: access, meaning: Something broke}
`
	const internal = ", which stands for errors that are not from the catalog"
	const lost = "groups: {one: [two], two: [GONE], lost: [found], found: [GONE]}\n"
	for rest, want := range map[string][]string{
		"":                                nil,
		"operations: {\"*\": [BROKEN]}\n": nil,
		"operations: {\"*\": [BROKEN], get: [GONE]}\n": nil,
		"operations: {\"*\": [BROKEN], get: []}\n": {
			"/errors/GONE no operation returns GONE",
		},
		"operations: {get: [GONE]}\n": {
			"/operations no operation can return BROKEN" + internal,
		},
		"operations: {get: [GONE], put: [BROKEN]}\n": {
			`/operations/get the operation "get" cannot return BROKEN` + internal,
		},
		"operations:\n  get: [GONE] # errgen:allow no-internal-code it is static\n  put: [BROKEN]\n": nil,
		lost + "operations: {\"*\": [BROKEN, one]}\n": {
			`/groups/lost no operation names the group "lost"`, `/groups/found no operation names the group "found"`,
		},
		"groups:\n  # errgen:allow unused-group for the next release\n  later: [GONE]\n": nil,
	} {
		var got []string
		for _, f := range run(t, head+catalog+rest, nil) {
			got = append(got, f.Pointer+" "+f.Message)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: found %q, expected %q", rest, got, want)
		}
	}
}

package render

import "testing"

const envelopeCatalog = `
version: 1
info:
  title: Errors
  docsURL: https://docs.example.com/errors
  envelope:
    contentType: application/vnd.api+json
    requestIdHeader: Request-Id
    body:
      jsonapi: {version: "1.1"}
      ok: false
      "a \"b\"":
      - code: "urn:{code}"
        status: "{status as string}"
        title: "{title}"
        "...": "{details}"
        meta: {id: "{requestId}", wait: "{retryAfter}"}
      text: {lang: en, is: "{message}"}
categories: {a: {title: A}}
errors:
  TAKEN:
    status: 409
    category: a
    meaning: The name is taken
    retryAfter: true
    details: {$ref: "#/types/Taken"}
  OUTER:
    status: 400
    category: a
    meaning: Something in it is wrong
    details:
      type: object
      properties:
        n: {type: integer}
        inner: {$ref: "#/types/Inner"}
    examples: [{message: Well, details: {n: 1}}]
  BARE: {status: 500, category: a, meaning: It failed}
types:
  Taken: {type: object, required: [name], properties: {name: {type: string}, kind: {enum: [a, b], type: string}}}
  Inner: {type: object, properties: {x: {type: boolean}}}
`

// TestEnvelopeView holds what templates see of an envelope.
func TestEnvelopeView(t *testing.T) {
	for template, want := range map[string]string{
		`{{with .Envelope}}{{string .ContentType}} {{string .RequestIDHeader}}{{end}}`: `` +
			`"application/vnd.api+json" "Request-Id"`,

		`{{template "n" .Envelope.Root}}{{define "n"}}{{.Kind}}{{with .Number}} {{.}}{{end}}{{if .IfKnown}} known{{end}}` +
			`{{if .MayBeAbsent}}?{{end}}{{with .Name}} {{.}}{{end}}{{with .As}} as {{.}}{{end}}` +
			`{{with .Prefix}} {{string .}}{{end}}{{with .Type}} {{.}}{{end}}{{with .JSON}} {{json .}}{{end}}` +
			`{{with .Item}}[{{template "n" .}}]{{end}}` +
			`{{with .Members}}({{range .}}{{with .Literal}}{{.}}: {{end}}{{template "n" .Node}}` +
			`{{if not .Last}}, {{end}}{{end}}){{end}}{{end}}`: `object` +
			`("jsonapi": constant object {"version": "1.1"}("version": constant string "1.1"), "ok": constant boolean false, ` +
			`"a \"b\"": array[object 1("code": value code "urn:", "status": value status as string, ` +
			`"title": value known title, spread?, "meta": object 2 known?("id": value? requestId, "wait": value? retryAfter))], ` +
			`"text": object 3("lang": constant string "en", "is": value message))`,

		`{{range .Envelope.Steps}}{{.Number}}: {{.Literal}} of {{.Parent}}` +
			`{{if .IsArray}}[]{{end}}{{range .Has}} {{.}}{{end}}; {{end}}`: `` +
			`1: "a \"b\"" of 0[] "code"; 2: "meta" of 1; 3: "text" of 0; `,

		`{{with .Envelope.Reads.Code}}{{.Number}} {{.Literal}} ` +
			`{{string .Prefix}} {{string .Path}} {{string .Last}}{{end}}`: `` +
			`1 "code" "urn:" "a \"b\"[].code" "code"`,
		`{{with .Envelope.Reads.Details}}{{.Number}}{{if .Spread}} all but{{range .Own}} {{.}}{{end}}{{end}}{{end}}`: `` +
			`1 all but "code" "status" "title" "meta"`,

		`{{range .Envelope.Marks}}{{.Literal}} of {{.Number}} is {{json .JSON}}; {{end}}`: `` +
			`"ok" of 0 is false; "lang" of 3 is "en"; `,

		`{{with .Envelope}}{{.ErrorNode}} {{.Error.Number}} {{.Discriminator}} {{.IsMarked}} ` +
			`{{index .Uses "status as string"}}{{end}}`: `` +
			`1 1 "code" true true`,

		`{{with .Envelope}}{{template "m" dict "Node" .Error "Of" $.Sample}}` +
			`{{template "m" dict "Node" .Error "Of" $.Internal}}` +
			`{{template "m" dict "Node" .Error "Of" nil}}{{template "m" dict "Node" .Root "Of" nil}}{{end}}{{define "m"}}` +
			`{{range members .Node .Of}}{{.Literal}}{{with .Place}} is {{.Kind}}{{end}}{{if not .Last}}, {{end}}{{end}}` +
			` of which {{required .Node .Of}}; {{end}}`: `` +
			`"code", "status", "title", "name" is string, "kind" is enum, "meta" of which "code", "status", "title", "name"; ` +
			`"code", "status", "title", "meta" of which "code", "status", "title"; ` +
			`"code", "status", "title", "meta" of which "code", "status"; ` +
			`"jsonapi", "ok", "a \"b\"", "text" of which "jsonapi", "ok", "a \"b\"", "text"; `,

		`{{template "v" .Envelope.Root}}{{define "v"}}{{if .IsError}}error {{end}}{{if .HasSpread}}... {{end}}` +
			`{{if .Varies}}varies{{end}}{{with .Item}}[{{template "v" .}}]{{end}}` +
			`{{with .Members}}({{range .}}{{template "v" .Node}}{{if not .Last}}, {{end}}{{end}}){{end}}{{end}}`: `` +
			`varies((), , varies[error ... varies(varies, varies, , varies, (, ))], (, ))`,

		`{{range .Errors}}{{.Wire}} {{range .Bodies}}{{json .Body}}{{end}}; {{end}}`: `"urn:TAKEN" {"jsonapi": {"version": "1.1"}, "ok": false, "a \"b\"": [` +
			`{"code": "urn:TAKEN", "status": "409", "title": "The name is taken", "name": "…", "kind": "a", ` +
			`"meta": {"wait": 30}}], "text": {"lang": "en", "is": "The name is taken"}}; ` +
			`"urn:OUTER" {"jsonapi": {"version": "1.1"}, "ok": false, "a \"b\"": [{"code": "urn:OUTER", "status": "400", ` +
			`"title": "Something in it is wrong", "n": 1}], "text": {"lang": "en", "is": "Well"}}; ` +
			`"urn:BARE" {"jsonapi": {"version": "1.1"}, "ok": false, "a \"b\"": [{"code": "urn:BARE", "status": "500", ` +
			`"title": "It failed"}], "text": {"lang": "en", "is": "It failed"}}; `,

		`{{body .Envelope.Sample}}`: `{
  "jsonapi": {
    "version": "1.1"
  },
  "ok": false,
  "a \"b\"": [
    {
      "code": "urn:TAKEN",
      "status": "409",
      "title": "The name is taken",
      "name": "…",
      "kind": "a",
      "meta": {"id": "req_4f1c9a", "wait": 30}
    }
  ],
  "text": {
    "lang": "en",
    "is": "The name is taken"
  }
}`,
		`{{json .Envelope.Written}}`: `{"jsonapi": {"version": "1.1"}, "ok": false, "a \"b\"": [{"code": "urn:{code}", ` +
			`"status": "{status as string}", "title": "{title}", "...": "{details}", ` +
			`"meta": {"id": "{requestId}", "wait": "{retryAfter}"}}], ` +
			`"text": {"lang": "en", "is": "{message}"}}`,

		`{{range .Types}}{{if .Spread}}{{.Name}} {{end}}{{end}}`: `Taken OuterDetails `,
	} {
		target, err := loadSmall(t, plainDefinition, "{{.Header}}\n"+template+"\n")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := renderCatalog(t, target, envelopeCatalog); err != nil || got != want {
			t.Errorf("%s printed\n%s (%v), expected\n%s", template, got, err, want)
		}
	}
}

package lint

import (
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/openapi"
)

const referring = `
openapi: 3.1.0
paths:
  /projects:
    get:
      operationId: listProjects
      responses:
        "200": {description: All projects}
        "401": {$ref: "errors.openapi.yaml#/components/responses/ListProjectsError401"}
`

var unlistedStatus = rule{
	Rule: diag.Rule{
		Name: "unlisted-status",
		Reason: "The OpenAPI document refers to responses that errgen generates, in one of its operations at least, and so " +
			"is to have those of all. Here one is missing, and clients do not expect what the catalog says. `errgen lint " +
			"--fix` writes the reference. The catalog of the example has listProjects, with statuses 401 and 500.",
		Bad: referring,
		Good: referring +
			`        "500": {$ref: "errors.openapi.yaml#/components/responses/ListProjectsError500"}` + "\n",
	},
	severity: diag.Warning,
	check: func(p *pass) {
		for _, api := range p.apis {
			if api.Answers == nil {
				continue
			}
			file, refers := generatedFile(api)
			for _, o := range api.Catalog.Operations {
				if found := api.Find(o); refers && found != nil {
					p.unlisted(api, o, found, file)
				}
			}
		}
	},
}

const inResponses = "#/components/responses/"

// generatedFile returns the file that the document's references to generated responses name, "" for the document
// itself, and reports whether there are any.
func generatedFile(api *openapi.Held) (file string, refers bool) {
	generated := map[string]bool{}
	for _, o := range api.Catalog.Operations {
		for _, answer := range api.Answers(o) {
			generated[answer.Name] = true
		}
	}
	for _, o := range api.Operations {
		for _, r := range o.Responses {
			if file, name, found := strings.Cut(r.Ref, inResponses); found && generated[name] {
				return file, true
			}
		}
	}
	return "", false
}

// unlisted reports the answers of an operation that the document does not list.
func (p *pass) unlisted(api *openapi.Held, o *catalog.Operation, found *openapi.Operation, file string) {
	listed := map[string]bool{}
	for _, r := range found.Responses {
		listed[strings.ToUpper(r.Status)] = true
	}
	for _, answer := range api.Answers(o) {
		if listed[answer.Status] || listed[answer.Status[:1]+"XX"] {
			continue
		}
		at := found.Node.Get("responses")
		if at == nil {
			at = found.Node
		}
		ref := file + inResponses + answer.Name
		p.report(at, diag.Quote(o.Key)+" can also answer "+answer.Status+", which is not listed",
			"add $ref: "+diag.Visible(ref), api.Insert(found, answer.Status, ref)...)
	}
}

package openapi

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

// Held is a document that is held against a catalog. The methods of a nil one find nothing.
type Held struct {
	*Document
	Catalog *catalog.Catalog
	Policy  Policy
	Answers func(*catalog.Operation) []Answer // what is generated for an operation; nil: nothing
	found   map[*catalog.Operation]*Operation
	said    map[*Operation]*catalog.Operation
}

// Answer is a generated response of an operation.
type Answer struct {
	Status string // as OpenAPI writes it: 404, or 4XX
	Name   string // among components/responses
}

// Policy is what is done with an answer in the document that is impossible by the catalog.
type Policy string

// The policies.
const (
	Refuse Policy = "refuse" // it is an error
	Remove Policy = "remove" // overlays take it out
	Keep   Policy = "keep"   // it is accepted
)

// Hold finds the operations of a catalog in a document: by their operationIds, and where they have none by the method
// and path that the catalog says.
func Hold(d *Document, c *catalog.Catalog, policy Policy) *Held {
	h := &Held{
		Document: d, Catalog: c, Policy: policy,
		found: map[*catalog.Operation]*Operation{}, said: map[*Operation]*catalog.Operation{},
	}
	byName, unnamed := map[string]*Operation{}, map[string]*Operation{}
	for _, o := range d.Operations {
		if o.ID != "" {
			byName[o.ID] = o
		} else {
			unnamed[o.at()] = o
		}
	}
	for _, o := range c.Operations {
		found := byName[o.Key]
		if found == nil && o.Method != "" {
			found = unnamed[o.Method+" "+o.Path]
		}
		if found != nil {
			h.found[o], h.said[found] = found, o
		}
	}
	return h
}

// at returns where the operation is, as a catalog says it.
func (o *Operation) at() string { return o.Method + " " + o.Path }

// Find returns what the document has of an operation, or nil.
func (h *Held) Find(o *catalog.Operation) *Operation {
	if h == nil {
		return nil
	}
	return h.found[o]
}

// Said returns what the catalog has of an operation, or nil.
func (h *Held) Said(o *Operation) *catalog.Operation { return h.said[o] }

// CanAnswer reports whether an operation can answer with what is a key of responses in OpenAPI: a status, or a class.
// What is no error is not the catalog's to say.
func CanAnswer(o *catalog.Operation, status string) bool {
	number, class := parseStatus(status)
	if class < 4 {
		return true
	}
	return slices.ContainsFunc(o.Errors, func(e *catalog.Error) bool {
		s := e.Status
		isListed := func(listed int) bool { return listed == number || number == 0 && listed/100 == class }
		return s.Class == class || slices.ContainsFunc(s.Listed, isListed) || s.Class == 0 && len(s.Listed) == 0
	})
}

// parseStatus returns the number, 0 of a class, and the class; 0 for both of default and what is no status.
func parseStatus(status string) (number, class int) {
	if len(status) != 3 || status[0] < '1' || status[0] > '5' {
		return 0, 0
	}
	class = int(status[0] - '0')
	if strings.EqualFold(status[1:], "xx") {
		return 0, class
	}
	number, err := strconv.Atoi(status)
	if err != nil {
		return 0, 0
	}
	return number, class
}

// Stale returns the answers of the document that an overlay has to take out before it writes those of the catalog: the
// errors that the catalog has too, and default, which stands for errors.
func (h *Held) Stale(o *catalog.Operation) (stale []Response) {
	for _, r := range h.found[o].Responses {
		_, class := parseStatus(r.Status)
		switch {
		case r.Status != "default" && class < 4:
		case CanAnswer(o, r.Status), h.Policy == Remove:
			stale = append(stale, r)
		}
	}
	return stale
}

// Check says where the document and the catalog cannot both be right.
func (h *Held) Check() diag.List {
	var found diag.List
	if h.IsSwagger() {
		version := h.Root.Get("swagger")
		found.Add(version.Report("no-openapi", "the document is of version 2, expected version 3 of OpenAPI",
			"convert it first, for example with `npx swagger2openapi`"))
		return found
	}
	for _, o := range h.Catalog.Operations {
		if at := h.found[o]; at == nil {
			found.Add(h.unknown(o, len(found)))
		} else {
			found.Add(h.elsewhere(o, at)...)
			found.Add(h.impossible(o, at)...)
		}
	}
	return found
}

// unknown says that the document has no such operation; for the first ones it looks for near names.
func (h *Held) unknown(o *catalog.Operation, before int) diag.Diagnostic {
	const looked = 100
	hint := ""
	if before < looked {
		hint = diag.DidYouMean(o.Key, h.IDs())
	}
	if hint == "" {
		hint = "correct the key, or add an operation with this operationId to the document"
	}
	message := "the operation " + diag.Quote(o.Key) + " is not in " + diag.Visible(h.Name)
	return o.Node.Report("unknown-operation", message, hint)
}

// elsewhere says that the catalog has an operation in another place.
func (h *Held) elsewhere(o *catalog.Operation, found *Operation) diag.List {
	if o.Method == "" || o.Method+" "+o.Path == found.at() {
		return nil
	}
	at := o.Node.Get("at")
	d := at.Report("unknown-operation", "the operation "+diag.Quote(o.Key)+" is at "+diag.Visible(found.at())+" in "+
		diag.Visible(h.Name), "leave `at` out: the document says it")
	d.Related = []diag.Related{{Place: found.Node.Place(), Message: "here"}}
	return diag.List{d}
}

// impossible says which answers no error of the catalog has the status of.
func (h *Held) impossible(o *catalog.Operation, at *Operation) diag.List {
	var found diag.List
	for _, r := range at.Responses {
		if h.Policy != Refuse || CanAnswer(o, r.Status) {
			continue
		}
		d := r.Key.Report("impossible-status", diag.Quote(o.Key)+" cannot answer "+diag.Visible(r.Status)+
			" by the catalog", "remove it, or list an error with this status for the operation")
		d.Related = []diag.Related{{Place: o.Node.Place(), Message: "what the catalog lists"}}
		found.Add(d)
	}
	return found
}

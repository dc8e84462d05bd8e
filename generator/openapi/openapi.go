// Package openapi reads a team's OpenAPI document: its operations and what they answer. It reads nothing else, wherever
// references lead.
package openapi

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// MaxSize is the largest document in bytes that is read. The largest public ones have about 40 MB.
const MaxSize = 64 << 20

// Document is an OpenAPI document.
type Document struct {
	*document.Document
	Version    string       // as written: 3.1.0, or 2.0 of Swagger
	Operations []*Operation // in the order of the document
	references map[string]target
}

// Operation is one call of the API.
type Operation struct {
	ID        string         // the operationId; "" where there is none
	IDNode    *document.Node // of the operationId, or nil
	Method    string         // in capitals, such as GET
	Path      string         // such as /pets/{petId}
	Node      *document.Node // the operation object
	Responses []Response     // in the order of the document
}

// Response is what an operation answers with a status.
type Response struct {
	Status string         // as written: 404, 4XX or default
	Key    *document.Node // the status
	Node   *document.Node // what stands there: the response object, or a reference to it
	Ref    string         // the reference, or ""
	Object *document.Node // the response object; nil if the reference leads to none in this document
}

// Load reads an OpenAPI 3 or Swagger 2 document, in YAML or JSON. It is nil if there are errors in the list.
func Load(name string, text []byte, maxSize int64) (*Document, diag.List) {
	doc, found := document.ParseForeign(name, text, maxSize)
	if found.HasErrors() {
		return nil, found
	}
	return Read(doc)
}

// Read reads what was parsed already. It is nil if there are errors in the list.
func Read(doc *document.Document) (*Document, diag.List) {
	d := &Document{Document: doc, references: map[string]target{}}
	found := d.version()
	if len(found) == 0 {
		found = d.readPaths()
	}
	if len(found) > 0 {
		return nil, found
	}
	return d, nil
}

// version notes the version, or says that it is none that is known.
func (d *Document) version() diag.List {
	const hint = "expected `openapi: 3.1.0` or another 3.0, 3.1 or 3.2 at the top"
	n := cmp.Or(d.Root.Get("openapi"), d.Root.Get("swagger"))
	if n == nil {
		place := diag.Place{File: d.Name}
		return diag.List{{Rule: "no-openapi", Message: "the file is no OpenAPI document", Hint: hint, Place: place}}
	}
	d.Version = n.Text
	for _, known := range []string{"3.0", "3.1", "3.2", "2.0"} {
		if n.Text == known || strings.HasPrefix(n.Text, known+".") {
			return nil
		}
	}
	return diag.List{n.Report("no-openapi", "version "+diag.Quote(n.Text)+" of OpenAPI is not known", hint)}
}

// IsSwagger reports whether the document is of version 2, in which a response has its schema itself.
func (d *Document) IsSwagger() bool { return strings.HasPrefix(d.Version, "2") }

// IDs returns the operationIds, in the order of the document.
func (d *Document) IDs() []string {
	var ids []string
	for _, o := range d.Operations {
		if o.ID != "" {
			ids = append(ids, o.ID)
		}
	}
	return ids
}

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

func (d *Document) readPaths() diag.List {
	var found diag.List
	ids := map[string]*document.Node{}
	for path, item := range d.Root.Get("paths").Members() {
		if !strings.HasPrefix(path.Text, "/") {
			continue // an extension
		}
		object, err := d.Resolve(item)
		if err != nil {
			found.Add(item.Report("path-elsewhere", "the path "+diag.Quote(path.Text)+" is not read: "+err.Error(),
				"bundle the document first, for example with `npx @redocly/cli bundle`"))
			continue
		}
		found.Add(d.readItem(path.Text, object, ids)...)
	}
	return found
}

// readItem notes the operations of a path.
func (d *Document) readItem(path string, item *document.Node, ids map[string]*document.Node) diag.List {
	var found diag.List
	for method, n := range item.Members() {
		if !slices.Contains(methods, method.Text) {
			continue
		}
		o := &Operation{Method: strings.ToUpper(method.Text), Path: path, Node: n}
		o.ID, o.IDNode = o.Node.Str("operationId"), o.Node.Get("operationId")
		d.readResponses(o)
		d.Operations = append(d.Operations, o)
		if first := ids[o.ID]; first != nil {
			twice := o.IDNode.Report("duplicate-operation", "the operationId "+diag.Quote(o.ID)+" is there twice",
				"give each operation its own")
			twice.Related = []diag.Related{{Place: first.Place(), Message: "first here"}}
			found.Add(twice)
		} else if o.ID != "" {
			ids[o.ID] = o.IDNode
		}
	}
	return found
}

func (d *Document) readResponses(o *Operation) {
	for status, n := range o.Node.Get("responses").Members() {
		if strings.HasPrefix(status.Text, "x-") {
			continue
		}
		object, _ := d.Resolve(n)
		o.Responses = append(o.Responses, Response{status.Text, status, n, n.Str("$ref"), object})
	}
}

// Why a reference leads to nothing.
var (
	ErrElsewhere = errors.New("its reference leads out of the document")
	ErrNothing   = errors.New("its reference leads to nothing")
	ErrCircle    = errors.New("its reference leads to itself")
)

// target is what a reference leads to.
type target struct {
	node *document.Node
	err  error
}

// Resolve returns what a value stands for: itself, or what its $ref leads to in this document.
func (d *Document) Resolve(n *document.Node) (*document.Node, error) {
	const longest = 100 // references that lead to another
	for range longest {
		ref := n.Str("$ref")
		if ref == "" {
			return n, nil
		}
		t, known := d.references[ref]
		if !known {
			t.node, t.err = d.follow(ref)
			d.references[ref] = t
		}
		if t.err != nil {
			return nil, t.err
		}
		n = t.node
	}
	return nil, ErrCircle
}

// follow returns what a reference names.
func (d *Document) follow(ref string) (*document.Node, error) {
	pointer, isLocal := strings.CutPrefix(ref, "#")
	if !isLocal {
		return nil, ErrElsewhere
	}
	if plain, err := url.PathUnescape(pointer); err == nil {
		pointer = plain
	}
	n := d.Root
	for _, key := range document.Keys(pointer) {
		if n = n.Step(key); n == nil {
			return nil, ErrNothing
		}
	}
	return n, nil
}

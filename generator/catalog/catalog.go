// Package catalog reads errors.yaml, checks it, and holds what is true: the errors of an API.
package catalog

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
	"github.com/sigsentry/errgen/generator/wire"
)

// Catalog is a catalog without mistakes. Its entries keep the nodes that they were read from, by which they are known
// and found in the file.
type Catalog struct {
	Document   *document.Document
	Title      prose.Text
	Summary    prose.Text
	Intro      prose.Text // Markdown blocks; empty: the built-in words
	DocsURL    string     // what stands for {code} is the code, else it is a fragment; empty: no addresses
	Style      CodeStyle
	Envelope   *wire.Envelope
	Internal   *Error // the code for errors that are not from the catalog, or nil
	Categories []*Category
	Errors     []*Error // in the order of the file
	Types      []*Type
	Shared     []*Shared // what the details of several codes have in common
	Retired    []*Retired
	Groups     []*Group
	Common     []*Error     // what every operation can return, in the order of the file
	Operations []*Operation // in the order of the file
	Sections   []Section
	Recursive  bool // some type contains itself
	Extensions Extensions
	Named      []*document.Node // all maps of names by target

	ByCode        map[string]*Error
	RetiredByCode map[string]*Retired
	TypeByName    map[string]*Type
}

// Category groups errors.
type Category struct {
	Node        *document.Node
	Key         string            // as it may be sent
	Names       map[string]string // base name by target, in place of the words of the key
	Title       prose.Text
	Description prose.Text // Markdown blocks
	Extensions  Extensions
	Errors      []*Error
}

// Error is one code and all that is said of it.
type Error struct {
	Node        *document.Node
	Code        string
	Status      Status
	Category    *Category
	Meaning     prose.Text
	Title       prose.Text // a short name; empty: none, see TitleText
	Description prose.Text // Markdown blocks
	DocsURL     string     // of this code alone; empty: as the catalog has it
	Extensions  Extensions
	Recovery    prose.Text
	Message     string // the default of the wire message; never empty
	Retryable   bool
	RetryAfter  bool    // the response carries Retry-After (RFC 9110 section 10.2.3)
	Details     *Schema // nil: the code carries no details
	OwnDetails  *Schema // what the code itself says of them; nil: nothing
	Examples    []Example
	Sample      *Example // the first example, or one that is made of the schema; nil where none is certain
	Since       string
	Deprecated  *Deprecation // nil: in use
	SeeAlso     []*Error
	Symbol      string            // base name in every language; empty: the words of the code
	Names       map[string]string // base name by target, in place of those
	Operations  []*Operation      // those that can return it, in the order of the file
}

// Example is a response that may occur.
type Example struct {
	Node    *document.Node // nil where it is made up
	Summary prose.Text
	Message string
	Details *document.Node // nil: none
}

// Deprecation says why a code should not be used any more, and what instead.
type Deprecation struct {
	Node   *document.Node // of a retired code, its entry
	Since  string
	Use    *Error // nil: nothing
	Reason prose.Text
}

// Type is a schema that several details share, or several places of one.
type Type struct {
	Name      string
	Schema    *Schema
	InDetails bool // it is one of their $defs
}

// Retired is a code that may never come back.
type Retired struct {
	Code string
	Deprecation
}

// Section is prose behind the tables.
type Section struct {
	Node  *document.Node
	Title prose.Text
	Body  prose.Text // Markdown blocks
}

// Extensions are the values of keys that begin with x-: they are for other tools, and passed on.
type Extensions map[string]*document.Node

// TitleText returns the error's title as plain text, which by default is its meaning.
func (e *Error) TitleText() string {
	if e.Title.IsEmpty() {
		return e.Meaning.Plain()
	}
	return e.Title.Plain()
}

// DocsAddress returns the address of the error's documentation, or "".
func (c *Catalog) DocsAddress(e *Error) string {
	switch {
	case e.DocsURL != "" || c.DocsURL == "":
		return e.DocsURL
	case strings.Contains(c.DocsURL, "{code}"):
		return strings.ReplaceAll(c.DocsURL, "{code}", url.PathEscape(e.Code))
	}
	return c.DocsURL + "#" + Anchor(e.Code)
}

// Anchor returns a code or a category's key as addresses and pages have it: what is not safe in all of them stands as ~
// and two hexadecimal digits, so that no two share one.
func Anchor(key string) string {
	isSafe := func(c byte) bool { return isAlphanumeric(c) || strings.IndexByte("._-", c) >= 0 }
	if !slices.ContainsFunc([]byte(key), func(c byte) bool { return !isSafe(c) }) {
		return key
	}
	var b strings.Builder
	for i := range len(key) {
		if c := key[i]; isSafe(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "~%02X", c)
		}
	}
	return b.String()
}

// RetryableStatus is what the status alone says about a retry: the default of a code, and the verdict on a code that a
// client does not know.
func RetryableStatus(status int) bool { return status == 429 || status >= 500 }

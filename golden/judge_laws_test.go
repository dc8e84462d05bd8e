package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/breaking"
	"github.com/sigsentry/errgen/generator/catalog"
)

// compareCatalogs finds what is lost on the wire without a decoder noticing.
func (x *trial) compareCatalogs(known map[string]*catalog.Error) {
	meets := func(format string, args ...any) { x.wire = append(x.wire, fmt.Sprintf(format, args...)) }
	for placeholder := range x.before.catalog.Envelope.Uses {
		if !x.after.catalog.Envelope.Uses[placeholder] {
			meets("{%s} is gone, which is promised", placeholder)
		}
	}
	if b, a := x.before.catalog.Envelope, x.after.catalog.Envelope; b.ContentType != a.ContentType ||
		b.RequestIDHeader != a.RequestIDHeader {
		meets("the headers are %s and %s", a.ContentType, a.RequestIDHeader)
	}
	now, retired, retiredBefore := map[string]*catalog.Error{}, map[string]*catalog.Retired{}, map[string]bool{}
	for _, e := range x.after.catalog.Errors {
		now[e.Code] = e
	}
	for _, r := range x.after.catalog.Retired {
		retired[r.Code] = r
	}
	for _, r := range x.before.catalog.Retired {
		if retiredBefore[r.Code] = true; now[r.Code] != nil || retired[r.Code] == nil {
			meets("%s was retired", r.Code)
		}
	}
	for _, b := range x.before.catalog.Errors {
		if a := now[b.Code]; a != nil {
			x.comparePromises(b, a)
			other := meantBy(a, x.before.catalog, now)
			if other != "" && other != a.Code && meantBy(b, x.before.catalog, nil) != "" {
				meets("%s means what %s meant", a.Code, other)
			}
			continue
		}
		r := retired[b.Code]
		isNew := func(e *catalog.Error) bool { return known[e.Code] == nil && !retiredBefore[e.Code] }
		replaced := slices.ContainsFunc(x.after.catalog.Errors, func(e *catalog.Error) bool {
			return isNew(e) && strings.EqualFold(e.Meaning.Plain(), b.Meaning.Plain())
		})
		if r == nil || replaced || r.Use != nil && known[r.Use.Code] == nil {
			meets("%s is gone", b.Code)
		}
	}
}

// comparePromises finds what the catalog promised of a code, and keeps no more.
func (x *trial) comparePromises(b, a *catalog.Error) {
	meets := func(format string, args ...any) {
		x.wire = append(x.wire, b.Code+": "+fmt.Sprintf(format, args...))
	}
	for _, status := range statusesOf(a.Status) {
		if !allows(b.Status, status) {
			meets("status %d", status)
		}
	}
	if b.RetryAfter && !a.RetryAfter {
		meets("no Retry-After")
	}
	if b.Retryable && !a.Retryable {
		meets("retried in vain")
	}
	if b.Details != nil && a.Details != nil {
		for _, found := range misread(b.Details, a.Details) {
			meets("%s", found)
		}
	}
}

// meantBy returns the one code of a catalog that meant what an error means and, of those that are there now, does so no
// more.
func meantBy(e *catalog.Error, in *catalog.Catalog, now map[string]*catalog.Error) string {
	var found []string
	means := func(one *catalog.Error) bool { return strings.EqualFold(one.Meaning.Plain(), e.Meaning.Plain()) }
	for _, one := range in.Errors {
		if means(one) {
			found = append(found, one.Code)
		}
	}
	if len(found) != 1 {
		return ""
	}
	if is := now[found[0]]; is != nil && is.Code != e.Code && means(is) {
		return ""
	}
	return found[0]
}

func (x *trial) worst() string {
	if len(x.changes) == 0 {
		return "nothing"
	}
	return x.changes[0].Level.String()
}

func (x *trial) says(level breaking.Level, language string) bool {
	return slices.ContainsFunc(x.changes, func(c breaking.Change) bool {
		isOfAll := language == "" || c.Level == breaking.Wire && len(c.Languages) == 0 // such as the envelope
		return c.Level >= level && (isOfAll || slices.Contains(c.Languages, language))
	})
}

// wrong returns what the gate does not say, and what it says without cause.
func (x *trial) wrong() (found []string) {
	if len(x.golang) > 0 && !x.says(breaking.Source, "Go") {
		found = append(found, "unseen: Go does not compile")
	}
	if len(x.typescript.Client) > 0 && !x.says(breaking.Source, "TypeScript") {
		found = append(found, "unseen: TypeScript does not compile")
	}
	if len(x.wire) > 0 && !x.says(breaking.Wire, "") {
		found = append(found, "unseen: deployed clients break")
	}
	for _, c := range x.changes {
		if c.Level == breaking.Wire && len(x.wire) == 0 {
			found = append(found, "false alarm: "+c.Rule+" breaks no deployed client")
		}
		for _, language := range c.Languages {
			if c.Level == breaking.Source && !x.breaks(language) {
				found = append(found, "false alarm: "+c.Rule+" breaks no "+language)
			}
		}
	}
	different := false
	for name := range x.after.files {
		different = different || x.before.files[name] != x.after.files[name]
	}
	if different && !x.rewritten && len(x.changes) == 0 {
		found = append(found, "unseen: outputs differ")
	}
	if !different && x.says(breaking.Source, "") && len(x.wire) == 0 {
		found = append(found, "false alarm: no output differs")
	}
	return found
}

// breaks reports whether code in a language does not compile, or acts differently.
func (x *trial) breaks(language string) bool {
	complaints := x.golang
	if language == "TypeScript" {
		complaints = append(slices.Clone(x.typescript.Client), x.typescript.Exhaustive...)
	}
	acts := func(a string) bool { return strings.HasPrefix(a, language+": ") }
	return len(complaints) > 0 || slices.ContainsFunc(x.acts, acts)
}

func (x *trial) describe() string {
	var b strings.Builder
	for _, c := range x.changes {
		fmt.Fprintf(&b, "  gate: %s %s %s %v %s\n", c.Level, c.Rule, c.Pointer, c.Languages, c.Message)
	}
	for title, list := range map[string][]string{
		"Go": x.golang, "TypeScript": x.typescript.Client, "exhaustive": x.typescript.Exhaustive, "wire": x.wire,
		"acts": x.acts,
	} {
		for i, line := range list {
			if i < 4 {
				fmt.Fprintf(&b, "  %s: %.300s\n", title, line)
			}
		}
	}
	return b.String()
}

// keep writes the catalogs of a trial where JUDGE_KEEP says so.
func keep(t *testing.T, seed uint64, before, after []byte) {
	t.Helper()
	dir := os.Getenv("JUDGE_KEEP")
	if dir == "" {
		return
	}
	writeFile(t, filepath.Join(dir, fmt.Sprint(seed), "before.yaml"), before)
	writeFile(t, filepath.Join(dir, fmt.Sprint(seed), "after.yaml"), after)
}

package lint

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/openapi"
)

// Fix applies the rules to a catalog and the OpenAPI documents that are held against it, and writes the edits of their
// findings into their files. It returns the findings that it has corrected, and those that remain. A catalog of more
// than maxSize bytes does not come out.
func Fix(c *catalog.Catalog, severities diag.Severities, maxSize int64, apis ...*openapi.Held) (fixed,
	remaining diag.List, err error) {
	found := Run(c, severities, apis...)
	var elsewhere diag.List
	for _, d := range found {
		if len(d.Edits) > 0 {
			fixed.Add(d)
		} else if d.Place.File != c.Document.Name {
			elsewhere.Add(d)
		}
	}
	remaining = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Place.File != c.Document.Name })
	if len(Edits(found, c.Document.Name)) > 0 {
		var corrected []byte
		if corrected, remaining, err = correct(c, remaining, severities, maxSize); err != nil {
			return nil, nil, err
		}
		if err = rewrite(c.Document.Name, c.Document.Text, corrected, maxSize); err != nil {
			return nil, nil, err
		}
	}
	for _, api := range apis {
		if err := correctAPI(api, Edits(fixed, api.Name)); err != nil {
			return nil, nil, err
		}
	}
	return fixed, append(remaining, elsewhere...), nil
}

// correctAPI makes edits in an OpenAPI document, which has to stay one with the same operations.
func correctAPI(api *openapi.Held, edits []diag.Edit) error {
	if len(edits) == 0 {
		return nil
	}
	corrected := Apply(api.Text, edits)
	next, _ := openapi.Load(api.Name, corrected, openapi.MaxSize)
	if next == nil || !slices.Equal(next.IDs(), api.IDs()) {
		return fmt.Errorf("the corrections would make %s wrong, so that none was made there; please report this",
			diag.Visible(api.Name))
	}
	return rewrite(api.Name, api.Text, corrected, openapi.MaxSize)
}

// correct makes edits until none is left: one that overlaps another waits for the next round. It returns the text that
// comes out, and what is still found in it.
func correct(c *catalog.Catalog, found diag.List, severities diag.Severities, maxSize int64) ([]byte,
	diag.List, error) {
	const enough = 10
	for range enough {
		edits := Edits(found, c.Document.Name)
		if len(edits) == 0 {
			break
		}
		next, wrong := catalog.Load(c.Document.Name, Apply(c.Document.Text, edits), maxSize)
		if next == nil {
			return nil, nil, fmt.Errorf("the corrections would make the catalog wrong (%s), so that none was made; "+
				"please report this", wrong[0].Message)
		}
		c, found = next, Run(next, severities)
	}
	return c.Document.Text, found, nil
}

// rewrite replaces the text of a file, and leaves its byte order mark.
func rewrite(path string, before, after []byte, maxSize int64) error {
	const mark = "\ufeff"
	text, err := disk.Read(path, maxSize)
	if err != nil {
		return err
	}
	rest, marked := bytes.CutPrefix(text, []byte(mark))
	if !bytes.Equal(rest, before) {
		return errors.New(diag.Visible(path) + " has changed while it was read; nothing was corrected")
	}
	if marked {
		after = append([]byte(mark), after...)
	}
	return disk.Replace(path, text, after)
}

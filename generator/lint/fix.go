package lint

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
)

// Fix applies the rules to a catalog, and writes the edits of their findings into its file. It returns the findings
// that it has corrected, and those that remain. A catalog of more than maxSize bytes does not come out.
func Fix(c *catalog.Catalog, severities map[string]diag.Severity, maxSize int64) (fixed, remaining diag.List,
	err error) {
	found, err := Run(c, severities)
	if err != nil || len(Edits(found)) == 0 {
		return nil, found, err
	}
	corrected, remaining, err := correct(c, found, severities, maxSize)
	if err != nil {
		return nil, nil, err
	}
	if err := rewrite(c.Document.Name, c.Document.Text, corrected, maxSize); err != nil {
		return nil, nil, err
	}
	for _, d := range found {
		if len(d.Edits) > 0 {
			fixed.Add(d)
		}
	}
	return fixed, remaining, nil
}

// correct makes edits until none is left: one that overlaps another waits for the next round. It returns the text that
// comes out, and what is still found in it.
func correct(c *catalog.Catalog, found diag.List, severities map[string]diag.Severity, maxSize int64) ([]byte,
	diag.List, error) {
	const enough = 10
	for range enough {
		edits := Edits(found)
		if len(edits) == 0 {
			break
		}
		next, wrong := catalog.Load(c.Document.Name, Apply(c.Document.Text, edits), maxSize)
		if next == nil {
			return nil, nil, fmt.Errorf("the corrections would make the catalog wrong (%s), so that none was made; "+
				"please report this", wrong[0].Message)
		}
		var err error
		if found, err = Run(next, severities); err != nil {
			return nil, nil, err
		}
		c = next
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

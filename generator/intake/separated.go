package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// maxColumns is how many columns records may have.
const maxColumns = 200

// separated reads values separated by commas or tabs (RFC 4180), the names of the columns in the first record.
func (r *reader) separated(comma rune) {
	text := r.doc.Text
	first, _, _ := bytes.Cut(text, []byte("\n"))
	if comma == ',' && bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		comma = ';'
	}
	c := csv.NewReader(bytes.NewReader(text))
	c.Comma, c.FieldsPerRecord, c.LazyQuotes = comma, -1, true
	t := &table{what: "the file", place: r.line(0, len(first)), certain: true}
	for {
		record, err := c.Read()
		switch {
		case errors.Is(err, io.EOF):
			r.take(t)
			return
		case err != nil:
			r.refuse(diag.Place{}, "the file is not "+r.Format+": "+err.Error(), "correct it, or export it again")
			return
		case len(record) > maxColumns && t.columns == nil:
			r.refuse(t.place, fmt.Sprintf("the file has more than %d columns", maxColumns), "keep those that tell of codes")
			return
		case t.columns == nil:
			for _, name := range record {
				t.columns = append(t.columns, strings.TrimSpace(name))
			}
		case len(record) > len(t.columns):
			r.refuse(r.record(c, record).place, "the record has more values than there are columns",
				"put a value that has the separator in it in double quotes")
			return
		default:
			t.rows = append(t.rows, r.record(c, record))
		}
	}
}

// record makes a row of a record, whose last values may be missing.
func (r *reader) record(c *csv.Reader, record []string) row {
	w := row{}
	for i, text := range record {
		line, column := c.FieldPos(i)
		from := r.doc.LineStart(line) + column - 1
		w.cells = append(w.cells, cell{text: text, place: r.line(from, from+len(text))})
	}
	w.place = w.cells[0].place
	return w
}

// line returns the place of some bytes, as far as they are on one line.
func (r *reader) line(from, to int) diag.Place {
	text := r.doc.Text
	from = min(from, len(text))
	to = max(from, min(to, len(text)))
	if end := bytes.IndexByte(text[from:to], '\n'); end >= 0 {
		to = from + end
	}
	return r.doc.PlaceOf(from, to)
}

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
	t := &table{what: "the file", place: r.line(text, 0, len(first)), certain: true}
	starts := lineStarts(text)
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.refuse(diag.Place{}, "the file is not "+r.Format+": "+err.Error(), "correct it, or export it again")
			return
		}
		if t.columns == nil {
			t.columns = trimmed(record)
			if len(t.columns) > maxColumns {
				r.refuse(t.place, fmt.Sprintf("the file has more than %d columns", maxColumns), "keep those that tell of codes")
				return
			}
			continue
		}
		if !r.record(t, c, record, starts) {
			return
		}
	}
	r.take(t)
}

func trimmed(record []string) []string {
	for i := range record {
		record[i] = strings.TrimSpace(record[i])
	}
	return record
}

// record adds a record to a table; those with too few values end early.
func (r *reader) record(t *table, c *csv.Reader, record []string, starts []int) bool {
	w := row{}
	for i := range t.columns {
		if i >= len(record) {
			w.cells = append(w.cells, cell{place: w.place})
			continue
		}
		line, column := c.FieldPos(i)
		from := starts[line-1] + column - 1
		one := cell{text: record[i], place: r.line(r.doc.Text, from, from+len(record[i]))}
		if i == 0 {
			w.place = one.place
		}
		w.cells = append(w.cells, one)
	}
	if len(record) > len(t.columns) {
		r.refuse(w.place, "the record has more values than there are columns",
			"put a value that has the separator in it in double quotes")
		return false
	}
	t.rows = append(t.rows, w)
	return true
}

func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// line returns the place of some bytes, as far as they are on one line.
func (r *reader) line(text []byte, from, to int) diag.Place {
	from = min(from, len(text))
	to = max(from, min(to, len(text)))
	if end := bytes.IndexByte(text[from:to], '\n'); end >= 0 {
		to = from + end
	}
	return r.doc.PlaceOf(from, to)
}

package openapi

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Insert makes the edit that adds a response to an operation: a reference. There is none where the responses stand
// elsewhere, as those of an alias do, or are not there at all.
func (d *Document) Insert(o *Operation, status, ref string) []diag.Edit {
	responses := o.Node.Get("responses")
	key := o.Node.KeyOf("responses")
	if responses == nil || responses.Kind != document.Map || responses.Len() == 0 {
		return nil
	}
	from, to := key.Offset(), responses.Key(0).Offset()
	between := d.Text[min(from, to):max(from, to)]
	if to < from || bytes.ContainsAny(between, "&*#") || bytes.Count(between, []byte("\n")) > 1 {
		return nil // an anchor, an alias, or a comment
	}
	if bytes.IndexByte(between, '{') >= 0 {
		return []diag.Edit{d.insertInFlow(to, status, ref)}
	}
	return d.insertInBlock(responses, status, ref)
}

// insertInFlow writes the response before the first one, on a line of its own where that has one.
func (d *Document) insertInFlow(at int, status, ref string) diag.Edit {
	reference, _ := json.Marshal(ref) // no text fails
	line, _, _ := d.LineAt(at)
	separator := " "
	if before := d.Text[line:at]; len(bytes.TrimLeft(before, " \t")) == 0 {
		separator = d.LineBreak() + string(before)
	}
	return diag.Edit{Start: at, End: at, New: `"` + status + `": {"$ref": ` + string(reference) + "}," + separator}
}

// insertInBlock writes the response before the first one with a greater status, else behind the last.
func (d *Document) insertInBlock(responses *document.Node, status, ref string) []diag.Edit {
	line, _, _ := d.LineAt(responses.Key(0).Offset())
	indent := string(d.Text[line:responses.Key(0).Offset()])
	if strings.TrimLeft(indent, " ") != "" {
		return nil // it begins on the line of its key
	}
	at := -1
	for key := range responses.Members() {
		start, _, _ := d.LineAt(key.Offset())
		if string(d.Text[start:key.Offset()]) != indent {
			return nil // what an alias or a merge brings
		}
		if key.Text > status && at < 0 {
			at = start
		}
	}
	if at < 0 {
		at = d.Behind(responses.Key(responses.Len() - 1))
	}
	ending := d.LineBreak()
	reference, _ := json.Marshal(ref)
	text := indent + `"` + status + `":` + ending + indent + "  $ref: " + string(reference) + ending
	if at > 0 && d.Text[at-1] != '\n' {
		text = ending + strings.TrimSuffix(text, ending)
	}
	return []diag.Edit{{Start: at, End: at, New: text}}
}

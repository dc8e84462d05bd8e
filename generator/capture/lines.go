package capture

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// record is a line of JSON lines. Only status and body are needed.
type record struct {
	Method  string                     `json:"method"`
	Path    string                     `json:"path"`
	URL     string                     `json:"url"`
	Route   string                     `json:"route"`
	Status  *int                       `json:"status"`
	Headers map[string]json.RawMessage `json:"headers"`
	Body    json.RawMessage            `json:"body"` // text, or JSON as it is
}

// lines reads an object on each line. Empty lines count for nothing.
func (r *reader) lines() error {
	lines, number := bufio.NewScanner(r.in), 1
	lines.Buffer(nil, maxEntry)
	for ; lines.Scan(); number++ {
		if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
			if err := r.line(number, line); err != nil {
				return err
			}
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return r.fail(number, errTooLong.Error())
	case err != nil:
		return r.fail(number, err.Error())
	}
	return nil
}

func (r *reader) line(number int, text []byte) error {
	var one record
	if err := json.Unmarshal(text, &one); err != nil {
		return r.fail(number, explainLine(err))
	}
	if one.Status == nil {
		return r.fail(number, "the line has no status; "+expected)
	}
	response := &Response{Method: one.Method, Route: one.Route, Status: *one.Status, Size: -1, Entry: -1}
	response.Start = diag.Position{Line: number, Column: 1}
	if address := cmp.Or(one.URL, one.Path); address != "" {
		response.target(address)
	}
	for name, value := range one.Headers {
		response.header(name, headerText(value))
	}
	if one.Headers != nil && response.Headers == nil {
		response.Headers = map[string]string{}
	}
	response.Body = bodyOf(one.Body)
	return r.send(response)
}

// explainLine says what is wrong with a line without what stands in it.
func explainLine(err error) string {
	if wrong := new(json.UnmarshalTypeError); errors.As(err, &wrong) && wrong.Field != "" {
		found, _, _ := strings.Cut(wrong.Value, " ")
		return fmt.Sprintf("%s is of type %s, expected %s", wrong.Field, found, typeWords[wrong.Field])
	}
	return "the line is no JSON object; was the recording cut off?"
}

var typeWords = map[string]string{
	"status": "a number such as 404", "headers": "an object with the headers by name", "method": "text", "path": "text",
	"url": "text", "route": "text",
}

// headerText returns the value of a header, which may be a list of values.
func headerText(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	var list []string
	if json.Unmarshal(value, &list) == nil && len(list) > 0 {
		return list[0]
	}
	return ""
}

// bodyOf returns the bytes of a body that is text, or any other JSON; nil of none and of null.
func bodyOf(value json.RawMessage) []byte {
	var text *string
	switch {
	case len(value) == 0 || string(value) == "null":
		return nil
	case json.Unmarshal(value, &text) == nil:
		return []byte(*text)
	}
	return value
}

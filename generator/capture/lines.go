package capture

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	for number := 1; ; number++ {
		line, err := readLine(r.in)
		if len(line) > 0 {
			if err := r.line(number, line); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return r.fail(number, err.Error())
		}
	}
}

// readLine returns the next line without what it ends with.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case !errors.Is(err, bufio.ErrBufferFull):
			return bytes.TrimSpace(line), err
		case len(line) > maxEntry:
			return nil, errTooLong
		}
	}
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
	if address := one.URL; address != "" || one.Path != "" {
		if address == "" {
			address = one.Path
		}
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

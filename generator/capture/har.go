package capture

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
)

// harEntry is what counts of an entry of HAR 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html).
type harEntry struct {
	Request struct {
		Method string `json:"method"`
		URL    string `json:"url"`
	} `json:"request"`
	Response struct {
		Status  float64 `json:"status"`
		Headers []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"headers"`
		Content struct {
			Size     float64 `json:"size"`
			MimeType string  `json:"mimeType"`
			Text     *string `json:"text"`
			Encoding string  `json:"encoding"`
		} `json:"content"`
	} `json:"response"`
}

// har reads one HAR document, or several of them one after the other.
func (r *reader) har() error {
	h := &harReader{reader: r, places: newTracker(r.in)}
	h.d = json.NewDecoder(h.places)
	for {
		h.places.left = maxEntry
		open, err := h.d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = h.members(open, h.document)
		}
		if err != nil {
			return h.explain(err)
		}
	}
}

type harReader struct {
	*reader
	places *tracker
	d      *json.Decoder
}

// explain says where a HAR is wrong.
func (h *harReader) explain(err error) error {
	if errors.Is(err, errStopped) {
		return err
	}
	says := "it is no HAR: " + err.Error()
	wrong := new(json.UnmarshalTypeError)
	switch {
	case errors.As(err, &wrong):
		says = "it is no HAR: " + wrong.Field + " is of another type"
	case errors.Is(err, errTooLong):
		says = err.Error()
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		says = "the HAR ends in the middle: the recording was cut off"
	}
	return h.fail(h.places.at(h.d.InputOffset()).Line, says)
}

// members calls member for each key of an object that has begun; that reads the value.
func (h *harReader) members(open json.Token, member func(key string) error) error {
	if open != json.Delim('{') {
		return errors.New("expected an object")
	}
	for h.d.More() {
		key, err := h.d.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		if err := member(name); err != nil {
			return err
		}
	}
	_, err := h.d.Token()
	return err
}

func (h *harReader) document(key string) error {
	if key != "log" {
		return h.skip()
	}
	open, err := h.d.Token()
	if err != nil {
		return err
	}
	return h.members(open, h.log)
}

func (h *harReader) skip() error {
	var skipped json.RawMessage
	return h.d.Decode(&skipped)
}

func (h *harReader) log(key string) error {
	if key != "entries" {
		return h.skip()
	}
	open, err := h.d.Token()
	if err != nil || open == nil { // null
		return err
	}
	if open != json.Delim('[') {
		return errors.New("expected a list of entries")
	}
	for n := 0; h.d.More(); n++ {
		if err := h.entry(n); err != nil {
			return err
		}
	}
	_, err = h.d.Token()
	return err
}

func (h *harReader) entry(n int) error {
	before := h.d.InputOffset()
	h.places.left = maxEntry
	var e harEntry
	if err := h.d.Decode(&e); err != nil {
		return err
	}
	start := h.places.begin(before)
	h.places.at(h.d.InputOffset())
	if e.Response.Status <= 0 { // it was aborted, or never came
		return nil
	}
	response := e.response()
	response.Entry, response.Start = n, start
	return h.send(response)
}

func (e *harEntry) response() *Response {
	r := &Response{Method: e.Request.Method, Status: int(e.Response.Status), Size: -1}
	r.target(e.Request.URL)
	for _, header := range e.Response.Headers {
		r.header(header.Name, header.Value)
	}
	content := e.Response.Content
	if content.MimeType != "" && content.MimeType != "x-unknown" && r.Header("Content-Type") == "" {
		r.header("Content-Type", content.MimeType)
	}
	r.Body = harBody(content.Text, content.Encoding)
	if content.Text == nil && content.Size == 0 {
		r.Body = []byte{}
	}
	if content.Size > 0 {
		r.Size = int64(content.Size)
	}
	return r
}

// harBody returns the recorded body, or nil.
func harBody(text *string, encoding string) []byte {
	switch {
	case text == nil:
		return nil
	case encoding != "base64":
		return []byte(*text)
	}
	body, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		return nil
	}
	return body
}

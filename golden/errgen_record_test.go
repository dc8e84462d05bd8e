package golden

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
)

// This file was written by `errgen init --recorder go` and is yours: change what you like.
//
// Each answer with a status from firstRecorded on becomes a line of JSON in the file that ERRGEN_RECORD names; without
// it nothing is recorded. The path is absolute, since each package is tested in its own folder, and -count=1 keeps go
// test from taking results of a run that recorded elsewhere:
//
//	ERRGEN_RECORD=$PWD/errors.jsonl go test -count=1 ./...
//	errgen verify errors.jsonl --cover-min 80
//
// Of the headers only those are recorded that `errgen verify` looks at, so that captures hold no cookies and no keys.
// Bodies are recorded up to 1 MiB.

// firstRecorded is 200 for an API whose errors come with it.
const firstRecorded = 400

// RecordErrors records what a handler answers. Wrap the router itself, whose pattern tells the operation:
//
//	server := httptest.NewServer(RecordErrors(mux))
func RecordErrors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &recordedAnswer{ResponseWriter: w}
		next.ServeHTTP(answer, r)
		if answer.status >= firstRecorded {
			recordError(r, r.Pattern, answer.status, w.Header(), answer.body.Bytes())
		}
	})
}

// RecordingTransport records what a client is answered:
//
//	client := &http.Client{Transport: RecordingTransport{}}
type RecordingTransport struct {
	Base http.RoundTripper // nil: http.DefaultTransport
}

func (t RecordingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	base := t.Base
	if base == nil {
		base = http.DefaultTransport
	}
	answer, err := base.RoundTrip(r)
	if err != nil || answer.StatusCode < firstRecorded {
		return answer, err
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxRecordedBody))
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), answer.Body), answer.Body}
	if err == nil {
		recordError(r, "", answer.StatusCode, answer.Header, body)
	}
	return answer, nil
}

const maxRecordedBody = 1 << 20

// recordedAnswer keeps what goes through it.
type recordedAnswer struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (a *recordedAnswer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *recordedAnswer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if a.status >= firstRecorded {
		a.body.Write(p[:min(len(p), maxRecordedBody-a.body.Len())])
	}
	return a.ResponseWriter.Write(p)
}

func (a *recordedAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *recordedAnswer) Flush() { _ = http.NewResponseController(a.ResponseWriter).Flush() }

func (a *recordedAnswer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return http.NewResponseController(a.ResponseWriter).Hijack()
}

var recording sync.Mutex

func recordError(r *http.Request, route string, status int, header http.Header, body []byte) {
	path := os.Getenv("ERRGEN_RECORD")
	if path == "" {
		return
	}
	headers := map[string]string{}
	for _, name := range []string{"Content-Type", "Retry-After"} {
		if value := header.Get(name); value != "" {
			headers[name] = value
		}
	}
	if _, set := header["Content-Type"]; !set && len(body) > 0 {
		headers["Content-Type"] = http.DetectContentType(body) // as net/http does
	}
	line, err := json.Marshal(map[string]any{
		"method": r.Method, "path": r.URL.Path, "route": route, "status": status, "headers": headers, "body": string(body),
	})
	if err == nil {
		err = appendLine(path, append(line, '\n'))
	}
	if err != nil {
		panic("ERRGEN_RECORD: " + err.Error())
	}
}

// appendLine writes a line in one call: several packages may be tested at once.
func appendLine(path string, line []byte) error {
	recording.Lock()
	defer recording.Unlock()
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

package golden

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sigsentry/errgen/golden/every-field/want/go/apierr"
)

// constructors make an error of each code from the JSON of its details.
var constructors = map[apierr.Code]func(details []byte) (*apierr.Error, error){
	apierr.CodeUnauthorized:    without(apierr.NewUnauthorized),
	apierr.CodeTokenMissing:    without(apierr.NewTokenMissing),
	apierr.CodeBadRequest:      with(apierr.NewBadRequest),
	apierr.CodeAddressProblem:  with(apierr.NewAddressProblem),
	apierr.CodeRouteImpossible: with(apierr.NewRouteImpossible),
	apierr.CodeParcelNotFound:  with(apierr.NewParcelNotFound),
	apierr.CodeParcelDelivered: with(apierr.NewParcelDelivered),
	apierr.CodeLabelVoided:     without(apierr.NewLabelVoided),
	apierr.CodeQuotaExceeded:   with(apierr.NewQuotaExceeded),
	apierr.CodeThrottled: with(func(details apierr.ThrottledDetails) *apierr.Error {
		return apierr.NewThrottled(details, 12*time.Second)
	}),
	apierr.CodeStorageFailed: without(apierr.NewStorageFailed),
	apierr.CodeInternalError: without(apierr.NewInternalError),
	apierr.CodeCarrierFailed: with(apierr.NewCarrierFailed),
	apierr.CodeMaintenance:   without(func() *apierr.Error { return apierr.NewMaintenance(12 * time.Second) }),
}

func with[T apierr.Details](make func(T) *apierr.Error) func([]byte) (*apierr.Error, error) {
	return func(text []byte) (*apierr.Error, error) {
		var details T
		err := json.Unmarshal(text, &details)
		return make(details), err
	}
}

func without(make func() *apierr.Error) func([]byte) (*apierr.Error, error) {
	return func([]byte) (*apierr.Error, error) { return make(), nil }
}

// parcelVectors returns the vectors of every-field that a server of the catalog can send: those with all details.
func parcelVectors(t *testing.T) []vector {
	t.Helper()
	var vectors []vector
	for _, v := range readVectors(t, "every-field") {
		if !strings.HasSuffix(v.Name, " without details") {
			vectors = append(vectors, v)
		}
	}
	return vectors
}

// A Go server answers with every code of its catalog: the client in TypeScript sees each as it was made, each response
// is one that OpenAPI announced, and errgen has nothing to say of it.
func TestGoServer(t *testing.T) {
	vectors := parcelVectors(t)
	t.Setenv("ERRGEN_RECORD", filepath.Join(t.TempDir(), "errors.jsonl"))
	server := httptest.NewServer(RecordErrors(goServer(t, vectors)))
	defer server.Close()

	keepsItsPromise(t, server.URL+"/", vectors)
}

// keepsItsPromise holds a server of every-field, whose front page lists its addresses, and what was recorded of it
// against all who read it: the client in TypeScript, OpenAPI and errgen itself.
func keepsItsPromise(t *testing.T, address string, vectors []vector) {
	t.Helper()
	for i := range vectors {
		// A value that may be null or absent is absent when a server sends it.
		vectors[i].Sees.RawDetails = comparable(vectors[i].Sees.RawDetails)
	}
	seen := typeScriptSees(t, "every-field/want", address)
	for i := range seen {
		seen[i].RawDetails = comparable(seen[i].RawDetails)
	}
	compareSights(t, "typescript", vectors, seen)
	checked := node(t, "wire/validate.ts", "every-field/want/openapi/errors.openapi.yaml", address)
	if got, want := strings.TrimSpace(string(checked)), fmt.Sprint(len(vectors)); got != want {
		t.Errorf("%s of %s responses validated", got, want)
	}
	verified(t, "every-field/errors.yaml")
}

// goServer answers /0, /1… with the errors that clients are to see; the front page lists these addresses.
func goServer(t *testing.T, vectors []vector) http.Handler {
	t.Helper()
	mux := http.NewServeMux()
	var addresses []string
	sent := map[apierr.Code]bool{}
	for i, v := range vectors {
		addresses = append(addresses, fmt.Sprint(i))
		err := makeError(t, v.Sees)
		sent[err.Code] = true
		mux.HandleFunc(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, _ *http.Request) {
			if err := apierr.Write(w, fmt.Errorf("not to be sent: %w", err)); err != nil {
				t.Error(err)
			}
		})
	}
	for _, code := range apierr.Codes() {
		if !sent[code] {
			t.Errorf("%s is never sent", code)
		}
	}
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		if err := json.NewEncoder(w).Encode(addresses); err != nil {
			t.Error(err)
		}
	})
	return mux
}

func makeError(t *testing.T, s sight) *apierr.Error {
	t.Helper()
	details, err := json.Marshal(s.RawDetails)
	if err != nil {
		t.Fatal(err)
	}
	e, err := constructors[apierr.Code(s.Code)](details)
	if err != nil {
		t.Fatal(err)
	}
	return e.WithMessage(s.Message).WithRequestID(s.RequestID).WithCause(errors.New("nor this"))
}

// A server in TypeScript answers with every code of its catalog: the Go client sees each as it was made, and errgen has
// nothing to say of it.
func TestTypeScriptServer(t *testing.T) {
	t.Setenv("ERRGEN_RECORD", filepath.Join(t.TempDir(), "errors.jsonl"))
	vectors := parcelVectors(t)
	text, err := json.Marshal(vectors)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "vectors.json")
	writeFile(t, path, text)
	address := startNode(t, "wire/server.ts", path)
	var seen []sight
	for i := range vectors {
		seen = append(seen, goClient(t, fmt.Sprintf("%s/%d", address, i)))
	}
	compareSights(t, "go", vectors, seen)
	verified(t, "every-field/errors.yaml")
}

func goClient(t *testing.T, address string) sight {
	t.Helper()
	client := http.Client{Transport: RecordingTransport{}}
	resp, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return goSight(t, apierr.FromResponse(resp))
}

// startNode runs a server in Node until the test ends, and returns the address that it prints.
func startNode(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command(nodePath(t), args...)
	var words bytes.Buffer
	cmd.Stderr = &words
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { input.Close(); cmd.Wait() })
	address, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, &words)
	}
	return strings.TrimSpace(address)
}

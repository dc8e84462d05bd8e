package golden

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A Go server answers with every code of its catalog: the clients in TypeScript and Go see each as it was made, each
// response is one that OpenAPI announced, and errgen has nothing to say of it.
func TestGoServer(t *testing.T) {
	for _, c := range wireCases {
		t.Run(c.name, func(t *testing.T) {
			vectors := c.sendable(t)
			server := httptest.NewServer(c.server(t, vectors))
			defer server.Close()
			c.keepsItsPromise(t, server.URL, vectors)
		})
	}
}

// A server in TypeScript does as well.
func TestTypeScriptServer(t *testing.T) {
	for _, c := range wireCases {
		t.Run(c.name, func(t *testing.T) {
			vectors := c.sendable(t)
			text, err := json.Marshal(vectors)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "vectors.json")
			writeFile(t, path, text)
			c.keepsItsPromise(t, startNode(t, "wire/server.ts", c.name+"/want/typescript/errors.ts", path), vectors)
		})
	}
}

// keepsItsPromise holds a server, whose front page lists its addresses, against all who read it: the clients in
// TypeScript and Go, OpenAPI and errgen itself.
func (c *wireCase) keepsItsPromise(t *testing.T, address string, vectors []vector) {
	t.Helper()
	for i := range vectors {
		// A value that may be null or absent is absent when a server sends it.
		vectors[i].Sees.RawDetails = comparable(vectors[i].Sees.RawDetails)
	}
	capture := filepath.Join(t.TempDir(), "errors.jsonl")
	inGo := c.recorded(t, capture, address, len(vectors))
	for client, seen := range map[string][]sight{
		"go":         inGo,
		"typescript": typeScriptSees(t, c.name+"/want", address+"/"),
	} {
		for i := range seen {
			seen[i].RawDetails = comparable(seen[i].RawDetails)
		}
		compareSights(t, client, vectors, seen)
	}
	checked := node(t, "wire/validate.ts", c.name+"/want/openapi/errors.openapi.yaml", address+"/")
	if got, want := strings.TrimSpace(string(checked)), fmt.Sprint(len(vectors)); got != want {
		t.Errorf("%s of %s responses validated", got, want)
	}
	verified(t, c.name+"/errors.yaml", capture)
}

var recordsOne sync.Mutex

// recorded returns what the client in Go sees of a server, and records it: one test at a time, since recordError takes
// the file from the environment.
func (c *wireCase) recorded(t *testing.T, capture, address string, n int) (seen []sight) {
	t.Helper()
	recordsOne.Lock()
	defer recordsOne.Unlock()
	os.Setenv("ERRGEN_RECORD", capture)
	defer os.Unsetenv("ERRGEN_RECORD")
	for i := range n {
		seen = append(seen, c.sees(t, fmt.Sprintf("%s/%d", address, i)))
	}
	return seen
}

// server answers /0, /1… with the errors that clients are to see; the front page lists these addresses.
func (c *wireCase) server(t *testing.T, vectors []vector) http.Handler {
	t.Helper()
	mux := http.NewServeMux()
	addresses := make([]string, len(vectors))
	for i, v := range vectors {
		addresses[i] = fmt.Sprint(i)
		err := c.raise(t, v)
		mux.HandleFunc(fmt.Sprintf("/%d", i), func(w http.ResponseWriter, _ *http.Request) {
			if err := c.write(w, fmt.Errorf("not to be sent: %w", err)); err != nil {
				t.Error(err)
			}
		})
	}
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		if err := json.NewEncoder(w).Encode(addresses); err != nil {
			t.Error(err)
		}
	})
	return mux
}

// sees is what the client in Go sees of a response, which is recorded whatever its status.
func (c *wireCase) sees(t *testing.T, address string) sight {
	t.Helper()
	resp, body := fetch(t, address)
	recordError(resp.Request, "", resp.StatusCode, resp.Header, body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return goSight(t, c.read(resp))
}

// fetch returns a response and its whole body.
func fetch(t *testing.T, address string) (*http.Response, []byte) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp, body
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

package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// Each generated module compiles, and reads and writes what the package wire does, for all envelopes and all bodies,
// odd ones too. What it decodes it sends on as it came, with the same status.
func TestTypeScriptFollowsEnvelopes(t *testing.T) {
	t.Parallel()
	dir, texts := t.TempDir(), typeScriptCatalogs(t)
	catalogs := map[string]*catalog.Catalog{}
	var all []exchange
	tried := map[string]bool{} // odd bodies need no second module with the same envelope
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		c, found := catalog.Load("errors.yaml", texts[name], document.DefaultMaxSize)
		if found.Err() != nil {
			t.Fatal(name, found)
		}
		envelope := string(jsonOf(c.Envelope.Written()))
		all = append(all, exchanges(name, c, !tried[envelope])...)
		catalogs[name], tried[envelope] = c, true
		writeFile(t, filepath.Join(dir, name, "errors.ts"), generate(t, texts[name])["typescript/errors.ts"])
	}
	compileTypeScript(t, dir)
	received := len(all)
	all = append(all, vectorExchanges(t)...)
	for i, seen := range exchangeInTypeScript(t, dir, all) {
		if all[i].Seen = seen.Seen; i < received {
			compareInTypeScript(t, catalogs[all[i].Package], all[i])
		}
	}
	compareReturned(t, all[received:])
	if received < 20_000 {
		t.Errorf("there are only %d responses", len(all))
	}
}

// typeScriptCatalogs returns the catalogs of golden that generate modules, and the odd ones.
func typeScriptCatalogs(t *testing.T) map[string][]byte {
	t.Helper()
	modules, err := filepath.Glob("*/want/typescript/errors.ts")
	if err != nil || len(modules) < 10 {
		t.Fatalf("found %d generated modules: %v", len(modules), err)
	}
	texts := oddCatalogs()
	texts["odd-hostile"] = withHostileEnvelope(t)
	texts["out"] = readFile(t, "../errors.yaml")
	for _, module := range modules {
		name, _, _ := strings.Cut(filepath.ToSlash(module), "/")
		texts[name] = readFile(t, name+"/errors.yaml")
	}
	return texts
}

// compileTypeScript holds the odd modules against the strictest project, as the others are.
func compileTypeScript(t *testing.T, dir string) {
	t.Helper()
	strictest, err := filepath.Abs("typescript/tsconfig.json")
	if err != nil {
		t.Fatal(err)
	}
	project, err := json.Marshal(map[string]any{"extends": strictest, "include": []string{"odd-*/errors.ts"}})
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "tsconfig.json"), project)
	writeFile(t, filepath.Join(dir, "package.json"), []byte(`{"type": "module"}`))
	for _, compiler := range compilers {
		nodeSays(t, compiler, "-p", dir)
	}
}

// exchangeInTypeScript has the modules in dir receive the responses.
func exchangeInTypeScript(t *testing.T, dir string, all []exchange) []exchange {
	t.Helper()
	input, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	var words bytes.Buffer
	cmd := exec.Command(nodePath(t), "--no-warnings", "wire/exchange.ts", dir)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(input), &words
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%.4000s", err, &words)
	}
	var seen []exchange
	fromJSON(t, output, &seen)
	return seen
}

func compareInTypeScript(t *testing.T, c *catalog.Catalog, x exchange) {
	t.Helper()
	e, isError := c.Envelope.Decode(wire.Response{Status: x.Status, Header: x.Header.Get, Body: x.Body}, known(c))
	failed := func(what string, got, want any) {
		t.Errorf("%s, %s, status %d, %v, %.300s\n%s: got %s\nwant %s",
			x.Package, x.name, x.Status, x.Header, x.Body, what, got, want)
	}
	got := x.Seen
	if isError != (got != nil) {
		failed("error", fmt.Sprint(got != nil), fmt.Sprint(isError))
	}
	if !isError || got == nil {
		return
	}
	gotLine := fmt.Sprintf("%q %q %q %d %v", got.Code, got.Message, got.RequestID, got.Status, got.RetryAfter)
	wantLine := fmt.Sprintf("%q %q %q %d %v", e.Code, e.Message, e.RequestID, e.Status, e.RetryAfter)
	if gotLine != wantLine {
		failed("error", gotLine, wantLine)
	}
	if details := detailsOf(e); !sameInJavaScript(got.RawDetails, details) {
		failed("raw details", got.RawDetails, details)
	}
	if x.name == "example" && got.IsTyped != (promisesDetails(c, e.Code) && c.Envelope.Reads.Details != nil) {
		failed("typed details", fmt.Sprint(got.IsTyped), fmt.Sprint(!got.IsTyped))
	}
	compareSentInTypeScript(t, c, x, e, failed)
}

func promisesDetails(c *catalog.Catalog, code string) bool {
	return slices.ContainsFunc(c.Errors, func(e *catalog.Error) bool { return e.Code == code && e.Details != nil })
}

// compareSentInTypeScript holds what is sent against what the envelope says.
func compareSentInTypeScript(
	t *testing.T, c *catalog.Catalog, x exchange, e wire.Error, failed func(what string, got, want any),
) {
	t.Helper()
	got, came := x.Seen, bytes.TrimPrefix(x.Body, []byte("\ufeff"))
	if n, err := document.ParseJSON(came); err != nil || n.Kind != document.Map || len(x.Body) > wire.MaxBody {
		came = jsonOf(c.Envelope.Encode(e))
	}
	if !sameInJavaScript(got.Sent.Body, came) || got.Sent.Status != x.Status {
		failed("sent on", fmt.Sprintf("%d %s", got.Sent.Status, got.Sent.Body), came)
	}
	if id := got.Sent.Header.Get(c.Envelope.RequestIDHeader); id != e.RequestID && isHeader(e.RequestID) {
		failed("request id that is sent", id, e.RequestID)
	}
	if contentType, _, _ := strings.Cut(got.Sent.Header.Get("Content-Type"), ";"); contentType != c.Envelope.ContentType {
		failed("content type", contentType, c.Envelope.ContentType)
	}
	raised := e
	if said, isKnown := known(c)(e.Code); isKnown {
		raised.Status = said.Status
	}
	if want := jsonOf(c.Envelope.Encode(raised)); x.name != "odd" && len(got.Typed) > 0 &&
		!sameInJavaScript(got.Typed, want) {
		failed("raised", got.Typed, want)
	}
	e.Message += "!"
	if want := jsonOf(c.Envelope.Encode(e)); !sameInJavaScript(got.Changed, want) {
		failed("changed", got.Changed, want)
	}
}

func detailsOf(e wire.Error) []byte {
	if e.Details == nil {
		return nil
	}
	return jsonOf(e.Details)
}

// isHeader reports whether a request id can be sent as a header: one that cannot is not.
func isHeader(id string) bool {
	return !strings.ContainsFunc(id, func(r rune) bool { return r < '!' || r > '~' })
}

// sameInJavaScript compares two JSON texts, or nothing. JavaScript has no other numbers than float64, and makes null of
// one that is beyond.
func sameInJavaScript(a, b []byte) bool {
	read := func(text []byte) (value any) {
		text = bytes.ReplaceAll(text, []byte("1e999"), []byte("null"))
		if text = bytes.ReplaceAll(text, []byte("1e400"), []byte("null")); len(text) > 0 {
			if err := json.Unmarshal(text, &value); err != nil {
				return err
			}
		}
		return value
	}
	return bytes.Equal(a, b) || (len(a) == 0) == (len(b) == 0) && reflect.DeepEqual(read(a), read(b))
}

package wire

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

var update = flag.Bool("update", false, "rewrite the expected answers")

// read parses a YAML text that has to be right.
func read(t testing.TB, text string) *document.Document {
	t.Helper()
	d, found := document.Parse("errors.yaml", []byte(text), document.DefaultMaxSize)
	if len(found) > 0 {
		t.Fatal(text, found)
	}
	return d
}

// envelope parses an envelope that has to be right.
func envelope(t testing.TB, text string) *Envelope {
	t.Helper()
	d := read(t, "envelope:\n  "+strings.ReplaceAll(text, "\n", "\n  "))
	v, found := Parse(d.Root.Get("envelope"))
	if v == nil {
		t.Fatal(text, found)
	}
	return v
}

func printed(n *document.Node) string {
	if n == nil {
		return ""
	}
	text, _ := n.MarshalJSON()
	return string(text)
}

// TestInvalid reads testdata/invalid.txt: each case is a file with an envelope, and what a user sees.
func TestInvalid(t *testing.T) {
	compareAnswers(t, "testdata/invalid.txt", func(name string, text []byte) string {
		d := read(t, string(text))
		v, found := Parse(d.Root.Get("envelope"))
		if v != nil {
			found.Add(v.CheckCodes(d.Root.Get("codes"))...)
			found.Add(v.CheckProperties(d.Root.Get("properties"))...)
			if details := d.Root.Get("details"); details != nil {
				found.Add(v.CheckUnnamed(details, "a map")...)
			}
		}
		var out bytes.Buffer
		if err := diag.Text(&out, found, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	})
}

// compareAnswers holds what answer makes of each file of an archive against the .want behind it.
func compareAnswers(t *testing.T, path string, answer func(name string, text []byte) string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []txtar.File
	for _, f := range archive.Files {
		if filepath.Ext(f.Name) == ".want" {
			continue
		}
		got = append(got, f)
		if text := answer(f.Name, f.Data); text != "" {
			got = append(got, txtar.File{Name: strings.TrimSuffix(f.Name, filepath.Ext(f.Name)) + ".want", Data: []byte(text)})
		}
	}
	all := txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: got})
	if *update {
		if err := os.WriteFile(path, all, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := txtar.Format(archive); !bytes.Equal(all, want) {
		t.Errorf("%s: got\n%s", path, firstDifference(string(all), string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d: %s\nwant %s", i+1, g[i], strings.Join(w[min(i, len(w)):min(i+1, len(w))], ""))
		}
	}
	return "less than expected"
}

// TestAPIs reads testdata/apis.txt: the error bodies of public APIs, from their documentation. A .yaml file has an
// envelope, and what a catalog knows of its codes; each body behind it, NAME.STATUS.json, comes out of decoding and
// encoding as it went in.
func TestAPIs(t *testing.T) {
	var v *Envelope
	var root *document.Node
	names := map[string]bool{}
	compareAnswers(t, "testdata/apis.txt", func(name string, text []byte) string {
		api, rest, _ := strings.Cut(name, ".")
		if names[api] = true; rest == "yaml" {
			d := read(t, string(text))
			root = d.Root
			var found diag.List
			if v, found = Parse(root.Get("envelope")); v == nil {
				t.Fatal(name, found)
			}
			v.LowStatuses = []int{200}
			return ""
		}
		digits, _, _ := strings.Cut(rest, ".")
		status, err := strconv.Atoi(digits)
		if err != nil {
			t.Fatal(name, err)
		}
		return roundTrip(t, v, name, Response{Status: status, Body: text}, known(root.Get("codes")))
	})
	if len(names) < 25 {
		t.Errorf("there are %d APIs", len(names))
	}
}

// known makes what a catalog knows of codes out of a map.
func known(codes *document.Node) func(string) (Error, bool) {
	return func(code string) (Error, bool) {
		n := codes.Get(code)
		e := Error{Message: n.Str("message"), Title: n.Str("title"), Category: n.Str("category"), DocsURL: n.Str("docsURL")}
		return e, n != nil
	}
}

// roundTrip decodes a body, and returns what was read. Encoded it has to be the same JSON, and decoded again the same
// error.
func roundTrip(t *testing.T, v *Envelope, name string, r Response, known func(string) (Error, bool)) string {
	t.Helper()
	e, isError := v.Decode(r, known)
	if !isError {
		return "no error\n"
	}
	body, err := document.ParseJSON(r.Body)
	if err != nil {
		t.Fatal(name, err)
	}
	sent := v.Encode(e)
	if !reflect.DeepEqual(sent.Plain(), body.Plain()) {
		t.Errorf("%s: encoded it is\n%s, and came as\n%s", name, printed(sent), printed(body))
	}
	again, _ := v.Decode(Response{Status: r.Status, Body: []byte(printed(sent))}, known)
	if said(again) != said(e) {
		t.Errorf("%s: got\n%s, then\n%s", name, said(e), said(again))
	}
	if fit := v.Fit(body, e); len(fit.Misfits) > 0 {
		t.Errorf("%s does not fit its own envelope: %v", name, fit)
	}
	return said(e)
}

func said(e Error) string {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("code", e.Code)
	line("message", e.Message)
	line("requestId", e.RequestID)
	if e.RetryAfter != 0 {
		line("retryAfter", e.RetryAfter.String())
	}
	line("details", printed(e.Details))
	return b.String()
}

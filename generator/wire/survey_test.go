package wire

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sigsentry/errgen/generator/document"
)

// TestSurvey reads testdata/survey.txt: each case is an envelope, and what templates get to know of it.
func TestSurvey(t *testing.T) {
	compareAnswers(t, "testdata/survey.txt", func(name string, text []byte) string {
		d := read(t, string(text))
		v, found := Parse(d.Root.Get("envelope"))
		if v == nil {
			t.Fatal(name, found)
		}
		return surveyed(v)
	})
}

func surveyed(v *Envelope) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s\n", v.ContentType, v.RequestIDHeader)
	outline(&b, v.Root, "")
	for _, s := range v.Steps {
		fmt.Fprintf(&b, "step %d: %q of %d", s.Number, s.Key, s.Parent)
		if s.Array {
			fmt.Fprintf(&b, ", a list; has %q", s.Has)
		}
		b.WriteString("\n")
	}
	r := v.Reads
	for i, read := range []*Read{r.Code, r.Message, r.RequestID, r.RetryAfter, r.Details} {
		if read != nil {
			name := []string{"code", "message", "requestId", "retryAfter", "details"}[i]
			fmt.Fprintf(&b, "read %s: %q of %d, at %s", name, read.Key, read.Number, read.Path)
			fmt.Fprintf(&b, ", as %q between %q and %q", read.As, read.Prefix, read.Suffix)
			if read.Spread {
				fmt.Fprintf(&b, "; all but %q", read.Own)
			}
			b.WriteString("\n")
		}
	}
	for _, m := range v.Marks {
		fmt.Fprintf(&b, "mark: %q of %d is %s\n", m.Key, m.Number, printed(m.JSON))
	}
	fmt.Fprintf(&b, "error node %d, discriminator %q, marked %v\n", v.ErrorNode, v.Discriminator, v.IsMarked())
	fmt.Fprintf(&b, "uses %s\n", strings.Join(slices.Sorted(maps.Keys(v.Uses)), ", "))
	return b.String()
}

func outline(b *strings.Builder, n *Node, indent string) {
	absent := map[bool]string{true: ", may be absent"}[n.MayBeAbsent]
	switch n.Kind {
	case Object:
		fmt.Fprintf(b, "object %d%s\n", n.Number, absent)
		for _, m := range n.Members {
			fmt.Fprintf(b, "%s  %q: ", indent, m.Key)
			outline(b, m.Node, indent+"  ")
		}
	case Array:
		fmt.Fprintf(b, "list of%s: ", absent)
		outline(b, n.Item, indent)
	case Constant:
		fmt.Fprintf(b, "%s\n", printed(n.JSON))
	default:
		fmt.Fprintf(b, "%s %s%s\n", n.Kind, n.Name, absent)
	}
}

// TestWritten holds that a body is written as the catalog has it.
func TestWritten(t *testing.T) {
	for name, text := range envelopes {
		d := read(t, text)
		if got, want := printed(parsed(t, name).Written()), printed(d.Root.Get("body")); got != want {
			t.Errorf("%s: got\n%s, want\n%s", name, got, want)
		}
	}
}

// FuzzParse holds that any envelope that is taken carries an error there and back.
func FuzzParse(f *testing.F) {
	for _, text := range envelopes {
		f.Add(text)
	}
	for _, text := range []string{
		`body: {a: "x{code}", b: [{a: "{code}", b: [{c: "{message}", "...": "{details}"}]}], c: {d: {e: "{requestId}"}}}`,
		`body: {code: "{code as integer}", again: "{code}", "": 1, p: [[{}]], q: "{retryAfter}"}`,
		"problem", "default", `body: {"...": "{details}", p: "{code}"}`, `body: {p: "{details}", q: [{r: ["{code}"]}]}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, found := document.Parse("errors.yaml", []byte("envelope:\n  "+text), document.DefaultMaxSize)
		if len(found) > 0 {
			return
		}
		v, found := Parse(d.Root.Get("envelope"))
		if v == nil {
			return
		}
		if len(found) > 0 {
			t.Fatal(found)
		}
		v.LowStatuses = []int{200}
		details := document.NewMap(document.Member{Key: "p", Value: document.NewInt(1)})
		e := Error{Code: "7", Message: "m", Title: "t", Category: "c", Status: 200, Details: details}
		e.RequestID, e.RetryAfter = "r", time.Minute
		sent := printed(v.Encode(e))
		all := func(string) (Error, bool) { return Error{}, true }
		got, isError := v.Decode(Response{Status: 200, Body: []byte(sent)}, all)
		r := v.Reads
		if !isError || got.Code != "7" || !came(r.Message, got.Message == "m") ||
			!came(r.RequestID, got.RequestID == "r") || !came(r.RetryAfter, got.RetryAfter == time.Minute) {
			t.Fatalf("%v %s of %s", isError, said(got), sent)
		}
		if r := r.Details; r != nil && !slices.Contains(r.Own, "p") && printed(got.Details) != printed(details) {
			t.Fatalf("%s of %s", said(got), sent)
		}
	})
}

// came reports whether a value that has a place has come.
func came(r *Read, same bool) bool { return r == nil || same }

package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

// What is said of envelopes is true: the first example is one, the two with a name are those that errgen knows by it, and
// no placeholder is left out.
func TestTopicOnEnvelopes(t *testing.T) {
	examples := regexp.MustCompile(`(?m)(^    \S.*\n(    .*\n)*)`).FindAllString(aboutEnvelope, -1)
	if len(examples) != 3 {
		t.Fatalf("examples: %q", examples)
	}
	sample(t, strings.ReplaceAll("\n"+examples[0], "\n    ", "\n"))
	for i, name := range []string{"default", "problem"} {
		shown, known := sample(t, "info:\n  envelope:\n"+examples[i+1]), sample(t, "info: {envelope: "+name+"}\n")
		if !bytes.Equal(shown, known) {
			t.Errorf("%s is shown as\n%s\nand is\n%s", name, shown, known)
		}
	}
	_, found := catalog.Load("errors.yaml", []byte("version: 1\ninfo: {title: T, envelope: {body: {a: \"{}\"}}}\n"+rest),
		document.DefaultMaxSize)
	placeholders := regexp.MustCompile(`\{\w[^{}]*\}`).FindAllString(found[0].Hint, -1)
	if len(placeholders) < 10 {
		t.Fatalf("placeholders: %q", placeholders)
	}
	for _, placeholder := range placeholders {
		if !strings.Contains(aboutEnvelope, placeholder) {
			t.Errorf("nothing is said of %s", placeholder)
		}
	}
}

const rest = "categories: {a: {title: A}}\nerrors: {A: {status: 500, category: a, meaning: M}}\n"

// sample returns the body that a catalog with such info shows.
func sample(t *testing.T, info string) []byte {
	t.Helper()
	text := "version: 1\n" + strings.Replace(info, "info: {", "info: {title: T, ", 1) + rest
	text = strings.Replace(text, "info:\n", "info:\n  title: T\n", 1)
	c, found := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if found.Err() != nil {
		t.Fatalf("%v\n%s", found, text)
	}
	body, err := c.Envelope.Encode(c.Sent(c.Errors[0], nil)).MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

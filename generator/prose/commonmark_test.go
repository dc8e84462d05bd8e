package prose

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/yuin/goldmark"
)

// differs has the examples that do not come back, by the decision that changes them.
var differs = map[string][]int{
	"a tab is the spaces up to its column: texts hold no control characters": {1, 2, 3, 13, 40},
	"a line feed written as a reference is a space":                          {39},
	"a heading is one line":             {81, 82, 95},
	"a line of spaces in code is empty": {112, 129},
	"a title is one line":               {196},
	"emphasis in emphasis, and strong text in strong text, look like one": {
		369, 373, 389, 407, 408, 409, 417, 418, 419, 425, 426, 427, 432, 461, 463, 464, 465, 466, 468,
	},
	"what stands before a colon is a scheme (RFC 3986 section 4.2), and only http, https and mailto are links": {
		500, 596, 598, 599, 601,
	},
}

// The examples of the CommonMark Spec, printed and rendered, are what they are when rendered as they stand. Those with
// raw HTML, which is text here, are left out. The file says where they are from and under which licence; it was made
// from _test/spec.json of github.com/yuin/goldmark.
func TestCommonMarkComesBack(t *testing.T) {
	var spec struct{ Examples map[string]string }
	raw, err := os.ReadFile("testdata/commonmark.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &spec); err != nil || len(spec.Examples) != 580 {
		t.Fatalf("%d examples: %v", len(spec.Examples), err)
	}
	known := slices.Concat(slices.Collect(maps.Values(differs))...)
	for name, source := range spec.Examples {
		number, _ := strconv.Atoi(name)
		text := Blocks(source)
		checkPrinted(t, "Blocks", text, Blocks)
		checkCell(t, source, text.Cell(nil), text.Plain())
		got, want := rendered(t, text.Markdown(nil)), rendered(t, source)
		if same := got == want; same == slices.Contains(known, number) {
			t.Errorf("example %s, %q: comes back is %v; printed as %q, rendered\n%s\nwant\n%s",
				name, source, same, text.Markdown(nil), got, want)
		}
	}
}

func rendered(t *testing.T, markdown string) string {
	t.Helper()
	var out bytes.Buffer
	if err := goldmark.Convert([]byte(markdown), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

package document

import (
	"fmt"
	"strings"
	"testing"
)

// Values as other programs write them: what Parse refuses in a catalog.
func TestForeignFilesAreReadAsMostParsersDo(t *testing.T) {
	for text, want := range map[string]string{
		"200: a\n404: b\n":                        `{"200":"a","404":"b"}`,
		"yes: no\non: 12:30\nnull: ~\n":           `{"yes":"no","on":"12:30","null":null}`,
		"a: 0x10\nb: 1_000\nc: 1e3\nd: .5\n":      `{"a":16,"b":1000,"c":1000,"d":0.5}`,
		"a: .inf\nb: .nan\nc: 1e999\n":            `{"a":".inf","b":".nan","c":"1e999"}`,
		"a: True\nb: 2024-01-01\nc: !!str 5\n":    `{"a":true,"b":"2024-01-01","c":"5"}`,
		"a: !Ref x\nb: !Sub {k: v}\n":             `{"a":"x","b":{"k":"v"}}`,
		"a: &x {k: 1}\nb: *x\nc: [*x, *x]\n":      `{"a":{"k":1},"b":{"k":1},"c":[{"k":1},{"k":1}]}`,
		"a: &x {k: 1, l: 2}\nb: {<<: *x, k: 3}\n": `{"a":{"k":1,"l":2},"b":{"k":3,"l":2}}`,
		"a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc:\n  <<: [*x, *y]\n  m: 4\n": "" +
			`{"a":{"k":1},"b":{"k":2,"l":3},"c":{"m":4,"k":1,"l":3}}`,
		"&k key: 1\nb: {*k : 2}\n":    `{"key":1,"b":{"key":2}}`,
		"a: \"x\u2028y\u202e\"\nb: 1": `{"a":"x   y   ","b":1}`,
		"\ufeff{\"a\": \"\\ud83d\\ude00 \\/\", \"\": 1e400, \"" + strings.Repeat("k", 1100) + "\": -0}": "" +
			`{"a":"😀 /","":"1e400","` + strings.Repeat("k", 1100) + `":-0}`,
	} {
		d, found := ParseForeign("f.yaml", []byte(text), DefaultMaxSize)
		if found != nil {
			t.Errorf("%s: %v", text, found)
			continue
		}
		if got, _ := d.Root.MarshalJSON(); string(got) != want {
			t.Errorf("%s is\n%s, want\n%s", text, got, want)
		}
	}
}

func TestForeignPlaces(t *testing.T) {
	const yaml = "base: &b {k: 1}\nuse:\n  <<: *b\n  l: [*b]\n"
	const json = "{\"base\":\n\t{\"k\" : \"ü\", \"l\": [ 1,\r\n -2 ]}}"
	for _, c := range []struct{ text, pointer, want string }{
		{yaml, "/base", "1:7-16"}, {yaml, "/use/l", "4:6-10"}, {yaml, "/use/l/0", "1:7-16"}, {yaml, "/use/k", "1:14-15"},
		{json, "", "1:1-9"}, {json, "/base", "2:2-23"}, {json, "/base/k", "2:9-12"}, {json, "/base/l/1", "3:2-4"},
	} {
		d, found := ParseForeign("f", []byte(c.text), DefaultMaxSize)
		if found != nil {
			t.Fatal(found)
		}
		n, _ := d.At(c.pointer)
		if n == nil {
			t.Errorf("nothing at %s", c.pointer)
			continue
		}
		if got := spelled(n.ValuePlace()); got != c.want || n.Pointer() != c.pointer {
			t.Errorf("%s is at %s with the pointer %s, want %s", c.pointer, got, n.Pointer(), c.want)
		}
	}
}

func TestWhatIsRefusedInForeignFiles(t *testing.T) {
	laughs := "a0: &a0 [x, x]\n"
	for i := 1; i < 40; i++ {
		laughs += fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i, i, i-1, i-1)
	}
	merges := "a0: &a0 {k: x}\n"
	for i := 1; i < 40; i++ {
		merges += fmt.Sprintf("a%d: &a%d {k%d: *a%d, l%d: *a%d, <<: [*a%d, *a%d]}\n", i, i, i, i-1, i, i-1, i-1, i-1)
	}
	empty := "b: {<<: [&a0 []"
	for i := 1; i < 40; i++ {
		empty += fmt.Sprintf(", &a%d [*a%d, *a%d]", i, i-1, i-1)
	}
	empty += "]}\n"
	for text, want := range map[string]string{
		empty:                     "aliases stand for more than 1000000 values",
		laughs:                    "aliases stand for more than 1000000 values",
		merges:                    "aliases stand for more than 1000000 values",
		"a: &a [*a]\n":            "the alias *a stands in what it stands for",
		"a: &a {<<: *a}\n":        "the alias *a stands in what it stands for",
		"a: &a {b: &b {<<: *a}}":  "the alias *a stands in what it stands for",
		"a: {<<: 5}\n":            "only maps can be merged",
		"k: 1\nk: 2\n":            `the key "k" is there twice`,
		"[1]: 2\n":                "a key is a list or a map, expected text",
		"a: *b\n":                 "an alias without an anchor, and neither is supported",
		"a: b: c\n":               `": " inside a value`,
		"a: 1\n---\nb: 2\n":       "a second YAML document starts here",
		"# nothing\n":             "the file is empty",
		"a: \xff\n":               "a byte that is not UTF-8 text",
		strings.Repeat("[", 1002): "lists and maps nest deeper than 1000 levels",
		"":                        "the file is empty",
	} {
		if strings.HasPrefix(text, "[[") {
			text += strings.Repeat("]", len(text)) + " # no JSON"
		}
		_, found := ParseForeign("f.yaml", []byte(text), DefaultMaxSize)
		if len(found) == 0 || found[0].Message != want {
			t.Errorf("%.60q: got %.300v, want %s", text, found, want)
		}
	}
	if _, found := ParseForeign("f.yaml", []byte("a: 1"), 3); len(found) != 1 || found[0].Rule != "file-too-large" {
		t.Errorf("got %v", found)
	}
}

func FuzzParseForeign(f *testing.F) {
	f.Add("a: &a {k: 1}\nb: {<<: *a, 200: x}\n")
	f.Add(`{"a": ["\ud83d\ude00", 1e5, null]}`)
	f.Fuzz(func(t *testing.T, text string) {
		d, found := ParseForeign("f.yaml", []byte(text), DefaultMaxSize)
		if d.Root == nil && len(found) == 0 {
			t.Error("nothing was read, and nothing said")
		}
		if d.Root != nil {
			_ = walkPlaces(d.Root)
		}
	})
}

func walkPlaces(n *Node) int {
	count := len(n.Place().Source) + len(n.Pointer())
	for i := range n.children {
		count += walkPlaces(&n.children[i])
	}
	return count
}

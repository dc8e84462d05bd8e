package document

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigsentry/errgen/generator/diag"
)

func TestPlaces(t *testing.T) {
	const text = "a: 1\n" + // line 1
		"\"ü\": 'x # y' # comment\n" +
		"list:\n" +
		"  - {k: [1, \"}\"], 日本: null} # c\n" +
		"  -\n" +
		"block: |\n" +
		"  text\n" +
		"many: \"words\n" +
		"  over lines\"\n" +
		"once: 'it''s' # c\n" +
		"'a''b': ''''\n" +
		"flow:\n" +
		"  - [it's, 'it''s ]', \"\\\"]\", rock 'n' roll] # c\n"
	for pointer, want := range map[string]string{
		"/a":          "1:4-5",
		"/ü":          "2:6-13",
		"/list":       "4:3-32",
		"/list/0":     "4:5-28",
		"/list/0/k":   "4:9-17",
		"/list/0/k/0": "4:10-11",
		"/list/0/k/1": "4:13-16",
		"/list/0/日本":  "4:23-27",
		"/list/1":     "5:4-4",
		"/block":      "6:8-9",
		"/many":       "8:7-13",
		"/once":       "10:7-14",
		"/a'b":        "11:9-13",
		"/flow/0":     "13:5-44",
	} {
		d, found := Parse("f.yaml", []byte(text), DefaultMaxSize)
		if found != nil {
			t.Fatal(found)
		}
		n, _ := d.At(pointer)
		if n == nil {
			t.Errorf("nothing at %s", pointer)
			continue
		}
		if p := n.ValuePlace(); spelled(p) != want {
			t.Errorf("%s is at %s, want %s", pointer, spelled(p), want)
		}
		if got := n.Pointer(); got != pointer {
			t.Errorf("the pointer of %s is %s", pointer, got)
		}
	}
}

// At returns the value that a JSON pointer (RFC 6901) names and, where it is a map's member, the key; nil if there is
// none.
func (d *Document) At(pointer string) (value, key *Node) {
	value = d.Root
	for segment := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" || value == nil {
			break
		}
		segment = unescape.Replace(segment)
		key = nil
		switch value.Kind {
		case Map:
			key, value = value.member(segment)
		case List:
			value = value.index(segment)
		default:
			value = nil
		}
	}
	return value, key
}

func (n *Node) index(segment string) *Node {
	i, err := strconv.Atoi(segment)
	if err != nil || i < 0 || i >= len(n.children) {
		return nil
	}
	return &n.children[i]
}

func spelled(p diag.Place) string {
	return fmt.Sprintf("%d:%d-%d", p.Start.Line, p.Start.Column, p.End.Column)
}

func TestPlaceOfPart(t *testing.T) {
	d, _ := Parse("f.yaml", []byte("a: >\n  some words\n  and `ONE`\nb: x `ONE`\nc: \"\\x41\"\n"), DefaultMaxSize)
	for _, c := range []struct{ key, part, want string }{
		{"a", "ONE", "3:8-11"}, {"a", "", "1:4-5"}, {"c", "A", "5:4-10"},
	} {
		if got := spelled(d.Root.Get(c.key).PlaceOfPart(c.part)); got != c.want {
			t.Errorf("%s in %s is at %s, want %s", c.part, c.key, got, c.want)
		}
	}
}

func TestLongLineKeepsItsPlaces(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 50_000 {
		fmt.Fprintf(&b, "ключ%d: 1, ", i)
	}
	b.WriteString("z: 1}")
	d, found := Parse("f.yaml", []byte(b.String()), DefaultMaxSize)
	if found != nil {
		t.Fatal(found)
	}
	for _, i := range []int{0, 49_999, 3, 25_000} {
		k := d.Root.Key(i)
		p := k.Place()
		at := []rune(p.Source)[p.Start.Column-p.SourceColumn:]
		if !strings.HasPrefix(string(at), k.Text+":") {
			t.Errorf("%s is not where %s says: %q", k.Text, spelled(p), p.Source)
		}
		if utf8.RuneCountInString(p.Source) > 150 {
			t.Errorf("the source of %s has %d characters", k.Text, utf8.RuneCountInString(p.Source))
		}
	}
}

// 8,000 equal keys make 32 million pairs, which is what the YAML library would list.
func TestManyDuplicateKeysAreFound(t *testing.T) {
	for _, text := range []string{"{" + strings.Repeat("a,", 8000) + "}", strings.Repeat("a: 1\n", 8000)} {
		_, found := Parse("f.yaml", []byte(text), DefaultMaxSize)
		if len(found) != 7999 {
			t.Errorf("%d diagnostics", len(found))
		}
	}
}

func TestListsOfMistakesEnd(t *testing.T) {
	for name, text := range map[string]string{
		"duplicates on one line": "{" + strings.Repeat("a,", 100_000) + "}",
		"hidden characters":      "a: \"" + strings.Repeat("\u202e", 100_000) + "\"",
		"aliases":                "a: &a 1\nb: [" + strings.Repeat("*a,", 100_000) + "]",
	} {
		_, found := Parse("f.yaml", []byte(text), DefaultMaxSize)
		if len(found) != 10_001 || found[len(found)-1].Rule != "too-many-mistakes" {
			t.Errorf("%s: %d diagnostics, the last is %s", name, len(found), found[len(found)-1].Rule)
		}
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	for depth, rule := range map[int]string{64: "", 65: "too-deep", 9_000: "too-deep", 10_001: "syntax",
		1_000_000: "syntax"} {
		_, found := Parse("f.yaml", []byte(strings.Repeat("[", depth)+strings.Repeat("]", depth)), DefaultMaxSize)
		if rule == "" && found == nil {
			continue
		}
		if len(found) != 1 || found[0].Rule != rule {
			t.Errorf("depth %d: got %v, want %s", depth, found, rule)
		}
	}
}

func TestTooLargeFile(t *testing.T) {
	if _, found := Parse("f.yaml", []byte("a: 1"), 4); found != nil {
		t.Error("a file of the limit's size was refused")
	}
	d, found := Parse("f.yaml", []byte("a: 1\n"), 4)
	if d.Root != nil || len(found) != 1 || found[0].Rule != "file-too-large" {
		t.Errorf("got %v", found)
	}
}

func TestValuesAreThoseOfJSON(t *testing.T) {
	if _, found := Parse("f.yaml", []byte("a: [1, -0.5, true, null, ~, text, \"1\", 2025-03-01, 1.5e+3, '', |-\n  x\n"+
		", y]\n"), DefaultMaxSize); found == nil {
		t.Fatal("a block scalar inside brackets was taken")
	}
	d, found := Parse("f.yaml", []byte("a: [1, -0.5, true, null, ~, text, \"1\", 2025-03-01, 1.5e+3, '', -0]\nb:\n"),
		DefaultMaxSize)
	if found != nil {
		t.Fatal(found)
	}
	want := `map[a:[1 -0.5 true <nil> <nil> text 1 2025-03-01 1.5e+3  -0] b:<nil>]`
	if got := fmt.Sprint(d.Root.Plain()); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLineEndingsAndMarkMeanNothing(t *testing.T) {
	const text = "a: |\n  x\n  y\nb:\n  - 1\n"
	plain := func(text string) string {
		d, found := Parse("f.yaml", []byte(text), DefaultMaxSize)
		if found != nil {
			t.Fatal(found)
		}
		return fmt.Sprint(d.Root.Plain())
	}
	want := plain(text)
	for _, other := range []string{strings.ReplaceAll(text, "\n", "\r\n"), "\ufeff" + text, strings.TrimSuffix(text, "\n"),
		"# c\n---\n" + text + "...\n# c\n"} {
		if got := plain(other); got != want {
			t.Errorf("%q is %s, want %s", other, got, want)
		}
	}
}

// FuzzParse holds that Parse comes to an end, that every diagnostic has a place inside the file, and that each value is
// found by its pointer.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "a: 1\n", "{a: [b, {c: d}], e: }", "- - a\n  - b\n-\n", "? a\n: b\n", "a: |\n  x\n\n y\n", "a: \"x\\n\ty\"\r\n", "&a [*a]", "<<: {a: 1}", "!!str x: !y z",
		"a: 'x\n\n  y'\nb: >-\n x\n", "---\na\n...\nb", "%YAML 1.1\n---\n", "{a, a, b: {a, a}}", "[a, [], {}, ''", "日本: 'é' # c\n", "\ufeffa: 1\u2028", "a: 0400\nb: 1e5\nc: .inf\nd: yes\n",
		"0: [:!00 \xef", "a: \"\\ud83d\"", "a:\n\tb", "? [a, b]\n: {c: d}\n? \n: x", "{? a : b, : c, d}", "- a: \n  b:\n -",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, found := Parse("f.yaml", text, 1<<20)
		for _, one := range found {
			checkPlace(t, d, one.Place)
			for _, r := range one.Related {
				checkPlace(t, d, r.Place)
			}
		}
		if d.Root == nil && len(found) == 0 {
			t.Error("no value and no diagnostic")
		}
		if d.Root != nil && len(found) == 0 {
			checkPointers(t, d, d.Root, "")
		}
	})
}

func checkPlace(t *testing.T, d *Document, p diag.Place) {
	t.Helper()
	if p.Start.Line == 0 {
		return
	}
	lines := strings.Split(string(d.Text), "\n")
	if p.Start.Line > len(lines) || p.Start.Column < 1 ||
		p.Start.Column > utf8.RuneCountInString(lines[p.Start.Line-1])+1 || p.End.Column < p.Start.Column {
		t.Errorf("%+v is not in the file", p)
	}
	if at := p.Start.Column - p.SourceColumn; at < 0 || at > utf8.RuneCountInString(p.Source)+1 {
		t.Errorf("%+v does not show its start", p)
	}
}

func checkPointers(t *testing.T, d *Document, n *Node, pointer string) {
	t.Helper()
	if got := n.Pointer(); got != pointer {
		t.Errorf("the value at %q says it is at %q", pointer, got)
	}
	for i := range n.Len() {
		key := fmt.Sprint(i)
		if n.Kind == Map {
			key = n.Key(i).Text
			if got := n.Key(i).Pointer(); got != pointer+Pointer(key) {
				t.Errorf("the key %q says it is at %q", pointer+Pointer(key), got)
			}
		}
		checkPointers(t, d, n.Item(i), pointer+Pointer(key))
	}
}

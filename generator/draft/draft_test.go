package draft_test

import (
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/draft"
)

func text(s string) *document.Node { return document.NewString(s) }

var more = []draft.Section{
	{Name: "categories", Entries: []draft.Entry{
		{Key: "server", Fields: []draft.Field{{Key: "title", Value: text("Server")}}},
	}},
	{Name: "errors", Spaced: true, Entries: []draft.Entry{{
		Above: []string{"from a.md:3"}, Key: "BUSY", Comment: "new",
		Fields: []draft.Field{
			{Key: "status", Comment: "import: 503 or 429"},
			{Key: "category", Value: text("server")},
			{Key: "meaning", Value: text("Wait: `a # b`\nand again"), Comment: "two lines"},
			{Key: "details", Value: document.NewMap(
				document.Member{Key: "type", Value: text("object")},
				document.Member{Key: "properties", Value: document.NewMap(document.Member{Key: "a b", Value: document.NewMap(
					document.Member{Key: "enum", Value: document.NewList(text("yes"), text("x, y"), document.NewInt(1))})})},
				document.Member{Key: "required", Value: document.NewList(text("a b"))})},
		},
	}}},
}

const added = `    # from a.md:3
    BUSY: # new
      status: # import: 503 or 429
      category: server
      meaning: |- # two lines
        Wait: ` + "`a # b`" + `
        and again
      details:
        type: object
        properties:
          a b: {enum: ["yes", "x, y", 1]}
        required: [a b]
`

func add(t *testing.T, before string) string {
	t.Helper()
	after, err := draft.Add("errors.yaml", []byte(before), more...)
	if err != nil {
		t.Fatal(err)
	}
	return string(after)
}

// What is there stays as it is, byte by byte; a comment at the margin belongs to what follows it.
func TestAddKeepsWhatIsThere(t *testing.T) {
	const head = "# ours\nversion: 1\ninfo: {title: Errors} # short\ncategories:\n    all: {title: All}\n\n" +
		"    # inside\n\n# The codes.\nerrors:\n    A: {status: 400, category: all, meaning: A}\n    # the last\n"
	const tail = "\n# gone for good\nretired:\n    B: {}\n"
	const inside = "    # inside\n"
	want := strings.Replace(head, inside, inside+"    server:\n      title: Server\n", 1) + "\n" + added + tail
	if got := add(t, head+tail); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	windows := strings.NewReplacer("\n", "\r\n")
	if got := add(t, "\ufeff"+windows.Replace(head+tail)); got != "\ufeff"+windows.Replace(want) {
		t.Errorf("got\n%q", got)
	}
}

// Sections that are not there, or have nothing in them, and a file without a line break at its end.
func TestAddMakesSections(t *testing.T) {
	want := "version: 1\nerrors: # none yet\n" + strings.ReplaceAll("\n"+added, "\n  ", "\n")[1:] +
		"\ncategories:\n  server:\n    title: Server\n"
	if got := add(t, "version: 1\nerrors: # none yet"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAddRefuses(t *testing.T) {
	for before, want := range map[string]string{
		"errors: {A: {}}\n":  "errors.yaml:1: nothing can be added to `errors`, which is written in brackets",
		"errors:\n  A: b: c": "nothing can be added to errors.yaml: ",
		"- a\n":              "nothing can be added to errors.yaml: it is no map",
		"":                   "nothing can be added to errors.yaml: the file is empty",
	} {
		_, err := draft.Add("errors.yaml", []byte(before), more...)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v", before, err)
		}
	}
}

// Whatever a text is, it is read back as it was.
func FuzzText(f *testing.F) {
	for _, s := range []string{"", "yes", "a: b", "a #b", "x\n", "\n x", " - a", "0x1", "\u2028", "é\t", "`a`",
		"a\n\n b\n", "~", "A?", "null", "12:30", "#", "a:", "\u202e", "{a}", "a\rb", "\u0085", "\U000e0001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		value := document.NewList(text(s), document.NewMap(document.Member{Key: "k", Value: text(s)},
			document.Member{Key: "l", Value: document.NewList(document.NewList(text(s)))}))
		section := draft.Section{Name: "x", Entries: []draft.Entry{
			{Key: "v", Value: value, Comment: s}, {Key: "w", Value: text(s)},
		}}
		after, err := draft.Add("errors.yaml", []byte(draft.New), section)
		if err != nil {
			t.Fatal(err)
		}
		doc, found := document.Parse("errors.yaml", after, int64(len(after)))
		if len(found) > 0 {
			t.Fatalf("%v\n%s", found, after)
		}
		x := doc.Root.Get("x")
		got, _ := x.Get("v").MarshalJSON()
		want, _ := value.MarshalJSON()
		if string(got) != string(want) || x.Str("w") != s {
			t.Errorf("got %s and %q, want %s\n%s", got, x.Str("w"), want, after)
		}
	})
}

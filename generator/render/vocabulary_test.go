package render

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

// vocabularyCatalog has codes and properties that languages make different names and types of.
const vocabularyCatalog = `
version: 1
info: {title: Errors, codeStyle: any}
categories: {all: {title: All}}
errors:
  VALIDATION: {status: 400, category: all, meaning: a}
  NOT_FOUND_ERROR: {status: 404, category: all, meaning: "Is it there?"}
  "40401": {status: 404, category: all, meaning: c}
  LIST:
    status: 409
    category: all
    meaning: d
    details:
      type: object
      required: [list, many]
      properties:
        list: {type: integer}
        copy: {type: integer, format: int32}
        many: {type: array, items: {type: integer}}
        few: {type: array, items: {type: integer, format: int32}}
        some: {type: array, items: {type: [integer, "null"]}}
        by: {type: object, additionalProperties: {type: [integer, "null"], format: int32}}
`

func renderVocabulary(t *testing.T, definition, template string) string {
	t.Helper()
	target, err := loadSmall(t, "files: {out.txt: {template: file}}\n"+definition, "{{.Header}}\n"+template+"\n")
	if err != nil {
		t.Fatal(err)
	}
	got, err := renderCatalog(t, target, vocabularyCatalog)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestNamesEndInAWordOnce(t *testing.T) {
	definition := "string: {}\nnames: {error: {class: '{pascal+Error}', raise: 'raise_{snake+error}'}}"
	got := renderVocabulary(t, definition, "{{range .Errors}}{{.Names.class}} {{.Names.raise}}; {{end}}")
	want := "ValidationError raise_validation_error; NotFoundError raise_not_found_error; " +
		"Error40401 raise_40401_error; ListError raise_list_error; "
	if got != want {
		t.Errorf("got %s", got)
	}
	for pattern, words := range map[string]string{
		"{pascal+}": "no placeholder", "{pascal+a b}": "no placeholder", "{pascall+Error}": "no placeholder",
	} {
		_, err := loadSmall(t, "files: {x: {template: file}}\nstring: {}\nnames: {type: '"+pattern+"'}", "x")
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s gave %v", pattern, err)
		}
	}
}

func TestItemsHaveTypesOfTheirOwn(t *testing.T) {
	definition := `
string: {}
names: {field: '{camel}'}
types:
  integer: long
  integer.int32: int
  array: List<{item}>
  map: Map<{item}>
  nullable.integer: "Long?"
  nullable.integer.int32: "Integer?"
  optional.integer: Long
  optional.integer.int32: Integer
  item.integer: Long
  item.integer.int32: Integer
  item.nullable: "@{type}"
`
	got := renderVocabulary(t, definition, "{{range .Types}}{{range .Fields}}{{.Type}} {{.Name}}; {{end}}{{end}}")
	want := "long list; Integer copy; List<Long> many; List<Integer> few; List<@Long?> some; Map<@Integer?> by; "
	if got != want {
		t.Errorf("got %s", got)
	}
}

func TestReservedWordsOfOneNoun(t *testing.T) {
	definition := `
string: {}
names: {error: {class: '{pascal}'}, field: '{snake}'}
reserved: {all: [many], error: [List], field: [copy]}
`
	template := "{{range .Errors}}{{.Names.class}} {{end}}{{range .Types}}{{range .Fields}}{{.Name}} {{end}}{{end}}"
	got := renderVocabulary(t, definition, template)
	if want := "Validation NotFoundError Error40401 List_ list copy_ many_ few some by "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	definition = strings.Replace(definition, "error: [List]", "error: [LIST]}\ncaseInsensitive: true\nx: {", 1)
	definition = strings.Replace(definition, "\nx: {, field: [copy]}", "", 1)
	if got := renderVocabulary(t, definition, template); !strings.Contains(got, " List_ ") {
		t.Errorf("got %s", got)
	}
}

// Classes of PHP, and files on some disks, are the same if their names differ in capitals alone.
func TestNamesDifferInMoreThanCapitals(t *testing.T) {
	const text = `
version: 1
info: {title: Errors}
categories: {all: {title: All}}
errors:
  A: {status: 400, category: all, meaning: a, symbol: URLWrong}
  B: {status: 400, category: all, meaning: b, symbol: UrlWrong}
  UPSTREAM: {status: 400, category: all, meaning: d}
`
	c, found := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if c == nil {
		t.Fatal(found)
	}
	for definition, want := range map[string][]string{
		"declares: [upStream]": nil,
		"declares: [upStream]\ncaseInsensitive: true": {
			"the code A and the code B both become UrlWrong in small",
			"the small target's own upStream and the code UPSTREAM both become Upstream in small",
		},
	} {
		const start = "files: {x: {template: file}}\nstring: {}\nnames: {error: {class: '{pascal}'}}\n"
		target, err := loadSmall(t, start+definition, "x")
		if err != nil {
			t.Fatal(err)
		}
		_, collisions := target.Prepare(&Source{Catalog: c, Shapes: shape.Of(c), Header: header})
		var got []string
		for _, d := range collisions.Diagnostics() {
			got = append(got, d.Message)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", definition, got)
		}
	}
	// One thing may have two such names, as a class and as a constant.
	definition := "string: {}\nnames: {error: {class: '{pascal}', constant: '{upper}'}}\ncaseInsensitive: true"
	if got := renderVocabulary(t, definition, "{{(index .Errors 3).Names.constant}}"); got != "LIST" {
		t.Errorf("got %s", got)
	}
}

func TestPairsOfCharactersAreEscaped(t *testing.T) {
	const text = `#{a} # $b "#{" #\ #@c ##{`
	for replace, want := range map[string]string{
		`[["#{", "\\#{"], ["#@", "\\#@"]]`: `"\#{a} # $b \"\#{\" #\\ \#@c #\#{"`,
		`{"$": "\\$", "#": "\\#"}`:         `"\#{a} \# \$b \"\#{\" \#\\ \#@c \#\#{"`,
		`[["##", "2"], ["#", "1"]]`:        `"1{a} 1 $b \"1{\" 1\\ 1@c 2{"`,
	} {
		target, err := loadSmall(t, "files: {out.txt: {template: file}}\nstring: {replace: "+replace+"}", "x")
		if err != nil {
			t.Fatal(err)
		}
		if got := target.strings.literal(text); got != want {
			t.Errorf("%s: got %s, want %s", replace, got, want)
		}
	}
}

func TestVocabularyIsChecked(t *testing.T) {
	for definition, want := range map[string]string{
		"string: {replace: 1}":            "\"replace\" is the number 1, expected pairs of texts such as ['#{', '\\#{']",
		"string: {replace: [['', a]]}":    "expected pairs of texts such as ['#{', '\\#{']",
		"string: {}\nreserved: {x: [a]}":  "expected a list of words, or lists by all, error, category",
		"string: {}\ntypes: {item.a.: b}": "a kind such as string",
		"string: {}\ncaseInsensitive: 1":  "caseInsensitive",
	} {
		fsys := fstest.MapFS{"small/target.yaml": {Data: []byte("files: {x: {template: file}}\n" + definition)}}
		_, found, err := Load(fsys, "small", "small", false)
		if err != nil || len(found) != 1 || !strings.Contains(found[0].Message+found[0].Hint, want) {
			t.Errorf("%s gave %v, %v", definition, found, err)
		}
	}
}

func TestUsesTellWhatHelpersAreNeeded(t *testing.T) {
	template := "{{range $kind, $used := .Uses}}{{$kind}} {{end}}"
	got := strings.Fields(renderVocabulary(t, "string: {}", template))
	for _, use := range []string{"array", "map", "nullable", "object", "optional", "required", "integer.int32"} {
		if !slices.Contains(got, use) {
			t.Errorf("%s is not among %v", use, got)
		}
	}
	small, err := render(t, plainDefinition, `{{index .Uses "optional"}} {{index .Uses "nullable"}}`)
	if err != nil || small != "true false" {
		t.Error(small, err)
	}
}

func TestSentencesEndOnce(t *testing.T) {
	got := renderVocabulary(t, "string: {}", `{{range .Errors}}{{string (sentence .Meaning)}}{{end}}`)
	if want := `"a.""Is it there?""c.""d."`; got != want {
		t.Errorf("got %s", got)
	}
	got = renderVocabulary(t, "string: {}", `{{string (sentence "a" "b.")}}{{string (sentence "")}}`)
	if want := `"ab."""`; got != want {
		t.Errorf("got %s", got)
	}
}

// No part of a dotted option may be a word of the language.
func TestPartsOfOptionsAreNoReservedWords(t *testing.T) {
	target, err := loadSmall(t, `
files: {out.txt: {template: file}}
string: {}
options: {package: {pattern: '^[a-zA-Z.:\\/]+$'}}
reserved: {all: [class], type: [list]}
`, "x")
	if err != nil {
		t.Fatal(err)
	}
	for value, isTaken := range map[string]bool{
		"com.example.errors": true, "com.list.x": true, "com.classes": true, "class": false,
		"com.class.x": false, `App\class`: false, "app::class": false, "app/class": false,
	} {
		if _, err := target.Settings(map[string]string{"package": value}, Place{}); (err == nil) != isTaken {
			t.Errorf("%s: %v", value, err)
		}
	}
}

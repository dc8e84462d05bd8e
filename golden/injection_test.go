package golden

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"io"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	mdast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tableast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

// part is what a parser found: a node of some kind. Strings and names have their text. Of prose, which each target
// prints in its own way, the words count.
type part struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

const (
	words = "words" // a comment, or what a page says
	prose = "prose" // Markdown
)

// No text of a catalog becomes anything but a text. The hostile catalog has a plain twin, with a word in the place of
// every text and name that some language could take for more; what the languages' own parsers find in the outputs of
// both differs in nothing but these texts, which are those of the catalog.
func TestInjection(t *testing.T) {
	t.Parallel()
	t.Run("text", func(t *testing.T) { testInjection(t, readFile(t, "hostile-text/errors.yaml")) })
	t.Run("envelope", func(t *testing.T) { testInjection(t, withHostileEnvelope(t)) })
}

func withHostileEnvelope(t *testing.T) []byte {
	t.Helper()
	envelope := "\n  envelope: " + hostileEnvelope(t) + "\n  docsURL:"
	return bytes.Replace(readFile(t, "hostile-text/errors.yaml"), []byte("\n  docsURL:"), []byte(envelope), 1)
}

// hostileEnvelope has the worst in each place of an envelope where anything can stand.
func hostileEnvelope(t *testing.T) string {
	t.Helper()
	worst := "*/ // # --> ]]> \"q' ```t \\ \\u002a %s ${d} {{ .S }} </script> || \u2028 \u202e\n- a\n---\n&a *a !!x"
	noBraces := strings.NewReplacer("{", "(", "}", ")").Replace(worst)
	object := func(members ...any) any { return orderedMap(members) }
	body := object(
		"constant "+worst, noBraces, "__proto__", noBraces, "list "+worst, []any{noBraces, object(worst, 1.5, "null", nil)},
		"in "+worst, []any{object(
			"code "+worst, "{code}", "type "+worst, noBraces+" {code} "+noBraces, "message "+worst, "{message}",
			"status "+worst, "{status as string}", "category "+worst, "{category}", "title", "{title}",
			"...", "{details}", "meta "+worst, object("docs "+worst, "{docsURL}", "id "+worst, "{requestId}"),
		)},
	)
	envelope, err := json.Marshal(object("contentType", "text/!#$&^_.+-", "requestIdHeader", "x-'*`|~!#$%&^", "body",
		body))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(envelope), "\u202e", `\u202e`)
}

// orderedMap is a map of keys and values in turn.
type orderedMap []any

func (m orderedMap) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, part := range m {
		b.WriteString(map[bool]string{true: ",", false: ":"}[i%2 == 0])
		text, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		b.Write(text)
	}
	return append(append([]byte("{"), bytes.TrimPrefix(b.Bytes(), []byte(","))...), '}'), nil
}

func testInjection(t *testing.T, text []byte) {
	t.Helper()
	plain, originals := plainTwin(t, text)
	hostile, twin := generate(t, text), generate(t, plain)
	shapes := map[string]func(*testing.T, []byte) []part{
		"go/apierr/errors.gen.go":         goShape,
		"typescript/errors.ts":            typeScriptShape,
		"openapi/errors.openapi.yaml":     yamlShape,
		"openapi/errors.openapi-3.0.yaml": yamlShape,
		"openapi/errors.overlay.yaml":     yamlShape,
		"json/errors.json":                jsonShape,
		"markdown/errors.md":              pageShape,
	}
	if names := slices.Collect(maps.Keys(hostile)); len(names) != len(shapes) {
		t.Errorf("outputs %v, parsers for %d", names, len(shapes))
	}
	messages := plainTexts(t, text)
	for path, shape := range shapes {
		t.Run(filepath.Base(path), func(t *testing.T) {
			if _, found := hostile[path]; !found {
				t.Fatal("not generated")
			}
			compareShapes(t, shape(t, hostile[path]), shape(t, twin[path]), originals, messages)
		})
	}
}

// plainTwin puts a word in the place of each text and each name that is more than a word, and returns what the words
// stand for.
func plainTwin(t *testing.T, catalog []byte) ([]byte, map[string]string) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal(catalog, &document); err != nil {
		t.Fatal(err)
	}
	twins, originals := map[string]string{}, map[string]string{}
	harmless := regexp.MustCompile(`^[\w./#$-]*$|^https://docs\.|^\{[\w ]+\}$`)
	kept := regexp.MustCompile(`^text/|\{code\}|^[A-Z]+ /|^\*$`) // of an envelope and of operations
	twinOf := func(text string) string {
		if text == "" {
			return ""
		}
		if twins[text] == "" {
			twins[text] = fmt.Sprintf("word%dx", len(twins))
			originals[twins[text]] = text
		}
		return twins[text]
	}
	var walk func(n *yaml.Node, key string)
	walk = func(n *yaml.Node, key string) {
		if n.Kind == yaml.ScalarNode && n.Tag == "!!str" && !harmless.MatchString(n.Value) {
			at := kept.FindStringIndex(n.Value)
			if at == nil {
				at = []int{0, 0}
			}
			n.SetString(twinOf(n.Value[:at[0]]) + n.Value[at[0]:at[1]] + twinOf(n.Value[at[1]:]))
			if key == "pattern" {
				n.Value += "|" // which fits every text, as the pattern in its place does
			}
		}
		for i, child := range n.Content {
			walk(child, keyOf(n, i))
		}
	}
	walk(&document, "")
	plain, err := yaml.Marshal(&document)
	if err != nil || len(twins) < 20 {
		t.Fatal(err, len(twins))
	}
	return plain, originals
}

// generate returns all outputs of a catalog by their path in the folder out.
func generate(t *testing.T, catalog []byte) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "errors.yaml"), catalog)
	result, err := generator.Generate(generator.Options{Catalog: filepath.Join(dir, "errors.yaml"), MaxSize: 1 << 24,
		Folder: dir})
	if err != nil || len(result.Files) == 0 {
		t.Fatal(err, result.Diagnostics)
	}
	outputs := map[string][]byte{}
	for _, file := range result.Files {
		path, err := filepath.Rel(filepath.Join(dir, "out"), file.Path)
		if err != nil {
			t.Fatal(err)
		}
		outputs[filepath.ToSlash(path)] = file.Content
	}
	return outputs
}

// plainTexts returns the messages and titles that a catalog makes from the Markdown of a meaning.
func plainTexts(t *testing.T, text []byte) map[string]bool {
	t.Helper()
	c, found := catalog.Load("errors.yaml", text, document.DefaultMaxSize)
	if found.Err() != nil {
		t.Fatal(found)
	}
	texts := map[string]bool{}
	add := func(all ...interface{ Plain() string }) {
		for _, text := range all {
			texts[text.Plain()] = true
		}
	}
	add(c.Title, c.Summary, c.Intro)
	for _, category := range c.Categories {
		add(category.Title, category.Description)
	}
	for _, e := range c.Errors {
		sent := c.Sent(e, nil)
		texts[sent.Message], texts[sent.Title] = true, true
		add(e.Meaning, e.Title, e.Description, e.Recovery)
		for _, x := range e.Examples {
			add(x.Summary)
		}
		if e.Deprecated != nil {
			add(e.Deprecated.Reason)
		}
	}
	for _, r := range c.Retired {
		add(r.Reason)
	}
	for _, section := range c.Sections {
		add(section.Title, section.Body)
	}
	return texts
}

var word = regexp.MustCompile(`word\d+x\|?`)

func compareShapes(t *testing.T, hostile, twin []part, originals map[string]string, messages map[string]bool) {
	t.Helper()
	for i := range min(len(hostile), len(twin)) {
		got, plain := hostile[i], twin[i]
		if got.Kind != plain.Kind {
			t.Fatalf("part %d is a %s %.60q, and of the plain catalog a %s %.60q", i, got.Kind, got.Text, plain.Kind, plain.Text)
		}
		want := word.ReplaceAllStringFunc(plain.Text, func(w string) string { return originals[strings.TrimSuffix(w, "|")] })
		switch {
		case got.Kind == prose:
			findActive(t, []byte(got.Text))
			compareWords(t, got.Text, want)
		case got.Kind == words:
			compareWords(t, got.Text, want)
		case got.Text != want && !messages[got.Text]:
			t.Errorf("%s %q, want %q", got.Kind, got.Text, want)
		}
	}
	if len(hostile) != len(twin) {
		t.Errorf("%d parts, and %d of the plain catalog", len(hostile), len(twin))
	}
}

var (
	// plainWord matches words that neither Markdown nor a comment has a reason to change.
	plainWord = regexp.MustCompile(`\b[a-z]{3,}\b`)
	// escape matches the escapes of a literal, which stand before such words.
	escape = regexp.MustCompile(`\\(u[0-9a-f]{4}|[a-z])`)
	// unsafeLink matches the address of a link that could execute: it is left out, the link's text stays.
	unsafeLink = regexp.MustCompile(`\]\((javascript|data):\S*`)
)

func compareWords(t *testing.T, got, want string) {
	t.Helper()
	count := map[string]int{}
	for _, w := range plainWord.FindAllString(escape.ReplaceAllString(got, " "), -1) {
		count[w]++
	}
	for _, w := range plainWord.FindAllString(unsafeLink.ReplaceAllString(escape.ReplaceAllString(want, " "), "]"), -1) {
		if count[w]--; count[w] < 0 {
			t.Errorf("%q is lost from %.80q", w, got)
		}
	}
}

// goShape is the syntax tree; comments are only that, unless Go's tools could obey them.
func goShape(t *testing.T, code []byte) []part {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "errors.gen.go", code, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var parts []part
	for _, group := range file.Comments {
		for _, c := range group.List {
			if !regexp.MustCompile(`^//([ \t]|$)`).MatchString(c.Text) {
				parts = append(parts, part{"directive", c.Text})
			}
		}
		parts = append(parts, part{words, group.Text()})
	}
	file.Comments = nil
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.Field:
			parts = append(parts, tagShape(node)...)
			node.Tag = nil
		case *ast.BasicLit:
			parts = append(parts, literalShape(t, node)...)
		case *ast.CommentGroup, nil:
			return false
		default:
			parts = append(parts, part{fmt.Sprintf("%T", node), ""})
		}
		return true
	})
	return parts
}

// literalShape is a text, or what stands in it if that is an object or a list of JSON.
func literalShape(t *testing.T, node *ast.BasicLit) []part {
	t.Helper()
	text := literal(node)
	if strings.ContainsAny(text[:min(1, len(text))], "{[") && json.Valid([]byte(text)) {
		return jsonShape(t, []byte(text))
	}
	return []part{{node.Kind.String(), text}}
}

// tagShape is what the tags of a field say: a name stands in a tag of its own if encoding/json could not read it in
// its.
func tagShape(field *ast.Field) []part {
	parts := []part{{"*ast.Field", ""}}
	if field.Tag == nil {
		return parts
	}
	tag := reflect.StructTag(literal(field.Tag))
	name, option, _ := strings.Cut(tag.Get("json"), ",")
	if odd, ok := tag.Lookup("name"); ok {
		name, option = odd, tag.Get("optional")
	}
	return append(parts, part{"STRING", name}, part{"optional", strconv.FormatBool(option != "")},
		part{"null", tag.Get("null")}, part{"STRING", tag.Get("const")})
}

func literal(node *ast.BasicLit) string {
	if text, err := strconv.Unquote(node.Value); err == nil {
		return text
	}
	return node.Value
}

func typeScriptShape(t *testing.T, code []byte) []part {
	t.Helper()
	path := filepath.Join(t.TempDir(), "errors.ts")
	writeFile(t, path, code)
	var parts []part
	fromJSON(t, node(t, "hostile-text/shape.ts", "typescript", path), &parts)
	return parts
}

// yamlShape is the document as two parsers agree on it.
func yamlShape(t *testing.T, document []byte) []part {
	t.Helper()
	path := filepath.Join(t.TempDir(), "openapi.yaml")
	writeFile(t, path, document)
	var one, other any
	if err := yaml.Unmarshal(document, &one); err != nil {
		t.Fatal(err)
	}
	fromJSON(t, node(t, "hostile-text/shape.ts", "yaml", path), &other)
	if text, err := json.Marshal(one); err != nil || json.Unmarshal(text, &one) != nil || !reflect.DeepEqual(one, other) {
		t.Errorf("two parsers disagree about the document: %v", err)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(document, &root); err != nil {
		t.Fatal(err)
	}
	return yamlParts(nil, &root, "")
}

func yamlParts(parts []part, n *yaml.Node, key string) []part {
	kind := n.ShortTag()
	switch key {
	case "description":
		kind = prose
	case "summary", "title":
		kind = words
	}
	parts = append(parts, part{kind, readTarget(n.Value)})
	for i, child := range n.Content {
		parts = yamlParts(parts, child, keyOf(n, i))
	}
	return parts
}

var overlayTarget = regexp.MustCompile(`^\$\.paths\[(".*"|'[^'\\]*')\](\.[a-z]+)$`)

// readTarget returns the path and the method that an action of an overlay is for, and any other text as it is.
func readTarget(text string) string {
	found := overlayTarget.FindStringSubmatch(text)
	if found == nil {
		return text
	}
	path := strings.Trim(found[1], "'")
	if found[1][0] == '"' && json.Unmarshal([]byte(found[1]), &path) != nil {
		return text
	}
	return path + found[2]
}

// keyOf returns the key that a child of a node is the value of, or "".
func keyOf(n *yaml.Node, child int) string {
	if n.Kind == yaml.MappingNode && child%2 == 1 {
		return n.Content[child-1].Value
	}
	return ""
}

// jsonShape is the sequence of tokens.
func jsonShape(t *testing.T, document []byte) []part {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(document))
	var parts []part
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return parts
		} else if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{fmt.Sprintf("%T", token), fmt.Sprint(token)})
	}
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

// markdownShape is what GitHub's dialect makes of a page: the tables and all HTML, then the text.
func markdownShape(t *testing.T, page []byte) []part {
	t.Helper()
	var parts []part
	var said bytes.Buffer
	walkMarkdown(t, page, func(n mdast.Node) {
		switch n := n.(type) {
		case *tableast.Table, *tableast.TableHeader, *tableast.TableRow, *tableast.TableCell:
			parts = append(parts, part{n.Kind().String(), ""})
		case *mdast.RawHTML:
			parts = append(parts, part{"html", unescaped(string(n.Segments.Value(page)))})
		case *mdast.HTMLBlock:
			parts = append(parts, part{"html", string(n.Lines().Value(page))})
		case *mdast.Link:
			checkAddress(t, n.Destination)
		case *mdast.Image:
			checkAddress(t, n.Destination)
		case *mdast.CodeBlock:
			said.Write(n.Lines().Value(page))
		case *mdast.FencedCodeBlock:
			said.Write(n.Lines().Value(page))
		case *mdast.Text:
			said.Write(n.Value(page))
			said.WriteByte(' ')
		}
	})
	return append(parts, part{words, html.UnescapeString(said.String())})
}

// pageShape leaves out the tags by which a page keeps VitePress from executing what stands in double braces.
func pageShape(t *testing.T, page []byte) []part {
	t.Helper()
	return slices.DeleteFunc(markdownShape(t, page), func(p part) bool {
		return p.Kind == "html" && slices.Contains([]string{"<span>", "</span>", "<code v-pre>", "</code>"}, p.Text)
	})
}

// findActive refuses prose that would execute where it is rendered without a filter.
func findActive(t *testing.T, markdown []byte) {
	t.Helper()
	for _, p := range markdownShape(t, markdown) {
		if p.Kind == "html" {
			t.Errorf("HTML %q in %.80q", p.Text, markdown)
		}
	}
}

func checkAddress(t *testing.T, address []byte) {
	t.Helper()
	if !regexp.MustCompile(`^(https?:|[#/])`).Match(address) {
		t.Errorf("a link to %q", address)
	}
}

func walkMarkdown(t *testing.T, source []byte, visit func(mdast.Node)) {
	t.Helper()
	err := mdast.Walk(gfm.Parse(text.NewReader(source)), func(n mdast.Node, entering bool) (mdast.WalkStatus, error) {
		if entering {
			visit(n)
		}
		return mdast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

package prose

import (
	"bytes"
	"fmt"
	"html"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
)

func TestInline(t *testing.T) {
	address := func(code string) string {
		return map[string]string{"NOT_FOUND": "#NOT_FOUND", "a|b": "https://x/(a)"}[code]
	}
	for _, test := range []struct{ source, plain, markdown, cell string }{
		{"", "", "", ""},
		{"One or more fields failed\n", "One or more fields failed", "One or more fields failed",
			"One or more fields failed"},
		{"a snake_case name, e.g. 2 * 3", "a snake_case name, e.g. 2 * 3", "a snake_case name, e.g. 2 * 3",
			"a snake_case name, e.g. 2 * 3"},
		{"log sources (a, b) & AT&T; C:\\users", "log sources (a, b) & AT&T; C:\\users",
			"log sources (a, b) & AT&amp;T; C:\\users", "log sources (a, b) & AT&amp;T; C:\\users"},
		{"Correct `details.issues`", "Correct details.issues", "Correct `details.issues`", "Correct `details.issues`"},
		{"see `NOT_FOUND`", "see NOT_FOUND", "see [`NOT_FOUND`](#NOT_FOUND)", "see [`NOT_FOUND`](#NOT_FOUND)"},
		{"`a|b` | c", "a|b | c", "[`a|b`](https://x/(a)) | c", "[`a\\|b`](https://x/(a)) \\| c"},
		{"[`NOT_FOUND`](/x \"t\")", "NOT_FOUND", "[`NOT_FOUND`](/x \"t\")", "[`NOT_FOUND`](/x \"t\")"},
		{"`Authorization: Bearer <key>`", "Authorization: Bearer <key>", "`Authorization: Bearer <key>`",
			"`Authorization: Bearer <key>`"},
		{"mail support@sigsentry.com", "mail support@sigsentry.com", "mail support@sigsentry.com",
			"mail support@sigsentry.com"},
		{"<https://x.com/a_b>", "https://x.com/a_b", "[https://x.com/a_b](https://x.com/a_b)",
			"[https://x.com/a_b](https://x.com/a_b)"},
		{"<a@b.c>", "a@b.c", "[a@b.c](mailto:a@b.c)", "[a@b.c](mailto:a@b.c)"},
		{"at https://x.com/a_b?c=d&e=f now", "at https://x.com/a_b?c=d&e=f now", "at https://x.com/a_b?c=d&e=f now",
			"at https://x.com/a_b?c=d&e=f now"},
		{"at https://x.com/{id} now", "at https://x.com/{id} now", `at https&#58;//x.com/\{id\} now`,
			`at https&#58;//x.com/\{id\} now`},
		{"*a* _b_ **c** __d__ ***e***", "a b c d e", "*a* *b* **c** **d** ***e***", "*a* *b* **c** **d** ***e***"},
		{"{a} <b> [c] <!-- d -->", "{a} <b> [c] <!-- d -->", `\{a\} &lt;b> \[c] &lt;!-- d -->`,
			`\{a\} &lt;b> \[c] &lt;!-- d -->`},
		{"&amp;copy; &copy; &#123;", "&copy; © {", `&amp;copy; © \{`, `&amp;copy; © \{`},
		{"# x", "# x", `\# x`, `# x`},
		{"#1 of 2", "#1 of 2", `#1 of 2`, `#1 of 2`},
		{"- x", "- x", `\- x`, `- x`},
		{"-x", "-x", `-x`, `-x`},
		{"12. x", "12. x", `12\. x`, `12. x`},
		{"> x", "> x", `\> x`, `> x`},
		{"    x", "x", "x", "x"},
		{"```", "```", "\\`\\`\\`", "\\`\\`\\`"},
		{"import x", "import x", "&#105;mport x", "import x"},
		{"importing x", "importing x", "importing x", "importing x"},
		{"a\n- b\r\n\r\n# c", "a - b # c", "a - b # c", "a - b # c"},
		{"[a](javascript:x) [b](JaVa&Tab;script:x) [c](data:x) [d](#x) [e](../x) [f](<java script:x>)", "a b c d e f",
			"a b c [d](#x) [e](../x) f", "a b c [d](#x) [e](../x) f"},
		{"![alt *x*](a.png) ![](b.png)", "alt x b.png", "![alt x](a.png) ![](b.png)", "![alt x](a.png) ![](b.png)"},
		{"![a|b](c \"d|e\")", "a|b", "![a|b](c \"d|e\")", "![a\\|b](c \"d&#124;e\")"},
		{"[![a](b)](c '{\"}`\\q&lt;')", "a", "[![a](b)](c \"&#123;&#34;&#125;&#96;&#92;q&#60;\")",
			"[![a](b)](c \"&#123;&#34;&#125;&#96;&#92;q&#60;\")"},
		{"![a [b](c) ![](d)](e) f![](javascript:g)", "a b d fjavascript:g", "![a b d](e) fjavascript:g",
			"![a b d](e) fjavascript:g"},
		{"[a](50%) [b](%C3%b6%)", "a b", "[a](50%25) [b](%C3%b6%25)", "[a](50%25) [b](%C3%b6%25)"},
		{"[a]() [](b) c[]()", "a b c", "[a]() [](b) c[]()", "[a]() [](b) c[]()"},
		{"[a b]: /x", "[a b]: /x", `\[a b]: /x`, `\[a b]: /x`},
		{"hi![a](/x)", "hia", "hi![a](/x)", "hi![a](/x)"},
		{"hi\\![a](/x)", "hi!a", `hi\![a](/x)`, `hi\![a](/x)`},
		{"www.a.b ~10 ms", "www.a.b ~10 ms", `www.a.b \~10 ms`, `www.a.b \~10 ms`},
		{"a\x00b\u202ec\u2028d\u0085e", "a\ufffdb\ufffdc d e", "a\ufffdb\ufffdc d e", "a\ufffdb\ufffdc d e"},
		{"\xff", "\ufffd", "\ufffd", "\ufffd"},
	} {
		text := Inline(test.source)
		for name, got := range map[string][2]string{
			"Plain":    {text.Plain(), test.plain},
			"Markdown": {text.Markdown(address), test.markdown},
			"Cell":     {text.Cell(address), test.cell},
		} {
			if got[0] != got[1] {
				t.Errorf("%s of %q:\n got %q\nwant %q", name, test.source, got[0], got[1])
			}
		}
	}
}

func TestBlocks(t *testing.T) {
	for _, test := range []struct{ source, plain, markdown, cell string }{
		{"# A #\n\nb\nc  \nd\n", "A\n\nb\nc\nd", "# A\n\nb\nc\\\nd", "A<br/>b c<br/>d"},
		{"A\n=\nb\n***\n", "A\n\nb\n\n---", "# A\n\nb\n\n___", "A<br/>b<br/>---"},
		{"* a\n* b\n  * c\n", "- a\n- b\n  - c", "- a\n- b\n  - c", "- a<br/>- b<br/>- c"},
		{"3) a\n\n   b\n4) c", "3. a\n\n   b\n\n4. c", "3. a\n\n   b\n\n4. c", "3. a<br/>b<br/>4. c"},
		{"- a\n\n\n* b", "- a\n\n- b", "- a\n\n* b", "- a<br/>- b"},
		{"    code\n\n    more", "code\n\nmore", "```\ncode\n\nmore\n```", "`code`<br/><br/>`more`"},
		{"~~~go x\na``` \n~~~", "a``` ", "````go\na``` \n````", "`a``` `"},
		{"> a\n>\n> - b", "a\n\n- b", "> a\n>\n> - b", "a<br/>- b"},
		{"|a|b|\n|:-|-:|\n|`x\\|y`|*z*|", "a | b\nx|y | z", "| a | b |\n| :-- | --: |\n| `x\\|y` | *z* |",
			"a \\| b<br/>`x\\|y` \\| *z*"},
		{"see [x] and [y][x]\n\n[x]: /z 'title'", "see x and y", "see [x](/z \"title\") and [y](/z \"title\")",
			"see [x](/z \"title\") and [y](/z \"title\")"},
		{"[^1] [a][b]", "[^1] [a][b]", `\[^1] \[a]\[b]`, `\[^1] \[a]\[b]`},
		{"a\nexport x\n\n- import y", "a\nexport x\n\n- import y", "a\n&#101;xport x\n\n- import y",
			"a export x<br/>- import y"},
		{"<div>\n<b>x</b>", "<div>\n<b>x</b>", "&lt;div>\n&lt;b>x&lt;/b>", "&lt;div> &lt;b>x&lt;/b>"},
		{"a\\\n\\- b", "a\n- b", "a\\\n\\- b", "a<br/>- b"},
		{"[a]: /b", "", "", ""},
		{"#\n\n```\n```\n\n>", "", "#\n\n```\n```\n\n>", ""},
		{"- a\n-\n- b\n  ***\n  ```c+d\n  e\n  ```", "- a\n-\n- b\n  ---\n  e", "- a\n-\n- b\n  ___\n  ```c+d\n  e\n  ```",
			"- a<br/>-<br/>- b<br/>---<br/>`e`"},
		{"- - a\n  -\n  - b", "- - a\n  - b", "- - a\n  - b", "- - a<br/>- b"},
		{"~~~a`b&amp;amp;\\\\\nc\n~~~", "c", "```a&#96;b&amp;amp;\\\\\nc\n```", "`c`"},
		{"a\tb\n\n- \tc", "a   b\n\n- c", "a   b\n\n- c", "a   b<br/>- c"},
	} {
		text := Blocks(test.source)
		for name, got := range map[string][2]string{
			"Plain":    {text.Plain(), test.plain},
			"Markdown": {text.Markdown(nil), test.markdown},
			"Cell":     {text.Cell(nil), test.cell},
		} {
			if got[0] != got[1] {
				t.Errorf("%s of %q:\n got %q\nwant %q", name, test.source, got[0], got[1])
			}
		}
		if text.IsEmpty() != (test.plain == "") {
			t.Errorf("%q: IsEmpty is %v", test.source, text.IsEmpty())
		}
	}
}

func TestZero(t *testing.T) {
	var text Text
	if !text.IsEmpty() || text.Plain()+text.Markdown(nil)+text.Cell(nil)+text.Source() != "" {
		t.Error("the zero value is not empty")
	}
}

// TestUnder holds that what leads to the root of a site leads to that site from elsewhere too, and nothing else does.
func TestUnder(t *testing.T) {
	text := Blocks("See [*a*](/a#b), ![i](/i.png) and `x`.\n\n- [b](b) <https://c.example/d> [e](#e) [f](//g)")
	want := "See [*a*](https://docs.example/a#b), ![i](https://docs.example/i.png) and `x`.\n\n" +
		"- [b](b) [https://c.example/d](https://c.example/d) [e](#e) f"
	if got := text.Under("https://docs.example").Markdown(nil); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := text.Under("").Markdown(nil), text.Markdown(nil); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if links := text.Links(); links[0] != "/a#b" {
		t.Errorf("the text itself has changed: %q", links)
	}
}

func TestCollect(t *testing.T) {
	text := Blocks("`a` [x `b`](/c) <https://d>\n\n- *`e`* [f](javascript:g)\n\n```\nh\n```")
	if got := fmt.Sprint(text.CodeSpans(), text.Links()); got != "[a b e] [/c https://d]" {
		t.Error(got)
	}
}

func TestAddressOfCode(t *testing.T) {
	to := func(address string) string {
		return Inline("`A`").Markdown(func(string) string { return address })
	}
	for address, want := range map[string]string{
		"https://x/y#A": "[`A`](https://x/y#A)",
		"javascript:x":  "`A`",
		"":              "`A`",
		"/a)b&copy;c":   "[`A`](/a\\)b&amp;copy;c)",
	} {
		if got := to(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}

// hostile texts break out of a context, or mean different things to different parsers.
var hostile = []string{
	"}{", "{{ }}", "${}", "{(()=>x)()}", "<script>alert(1)</script>", "<!-- x -->", "]]>", "<?x?>", "<a", "<br>", "</p>",
	"```", "``", "`", "|", "||", `\|`, `\\`, `"\\"`, `x\`, `\`, "a\u2028b\u2029c\u0085d", "a\u202eb\u2066c", "***", "___",
	"~~~", "#",
	"# x", "####### x", "x #", "* * *", "- - -", "---", "===", "a\n===", "a\n---", "a\n:-", "a | b\n--- | ---\nc | d",
	":-: | :-",
	"import x from 'y'", "export const x = 1", "a\nimport y", "- export z", "> import z", "import\tx", "1. import x",
	"` a `", "`` ` ``", "```` ``` ````", "` `` `", "`a\\`", "`|`", "`\\|`", "`\\\\|`", "`a``b`", "[`a`](javascript:x)`b`",
	"[", "]", "[[]", "[]]", "[a](b \"t\")", "[a](b 't')", "[a][b]", "[a]: /b\n\n[a]", "[a]:", "[^1]", "[^1]: note",
	"[ ] x", "- [x] y",
	"![a](b)", "!\\[a](b)", "\\![a](b)", "[](x)", "![](x)", "[]()", "![]()", "*![]()\na*", "[![a](b)](c)",
	"[a <https://b>](c)", "[a](<b c>)", "[a](b(c)d)", "[a](b\\))", "[a](b{c})",
	"[a]b](c)", "[a\\]b](c)", "[a](JAVASCRIPT&colon;x)", "[a](\\javascript:x)", "[a](vbscript:x)", "[a](//x)",
	"[a](file:///x)", "<javascript:x>", "<a@b.c>",
	"|a|b|\n|-|-|\n|`x\\|y`|z|", "|a|\n|-|\n|`\\\\|`|", "|a|\n|-|\n|\\\\\\||", "a\r\nb\r\n\r\nc", "a\x00b\x1bc\x7fd",
	"\ufeffa", "\xff\xfe",
	"&amp; &lt; &copy; &#0; &#x202e; &#123; &nosuch; &amp;amp; &a", "&#32;a&#32;", "a&#10;b", "&#9;a", "&nbsp;a",
	"*&nbsp;a*", "*&#32;*", "&#97;*(b)*&#99;",
	"*a*_b_", "*a***b**", "*a*__(b)__", "**a**_b_**c**", "*a **b***", "**_a_**", "_a*b*_", "***a** b*", "***a* b**",
	"_(*a*)_", "a*b*c", "__a__b", "*a*`b`*c*",
	"**a*b*c**", "*a*b*", "_`a`*`b`*_", "a\\*b\\_c\\~d", "~~a~~", "~a~", "a ~ b", " * a", "* a", "+ a", "1) a",
	"0123456789. a", "10000. a",
	"www.a.b/*c*", "https://a.b/_c_", "https://a.b/`c`", "http://a.b/c*d*", "see https://a.b/c.", "xhttps://a.b&c;",
	"mailto:a@b.c", "a_b@c.d",
	"- a\n  - b\n\n- c", "-\n-\n- a", "-\n\n  a", "- a\n\n\n- b", "- a\n* b\n+ c", "1. a\n1) b", "- > a\n  > b",
	"> - a\nb", "- ```\n  a\n\n  b\n  ```", "-     a", "- a\n  ```\n  b\n  ```",
	"- a\n\n  1. b\n  2. c", "- # a", "- ***", "* ---", "999999999. a\n1. b", "```js {1}\na\n```", "``` \na\n\n\n```",
	"````\n```\n````", "\ta", "> \ta\n> b", "> a\n\n> b", ">", "> > a\n> b",
	"a\\\nb", "a  \nb", "a\\\\\\\nb", "a \\\nb", "\\\na", "a\\", "# a\\", "# a \\#", "# a \\\\#", "#", "## ##",
	"a&#32;\nb", "a\n&#32;b", "a\n\\- b", "a\n\\# b", "a\n1\\. b",
	"C:\\users\\new", "\\u000a", "*/", "{{.Secret}}", "%s%d", "$x$", ":::note\na\n:::", "a <500ms> b", "a < b && c > d",
	"=> -> <- <=", "<= a", "GET /v1/{id}?a=b&c=d",
	"https://x.y#:&#32;\nb", "\\\\&#32;", "***a**_b_**c***", "- - ```\n  a", "*_(_a*", "# a #&#32;", "~~~\n\n~~~\n#\n>\n-",
	"-\n\n  1.\n\n  a",
	"**a:**b", "**「a」**b", "a**😀b**c", "*a*😀", "😀*a*", "x\\_", "_x", "x_", "a __ b", "a ** b", "a * b * c", "a *",
	"* b *c*", "``a`b``", "<https://a.b/c|d>", "`\n`", "` \n `", "a`\n`b",
}

func TestLaws(t *testing.T) {
	for _, source := range hostile {
		checkLaws(t, source)
		checkLaws(t, "a "+source+" b")
		checkLaws(t, "- "+source)
		checkLaws(t, "*"+source+"*\n")
		checkLaws(t, source+source)
		checkLaws(t, "["+source+"](/x)")
	}
}

func FuzzLaws(f *testing.F) {
	for _, source := range hostile {
		f.Add(source)
	}
	f.Fuzz(checkLaws)
}

func checkLaws(t *testing.T, source string) {
	t.Helper()
	inline, blocks := Inline(source), Blocks(source)
	checkPrinted(t, "Inline", inline, Inline)
	checkPrinted(t, "Blocks", blocks, Blocks)
	if got := Blocks(inline.Markdown(nil)); !reflect.DeepEqual(got.Plain(), inline.Plain()) {
		t.Errorf("%q: as blocks, %q reads %q, want %q", source, inline.Markdown(nil), got.Plain(), inline.Plain())
	}
	if slow := parseInline(trim(source)); !reflect.DeepEqual(inline.tree(), orNil(slow)) {
		t.Errorf("%q: the fast path gives %v, goldmark %v", source, inline.tree(), slow)
	}
	if got, want := inGFM(t, inline.Markdown(nil)), squeeze(inline.Plain()); got != want {
		t.Errorf("%q: GFM shows %q as %q, want %q", source, inline.Markdown(nil), got, want)
	}
	checkCell(t, source, inline.Cell(nil), inline.Plain())
	checkCell(t, source, blocks.Cell(nil), blocks.Plain())
	shown := squeeze(oneLine(source))
	checkCell(t, source, Escape(source), shown)
	checkCell(t, source, CodeSpanPageCell(source), codeContent(source))
	if got := Blocks(Escape(source)).Plain(); squeeze(got) != shown {
		t.Errorf("%q: Escape gives %q, which reads %q", source, Escape(source), got)
	}
	got := Inline("a " + CodeSpan(source) + " b").CodeSpans()
	if len(got) != 1 || source != "" && got[0] != codeContent(source) {
		t.Errorf("%q: CodeSpan gives %q, which reads %q", source, CodeSpan(source), got)
	}
}

func checkPrinted(t *testing.T, name string, text Text, parse func(string) Text) {
	t.Helper()
	printed := text.Markdown(nil)
	again := parse(printed)
	if again.Plain() != text.Plain() {
		t.Errorf("%s(%q): printed as %q; reads %q, want %q", name, text.source, printed, again.Plain(), text.Plain())
	} else if !reflect.DeepEqual(again.tree(), text.tree()) {
		t.Errorf("%s(%q): printed as %q; structure %v, want %v", name, text.source, printed, again.tree(), text.tree())
	} else if again.Markdown(nil) != printed {
		t.Errorf("%s(%q): printed as %q, then as %q", name, text.source, printed, again.Markdown(nil))
	}
	if strings.HasSuffix(printed, "\n") || strings.HasSuffix(text.Plain(), "\n") && text.Plain() != "" {
		t.Errorf("%s(%q): a newline at the end", name, text.source)
	}
	if i := strings.IndexFunc(text.Plain(), func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
		t.Errorf("%s(%q): control character in %q", name, text.source, text.Plain())
	}
}

// tree is the nodes a parser gives for the text.
func (t Text) tree() []node {
	if t.nodes == nil && !t.IsEmpty() {
		return []node{{kind: text, text: trim(t.source)}}
	}
	return orNil(t.nodes)
}

func orNil(nodes []node) []node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(renderer.WithUnsafe()))

var (
	tag       = regexp.MustCompile(`<[^>]*>`)
	described = regexp.MustCompile(`<img src="[^"]*" alt="([^"]+)"[^>]*>`)
	unnamed   = regexp.MustCompile(`<img src="([^"]*)" alt=""[^>]*>|<a href="([^"]*)"[^>]*></a>`)
)

func toHTML(t *testing.T, markdown string) string {
	t.Helper()
	var out bytes.Buffer
	if err := gfm.Convert([]byte(markdown), &out); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(out.String(), "<br/>", " ")
}

// shown returns the text of HTML, which for an image is its description; images and links without a text are their
// address.
func shown(fragment string) string {
	fragment = unnamed.ReplaceAllString(described.ReplaceAllString(fragment, "$1"), "$1$2")
	return squeeze(html.UnescapeString(tag.ReplaceAllString(fragment, "")))
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// inGFM returns the text that one paragraph of GFM shows.
func inGFM(t *testing.T, markdown string) string {
	t.Helper()
	return shown(toHTML(t, markdown))
}

func checkCell(t *testing.T, source, cell, want string) {
	t.Helper()
	if strings.Contains(cell, "\n") {
		t.Errorf("%q: newline in cell %q", source, cell)
	}
	page := toHTML(t, "| a | b | c |\n| --- | --- | --- |\n| x | "+cell+" | y |\n")
	cells := strings.Split(page, "<td>")
	if len(cells) != 4 || shown(cells[1]) != "x" || shown(cells[3]) != "y" {
		t.Errorf("%q: %q is not one cell: %s", source, cell, page)
	} else if got := shown(cells[2]); got != squeeze(want) {
		t.Errorf("%q: cell %q shows %q, want %q", source, cell, got, squeeze(want))
	}
}

// TestRandomTexts puts marks side by side as no writer would.
func TestRandomTexts(t *testing.T) {
	marks := strings.Fields("* ** _ *** ` `` ~ [ ] ( ) [a](b) ](x) ![ < > <https://a.b> \\ | & &amp; &#32; &#97; &nbsp; " +
		"{ } ! # - + 1. = --- " +
		":-: : a b c é 😀 。 . import export www. https://x.y [r] [r]:")
	marks = append(marks, " ", " ", "    ", "\n", "\n\n", "\n- ", "\n  ", "\n> ", "\n|-|\n", "\t", "\n```\n", "\n1. ",
		"  \n", "\\\n", "\nexport ",
		"\n-\n", "\n+\n", "\n1.\n", "\n#\n", "\n>\n", "\n  #\n", "\n  >\n", "\n  ```\n", "\n  ---\n", "\n  - ", "![", "[](x)",
		"[]()", "(x \"", "\")", "```a+b&\n")
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		var b strings.Builder
		for range 1 + random.IntN(14) {
			b.WriteString(marks[random.IntN(len(marks))])
		}
		checkLaws(t, b.String())
	}
}

// TestLargeInput prints 100 kB of what parsers find hard; BenchmarkGrowth in cmd/errgen has what that costs.
func TestLargeInput(t *testing.T) {
	sources := []string{
		"~~~\n" + strings.Repeat("`", 100_000),
		strings.Repeat("[a]: /b\n", 125_000), // far longer in goldmark alone
		strings.Repeat("|a", 25_000) + "|\n" + strings.Repeat("|-", 25_000) + "|\n" + strings.Repeat("a\n", 25_000),
	}
	for _, piece := range []string{
		"[", "]", "[a", "![", "[](", "[a](b", "[a](b) ", "*", "_", "`", "~", "<", "&", "\\", "\\ ", "|", "*a ", "*a _b ",
		"**a*b ", "a_ ", "` `` ", "*a*_b_",
		"<a:", "<a@", "> ", "- ", "1. ", "- a\n", "a\n", "|a|\n|-|\n", "\\|`", "[a]: /b\n", "http://a*", "{", "#", "# ", "&#",
		"a b\n\n", "-\n", ">\n", "```\n",
		"![", "![](", "![a](b) ", "[a](b \"", "[a](b \"c\") ", "![a](b (", "[]()", "#\n", "- #\n", "- a\n  >\n",
		"- a\n  - b\n", "\t",
	} {
		sources = append(sources, strings.Repeat(piece, 100_000/len(piece)))
	}
	for _, source := range sources {
		checkPrinted(t, "Inline", Inline(source), Inline)
		checkPrinted(t, "Blocks", Blocks(source), Blocks)
		Blocks(source).Cell(nil)
		Escape(source)
		CodeSpanPageCell(source)
	}
}

func TestDepth(t *testing.T) {
	for _, piece := range []string{"> ", "- ", "1. ", "> - "} {
		text := Blocks(strings.Repeat(piece, 1000) + "a")
		depth := 0
		for nodes := text.nodes; len(nodes) > 0; nodes = nodes[0].children {
			if nodes[0].kind == quote || nodes[0].kind == list {
				depth++
			}
		}
		if depth != maxDepth {
			t.Errorf("%q: %d deep", piece, depth)
		}
		checkPrinted(t, "Blocks", text, Blocks)
	}
}

var sink string

func benchmark(b *testing.B, source string, print func(Text) string) {
	b.ReportAllocs()
	for b.Loop() {
		sink = print(Inline(source))
	}
}

func markdown(t Text) string { return t.Markdown(nil) }
func cell(t Text) string     { return t.Cell(nil) }

const (
	plainSource = "One or more fields failed schema validation before the request reached the handler"
	codeSource  = "Correct the fields named in `details.issues` and send the request again with a new `Idempotency-Key`"
	linkSource  = "See [rate limits](https://docs.example.com/limits) and *wait*; `RATE_LIMITED` has a `Retry-After`"
)

func BenchmarkInlinePlain(b *testing.B) { benchmark(b, plainSource, markdown) }
func BenchmarkInlineCode(b *testing.B)  { benchmark(b, codeSource, markdown) }
func BenchmarkInlineLinks(b *testing.B) { benchmark(b, linkSource, markdown) }
func BenchmarkCell(b *testing.B)        { benchmark(b, codeSource, cell) }

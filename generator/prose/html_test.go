package prose

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func TestHTML(t *testing.T) {
	link := func(code string) string {
		if code == "NOT_FOUND" {
			return "#NOT_FOUND"
		}
		return ""
	}
	for _, test := range []struct {
		name, source, want string
		inline             bool
	}{
		{"text", `a < b & "c" 'd'`, `a &lt; b &amp; &#34;c&#34; &#39;d&#39;`, true},
		{"raw HTML", `<script>x()</script> <b onclick=y>`, `&lt;script&gt;x()&lt;/script&gt; &lt;b onclick=y&gt;`, true},
		{"marks", "*a* **b** `c<`", `<em>a</em> <strong>b</strong> <code>c&lt;</code>`, true},
		{"a code of the catalog", "as `NOT_FOUND`, not `OTHER`",
			`as <a href="#NOT_FOUND"><code>NOT_FOUND</code></a>, not <code>OTHER</code>`, true},
		{"links do not nest", "[see `NOT_FOUND`](https://example.com/?a=1&b=%22)",
			`<a href="https://example.com/?a=1&amp;b=%22">see <code>NOT_FOUND</code></a>`, true},
		{"hostile links", "[a](javascript:alert(1)) [b](data:text/html,x) [c](//evil.example)", "a b c", true},
		{"an image is a link", "![a cat](cat.png)", `<a href="cat.png">a cat</a>`, true},
		{"an image without a description is its address", "![](cat.png) [](x)",
			`<a href="cat.png">cat.png</a> <a href="x">x</a>`, true},
		{"an image in a link is its description", "[![a *cat*](cat.png) b](/x)", `<a href="/x">a cat b</a>`, true},
		{"titles", `[a](/x '"t" <b>') ![c](d "e")`,
			`<a href="/x" title="&#34;t&#34; &lt;b&gt;">a</a> <a href="d" title="e">c</a>`, true},
		{"no address", "[a]() ![b]()", "a b", true},
		{"blocks", "# A\n\ntext\n\n### B\n\n> q\n\n---",
			"<h3>A</h3>\n<p>text</p>\n<h5>B</h5>\n<blockquote><p>q</p></blockquote>\n<hr>", false},
		{"headings end at six", "# A\n\n###### B", "<h3>A</h3>\n<h6>B</h6>", false},
		{"fence", "```go\na < b\n\nc\n```", "<pre tabindex=\"0\"><code>a &lt; b\n\nc</code></pre>", false},
		{"tight list", "- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul></li>\n</ul>", false},
		{"loose list", "3. a\n\n   b\n4. c", "<ol start=\"3\">\n<li><p>a</p>\n<p>b</p></li>\n<li><p>c</p></li>\n</ol>",
			false},
		{"table", "| a | b |\n| --- | --: |\n| `x` | 2 |",
			"<div class=\"wide\" tabindex=\"0\"><table>\n" +
				"<tr><th>a</th><th class=\"right\">b</th></tr>\n" +
				"<tr><td><code>x</code></td><td class=\"right\">2</td></tr>\n</table></div>",
			false},
		{"what shows nothing", "#\n\n> ```\n> ```\n\na\n\n- b\n-", "<p>a</p>\n<ul>\n<li>b</li>\n<li></li>\n</ul>", false},
		{"tight list with blocks", "- a\n  > b\n- ___",
			"<ul>\n<li>a\n<blockquote><p>b</p></blockquote></li>\n<li><hr></li>\n</ul>", false},
		{"hard break", "a\\\nb", "<p>a<br>\nb</p>", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			parsed := Blocks(test.source)
			if test.inline {
				parsed = Inline(test.source)
			}
			if got := parsed.HTML(link, 3); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// tags are all that HTML may print beside text.
var tags = regexp.MustCompile(`^</?` +
	`(em|strong|code|p|h[1-6]|blockquote|ul|ol|li|hr|br|table|tr|th|td|pre|div|a)` +
	`( ((href|title)="[^"<>]*"|tabindex="0"|class="[a-z]+"|start="[0-9]+"))*>`)

// Whatever a text holds, what HTML prints of it is our elements and escaped text.
func TestHTMLPrintsOnlyItsElements(t *testing.T) {
	paths, err := filepath.Glob("../../golden/*/errors.yaml")
	if err != nil || len(paths) < 10 {
		t.Fatalf("found %d catalogs: %v", len(paths), err)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			assertElements(t, Inline(line).HTML(nil, 2))
		}
		assertElements(t, Blocks(string(source)).HTML(nil, 2))
	}
}

func assertElements(t *testing.T, printed string) {
	t.Helper()
	for i := strings.IndexByte(printed, '<'); i >= 0; i = strings.IndexByte(printed, '<') {
		tag := tags.FindString(printed[i:])
		if tag == "" {
			t.Fatalf("no element of ours: %.80s", printed[i:])
		}
		printed = printed[i+len(tag):]
	}
}

// The HTML shows what other renderers make of the same text.
func TestHTMLSaysWhatMarkdownSays(t *testing.T) {
	renderer := goldmark.New(goldmark.WithExtensions(extension.Table))
	attributes := regexp.MustCompile(` (tabindex|class|style|align)="[^"]*"|</?(div|thead|tbody)[^>]*>|\s+`)
	for _, source := range []string{
		"text with `code`, *emphasis* and **strong**", "a [link](https://example.com/a?b=c&d=e) and <https://example.com>",
		"# A\n\n## B\n\ntext", "- a\n- b\n\ntext\n\n1. c\n2. d", "> quoted\n> text\n\n---", "```\ncode <b>\n```",
		"| a | b |\n| --- | --- |\n| *c* | d |", "a &amp; b &lt; c",
	} {
		var want bytes.Buffer
		if err := renderer.Convert([]byte(source), &want); err != nil {
			t.Fatal(err)
		}
		plain := func(s string) string {
			return strings.NewReplacer("&#34;", "&quot;", "&#39;", "'").Replace(attributes.ReplaceAllString(s, ""))
		}
		if got, want := plain(Blocks(source).HTML(nil, 1)), plain(want.String()); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", source, got, want)
		}
	}
}

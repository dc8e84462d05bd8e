package golden

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// sitePages are those whose prose leads to no other page of a site, and that are the hardest for its generator.
var sitePages = []string{
	"common-details", "details", "free-details", "hostile-text", "keywords", "operations", "recursive", "statuses",
	"style-any", "unicode",
}

// Each generator of sites takes the page as it is, with its checks of links as strict as they are, and every code and
// operation is where its address leads.
func TestSites(t *testing.T) {
	t.Parallel()
	t.Run("Docusaurus", func(t *testing.T) {
		node := siteNode(t)
		const site = "sites/docusaurus"
		fill(t, site+"/docs")
		builds(t, site, node, "../node_modules/@docusaurus/core/bin/docusaurus.mjs", "build", "--no-minify")
		checkSite(t, site+"/build", func(name string) string { return name + "/index.html" })
	})
	t.Run("VitePress", func(t *testing.T) {
		node := siteNode(t)
		const site = "sites/vitepress"
		fill(t, site+"/docs")
		builds(t, site, node, "../node_modules/vitepress/bin/vitepress.js", "build", "docs", "--outDir", "build")
		checkSite(t, site+"/build", func(name string) string { return name + ".html" })
	})
	t.Run("MkDocs", func(t *testing.T) {
		const site = "sites/mkdocs"
		installRequirements(t, site)
		fill(t, site+"/docs")
		builds(t, site, ".venv/bin/python", "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", "build")
		checkSite(t, site+"/build", func(name string) string { return name + "/index.html" })
	})
}

// siteNode returns the path of Node for the generators, whose packages have a folder of their own.
func siteNode(t *testing.T) string {
	t.Helper()
	path := nodePath(t)
	words, err := installPackages("sites")
	wasInstalled(t, words, err)
	return path
}

// fill copies the pages into a folder of a site, beside its first page.
func fill(t *testing.T, folder string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	writeFile(t, folder+"/index.md", []byte("# Start\n"))
	for _, name := range sitePages {
		writeFile(t, filepath.Join(folder, name+".md"), readFile(t, name+"/want/markdown/errors.md"))
	}
}

func builds(t *testing.T, folder string, command ...string) {
	t.Helper()
	if err := os.RemoveAll(folder + "/build"); err != nil {
		t.Fatal(err)
	}
	if out, err := run(folder, command...); err != nil {
		t.Fatalf("%q: %v\n%s", command, err, out)
	}
}

// checkSite reads what was built: all that the page names has its anchor there, and so has each link within the page.
func checkSite(t *testing.T, folder string, file func(name string) string) {
	t.Helper()
	for _, name := range sitePages {
		document, err := html.Parse(bytes.NewReader(readFile(t, filepath.Join(folder, file(name)))))
		if err != nil {
			t.Fatal(err)
		}
		var ids, links []string
		for n := range document.Descendants() {
			if id, found := attribute(n, "id"); found {
				ids = append(ids, id)
			}
			if link, _ := attribute(n, "href"); strings.HasPrefix(link, "#") && link != "#" {
				links = append(links, link[1:])
			}
		}
		named := anchored(t, name+"/want/markdown/errors.md")
		for _, anchor := range named {
			if !slices.Contains(codesAt(ids), anchor) {
				t.Errorf("%s: nothing is at %q", name, anchor)
			}
		}
		for _, link := range links {
			if to, err := url.PathUnescape(link); err != nil || !slices.Contains(ids, to) {
				t.Errorf("%s: a link to %q leads nowhere", name, link)
			}
		}
		if text := textIn(document); name == "hostile-text" && strings.Count(text, "{{ .Secret }}") < 10 {
			t.Errorf("%s: the hostile texts are not shown: %.300s", name, text)
		}
	}
}

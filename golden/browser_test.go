package golden

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Each page works in a browser as a reader uses it, and no page does more than it shows.
func TestPagesInBrowser(t *testing.T) {
	t.Setenv("BROWSER", browser(t))
	t.Setenv("LARGE_PAGE", largePage(t))
	nodeTests(t, "html/page*.test.js")
}

// What is edited while errgen preview runs is in the browser.
func TestPreviewInBrowser(t *testing.T) {
	t.Setenv("BROWSER", browser(t))
	errgen := filepath.Join(t.TempDir(), "errgen")
	quietly(t, "..", "go", "build", "-o", errgen, "./cmd/errgen")
	t.Setenv("ERRGEN", errgen)
	nodeTests(t, "html/preview.test.js")
}

// browser returns the path of this system's Chromium. In CI one that is missing is installed, or fails the test: a
// skipped one would hide it.
func browser(t *testing.T) string {
	t.Helper()
	path := installedBrowser()
	if path != "" {
		return path
	}
	if os.Getenv("CI") == "" {
		t.Skip("chromium is not installed")
	}
	for _, command := range []string{"apt-get update", "apt-get install -y --no-install-recommends chromium"} {
		if out, err := run(".", strings.Fields(command)...); err != nil {
			t.Fatalf("chromium is not installed, nor chromium-browser, google-chrome or google-chrome-stable, and %q does "+
				"not help: %v\n%s", command, err, out)
		}
	}
	if path = installedBrowser(); path == "" {
		t.Fatal("chromium was installed, and is not on the PATH")
	}
	return path
}

func installedBrowser() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// largePage generates the page of 1,000 codes and returns its address.
func largePage(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var catalog strings.Builder
	catalog.WriteString("version: 1\ninfo: {title: Errors of a large API}\ncategories:\n")
	for category := range 20 {
		fmt.Fprintf(&catalog, "  c%d: {title: Errors of part %[1]d}\n", category)
	}
	catalog.WriteString("errors:\n")
	for code := range 1000 {
		fmt.Fprintf(&catalog, largeCode, code, 400+code%30, code/50)
	}
	path := filepath.Join(dir, "errors.yaml")
	writeFile(t, path, []byte(catalog.String()))
	quietly(t, "..", "go", "run", "./cmd/errgen", "generate", "-q", "-c", path, "-t", "html="+dir)
	return "file://" + filepath.ToSlash(filepath.Join(dir, "errors.html"))
}

const largeCode = `  CODE_%d:
    status: %d
    category: c%d
    meaning: The thing that was asked for with ` + "`id` %[1]d" + ` does not exist in the workspace, or it was removed
    recovery: Look the thing up in the list, and send the request again with what is there
    details:
      type: object
      properties:
        id: {type: integer, description: The thing that was asked for}
        workspace: {type: string, description: Where it was looked for}
      required: [id]
    retryAfter: true
`

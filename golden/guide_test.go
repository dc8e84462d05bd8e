package golden

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// blocks returns the pieces of code in a Markdown file that are marked with a language.
func blocks(t *testing.T, path, language string) (pieces []string) {
	t.Helper()
	fence := regexp.MustCompile("(?ms)^```" + language + "\n(.*?)^```$")
	for _, found := range fence.FindAllStringSubmatch(string(readFile(t, path)), -1) {
		pieces = append(pieces, found[1])
	}
	return pieces
}

// guideFolder makes an empty folder in this module: what a guide imports is found there.
func guideFolder(t *testing.T, name string) string {
	t.Helper()
	folder := filepath.Join("guides", name, "build")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// The code of the guide for Go is one package, which does what the guide says.
func TestGuideForGo(t *testing.T) {
	folder := guideFolder(t, "go")
	files := map[string]string{"guide_test.go": string(readFile(t, "guides/go/guide_test.go.txt"))}
	for i, piece := range blocks(t, "../templates/go/README.md", "go") {
		files[fmt.Sprintf("piece%d.go", i)] = piece
	}
	for name, code := range files {
		code = strings.ReplaceAll(code, "shop.example.com/apierr", "github.com/sigsentry/errgen/out/go/apierr")
		write(t, filepath.Join(folder, name), []byte(code))
	}
	quietly(t, folder, "gofmt", "-l", ".")
	quietly(t, folder, "go", "vet", ".")
	says(t, folder, "go", "test", ".")
}

// typescriptPieces names the pieces of code in the guide for TypeScript, in their order.
var typescriptPieces = []string{
	"client", "queries", "projects", "express", "hono", "fastify", "validation", "record",
}

// The code of the guide for TypeScript compiles under every strict flag, and its servers answer what the guide says.
func TestGuideForTypeScript(t *testing.T) {
	node := nodePath(t)
	words, err := installPackages("guides/typescript")
	wasInstalled(t, words, err)
	folder := guideFolder(t, "typescript")
	pieces := blocks(t, "../templates/typescript/README.md", "ts")
	if len(pieces) != len(typescriptPieces) {
		t.Fatalf("the guide has %d pieces of code, expected %q", len(pieces), typescriptPieces)
	}
	for i, piece := range pieces {
		write(t, filepath.Join(folder, typescriptPieces[i]+".ts"), []byte(piece))
	}
	write(t, filepath.Join(folder, "errors.ts"), readFile(t, "../out/typescript/errors.ts"))
	write(t, filepath.Join(folder, "guide.test.ts"), readFile(t, "guides/typescript/guide.test.ts"))
	nodeSays(t, compilers[0], "-p", "guides/typescript")
	says(t, ".", node, "--no-warnings", "--test", filepath.Join(folder, "guide.test.ts"))
}

// What the guide for OpenAPI refers to is in the document.
func TestGuideForOpenAPI(t *testing.T) {
	document := string(readFile(t, "../out/openapi/errors.openapi.yaml"))
	reference := regexp.MustCompile(`#/components/responses/(\w+)`)
	found := reference.FindAllStringSubmatch(string(readFile(t, "../templates/openapi/README.md")), -1)
	if len(found) == 0 {
		t.Error("the guide refers to nothing")
	}
	for _, name := range found {
		if !strings.Contains(document, "\n    \""+name[1]+"\":\n") && !strings.Contains(document, "\n    "+name[1]+":\n") {
			t.Errorf("%s is no response", name[1])
		}
	}
}

// The program in the guide for JSON reads the catalog.
func TestGuideForJSON(t *testing.T) {
	node := nodePath(t)
	folder := guideFolder(t, "json")
	write(t, filepath.Join(folder, "errors.json"), readFile(t, "../out/json/errors.json"))
	write(t, filepath.Join(folder, "list.mjs"), []byte(blocks(t, "../templates/json/README.md", "js")[0]))
	if out := says(t, folder, node, "list.mjs"); !strings.Contains(out, "RATE_LIMITED 429\n") {
		t.Errorf("it prints %s", out)
	}
}

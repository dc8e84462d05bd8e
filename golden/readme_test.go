package golden

import (
	"path/filepath"
	"strings"
	"testing"
)

// What the README shows of Go and of TypeScript compiles as it is printed, with the catalog that it prints.
func TestREADMECompiles(t *testing.T) {
	const readme = "../README.md"
	folder := guideFolder(t, "readme")
	catalog := filepath.Join(folder, "errors.yaml")
	write(t, catalog, []byte(blocks(t, readme, "yaml")[0]))
	says(t, "..", "go", "run", "./cmd/errgen", "generate", "-q", "-c", filepath.Join("golden", catalog),
		"-t", "go="+filepath.Join("golden", folder, "apierr"), "-t", "typescript="+filepath.Join("golden", folder))
	for i, language := range []string{"go", "ts"} {
		pieces := blocks(t, readme, language)
		if len(pieces) != 1 {
			t.Fatalf("the README has %d pieces of %s, expected 1", len(pieces), language)
		}
		code := strings.ReplaceAll(pieces[0], "shop.example.com/apierr",
			"github.com/sigsentry/errgen/golden/guides/readme/build/apierr")
		write(t, filepath.Join(folder, []string{"shop.go", "shop.ts"}[i]), []byte(code))
	}
	quietly(t, folder, "gofmt", "-l", "shop.go")
	quietly(t, folder, "go", "vet", "./...")
	nodeSays(t, compilers[0], "-p", "guides/readme")
}

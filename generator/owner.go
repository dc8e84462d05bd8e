package generator

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
)

// claimant is another catalog that may have given a file.
type claimant struct {
	path  string
	codes map[string]bool
}

// ownerOf returns the catalog whose codes a file holds rather than the own ones, or "".
func ownerOf(content []byte, own map[string]bool, others []claimant) string {
	words := map[string]bool{}
	isApart := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.", r)
	}
	for word := range strings.FieldsFuncSeq(string(content), isApart) {
		words[word] = true
	}
	ours := 0
	for code := range own {
		if words[code] {
			ours++
		}
	}
	for _, other := range others {
		theirs := 0
		for code := range other.codes {
			if words[code] && !own[code] {
				theirs++
			}
		}
		if theirs > 0 && theirs >= ours {
			return other.path
		}
	}
	return ""
}

// codesOf returns the codes of a catalog, with those that are retired.
func codesOf(doc *document.Document) map[string]bool {
	codes := map[string]bool{}
	for _, section := range []string{"errors", "retired"} {
		for code := range doc.Root.Get(section).Members() {
			codes[code.Text] = true
		}
	}
	return codes
}

// otherCatalogs returns the catalogs around that of a run and the changed files of the base names that these say.
func otherCatalogs(o Options, changes []disk.Change) (others []claimant) {
	var names []string
	for _, c := range changes {
		if from := c.From(); from != "" && !slices.Contains(names, from) {
			names = append(names, from)
		}
	}
	here, err := os.Stat(o.Catalog)
	if err != nil {
		return nil
	}
	for _, path := range disk.FindNamed(surroundings(o.Catalog, changes), names...) {
		if info, err := os.Stat(path); err != nil || os.SameFile(info, here) {
			continue
		}
		text, err := disk.Read(path, o.MaxSize)
		if err != nil {
			continue
		}
		if c, _ := catalog.Load(path, text, o.MaxSize); c != nil {
			others = append(others, claimant{path, codesOf(c.Document)})
		}
	}
	return others
}

// surroundings returns the root of the repository, or else the folder that holds the catalog and the files.
func surroundings(catalog string, changes []disk.Change) string {
	at, err := filepath.Abs(filepath.Dir(catalog))
	if err != nil {
		return "."
	}
	if root := disk.FindAbove(at, ".git"); root != "" {
		return root
	}
	for _, c := range changes {
		file, err := filepath.Abs(c.Path)
		for err == nil && !strings.HasPrefix(file, at+string(filepath.Separator)) && filepath.Dir(at) != at {
			at = filepath.Dir(at)
		}
	}
	return at
}

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

// leaveToOthers finds, of the files that would be overwritten or removed, those that another catalog gave: the first
// are in the way, the others are not this catalog's orphans. A header has only the base name of a catalog, which
// several may share, so that the codes in a file tell whose it is.
func (r *Result) leaveToOthers(changes []disk.Change) []disk.Change {
	atStake := func(c disk.Change) bool { return c.Kind == disk.Different || c.Kind == disk.Orphaned }
	if r.catalog == nil || !slices.ContainsFunc(changes, atStake) {
		return changes
	}
	others := r.otherCatalogs(changes)
	if len(others) == 0 {
		return changes
	}
	own := codesOf(r.catalog.Document)
	var left []disk.Change
	for _, c := range changes {
		if atStake(c) {
			c.Owner = ownerOf(c.Old(), own, others)
		}
		switch {
		case c.Owner == "":
			left = append(left, c)
		case c.Kind == disk.Different:
			c.Kind = disk.Foreign
			left = append(left, c)
		}
	}
	return left
}

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

// otherCatalogs returns the catalogs around this one and the changed files of the base names that these say.
func (r *Result) otherCatalogs(changes []disk.Change) (others []claimant) {
	var names []string
	for _, c := range changes {
		if from := c.From(); from != "" && !slices.Contains(names, from) {
			names = append(names, from)
		}
	}
	here, err := os.Stat(r.options.Catalog)
	if err != nil {
		return nil
	}
	for _, path := range disk.FindNamed(surroundings(r.options.Catalog, changes), names...) {
		if info, err := os.Stat(path); err != nil || os.SameFile(info, here) {
			continue
		}
		text, err := disk.Read(path, r.options.MaxSize)
		if err != nil {
			continue
		}
		if c, _ := catalog.Load(path, text, r.options.MaxSize); c != nil {
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

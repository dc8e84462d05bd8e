package generator

import (
	"path/filepath"
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
)

// Result is what a run would write, or why it would not.
type Result struct {
	Files       []disk.File
	Diagnostics diag.List

	options Options
	library *Library
	catalog *catalog.Catalog
}

// Compare returns what has to change on disk before it holds the files of the result, and none that the catalog gave
// once and no longer does. Those of configured targets that do not run this time stay.
func (r *Result) Compare() ([]disk.Change, error) {
	var folders []disk.Folder
	for _, f := range r.Files {
		if folder := (disk.Folder{Path: filepath.Dir(f.Path)}); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	isAll := r.options.Targets == nil
	if isAll {
		folders = append(folders, disk.Folder{Path: filepath.Join(r.options.Folder, "out"), Recursive: true})
	}
	changes, err := disk.Compare(r.Files, folders, filepath.Base(r.options.Catalog))
	changes = r.leaveToOthers(changes)
	isOrphan := func(c disk.Change) bool { return c.Kind == disk.Orphaned }
	if err != nil || isAll || !slices.ContainsFunc(changes, isOrphan) {
		return changes, err
	}
	others, err := r.options.configuredFiles(r.library)
	isOther := func(c disk.Change) bool { return isOrphan(c) && slices.Contains(others, c.Path) }
	return slices.DeleteFunc(changes, isOther), err
}

// leaveToOthers finds, of the files that would be overwritten or removed, those that another catalog gave: the first
// are in the way, the others are not this catalog's orphans. A header has only the base name of a catalog, which
// several may share, so that the codes in a file tell whose it is.
func (r *Result) leaveToOthers(changes []disk.Change) []disk.Change {
	atStake := func(c disk.Change) bool { return c.Kind == disk.Different || c.Kind == disk.Orphaned }
	if r.catalog == nil || !slices.ContainsFunc(changes, atStake) {
		return changes
	}
	others := otherCatalogs(r.options, changes)
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

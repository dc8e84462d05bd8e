package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/git"
	"github.com/sigsentry/errgen/generator/project"
)

// formerConfig returns what errgen.yaml said in the revision, or what it says now where that is not known.
func (b *breaker) formerConfig() *project.Config {
	if isFile(b.against) {
		return b.now
	}
	path := cmp.Or(b.now.Path, project.ConfigName)
	revision, _, _ := strings.Cut(b.against, ":")
	_, there, text, err := b.fromRevision(filepath.Dir(path), revision, "./"+filepath.Base(path))
	if err != nil {
		return b.now
	}
	name := revision + ":" + there
	former, err := project.Parse(path, name, text)
	if err != nil {
		b.say("errgen: %s is not valid: its options are taken to be those of now", diag.Visible(name))
		return b.now
	}
	return former
}

// fromGit reads the catalog of a revision, and gives it a name for people.
func (b *breaker) fromGit() (name string, text []byte, err error) {
	revision, there, named := strings.Cut(b.against, ":")
	folder := "."
	if !named {
		real, err := filepath.EvalSymlinks(b.now.Catalog)
		if err != nil {
			return "", nil, err
		}
		folder, there = filepath.Dir(real), "./"+filepath.Base(real)
	}
	commit, there, text, err := b.fromRevision(folder, revision, there)
	if named && errors.Is(err, git.ErrAbsent) {
		return "", nil, fmt.Errorf("there is no file %s in %s; the path of REV:PATH leads from the root of "+
			"the repository", diag.Quote(there), diag.Visible(revision))
	}
	if commit.Branch != "" {
		b.say("errgen: comparing with %s, where HEAD left %s", commit.Short(), diag.Visible(revision))
	}
	return revision + ":" + there, text, err
}

// fromRevision reads a file of a revision of the repository that folder lies in. There leads to it from the root, or
// from folder if it begins with ./ or ../; found is its path from the root.
func (b *breaker) fromRevision(folder, revision, there string) (c git.Commit, found string, text []byte, err error) {
	if c, err = git.Find(folder, revision); err != nil {
		return c, there, nil, err
	}
	if strings.HasPrefix(there, "./") || strings.HasPrefix(there, "../") {
		prefix, err := git.Prefix(folder)
		if err != nil {
			return c, there, nil, err
		}
		there = path.Join(prefix, there)
	}
	text, err = git.Read(folder, c, there, b.maxSize)
	return c, there, text, err
}

// former is a catalog of the revision, with how many codes it shares with the one of now.
type former struct {
	path   string // from the root of the repository
	text   []byte
	shared int
}

// moved finds the catalog that has another path in the revision: the one that errgen.yaml named there, or one whose
// file is gone. The error is git.ErrAbsent if the revision had none that could be it.
func (b *breaker) moved(after *catalog.Catalog) (name string, text []byte, err error) {
	was, err := b.formerNamed()
	if errors.Is(err, git.ErrAbsent) {
		was, err = b.formerGone(after)
	}
	if err != nil {
		return "", nil, err
	}
	b.say("errgen: %s was %s in %s", diag.Visible(b.now.Catalog), diag.Visible(was.path), diag.Visible(b.against))
	return b.against + ":" + was.path, was.text, nil
}

// formerNamed returns the catalog that errgen.yaml named in the revision, if it names another one now: that of this run.
func (b *breaker) formerNamed() (was former, err error) {
	named, err := project.Load(b.now.Path)
	if err != nil {
		return was, err
	}
	then := filepath.Join(b.now.Folder, project.CatalogName)
	if there := b.formerConfig(); there != b.now {
		then = there.Catalog
	}
	if named.Catalog == then || named.Catalog != filepath.Clean(b.now.Catalog) {
		return was, git.ErrAbsent
	}
	inFolder, err := filepath.Rel(b.now.Folder, then)
	if err != nil {
		return was, git.ErrAbsent
	}
	_, was.path, was.text, err = b.fromRevision(b.now.Folder, b.against, "./"+filepath.ToSlash(inFolder))
	return was, err
}

// formerGone returns the catalog whose file is gone since the revision: of several the one that shares most codes.
func (b *breaker) formerGone(after *catalog.Catalog) (was former, err error) {
	file := b.now.Catalog
	folder := filepath.Dir(file)
	commit, err := git.Find(folder, b.against)
	if err != nil {
		return was, err
	}
	paths, err := goneSince(folder, commit, filepath.Base(file))
	if err != nil {
		return was, err
	}
	var found []former
	for _, path := range paths {
		text, err := git.Read(folder, commit, path, b.maxSize)
		if err != nil {
			return was, err
		}
		doc, _ := document.Parse(path, text, b.maxSize)
		if entries := doc.Root.Get("errors"); entries != nil && doc.Root.Get("version") != nil {
			found = append(found, former{path, text, shared(entries, after)})
		}
	}
	if len(found) == 0 {
		return was, git.ErrAbsent
	}
	slices.SortStableFunc(found, func(a, b former) int { return cmp.Compare(b.shared, a.shared) })
	if len(found) > 1 && found[0].shared == found[1].shared {
		return was, fmt.Errorf("%s is not in %s, and may have been %s or %s there, which are gone; say which with "+
			"--against %[2]s:PATH", diag.Visible(file), diag.Visible(b.against), diag.Visible(found[0].path),
			diag.Visible(found[1].path))
	}
	return found[0], nil
}

// shared counts the codes that entries have in common with a catalog.
func shared(entries *document.Node, with *catalog.Catalog) (n int) {
	for _, e := range with.Errors {
		if entries.Get(e.Code) != nil {
			n++
		}
	}
	return n
}

// goneSince returns the paths of files that may be catalogs, which a commit has and the working tree has no more: those
// of the name, or else all.
func goneSince(folder string, c git.Commit, name string) (gone []string, err error) {
	root, err := git.Root(folder)
	if err != nil {
		return nil, err
	}
	paths, err := git.Matching(root, c, `(^|[{,] *)["']?errors["']? *:`)
	if err != nil {
		return nil, err
	}
	var named []string
	for _, at := range paths {
		if _, err := os.Lstat(filepath.Join(root, filepath.FromSlash(at))); err == nil {
			continue
		}
		if gone = append(gone, at); path.Base(at) == name {
			named = append(named, at)
		}
	}
	if len(named) > 0 {
		gone = named
	}
	const most = 200 // each is read by a git of its own
	if len(gone) > most {
		return nil, fmt.Errorf("%s is not in %s, and %d files that were there and may be catalogs are gone; say "+
			"which was it with --against REV:PATH", diag.Visible(name), c.Short(), len(gone))
	}
	return gone, nil
}

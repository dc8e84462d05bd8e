// Package git reads files of other revisions. It runs git without a shell, without the network, and without the
// programs that a repository's configuration names.
package git

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
)

// Commit is a revision that was looked up.
type Commit struct {
	Hash   string
	Branch string // the branch whose merge base with HEAD it is; empty if it is what the revision names
}

// Short returns the beginning of the hash, for people.
func (c Commit) Short() string { return c.Hash[:min(len(c.Hash), 9)] }

// ErrAbsent says that a commit has no such file.
var ErrAbsent = errors.New("no such file in that revision")

// Find looks up a revision in the repository that folder lies in. A branch, local or of a remote, stands for its merge
// base with HEAD: what has happened on the branch since is not this side's doing. Everything else, such as a tag, a
// hash or HEAD~1, is exactly that commit.
func Find(folder, revision string) (Commit, error) {
	if revision == "" || strings.HasPrefix(revision, "-") {
		return Commit{}, fmt.Errorf("%s is no revision; expected a branch, a tag or a hash, such as origin/main",
			diag.Quote(revision))
	}
	if _, err := run(folder, "rev-parse", "--git-dir"); err != nil {
		return Commit{}, err
	}
	hash, err := run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return Commit{}, unknown(folder, revision)
	}
	// empty for what is no reference
	name, _ := run(folder, "rev-parse", "--verify", "--quiet", "--symbolic-full-name", "--end-of-options", revision)
	commit := Commit{Hash: line(hash)}
	if full := line(name); !strings.HasPrefix(full, "refs/heads/") && !strings.HasPrefix(full, "refs/remotes/") {
		return commit, nil
	}
	base, err := run(folder, "merge-base", commit.Hash, "HEAD")
	if err != nil {
		return Commit{}, unrelated(folder, revision)
	}
	if line(base) == commit.Hash {
		return commit, nil
	}
	return Commit{Hash: line(base), Branch: revision}, nil
}

const fetchAll = "fetch the history with `git fetch --unshallow`, or in GitHub Actions with fetch-depth: 0 of " +
	"actions/checkout"

func unknown(folder, revision string) error {
	if isShallow(folder) {
		return fmt.Errorf("there is no revision %s in this shallow clone; %s", diag.Quote(revision), fetchAll)
	}
	if near := diag.Nearest(revision, References(folder)); near != "" {
		return fmt.Errorf("there is no revision %s; did you mean %s?", diag.Quote(revision), diag.Quote(near))
	}
	return fmt.Errorf("there is no revision %s; if a remote has it, fetch it first", diag.Quote(revision))
}

// References returns the short names of branches and tags, up to a thousand; none outside of a repository.
func References(folder string) []string {
	names, _ := run(folder, "for-each-ref", "--format=%(refname:short)", "--count=1000")
	return strings.Fields(string(names))
}

func unrelated(folder, revision string) error {
	if isShallow(folder) {
		return fmt.Errorf("this shallow clone does not hold the commit where HEAD left %s; %s", diag.Quote(revision),
			fetchAll)
	}
	return fmt.Errorf("HEAD and %s have no commit in common; name a hash to compare with exactly that commit",
		diag.Quote(revision))
}

func isShallow(folder string) bool {
	answer, err := run(folder, "rev-parse", "--is-shallow-repository")
	return err == nil && line(answer) == "true"
}

// Prefix returns the path of folder from the root of its repository, with slashes and one at the end; empty for the
// root itself.
func Prefix(folder string) (string, error) {
	prefix, err := run(folder, "rev-parse", "--show-prefix")
	return strings.TrimSuffix(string(prefix), "\n"), err
}

// Root returns the root of the repository that folder lies in.
func Root(folder string) (string, error) {
	root, err := run(folder, "rev-parse", "--show-toplevel")
	return strings.TrimSuffix(string(root), "\n"), err
}

// Matching returns the paths of the YAML files of a commit in which a line matches an extended regular expression, from
// the root of the repository, with slashes.
func Matching(root string, c Commit, expression string) (paths []string, err error) {
	list, err := run(root, "grep", "-z", "-l", "--full-name", "-I", "-E", "-e", expression, c.Hash, "--", "*.yaml",
		"*.yml")
	if failed := new(exec.ExitError); errors.As(err, &failed) && failed.ExitCode() == 1 {
		return nil, nil // no line
	}
	for entry := range strings.SplitSeq(string(list), "\x00") {
		if path, found := strings.CutPrefix(entry, c.Hash+":"); found {
			paths = append(paths, path)
		}
	}
	return paths, err
}

// Read returns a file as it was in a commit. Path leads from the root of the repository, with slashes, and means itself
// whatever characters it has. The error is ErrAbsent if the commit has no such file.
func Read(folder string, c Commit, path string, maxSize int64) ([]byte, error) {
	if path == "" {
		return nil, ErrAbsent
	}
	literal := strings.TrimRight(path, "/")
	list, err := run(folder, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", "--long", c.Hash, "--", literal)
	if err != nil {
		return nil, err
	}
	entry, found, _ := strings.Cut(strings.TrimSuffix(string(list), "\x00"), "\t")
	fields := strings.Fields(entry) // mode, type, object, size
	switch {
	case found != literal || len(fields) < 4:
		return nil, ErrAbsent
	case literal != path || !strings.HasPrefix(fields[0], "100"):
		return nil, fmt.Errorf("%s is no regular file in %s", diag.Quote(path), c.Short())
	}
	if size, _ := strconv.ParseInt(fields[3], 10, 64); size > maxSize {
		return nil, fmt.Errorf("%s has %d bytes in %s, more than the limit of %d; raise it with --max-size", diag.Quote(path),
			size, c.Short(), maxSize)
	}
	return run(folder, "cat-file", "blob", fields[2])
}

func line(output []byte) string { return strings.TrimSpace(string(output)) }

// run runs git in a folder and returns what it prints.
func run(folder string, arguments ...string) ([]byte, error) {
	program, err := exec.LookPath("git")
	if err != nil {
		return nil, errors.New("git is not installed, or not on the PATH; install it, or name a file to compare with")
	}
	own := []string{"--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull}
	cmd := exec.Command(program, append(own, arguments...)...)
	cmd.Dir = folder
	cmd.Env = environment()
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	output, err := cmd.Output()
	if err != nil {
		return nil, explain(err, complaint.String())
	}
	return output, nil
}

// environment leaves out what would lead git to another repository or to other programs, and forbids the network: a
// clone may lack files that git would fetch.
func environment() []string {
	kept := []string{"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=none"}
	for _, variable := range os.Environ() {
		isConfig := strings.HasPrefix(variable, "GIT_CONFIG") || strings.HasPrefix(variable, "GIT_CEILING_DIRECTORIES")
		if isConfig || !strings.HasPrefix(variable, "GIT_") && !strings.HasPrefix(variable, "LC_ALL=") {
			kept = append(kept, variable)
		}
	}
	return kept
}

func explain(err error, complaint string) error {
	first, _, _ := strings.Cut(strings.TrimSpace(complaint), "\n")
	first = strings.TrimPrefix(first, "fatal: ")
	switch {
	case strings.HasPrefix(first, "not a git repository"):
		return errors.New("this is not in a git repository; name a file to compare with")
	case strings.Contains(complaint, "lazy fetching disabled"), strings.Contains(complaint, "' not allowed"):
		return errors.New("this partial clone does not hold the files of that revision, and errgen fetches nothing; " +
			"`git show REV:PATH` fetches one")
	case strings.Contains(first, "dubious ownership"):
		_, path, _ := strings.Cut(first, "'")
		return fmt.Errorf("the repository belongs to somebody else, and git does not trust it; if you do: "+
			"git config --global --add safe.directory %q", strings.TrimSuffix(path, "'"))
	case first == "":
		return fmt.Errorf("git failed: %w", err)
	}
	return fmt.Errorf("git failed: %s", diag.Visible(first))
}

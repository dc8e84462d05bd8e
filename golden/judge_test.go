package golden

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"go/types"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/breaking"
	"github.com/sigsentry/errgen/generator/catalog"
)

var (
	judgeSingle = flag.Int("judge.single", 8, "how many changed catalogs the gate is judged by")
	judgeDouble = flag.Int("judge.double", 2, "how many catalogs with two changes")
	judgeSeed   = flag.Uint64("judge.seed", 1, "where the changes begin")
	judgeCase   = flag.String("judge.case", "", "the one case that is changed")
)

// The judged catalogs are those of these cases.
var judged = []string{
	"details", "every-field", "recursive", "statuses", "free-details", "common-details", "wire-names", "descriptions",
	"envelope-nested", "envelope-problem", "operations",
}

// The gate has a judge that is not itself: catalogs are changed at random, programs that use everything of the old
// outputs are compiled against the new ones, and old clients read what new servers send. What breaks is reported, and
// what is reported breaks.
func TestJudge(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles much")
	}
	j := newJudge(t)
	seed := *judgeSeed
	for changes, most := range []int{1: *judgeSingle, 2: *judgeDouble} {
		for judged := 0; judged < most; seed++ {
			if j.try(t, seed, changes) {
				judged++
			}
		}
	}
	t.Logf("judged %d catalogs: %v", j.count, j.verdicts)
	t.Logf("changes: %v", j.tried)
}

type judge struct {
	dir      string
	golang   *goJudge
	node     io.Writer
	answers  *bufio.Reader
	count    int
	verdicts map[string]int
	tried    map[string]int
}

func newJudge(t *testing.T) *judge {
	t.Helper()
	command := exec.Command(nodePath(t), "--no-warnings", "typescript/judge.mjs")
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	command.Stderr = &words
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := command.Wait(); err != nil {
			t.Error(err, words.String())
		}
	})
	j := &judge{
		dir: t.TempDir(), golang: &goJudge{map[string]*types.Package{}, map[string]string{}},
		node: in, answers: bufio.NewReaderSize(out, 1<<20), verdicts: map[string]int{}, tried: map[string]int{},
	}
	const plain = "version: 1\ninfo: {title: E}\ncategories: {a: {title: A}}\n" +
		"errors: {ONE: {status: 500, category: a, meaning: One}}\n"
	library, err := j.side([]byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	j.ask(t, map[string]string{"library": library.files["typescript/errors.ts"]}, nil)
	return j
}

// ask has the long-lived program answer a question.
func (j *judge) ask(t *testing.T, question, answer any) {
	t.Helper()
	line, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.node.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	reply, err := j.answers.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	if answer != nil {
		fromJSON(t, reply, answer)
	}
}

// references are the changes that put a schema into types, or take it from there.
var references = []string{"type for a schema", "schema to a type", "schema for a type"}

// side is a catalog with all that is generated from it.
type side struct {
	catalog *catalog.Catalog
	files   map[string]string
	breaking.Side
}

// side generates from a catalog; the error is a mistake in it.
func (j *judge) side(text []byte) (*side, error) {
	path := filepath.Join(j.dir, "errors.yaml")
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return nil, err
	}
	options := generator.Options{Catalog: path, MaxSize: 1 << 24, Folder: j.dir}
	for _, name := range []string{"go", "typescript", "openapi", "markdown", "json"} {
		options.Configured = append(options.Configured, generator.Selection{Name: name, Out: filepath.Join(j.dir, name)})
	}
	result, err := generator.Generate(options)
	if err != nil {
		return nil, err
	}
	if err := result.Diagnostics.Err(); err != nil {
		return nil, err
	}
	c, _, err := generator.Load(path, 1<<24)
	if err != nil {
		return nil, err
	}
	s := &side{catalog: c, files: map[string]string{}}
	for _, f := range result.Files {
		name, err := filepath.Rel(j.dir, f.Path)
		if err != nil {
			return nil, err
		}
		s.files[filepath.ToSlash(name)] = string(f.Content)
	}
	options.Configured = options.Configured[:2]
	surfaces, err := generator.Surfaces(options, c)
	s.Side = breaking.Side{Catalog: c, Surfaces: surfaces}
	return s, err
}

// trial is one pair of catalogs with the verdict of the gate and what really breaks.
type trial struct {
	before, after *side
	changes       []breaking.Change
	golang        []string // complaints of the compiler
	typescript    answer
	wire          []string // what deployed clients meet
	acts          []string // what acts differently when it is compiled again
	rewritten     bool     // what means the same: in another order, or with a name for a schema that has none in code
}

// try judges the gate by one change, or several, of one catalog. It is false where that gave no other catalog.
func (j *judge) try(t *testing.T, seed uint64, changes int) bool {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, uint64(changes)))
	name := cmp.Or(*judgeCase, judged[r.IntN(len(judged))])
	tree, err := parseTree(r, readFile(t, filepath.Join(name, "errors.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	for range r.IntN(3) { // so that catalogs are not always the same
		tree.mutate()
	}
	text := tree.text()
	before, err := j.side(text)
	if err != nil {
		j.verdicts["no catalog"]++
		return false
	}
	tree.said = nil
	for tries := 0; len(tree.said) < changes && tries < 20; tries++ {
		tree.mutate()
	}
	if bytes.Equal(text, tree.text()) {
		return false
	}
	after, err := j.side(tree.text())
	if err != nil {
		j.verdicts["refused"]++
		return false
	}
	x := &trial{before: before, after: after, changes: breaking.Compare(before.Side, after.Side)}
	x.rewritten = slices.ContainsFunc(tree.said, func(said string) bool {
		return strings.HasSuffix(said, "in another order") || slices.Contains(references, said)
	})
	j.compile(t, x)
	j.exchange(t, x)
	j.count++
	for _, said := range tree.said {
		j.tried[said]++
	}
	if wrong := x.wrong(); len(wrong) > 0 {
		t.Errorf("seed %d, %s, %q:\n%s\n%s", seed, name, tree.said, strings.Join(wrong, "\n"), x.describe())
		keep(t, seed, text, tree.text())
	}
	j.verdicts[x.worst()]++
	return true
}

func (j *judge) compile(t *testing.T, x *trial) {
	t.Helper()
	const file = "go/errors.gen.go"
	var err error
	if x.golang, err = j.golang.complaints(x.before.files[file], x.after.files[file]); err != nil {
		t.Fatal(err)
	}
	if len(x.golang) > 0 {
		if found, err := j.golang.complaints(x.before.files[file], x.before.files[file]); err != nil || len(found) > 0 {
			t.Fatalf("the program does not compile beside its own package: %v, %v", err, found)
		}
	}
	was, is := goFacts(x.before.files[file]), goFacts(x.after.files[file])
	for _, code := range slices.Sorted(maps.Keys(was)) {
		if now, known := is[code]; known && now != was[code] {
			x.acts = append(x.acts, "Go: "+code+" "+now+", was "+was[code])
		}
	}
}

// sample is an error to send.
type sample struct {
	Code     string `json:"code"`
	Status   int    `json:"status"`
	Details  any    `json:"details,omitempty"`
	Promised bool   `json:"promised"` // details, to the client
	Header   string `json:"-"`
}

// received is what a client makes of a response.
type received struct {
	Lost, Delayed, Typed             bool
	Code, Message, RequestID, Failed string
}

type answer struct {
	Wrong, Client, Exhaustive []string
	Before, After             struct {
		Said     map[string]string
		Internal string
	}
	Received, ReceivedBefore []received
}

// exchange has the old client read what old and new servers send.
func (j *judge) exchange(t *testing.T, x *trial) {
	t.Helper()
	known := map[string]*catalog.Error{}
	for _, e := range x.before.catalog.Errors {
		known[e.Code] = e
	}
	question := struct {
		Before   string   `json:"before"`
		After    string   `json:"after"`
		Samples  []sample `json:"samples"`
		Returned []sample `json:"returned"`
	}{Before: x.before.files["typescript/errors.ts"], After: x.after.files["typescript/errors.ts"], Samples: []sample{}}
	for _, e := range x.before.catalog.Errors {
		question.Returned = append(question.Returned, samplesOf(e, e)[0])
	}
	for _, e := range x.after.catalog.Errors {
		if b := known[e.Code]; b != nil {
			question.Samples = append(question.Samples, samplesOf(e, b)...)
		}
	}
	if j.ask(t, question, &x.typescript); len(x.typescript.Wrong) > 0 {
		t.Fatalf("the program does not compile beside its own module: %v", x.typescript.Wrong)
	}
	reads := map[string]received{}
	for i, r := range x.typescript.ReceivedBefore {
		reads[question.Returned[i].Code] = r
	}
	for i, r := range x.typescript.Received {
		s := question.Samples[i]
		x.compareReceived(s, reads[s.Code], r)
	}
	for code, is := range x.typescript.After.Said {
		if was, both := x.typescript.Before.Said[code]; both && was != is {
			x.acts = append(x.acts, "TypeScript: "+code+" "+is+", was "+was)
		}
	}
	if was, is := x.typescript.Before.Internal, x.typescript.After.Internal; was != is {
		x.acts = append(x.acts, "TypeScript: other errors are "+is+", were "+was)
	}
	x.compareCatalogs(known)
}

// samplesOf returns errors with one code as a server may send them to a client that was built for another catalog.
func samplesOf(sent, known *catalog.Error) (all []sample) {
	seen := map[string]bool{}
	for _, status := range statusesOf(sent.Status) {
		for _, s := range samplers {
			one := sample{Code: sent.Code, Status: status, Promised: known.Details != nil}
			if sent.Details != nil {
				one.Details = s.sample(sent.Details)
			}
			if key := jsonText(one); !seen[key] {
				seen[key] = true
				all = append(all, one)
			}
		}
	}
	return all
}

// compareReceived finds what a deployed client reads of its own server and not of the new one.
func (x *trial) compareReceived(s sample, was, is received) {
	meets := func(format string, args ...any) {
		sent := fmt.Sprintf("%s %d %.200s: ", s.Code, s.Status, jsonText(s.Details))
		x.wire = append(x.wire, sent+fmt.Sprintf(format, args...))
	}
	switch {
	case is.Failed != "":
		meets("failed: %s", is.Failed)
	case is.Lost && !was.Lost:
		meets("taken for a success")
	case is.Code != was.Code:
		meets("code %q, was %q", is.Code, was.Code)
	case is.Message != was.Message:
		meets("message %q, was %q", is.Message, was.Message)
	case is.RequestID != was.RequestID:
		meets("request id %q, was %q", is.RequestID, was.RequestID)
	case was.Typed && !is.Typed:
		meets("details are not typed")
	}
}

package golden

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
)

// language is what languages/NAME/language.yaml says: how the outputs of the target NAME are proven. Commands are
// split at spaces and run without a shell, with the folders of Path before those of $PATH; node is the one that
// golden/package.json brings. In Options, Folder, Each, Index and Usages, NAME stands for the name of a catalog as an
// identifier, such as envelope_low.
type language struct {
	Needs   []string // programs that have to be there: without one the tests are skipped, or fail with CI=true
	Install struct { // run in the language's folder unless they ran before with the same lock files
		Lock []string
		Run  []string
	}
	Path    []string          // folders of programs that Install brings
	Options map[string]string // of the target
	Folder  string            // in build: where the output of a catalog goes
	Each    map[string]string // further files of each catalog: a path in build, and the file of the language's folder
	Index   map[string]string // files with a line for each catalog: a path in build, and the line
	Compile []string          // commands in build, in turn: what the client needs, and that has nothing to object to
	Check   map[string]string // commands in build, by what they are called, that have nothing to object to
	Client  string            // command in build: see talk
	Shape   string            // command in build that prints the parts of a file: see shape
	Usages  usageFile
	Guide   guideFile

	name, dir string
	catalogs  map[string]*catalog.Catalog // what stands in build, by name
	outputs   map[string][]string         // their files
}

// usageFile is a file with the pieces of code that a page shows for a catalog.
type usageFile struct {
	Path  string // in build
	Head  string
	Piece string // what stands around a piece; N is its number, PIECE the piece, behind what stands before it in the line
}

// guideFile is a file for each piece of code of the target's README.md, which uses the output of the catalog out.
type guideFile struct {
	Path    string            // in build; N_ is the number of a piece
	Replace map[string]string // what the guide calls that output, and what is its name in build
}

func languages(t *testing.T) []*language {
	t.Helper()
	files, err := filepath.Glob("languages/*/language.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no languages", err)
	}
	all := make([]*language, len(files))
	for i, file := range files {
		l := &language{dir: filepath.Dir(file), catalogs: map[string]*catalog.Catalog{}, outputs: map[string][]string{}}
		l.name = filepath.Base(l.dir)
		d := yaml.NewDecoder(bytes.NewReader(readFile(t, file)))
		d.KnownFields(true)
		if err := d.Decode(l); err != nil {
			t.Fatal(file, err)
		}
		all[i] = l
	}
	return all
}

// The output of each target that has a folder in languages is proven with the tools of its language: for every catalog
// the compiler and the linters find nothing to say, clients see and send what the package wire does, errors that
// are raised fit the OpenAPI document, no text becomes code, and what pages show compiles.
func TestLanguages(t *testing.T) {
	t.Parallel()
	for _, l := range languages(t) {
		t.Run(l.name, func(t *testing.T) {
			l.install(t) // one after the other: neither apt nor Maven likes company
			t.Parallel()
			l.build(t)
			for _, command := range l.Compile {
				l.run(t, nil, command)
			}
			for _, name := range slices.Sorted(maps.Keys(l.Check)) {
				t.Run("check/"+name, func(t *testing.T) {
					t.Parallel() // when all below is done
					l.run(t, nil, l.Check[name])
				})
			}
			t.Run("vectors", l.readVectors)
			t.Run("agree", l.agree)
			t.Run("envelopes", l.followEnvelopes)
			t.Run("internal", l.hideOtherErrors)
			t.Run("server", l.fitsOpenAPI)
			t.Run("go-server", l.readsGo)
			if l.Shape != "" {
				t.Run("injection", l.keepTexts)
			}
		})
	}
}

// languageCatalogs returns all catalogs that a language is tried with, by name: those of golden that have no mistakes,
// the odd ones, and the worst.
func languageCatalogs(t *testing.T) map[string][]byte {
	t.Helper()
	named := map[string][]byte{}
	for name, text := range typeScriptCatalogs(t) {
		named[identifier(name)] = text
	}
	return named
}

func identifier(name string) string { return strings.ReplaceAll(name, "-", "_") }

// install sees that the language's programs are there.
func (l *language) install(t *testing.T) {
	t.Helper()
	for _, program := range l.Needs {
		need(t, program)
	}
	if len(l.Install.Run) > 0 {
		install(t, l.dir, l.Install.Lock, l.Install.Run...)
	}
}

// install runs commands in a folder, unless they ran there before with the same lock files. Where they fail the test is
// skipped, and fails in CI.
func install(t *testing.T, folder string, locks []string, commands ...string) {
	t.Helper()
	var locked []byte
	for _, lock := range locks {
		locked = append(locked, readFile(t, filepath.Join(folder, lock))...)
	}
	mark := filepath.Join(folder, ".installed")
	if before, err := os.ReadFile(mark); err == nil && bytes.Equal(before, locked) {
		return
	}
	for _, command := range commands {
		if out, err := run(folder, strings.Fields(command)...); err != nil && os.Getenv("CI") != "" {
			t.Fatalf("%s: %v\n%s", command, err, out)
		} else if err != nil {
			t.Skipf("%s: %v\n%s", command, err, out)
		}
	}
	writeFile(t, mark, locked)
}

// build writes the outputs of all catalogs, and takes away what stood there before. A file that is the same is not
// written, so that tools know what they have looked at already.
func (l *language) build(t *testing.T) {
	t.Helper()
	files := map[string][]byte{}
	texts := languageCatalogs(t)
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		l.addCatalog(t, files, name, texts[name])
	}
	l.addGuide(t, files)
	folder := filepath.Join(l.dir, "build")
	for path, content := range files {
		path = filepath.Join(folder, path)
		if before, err := os.ReadFile(path); err != nil || !bytes.Equal(before, content) {
			writeFile(t, path, content)
		}
	}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if name, err := filepath.Rel(folder, path); err != nil || files[name] == nil {
			return os.Remove(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (l *language) addCatalog(t *testing.T, files map[string][]byte, name string, text []byte) {
	t.Helper()
	l.catalogs[name] = load(t, name, text)
	fill := func(text string) string { return strings.ReplaceAll(text, "NAME", name) }
	outputs, pieces := l.generate(t, name, text)
	for path, content := range outputs {
		path = filepath.Join(fill(l.Folder), path)
		l.outputs[name] = append(l.outputs[name], path)
		files[path] = content
	}
	for path, source := range l.Each {
		files[fill(path)] = []byte(fill(string(readFile(t, filepath.Join(l.dir, source)))))
	}
	for path, line := range l.Index {
		files[path] = append(files[path], fill(line)+"\n"...)
	}
	if l.Usages.Path != "" {
		files[fill(l.Usages.Path)] = []byte(fill(l.Usages.Head) + l.Usages.around(pieces))
	}
}

func load(t *testing.T, name string, text []byte) *catalog.Catalog {
	t.Helper()
	c, found := catalog.Load("errors.yaml", text, document.DefaultMaxSize)
	if found.Err() != nil {
		t.Fatal(name, found)
	}
	return c
}

// addGuide adds the pieces of code of the guide: whole files, marked with the name of the language.
func (l *language) addGuide(t *testing.T, files map[string][]byte) {
	t.Helper()
	if l.Guide.Path == "" {
		return
	}
	guide := string(readFile(t, "../templates/"+l.name+"/README.md"))
	block := regexp.MustCompile("(?ms)^```" + l.name + "\n(.*?)^```$")
	for i, piece := range block.FindAllStringSubmatch(guide, -1) {
		code := piece[1]
		for word, name := range l.Guide.Replace {
			code = strings.ReplaceAll(code, word, name)
		}
		files[strings.ReplaceAll(l.Guide.Path, "N_", fmt.Sprint(i))] = []byte(code)
	}
}

// around returns the pieces, each in what stands around it: every line of a piece begins as its first does.
func (u *usageFile) around(pieces []string) string {
	var b strings.Builder
	indent := regexp.MustCompile(`(?m)^([ \t]*)PIECE$`).FindStringSubmatch(u.Piece)[1]
	for i, piece := range pieces {
		piece = strings.ReplaceAll(piece, "\n", "\n"+indent)
		piece = regexp.MustCompile(`(?m)^[ \t]+$`).ReplaceAllString(piece, "")
		code := strings.ReplaceAll(u.Piece, "N_", fmt.Sprint(i))
		b.WriteString(strings.Replace(code, "PIECE", piece, 1))
	}
	return b.String()
}

// generate returns what the target writes for a catalog, and the pieces of code that a page shows.
func (l *language) generate(t *testing.T, name string, text []byte) (outputs map[string][]byte, pieces []string) {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "errors.yaml"), text)
	options := map[string]string{}
	for option, value := range l.Options {
		options[option] = strings.ReplaceAll(value, "NAME", name)
	}
	targets := []generator.Selection{{Name: l.name, Out: l.name, Settings: options}, {Name: "html", Out: "html"}}
	result, err := generator.Generate(generator.Options{
		Catalog: filepath.Join(dir, "errors.yaml"), MaxSize: 1 << 24, Folder: dir, Targets: targets, Configured: targets,
	})
	if err != nil || len(result.Files) == 0 {
		t.Fatal(name, err, result.Diagnostics)
	}
	outputs = map[string][]byte{}
	for _, file := range result.Files {
		if path, err := filepath.Rel(l.name, file.Path); err == nil && !strings.HasPrefix(path, "..") {
			outputs[path] = file.Content
		} else {
			pieces = l.pieces(t, file.Content)
		}
	}
	return outputs, pieces
}

// pieces returns the code that a page shows in the language: one piece for each code of the catalog.
func (l *language) pieces(t *testing.T, page []byte) []string {
	t.Helper()
	var target struct{ Usage struct{ Title string } }
	if err := yaml.Unmarshal(readFile(t, "../templates/"+l.name+"/target.yaml"), &target); err != nil {
		t.Fatal(err)
	}
	title := regexp.QuoteMeta(target.Usage.Title)
	return group(regexp.MustCompile(`(?s)<h4>`+title+`</h4>\n<pre><code>(.*?)</code></pre>`), string(page))
}

// run runs a command in build, and returns what it prints.
func (l *language) run(t *testing.T, input []byte, command string) []byte {
	t.Helper()
	words := strings.Fields(command)
	if words[0] == "node" {
		words[0] = nodePath(t)
	}
	folders := os.Getenv("PATH")
	for _, folder := range l.Path {
		folder = absolute(t, filepath.Join(l.dir, folder))
		folders = folder + string(os.PathListSeparator) + folders
		if path := filepath.Join(folder, words[0]); isFile(path) {
			words[0] = path
		}
	}
	var said bytes.Buffer
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir, cmd.Stdin, cmd.Stderr = filepath.Join(l.dir, "build"), bytes.NewReader(input), &said
	cmd.Env = append(os.Environ(), "PATH="+folders)
	start := time.Now()
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%.8000s\n%.4000s", command, err, &said, out)
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	t.Logf("%.1f s, %.1f s of CPU: %s", time.Since(start).Seconds(), cpu.Seconds(), command)
	return out
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// told is what a client says of a response.
type told struct {
	values map[string]string // by key; nil: it sees no error
}

// talk has the language's client read responses and returns what it says of each. The client reads lines: the name of
// a catalog, a tab, and a message in base64: the status, headers, an empty line and the body. For each it prints a
// line, empty where it sees no error, else of key=value with tabs between them and the values in base64. The keys are
//
//	code, message, requestId, status, retryable (true or false), rawDetails (JSON) — left out where there are none
//	retryAfter    seconds to wait, left out where the server did not say
//	delay         seconds to wait after the third try
//	sent          the message that is sent on, as it was received
//	changed       the same where the text of the error has got a "!" behind it
//	raised        the message of a new error with the same code, details, text, request id and delay, if the catalog
//	              knows the code, and its details, where it has some, fit
//
// With the status 0 there is no response: sent is then the answer to an exception that is not of the catalog, with the
// text "not to be sent", and the line is empty where the catalog has no code for it.
func (l *language) talk(t *testing.T, all []exchange) []told {
	t.Helper()
	var input bytes.Buffer
	for _, x := range all {
		message := fmt.Appendf(nil, "%d\n", x.Status)
		for _, name := range slices.Sorted(maps.Keys(x.Header)) {
			message = fmt.Appendf(message, "%s: %s\n", name, x.Header.Get(name))
		}
		message = append(append(message, '\n'), x.Body...)
		fmt.Fprintf(&input, "%s\t%s\n", identifier(x.Package), base64.StdEncoding.EncodeToString(message))
	}
	lines := strings.Split(strings.TrimSuffix(string(l.run(t, input.Bytes(), l.Client)), "\n"), "\n")
	if len(lines) != len(all) {
		t.Fatalf("%d lines for %d responses", len(lines), len(all))
	}
	heard := make([]told, len(all))
	for i, line := range lines {
		heard[i] = hear(t, line)
	}
	return heard
}

func hear(t *testing.T, line string) told {
	t.Helper()
	if line = strings.TrimSpace(line); line == "" {
		return told{}
	}
	values := map[string]string{}
	for pair := range strings.SplitSeq(line, "\t") {
		key, coded, _ := strings.Cut(pair, "=")
		value, err := base64.StdEncoding.DecodeString(coded)
		if err != nil {
			t.Fatalf("%v in %.200q", err, pair)
		}
		values[key] = string(value)
	}
	return told{values}
}

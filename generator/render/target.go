// Package render says a catalog in one language. A target is a folder of data, its target.yaml and its templates.
package render

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/schema"
)

// Target is one language, or one format.
type Target struct {
	Name         string
	Description  string
	Out          string // default folder, with slashes; empty: runs only when named
	own          bool   // it is errgen's, whose templates are known to end
	html         bool   // the engine is html/template
	languages    bool   // templates see what each language calls an error
	usage        usage
	Project      Project
	files        []file
	options      map[string]option
	names        map[string]map[string]namePattern // by noun and key
	types        map[string]string
	declares     []string
	ofOperations []string                // that it declares where there are operations
	surface      map[string][]identifier // by noun
	structural   bool                    // types are what they hold, whatever they are called
	speller      speller
	strings      stringStyle
	comments     commentStyle
	bare         *regexp.Regexp    // wire names that need no quotes
	keys         map[string]string // wire names that are written in another way as keys
	folder       fs.FS
}

// usage is how code in the target's language handles an error.
type usage struct {
	Title    string // of the language
	Template string
}

// Project is how a project shows that it can use a target, and where the outputs of that usually lie in it.
type Project struct {
	Signs   []string // paths in the project, with slashes
	Folders []Folder
}

// Folder is a folder of a project. Patterns are those of path.Match; Has and HasNot are about what lies in the folder,
// or above it with "..".
type Folder struct {
	Path   string // a pattern
	Has    string // a pattern; empty: it need not be there, even the folder
	HasNot string `yaml:"hasNot"`
}

// file is one file that a target writes.
type file struct {
	name     string
	template string
	set      map[string]string // options that are fixed for this file
	when     string            // the field of Root that holds something where the file is written; empty: always
}

// definition is target.yaml.
type definition struct {
	Description string
	Out         string
	Engine      string
	Languages   bool
	Usage       usage
	Project     Project
	Files       map[string]struct {
		Template string
		Set      map[string]string
		When     string
	}
	Options map[string]option
	Words   []string
	Names   struct {
		Error     map[string]string
		Category  map[string]string
		Operation map[string]string
		Answer    map[string]string
		Status    map[string]string
		Type      string
		Field     string
		Value     string
	}
	Digit              byNoun[string]
	Types              map[string]string
	Declares           []string
	DeclaresOperations []string `yaml:"declaresOperations"`
	Surface            map[string]map[string][]string
	Reserved           byNoun[[]string]
	String             stringStyle
	Comment            commentStyle
	Bare               string
	Keys               map[string]string

	CaseInsensitive bool `yaml:"caseInsensitive"`
	Structural      bool
}

// Guide returns what the target says on how to use its output, in Markdown; empty if it says nothing.
func (t *Target) Guide() string {
	text, _ := fs.ReadFile(t.folder, "README.md") // none where there is no such file
	return string(text)
}

// Definition is the name of the file that makes a folder a target.
const Definition = "target.yaml"

var structure = sync.OnceValue(func() *document.Schema { return document.MustCompile(schema.Target) })

// Load reads the target in the folder of fsys with its name. Shown is the folder's path for messages. The definition of
// a user's target is checked; errgen's own are proven by a test.
func Load(fsys fs.FS, name, shown string, own bool) (*Target, diag.List, error) {
	folder, err := fs.Sub(fsys, name)
	if err != nil {
		return nil, nil, err
	}
	text, err := fs.ReadFile(folder, Definition)
	if err != nil {
		return nil, nil, err
	}
	shown = path.Join(shown, Definition)
	if !own {
		if found := mistakes(shown, text); found.HasErrors() {
			return nil, found, nil
		}
	}
	var d definition
	if err := document.Decode(text, &d); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", shown, err)
	}
	t, err := d.target(name, folder)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", shown, err)
	}
	t.own = own
	return t, nil, nil
}

// mistakes says what is wrong in the text of a definition.
func mistakes(name string, text []byte) diag.List {
	doc, found := document.Parse(name, text, document.DefaultMaxSize)
	if found.HasErrors() {
		return found
	}
	return structure().Check(doc)
}

func (d *definition) target(name string, folder fs.FS) (*Target, error) {
	t := &Target{
		Name: name, Description: d.Description, Out: d.Out, html: d.Engine == "html", languages: d.Languages,
		usage: d.Usage, Project: d.Project,
		options: map[string]option{}, types: d.Types, declares: d.Declares, ofOperations: d.DeclaresOperations,
		strings: d.String, comments: d.Comment, folder: folder, structural: d.Structural,
		speller: speller{
			special: map[string]string{}, digit: d.Digit,
			reserved: wordSets(d.Reserved, d.CaseInsensitive), ignoresCase: d.CaseInsensitive,
		},
	}
	t.strings.Unicode = cmp.Or(t.strings.Unicode, `\u%04x`)
	for _, word := range d.Words {
		t.speller.special[strings.ToLower(word)] = word
	}
	t.keys = d.Keys
	if d.Bare != "" {
		bare, err := regexp.Compile(d.Bare)
		if err != nil {
			return nil, err
		}
		t.bare = bare
	}
	for _, name := range slices.Sorted(maps.Keys(d.Files)) {
		if !fs.ValidPath(name) || strings.Contains(name, "\\") {
			return nil, fmt.Errorf("the file name %s is not a path inside the target's folder", diag.Quote(name))
		}
		f := d.Files[name]
		if f.When != "" && !isRootField(f.When) {
			return nil, fmt.Errorf("files.%s.when: there is no field %s of Root", diag.Visible(name), diag.Quote(f.When))
		}
		t.files = append(t.files, file{name: name, template: f.Template, set: f.Set, when: f.When})
	}
	for name, o := range d.Options {
		if err := o.compile(); err != nil {
			return nil, fmt.Errorf("options.%s: %w", name, err)
		}
		t.options[name] = o
	}
	return t, errors.Join(t.parseNames(d), t.parseSurface(d.Surface))
}

// The placeholders of each noun, beside the naming conventions.
var conventions = []string{"pascal", "camel", "snake", "upper", "kebab"}

func (t *Target) parseNames(d *definition) error {
	t.names = map[string]map[string]namePattern{}
	with := func(more ...string) []string { return append(more, conventions...) }
	single := func(pattern string) map[string]string {
		if pattern == "" {
			return nil
		}
		return map[string]string{"": pattern}
	}
	return errors.Join(
		t.parseNoun("error", d.Names.Error, conventions),
		t.parseNoun("category", d.Names.Category, conventions),
		t.parseNoun("operation", d.Names.Operation, conventions),
		t.parseNoun("answer", d.Names.Answer, with("n")),
		t.parseNoun("status", d.Names.Status, []string{"n", "reason"}),
		t.parseNoun("type", single(cmp.Or(d.Names.Type, "{pascal}")), conventions),
		t.parseNoun("field", single(d.Names.Field), conventions),
		t.parseNoun("value", single(d.Names.Value), with("type")),
	)
}

func (t *Target) parseNoun(noun string, patterns map[string]string, known []string) error {
	t.names[noun] = map[string]namePattern{}
	for key, pattern := range patterns {
		p, err := parsePattern(pattern, known...)
		if err != nil {
			return fmt.Errorf("names.%s: %w", noun, err)
		}
		t.names[noun][key] = p
	}
	return nil
}

// Files returns the names of the files that the target writes, with slashes.
func (t *Target) Files() []string {
	names := make([]string, len(t.files))
	for i, f := range t.files {
		names[i] = f.name
	}
	return names
}

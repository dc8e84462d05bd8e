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

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
)

// option is what users can set of a target.
type option struct {
	Description string
	Default     string
	Pattern     string
	FromFolder  *fromFolder `yaml:"fromFolder"`
	File        string      // what kind of file the value names, see Target.FileOption
	FromAPI     versions    `yaml:"fromAPI"` // the value by the version of the API's document

	pattern *regexp.Regexp
}

// versions has values by the beginnings of versions.
type versions map[string]string

// of returns the value of a version, by its longest beginning that is there, or "".
func (v versions) of(version string) (value string) {
	longest := -1
	for beginning, of := range v {
		if strings.HasPrefix(version, beginning) && len(beginning) > longest {
			longest, value = len(beginning), of
		}
	}
	return value
}

// fromFolder says how the folder that a target writes to gives an option its value: by the files that lie there, else
// by a variable where the folder is the working folder, else by its name.
type fromFolder struct {
	Files   []string // patterns of their names; those that begin with ! leave files out again
	Pattern string   // whose first group is the value
	Env     string
	Except  []string // not taken from a name, and from files only if they say nothing else

	pattern *regexp.Regexp
}

// harmless is the pattern of an option without one: nothing in it could mean something to a language.
const harmless = `^[A-Za-z0-9_./@-]*$`

// compile reads the patterns of an option.
func (o *option) compile() (err error) {
	if o.pattern, err = regexp.Compile(cmp.Or(o.Pattern, harmless)); err != nil || o.FromFolder == nil {
		return err
	}
	if o.FromFolder.pattern, err = regexp.Compile(o.FromFolder.Pattern); err != nil {
		return err
	}
	switch groups := o.FromFolder.pattern.NumSubexp(); {
	case o.FromFolder.Pattern == "" && len(o.FromFolder.Files) > 0:
		return errors.New("fromFolder says no pattern to find the value with in its files")
	case o.FromFolder.Pattern != "" && groups == 0:
		return errors.New("fromFolder.pattern has no group ( ) around the value")
	}
	for _, glob := range o.FromFolder.Files {
		if _, err := path.Match(glob, ""); err != nil {
			return fmt.Errorf("fromFolder.files: %s is no pattern", diag.Quote(glob))
		}
	}
	return nil
}

// Option is what people read of an option.
type Option struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Default     string `json:"default"`
}

// Options returns the options of a target in the order of their names.
func (t *Target) Options() []Option {
	all := make([]Option, 0, len(t.options))
	for _, name := range slices.Sorted(maps.Keys(t.options)) {
		o := t.options[name]
		all = append(all, Option{name, o.Description, o.Default})
	}
	return all
}

// Place is where a target writes, as far as its options ask.
type Place struct {
	Folder string                   // path, with slashes
	Files  fs.FS                    // that lie in it; nil: none
	Getenv func(name string) string // nil where the folder is not the working folder
}

// Settings checks options and fills in the defaults.
func (t *Target) Settings(given map[string]string, at Place) (map[string]string, error) {
	settings := map[string]string{}
	for name, o := range t.options {
		if _, set := given[name]; !set {
			settings[name] = cmp.Or(t.fromFolder(o, at), o.Default)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		o, known := t.options[name]
		if !known {
			return nil, fmt.Errorf("the target %s has no option %s%s",
				t.Name, diag.Quote(name), hint(name, t.options))
		}
		if o.File == "" && !t.takes(o, given[name]) {
			return nil, fmt.Errorf("the value %s does not fit the option %s.%s, which takes %s and no reserved word",
				diag.Quote(given[name]), t.Name, name, o.pattern)
		}
		settings[name] = given[name]
	}
	return settings, nil
}

// FileOption returns the option that names a file of a kind which the target reads, or "". There is one kind, openapi:
// the document of the API.
func (t *Target) FileOption(kind string) string {
	for name, o := range t.options {
		if o.File == kind {
			return name
		}
	}
	return ""
}

// printable returns the settings that templates can print: a path is none of them. An option that users have not set
// may have its value from the API's document.
func (t *Target) printable(settings map[string]string, api *openapi.Held) map[string]string {
	shown := maps.Clone(settings)
	for name, o := range t.options {
		if o.File != "" {
			delete(shown, name)
		}
		if api != nil && shown[name] == o.Default {
			shown[name] = cmp.Or(o.FromAPI.of(api.Version), o.Default)
		}
	}
	return shown
}

// takes reports whether an option may have a value: it ends up in the language as it is.
func (t *Target) takes(o option, value string) bool {
	isReserved := func(word string) bool { return t.speller.isReserved("", word) }
	return o.pattern.MatchString(value) && !slices.ContainsFunc(separators().Split(value, -1), isReserved)
}

// separators stand between the words of a package or a namespace.
var separators = document.Pattern(`[./\\:]`)

// fromFolder returns the value that the place gives to an option, or "".
func (t *Target) fromFolder(o option, at Place) string {
	from := o.FromFolder
	if from == nil {
		return ""
	}
	if value := t.fromFiles(o, at.Files); value != "" {
		return value
	}
	if at.Getenv != nil && from.Env != "" {
		if value := at.Getenv(from.Env); value != "" && t.takes(o, value) {
			return value
		}
	}
	if last := path.Base(at.Folder); t.takes(o, last) && !slices.Contains(from.Except, last) {
		return last
	}
	return ""
}

// fromFiles returns the value that the files in a folder say, other than the target's own. What cannot be read says
// nothing.
func (t *Target) fromFiles(o option, folder fs.FS) (value string) {
	if folder == nil || len(o.FromFolder.Files) == 0 {
		return ""
	}
	entries, _ := fs.ReadDir(folder, ".") // none where there is no such folder
	for _, e := range entries {
		if e.IsDir() || !o.FromFolder.reads(e.Name()) || slices.Contains(t.Files(), e.Name()) {
			continue
		}
		text, err := fs.ReadFile(folder, e.Name())
		groups := o.FromFolder.pattern.FindSubmatch(text)
		if err != nil || groups == nil || !t.takes(o, string(groups[1])) {
			continue
		}
		if value = string(groups[1]); !slices.Contains(o.FromFolder.Except, value) {
			return value
		}
	}
	return value
}

// reads reports whether a file of this name counts.
func (f *fromFolder) reads(name string) (counts bool) {
	for _, glob := range f.Files {
		glob, out := strings.CutPrefix(glob, "!")
		if matches, _ := path.Match(glob, name); matches {
			counts = !out
		}
	}
	return counts
}

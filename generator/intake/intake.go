// Package intake reads the codes that a team has, from files of many formats, and makes one catalog of them.
//
// Nothing is guessed in silence. What a file says of a code becomes facts with their places; where they do not agree,
// or where it is not certain what they say, the catalog leaves the field open and names the candidates.
package intake

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/lint"
)

// Options say how files are read.
type Options struct {
	Map    map[string]string // column or field of the files, by what it holds: code, status, meaning…
	Select string            // where the codes are in a file: a JSON pointer, or the name of an enum
	Status int               // of codes whose status is not certain; 0: they are left open
	// InferRequired takes properties of details for required that all of at least 20 answers had.
	InferRequired bool
	Trace         bool  // say at each code where it is from
	MaxSize       int64 // of a file, in bytes
	Stdin         io.Reader
}

// Import is what was found in files.
type Import struct {
	Files []*File
	Found diag.List

	options   Options
	codes     []*code
	byName    map[string]*code
	about     about
	constants constants // of all Go files
}

// File is what was found in one file.
type File struct {
	Path    string
	Format  string   // in words
	Codes   int      // found here
	Open    int      // of them, those with something to decide
	Left    int      // rows and the like that were left out, each with a diagnostic
	Notes   []string // what was passed over, and what to do about it
	entries []entry
	names   []string // of columns and fields
	refused bool
}

// entry is a code as one place of a file has it.
type entry struct {
	code  string
	place diag.Place
	facts []fact
}

// fact is what one place says of one field of a code.
type fact struct {
	key    string         // as in a catalog
	value  *document.Node // as in a catalog
	place  diag.Place
	from   string // what says it, where the place does not tell: column "message"
	count  int    // answers that had it; 0: it is written there for good
	doubt  bool   // it may be something else
	remark string // for a comment beside the value
	layout bool   // it follows from where the code stands or from samples, and gives way to what is said
}

// reader is one run over one file.
type reader struct {
	*Options
	*File
	doc       *document.Document
	wrong     diag.List // with the bytes of the file
	found     *diag.List
	about     *about
	constants constants
	gofile    *gofile // nil: it is none
}

// about is what files say of the catalog as a whole.
type about struct {
	envelope   *document.Node            // that all files have, also where it is the default one; nil: none has one
	differ     bool                      // files do not agree on it
	categories []category                // in the order in which they were found
	sections   map[string]*document.Node // info, types, retired, sections and the like, as in a catalog
}

// category is a category of the catalog.
type category struct {
	key, title string
	more       *document.Node // what else is known of it, or nil
}

// stdin is the name for people of standard input.
const stdin = "<stdin>"

// Read reads files, and standard input for -. The error is trouble with one of them, or with the options.
func Read(paths []string, options Options) (*Import, error) {
	im := &Import{options: options, byName: map[string]*code{}, constants: constants{},
		about: about{sections: map[string]*document.Node{}}}
	var readers []*reader
	for _, path := range paths {
		r, err := im.open(path)
		if err != nil {
			return nil, err
		}
		readers = append(readers, r)
		im.Files = append(im.Files, r.File)
		r.parseGo()
	}
	for _, r := range readers {
		r.file()
	}
	if err := im.checkMap(); err != nil {
		return nil, err
	}
	im.merge()
	im.Found.Sort()
	return im, nil
}

// Envelope returns the envelope that all error responses of an API description have: nil for the default one. The error
// says why none is certain.
func Envelope(path string, maxSize int64) (*document.Node, error) {
	im, err := Read([]string{path}, Options{MaxSize: maxSize})
	switch {
	case err != nil:
		return nil, err
	case im.Refused():
		return nil, errors.New(im.Found[0].Message)
	case im.about.envelope == nil || im.about.differ:
		return nil, errors.New(strings.Join(im.Files[0].Notes, "; "))
	}
	return im.about.ownEnvelope(), nil
}

// open reads the bytes of a file.
func (im *Import) open(path string) (*reader, error) {
	var text []byte
	var err error
	if path == "-" && im.options.Stdin != nil {
		path = stdin
		text, err = disk.ReadAll(path, im.options.Stdin, im.options.MaxSize)
	} else {
		text, err = disk.Read(path, im.options.MaxSize)
	}
	if errors.Is(err, disk.ErrTooLarge) {
		return nil, fmt.Errorf("%w; raise it with --max-size, or import only the part with the errors", err)
	}
	if err != nil {
		return nil, err
	}
	doc, found := document.ParseText(path, text, im.options.MaxSize)
	return &reader{Options: &im.options, File: &File{Path: path}, doc: doc, wrong: found, found: &im.Found,
		about: &im.about, constants: im.constants}, nil
}

// refuse says that nothing of a file can be taken, and what to do.
func (r *reader) refuse(at diag.Place, message, hint string) {
	at.File = r.Path
	r.refused = true
	r.found.Add(diag.Diagnostic{Rule: "import-unclear", Message: message, Hint: hint, Place: at})
}

// unclear says that something was left out, since it is not certain what it says.
func (r *reader) unclear(at diag.Place, message, hint string) {
	r.Left++
	r.found.Add(diag.Diagnostic{Rule: "import-unclear", Severity: diag.Warning, Message: message, Hint: hint, Place: at})
}

// note says what was passed over.
func (f *File) note(text string) {
	if !slices.Contains(f.Notes, text) {
		f.Notes = append(f.Notes, text)
	}
}

// phrase leaves out the full stop of a phrase, as `errgen lint --fix` would.
func phrase(key string, value *document.Node) *document.Node {
	if key != "meaning" && key != "recovery" || value.Kind != document.String {
		return value
	}
	return document.NewString(lint.WithoutFullStop(value.Text))
}

// add takes what a place says of a code.
func (r *reader) add(e entry) {
	if message := wrongCode(e.code); message != "" {
		r.unclear(e.place, message, "write it into the catalog by hand, or correct it there")
		return
	}
	r.entries = append(r.entries, e)
}

// take adds a fact that says something.
func (e *entry) take(f fact) {
	if f.value != nil && !(f.value.Kind == document.String && strings.TrimSpace(f.value.Text) == "") {
		f.value = phrase(f.key, f.value)
		e.facts = append(e.facts, f)
	}
}

// say adds what a place says for sure.
func (e *entry) say(key string, value *document.Node, at diag.Place) {
	e.take(fact{key: key, value: value, place: at})
}

// Refused reports whether nothing of some file could be taken.
func (im *Import) Refused() bool {
	return slices.ContainsFunc(im.Files, func(f *File) bool { return f.refused })
}

package project

import (
	"bytes"
	_ "embed"
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/document"
)

//go:embed starter/recorder.go.txt
var goRecorder []byte

// RecorderName is the file that records the errors which a test of Go meets.
const RecorderName = "errgen_record_test.go"

// NewRecorder returns the file that records errors in the tests of a folder, in a language.
func NewRecorder(language, folder string) (disk.File, error) {
	if language != "go" {
		return disk.File{}, fmt.Errorf("there is a recorder for go, not for %s; the guides of the other languages show "+
			"how to record: see `errgen verify --help`", diag.Quote(language))
	}
	path := filepath.Join(folder, RecorderName)
	name, err := testPackage(folder)
	return disk.File{Path: path, Content: bytes.Replace(goRecorder, []byte("{package}"), []byte(name), 1)}, err
}

var packageName = document.Pattern(`^[a-z][a-z0-9_]*$`)

// testPackage returns the package of the tests in a folder, else of its other files, else what the folder is called.
func testPackage(folder string) (string, error) {
	for _, name := range append(matches(folder, "*_test.go"), matches(folder, "*.go")...) {
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, name), nil, parser.PackageClauseOnly)
		if err == nil {
			return file.Name.Name, nil
		}
	}
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	if name := filepath.Base(absolute); packageName().MatchString(name) && !token.IsKeyword(name) {
		return name, nil
	}
	return "", fmt.Errorf("there is no Go file in %s that says the package; name the folder of your tests: "+
		"--recorder go=internal/api", diag.Visible(folder))
}

package generator_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/openapi"
	"github.com/sigsentry/errgen/generator/project"
)

// What no text in a terminal can show, or what is no part of a file.
var withoutExample = []string{"file-too-large", "not-utf8", "too-many-mistakes", "loose-acceptance", "stale-acceptance",
	"stale-output"}

func TestExamplesOfEveryRule(t *testing.T) {
	for _, r := range generator.Rules() {
		if r.Bad == "" {
			if !slices.Contains(withoutExample, r.Name) {
				t.Errorf("%s has no example", r.Name)
			}
			continue
		}
		if bad := rulesOf(t, r.Bad); !slices.Contains(bad, r.Name) {
			t.Errorf("%s: the bad example gives %q", r.Name, bad)
		}
		if good := rulesOf(t, r.Good); len(good) > 0 {
			t.Errorf("%s: the good example gives %q", r.Name, good)
		}
	}
}

// rulesOf returns the rules that a rule's example breaks.
func rulesOf(t *testing.T, example string) []string {
	t.Helper()
	if strings.HasPrefix(example, "openapi: ") {
		d, found := openapi.Load("openapi.yaml", []byte(example), openapi.MaxSize)
		c, _ := catalog.Load("errors.yaml", []byte(whole("operations: {listProjects: [KNOWN]}\n")), document.DefaultMaxSize)
		if d != nil {
			found = append(found, openapi.Hold(d, c, openapi.Refuse).Check()...)
		}
		return namesOf(found)
	}
	t.Chdir(t.TempDir())
	path := "errors.yaml"
	if regexp.MustCompile(`(?m)^(targets|lint):`).MatchString(example) {
		path = project.ConfigName
	} else {
		example = whole(example)
	}
	if err := os.WriteFile(path, []byte(example), 0o644); err != nil {
		t.Fatal(err)
	}
	var found diag.List
	var err error
	if path == project.ConfigName {
		wrong := new(diag.ListError)
		if _, err = project.Load(path); errors.As(err, &wrong) {
			found, err = wrong.List, nil
		}
	} else {
		var v *generator.Validated
		if v, err = generator.Validate(generator.Options{Catalog: path, MaxSize: document.DefaultMaxSize}); err == nil {
			found = v.Diagnostics
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return namesOf(found)
}

func namesOf(found diag.List) (rules []string) {
	for _, d := range found {
		rules = append(rules, d.Rule)
	}
	return rules
}

// whole makes a catalog of an example: entries of errors, or sections.
func whole(example string) string {
	section := regexp.MustCompile(`^(version|info|categories|errors|types|retired|groups|operations):`)
	if strings.HasPrefix(example, "#") || strings.HasPrefix(example, "version: 1\ninfo") {
		return example
	}
	if !section.MatchString(example) {
		example = "errors:\n  " + strings.ReplaceAll(strings.TrimSuffix(example, "\n"), "\n", "\n  ") + "\n"
	}
	for _, part := range []string{"version: 1\n", "info: {title: Errors}\n", "categories: {access: {title: Access}}\n",
		"errors:\n  KNOWN: {status: 400, category: access, meaning: Known}\n"} {
		key, _, _ := strings.Cut(part, ":")
		if !strings.Contains("\n"+example, "\n"+key+":") {
			example = part + example
		}
	}
	return example
}

// Whatever rule the code or a schema names can be explained.
func TestEveryRuleIsExplained(t *testing.T) {
	var known []string
	for _, r := range generator.Rules() {
		if slices.Contains(known, r.Name) {
			t.Errorf("%s is there twice", r.Name)
		}
		if len(r.Reason) < 70 || strings.ContainsAny(r.Reason, "\n\t") || !strings.HasSuffix(r.Reason, ".") {
			t.Errorf("%s: the reason is not a paragraph: %q", r.Name, r.Reason)
		}
		known = append(known, r.Name)
	}
	folders := []string{".", "breaking", "catalog", "diag", "document", "openapi", "project", "render", "wire",
		"../cmd/errgen"}
	named := slices.Concat(rulesInSchemas(t), rulesInCode(t, folders...))
	if len(named) < 40 {
		t.Errorf("found only %d places that name a rule", len(named))
	}
	for _, name := range named {
		if !slices.Contains(known, name) {
			t.Errorf("nothing explains the rule %s", name)
		}
	}
	for _, name := range known {
		if !slices.Contains(named, name) {
			t.Errorf("nothing reports the rule %s", name)
		}
	}
}

func rulesInSchemas(t *testing.T) (names []string) {
	t.Helper()
	for _, file := range []string{"errors", "config", "target"} {
		text, err := os.ReadFile("../schema/" + file + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range regexp.MustCompile(`"x-rule": "([^"]+)"`).FindAllStringSubmatch(string(text), -1) {
			names = append(names, match[1])
		}
	}
	return names
}

// rulesInCode returns the text constants that stand for a parameter or a field with the name rule.
func rulesInCode(t *testing.T, folders ...string) (names []string) {
	t.Helper()
	parameters := map[string]int{} // by function: which parameter is the rule
	var files []*ast.File
	for _, folder := range folders {
		files = append(files, parseFolder(t, folder)...)
	}
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				noteRule(parameters, f.Name.Name, fn)
			}
		}
	}
	add := func(e ast.Expr) {
		if text, ok := e.(*ast.BasicLit); ok && text.Kind == token.STRING && len(text.Value) > 2 {
			name, _ := strconv.Unquote(text.Value)
			names = append(names, name)
		}
	}
	for _, f := range files {
		if f.Name.Name == "generator" && f.Scope.Lookup("rules") != nil {
			continue // the table itself
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Rule" {
					add(n.Value)
				}
			case *ast.CallExpr:
				if at, ok := ruleArgument(parameters, f.Name.Name, n); ok && at < len(n.Args) {
					add(n.Args[at])
				}
			}
			return true
		})
	}
	return names
}

func parseFolder(t *testing.T, folder string) (files []*ast.File) {
	t.Helper()
	paths, err := filepath.Glob(folder + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

func noteRule(parameters map[string]int, pkg string, fn *ast.FuncDecl) {
	at := 0
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			if name.Name == "rule" {
				parameters[pkg+"."+fn.Name.Name] = at
			}
			at++
		}
	}
}

func ruleArgument(parameters map[string]int, pkg string, call *ast.CallExpr) (at int, ok bool) {
	name := ""
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		name = fn.Name
	case *ast.SelectorExpr:
		name = fn.Sel.Name
	}
	if at, ok = parameters[pkg+"."+name]; !ok && name == "Report" {
		at, ok = parameters["document.Report"]
	}
	return at, ok
}

func TestValidateSaysWhatGenerateSays(t *testing.T) {
	text := "KEY_1_2: {status: 404, category: access, meaning: As `KEY_13`, names: {golang: X}}\n" +
		"KEY_12: {status: 404, category: access, meaning: It never was}\n" +
		"TOO_MANY: {status: 429, category: access, meaning: Too many, details: {type: object, properties: {a_b: {type: " +
		"string}, aB: {type: string}}}}\n"
	for _, example := range []string{text, "NOT_FOUND: {status: 600, category: acess, meaning: It is not there}\n",
		"NOT_FOUND: {status: 404, category: access, meaning: It is not there}\n"} {
		t.Chdir(t.TempDir())
		if err := os.WriteFile("errors.yaml", []byte(whole(example)), 0o644); err != nil {
			t.Fatal(err)
		}
		options := generator.Options{Catalog: "errors.yaml", MaxSize: document.DefaultMaxSize}
		generated, err := generator.Generate(options)
		if err != nil {
			t.Fatal(err)
		}
		validated, err := generator.Validate(options)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := printed(t, validated.Diagnostics), printed(t, generated.Diagnostics); got != want {
			t.Errorf("Validate says\n%s\nand Generate\n%s", got, want)
		}
	}
}

func printed(t *testing.T, found diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := diag.Text(&b, found, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

package golden

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
)

// goSources reads the standard library once for all.
var goSources = sync.OnceValue(func() types.Importer { return importer.ForCompiler(token.NewFileSet(), "source", nil) })

// goJudge compiles programs that use everything of an old package against a new one.
type goJudge struct {
	packages map[string]*types.Package // checked, by their text
	programs map[string]string         // by the text of the package that they use
}

const judgedPath = "example.com/judged"

// Import makes the judge an importer of one package.
type withPackage struct{ judged *types.Package }

func (w withPackage) Import(path string) (*types.Package, error) {
	if path == judgedPath {
		return w.judged, nil
	}
	return goSources().Import(path)
}

// load checks what a package declares, not the bodies of its functions.
func (j *goJudge) load(text string) (*types.Package, error) {
	if p := j.packages[text]; p != nil {
		return p, nil
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "errors.go", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	config := types.Config{Importer: goSources(), IgnoreFuncBodies: true}
	p, err := config.Check(judgedPath, fset, []*ast.File{file}, nil)
	if err != nil {
		return nil, err
	}
	if len(j.packages) > 200 {
		clear(j.packages)
		clear(j.programs)
	}
	j.packages[text] = p
	return p, nil
}

// complaints returns what the compiler says of a program for the old package beside the new one.
func (j *goJudge) complaints(before, after string) ([]string, error) {
	was, err := j.load(before)
	if err != nil {
		return nil, err
	}
	is, err := j.load(after)
	if err != nil {
		return nil, err
	}
	if j.programs[before] == "" {
		j.programs[before] = goProgram(was)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "program.go", j.programs[before], parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var found []string
	config := types.Config{Importer: withPackage{is}, Error: func(err error) { found = append(found, err.Error()) }}
	_, _ = config.Check("example.com/program", fset, []*ast.File{file}, nil)
	return found, nil
}

// goProgram uses everything that a package exports: each constant and function with its type, each field both ways, and
// each method.
func goProgram(p *types.Package) string {
	w := &goWriter{pkg: p, imports: map[string]bool{judgedPath: true}}
	for _, name := range p.Scope().Names() {
		object := p.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Const:
			w.line("var _ %s = %s.%s", w.typ(object.Type()), p.Name(), name)
		case *types.Func:
			w.function(object)
		case *types.TypeName:
			w.typeName(object)
		}
	}
	var b strings.Builder
	b.WriteString("package program\n\n")
	for _, path := range slices.Sorted(maps.Keys(w.imports)) {
		fmt.Fprintf(&b, "import %q\n", path)
	}
	return b.String() + strings.Join(w.lines, "\n") + "\n"
}

type goWriter struct {
	pkg     *types.Package
	imports map[string]bool
	lines   []string
}

func (w *goWriter) line(format string, args ...any) {
	w.lines = append(w.lines, fmt.Sprintf(format, args...))
}

func (w *goWriter) typ(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		w.imports[p.Path()] = true
		return p.Name()
	})
}

func (w *goWriter) function(f *types.Func) {
	signature := f.Type().(*types.Signature)
	if signature.TypeParams().Len() == 0 {
		w.line("var _ %s = %s.%s", w.typ(signature), w.pkg.Name(), f.Name())
	}
}

func (w *goWriter) typeName(object *types.TypeName) {
	name := w.pkg.Name() + "." + object.Name()
	named, isNamed := object.Type().(*types.Named)
	if !isNamed || named.TypeParams().Len() > 0 {
		w.line("var _ %s", name)
		return
	}
	w.line("var _ %s", name)
	switch under := named.Underlying().(type) {
	case *types.Struct:
		w.fields(name, under)
	case *types.Map:
		w.line("func _(v %s, k %s, e %s) %[3]s { v[k] = e; return v[k] }", name, w.typ(under.Key()), w.typ(under.Elem()))
	case *types.Basic:
		w.line("func _(v %s) (%s, %[1]s) { return %[2]s(v), %[1]s(%[2]s(v)) }", name, w.typ(under))
	}
	for _, t := range []types.Type{named, types.NewPointer(named)} {
		methods := types.NewMethodSet(t)
		for i := range methods.Len() {
			m := methods.At(i)
			isForJSON := strings.HasSuffix(m.Obj().Name(), "marshalJSON") || strings.HasSuffix(m.Obj().Name(), "MarshalJSON")
			if m.Obj().Exported() && !types.IsInterface(named) && !isForJSON { // encoding/json alone calls those
				w.line("var _ func(%s) any = func(v %[1]s) any { var m %s = v.%s; return m }", w.typ(t), w.typ(m.Type()),
					m.Obj().Name())
			}
		}
	}
	if details := w.pkg.Scope().Lookup("Details"); details != nil && !types.IsInterface(named) &&
		types.Implements(named, details.Type().Underlying().(*types.Interface)) {
		w.line("var _ %s.Details = %s{}", w.pkg.Name(), name)
		w.line("func _(err error) (%s, bool) { return %s.DetailsOf[%[1]s](err) }", name, w.pkg.Name())
	}
}

func (w *goWriter) fields(name string, of *types.Struct) {
	for i := range of.NumFields() {
		f := of.Field(i)
		if f.Exported() {
			w.line("func _(v %s, f %s) %[2]s { v.%s = f; v = %[1]s{%[3]s: f}; return v.%[3]s }", name, w.typ(f.Type()), f.Name())
		}
	}
}

// goFacts returns what a package says of each code: the elements of its table that code acts on.
func goFacts(text string) map[string]string {
	file, err := parser.ParseFile(token.NewFileSet(), "errors.go", text, parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	facts := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if from, isFunc := n.(*ast.FuncDecl); isFunc && from.Name.Name == "From" && from.Recv == nil {
			facts["the internal code"] = lastCall(from.Body, "newError")
		}
		if spec, isSpec := n.(*ast.ValueSpec); isSpec && spec.Type != nil && len(spec.Values) == 1 {
			facts[spec.Names[0].Name+" as text"] = types.ExprString(spec.Values[0])
		}
		literal, ok := n.(*ast.CompositeLit)
		if name, isName := literalType(literal, ok); !isName || name != "Info" {
			return true
		}
		var code string
		var said []string
		for _, e := range literal.Elts {
			pair := e.(*ast.KeyValueExpr)
			key, value := pair.Key.(*ast.Ident).Name, types.ExprString(pair.Value)
			switch key {
			case "Code":
				code = value
			case "Status", "Category", "Retryable", "RetryAfter":
				said = append(said, key+" "+value)
			}
		}
		facts[code] = strings.Join(said, ", ")
		return true
	})
	return facts
}

// lastCall returns the first argument of the last call of a function.
func lastCall(in ast.Node, function string) (argument string) {
	ast.Inspect(in, func(n ast.Node) bool {
		if call, isCall := n.(*ast.CallExpr); isCall && types.ExprString(call.Fun) == function {
			argument = types.ExprString(call.Args[0])
		}
		return true
	})
	return argument
}

func literalType(literal *ast.CompositeLit, ok bool) (string, bool) {
	if !ok {
		return "", false
	}
	name, isName := literal.Type.(*ast.Ident)
	if !isName {
		return "", false
	}
	return name.Name, true
}

package render

import (
	"cmp"
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/schema"
)

// The code that templates use: its comments are what is told about it.
//
//go:embed view.go operation.go envelope.go funcs.go html.go
var code embed.FS

// Reference is what templates can use.
type Reference struct {
	Objects []Object   `json:"objects"`
	Text    []Function `json:"text"` // functions with engine text
	HTML    []Function `json:"html"` // functions with engine html
}

// Object is a kind of object that templates see.
type Object struct {
	Name   string  `json:"name"`
	Doc    string  `json:"doc"`
	Fields []Field `json:"fields"`
}

// Field is a field of an object.
type Field struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Doc  string `json:"doc"`
}

// Function is a function that templates can call.
type Function struct {
	Name    string `json:"name"`
	Doc     string `json:"doc"`
	Example string `json:"example"`
}

// Templates tells what templates can use, from the comments of the code.
func Templates() (*Reference, error) {
	r, files := &Reference{}, token.NewFileSet()
	for _, name := range []string{"view.go", "operation.go", "envelope.go", "funcs.go", "html.go"} {
		text, err := code.ReadFile(name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(files, name, text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		comments := map[int]string{} // by the line that they end in
		for _, c := range file.Comments {
			comments[files.Position(c.End()).Line] = c.Text()
		}
		above := func(n ast.Node) string { return comments[files.Position(n.Pos()).Line-1] }
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				r.addObject(d)
			case *ast.FuncDecl:
				r.addFunctions(d, above)
			}
		}
	}
	return r, nil
}

const viewSuffix = "View"

func (r *Reference) addObject(d *ast.GenDecl) {
	spec, ok := d.Specs[0].(*ast.TypeSpec)
	if !ok || !strings.HasSuffix(spec.Name.Name, viewSuffix) {
		return
	}
	first, _, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(d.Doc.Text(), "\n", " ")), ". ")
	doc := strings.TrimPrefix(first, spec.Name.Name+" is ")
	o := Object{Name: typeInWords(spec.Name), Doc: strings.TrimSuffix(strings.ToUpper(doc[:1])+doc[1:], ".") + "."}
	for _, f := range spec.Type.(*ast.StructType).Fields.List {
		if len(f.Names) == 0 { // the fields of another object
			i := slices.IndexFunc(r.Objects, func(o Object) bool { return o.Name == typeInWords(f.Type) })
			o.Fields = append(o.Fields, r.Objects[i].Fields...)
		}
		for _, name := range f.Names {
			if name.IsExported() {
				o.Fields = append(o.Fields, Field{name.Name, typeInWords(f.Type), strings.TrimSpace(f.Comment.Text())})
			}
		}
	}
	r.Objects = append(r.Objects, o)
}

// typeInWords names a type as people who write templates know it.
func typeInWords(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return typeInWords(t.X)
	case *ast.ArrayType:
		return "list of " + typeInWords(t.Elt)
	case *ast.MapType:
		return "map of " + typeInWords(t.Value)
	case *ast.SelectorExpr:
		return "string" // catalog.Kind
	case *ast.Ident:
		object, is := strings.CutSuffix(t.Name, viewSuffix)
		if is {
			return strings.ToUpper(object[:1]) + object[1:]
		}
		words := map[string]string{"bool": "boolean", "int": "number", "Prose": "Markdown", "Value": "JSON"}
		return cmp.Or(words[t.Name], t.Name)
	}
	return ""
}

// addFunctions adds those of a law: a comment above each says what it does, and ends in an example.
func (r *Reference) addFunctions(d *ast.FuncDecl, above func(ast.Node) string) {
	into := map[string]*[]Function{"textLaw": &r.Text, "htmlLaw": &r.HTML}[d.Name.Name]
	if into == nil {
		return
	}
	ast.Inspect(d, func(n ast.Node) bool {
		pair, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		if key, ok := pair.Key.(*ast.BasicLit); ok {
			name, _ := strconv.Unquote(key.Value)
			doc, example, _ := strings.Cut(above(pair), "\n\t")
			*into = append(*into, Function{name, strings.Join(strings.Fields(doc), " "), strings.TrimSpace(example)})
		}
		return true
	})
}

// Key is a key of target.yaml.
type Key struct {
	Path    string `json:"path"`
	Doc     string `json:"doc"`
	Example string `json:"example"`
}

// Keys tells what target.yaml can say, from its schema.
func Keys() ([]Key, error) {
	root, err := document.ParseJSON(schema.Target)
	if err != nil {
		return nil, err
	}
	var keys []Key
	addKeys(&keys, root, "", root.Get("$defs"))
	return keys, nil
}

func addKeys(keys *[]Key, schema *document.Node, path string, defs *document.Node) {
	if ref := schema.Str("$ref"); ref != "" {
		schema = defs.Get(strings.TrimPrefix(ref, "#/$defs/"))
	}
	if each := schema.Get("additionalProperties"); each != nil && each.Kind == document.Map {
		addKeys(keys, each, path+"NAME.", defs)
	}
	properties := schema.Get("properties")
	if properties == nil {
		return
	}
	for i, name := range properties.Keys() {
		property := properties.Item(i)
		k := Key{Path: path + name, Doc: property.Str("description")}
		if examples := property.Get("examples"); examples != nil {
			k.Example = name + ": " + flow(examples.Item(0))
		}
		*keys = append(*keys, k)
		addKeys(keys, property, k.Path+".", defs)
	}
}

var plainText = document.Pattern(`^[A-Za-z][A-Za-z0-9_./ -]*$`)

// flow prints a value as people write it on one line of YAML.
func flow(n *document.Node) string {
	var items []string
	for i := range n.Len() {
		item := flow(n.Item(i))
		if n.Kind == document.Map {
			item = flow(n.Key(i)) + ": " + item
		}
		items = append(items, item)
	}
	switch n.Kind {
	case document.Map:
		return "{" + strings.Join(items, ", ") + "}"
	case document.List:
		return "[" + strings.Join(items, ", ") + "]"
	case document.String:
		if plainText().MatchString(n.Text) {
			return n.Text
		}
		return "'" + strings.ReplaceAll(n.Text, "'", "''") + "'"
	}
	return n.Text
}

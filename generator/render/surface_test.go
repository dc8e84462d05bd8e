package render

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/shape"
)

const wideDefinition = plainDefinition + `
names:
  error: {code: "Code{pascal}", new: "New{pascal}"}
  category: {const: "In{pascal}"}
  operation: {const: "Call{pascal}"}
  field: "{camel}"
  value: "{upper}"
types: {string: str, string.uuid: uuid, integer: int, array: "[{item}]", optional: "{type}?"}
usage: {title: Wide, template: file}
surface:
  option: {mood: []}
  internal: {From: [code]}
  error: {"{code}": [status, category, retryable], "{new} of {literal}": [details, retryAfter]}
  category: {"{const}": []}
  operation: {"{const} of {literal}": [errors]}
  object: {"{name}": [required]}
  enum: {"{name}": [open]}
  field: {"{type}.{name}": [optional, type]}
  value: {"{type}.{name}": []}
  closedValue: {"{type} is {literal}": []}
`

const wideCatalog = `
version: 1
info: {title: Errors}
categories: {all: {title: All}}
types:
  Id: {type: string, format: uuid}
  Level: {enum: [low, high]}
errors:
  BROKEN: {status: 500, category: all, meaning: It broke, retryAfter: true}
  NOT_FOUND:
    status: 404
    category: all
    meaning: It is not there
    details:
      type: object
      required: [level, id]
      properties:
        id: {$ref: "#/types/Id"}
        level: {$ref: "#/types/Level"}
        more: {type: array, items: {$ref: "#/types/Id"}}
        kind: {anyOf: [{enum: [a]}, {type: string}]}
operations:
  "*": [BROKEN]
  getIt: [NOT_FOUND]
`

func surfaceOf(t *testing.T, definition, text string) Surface {
	t.Helper()
	target, err := loadSmall(t, definition, "")
	if err != nil {
		t.Fatal(err)
	}
	c, found := catalog.Load("errors.yaml", []byte(text), document.DefaultMaxSize)
	if c == nil {
		t.Fatal(found)
	}
	prepared, _ := target.Prepare(&Source{Catalog: c, Shapes: shape.Of(c)})
	return prepared.Surface(map[string]string{"mood": "good"}, nil)
}

// A target declares what its target.yaml says, of the nodes of the catalog.
func TestSurface(t *testing.T) {
	s := surfaceOf(t, wideDefinition, wideCatalog)
	var got []string
	for _, d := range s.Declarations {
		line := d.Identifier
		for _, f := range d.Facts {
			line += fmt.Sprintf("; %s %s", f.Name, f.Value)
			for _, n := range f.Nodes() {
				line += " " + n.Pointer()
			}
		}
		pointer := ""
		if d.Node != nil {
			pointer = d.Node.Pointer()
		}
		got = append(got, d.Noun+" "+pointer+": "+line)
	}
	const details = "/errors/NOT_FOUND/details"
	want := []string{
		`option : the target small; mood good`,
		`internal : From; code "BROKEN" /errors/BROKEN`,
		`error /errors/BROKEN: NewBroken of "BROKEN"; details ; retryAfter true`,
		`error /errors/BROKEN: CodeBroken; status 500; category all /categories/all; retryable true`,
		`error /errors/NOT_FOUND: NewNotFound of "NOT_FOUND"; details NotFoundDetails ` + details + `; retryAfter false`,
		`error /errors/NOT_FOUND: CodeNotFound; status 404; category all /categories/all; retryable false`,
		`category /categories/all: InAll`,
		`operation /operations/getIt: CallGetIt of "getIt"; errors "BROKEN", "NOT_FOUND"`,
		`object ` + details + `: NotFoundDetails; required "id" "level"`,
		`field ` + details + `/properties/id: NotFoundDetails.id; optional false; type uuid ` +
			details + `/properties/id /types/Id`,
		`field ` + details + `/properties/level: NotFoundDetails.level; optional false; type Level ` +
			details + `/properties/level /types/Level`,
		`field ` + details + `/properties/more: NotFoundDetails.more; optional true; type [uuid]? ` +
			details + `/properties/more ` + details + `/properties/more/items /types/Id`,
		`field ` + details + `/properties/kind: NotFoundDetails.kind; optional true; type NotFoundDetailsKind? ` +
			details + `/properties/kind`,
		`enum /types/Level: Level; open false`,
		`value /types/Level/enum/0: Level.LOW`,
		`closedValue /types/Level/enum/0: Level is "low"`,
		`value /types/Level/enum/1: Level.HIGH`,
		`closedValue /types/Level/enum/1: Level is "high"`,
		`enum ` + details + `/properties/kind: NotFoundDetailsKind; open true`,
		`value ` + details + `/properties/kind/anyOf/0/enum/0: NotFoundDetailsKind.A`,
	}
	slices.Sort(got)
	slices.Sort(want)
	if got, want := strings.Join(got, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("the target declares\n%s\nexpected\n%s", got, want)
	}
	if s.Target != "small" || s.Title != "Wide" {
		t.Errorf("it is the target %s for %s", s.Target, s.Title)
	}
	if s := surfaceOf(t, plainDefinition, wideCatalog); len(s.Declarations) > 0 || s.Title != "small" {
		t.Errorf("a target that says nothing declares %v for %s", s.Declarations, s.Title)
	}
}

func TestSurfaceMistakes(t *testing.T) {
	const where = "small/target.yaml: surface."
	for surface, message := range map[string]string{
		`{error: {"{cod}": []}}`:       `error: {cod} is no placeholder here, expected one of {literal}`,
		`{field: {"{const}": []}}`:     `field: {const} is no placeholder here, expected one of {type}, {name}, {literal}`,
		`{option: {mode: []}}`:         `option: there is no option "mode"`,
		`{internal: {"{literal": []}}`: `internal: {literal} is no placeholder here, expected one of {literal}`,
	} {
		if _, err := loadSmall(t, plainDefinition+"surface: "+surface+"\n", ""); err == nil || err.Error() != where+message {
			t.Errorf("%s\nsays     %v\nexpected %s", surface, err, where+message)
		}
	}
}

package intake_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/intake"
)

// The OpenAPI fragments of errgen itself give back the envelope where its members are called what they are. The default
// one is not written, and what is not certain is left to the user, with the reason.
func TestEnvelopesOfFragments(t *testing.T) {
	const toYou = "the envelope is left to you, as "
	for name, want := range map[string]string{
		"minimal":          "",
		"statuses":         toYou + "text is nothing that errgen knows by its name",
		"envelope-problem": "  envelope: problem\n",
		"envelope-nested":  toYou + "error.type is nothing that errgen knows by its name",
		"envelope-low":     toYou + "warning is nothing that errgen knows by its name",
		"envelope-deep":    toYou + "error.code is nothing that errgen knows by its name",
		"envelope-flat": "  envelope:\n    body:\n      code: \"{code as integer}\"\n      message: \"{message}\"\n" +
			"      more_info: \"{docsURL}\"\n      status: \"{status}\"\n      details: \"{details}\"\n",
	} {
		o := options()
		if path := codePaths[name]; path != "" {
			o.Map = map[string]string{"code": path}
		}
		im, err := intake.Read([]string{filepath.Join("../../golden", name, "want/openapi/errors.openapi.yaml")}, o)
		if err != nil {
			t.Fatal(err)
		}
		text, err := im.Catalog("errors.yaml")
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Join(im.Files[0].Notes, "\n") + "\n" + string(text)
		if !strings.Contains(said, want) || want == "" && strings.Contains(said, "envelope") {
			t.Errorf("%s: got %.1000s\nwant %s", name, said, want)
		}
	}
}

// Two files may name the same envelope, which is then that of both.
func TestOneEnvelopeOfTwoFiles(t *testing.T) {
	folder := "../../golden/envelope-problem/want/openapi"
	im, err := intake.Read([]string{filepath.Join(folder, "errors.openapi.yaml"),
		filepath.Join(folder, "errors.openapi-3.0.yaml")}, options())
	if err != nil {
		t.Fatal(err)
	}
	text, err := im.Catalog("errors.yaml")
	if err != nil || !strings.Contains(string(text), "  envelope: problem\n") {
		t.Errorf("got %.1000s %v", text, err)
	}
}

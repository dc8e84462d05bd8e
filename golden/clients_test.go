package golden

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/wire"
)

// Clients in Java and Python that openapi-generator makes of the documents decode every error that a server answers,
// also one that is newer than the document: it has a code and members that the document does not know.
func TestGeneratedClients(t *testing.T) {
	const folder = "clients"
	for _, program := range []string{"java", "javac", "mvn", "python3"} {
		need(t, program)
	}
	install(t, folder, []string{"pom.xml", "requirements.txt"}, append(virtualEnvironment,
		"mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib")...)
	build := filepath.Join(folder, "build")
	if err := os.RemoveAll(build); err != nil {
		t.Fatal(err)
	}
	all := readClients(t)
	mux := http.NewServeMux()
	for _, c := range all {
		c.write(t, build)
		c.serve(mux)
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	generateClients(t, build, len(all))
	t.Run("java", func(t *testing.T) {
		program := "public final class Main { public static void main(String[] a) throws Exception {\n"
		for _, c := range all {
			program += fmt.Sprintf("%s.Client.read(a[0] + \"/%[1]s\", %d);\n", c.name, len(c.answers))
		}
		writeFile(t, filepath.Join(build, "java/src/main/java/Main.java"), []byte(program+"}}\n"))
		compileJava(t, build)
		compareClients(t, all, build, "java", "-XX:TieredStopAtLevel=1", "-cp", "classes:../lib/*", "Main", server.URL)
	})
	t.Run("python", func(t *testing.T) {
		command := []string{"../../.venv/bin/python", "-B", "../../client.py", server.URL}
		for _, c := range all {
			command = append(command, fmt.Sprintf("%s:%s:%d", c.name, c.model, len(c.answers)))
		}
		t.Setenv("PYTHONPATH", ".")
		compareClients(t, all, filepath.Join(build, "python"), command...)
	})
}

// client is what is generated of the document of a catalog.
type client struct {
	name     string // of its package
	model    string // of Default
	catalog  *catalog.Catalog
	document []byte
	answers  []exchange // of the server
}

// readClients reads the catalogs, one with each kind of envelope.
func readClients(t *testing.T) []client {
	t.Helper()
	files, err := filepath.Glob("envelope-*/errors.yaml")
	if err != nil || len(files) < 6 {
		t.Fatal(files, err)
	}
	var all []client
	for _, file := range append(files, "every-field/errors.yaml") {
		c, found := catalog.Load(file, readFile(t, file), document.DefaultMaxSize)
		if found.Err() != nil {
			t.Fatal(found)
		}
		folder := path.Dir(filepath.ToSlash(file))
		one := client{name: identifier(folder), catalog: c}
		one.readDocument(t, folder+"/want/openapi/errors.openapi-3.0.yaml")
		for _, v := range makeVectors(t, file) {
			if v.Status >= 400 {
				sent := exchange{name: v.Name, Status: v.Status, Body: v.Body}
				newer := exchange{name: v.Name + ", newer", Status: v.Status, Body: one.newer(t, v)}
				unknown := newer
				unknown.Status = 418
				one.answers = append(one.answers, sent, newer, unknown)
			}
		}
		all = append(all, one)
	}
	return all
}

// readDocument adds an operation that may answer all that the document has.
func (c *client) readDocument(t *testing.T, path string) {
	t.Helper()
	var d map[string]any
	if err := yaml.Unmarshal(readFile(t, path), &d); err != nil {
		t.Fatal(err)
	}
	described := d["components"].(map[string]any)["responses"].(map[string]any)
	responses := map[string]any{"204": map[string]any{"description": "It went well"}}
	for name := range described {
		status, isStatus := strings.CutPrefix(name, "Status")
		if name == "Default" {
			status, isStatus = "default", true
		}
		if isStatus {
			responses[status] = map[string]any{"$ref": "#/components/responses/" + name}
		}
	}
	for _, content := range described["Default"].(map[string]any)["content"].(map[string]any) {
		ref := content.(map[string]any)["schema"].(map[string]any)["$ref"].(string)
		c.model = ref[strings.LastIndex(ref, "/")+1:]
	}
	parameter := map[string]any{"name": "n", "in": "path", "required": true, "schema": map[string]any{"type": "string"}}
	d["paths"] = map[string]any{"/{n}": map[string]any{"get": map[string]any{
		"operationId": "getAnswer", "parameters": []any{parameter}, "responses": responses,
	}}}
	var err error
	if c.document, err = json.Marshal(d); err != nil {
		t.Fatal(err)
	}
}

// newer returns the body of an error with a new code, and with a new member in each of its objects.
func (c *client) newer(t *testing.T, v vector) []byte {
	t.Helper()
	e, _ := c.catalog.Envelope.Decode(wire.Response{Status: v.Status, Body: v.Body}, known(c.catalog))
	if e.Code = "NEWER_CODE"; c.catalog.Style == "digits" {
		e.Code = "49999"
	}
	var body any
	fromJSON(t, jsonOf(c.catalog.Envelope.Encode(e)), &body)
	text, err := json.Marshal(withMore(body))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func withMore(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name := range value {
			value[name] = withMore(value[name])
		}
		value["newer"] = map[string]any{"a": []any{1.5, nil, "x"}}
	case []any:
		for i := range value {
			value[i] = withMore(value[i])
		}
	}
	return value
}

func (c *client) serve(mux *http.ServeMux) {
	for i, x := range c.answers {
		mux.HandleFunc(fmt.Sprintf("/%s/%d", c.name, i), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.catalog.Envelope.ContentType)
			w.WriteHeader(x.Status)
			w.Write(x.Body)
		})
	}
}

// write writes the document, how a client is generated of it in each language, and the program that uses the one in
// Java.
func (c *client) write(t *testing.T, build string) {
	t.Helper()
	document := c.name + ".json"
	writeFile(t, filepath.Join(build, document), c.document)
	parts := map[string]string{"models": "", "apis": "", "supportingFiles": ""}
	for _, part := range []string{"modelTests", "apiTests", "modelDocs", "apiDocs"} {
		parts[part] = "false"
	}
	for language, options := range map[string]map[string]any{
		"java": {
			"library": "native", "invokerPackage": c.name, "apiPackage": c.name + ".api", "modelPackage": c.name + ".model",
			"additionalProperties": map[string]any{"openApiNullable": "false"},
		},
		"python": {"packageName": c.name},
	} {
		maps.Copy(options, map[string]any{
			"generatorName": language, "inputSpec": document, "outputDir": language, "globalProperties": parts,
		})
		text, err := json.Marshal(options)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(build, c.name+"."+language+".json"), text)
	}
	fill := strings.NewReplacer("NAME", c.name, "MODEL", c.model)
	program := fill.Replace(string(readFile(t, "clients/Client.java.txt")))
	writeFile(t, filepath.Join(build, "java/src/main/java", c.name, "Client.java"), []byte(program))
}

// generateClients starts the generator once: that takes longer than generating.
func generateClients(t *testing.T, build string, clients int) {
	t.Helper()
	const program = "org.openapitools.codegen.OpenAPIGenerator"
	command := []string{"java", "-XX:TieredStopAtLevel=1", "-cp", "../lib/*", program, "batch"}
	for _, language := range []string{"java", "python"} {
		files, err := filepath.Glob(filepath.Join(build, "*."+language+".json"))
		if err != nil || len(files) != clients {
			t.Fatal(files, err)
		}
		for _, file := range files {
			command = append(command, filepath.Base(file))
		}
	}
	if out, err := run(build, command...); err != nil || !strings.Contains(out, "[SUCCESS]") {
		t.Fatalf("%v\n%.8000s", err, out)
	}
}

func compileJava(t *testing.T, build string) {
	t.Helper()
	var files []string
	err := filepath.WalkDir(filepath.Join(build, "java"), func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".java") {
			files = append(files, strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(build)+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	command := []string{"javac", "-J-XX:TieredStopAtLevel=1", "-nowarn", "-proc:none", "-cp", "../lib/*", "-d", "classes"}
	if out, err := run(build, append(command, files...)...); err != nil {
		t.Fatalf("%v\n%.8000s", err, out)
	}
}

// compareClients runs a program that prints what the clients see: what a client loses of an error is gone.
func compareClients(t *testing.T, all []client, folder string, command ...string) {
	t.Helper()
	var words bytes.Buffer
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Stderr = folder, &words
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &words)
	}
	d := json.NewDecoder(bytes.NewReader(out))
	for _, c := range all {
		for _, x := range c.answers {
			var seen struct {
				Status int
				Body   json.RawMessage
			}
			if err := d.Decode(&seen); err != nil {
				t.Fatalf("%v\n%.8000s", err, out)
			}
			want, _ := c.catalog.Envelope.Decode(wire.Response{Status: x.Status, Body: x.Body}, nil)
			got, _ := c.catalog.Envelope.Decode(wire.Response{Status: seen.Status, Body: seen.Body}, nil)
			failed := func(got, want any) {
				t.Errorf("%s, %s, status %d, %s: got %s, want %s", c.name, x.name, x.Status, x.Body, got, want)
			}
			wantLine := fmt.Sprintf("%q %q %q %d %v", want.Code, want.Message, want.RequestID, want.Status, want.RetryAfter)
			gotLine := fmt.Sprintf("%q %q %q %d %v", got.Code, got.Message, got.RequestID, got.Status, got.RetryAfter)
			if gotLine != wantLine {
				failed(gotLine, wantLine)
			}
			if !reflect.DeepEqual(detailsInModel(t, got), detailsInModel(t, want)) {
				failed(detailsOf(got), detailsOf(want))
			}
		}
	}
}

// detailsInModel returns the details of an error, of which models do not tell nothing from null, and from no members.
func detailsInModel(t *testing.T, e wire.Error) (details any) {
	t.Helper()
	if e.Details != nil && e.Details.Len() > 0 {
		fromJSON(t, detailsOf(e), &details)
	}
	return comparable(details)
}

package golden

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// answers is what a server of verify/catalog.yaml sends for /pets/1 and so on, right and wrong, with what errgen says.
var answers = []struct {
	status        int
	header, body  string
	finding, from string // the finding says from where it is: from, of or for
}{
	{404, "", `{"code":"PET_NOT_FOUND","message":"No such pet","details":{"petId":"1"}}`, "", ""},
	{429, "Retry-After: 3", `{"code":"RATE_LIMITED","message":"Too many"}`, "", ""},
	{400, "", `{"code":"PET_NOT_FOUND","message":"No such pet","details":{"petId":"4"}}`,
		"error[wrong-status]: PET_NOT_FOUND came with 400@, expected 404", "from"},
	{404, "", `{"code":"PET_NOT_FUND","message":"No such pet"}`,
		`error[undocumented-code]: the code "PET_NOT_FUND"@ is not in the catalog`, "of"},
	{404, "", `{"code":"PET_NOT_FOUND","message":"No such pet","details":{"petId":6}}`,
		"error[details-mismatch]: error.details.petId is the number 6, expected type string: PET_NOT_FOUND@", "from"},
	{404, "", `{"code":"PET_NOT_FOUND","message":"No such pet"}`,
		"error[missing-details]: PET_NOT_FOUND came without details@", "from"},
	{503, "", `{"code":"UNAVAILABLE","message":"Down"}`,
		"error[no-retry-after]: UNAVAILABLE came without Retry-After@", "from"},
	{401, "", `"unauthorized"`, "error[wrong-envelope]: ^ answers 401 without a code at error.code", ""},
	{401, "", `{"code":"UNAUTHORIZED","message":"No"}!`,
		"error[wrong-envelope]: success is true, expected false: UNAUTHORIZED@", "from"},
	{401, "", `{"code":"UNAUTHORIZED","message":""}`,
		"error[empty-message]: UNAUTHORIZED came without a message@", "from"},
	{409, "", `{"code":"NAME_TAKEN","message":"Another pet has this name"}`,
		`error[not-of-operation]: the operation "getPet" answered NAME_TAKEN, which it does not list`, ""},
	{502, "Content-Type: text/plain", "upstream connect error",
		`error[not-an-envelope]: ^ answers 502 with plain text: "upstream connect error"`, ""},
	{200, "", `{"code":"FORBIDDEN","message":"No"}`,
		"error[success-with-error]: ^ answers 200 with the error FORBIDDEN", ""},
	{403, "Content-Type: text/plain", `{"code":"FORBIDDEN","message":"No"}`,
		"error[content-type]: FORBIDDEN came as plain text@, expected application/json", "from"},
	{404, "", `{"code":"PET_NOT_FOUND","message":"No such pet","details":{"petId":"1","shelf":4}}`,
		"warning[unknown-member]: error.details.shelf is not in the details of PET_NOT_FOUND@", "from"},
	{404, "", `{"code":"PET_NOT_FOUND","message":"No such pet","details":{}}`,
		`error[details-mismatch]: error.details lacks the required property "petId": PET_NOT_FOUND@`, "from"},
	{404, "", `{"code":"PET_ADOPTED","message":"It has found a home"}`,
		`error[undocumented-code]: the code "PET_ADOPTED"@ is retired`, "of"},
	{429, "Retry-After: soon", `{"code":"RATE_LIMITED","message":"Too many"}`,
		"error[no-retry-after]: RATE_LIMITED came with a Retry-After that says nothing@", "from"},
	{500, "Content-Type: text/html", "<h1>panic</h1>",
		`error[not-an-envelope]: ^ answers 500 with HTML: "<h1>panic</h1>"`, ""},
	{403, "Content-Type: text/html", "", "error[not-an-envelope]: ^ answers 403 without a body", ""},
	{401, "", `{"code":"UNAUTHORIZED","message":"No","requestId":7}`,
		"error[wrong-envelope]: error.requestId is the number 7, expected text: UNAUTHORIZED@", "from"},
}

const missing = `error[not-an-envelope]: GET /missing/route answers 404 with plain text: "404 page not found\n"`

// petServer answers /pets/N with the Nth answer.
func petServer() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /pets/{id}", func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscan(r.PathValue("id"), &n)
		a := answers[n-1]
		w.Header().Set("Content-Type", "application/json")
		if name, value, found := strings.Cut(a.header, ": "); found {
			w.Header().Set(name, value)
		}
		w.WriteHeader(a.status)
		switch body, isSuccess := strings.CutSuffix(a.body, "!"); {
		case strings.HasPrefix(body, "{"):
			fmt.Fprintf(w, `{"success":%v,"error":%s}`, isSuccess, body)
		case strings.HasPrefix(body, `"`):
			fmt.Fprintf(w, `{"error":%s}`, body)
		default:
			fmt.Fprint(w, body)
		}
	})
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>pets</title>")
	})
	return mux
}

// expected returns what is found in a capture, with where from each is.
func expected(operation string, counts func(status int) bool) map[string]bool {
	findings := map[string]bool{}
	for _, a := range answers {
		from := ""
		if operation != "" {
			from = " " + a.from + " " + operation
		}
		server := operation
		if server == "" {
			server = "a server"
		}
		isOfOperation := strings.Contains(a.finding, "not-of-operation")
		if a.finding != "" && counts(a.status) && !(isOfOperation && operation == "") {
			findings[strings.NewReplacer("@", from, "^", server).Replace(a.finding)] = true
		}
	}
	return findings
}

// Whoever records what a server sends, each thing that is wrong is found once, and has its place.
func TestVerifyFindsWhatIsWrong(t *testing.T) {
	server := httptest.NewServer(petServer())
	defer server.Close()
	all := func(int) bool { return true }
	for name, record := range map[string]func(t *testing.T, file string) map[string]bool{
		"browser": func(t *testing.T, file string) map[string]bool {
			t.Setenv("BROWSER", browser(t))
			nodeSays(t, "verify/record.mjs", server.URL, file, fmt.Sprint(len(answers)))
			return and(expected("getPet", all), missing)
		},
		"curl": func(t *testing.T, file string) map[string]bool {
			writeFile(t, file, curl(t, server.URL))
			return and(expected("", all), `error[not-an-envelope]: a server answers 404 with plain text: "404 page not found"`)
		},
		"go": func(t *testing.T, file string) map[string]bool {
			t.Setenv("ERRGEN_RECORD", file)
			recorded := httptest.NewServer(RecordErrors(petServer()))
			defer recorded.Close()
			for _, address := range addresses(recorded.URL) {
				get(t, http.DefaultClient, address)
			}
			return and(expected("getPet", func(status int) bool { return status >= 400 }), missing)
		},
		"go client": func(t *testing.T, file string) map[string]bool {
			t.Setenv("ERRGEN_RECORD", file)
			for _, address := range addresses(server.URL) {
				get(t, &http.Client{Transport: RecordingTransport{}}, address)
			}
			return and(expected("getPet", func(status int) bool { return status >= 400 }), missing)
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "capture.har")
			want := record(t, file)
			out, err := run("verify", goTool(t, "errgen"), "verify", "-q", file)
			out = strings.ReplaceAll(out, " at "+strings.TrimPrefix(server.URL, "http://"), "")
			if exit := new(exec.ExitError); err == nil || !errors.As(err, &exit) || exit.ExitCode() != 1 {
				t.Errorf("%v\n%s", err, out)
			}
			compareFindings(t, out, want)
		})
	}
}

func and(findings map[string]bool, one string) map[string]bool {
	findings[one] = true
	return findings
}

var (
	findingLine = regexp.MustCompile(`(?m)^(?:error|warning)\[.*$`)
	captureLine = regexp.MustCompile(`(?m)^ *[0-9]+ \| …?(?:log\.entries\[[0-9]+\]: )?(?:GET /\S+ )?[0-9]{3}$`)
)

// compareFindings expects each finding once, with one response for each.
func compareFindings(t *testing.T, out string, want map[string]bool) {
	t.Helper()
	for _, finding := range strings.Split(strings.TrimSpace(out), "\n\n") {
		line := findingLine.FindString(finding)
		switch {
		case line == "":
		case !want[line]:
			t.Errorf("not expected, or said twice: %s", finding)
		case len(captureLine.FindAllString(finding, -1)) != 1:
			t.Errorf("without the one response that it is about: %s", finding)
		}
		delete(want, line)
	}
	for finding := range want {
		t.Errorf("not found: %s", finding)
	}
	if t.Failed() {
		t.Log(out)
	}
}

func addresses(server string) []string {
	var all []string
	for n := range answers {
		all = append(all, fmt.Sprintf("%s/pets/%d", server, n+1))
	}
	return append(all, server+"/missing/route")
}

func curl(t *testing.T, server string) []byte {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	var printed bytes.Buffer
	cmd := exec.Command("curl", append([]string{"-si"}, addresses(server)...)...)
	cmd.Stdout = &printed
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return printed.Bytes()
}

func get(t *testing.T, client *http.Client, address string) {
	t.Helper()
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
}

// The recorder in this folder is the one that errgen init writes.
func TestRecorderIsCurrent(t *testing.T) {
	folder := t.TempDir()
	writeFile(t, filepath.Join(folder, "golden_test.go"), []byte("package golden\n"))
	quietly(t, folder, goTool(t, "errgen"), "init", "-q", "--recorder", "go")
	const name = "errgen_record_test.go"
	if made := readFile(t, filepath.Join(folder, name)); !bytes.Equal(made, readFile(t, name)) {
		if !*update {
			t.Errorf("%s is not what errgen init --recorder go writes; run go test -run RecorderIsCurrent -update", name)
			return
		}
		writeFile(t, name, made)
	}
}

// verified holds what a test has recorded against its catalog: there is nothing to say of it, and it shows every code.
func verified(t *testing.T, catalog, capture string) {
	t.Helper()
	out, err := run(".", goTool(t, "errgen"), "verify", "-q", "-c", catalog, "--cover-min", "100", capture)
	if err != nil || findingLine.MatchString(out) {
		t.Errorf("%v\n%s", err, out)
	}
}

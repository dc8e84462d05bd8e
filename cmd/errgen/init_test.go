package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/project"
)

// errgenIn runs errgen in the working folder and returns its exit code and all that it printed.
func errgenIn(args ...string) (int, string) {
	var printed bytes.Buffer
	code := run(args, &printed, &printed)
	return code, printed.String()
}

func mustRun(t *testing.T, args ...string) {
	t.Helper()
	if code, printed := errgenIn(args...); code != exitOK {
		t.Fatalf("errgen %s: exit code %d\n%s", strings.Join(args, " "), code, printed)
	}
}

// commented is a line of YAML behind a comment sign: a key, where prose has a sentence.
var commented = regexp.MustCompile(`(?m)^( *)# ( *[A-Za-z_]+:(?: .*)?)$`)

// blocks returns the commented-out blocks of a text: what a user would uncomment at once.
func blocks(text string) (found []string) {
	var block string
	for _, line := range strings.SplitAfter(text, "\n") {
		if commented.MatchString(line) {
			block += line
			continue
		}
		if block != "" {
			found = append(found, block)
		}
		block = ""
	}
	return found
}

// What the starters show as comments is right when it is none any more: each block alone, and all of them.
func TestStartersAreRightUncommented(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("go.mod", []byte("module shop.example.com/api\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustRun(t, "init", "-q")
	for file, want := range map[string]int{"errors.yaml": 4, "errgen.yaml": 2} {
		original, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(original)
		found := blocks(text)
		if len(found) != want {
			t.Errorf("%s has %d blocks of comments, expected %d: %q", file, len(found), want, found)
		}
		for _, block := range append(found, text) {
			uncommented := strings.Replace(text, block, commented.ReplaceAllString(block, "$1$2"), 1)
			if uncommented == text {
				t.Fatalf("%s: nothing was uncommented in\n%s", file, block)
			}
			if err := os.WriteFile(file, []byte(uncommented), 0o644); err != nil {
				t.Fatal(err)
			}
			mustRun(t, "generate", "-q")
			if code, printed := errgenIn("lint", "-q"); code != exitOK || printed != "" {
				t.Errorf("%s: lint: %d, %s\nwith\n%s", file, code, printed, uncommented)
			}
		}
		if err := os.WriteFile(file, original, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A new user's Go compiles, whether or not the folder is one of a package that is there.
func TestStartCompiles(t *testing.T) {
	needTools(t, "go")
	t.Chdir(t.TempDir())
	for file, text := range map[string]string{
		"go.mod": "module shop.example.com/api\n\ngo 1.22\n",
		"main.go": "package main\n\nimport \"shop.example.com/api/internal/apierrors\"\n\n" +
			"func main() { println(apierrors.NewRateLimited(0).Error()) }\n",
		"internal/apierr/apierr.go":  "package apierr\n\nconst CodeInternalError = 1\n",
		"internal/apierr/another.md": "",
	} {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, "init", "-q")
	mustRun(t, "generate", "-q")
	cmd := exec.Command("go", "vet", "./...")
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// The workflow that init shows is that of the action: a step that exists, with inputs that exist.
func TestShownWorkflowFitsTheAction(t *testing.T) {
	var a action
	readYAML(t, "action.yml", &a)
	if _, known := a.Inputs["working-directory"]; !known || !strings.Contains(project.Workflow(), "sigsentry/errgen@") {
		t.Error("action.yml has no input working-directory, or the workflow does not use the action")
	}
}

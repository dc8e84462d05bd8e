package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const root = "../.."

// action is the part of action.yml that can run outside of GitHub.
type action struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Name, Shell, Run, If string
			Env                  map[string]string
		}
	}
}

func readYAML(t *testing.T, name string, into any) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

// The commands of the action run in a shell, on a shallow clone of a branch as GitHub checks it out.
func TestActionCommands(t *testing.T) {
	needTools(t, "bash", "git", "go")
	var a action
	readYAML(t, "action.yml", &a)
	shell := func(folder, step string, env ...string) (string, error) {
		for _, s := range a.Runs.Steps {
			if s.Name == step {
				return runScript(folder, s.Run, append(env, "GITHUB_ACTION_PATH="+absolute(t, root))...)
			}
		}
		t.Fatalf("action.yml has no step %q", step)
		return "", nil
	}
	if out, err := shell(root, "Get errgen"); err != nil {
		t.Fatal(err, out)
	}
	errgen := absolute(t, filepath.Join(root, ".github", "bin", "errgen")) // HOME is another there: Go would build anew
	clone := clonePullRequest(t, errgen)
	checkMergeQueue(t, a, func(folder, base string) (string, error) {
		return shell(folder, "Breaking changes", "QUEUE_BASE="+base, "LEVEL=source")
	}, clonePullRequest(t, errgen))
	for _, c := range []struct {
		step, want string
		env        []string
		fails      bool
	}{
		{step: "Generated files are current", want: "outputs are current"},
		{step: "Lint", want: "::warning file=errors.yaml,line=5,endLine=5,"},
		{step: "Breaking changes", env: []string{"BASE=main", "LEVEL=source"},
			want: "::error file=errors.yaml,title=code-removed::", fails: true},
		{step: "Breaking changes", env: []string{"AGAINST=HEAD", "LEVEL=docs"}, want: "nothing breaks"},
		{step: "Lint", env: []string{"CATALOG=$(touch pwned).yaml"}, want: "there is no such file", fails: true},
	} {
		out, err := shell(clone, c.step, c.env...)
		if (err != nil) != c.fails || !strings.Contains(out, c.want) {
			t.Errorf("%s with %q: %v\n%s", c.step, c.env, err, out)
		}
	}
	if _, err := os.Stat(filepath.Join(clone, "pwned")); err == nil {
		t.Error("an input was run")
	}
}

// In a merge queue github.base_ref is empty: the step runs all the same, and compares with what the queue merges into,
// which a shallow clone does not hold.
func checkMergeQueue(t *testing.T, a action, run func(folder, base string) (string, error), clone string) {
	t.Helper()
	base, err := runScript(clone, "git -C ../origin rev-parse main~")
	if err != nil {
		t.Fatal(err, base)
	}
	out, err := run(clone, strings.TrimSpace(base))
	if err == nil || !strings.Contains(out, "::error file=errors.yaml,title=code-removed::") {
		t.Errorf("in a merge queue: %v\n%s", err, out)
	}
	const sha = "github.event.merge_group.base_sha"
	for _, s := range a.Runs.Steps {
		given := s.Env["QUEUE_BASE"] == "${{ "+sha+" }}" && strings.Contains(s.If, sha+" != ''")
		if s.Name == "Breaking changes" && !given {
			t.Errorf("%s: runs if %s, with QUEUE_BASE %s", s.Name, s.If, s.Env["QUEUE_BASE"])
		}
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func needTools(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
}

// runScript runs a step as GitHub does, with no input set but those in env.
func runScript(folder, script string, env ...string) (string, error) {
	cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "CATALOG=", "AGAINST=", "LEVEL=", "BASE=", "QUEUE_BASE=")
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// clonePullRequest makes a repository whose branch work removes a code of main, and a clone of that branch with one
// commit.
func clonePullRequest(t *testing.T, errgen string) string {
	t.Helper()
	folder := t.TempDir()
	script := `
export HOME="$PWD" GIT_CONFIG_NOSYSTEM=1
git init -q -b main origin
git -C origin config user.name A
git -C origin config user.email a@example.com
cd origin
printf 'version: 1\ninfo: {title: E}\ncategories: {a: {title: A}}\nerrors:\n  ONE: {status: 400, category: a, meaning: One.}\n  TWO: {status: 400, category: a, meaning: Two}\n' > errors.yaml
git add .; git commit -q -m one
git checkout -q -b work
sed -i.old '/TWO/d' errors.yaml; rm errors.yaml.old
"` + errgen + `" generate -q
git add .; git commit -q -m two
git checkout -q main; git commit -q --allow-empty -m three
cd ..
git clone -q --depth 1 --branch work "file://$PWD/origin" clone
`
	if out, err := runScript(folder, script); err != nil {
		t.Fatal(err, out)
	}
	return filepath.Join(folder, "clone")
}

// No expression of GitHub stands inside a script, where its value would be run.
func TestActionPassesInputsByEnvironment(t *testing.T) {
	var a action
	text := readYAML(t, "action.yml", &a)
	if a.Runs.Using != "composite" {
		t.Errorf("the action uses %q", a.Runs.Using)
	}
	for _, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") || s.Shell != "bash" {
			t.Errorf("%s: an expression in the script, or no shell", s.Name)
		}
	}
	for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(text, -1) {
		if _, known := a.Inputs[m[1]]; !known {
			t.Errorf("there is no input %s", m[1])
		}
	}
	for name, input := range a.Inputs {
		if input.Description == "" || !strings.Contains(text, "inputs."+name) {
			t.Errorf("the input %s is not described or not used", name)
		}
	}
}

// The hooks name commands and flags that exist.
func TestPreCommitHooks(t *testing.T) {
	var hooks []struct {
		ID, Name, Entry, Language, Files string
		PassFilenames                    *bool `yaml:"pass_filenames"`
	}
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	for _, h := range hooks {
		if h.Language != "script" || h.PassFilenames == nil || *h.PassFilenames {
			t.Errorf("%s: %+v", h.ID, h)
		}
		if _, err := regexp.Compile(h.Files); err != nil {
			t.Errorf("%s: %v", h.ID, err)
		}
		words := strings.Fields(h.Entry)
		var stdout, stderr bytes.Buffer
		if code := run(append(words[1:], "--help"), &stdout, &stderr); words[0] != ".github/errgen" || code != exitOK {
			t.Errorf("%s: %q gives %d: %s", h.ID, h.Entry, code, stderr.String())
		}
	}
}

type workflow struct {
	Jobs map[string]struct {
		Strategy struct{ Matrix map[string][]string }
		Steps    []struct{ Uses, Run string }
	}
}

var pinned = regexp.MustCompile(`^[\w-]+/[\w-]+@[0-9a-f]{40}$`)

// Actions of others are pinned by hash, and what a step runs of this repository is a program.
func TestWorkflows(t *testing.T) {
	for _, name := range []string{"ci", "release"} {
		var w workflow
		readYAML(t, ".github/workflows/"+name+".yml", &w)
		for job, steps := range w.Jobs {
			for _, s := range steps.Steps {
				if s.Uses != "./" && s.Uses != "" && !pinned.MatchString(s.Uses) {
					t.Errorf("%s: %s: %s is not pinned", name, job, s.Uses)
				}
				if strings.Contains(s.Run, "${{") {
					t.Errorf("%s: %s: an expression inside a script", name, job)
				}
				if program, _, _ := strings.Cut(s.Run, " "); strings.HasPrefix(program, ".") {
					if info, err := os.Stat(filepath.Join(root, program)); err != nil || info.Mode()&0o100 == 0 {
						t.Errorf("%s: %s: %s is no program here", name, job, program)
					}
				}
			}
		}
	}
}

func TestRepositoryIsTestedAndUsesItsOwnAction(t *testing.T) {
	var w workflow
	readYAML(t, ".github/workflows/ci.yml", &w)
	if !slices.Equal(w.Jobs["test"].Strategy.Matrix["go"], []string{"1.25.x", "stable"}) {
		t.Errorf("tests run with %q", w.Jobs["test"].Strategy.Matrix)
	}
	uses := func(job, action, run string) bool {
		for _, s := range w.Jobs[job].Steps {
			if s.Uses == action && s.Run == run {
				return true
			}
		}
		return false
	}
	if !uses("test", "", ".ci/run") || !uses("catalog", "./", "") {
		t.Error("the repository does not run .ci/run, or does not use its own action")
	}
}

// A release whose tag is not what errgen says of itself fails before anything is published.
func TestReleaseChecksItsTag(t *testing.T) {
	needTools(t, "bash", "git", "go")
	clone := filepath.Join(t.TempDir(), "clone")
	script := `git clone -q "$1" "$2" && cd "$2" && git tag v1.98.7 &&
		GITHUB_REF_NAME=v1.98.7 .github/release/check.sh && ! GITHUB_REF_NAME=v1.98.8 .github/release/check.sh &&
		mkdir dist && CGO_ENABLED=0 go build -trimpath -buildvcs=true -o dist/ ./cmd/errgen && export GITHUB_REF_NAME=v1.98.7 &&
		CGO_ENABLED=0 go build -trimpath -buildvcs=true -o dist/ ./cmd/errgen && .github/release/check.sh dist/errgen &&
		echo >> README.md && CGO_ENABLED=0 go build -trimpath -buildvcs=true -o dist/ ./cmd/errgen &&
		! .github/release/check.sh dist/errgen`
	out, err := runScript(".", "set -- '"+absolute(t, root)+"' '"+clone+"'; "+script)
	dirty := regexp.MustCompile(`the tag is v1\.98\.7, and dist/errgen is of v1\.98\.7\+dirty`)
	if err != nil || !strings.Contains(out, "the tag is v1.98.8, and errgen says: errgen v1.98.7") ||
		!dirty.MatchString(out) {
		t.Errorf("%v\n%s", err, out)
	}
}

// Every rule has one name, and errgen.yaml can speak of all those of lint, breaking and verify.
func TestRulesAreNamedOnceAndKnownToTheConfiguration(t *testing.T) {
	var schema struct {
		Defs map[string]struct {
			Enum       []string
			Properties map[string]struct{ Enum []string }
		} `yaml:"$defs"`
	}
	readYAML(t, "schema/config.schema.json", &schema)
	known := map[string][]string{
		"lint": schema.Defs["lintRule"].Enum, "breaking": schema.Defs["acceptance"].Properties["rule"].Enum,
		"verify": schema.Defs["verifyRule"].Enum,
	}
	groups := map[string][]string{}
	seen := map[string]bool{}
	for _, r := range allRules() {
		if seen[r.Name] {
			t.Errorf("two rules are named %s", r.Name)
		}
		seen[r.Name] = true
		groups[r.Group] = append(groups[r.Group], r.Name)
	}
	for group, names := range known {
		slices.Sort(groups[group])
		if !slices.Equal(names, groups[group]) {
			t.Errorf("the configuration knows the rules of %s %q, there are %q", group, names, groups[group])
		}
	}
}

// The messages in the README are what users see.
func TestREADMEShowsWhatIsPrinted(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	readme := string(text)
	_, rest, _ := strings.Cut(readme, "```yaml\n")
	catalog, _, _ := strings.Cut(rest, "```")
	t.Chdir(t.TempDir())
	for name, edit := range map[string][2]string{"before.yaml": {}, "wrong.yaml": {"category: orders", "category: order"},
		"changed.yaml": {"409", "404"}} {
		if err := os.WriteFile(name, []byte(strings.Replace(catalog, edit[0], edit[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"generate", "-c", "wrong.yaml"},
		{"breaking", "-c", "changed.yaml", "--against", "before.yaml", "-q", "--format", "short"},
	} {
		var stdout, stderr bytes.Buffer
		run(args, &stdout, &stderr)
		printed := stdout.String()
		if args[0] == "generate" {
			printed = stderr.String()
		}
		printed = strings.ReplaceAll(printed, "before.yaml", "origin/main:errors.yaml")
		printed = strings.ReplaceAll(printed, args[2], "errors.yaml")
		if printed == "" || !strings.Contains(readme, "```\n"+printed+"```") {
			t.Errorf("%q is not in the README:\n%s", args, printed)
		}
	}
}

// The configuration in the README is one that runs.
func TestREADMEShowsAConfiguration(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	yamlBehind := func(heading string) string {
		_, rest, _ := strings.Cut(string(text), heading)
		_, rest, _ = strings.Cut(rest, "```yaml\n")
		found, _, _ := strings.Cut(rest, "```")
		return found
	}
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{
		"errors.yaml":  yamlBehind("# errgen\n"),
		"errgen.yaml":  yamlBehind("## In your project\n"),
		"openapi.yaml": "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n",
	} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustRun(t, "generate")
	if _, err := os.Stat("internal/apierr/errors.gen.go"); err != nil {
		t.Error(err)
	}
	if code, said := errgenIn("lint", "-q"); code != exitCatalog || !strings.Contains(said, "error[missing-example]") {
		t.Errorf("missing-example is to be an error: %d, %s", code, said)
	}
}

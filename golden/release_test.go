package golden

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const releaseVersion = "0.0.1-rc.1"

// Two clones in different folders give the same binary, and what npm and pip install of it, offline, generates the same
// bytes as what Go builds.
func TestReleaseInstalls(t *testing.T) {
	t.Parallel()
	need(t, "npm")
	need(t, "python3")
	need(t, "git")
	dir := t.TempDir()
	builds := filepath.Join(dir, "builds")
	binary := filepath.Join(builds, "errgen_"+runtime.GOOS+"_"+runtime.GOARCH, "errgen"+exe())
	buildOfClone(t, filepath.Join(dir, "clone"), binary)
	again := filepath.Join(dir, "again"+exe())
	buildOfClone(t, filepath.Join(dir, "another"), again)
	if !bytes.Equal(readFile(t, binary), readFile(t, again)) {
		t.Error("two clones of one commit give different binaries")
	}
	says(t, "..", "go", "run", "./cmd/release", "-version", releaseVersion, builds, filepath.Join(dir, "out"))
	for name, installed := range map[string]string{
		"npm":   installWithNPM(t, dir),
		"wheel": installWithPip(t, dir),
	} {
		t.Run(name, func(t *testing.T) { sameAs(t, binary, installed) })
	}
	t.Run("npx", func(t *testing.T) { sayNPX(t, filepath.Join(dir, "consumer")) })
	t.Run("script", func(t *testing.T) { runReleased(t, dir, binary) })
}

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

// says runs a command that is to succeed, and returns what it says.
func says(t *testing.T, dir string, command ...string) string {
	t.Helper()
	out, err := run(dir, command...)
	if err != nil {
		t.Fatalf("%q: %v\n%s", command, err, out)
	}
	return out
}

func buildOfClone(t *testing.T, clone, binary string) {
	t.Helper()
	says(t, "..", "git", "clone", "-q", ".", clone)
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "./cmd/errgen")
	cmd.Dir = clone
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func installWithNPM(t *testing.T, dir string) string {
	t.Helper()
	packages, err := filepath.Glob(filepath.Join(dir, "out", "npm", "*"))
	if err != nil || len(packages) != 2 {
		t.Fatalf("expected the package and the one of this platform: %q, %v", packages, err)
	}
	says(t, dir, append([]string{"npm", "pack", "--silent", "--pack-destination", dir}, packages...)...)
	archives, err := filepath.Glob(filepath.Join(dir, "sigsentry-errgen-*.tgz"))
	if err != nil || len(archives) != 2 {
		t.Fatalf("expected two archives: %q, %v", archives, err)
	}
	consumer := filepath.Join(dir, "consumer")
	says(t, dir, append([]string{"npm", "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--silent",
		"--prefix", consumer}, archives...)...)
	return filepath.Join(consumer, "node_modules", ".bin", "errgen")
}

// sayNPX sees that hints are what a project types, where errgen is no program on the PATH.
func sayNPX(t *testing.T, project string) {
	t.Helper()
	out, err := run(project, "npx", "--offline", "errgen", "explain", "no-such-rule")
	if err == nil || !strings.Contains(out, "start one with `npx errgen init`") {
		t.Errorf("%v\n%s", err, out)
	}
	if out := says(t, project, "npx", "--offline", "errgen", "init"); !strings.Contains(out, "npx errgen preview --open") {
		t.Error(out)
	}
}

func installWithPip(t *testing.T, dir string) string {
	t.Helper()
	wheels, err := filepath.Glob(filepath.Join(dir, "out", "wheels", "*.whl"))
	if err != nil || len(wheels) != 1 {
		t.Fatalf("expected one wheel: %q, %v", wheels, err)
	}
	venv := filepath.Join(dir, "venv")
	says(t, dir, "python3", "-m", "venv", venv)
	bin := filepath.Join(venv, "bin")
	if runtime.GOOS == "windows" {
		bin = filepath.Join(venv, "Scripts")
	}
	says(t, dir, filepath.Join(bin, "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
		"--no-index", wheels[0])
	return filepath.Join(bin, "errgen"+exe())
}

// sameAs holds an installed errgen against the binary that it was packed from: what it writes, and its exit codes.
func sameAs(t *testing.T, binary, installed string) {
	t.Helper()
	want, got := t.TempDir(), t.TempDir()
	catalog, err := filepath.Abs("every-field/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	says(t, want, binary, "generate", "-q", "-c", catalog)
	says(t, got, installed, "generate", "-q", "-c", catalog)
	if files := sameFiles(t, want, got); files < 6 {
		t.Errorf("%d files were compared", files)
	}
	for _, args := range [][]string{{"generate", "-c", "missing.yaml"}, {"no-such-command"}, {"version"}} {
		wantWords, wantErr := run(want, append([]string{binary}, args...)...)
		words, err := run(got, append([]string{installed}, args...)...)
		if words != wantWords || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Errorf("%q: %v %q, expected %v %q", args, err, words, wantErr, wantWords)
		}
	}
}

// sameFiles returns how many files a tree has, after it compared each with that of the other one.
func sameFiles(t *testing.T, want, got string) (files int) {
	t.Helper()
	err := filepath.WalkDir(want, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(want, path)
		if err != nil {
			return err
		}
		files++
		if !bytes.Equal(readFile(t, path), readFile(t, filepath.Join(got, name))) {
			t.Errorf("%s differs", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// runReleased runs the script of the action and the hooks as GitHub lays it, in a folder named by its tag, without Go.
func runReleased(t *testing.T, dir, binary string) {
	t.Helper()
	need(t, "curl")
	const tag = "v" + releaseVersion
	released := filepath.Join(dir, "releases", tag)
	script := filepath.Join(dir, tag, ".github", "errgen")
	for _, folder := range []string{released, filepath.Dir(script)} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(script, readFile(t, "../.github/errgen"), 0o755); err != nil {
		t.Fatal(err)
	}
	name := "errgen_" + releaseVersion + "_" + runtime.GOOS + "_" + runtime.GOARCH + ".tar.gz"
	archive := packed(t, readFile(t, binary))
	sums := fmt.Sprintf("%x  %s\n", sha256.Sum256(archive), name)
	releasedSays := func(archive []byte) (string, error) {
		write(t, filepath.Join(released, name), archive)
		write(t, filepath.Join(released, "checksums.txt"), []byte(sums))
		cmd := exec.Command("bash", script, "version")
		cmd.Env = append(os.Environ(), "ERRGEN_RELEASES=file://"+filepath.Join(dir, "releases"), "PATH=/usr/bin:/bin")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := releasedSays(append(archive, 0)); err == nil || !bytes.Contains([]byte(out), []byte("does not match")) {
		t.Errorf("a changed archive: %v\n%s", err, out)
	}
	if out, err := releasedSays(archive); err != nil || out != says(t, dir, binary, "version") {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := releasedSays(nil); err != nil { // it was fetched once
		t.Errorf("the second run: %v\n%s", err, out)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// packed returns the binary as an archive, as goreleaser lays it.
func packed(t *testing.T, binary []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	archive := tar.NewWriter(zipped)
	if err := archive.WriteHeader(&tar.Header{Name: "errgen", Mode: 0o755, Size: int64(len(binary))}); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Write(binary); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/sigsentry/errgen/generator/document"
)

// patient is how long tests wait for what takes a moment on an idle machine.
const patient = time.Minute

// catalogOf returns a catalog with n codes that all mean the same.
func catalogOf(n int, meaning string) string {
	var b strings.Builder
	b.WriteString("version: 1\ninfo: {title: Errors}\ncategories: {general: {title: General}}\nerrors:\n")
	for i := range n {
		fmt.Fprintf(&b, "  CODE_%d: {status: 404, category: general, meaning: %s}\n", i, meaning)
	}
	return b.String()
}

func save(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// eventually fails unless something becomes true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patient); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("never came true: ", what)
		}
	}
}

// outputs returns the files that errgen left in a folder, by their paths in it.
func outputs(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	root := os.DirFS(folder)
	err := fs.WalkDir(root, "out", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			var text []byte
			text, err = fs.ReadFile(root, name)
			found[name] = string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// lockedBuffer is written by one process or goroutine and read by another.
type lockedBuffer struct {
	sync.Mutex
	text bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.text.Write(p)
}

func (b *lockedBuffer) String() string {
	b.Lock()
	defer b.Unlock()
	return b.text.String()
}

var watchLines = regexp.MustCompile(`^(errgen: errors.yaml: \d+ files, \d+ written, \d+ unchanged \(\d+ ms\)
errgen: watching errors.yaml; stop with Ctrl-C
(errgen: errors.yaml changed: \d+ written, \d+ unchanged \(\d+ ms\)
)*)$`)

// A signal ends errgen at once and well at any moment: there are whole files only, and no others.
func TestSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("processes are stopped with a signal")
	}
	program, err := exec.LookPath("errgen") // this test, by the name that testscript gave it
	if err != nil {
		t.Fatal(err)
	}
	catalogs := map[string]string{"one": catalogOf(1000, "One"), "two": catalogOf(1000, "Two")}
	whole := map[string]map[string]string{}
	for name, text := range catalogs {
		folder := t.TempDir()
		save(t, filepath.Join(folder, "errors.yaml"), text)
		cmd := exec.Command(program, "generate")
		cmd.Dir = folder
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatal(err, string(out))
		}
		whole[name] = outputs(t, folder)
	}
	folder := t.TempDir()
	catalog := filepath.Join(folder, "errors.yaml")
	save(t, catalog, catalogs["one"])
	left := map[string]int{}
	ending := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)
	for i := range 20 {
		var stderr lockedBuffer
		cmd := exec.Command(program, "generate", "--watch")
		cmd.Dir, cmd.Stderr = folder, &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "errgen watches", func() bool { return strings.Contains(stderr.String(), "watching") })
		save(t, catalog, catalogs[[]string{"two", "one"}[i%2]])
		time.Sleep(time.Duration(rand.IntN(400)) * time.Millisecond)
		if err := cmd.Process.Signal(ending[i/2%len(ending)]); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil || !watchLines.MatchString(stderr.String()) {
			t.Errorf("%v\n%s", err, stderr.String())
		}
		left[compareWith(t, outputs(t, folder), whole)]++
	}
	t.Logf("left after 20 signals: %v", left)
}

// What nohup has it ignore stays ignored.
func TestIgnoredSignals(t *testing.T) {
	needTools(t, "sh")
	program, err := exec.LookPath("errgen")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	save(t, filepath.Join(folder, "errors.yaml"), catalogOf(1, "One"))
	var stderr lockedBuffer
	cmd := exec.Command("sh", "-c", `trap "" HUP; exec "$0" generate --watch`, program)
	cmd.Dir, cmd.Stderr = folder, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "errgen watches", func() bool { return strings.Contains(stderr.String(), "watching") })
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	save(t, filepath.Join(folder, "errors.yaml"), catalogOf(1, "Two"))
	eventually(t, "errgen still watches", func() bool { return strings.Contains(stderr.String(), "errors.yaml changed") })
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, stderr.String())
	}
}

// So it does without --watch, whatever it was at.
func TestInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("processes are stopped with a signal")
	}
	program, err := exec.LookPath("errgen")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for i := range 20 {
		save(t, filepath.Join(folder, "errors.yaml"), catalogOf(1000, fmt.Sprint("Try ", i)))
		cmd := exec.Command(program, "generate", "-q")
		cmd.Dir = folder
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.IntN(250)) * time.Millisecond)
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended
		_ = cmd.Wait()
		// -1 is before it could listen
		if code := cmd.ProcessState.ExitCode(); code != exitOK && code != exitInterrupted && code != -1 {
			t.Errorf("exit code %d", code)
		}
		for _, pattern := range []string{".errgen-*", "*/.errgen-*", "*/*/.errgen-*", "*/*/*/.errgen-*"} {
			if left, _ := filepath.Glob(filepath.Join(folder, pattern)); len(left) > 0 {
				t.Fatalf("left after try %d: %v", i, left)
			}
		}
	}
}

// compareWith says of which catalog the outputs are.
func compareWith(t *testing.T, got map[string]string, whole map[string]map[string]string) string {
	t.Helper()
	of := map[string]bool{}
	for path, text := range got {
		switch text {
		case whole["one"][path]:
			of["one"] = true
		case whole["two"][path]:
			of["two"] = true
		default:
			t.Errorf("%s is of neither catalog: %d bytes", path, len(text))
		}
	}
	if len(got) != 6 {
		t.Errorf("%d files are left", len(got))
	}
	if len(of) != 1 {
		t.Error("some files are of one catalog, and some of the other")
	}
	return fmt.Sprint(of)
}

// saveLike holds the ways in which programs save.
var saveLike = []func(t *testing.T, path, content string){
	save,
	func(t *testing.T, path, content string) { // by renaming
		save(t, path+".tmp", content)
		if err := os.Rename(path+".tmp", path); err != nil {
			t.Fatal(err)
		}
	},
	func(t *testing.T, path, content string) { // with a backup
		if err := os.Rename(path, path+"~"); err != nil {
			t.Fatal(err)
		}
		save(t, path, content)
		os.Remove(path + "~")
	},
	func(t *testing.T, path, content string) { // in steps
		save(t, path, "")
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		save(t, path, content[:len(content)/2])
		time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		save(t, path, content)
	},
	func(t *testing.T, path, content string) { // and is touched
		save(t, path, content)
		if err := os.Chtimes(path, time.Time{}, time.Now()); err != nil {
			t.Fatal(err)
		}
	},
	func(t *testing.T, path, content string) { // in a folder that is moved
		folder := filepath.Dir(path)
		if err := os.Rename(folder, folder+"-away"); err != nil {
			t.Fatal(err)
		}
		save(t, filepath.Join(folder+"-away", filepath.Base(path)), content)
		time.Sleep(time.Duration(rand.IntN(50)) * time.Millisecond)
		if err := os.Rename(folder+"-away", folder); err != nil {
			t.Fatal(err)
		}
	},
}

// soak is a folder in which errgen watches a catalog, a configuration and a target.
type soak struct {
	*testing.T
	folder  string
	address string // of the preview
	saves   int
}

func (s *soak) save(file, content string) {
	s.saves++
	saveLike[rand.IntN(len(saveLike))](s.T, filepath.Join(s.folder, file), content)
}

// saveSome saves files at random, some of them broken, and then all of them well; it waits until that is generated.
func (s *soak) saveSome() {
	for range rand.IntN(8) {
		switch rand.IntN(6) {
		case 0:
			s.save("config/errgen.yaml", "version: 2\n")
		case 1:
			s.save("mine/lines/target.yaml", "files: [\n")
		case 2:
			s.save("mine/lines/file.tmpl", "{{.Nothing}}")
		case 3:
			s.save("api/errors.yaml", catalogOf(3, "[")+"{")
		default:
			s.save("api/errors.yaml", catalogOf(1+rand.IntN(20), "It is there"))
		}
		time.Sleep(time.Duration(rand.IntN(150)) * time.Millisecond)
	}
	mark := fmt.Sprintf("mark %d", rand.Uint64())
	s.save("config/errgen.yaml", "version: 1\ncatalog: ../api/errors.yaml\ntemplates: ../mine\n"+
		"targets: {lines: {out: ../out}, go: {out: ../out}}\n")
	s.save("mine/lines/target.yaml", "description: one line for each code\nfiles: {codes.txt: {template: file}}\n"+
		"string: {}\n")
	s.save("mine/lines/file.tmpl", "# {{.Header}}\n"+mark+"\n{{range .Errors}}{{string .Code}} {{end}}\n")
	s.save("api/errors.yaml", catalogOf(10, mark))
	for _, output := range []string{"codes.txt", "errors.gen.go"} {
		eventually(s.T, mark+" in "+output, func() bool {
			text, _ := os.ReadFile(filepath.Join(s.folder, "out", output))
			return bytes.Contains(text, []byte(mark))
		})
	}
	eventually(s.T, mark+" in the preview", func() bool {
		_, body := get(s.T, s.address, "")
		return strings.Contains(body, mark)
	})
}

// usage is what may leak.
type usage struct{ goroutines, handles, heap int }

func measure() (u usage) {
	debug.FreeOSMemory()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	var handles []os.DirEntry
	if runtime.GOOS == "linux" {
		handles, _ = os.ReadDir("/proc/self/fd")
	}
	return usage{runtime.NumGoroutine(), len(handles), int(memory.HeapAlloc)}
}

// Nothing is missed and nothing leaks, however long errgen watches: ERRGEN_SOAK=10m go test -run Soak -v -timeout 0
// ./cmd/errgen
func TestSoak(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files that are being read cannot be replaced")
	}
	for _, poll := range []bool{false, true} {
		t.Run(fmt.Sprintf("poll=%v", poll), func(t *testing.T) { runSoak(t, poll) })
	}
}

func runSoak(t *testing.T, poll bool) {
	length := 2 * time.Second
	if text := os.Getenv("ERRGEN_SOAK"); text != "" {
		var err error
		if length, err = time.ParseDuration(text); err != nil {
			t.Fatal(err)
		}
	}
	s := &soak{T: t, folder: t.TempDir()}
	for _, folder := range []string{"api", "config", "mine/lines"} {
		if err := os.MkdirAll(filepath.Join(s.folder, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	save(t, filepath.Join(s.folder, "api/errors.yaml"), catalogOf(1, "start"))
	save(t, filepath.Join(s.folder, "mine/lines/target.yaml"),
		"description: d\nfiles: {codes.txt: {template: file}}\nstring: {}\n")
	save(t, filepath.Join(s.folder, "mine/lines/file.tmpl"), "# {{.Header}}\n")
	save(t, filepath.Join(s.folder, "config/errgen.yaml"),
		"version: 1\ncatalog: ../api/errors.yaml\ntemplates: ../mine\ntargets: {lines: {out: ../out}}\n")
	t.Chdir(s.folder)
	var stdout, stderr lockedBuffer
	t.Cleanup(func() {
		if text := stderr.String(); t.Failed() {
			t.Log(text[max(0, len(text)-2000):])
		}
	})
	f := flags{config: "config/errgen.yaml", maxSize: document.DefaultMaxSize, format: "text", color: "never",
		stdout: &stdout, stderr: &stderr}
	g, p := &generate{flags: &f, watch: true}, &previewer{flags: &f, poll: poll}
	before := measure()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	go func() { ended <- g.follow(ctx, poll, g.once, g.complain) }()
	go func() { ended <- p.serve(ctx) }()
	eventually(t, "errgen watches", func() bool { return strings.Count(stderr.String(), "watching") == 2 })
	s.address = strings.TrimSpace(stdout.String())
	browser := listen(t, s.address)
	s.saveSome()
	first := measure()
	for start := time.Now(); time.Since(start) < length; {
		s.saveSome()
	}
	var last, after usage
	eventually(t, "goroutines and handles are as at first", func() bool {
		last = measure()
		return last.goroutines <= first.goroutines && last.handles <= first.handles
	})
	cancel()
	for range cap(ended) {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	events := <-browser
	eventually(t, "goroutines and handles are as before", func() bool {
		after = measure()
		return after.goroutines <= before.goroutines && after.handles <= before.handles
	})
	if after.handles == 0 {
		t.Log("file handles are not counted here")
	}
	t.Logf("%d saves, %d runs of both, %d events; before %+v, at first %+v, at last %+v, after %+v", s.saves,
		strings.Count(stderr.String(), " changed: "), events, before, first, last, after)
}

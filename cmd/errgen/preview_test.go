package main

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/project"
)

// client keeps no connection open.
var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

// get returns an answer of the preview.
func get(t *testing.T, address, host string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// startPreview runs errgen preview in a folder and returns its address.
func startPreview(t *testing.T, folder string, stderr io.Writer) (errgen *exec.Cmd, address string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("processes are stopped with a signal")
	}
	program, err := exec.LookPath("errgen") // this test, by the name that testscript gave it
	if err != nil {
		t.Fatal(err)
	}
	errgen = exec.Command(program, "preview")
	errgen.Dir, errgen.Stderr = folder, stderr
	stdout, err := errgen.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := errgen.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { errgen.Process.Kill() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return errgen, strings.TrimSuffix(line, "\n")
}

// What is edited is in the browser: the process, its address, its page and its events.
func TestPreview(t *testing.T) {
	folder := t.TempDir()
	catalog := filepath.Join(folder, "errors.yaml")
	save(t, catalog, catalogOf(2, "First"))
	var stderr lockedBuffer
	cmd, address := startPreview(t, folder, &stderr)
	events, err := client.Get(address + "events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	lines := bufio.NewScanner(events.Body)
	shows := func(event, words string) {
		t.Helper()
		for lines.Scan() {
			if lines.Text() != "event: "+event {
				continue
			}
			if status, body := get(t, address, ""); status != 200 || !strings.Contains(body, words) {
				t.Errorf("after %s the page is %d, without %q", event, status, words)
			}
			return
		}
		t.Fatal("the events ended: ", lines.Err())
	}
	shows("page", "<p class=\"meaning\">First</p>")
	next := filepath.Join(folder, "next.yaml")
	save(t, next, catalogOf(2, "Second"))
	if err := os.Rename(next, catalog); err != nil {
		t.Fatal(err)
	}
	shows("page", "<p class=\"meaning\">Second</p>")
	save(t, catalog, catalogOf(2, "[broken"))
	shows("diagnostics", "<p class=\"meaning\">Second</p>")
	save(t, catalog, catalogOf(2, "Third"))
	shows("page", "<p class=\"meaning\">Third</p>")
	save(t, filepath.Join(folder, "errgen.yaml"), "version: 2\n")
	shows("diagnostics", "<p class=\"meaning\">Third</p>")
	save(t, filepath.Join(folder, "errgen.yaml"),
		"version: 1\ntargets: {go: {out: internal/failure}, html: {out: docs}}\n")
	shows("page", "failure.CodeCode0")
	if status, body := get(t, address, "evil.example"); status != 421 || strings.Contains(body, "Third") {
		t.Errorf("another host gets %d: %s", status, body)
	}

	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v\n%s", err, stderr.String())
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) != 2 {
		t.Errorf("preview wrote something: %v %v", left, err)
	}
	if _, err := client.Get(address); err == nil {
		t.Error("somebody still answers")
	}
}

// A bug is reported as one, wherever it is.
func TestBugEndsFollowing(t *testing.T) {
	t.Chdir(t.TempDir())
	save(t, "errors.yaml", catalogOf(1, "There"))
	f := &flags{maxSize: document.DefaultMaxSize, stderr: io.Discard}
	err := f.follow(t.Context(), false, func(*project.Config, bool) (string, error) { panic("broken") }, f.complain)
	var bug *diag.Bug
	if !errors.As(err, &bug) || bug.Value != "broken" || !strings.Contains(string(bug.Stack), "TestBugEndsFollowing") {
		t.Errorf("got %v", err)
	}
}

// listen reads the events of a preview until it ends, as a browser does, and then says how many there were.
func listen(t *testing.T, address string) <-chan int {
	t.Helper()
	response, err := client.Get(address + "events")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan int, 1)
	go func() {
		defer response.Body.Close()
		events := 0
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "event: ") {
				events++
			}
		}
		ended <- events
	}()
	return ended
}

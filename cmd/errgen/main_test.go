package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"errgen": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs testdata/script: what users type, and what they get.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("GOCACHE", goCache())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": exitCode, "age": age, "aged": aged, "await": await, "untime": untime,
		},
	})
}

// goCache returns where go keeps what it has compiled, so that scripts compile no library anew.
var goCache = sync.OnceValue(func() string {
	out, _ := exec.Command("go", "env", "GOCACHE").Output() // scripts that need go are skipped without it
	return strings.TrimSpace(string(out))
})

// code N errgen ARGS… runs errgen and expects its exit code to be N.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N errgen ARGS…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = err.Error()[len("exit status "):]
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

var longAgo = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)

// age FILE… makes files old.
func age(ts *testscript.TestScript, neg bool, files []string) {
	for _, f := range files {
		ts.Check(os.Chtimes(ts.MkAbs(f), longAgo, longAgo))
	}
}

// aged FILE… fails unless files have not been touched since age.
func aged(ts *testscript.TestScript, neg bool, files []string) {
	for _, f := range files {
		info, err := os.Stat(ts.MkAbs(f))
		ts.Check(err)
		if info.ModTime().Equal(longAgo) == neg {
			ts.Fatalf("%s: modified at %v", f, info.ModTime())
		}
	}
}

// await FILE REGEXP waits until the file has a match, for half a minute.
func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE REGEXP")
	}
	wanted := regexp.MustCompile(args[1])
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && wanted.Match(text) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s has no match of %s: %v\n%s", args[0], args[1], err, text)
		}
	}
}

var duration = regexp.MustCompile(`\(\d+ ms\)`)

// untime FILE takes the durations out of what errgen printed.
func untime(ts *testscript.TestScript, neg bool, args []string) {
	text := duration.ReplaceAllString(ts.ReadFile(args[0]), "(N ms)")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

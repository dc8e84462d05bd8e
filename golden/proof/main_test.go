package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const passed = `{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"pass","Package":"p","Test":"TestA","Elapsed":12.34}
{"Action":"output","Package":"p","Test":"TestB","Output":"=== RUN   TestB\n"}
{"Action":"output","Package":"p","Test":"TestB","Output":"    b_test.go:7: java is not installed\n"}
{"Action":"output","Package":"p","Test":"TestB","Output":"--- SKIP: TestB (0.00s)\n"}
{"Action":"skip","Package":"p","Test":"TestB"}
{"Action":"skip","Package":"p","Test":"TestC"}
{"Action":"output","Package":"p","Output":"PASS\n"}
{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}
{"Action":"pass","Package":"p"}
{"Action":"output","Package":"q","Output":"?   \tq\t[no test files]\n"}
{"Action":"skip","Package":"q"}
`

const failed = `{"Action":"output","Package":"p","Test":"TestD","Output":"    d_test.go:7: wrong\n"}
{"Action":"fail","Package":"p","Test":"TestD"}
{"Action":"output","Package":"p","Test":"TestE","Output":"panic: out of time\n"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t0.1s\n"}
{"Action":"fail","Package":"p"}
`

func TestRunIsPrintedAndWhatWasSkippedIsTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "skipped")
	for _, c := range []struct{ run, printed, err string }{
		{passed, "ok  \tp\t0.1s\n       12 s  TestA\n?   \tq\t[no test files]\n", ""},
		{failed, "    d_test.go:7: wrong\npanic: out of time\nFAIL\tp\t0.1s\n", "tests failed"},
		{"go: no such package\n", "go: no such package\n", "tests failed"},
		{`{"ImportPath":"p","Action":"build-output","Output":"x.go:1: no\n"}` + "\n" + `{"Action":"build-fail"}`, "x.go:1: no\n",
			"tests failed"},
	} {
		var printed bytes.Buffer
		err := note(strings.NewReader(c.run), &printed, file)
		if printed.String() != c.printed || err == nil && c.err != "" || err != nil && err.Error() != c.err {
			t.Errorf("%v: printed %q, expected %q", err, &printed, c.printed)
		}
	}
	var told bytes.Buffer
	const want = "Not proven on this machine: java is not installed (TestB); no reason given (TestC).\n"
	if err := tell(&told, file); err != nil || told.String() != want {
		t.Errorf("%v: told %q, expected %q", err, &told, want)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the file is still there")
	}
	if all := sentence(""); all != "Everything was proven on this machine." {
		t.Error(all)
	}
}

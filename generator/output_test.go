package generator

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An output holds all of itself, or nothing where the disk has it already.
func TestOutputHoldsWhatDiffers(t *testing.T) {
	long := strings.Repeat("a line of some length\n", 10_000)
	for name, c := range map[string]struct {
		old, new string
		current  bool
	}{
		"equal":                       {long, long, true},
		"equal but for CRLF":          {strings.ReplaceAll(long, "\n", "\r\n"), long, true},
		"differs at the end":          {long, long + "x\n", false},
		"old is longer":               {long + "x\n", long, false},
		"differs at first":            {"b" + long, long, false},
		"differs in the middle, CRLF": {strings.ReplaceAll(long[:100_000]+"!"+long[100_000:], "\n", "\r\n"), long, false},
		"lone carriage return":        {long + "x\ry\n", long + "xy\n", false},
		"ends in a carriage return":   {long + "\r", long, false},
		"old is empty":                {"", long, false},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "f")
			if err := os.WriteFile(path, []byte(c.old), 0o600); err != nil {
				t.Fatal(err)
			}
			random := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				o := &output{path: path}
				o.compare()
				for rest := c.new; rest != ""; {
					n := min(len(rest), 1+random.IntN(1+random.IntN(200_000)))
					if _, err := o.Write([]byte(rest[:n])); err != nil {
						t.Fatal(err)
					}
					rest = rest[n:]
				}
				o.finish()
				f := o.file()
				if f.Current != c.current || !c.current && !bytes.Equal(f.Content, []byte(c.new)) {
					t.Fatalf("current is %v with %d bytes of %d, expected %v", f.Current, len(f.Content), len(c.new), c.current)
				}
			}
		})
	}
	o := &output{path: filepath.Join(t.TempDir(), "absent")}
	o.compare()
	_, _ = o.Write([]byte("x\n"))
	o.finish()
	if f := o.file(); f.Current || string(f.Content) != "x\n" {
		t.Errorf("an absent file gave %v", f)
	}
}

package diag

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// fingerprints returns a name for each diagnostic that is the same in the next run, although lines have moved or words
// of errgen have changed: it is made of the rule, the file and the pointer, or else the source line. Several with the
// same are counted.
func (l List) fingerprints() []string {
	seen := map[string]int{}
	prints := make([]string, len(l))
	for i, d := range l {
		at := cmp.Or(d.Pointer, strings.TrimSpace(d.Place.Source))
		key := strings.Join([]string{d.Rule, d.Place.slashed(), at}, "\x00")
		sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(seen[key])))
		seen[key]++
		prints[i] = hex.EncodeToString(sum[:16])
	}
	return prints
}

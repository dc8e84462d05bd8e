package document

import (
	"fmt"
	"testing"
)

// Every character that hides something is refused by itself, and its neighbours are not.
func TestHiddenCharacters(t *testing.T) {
	for _, hidden := range []struct{ from, to rune }{
		{0x01, 0x08}, {0x0b, 0x0c}, {0x0e, 0x1f}, {0x7f, 0x9f}, {0x61c, 0x61c}, {0x200e, 0x200f}, {0x2028, 0x202e},
		{0x2066, 0x2069}, {0xfeff, 0xfeff},
	} {
		for r := hidden.from - 1; r <= hidden.to+1; r++ {
			_, found := Parse("f.yaml", fmt.Appendf(nil, "a: \"x%cy\"", r), DefaultMaxSize)
			refused := len(found) == 1 && found[0].Rule == "hidden-character"
			inside := hidden.from <= r && r <= hidden.to
			if r != '\t' && r != '\n' && r != '\r' && r != 0 && refused != inside {
				t.Errorf("U+%04X: found %v", r, found)
			}
		}
	}
}

package document

import (
	"encoding/json"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

var formatCases = map[string]struct{ valid, invalid []string }{
	"date-time": {
		valid: []string{"2025-03-01T12:00:00Z", "2025-03-01t12:00:00z", "2025-03-01T12:00:00.123456789012+05:30",
			"2025-03-01T00:00:00-00:00", "2024-02-29T23:59:59Z", "0000-01-01T00:00:00Z",
			"2016-12-31T23:59:60Z", "2016-12-31T15:59:60-08:00", "2017-01-01T05:29:60+05:30", "2017-01-01T00:59:60.5+01:00",
			"9999-12-31T23:59:60Z"},
		invalid: []string{"", "2025-03-01", "12:00:00Z", "2025-03-01 12:00:00Z", "2025-03-01T12:00:00", "2025-03-01T12:00Z",
			"2025-02-29T12:00:00Z", "2025-13-01T12:00:00Z", "2025-03-01T24:00:00Z",
			"2025-03-01T12:60:00Z", "2025-03-01T12:00:61Z", "2025-03-01T12:00:60Z", "2016-12-31T23:58:60Z",
			"2016-12-31T23:59:60+01:00", "2016-12-31T23:59:60", "2025-03-01T12:00:00.Z",
			"2025-03-01T12:00:00,5Z", "2025-03-01T12:00:00+0530", "2025-03-01T12:00:00+24:00", "2025-03-01T12:00:00+05:60",
			"2025-03-01T1:00:00Z", "25-03-01T12:00:00Z", "2025-03-01T12:00:00Zx",
			"2025-03-01T12:00:00ZZ", " 2025-03-01T12:00:00Z", "２025-03-01T12:00:00Z"},
	},
	"date": {
		valid: []string{"2025-03-01", "2024-02-29", "0000-01-01", "9999-12-31"},
		invalid: []string{"", "2025-02-29", "2025-3-1", "2025-00-01", "2025-01-00", "2025-01-32", "20250301", "2025-03",
			"2025-03-01Z", "2025-03-01T12:00:00Z", " 2025-03-01", "-2025-03-01"},
	},
	"uuid": {
		valid: []string{"123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000",
			"00000000-0000-0000-0000-000000000000"},
		invalid: []string{"", "123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}",
			"123e4567-e89b-12d3-a456-42661417400", "123e4567-e89b-12d3-a456-4266141740000",
			"g23e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a4564-26614174000",
			"123e4567-e89b-12d3-a456-4266141740é", "-----"},
	},
	"uri": {
		valid: []string{"https://example.com/", "https://example.com/a?b=c#d", "urn:x:y", "mailto:user@example.com",
			"http://[::1]/", "http://[2001:db8::1]:8080/a", "x:", "file:///tmp/a", "http://user@example.com/",
			"https://example.com/a b"},
		invalid: []string{"", "/a", "a/b", "//example.com/", "example.com", ":x", "1x:y", "http://[::1", "http://[::1]x/",
			"http://[1::2::3]/", "http://[fe80::1%25eth0]/", "http://a:b/", "http://::1/", "http://%zz/", "http://a\x7f/",
			"http:// a/"},
	},
	"email": {
		valid: []string{"user@example.com", "a@b", "a.b+c@example.com", "\"a b\"@example.com", "\"a@b\"@example.com",
			"user@[127.0.0.1]", "user@[IPv6:::1]", "o'neil@example.com", "é@example.com",
			"a b@[127.0.0.1]", strings.Repeat("a", 64) + "@example.com", "a@" + strings.Repeat("b", 63), "a@1.2.3.4"},
		invalid: []string{"", "@", "a", "a@", "@b", "a b@example.com", "user@example.com.", "a@-b", "a@b-", "a@b..c", "a@b_c",
			"a@é.com", ".a@b", "a.@b", "a..b@c", "a@b@c", "user@[127.0.0.256]", "user@[127.0.0]", "user@[::1]",
			"user@[IPv6:127.0.0.1]",
			"user@[IPv6:::g]", "user@[", "user@]", "user@[]", "User <user@example.com>", "<user@example.com>",
			strings.Repeat("a", 65) + "@b", "a@" + strings.Repeat("b", 64), "a@" + strings.Repeat("b.", 127) + "c"},
	},
	"duration": {
		valid: []string{"PT30S", "P1Y", "P1Y2M", "P1Y2M3D", "P1Y2M3DT4H5M6S", "P3D", "P2M3D", "P1DT12H", "PT1H", "PT1H2M",
			"PT5M6S", "P4W", "P0D", "P007D"},
		invalid: []string{"", "P", "PT", "P1", "1D", "P1YT", "P1Y3D", "PT1H6S", "P1W2D", "P1WT1H", "P1.5D", "PT0.5S", "P-1D",
			"-P1D", "P1D2M", "PT1S1M", "P1H", "PT1D", "p1d", "P1D ", "P1DT1HT1M", "P１D", "P1\xff"},
	},
}

func TestFormats(t *testing.T) {
	for format, c := range formatCases {
		for _, text := range c.valid {
			if !takes(format, text) {
				t.Errorf("%q is a %s, and is refused", text, format)
			}
		}
		for _, text := range c.invalid {
			if takes(format, text) {
				t.Errorf("%q is no %s, and is taken", text, format)
			}
		}
	}
}

// Sizes are exact, however a whole number is written.
func TestIntegerFormats(t *testing.T) {
	for number, formats := range map[json.Number]string{
		"0": "int32 int64", "-2147483648": "int32 int64", "2147483647": "int32 int64", "2147483647.0": "int32 int64",
		"2.147483647e9": "int32 int64",
		"2147483648":    "int64", "-2147483649": "int64", "9223372036854775807": "int64", "-9223372036854775808": "int64",
		"9223372036854775807.00": "int64",
		"9223372036854775808":    "", "-9223372036854775809": "", "1e300": "",
	} {
		for _, format := range []string{"int32", "int64"} {
			if want := strings.Contains(formats, format); hasFormat(format, number) != want {
				t.Errorf("%s is %s: %v", number, format, !want)
			}
		}
	}
	if !hasFormat("int32", nil) || !hasFormat("int64", "text") || !hasFormat("date", json.Number("1")) {
		t.Error("a format speaks of values of another type")
	}
}

func takes(format, text string) bool {
	return hasFormat(format, text)
}

// differs lists what is refused here, though the JSON Schema library takes it.
var differs = map[string]map[string]string{
	"date-time": {
		"2025-03-01T+1:00:00Z": "a sign is no digit", "2025-03-01T12:-0:00Z": "a sign is no digit",
		"2025-03-01T12:00:00+-0:00": "a sign is no digit",
	},
	"email": {
		"a@b.-c":          "RFC 1123: each label of a host name begins with a letter or digit, not the first alone",
		"user@[+1.2.3.4]": "a sign is no digit", "user@[00.2.3.4]": "RFC 5321: a number has no leading zero",
	},
}

func TestFormatsAgreeWithJSONSchema(t *testing.T) {
	const rounds = 20_000
	for format, c := range formatCases {
		check := jsonschema.Formats[format]
		for text, why := range differs[format] {
			if takes(format, text) || !check(text) {
				t.Errorf("%s: %q is no difference: %s", format, text, why)
			}
		}
		seeds := append(c.valid, c.invalid...)
		for _, text := range seeds {
			if got, want := takes(format, text), check(text); got != want {
				t.Errorf("%s: %q: %v, JSON Schema says %v", format, text, got, want)
			}
		}
		g := rand.New(rand.NewPCG(3, 4))
		for range rounds {
			text := edited(g, seeds[g.IntN(len(seeds))])
			if got, want := takes(format, text), check(text); got != want &&
				(got || likeDiffers[format] == nil || !likeDiffers[format].MatchString(text)) {
				t.Errorf("%s: %q: %v, JSON Schema says %v", format, text, got, want)
			}
		}
	}
}

// likeDiffers matches the texts that are as those in differs.
var likeDiffers = map[string]*regexp.Regexp{"date-time": regexp.MustCompile(`[Tt:+-][+-]`),
	"email": regexp.MustCompile(`[.]-|[[.](00|[+-])`)}

// edited changes up to three characters of a text.
func edited(g *rand.Rand, text string) string {
	const alphabet = "0123456789abzTZPWYMDHS:.-+@[]%/?# \"<>\\,é_"
	letters := []rune(alphabet)
	runes := []rune(text)
	for range 1 + g.IntN(3) {
		at := g.IntN(len(runes) + 1)
		switch g.IntN(3) {
		case 0:
			runes = append(runes[:at:at], append([]rune{letters[g.IntN(len(letters))]}, runes[at:]...)...)
		case 1:
			if at < len(runes) {
				runes = append(runes[:at:at], runes[at+1:]...)
			}
		default:
			if at < len(runes) {
				runes[at] = letters[g.IntN(len(letters))]
			}
		}
	}
	return string(runes)
}

//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// growths are catalogs with n of one thing: what a pull request can bring, and a walk goes over.
var growths = []struct {
	name string
	make func(n int) string
}{
	{"codes", func(n int) string { return entries(n, "CODE_%d: {status: 400, category: a, meaning: Number %[1]d}") }},
	{"unknown references", func(n int) string {
		return entry("details: {type: object, properties: {"+times(n, "p%d: {$ref: '#/types/Typo%[1]dX'}, ")+"}}") +
			"types:\n" + times(n, "  Type%dX: {type: object}\n")
	}},
	{"unknown categories", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: kat%[1]d, meaning: Words}") +
			"categories:\n  a: {title: A}\n" + times(n, "  cat%d: {title: Title}\n")
	}},
	{"unknown codes", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: a, meaning: Words, seeAlso: [CADE_%[1]d]}")
	}},
	{"codes nearly named in prose", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: a, meaning: Not `CADE_%[1]d`}")
	}},
	{"see also", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: a, meaning: Words}") +
			"  LAST: {status: 400, category: a, meaning: Words, seeAlso: [" + times(n, "CODE_%d, ") + "]}\n"
	}},
	{"see also, twice", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: a, meaning: Words}") +
			"  LAST: {status: 400, category: a, meaning: Words, seeAlso: [" + times(n, "CODE_%d, CODE_%[1]d, ") + "]}\n"
	}},
	{"statuses", func(n int) string {
		return entry("retryable: true}\n  LAST: {category: a, meaning: Words, status: [" + times(n, "%d, ") + "]")
	}},
	{"values of an enum", func(n int) string { return property("{enum: [" + times(n, "v%d, ") + "]}") }},
	{"values of an enum, twice", func(n int) string {
		return property("{enum: [" + times(n, "v%d, ") + times(n, "v%d, ") + "]}")
	}},
	{"values of an enum with one name", func(n int) string {
		return property("{enum: [" + times(n, "'v %d', 'v-%[1]d', ") + "]}")
	}},
	{"described values of an enum", func(n int) string {
		return property("{oneOf: [" + times(n, "{const: v%d, description: Words}, ") + "]}")
	}},
	{"examples of an enum", func(n int) string {
		return property("{enum: [" + times(n, "v%d, ") + "], examples: [" + times(n, "v%d, ") + "]}")
	}},
	{"wrong examples of an enum", func(n int) string {
		return property("{enum: [" + times(n, "v%d, ") + "], examples: [" + times(n, "w%d, ") + "]}")
	}},
	{"examples of an open enum", func(n int) string {
		return property("{anyOf: [{enum: [" + times(n, "v%d, ") + "]}, {type: string}], examples: [" +
			times(n, "w%d, ") + "]}")
	}},
	{"required properties", func(n int) string {
		return property("{type: object, required: [" + times(n, "p%d, ") + "], properties: {" +
			times(n, "p%d: {type: string}, ") + "}}")
	}},
	{"required properties, twice", func(n int) string {
		return property("{type: object, required: [" + times(n, "p%d, p%[1]d, ") + "], properties: {" +
			times(n, "p%d: {type: string}, ") + "}}")
	}},
	{"unknown required properties", func(n int) string {
		return property("{type: object, required: [" + times(n, "q%d, ") + "], properties: {" +
			times(n, "p%d: {type: string}, ") + "}}")
	}},
	{"properties with one name", func(n int) string {
		return property("{type: object, properties: {" + times(n, "'p %d': {type: string}, 'p-%[1]d': {type: string}, ") +
			"}}")
	}},
	{"wide objects with types of their own", func(n int) string {
		return property("{type: object, properties: {" +
			times(n, "p%d: {type: object, properties: {q: {type: string}}}, ") + "}}")
	}},
	{"properties that an example lacks", func(n int) string {
		return entry("details: {type: object, required: [" + times(n, "p%d, ") + "], properties: {" +
			times(n, "p%d: {type: string}, ") + "}}, examples: [{details: {}}]")
	}},
	{"properties that a schema lacks", func(n int) string {
		return entry("details: {type: object, additionalProperties: false, properties: {" +
			times(n, "p%d: {type: string}, ") + "}}, examples: [{details: {" + times(n, "q%d: a, ") + "}}]")
	}},
	{"shared properties, twice", func(n int) string {
		properties := "{type: object, properties: {" + times(n, "p%d: {type: string}, ") + "}}"
		return strings.Replace(entry("details: "+properties), "title: Errors", "title: Errors, details: "+properties, 1)
	}},
	{"codes with shared properties", func(n int) string {
		properties := "{type: object, properties: {" + times(20, "p%d: {type: string}, ") + "}}"
		return strings.Replace(entries(n, "CODE_%d: {status: 400, category: a, meaning: Words}"),
			"title: Errors", "title: Errors, details: "+properties, 1)
	}},
	{"types", func(n int) string {
		return entry("details: {type: object, properties: {"+times(n, "p%d: {$ref: '#/types/T%[1]d'}, ")+"}}") +
			"types:\n" + times(n, "  T%d: {type: object, properties: {a: {type: string}}}\n")
	}},
	{"types in a circle", func(n int) string {
		return entry("") + "types:\n" + times(n, "  T%d: {type: object, required: [a, b], properties: "+
			"{a: {$ref: '#/types/T%[2]d'}, b: {$ref: '#/types/T0'}}}\n") + fmt.Sprintf("  T%d: {$ref: '#/types/T0'}\n", n)
	}},
	{"types in a chain", func(n int) string {
		return entry("") + "types:\n" + times(n, "  T%d: {type: object, properties: {a: {$ref: '#/types/T%[2]d'}}}\n") +
			fmt.Sprintf("  T%d: {type: object}\n", n)
	}},
	{"definitions", func(n int) string {
		return entry("details: {type: object, properties: {" + times(n, "p%d: {$ref: '#/$defs/d%[1]d'}, ") + "}, $defs: {" +
			times(n, "d%d: {type: object, properties: {a: {type: string}}}, ") + "}}")
	}},
	{"codes with one name", func(n int) string {
		return entries(n, "C_%d_X: {status: 400, category: a, meaning: Words}\n  C%[1]d_X: "+
			"{status: 400, category: a, meaning: Words}")
	}},
	{"codes with one meaning", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: a, meaning: Words}")
	}},
	{"categories", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: c%[1]d, meaning: Words}") +
			"categories:\n  a: {title: A}\n" + times(n, "  c%d: {title: Title}\n")
	}},
	{"retired codes", func(n int) string {
		return entry("") + "retired:\n" + times(n, "  OLD_%d: {use: NEWER_%[1]d}\n")
	}},
	{"a chain of replacements", func(n int) string {
		return entries(n, "CODE_%d: {status: 400, category: a, meaning: Words, deprecated: {use: CODE_%[2]d}}") +
			fmt.Sprintf("  CODE_%d: {status: 400, category: a, meaning: Words}\n", n)
	}},
	{"examples of a code", func(n int) string {
		return entry("examples: [" + times(n, "{summary: Number %d}, ") + "]")
	}},
	{"sections", func(n int) string {
		return entry("") + "sections:\n" + times(n, "  - {title: Title, body: '[a](#title-%d)'}\n")
	}},
	{"one long text", func(n int) string {
		return entry("description: '" + times(n, "**a** [b](https://x.example/%d) `CODE` ") + "'")
	}},
	{"open brackets", func(n int) string { return entry("description: '" + times(n, "![[") + "'") }},
	{"open links", func(n int) string { return entry("description: '" + times(n, "[a](b") + "'") }},
	{"stars", func(n int) string { return entry("description: '" + times(n, "**a *b ") + "'") }},
	{"backticks", func(n int) string { return entry("description: '" + times(n, "`a ``b ") + "'") }},
	{"quotes", func(n int) string { return entry("description: |\n      " + strings.Repeat(">", n) + " a\n  ") }},
	{"footnotes and link definitions", func(n int) string {
		return entry("") + "sections:\n  - title: T\n    body: |\n" + times(n, "      [a%d]: https://x.example/%[1]d\n") +
			times(n, "      see [a%d] and [b%[1]d]\n")
	}},
	{"a table", func(n int) string {
		return entry("") + "sections:\n  - title: T\n    body: |\n      | a | b |\n      |---|---|\n" +
			times(n, "      | a | %d |\n")
	}},
	{"columns of a table", func(n int) string {
		return entry("") + "sections:\n  - title: T\n    body: |\n      " + times(n, "| a") + "|\n      " + times(n, "|-") +
			"|\n" + strings.Repeat("      | a |\n", 100)
	}},
	{"members of an envelope", func(n int) string {
		return strings.Replace(entry(""), "title: Errors",
			"title: Errors, envelope: {body: {code: '{code}', "+times(n, "m%d: '{message} %[1]d', ")+"}}", 1)
	}},
	{"unknown keys", func(n int) string { return entry(times(n, "meanning%d: a, ")) }},
	{"duplicate keys", func(n int) string { return entry(times(n, "meaning: a, ")) }},
	{"mistakes on one line", func(n int) string {
		return "{version: 1, info: {title: Errors}, categories: {a: {title: A}}, errors: {" +
			times(n, "CODE_%d: {status: 4.5, category: a, meaning: W}, ") + "}}"
	}},
	{"findings on one line", func(n int) string {
		return "{version: 1, info: {title: Errors}, categories: {a: {title: A}}, errors: {" +
			times(n, "CODE_%d: {status: 429, category: a, meaning: It is.}, ") + "}}"
	}},
	{"findings", func(n int) string {
		return entries(n, "CODE_%d: {status: 429, category: a, meaning: It is.} # errgen:allow long-text no")
	}},
	{"extensions", func(n int) string { return entry(times(n, "x-a%d: a, ")) }},
	{"names by target", func(n int) string { return entry("names: {" + times(n, "t%d: Name, ") + "}") }},
	{"operations", func(n int) string {
		return entry("") + "groups:\n" + times(n, "  g%d: [CODE]\n") + "operations:\n" + times(n, "  op%d: [g%[1]d]\n")
	}},
}

// times repeats a format with the numbers from 0 on: as %d or %[1]d, and with %[2]d the next one.
func times(n int, format string) string {
	format = strings.Replace(format, "%d", "%[1]d", 1)
	var b strings.Builder
	for i := range n {
		number, next := strconv.Itoa(i), strconv.Itoa(i+1)
		b.WriteString(strings.NewReplacer("%[1]d", number, "%[2]d", next).Replace(format))
	}
	return b.String()
}

const growthHead = "version: 1\ninfo: {title: Errors}\n"

func entries(n int, format string) string {
	text := growthHead
	if !strings.Contains(format, "category: c%") && !strings.Contains(format, "category: k") {
		text += "categories: {a: {title: A}}\n"
	}
	return text + "errors:\n" + times(n, "  "+format+"\n")
}

func entry(more string) string {
	return growthHead + "categories: {a: {title: A}}\nerrors:\n  CODE: {status: 500, category: a, meaning: Words, " +
		more + "}\n"
}

func property(schema string) string {
	return entry("details: {type: object, properties: {a: " + schema + "}}")
}

// BenchmarkGrowth tells how the time that the processor takes for a command grows with what a catalog holds: it reports
// milliseconds at n, and how many times that 2n and 4n take, where about 2 and 4 is linear. Run it with -benchtime 1x.
func BenchmarkGrowth(b *testing.B) {
	for _, g := range growths {
		b.Run(g.name, func(b *testing.B) {
			b.Chdir(b.TempDir())
			keep(b, "before.yaml", entry(""))
			for name, args := range map[string][]string{
				"generate": {"generate", "--check"}, "lint": {"lint"}, "same": {"breaking", "--against", "errors.yaml"},
				"gone": {"breaking", "--against", "errors.yaml", "-c", "before.yaml"},
				"new":  {"breaking", "--against", "before.yaml"},
			} {
				var cost [3]float64
				for i := range cost {
					keep(b, "errors.yaml", g.make(1000<<i))
					cost[i] = min(price(b, args), price(b, args))
				}
				b.ReportMetric(cost[0], name+"-ms")
				b.ReportMetric(cost[1]/cost[0], name+"-x2")
				b.ReportMetric(cost[2]/cost[0], name+"-x4")
			}
		})
	}
}

func keep(b *testing.B, name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
}

// price runs a command and returns the milliseconds that the processor was busy.
func price(b *testing.B, args []string) float64 {
	var out bytes.Buffer
	runtime.GC()
	before := busy()
	if code := run(args, &out, &out); code == exitBug {
		b.Fatalf("%q: %.5000s", args, &out)
	}
	return float64(busy()-before) / 1e6
}

func busy() int64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return used.Utime.Nano() + used.Stime.Nano()
}

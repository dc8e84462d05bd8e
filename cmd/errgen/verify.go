package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/capture"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/verify"
)

func newVerify(f *flags) *cobra.Command {
	v := &verifier{flags: f}
	cmd := &cobra.Command{
		Use:   "verify FILE...",
		Short: "Hold recorded responses against the catalog",
		Long: `Says what servers really send that the catalog does not say: unknown codes, other statuses, details that do not
fit, text in place of JSON. Then it prints which codes of the catalog were seen, and which never. Give all captures of
a test run at once; - is standard input.

A capture is known by what it begins with:
  HAR 1.2      what browsers save "as HAR with content", and Playwright with recordHar: {path: …, content: "embed"}
  JSON lines   {"method": "GET", "path": "/pets/7", "route": "GET /pets/{id}", "status": 404, "headers": {…}, "body": …}
               on each line, of which status and body are needed
  curl -i      what it prints, once or several times
A few lines in your tests write JSON lines: errgen init --recorder go writes them for Go, and the guides of the targets
python and typescript have them for pytest and Playwright.

Where the catalog has operations, what each lists is looked at too. Where they are stands in the catalog, or in the
OpenAPI document that targets: {openapi: {api: openapi.yaml}} in errgen.yaml names.

Looked at are responses with a status from 400 on, and others with an error in their body. In the patterns of --host,
--path and --ignore-path, * stands for any text. The levels of rules are set in errgen.yaml:
  verify: {rules: {not-an-envelope: warning, unknown-member: warning}}

Values of headers, queries of addresses and more than 60 characters of a body are never printed. Captures hold them all
the same: record errors only, and keep them out of what others can see.

In CI, behind the tests:
  errgen verify recorded/*.jsonl --cover-min 80

Exit codes: 0 fine, warnings included; 1 a response is not as the catalog says, there is no error to look at, or too
few codes were seen; 2 wrong flags or configuration, or a capture that cannot be read.`,
		Example: `  errgen verify test.har
  errgen verify recorded/*.jsonl --cover-min 80
  errgen verify browser.har --host api.example.com --path '/v1/*'
  curl -si https://api.example.com/v1/nothing | errgen verify -`,
		Args: needFiles("name a capture to look at, or - for standard input; see `errgen verify --help`"),
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := refuseFlags(cmd, "target"); err != nil {
				return err
			}
			return v.run(files)
		},
	}
	cmd.Flags().Float64Var(&v.coverMin, "cover-min", 0, "fail if fewer percent of the codes were seen")
	cmd.Flags().StringArrayVar(&v.categories, "category", nil, "count the codes of this category; repeatable")
	cmd.Flags().BoolVar(&v.json, "json", false, "print the coverage as JSON, and the findings to standard error")
	cmd.Flags().StringArrayVar(&v.hosts, "host", nil, "look at responses of this host only; repeatable")
	cmd.Flags().StringArrayVar(&v.paths, "path", nil, "look at responses of this path only; repeatable")
	cmd.Flags().StringArrayVar(&v.ignored, "ignore-path", nil, "leave out responses of this path; repeatable")
	return cmd
}

type verifier struct {
	*flags
	coverMin              float64
	categories            []string
	json                  bool
	hosts, paths, ignored []string
}

func (v *verifier) run(files []string) error {
	switch {
	case v.coverMin < 0 || v.coverMin > 100:
		return fmt.Errorf("--cover-min takes percent from 0 to 100, not %v", v.coverMin)
	case v.json && v.forMachine():
		return fmt.Errorf("--json prints the coverage, and --format %s prints findings: leave out one of them", v.format)
	}
	config, err := v.setup()
	if err != nil {
		return err
	}
	valid, err := generator.Validate(config.Options)
	if err != nil {
		return err
	}
	if found := valid.Diagnostics; found.HasErrors() {
		return errors.Join(v.print(v.stdout, found), v.verdict(found, config.Catalog))
	}
	c := valid.Catalog
	if err := v.knows(c); err != nil {
		return err
	}
	check := verify.New(c, verify.Options{
		Severities: config.Verified, Hosts: v.hosts, Paths: v.paths, Ignored: v.ignored, Calls: calls(valid),
	})
	for _, file := range files {
		if err := add(check, file); err != nil {
			return err
		}
	}
	return v.report(check, config.Catalog)
}

// calls returns where operations are, as the OpenAPI documents say that errgen.yaml or --set names.
func calls(valid *generator.Validated) (calls []verify.Call) {
	for _, api := range valid.APIs {
		for _, o := range valid.Catalog.Operations {
			if at := api.Find(o); at != nil {
				calls = append(calls, verify.Call{Operation: o.Key, Method: at.Method, Path: at.Path})
			}
		}
	}
	return calls
}

// knows refuses a category that the catalog does not have.
func (v *verifier) knows(c *catalog.Catalog) error {
	var keys []string
	for _, category := range c.Categories {
		keys = append(keys, category.Key)
	}
	for _, key := range v.categories {
		if !slices.Contains(keys, key) {
			return fmt.Errorf("there is no category %s; %s", diag.Quote(key), diag.DidYouMean(key, keys))
		}
	}
	return nil
}

// add reads a capture into a check.
func add(check *verify.Check, file string) error {
	name, in := "<stdin>", io.ReadCloser(os.Stdin)
	if file != "-" {
		opened, err := disk.Open(file)
		if err != nil {
			return err
		}
		defer opened.Close()
		name, in = file, opened
	}
	check.Open(name)
	for r, err := range capture.Read(name, in) {
		if err != nil {
			return err
		}
		check.Add(r)
	}
	return nil
}

// report prints what was found, and then what was seen.
func (v *verifier) report(check *verify.Check, file string) error {
	found, coverage := check.Findings(), check.Coverage(v.categories)
	findings := v.stdout
	if v.json {
		findings = v.stderr
	}
	if err := v.print(findings, found); err != nil {
		return err
	}
	switch {
	case v.json:
		if err := diag.WriteJSON(v.stdout, coverage); err != nil {
			return err
		}
	case v.forMachine():
		v.say("%s", strings.TrimSuffix(coverageText(coverage), "\n"))
	default:
		if len(found) > 0 {
			fmt.Fprintln(v.stdout)
		}
		fmt.Fprint(v.stdout, coverageText(coverage))
	}
	v.say("\nerrgen: %s in %s, held against %s: %s", count(coverage.Errors, "error response"),
		count(coverage.Responses, "response"), diag.Visible(file), cmp.Or(tally(found), "nothing to say"))
	if !coverage.Reaches(v.coverMin) {
		v.say("errgen: %s %% of the codes were seen, less than the %v that --cover-min asks for",
			percent(coverage.Percent), v.coverMin)
		return errFound
	}
	if found.HasErrors() {
		return errFound
	}
	return nil
}

// coverageText says for people which codes were seen.
func coverageText(v verify.Coverage) string {
	var b strings.Builder
	fmt.Fprintf(&b, "seen %d of %d codes (%s %%)\n", v.Seen, v.Total, percent(v.Percent))
	width := 0
	for _, c := range v.Categories {
		width = max(width, len(c.Category))
	}
	for _, o := range v.Operations {
		width = max(width, len(o.Operation))
	}
	for _, c := range v.Categories {
		fmt.Fprintf(&b, "  %-*s  %d of %d\n", width, c.Category, c.Seen, c.Total)
	}
	if len(v.Operations) > 0 {
		b.WriteString("of what operations list\n")
	}
	for _, o := range v.Operations {
		fmt.Fprintf(&b, "  %-*s  %d of %d\n", width, diag.Visible(o.Operation), o.Seen, o.Total)
	}
	if len(v.Never) > 0 {
		b.WriteString(wrap("never seen: "+strings.Join(v.Never, ", "), "  ") + "\n")
	}
	return b.String()
}

func percent(of float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", of), ".0") }

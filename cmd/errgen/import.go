package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/disk"
	"github.com/sigsentry/errgen/generator/intake"
)

func newImport(f *flags) *cobra.Command {
	i := &importer{flags: f}
	cmd := &cobra.Command{
		Use:   "import FILE...",
		Short: "Write a catalog of the codes that you have: records, pages, API descriptions, traffic, Go",
		Long: `Reads the codes that your team has, and writes errors.yaml. Several files are one import: the code is the key.
A file - is standard input, which has JSON, HTML or an OpenAPI document. It takes

  records      JSON, YAML, CSV and TSV: any language can print its codes so
  API          OpenAPI 3.0 and 3.1, Swagger 2
  pages        Markdown and HTML: tables of codes, and pages with a heading for each
  traffic      HAR, and JSON lines of {"status": …, "body": …}
  code         Go constants and struct literals, protobuf enums

Nothing is guessed. What is not certain is left open, with what it may be beside it, and ` + "`errgen lint`" + ` lists
what is to be decided; until then nothing is generated. Texts are read as Markdown. Nothing is ever overwritten.

  --map code=NAME,status=NAME,…   says which column or field of the files holds what: code, status, meaning, title,
                                  description, recovery, message, category, retryable, retryAfter, since, details.
                                  In bodies of an API or of traffic the code has a path: code=error.code
  --select /PATH                  says where the codes are in a JSON or YAML file (a JSON pointer); in Go and protobuf
                                  --select NAME names the type or enum

Exit codes: 0 the catalog is written, or nothing differs; 1 a file says nothing certain, or --check finds a difference;
2 wrong flags, or trouble with a file.`,
		Example: `  errgen import openapi.yaml errors.md capture.har
  errgen import codes.json --map code=identifier,status=http,meaning=summary --select /codes
  errgen import more.md --into errors.yaml
  errgen import openapi.yaml --into errors.yaml --check`,
		Args: needFiles("name the files to import, as in `errgen import FILE...`; see `errgen import --help`"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := refuseFlags(cmd, "templates target set"); err != nil {
				return err
			}
			return i.run(args)
		},
	}
	p := cmd.Flags()
	p.StringSliceVar(&i.fields, "map", nil, "what a column or field holds: code=NAME,status=NAME,…; repeatable")
	p.StringVar(&i.options.Select, "select", "", "where the codes are: a JSON pointer, or the name of an enum")
	p.IntVar(&i.options.Status, "status", 0, "the status of codes for which the files give none, or several")
	p.StringVar(&i.into, "into", "", "add what is new to this catalog; comments and order stay")
	p.BoolVar(&i.check, "check", false, "with --into: write nothing, and fail if the catalog and the files differ")
	p.BoolVar(&i.options.InferRequired, "infer-required", false,
		"of traffic: take properties of details for required that all of at least 20 answers had")
	p.BoolVar(&i.options.Trace, "trace", false, "write at each code where it is from")
	return cmd
}

type importer struct {
	*flags
	fields  []string
	into    string
	check   bool
	options intake.Options

	configured bool // there is an errgen.yaml
}

func (i *importer) run(paths []string) error {
	config, err := i.configuration()
	if err != nil {
		return err
	}
	i.configured = config.Path != ""
	target, err := i.target(config.Catalog)
	if err != nil {
		return err
	}
	i.options.MaxSize, i.options.Stdin = i.maxSize, os.Stdin
	if i.options.Map, err = parseMap(i.fields); err != nil {
		return err
	}
	if s := i.options.Status; s != 0 && (s < 200 || s > 599) {
		return fmt.Errorf("--status takes a status from 200 to 599, not %d", s)
	}
	var before []byte
	if i.into != "" {
		if before, err = disk.Read(i.into, i.maxSize); err != nil {
			return err
		}
	}
	im, err := intake.Read(paths, i.options)
	if err != nil {
		return err
	}
	if i.into != "" {
		if err := im.Compare(i.into, before, i.check); err != nil {
			return err
		}
	}
	if err := i.print(i.stderr, im.Found); err != nil {
		return err
	}
	i.summary(im)
	switch {
	case im.Refused():
		i.say("errgen: nothing was written")
		return errFound
	case i.check:
		return i.verdictOf(im)
	case i.into != "":
		return i.add(im, before)
	}
	return i.create(im, target)
}

// target returns the path of the catalog that is to be written, which by default is the one given. A new one may not be
// there yet.
func (i *importer) target(path string) (string, error) {
	if i.into != "" {
		if i.catalog != "" {
			return "", errors.New("--catalog names a new catalog, and --into one that there is; leave one of them out")
		}
		return i.into, nil
	}
	if i.check {
		return "", errors.New("--check compares with a catalog; name it with --into errors.yaml")
	}
	if _, err := os.Lstat(path); err == nil {
		return "", fmt.Errorf("%s is there already, and nothing was read; add to it with --into %[1]s, or name a new "+
			"catalog with --catalog", diag.Visible(path))
	}
	return path, nil
}

// mapped are the fields that --map knows.
var mapped = strings.Fields("code status meaning title description recovery message category retryable retryAfter " +
	"since details docsURL symbol")

// parseMap reads field=NAME.
func parseMap(list []string) (map[string]string, error) {
	fields := map[string]string{}
	for _, one := range list {
		key, name, ok := strings.Cut(one, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("--map takes FIELD=NAME, such as code=identifier, not %s", diag.Quote(one))
		}
		if !slices.Contains(mapped, key) {
			return nil, fmt.Errorf("--map %s: a code has no %s; %s", diag.Visible(one), diag.Quote(key),
				diag.DidYouMean(key, mapped))
		}
		fields[key] = name
	}
	return fields, nil
}

// summary says what was found in each file.
func (i *importer) summary(im *intake.Import) {
	for _, file := range im.Files {
		if len(file.Notes) == 0 && file.Codes == 0 {
			continue
		}
		line := fmt.Sprintf("errgen: %s: %s", diag.Visible(file.Path), count(file.Codes, "code"))
		if file.Open > 0 {
			line += fmt.Sprintf(", %d certain, %d to decide", file.Codes-file.Open, file.Open)
		} else if file.Codes > 0 {
			line += ", all certain"
		}
		if file.Left > 0 {
			line += fmt.Sprintf("; left out: %s", count(file.Left, "place"))
		}
		i.say("%s", line)
		for _, note := range file.Notes {
			i.say("  %s", note)
		}
	}
}

// create writes a new catalog.
func (i *importer) create(im *intake.Import, path string) error {
	text, err := im.Catalog(path)
	if err != nil {
		return err
	}
	if err := disk.Create([]disk.File{{Path: path, Content: text}}); err != nil {
		return err
	}
	codes, open := im.Counts()
	i.say("errgen: wrote %s with %s%s", diag.Visible(path), count(codes, "code"), i.next(open))
	return nil
}

// next says what to do after an import.
func (i *importer) next(open int) string {
	switch {
	case open > 0:
		return fmt.Sprintf("; %s something to decide: `errgen lint` lists it", have(open))
	case i.configured:
		return "; run `errgen lint`, then `errgen preview --open`"
	}
	return "; run `errgen lint`, then `errgen init`, which says what to generate"
}

func have(n int) string {
	if n == 1 {
		return "1 has"
	}
	return fmt.Sprintf("%d have", n)
}

// add writes new codes into a catalog.
func (i *importer) add(im *intake.Import, before []byte) error {
	after, added, open, err := im.Into(i.into, before)
	if err != nil {
		return err
	}
	if added == 0 {
		i.say("errgen: %s has all these codes already", diag.Visible(i.into))
		return nil
	}
	if err := disk.Replace(i.into, before, after); err != nil {
		return err
	}
	i.say("errgen: added %s to %s%s", count(added, "code"), diag.Visible(i.into), i.next(open))
	return nil
}

// verdictOf ends a comparison.
func (i *importer) verdictOf(im *intake.Import) error {
	if n := im.Found.Count(diag.Error); n > 0 {
		i.say("errgen: %s between %s and the files; `errgen import … --into %[2]s` adds what is new",
			count(n, "difference"), diag.Visible(i.into))
		return errFound
	}
	i.say("errgen: %s has all that the files say", diag.Visible(i.into))
	return nil
}

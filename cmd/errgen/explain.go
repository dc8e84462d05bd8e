package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/render"
)

func newExplain(f *flags) *cobra.Command {
	e := &explainer{flags: f}
	return &cobra.Command{
		Use:   "explain [NAME]",
		Short: "Explain a rule of errgen, a code or operation of the catalog, a target, the envelope, or decoding",
		Long: `Explains a rule of errgen, such as unknown-category: why it is there, with a bad and a good example. Or lays
out all that the catalog says of a code, or which codes an operation can return. Or says what a target writes, which
options it has, and how to use its output. Or tells how errors are sent (envelope) and read (decoding), and those who
write targets what target.yaml and templates can use.
Without a name it lists the rules, the targets and these topics. --format json is for programs.`,
		Example: "  errgen explain\n  errgen explain unknown-category\n  errgen explain NOT_FOUND\n" +
			"  errgen explain getProject\n  errgen explain go\n  errgen explain templates",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: e.complete,
		RunE: func(_ *cobra.Command, args []string) error {
			if f.format != "text" && f.format != "json" {
				return fmt.Errorf("explain prints text or json, not %s", f.format)
			}
			if len(args) == 0 {
				return e.list()
			}
			return e.explain(args[0])
		},
	}
}

type explainer struct{ *flags }

// load reads the catalog.
func (e *explainer) load() (*catalog.Catalog, diag.List, error) {
	config, err := e.configuration()
	if err != nil {
		return nil, nil, err
	}
	return generator.Load(config.Catalog, e.maxSize)
}

// complete offers rules, topics and codes to the shell; without a catalog no codes.
func (e *explainer) complete(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	targets, _ := e.libraryTargets()
	known := slices.Concat(e.rules(), targets, e.topics())
	if c, _, err := e.load(); err == nil && c != nil {
		known = append(known, e.inCatalog(c)...)
	}
	return known.names(), cobra.ShellCompDirectiveNoFileComp
}

// subjects are what can be explained.
type subjects []subject

type subject struct {
	name    string
	explain func() error
}

func (l subjects) names() []string {
	names := make([]string, len(l))
	for i, s := range l {
		names[i] = s.name
	}
	return names
}

// find returns what explains the subject of a name, or nil.
func (l subjects) find(name string) func() error {
	for _, s := range l {
		if s.name == name {
			return s.explain
		}
	}
	return nil
}

func (e *explainer) rules() (all subjects) {
	for _, r := range allRules() {
		all = append(all, subject{r.Name, func() error { return e.rule(r) }})
	}
	return all
}

func (e *explainer) topics() (all subjects) {
	for _, t := range topics {
		all = append(all, subject{t.name, func() error { return t.explain(e) }})
	}
	return all
}

func (e *explainer) libraryTargets() (all subjects, err error) {
	library, err := e.library()
	if err != nil {
		return nil, err
	}
	for _, name := range library.Names() {
		all = append(all, subject{name, func() error { return e.target(library.Find(name)) }})
	}
	return all, nil
}

// inCatalog returns the codes in use, the retired ones, and the operations.
func (e *explainer) inCatalog(c *catalog.Catalog) (all subjects) {
	for _, one := range c.Errors {
		all = append(all, subject{one.Code, func() error { return e.code(c, one) }})
	}
	for _, one := range c.Retired {
		all = append(all, subject{one.Code, func() error { return e.retired(one) }})
	}
	for _, o := range c.Operations {
		all = append(all, subject{o.Key, func() error { return e.operation(o) }})
	}
	return all
}

func (e *explainer) explain(name string) error {
	known := append(e.rules(), e.topics()...)
	if explain := known.find(name); explain != nil {
		return explain()
	}
	targets, err := e.libraryTargets()
	if err != nil {
		return err
	}
	if explain := targets.find(name); explain != nil {
		return explain()
	}
	known = append(known, targets...)
	c, found, err := e.load()
	switch {
	case err != nil:
		return fmt.Errorf("there is no rule %s%s, and no catalog to look for a code in: %w",
			diag.Quote(name), near(name, known), err)
	case c == nil:
		if err := e.print(e.stderr, found); err != nil {
			return err
		}
		return e.verdict(found, "the catalog")
	}
	known = append(e.inCatalog(c), known...)
	if explain := known.find(name); explain != nil {
		return explain()
	}
	return fmt.Errorf("there is no rule or code %s%s; `errgen explain` lists the rules",
		diag.Quote(name), near(name, known))
}

func near(name string, known subjects) string {
	if found := diag.Nearest(name, known.names()); found != "" {
		return "; did you mean " + diag.Quote(found) + "?"
	}
	return ""
}

// answer is what --format json prints; of its parts one is there.
type answer struct {
	Version int         `json:"version"`
	Rules   []diag.Rule `json:"rules,omitempty"`
	Rule    *diag.Rule  `json:"rule,omitempty"`
	Code    *codeFacts  `json:"code,omitempty"`
	Retired *goneFacts  `json:"retired,omitempty"`

	Operation *operationFacts `json:"operation,omitempty"`

	Targets []targetFacts `json:"targets,omitempty"` // beside the rules, without their guides
	Target  *targetFacts  `json:"target,omitempty"`

	Topics    []string          `json:"topics,omitempty"` // beside the rules
	Text      string            `json:"text,omitempty"`   // of a topic
	Keys      []render.Key      `json:"keys,omitempty"`
	Templates *render.Reference `json:"templates,omitempty"`
}

// show prints an answer: as it is for programs, and in other words for people.
func (e *explainer) show(a answer, text string) error {
	if e.forMachine() {
		a.Version = 1
		return diag.WriteJSON(e.stdout, a)
	}
	_, err := io.WriteString(e.stdout, text)
	return err
}

func (e *explainer) list() error {
	library, err := e.library()
	if err != nil {
		return err
	}
	var facts answer
	var b strings.Builder
	group := ""
	for _, r := range allRules() {
		facts.Rules = append(facts.Rules, diag.Rule{Name: r.Name, Group: r.Group, Level: r.Level})
		if r.Group != group {
			group = r.Group
			fmt.Fprintf(&b, "%s\n", headings[group])
		}
		fmt.Fprintf(&b, "  %-34s %s\n      %s\n", r.Name, r.Level, wrap(firstSentence(r.Reason), "      "))
	}
	b.WriteString("\nTargets, and how to use what they write:\n")
	for _, t := range library.Targets() {
		facts.Targets = append(facts.Targets, aboutTarget(t))
		fmt.Fprintf(&b, "  %-34s %s\n", t.Name, wrap(t.Description, strings.Repeat(" ", 37)))
	}
	heading := ""
	for _, t := range topics {
		facts.Topics = append(facts.Topics, t.name)
		if t.heading != heading {
			heading = t.heading
			fmt.Fprintf(&b, "\n%s\n", heading)
		}
		fmt.Fprintf(&b, "  %-34s %s\n", t.name, t.about)
	}
	b.WriteString("\n`errgen explain NAME` says more; it takes the codes and operations of the catalog too.\n")
	return e.show(facts, b.String())
}

// firstSentence returns a text up to its first full stop before a space.
func firstSentence(text string) string {
	if end := strings.Index(text, ". "); end >= 0 {
		return text[:end+1]
	}
	return text
}

var headings = map[string]string{
	"generate": "What is wrong with a catalog, for every command:",
	"lint":     "\nWhat `errgen lint` thinks of its style:",
	"breaking": "\nWhat `errgen breaking` says of a change:",
	"verify":   "\nWhat `errgen verify` says of recorded responses:",
	"import":   "\nWhat `errgen import` says of files:",
}

func (e *explainer) rule(r diag.Rule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s, %s)\n\n%s\n", r.Name, r.Group, r.Level, wrap(r.Reason, ""))
	if r.Hint != "" {
		fmt.Fprintf(&b, "\n%s\n", wrap("The way out: "+r.Hint+".", ""))
	}
	if r.Group == "breaking" {
		rules := "breaking: {rules: {" + r.Name + ": error}}"
		fmt.Fprintf(&b, "\n%s\n", wrap("In errgen.yaml, "+rules+" makes it fail at every level; warning only prints it, "+
			"and off does not report it.", ""))
	}
	for _, example := range []struct{ title, yaml string }{{"Before", r.Before}, {"Bad", r.Bad}, {"Good", r.Good}} {
		if example.yaml == "" {
			continue
		}
		fmt.Fprintf(&b, "\n%s:\n\n", example.title)
		fmt.Fprintf(&b, "    %s\n", indented(visibleLines(strings.Trim(example.yaml, "\n")), "    "))
	}
	return e.show(answer{Rule: &r}, b.String())
}

// indented indents all lines but the first.
func indented(lines, indent string) string { return strings.ReplaceAll(lines, "\n", "\n"+indent) }

// wrap breaks text into lines for a terminal; all but the first begin with the indent.
func wrap(text, indent string) string {
	const width = 88
	var b strings.Builder
	column := len(indent)
	for i, word := range strings.Fields(diag.Visible(text)) {
		switch {
		case i == 0:
		case column+1+len(word) > width:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}

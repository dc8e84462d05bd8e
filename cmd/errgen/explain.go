package main

import (
	"fmt"
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
	names := e.names()
	if c, _, err := e.load(); err == nil && c != nil {
		names = append(names, inCatalog(c)...)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// names returns what can be explained without a catalog: rules, targets and topics.
func (e *explainer) names() []string {
	names := ruleNames()
	if library, err := e.library(); err == nil {
		names = append(names, library.Names()...)
	}
	return append(names, topicNames()...)
}

func ruleNames() []string {
	var names []string
	for _, r := range allRules() {
		names = append(names, r.Name)
	}
	return names
}

// inCatalog returns the codes in use, the retired ones, and the operations.
func inCatalog(c *catalog.Catalog) []string {
	var names []string
	for _, e := range c.Errors {
		names = append(names, e.Code)
	}
	for _, r := range c.Retired {
		names = append(names, r.Code)
	}
	for _, o := range c.Operations {
		names = append(names, o.Key)
	}
	return names
}

func (e *explainer) explain(name string) error {
	rules := allRules()
	if i := slices.IndexFunc(rules, func(r diag.Rule) bool { return r.Name == name }); i >= 0 {
		return e.rule(rules[i])
	}
	if t := findTopic(name); t != nil {
		return t.write(e.stdout, e.forMachine())
	}
	library, err := e.library()
	if err != nil {
		return err
	}
	if t := library.Find(name); t != nil {
		return e.target(t)
	}
	return e.entry(name)
}

// entry explains a code or an operation of the catalog.
func (e *explainer) entry(name string) error {
	c, found, err := e.load()
	switch {
	case err != nil:
		return fmt.Errorf("there is no rule %s%s, and no catalog to look for a code in: %w",
			diag.Quote(name), near(name, e.names()), err)
	case c == nil:
		if err := e.print(e.stderr, found); err != nil {
			return err
		}
		return e.verdict(found, "the catalog")
	}
	for _, one := range c.Errors {
		if one.Code == name {
			return e.code(c, one)
		}
	}
	for _, one := range c.Retired {
		if one.Code == name {
			return e.retired(one)
		}
	}
	for _, o := range c.Operations {
		if o.Key == name {
			return e.operation(o)
		}
	}
	return fmt.Errorf("there is no rule or code %s%s; `errgen explain` lists the rules",
		diag.Quote(name), near(name, append(inCatalog(c), e.names()...)))
}

func near(name string, known []string) string {
	if found := diag.Nearest(name, known); found != "" {
		return "; did you mean " + diag.Quote(found) + "?"
	}
	return ""
}

// The JSON form of a rule, version 1.
type ruleFacts struct {
	Name   string `json:"name"`
	Group  string `json:"group"`
	Level  string `json:"level"`
	Reason string `json:"reason,omitempty"`
	Before string `json:"before,omitempty"`
	Bad    string `json:"bad,omitempty"`
	Good   string `json:"good,omitempty"`
	Hint   string `json:"hint,omitempty"`
}

// answer is what --format json prints; of its parts one is there.
type answer struct {
	Version int         `json:"version"`
	Rules   []ruleFacts `json:"rules,omitempty"`
	Rule    *ruleFacts  `json:"rule,omitempty"`
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

func (e *explainer) list() error {
	rules := allRules()
	library, err := e.library()
	if err != nil {
		return err
	}
	if e.forMachine() {
		var all []ruleFacts
		for _, r := range rules {
			all = append(all, ruleFacts{Name: r.Name, Group: r.Group, Level: r.Level})
		}
		return diag.WriteJSON(e.stdout, answer{Version: 1, Rules: all, Targets: shortly(library), Topics: topicNames()})
	}
	var b strings.Builder
	group := ""
	for _, r := range rules {
		if r.Group != group {
			group = r.Group
			fmt.Fprintf(&b, "%s\n", headings[group])
		}
		fmt.Fprintf(&b, "  %-34s %s\n      %s\n", r.Name, r.Level, wrap(firstSentence(r.Reason), "      "))
	}
	b.WriteString("\nTargets, and how to use what they write:\n")
	for _, t := range library.Targets() {
		fmt.Fprintf(&b, "  %-34s %s\n", t.Name, wrap(t.Description, strings.Repeat(" ", 37)))
	}
	heading := ""
	for _, t := range topics {
		if t.heading != heading {
			heading = t.heading
			fmt.Fprintf(&b, "\n%s\n", heading)
		}
		fmt.Fprintf(&b, "  %-34s %s\n", t.name, t.about)
	}
	b.WriteString("\n`errgen explain NAME` says more; it takes the codes and operations of the catalog too.\n")
	_, err = fmt.Fprint(e.stdout, b.String())
	return err
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
	if e.forMachine() {
		facts := ruleFacts(r)
		return diag.WriteJSON(e.stdout, answer{Version: 1, Rule: &facts})
	}
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
		for line := range strings.Lines(strings.Trim(example.yaml, "\n") + "\n") {
			fmt.Fprintf(&b, "    %s\n", diag.Visible(strings.TrimSuffix(line, "\n")))
		}
	}
	_, err := fmt.Fprint(e.stdout, b.String())
	return err
}

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

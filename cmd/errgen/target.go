package main

import (
	"fmt"
	"path"
	"strings"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/render"
)

// The JSON form of a target, version 1.
type targetFacts struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Out         string          `json:"out,omitempty"` // the folder by default
	Files       []string        `json:"files"`
	Options     []render.Option `json:"options,omitempty"`
	Guide       string          `json:"guide,omitempty"` // Markdown
}

func aboutTarget(t *render.Target) targetFacts {
	return targetFacts{Name: t.Name, Description: t.Description, Out: t.Out, Files: t.Files(), Options: t.Options()}
}

// library returns errgen's own targets and the user's.
func (f *flags) library() (*generator.Library, error) {
	folder := f.templates
	if config, err := f.configuration(); err == nil {
		folder = config.Templates
	}
	return generator.LoadTargets(folder)
}

// target says what a target writes, which options it has, and how to use its output.
func (e *explainer) target(t *render.Target) error {
	facts := aboutTarget(t)
	facts.Guide = t.Guide()
	s := sheet{}
	fmt.Fprintf(&s, "%s (target)\n\n%s\n\n", facts.Name, wrap(facts.Description, ""))
	for i, name := range facts.Files {
		s.fact(strings.Repeat("writes", 1-min(i, 1)), path.Join(facts.Out, name))
	}
	if facts.Out == "" {
		s.fact("where", "in the folder that is named: -t "+facts.Name+"=DIR, or out: DIR in errgen.yaml")
	}
	if len(facts.Options) > 0 {
		fmt.Fprintf(&s, "\nOptions, in errgen.yaml or with --set %s.OPTION=VALUE:\n\n", facts.Name)
	}
	for _, o := range facts.Options {
		about := o.Description
		if o.Default != "" {
			about += " (default " + o.Default + ")"
		}
		s.fact(o.Name, about)
	}
	if facts.Guide != "" {
		parts := strings.Split(facts.Guide, "\t") // which code begins its lines with
		for i := range parts {
			parts[i] = visibleLines(parts[i])
		}
		fmt.Fprintf(&s, "\n%s", strings.Join(parts, "\t"))
	}
	return e.show(answer{Target: &facts}, s.String())
}

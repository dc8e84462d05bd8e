package main

import (
	"cmp"
	"io"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"

	"github.com/sigsentry/errgen/generator"
	"github.com/sigsentry/errgen/generator/breaking"
	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/intake"
	"github.com/sigsentry/errgen/generator/lint"
	"github.com/sigsentry/errgen/generator/project"
	"github.com/sigsentry/errgen/generator/verify"
)

// formats are the forms of diagnostics. All but the first two are for machines: they go to stdout, and are whole
// documents even where there is nothing to say.
var formats = []string{"text", "short", "json", "sarif", "github", "gitlab"}

func (f *flags) forMachine() bool { return f.format != "text" && f.format != "short" }

// print prints diagnostics: for people to w, for machines to stdout.
func (f *flags) print(w io.Writer, list diag.List) error {
	switch f.format {
	case "short":
		return diag.Short(asCalled(w), list)
	case "json":
		return diag.JSON(f.stdout, list)
	case "sarif":
		return diag.SARIF(f.stdout, fromRoot(list), version(), f.category(), allRules())
	case "github":
		return diag.GitHub(f.stdout, fromRoot(list))
	case "gitlab":
		return diag.GitLab(f.stdout, fromRoot(list))
	}
	style := diag.Style{}
	if f.colors(w) {
		style = diag.Colors
	}
	return diag.Text(asCalled(w), list, style)
}

// category says by which command what was looked at: one repository may upload the SARIF of several catalogs and
// commands.
func (f *flags) category() string {
	at := project.Relative(project.Repository(), cmp.Or(f.catalog, "."))
	return path.Join("errgen", f.command, filepath.ToSlash(at))
}

// fromRoot names files from the root of the repository, as the sites do that show them.
func fromRoot(list diag.List) diag.List {
	root := project.Repository()
	named := slices.Clone(list)
	for i, d := range named {
		named[i].Place.File = project.Relative(root, d.Place.File)
		named[i].Related = slices.Clone(d.Related)
		for j, r := range d.Related {
			named[i].Related[j].Place.File = project.Relative(root, r.Place.File)
		}
	}
	return named
}

// allRules returns every rule that a diagnostic may name.
func allRules() []diag.Rule {
	return slices.Concat(generator.Rules(), lint.Rules(), breaking.Rules(), verify.Rules(), intake.Rules())
}

// version returns the version of this build, as Go knows it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}

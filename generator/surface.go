package generator

import (
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/render"
	"github.com/sigsentry/errgen/generator/shape"
)

// Surfaces says what the configured targets declare of a catalog: what people compile against. Targets that say nothing
// of it are left out.
func Surfaces(o Options, c *catalog.Catalog) ([]render.Surface, error) {
	library, err := LoadTargets(o.Templates)
	if err != nil {
		return nil, err
	}
	jobs, err := o.jobs(o.configured(library), library)
	if err != nil {
		return nil, err
	}
	source := &render.Source{Catalog: c, Shapes: shape.Of(c)}
	var surfaces []render.Surface
	for _, j := range jobs {
		if j.target.HasSurface() {
			prepared, _ := j.target.Prepare(source) // collisions are for those who generate
			surfaces = append(surfaces, prepared.Surface(j.settings, j.node))
		}
	}
	byTarget := func(a, b render.Surface) int { return strings.Compare(a.Target, b.Target) }
	slices.SortStableFunc(surfaces, byTarget)
	return surfaces, nil
}

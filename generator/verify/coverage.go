package verify

import (
	"math"
	"slices"

	"github.com/sigsentry/errgen/generator/catalog"
)

// Coverage says which of the catalog's codes the responses have shown. Its JSON form is version 1.
type Coverage struct {
	Version    int                 `json:"version"`
	Responses  int                 `json:"responses"` // looked at
	Errors     int                 `json:"errors"`    // of them
	Seen       int                 `json:"seen"`      // codes
	Total      int                 `json:"total"`     // codes
	Percent    float64             `json:"percent"`   // seen of total, to one digit, rounded down
	Categories []CategoryCoverage  `json:"categories"`
	Operations []OperationCoverage `json:"operations,omitempty"`
	Codes      []CodeCoverage      `json:"codes"`
	Never      []string            `json:"never"` // the codes that were not seen
}

// CodeCoverage says in how many responses a code was seen.
type CodeCoverage struct {
	Code     string `json:"code"`
	Category string `json:"category"`
	Count    int    `json:"count"`
}

// CategoryCoverage says how many codes of a category were seen.
type CategoryCoverage struct {
	Category string `json:"category"`
	Seen     int    `json:"seen"`
	Total    int    `json:"total"`
}

// OperationCoverage says how many of the codes that an operation lists it was seen to return.
type OperationCoverage struct {
	Operation string   `json:"operation"`
	Seen      int      `json:"seen"`
	Total     int      `json:"total"`
	Never     []string `json:"never"`
}

// Coverage returns what was seen so far, of the codes in some categories; of all if none is named.
func (c *Check) Coverage(categories []string) Coverage {
	isMeant := func(e *catalog.Error) bool {
		return len(categories) == 0 || slices.Contains(categories, e.Category.Key)
	}
	v := Coverage{Version: 1, Responses: c.Responses, Errors: c.Errors, Categories: []CategoryCoverage{},
		Codes: []CodeCoverage{}, Never: []string{}}
	for _, category := range c.catalog.Categories {
		one := CategoryCoverage{Category: category.Key}
		for _, e := range category.Errors {
			if isMeant(e) {
				v.Codes = append(v.Codes, CodeCoverage{e.Code, category.Key, c.seen[e]})
				count(c.seen[e] > 0, e, &one.Seen, &one.Total, &v.Never)
			}
		}
		if one.Total > 0 {
			v.Categories = append(v.Categories, one)
		}
		v.Seen, v.Total = v.Seen+one.Seen, v.Total+one.Total
	}
	if v.Total > 0 {
		v.Percent = math.Floor(1000*float64(v.Seen)/float64(v.Total)) / 10
	}
	for _, o := range c.catalog.Operations {
		one := OperationCoverage{Operation: o.Key, Never: []string{}}
		for _, e := range o.Errors {
			if isMeant(e) {
				count(c.returns[returned{o, e}] > 0, e, &one.Seen, &one.Total, &one.Never)
			}
		}
		if one.Total > 0 {
			v.Operations = append(v.Operations, one)
		}
	}
	return v
}

func count(isSeen bool, e *catalog.Error, seen, total *int, never *[]string) {
	*total++
	if isSeen {
		*seen++
	} else {
		*never = append(*never, e.Code)
	}
}

// Reaches reports whether at least so many percent of the codes were seen.
func (v *Coverage) Reaches(percent float64) bool {
	return float64(100*v.Seen) >= percent*float64(v.Total)
}

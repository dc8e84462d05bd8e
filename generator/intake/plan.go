package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// plan says what the columns of a table hold.
type plan struct {
	code    int
	numbers bool // codes may be numbers: somebody said so
	columns []column
	used    map[int]bool
}

// column is one that says something of a code.
type column struct {
	at    int
	key   string // as in a catalog
	name  string
	doubt bool // it is one of several that may say it
}

// planner finds out what the columns of a table hold.
type planner struct {
	*reader
	*table
	names  []string // of the columns, folded
	kinds  []kind
	mapped map[int]string // columns that --map names, by their place
}

// plan returns what the columns hold; nil if the table has no codes, or it is not certain where.
func (r *reader) plan(t *table) *plan {
	pl := &planner{reader: r, table: t, mapped: map[int]string{}}
	r.File.names = append(r.File.names, t.columns...)
	for i, name := range t.columns {
		pl.names = append(pl.names, fold(name))
		pl.kinds = append(pl.kinds, t.kindOf(i))
		for key, column := range r.Map {
			if column == name || fold(column) == fold(name) && fold(name) != "" {
				pl.mapped[i] = key
			}
		}
	}
	code, ok := pl.codeColumn()
	if !ok {
		return nil
	}
	p := &plan{code: code, used: map[int]bool{code: true}, numbers: t.isOwn || pl.mapped[code] == "code"}
	pl.columnsBeside(p)
	return p
}

// those returns the columns that something holds of.
func (p *planner) those(holds func(i int) bool) (found []int) {
	for i := range p.names {
		if holds(i) {
			found = append(found, i)
		}
	}
	return found
}

// having returns the columns with one of these names and this kind.
func (p *planner) having(names []string, k kind) []int {
	return p.those(func(i int) bool {
		return slices.Contains(names, p.names[i]) && p.kinds[i] == k && p.mapped[i] == ""
	})
}

// codeColumn returns where the codes are. Where that is not certain it says so, and how to decide it.
func (p *planner) codeColumn() (int, bool) {
	if p.isOwn {
		return 1, true
	}
	for i, key := range p.mapped {
		if key == "code" {
			return i, true
		}
	}
	strong := p.having(strongNames, words)
	switch {
	case len(strong) == 1:
		return strong[0], true
	case len(strong) > 1:
		return p.ask(strong, "", "columns that may hold the code")
	}
	weak := slices.DeleteFunc(p.having(weakNames, words), func(i int) bool { return !p.isLikely(i) })
	if status := p.having(strongNames, statuses); len(status) > 0 {
		name := p.columns[status[0]]
		return p.ask(weak, ",status="+name, fmt.Sprintf("the column %s holds HTTP statuses, not codes", diag.Quote(name)))
	}
	number := p.having(slices.Concat(strongNames, numberNames), numbers)
	switch {
	case len(number) > 0:
		return p.ask(append(weak, number...), "", "numbers that may be the code")
	case len(weak) == 1:
		return weak[0], true
	case len(weak) > 1:
		return p.ask(weak, "", "columns that may hold the code")
	}
	return p.codeByContent()
}

// isLikely reports whether a column with a weak name may hold codes. On a page, where names of anything are listed, it
// takes statuses beside them, or a name that speaks of errors.
func (p *planner) isLikely(i int) bool {
	return p.isUnique(i) &&
		(p.certain || strings.HasPrefix(p.names[i], "error") || slices.Contains(p.kinds, statuses))
}

// codeByContent finds codes under a name that says nothing, where statuses stand beside them.
func (p *planner) codeByContent() (int, bool) {
	found := p.those(func(i int) bool {
		isText := slices.Contains(meaningNames, p.names[i]) || fieldOf(p.names[i]) != ""
		return p.kinds[i] == words && p.isUnique(i) && !isClass(p.names[i]) && !isText
	})
	hasStatus := slices.Contains(p.kinds, statuses)
	switch {
	case hasStatus && len(found) == 1:
		return found[0], true
	case hasStatus && len(found) > 1:
		return p.ask(found, "", "columns that may hold the code")
	case p.certain:
		return p.ask(nil, "", "no column is certain to hold the code")
	}
	return 0, false
}

// ask says that the code cannot be told, and how the user can.
func (p *planner) ask(candidates []int, more, why string) (int, bool) {
	if len(candidates) == 0 {
		candidates = p.those(func(i int) bool { return p.kinds[i] == words || p.kinds[i] == numbers })
	}
	var names []string
	slices.Sort(candidates)
	for _, i := range slices.Compact(candidates) {
		names = append(names, "code="+p.columns[i]+more)
	}
	message := fmt.Sprintf("%s has %s", p.what, why)
	if strings.HasPrefix(why, "no ") || strings.HasPrefix(why, "the ") {
		message = fmt.Sprintf("in %s %s", p.what, why)
	}
	hint := "say what the API sends in the body: " + ways("--map ", names...)
	if len(names) == 0 {
		hint = "name the column with --map code=NAME, if there is one"
	}
	switch {
	case p.certain:
		p.refuse(p.place, message, hint)
	case len(names) > 0:
		p.unclear(p.place, message, hint)
	default:
		p.note(fmt.Sprintf("passed over: %s at line %d, without codes", p.what, p.place.Start.Line))
	}
	return 0, false
}

// ways returns what people may choose between: a flag with each of some arguments.
func ways(flag string, arguments ...string) string {
	var all []string
	for _, s := range arguments {
		all = append(all, flag+quoteArgument(s))
	}
	return strings.Join(all, ", or ")
}

var plainArgument = document.Pattern(`^[\w=.,/@-]*$`)

// quoteArgument writes an argument for a shell.
func quoteArgument(s string) string {
	if plainArgument().MatchString(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// columnsBeside adds what the columns beside the code say of it.
func (p *planner) columnsBeside(to *plan) {
	taken := to.used
	add := func(i int, key string, doubt bool) {
		taken[i] = true
		to.columns = append(to.columns, column{i, key, p.columns[i], doubt})
	}
	hasMeaning := false
	for i := range p.names {
		if key := p.mapped[i]; key != "" && !taken[i] {
			add(i, key, false)
			hasMeaning = hasMeaning || key == "meaning"
		}
	}
	status := p.statusColumns(taken)
	for _, i := range status {
		add(i, "status", len(status) > 1)
	}
	for i, name := range p.names {
		if key := fieldOf(name); key != "" && !taken[i] && p.kinds[i] != empty && !p.isMapped(key) {
			add(i, key, false)
			hasMeaning = hasMeaning || key == "meaning"
		}
	}
	found := p.texts(taken)
	sure := len(found) == 1 && slices.Contains(meaningNames, p.names[found[0]])
	if !hasMeaning && !sure && len(found) > 0 {
		var names []string
		for _, i := range found {
			names = append(names, "meaning="+p.columns[i])
		}
		p.note("the meaning is not certain; decide for all with " + ways("--map ", names...))
	}
	for _, i := range found {
		switch key := besideMeaning[p.names[i]]; {
		case !hasMeaning:
			add(i, "meaning", !sure)
		case key != "" && !p.isMapped(key):
			add(i, key, false)
		}
	}
}

func (p *planner) isMapped(key string) bool {
	return slices.Contains(slices.Collect(maps.Values(p.mapped)), key)
}

// statusColumns returns the columns with statuses.
func (p *planner) statusColumns(taken map[int]bool) []int {
	return p.those(func(i int) bool {
		return isStatusName(p.names[i]) && !taken[i] && p.kinds[i] != empty && !p.isMapped("status")
	})
}

// texts returns the columns that may tell what happened: those that are called so, or else all with sentences.
func (p *planner) texts(taken map[int]bool) []int {
	found := p.those(func(i int) bool {
		return !taken[i] && slices.Contains(meaningNames, p.names[i]) && p.kinds[i] != empty && p.mapped[i] == ""
	})
	if len(found) > 0 {
		return found
	}
	return p.those(func(i int) bool {
		return !taken[i] && p.kinds[i] == texts && fieldOf(p.names[i]) == "" && p.mapped[i] == "" && p.names[i] != ""
	})
}

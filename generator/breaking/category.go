package breaking

import (
	"github.com/sigsentry/errgen/generator/catalog"
	"github.com/sigsentry/errgen/generator/diag"
)

const (
	authentication = "auth: {title: Authentication}"
	access         = "access: {title: Access}"
	billing        = "billing: {title: Billing}"
	forbidden      = "  FORBIDDEN:\n    category: access\n"
)

var keyExpired = codes("KEY_EXPIRED:", "  category: auth")

var categoryChanged = &rule{worst: Source, Rule: diag.Rule{
	Name: "category-changed",
	Reason: "The category is not on the wire. It is compiled into some clients as a fact about the code, and code " +
		"that branches on it takes another path. On the docs page the code moves to another table.",
	Hint:   "if only the heading is wrong, change the title of the category",
	Before: section("categories", authentication, access) + keyExpired + forbidden,
	Bad:    section("categories", authentication, access) + codes("KEY_EXPIRED:", "  category: access") + forbidden,
	Good:   section("categories", "auth: {title: Keys and tokens}", access) + keyExpired + forbidden,
}, breaks: "{languages} clients that are compiled again and branch on the category act differently"}

var categoryRemoved = &rule{worst: Source, Rule: diag.Rule{
	Name: "category-removed",
	Reason: "Each category is a constant in some languages, which is gone. So is its heading, and the address of that " +
		"heading, on the docs page.",
	Hint:   "keep the category, even without codes",
	Before: section("categories", authentication, billing) + keyExpired,
	Bad:    section("categories", authentication) + keyExpired,
	Good:   section("categories", billing, authentication) + keyExpired,
}, breaks: "{languages} code that names it does not compile"}

var categoryRenamed = &rule{worst: Source, Rule: diag.Rule{
	Name: "category-renamed",
	Reason: "A category that is gone and a new one with the same title are taken for one with a new key. The key " +
		"makes the name of a constant and is its value, which may be stored in logs and metrics.",
	Hint:   "keep the key and change the title",
	Before: section("categories", authentication) + keyExpired,
	Bad: section("categories", "authentication: {title: Authentication}") +
		codes("KEY_EXPIRED:", "  category: authentication"),
	Good: section("categories", "auth: {title: Authentication errors}") + keyExpired,
}, breaks: "{languages} code that names it does not compile"}

var categoryAdded = &rule{worst: Docs, minor: true, Rule: diag.Rule{
	Name:   "category-added",
	Reason: "There is a new heading on the docs page, and a new constant. Nothing that exists changes.",
	Before: section("categories", authentication) + keyExpired,
	Bad:    section("categories", authentication, billing) + keyExpired,
	Good:   section("categories", authentication) + keyExpired + "  KEY_REVOKED:\n    category: auth\n",
}}

var categoryReworded = &rule{worst: Docs, Rule: diag.Rule{
	Name:   "category-reworded",
	Reason: "The title or description of a category has changed, and with the title its heading on the docs page.",
	Before: section("categories", authentication) + keyExpired,
	Bad:    section("categories", "auth: {title: Keys and tokens}") + keyExpired,
	Good:   section("categories", authentication) + keyExpired,
}}

func (c *comparison) categories() {
	keyOf := func(category *catalog.Category) string { return category.Key }
	added := map[string][]*catalog.Category{} // by title
	for b, a := range pairs(c.before.Categories, c.after.Categories, keyOf) {
		if b == nil {
			added[a.Title.Source()] = append(added[a.Title.Source()], a)
		}
	}
	for b, a := range pairs(c.before.Categories, c.after.Categories, keyOf) {
		switch {
		case b == nil && added[a.Title.Source()] == nil: // it has moved
		case b == nil:
			c.report(finding{rule: categoryAdded, at: on(a.Node),
				fact: "the category " + diag.Quote(a.Key) + " is new"})
		case a != nil:
			c.categoryWords(b, a)
		case len(added[b.Title.Source()]) == 1:
			c.categoryMoved(b, added[b.Title.Source()][0])
			delete(added, b.Title.Source())
		default:
			c.report(finding{rule: categoryRemoved, at: on(b.Node),
				fact: "the category " + diag.Quote(b.Key) + " is gone"})
		}
	}
}

func (c *comparison) categoryMoved(b, a *catalog.Category) {
	c.moved[b.Key] = a.Key
	c.report(finding{rule: categoryRenamed, at: on(a.Node), was: on(b.Node), from: b.Key, to: a.Key,
		fact: "the category " + diag.Quote(b.Key) + " is renamed " + diag.Quote(a.Key)})
	c.categoryWords(b, a)
}

func (c *comparison) categoryWords(b, a *catalog.Category) {
	of := " of the category " + diag.Quote(a.Key)
	c.extensions(b.Node, a.Node, "the category "+diag.Quote(a.Key))
	c.namesAt(on(b.Node, "names"), on(a.Node, "names"), func() string { return "the category " + diag.Quote(a.Key) })
	for _, key := range []string{"title", "description"} {
		c.text(categoryReworded, on(b.Node, key), on(a.Node, key), key+of)
	}
}

// category compares the category of an error. Where a whole category has another key, its codes have not moved.
func (c *comparison) category(b, a *catalog.Error) {
	if b.Category.Key != a.Category.Key && c.moved[b.Category.Key] != a.Category.Key {
		c.entry(categoryChanged, b, a, "category",
			"the category of "+a.Code+" is "+diag.Quote(a.Category.Key)+", was "+diag.Quote(b.Category.Key),
			b.Category.Key, a.Category.Key)
	}
}

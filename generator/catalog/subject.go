package catalog

import (
	"strings"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
)

// Subject says in words which schema a node is or stands in: the details of NOT_FOUND, the type Issue, or a part of
// them, with the path of the values there, such as issues[].path.
func Subject(n *document.Node) (path, whole string) {
	keys := n.Path()
	whole, inside := "the type "+keys[1], keys[2:]
	switch keys[0] {
	case "errors":
		whole, inside = "the details of "+keys[1], keys[3:]
	case "categories":
		whole, inside = "the details of the category "+keys[1], keys[3:]
	case "info":
		whole = "the details of all codes"
	}
	if len(inside) > 1 && inside[0] == "$defs" {
		whole, inside = diag.Quote(inside[1])+" in "+whole, inside[2:]
	}
	return valuePath(inside), whole
}

// valuePath writes the keys below a schema as people write a path into its values.
func valuePath(keys []string) string {
	var path strings.Builder
	for i := 0; i < len(keys); i++ {
		switch keys[i] {
		case "properties":
			i++
			path.WriteString("." + keys[i])
		case "items":
			path.WriteString("[]")
		case "additionalProperties":
			path.WriteString("{}")
		case "anyOf", "oneOf":
			i++
		}
	}
	return strings.TrimPrefix(path.String(), ".")
}

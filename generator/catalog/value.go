package catalog

import (
	"slices"

	"github.com/sigsentry/errgen/generator/diag"
	"github.com/sigsentry/errgen/generator/document"
	"github.com/sigsentry/errgen/generator/prose"
)

// described reads an enum whose values have descriptions: consts in oneOf, or in anyOf with {type: string} where more
// may come. It is false for another union.
func (r *schemaReader) described(s *Schema, union string, parts []*document.Node) bool {
	isRest := func(part *document.Node) bool { return isOnlyType(part, "string") }
	isOpen := union == "anyOf" && slices.ContainsFunc(parts, isRest)
	if isOpen {
		parts = slices.DeleteFunc(slices.Clone(parts), isRest)
	}
	isValue := func(part *document.Node) bool {
		return part.Get("const") != nil && (len(parts) > 1 || part.Get("description") != nil || part.Get("x-names") != nil)
	}
	if len(parts) == 0 || union == "anyOf" && !isOpen || !slices.ContainsFunc(parts, isValue) {
		return false
	}
	s.Kind, s.Open, s.Notes = String, isOpen, map[*document.Node]Note{}
	listed := map[string]bool{}
	for _, part := range parts {
		if v := r.constOf(part); v != nil && listed[v.Text] {
			r.refuse(v, "the enum value "+diag.Quote(v.Text)+" is listed twice", "remove one of them")
		} else if v != nil {
			listed[v.Text] = true
			s.Enum = append(s.Enum, v)
			s.Notes[v] = Note{Description: prose.Inline(part.Str("description")), Names: r.names(part)}
		}
	}
	return true
}

// constOf returns the const that a part of oneOf holds; nil after a report if it is no text.
func (r *schemaReader) constOf(part *document.Node) *document.Node {
	v := part.Get("const")
	if v == nil || v.Kind != document.String || v.Text == "" {
		r.refuse(part, "a part of this enum has no text as its const", "write {const: VALUE, description: …}")
		return nil
	}
	for k, value := range part.Members() {
		switch {
		case k.Text == "const" || k.Text == "x-names":
		case k.Text == "type" && value.Text == "string":
		case k.Text == "description" && value.Kind == document.String && value.Text != "":
		default:
			r.refuse(k, diag.Quote(k.Text)+" cannot stand beside the const of an enum",
				"a value has a const, a description and x-names")
		}
	}
	return v
}

// names reads the names that a property or a value has in some targets.
func (r *schemaReader) names(n *document.Node) map[string]string {
	list := n.Get("x-names")
	if list == nil {
		return nil
	}
	if list.Kind != document.Map {
		r.report(list, "invalid-name", "x-names is "+list.Describe()+", expected a map", "write x-names: {go: OtherName}")
		return nil
	}
	for target, name := range list.Members() {
		if name.Kind != document.String || !typeName().MatchString(name.Text) {
			r.report(name, "invalid-name", diag.Quote(target.Text)+" is "+name.Spelled()+
				", expected a Pascal-case name such as TypeAt", "")
		}
	}
	r.catalog.Named = append(r.catalog.Named, list)
	return stringMap(list)
}

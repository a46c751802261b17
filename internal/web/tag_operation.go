package web

import (
	"slices"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// operation asks for one operation; sent, it is shown before it is made.
func (s *Site) operation(c *call) error {
	f := &sent{values: c.r.URL.Query()}
	if !f.has("op") {
		return s.taxonomyDesk(c, &sent{}, nil)
	}
	return s.operationForm(c, f, nil)
}

// operationForm shows the questions of an operation, with what is wrong.
func (s *Site) operationForm(c *call, f *sent, fault error) error {
	op := taxonomy.Op(f.text("op"))
	asked, ok := fieldsOf[op]
	if !ok {
		return &civic.Error{Kind: civic.NotFound, Key: "error.not_found"}
	}
	a := c.typed(f, nil, c.inLanguages())
	build := func() {
		a.out = nil
		if op != taxonomy.Create {
			a.line("tag", "tagwork.field.tag", "", false)
		}
		for _, name := range asked {
			a.operationField(op, name, f)
		}
		a.text("reason", "tagwork.field.reason", 3, civic.MaxLine, false)
		a.line("effective", "tagwork.field.effective", "date", true)
	}
	build()
	if fault != nil {
		faults, ok := c.setFaults(fault, atOperation(a))
		if !ok {
			return fault
		}
		a.faults = faults
		build() // with the faults at their questions
	}
	page := c.asks(c.p.T(op.Key()), c.p.T("tagwork.operation.lead"), "/work/taxonomy/preview", c.p.T("tagwork.preview.go"), a)
	page.Trail = []pages.Link{{URL: c.url("/work/taxonomy"), Text: c.p.T("tagwork.taxonomy")}}
	page.Hidden = [][2]string{{"op", string(op)}}
	if fault != nil {
		return c.again(pages.KeepPage(page))
	}
	return c.show(pages.KeepPage(page))
}

// operationField asks for one field of an operation.
func (a *asking) operationField(op taxonomy.Op, name string, sent *sent) {
	several := func(values []choice) {
		p := components.Choices{Name: name, Legend: a.c.p.T("tagwork.field." + name), Many: true, Fault: components.Of(a.faults, name)}
		for _, v := range values {
			p.Items = append(p.Items, components.Choice{Value: v.value, Label: v.label, Hint: a.help(name, v.value), Chosen: slices.Contains(sent.all(name), v.value)})
		}
		a.out = append(a.out, pages.KeepQuestion{Pick: &p})
	}
	optional := op == taxonomy.Create && name != "names" || name == "source" || op == taxonomy.Deprecate
	switch name {
	case "names":
		a.text(name, "tagwork.field.names", 0, civic.MaxLine, optional)
	case "definition":
		a.text(name, "tagwork.field.definition", 4, 0, optional)
	case "aliases":
		a.text(name, "tagwork.field.aliases", 3, 0, optional)
	case "source":
		a.line(name, "tagwork.field.source", "", optional)
	case "facets":
		several(valued(taxonomy.Facets, func(v taxonomy.Facet) string { return a.c.p.T(v.Key()) }))
	case "roles":
		several(valued(taxonomy.Roles, func(v taxonomy.Role) string { return a.c.p.T(v.Key()) }))
	case "strands":
		several(valued(taxonomy.Strands, func(v taxonomy.Strand) string { return a.c.p.T(v.Key()) }))
	default: // names of other tags, one a line
		f := components.Field{Name: name, Label: a.c.p.T("tagwork.field." + name), Hint: a.c.p.T("tagwork.field.tags.hint"), Value: a.get(name), Fault: components.Of(a.faults, name), Area: true, Rows: 3, Dir: "auto", Optional: a.optional(optional)}
		a.out = append(a.out, pages.KeepQuestion{Text: &f})
	}
}

// help is what a role or a strand means; a strand is never named without it.
func (a *asking) help(name, value string) string {
	switch name {
	case "roles":
		return a.c.p.T(taxonomy.Role(value).Key() + ".help")
	case "strands":
		return a.c.p.T(taxonomy.Strand(value).Key() + ".help")
	}
	return ""
}

// valued are values with their words, for a question.
func valued[T ~string](values []T, say func(T) string) (out []choice) {
	for _, v := range values {
		out = append(out, choice{string(v), say(v)})
	}
	return out
}

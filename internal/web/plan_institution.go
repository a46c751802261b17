package web

import (
	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// planInstitution asks for an institution of the member.
func (s *Site) planInstitution(c *call) error {
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	return c.show(pages.AskPage(c.institutionForm(w, &sent{}, nil)))
}

func (c *call) institutionForm(w app.PlanWork, f *sent, faults []components.Fault) pages.Ask {
	a := c.ask(c.p.T("planwork.institution"), faults)
	a.Trail = c.planTrail(w)
	for _, i := range w.Institutions {
		a.Facts = append(a.Facts, pages.Fact{Text: i.Name.In(c.p.Code).Text})
	}
	if len(a.Facts) > 0 {
		a.Facts = []pages.Fact{{Term: c.p.T("planwork.institutions"), More: a.Facts}}
	}
	languages := w.Languages
	if len(languages) == 0 {
		languages = []string{c.p.Code}
	}
	var blocks []pages.AskBlock
	for i, l := range languages {
		name := "name." + l
		if i == 0 {
			name = "name"
		}
		field := components.Field{Name: name, Label: c.p.T("unit.with_note", "text", c.p.T("planwork.institution.name"), "note", c.p.LanguageName(l)), Value: f.text(name), Lang: l, Dir: civic.Direction(l),
			Fault: components.Of(faults, name), Max: civic.MaxLine}
		if i > 0 {
			field.Optional = c.p.T("form.optional")
		}
		blocks = append(blocks, pages.AskBlock{Field: &field})
	}
	a.Forms = []pages.AskForm{{Action: c.planURL(w.Slug, "/institutions"), Button: c.p.T("planwork.institution.send"), Blocks: blocks}}
	return a
}

func (s *Site) planInstitutionSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	languages := w.Languages
	if len(languages) == 0 {
		languages = []string{c.p.Code}
	}
	name := f.texts("name", languages)
	if first := f.text("name"); first != "" {
		name = append(civic.Text{{Lang: languages[0], Text: first}}, name...)
	}
	_, err = s.App.DefineInstitution(c.r.Context(), c.who, w.Plan.Member, name)
	if faults, ok := c.failed(err); ok {
		return c.again(pages.AskPage(c.institutionForm(w, f, faults)))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + w.Slug + "/institutions?done=saved")
}

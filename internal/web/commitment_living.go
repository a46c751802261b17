package web

import (
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/components/voice"
	"avow/internal/web/ui/pages"
)

// living adds to a commitment's page what only one has that is run here: the way to
// its reports, what citizens say of them, and of each milestone how far it was last
// reported to be and which date it was adopted with.
func (c *call) living(out *pages.Commitment, cm civic.Commitment, ref string, reports []app.ReportView) error {
	if len(reports) > 0 {
		at := c.commitmentURL(ref) + "/reports"
		out.Reports = &pages.Link{URL: at, Text: c.p.T("reports.all")}
		heard, err := c.heard(cm, reports, at)
		if err != nil {
			return err
		}
		out.Status = append(out.Status, heard)
	}
	said := map[string]pages.Fact{}
	if len(reports) > 0 && reports[0].Milestone == "" {
		for i, s := range c.reportSteps(cm, reports[0].Steps) {
			v := s.Status
			v.Note = s.Note
			said[string(reports[0].Steps[i].Milestone)] = pages.Fact{Term: c.p.T("report.field.status"), Value: &v}
		}
	}
	moved := map[string]pages.Fact{}
	if cm.Adopted != nil && len(cm.Amendments) > 0 {
		d, err := c.site.App.Difference(c.r.Context(), cm.ID)
		if err != nil {
			return err
		}
		for _, m := range d.Moved {
			key := m.Field
			if strings.HasSuffix(key, ".due") {
				key = string(m.Milestone.ID)
			}
			if _, ok := moved[key]; !ok { // the first move left the adopted date
				moved[key] = pages.Fact{Term: c.p.T("progress.was_due"), Text: words{c.p}.when(m.From)}
			}
		}
	}
	for _, field := range []string{"start", "end"} {
		if f, ok := moved[field]; ok {
			f.Term = c.p.T("unit.labelled", "label", c.p.T("label."+field), "value", c.p.T("baseline.column.adopted"))
			out.Facts = append(out.Facts, f)
		}
	}
	livingSteps(out.Milestones, moved, said)
	return nil
}

func livingSteps(list []pages.Milestone, facts ...map[string]pages.Fact) {
	for i := range list {
		for _, of := range facts {
			if f, ok := of[list[i].ID]; ok {
				list[i].Facts = append(list[i].Facts, f)
			}
		}
		livingSteps(list[i].Children, facts...)
	}
}

// heard says on how many reports citizens told what they saw; how many people did,
// and what they said, stands with each report.
func (c *call) heard(cm civic.Commitment, reports []app.ReportView, at string) (pages.Status, error) {
	out := pages.Status{Voice: voice.Citizens, Word: c.p.T(voice.Citizens.Key())}
	told, err := c.site.App.TestimoniesOn(c.r.Context(), cm.ID)
	if err != nil {
		return out, err
	}
	on, newest := 0, false
	for i, r := range reports {
		if page := told[r.ID]; page.Counts.Total.Hidden || page.Counts.Total.N > 0 {
			if on++; out.Link == "" {
				out.Link, newest = c.reportURL(r.ID)+"#citizens", i == 0
			}
		}
	}
	if on == 0 {
		out.Values = []value.Value{{Text: c.p.T("voice.heard.none"), Missing: true}}
		return out, nil
	}
	if newest {
		out.Link = at + "#citizens"
	}
	out.By = c.p.N("voice.heard", on)
	return out, nil
}

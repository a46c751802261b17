package web

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// bulk asks which commitments of a plan shall change, and what.
func (s *Site) bulk(c *call) error {
	w, err := c.bulkPlan()
	if err != nil {
		return err
	}
	return s.bulkChoose(c, w, nil)
}

func (c *call) bulkPlan() (app.PlanWork, error) {
	w, err := c.site.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err == nil {
		err = c.who.Ask(civic.MayPlan, civic.Place{Member: w.Plan.Member, Plans: []civic.PlanID{w.Plan.ID}})
	}
	return w, err
}

func (s *Site) bulkChoose(c *call, w app.PlanWork, faults []formFault) error {
	q := c.query("q")
	found, err := s.App.FindInPlan(c.r.Context(), w.Plan.ID, q)
	if err != nil {
		return err
	}
	a := c.ask(c.p.T("bulk.title"), faults)
	a.Trail, a.Intro = c.planTrail(w), c.p.T("bulk.intro")
	b := pages.BulkChoose{Ask: a, Base: c.planURL(w.Slug, "/bulk"), Search: components.Field{Name: "q", Label: c.p.T("bulk.search"), Value: q}, SearchGo: c.p.T("search.button"),
		Legend: c.p.T("bulk.chosen"), Button: c.p.T("bulk.preview"), Empty: c.p.T("bulk.empty"), Fault: components.Of(faults, "chosen")}
	chosen := c.r.URL.Query()["chosen"]
	for _, r := range found {
		b.Rows = append(b.Rows, components.Choice{Value: string(r.Commitment), Label: titleIn(c, r.Title), Hint: r.Name, Chosen: slices.Contains(chosen, string(r.Commitment)) || q != ""})
	}
	fields := components.Choices{Name: "field", Legend: c.p.T("bulk.field"), Fault: components.Of(faults, "field")}
	for _, name := range app.BulkFields {
		fields.Items = append(fields.Items, components.Choice{Value: name, Label: c.p.T("bulk.field." + name), Chosen: c.query("field") == name})
	}
	body := components.Menu{Name: "institution", Label: c.p.T("bulk.institution"), Hint: c.p.T("bulk.institution.hint")}
	body.Items = append(body.Items, components.Choice{Label: c.p.T("form.choose")})
	for _, i := range w.Institutions {
		body.Items = append(body.Items, components.Choice{Value: string(i.ID), Label: i.Name.In(c.p.Code).Text, Chosen: c.query("institution") == string(i.ID)})
	}
	value := components.Field{Name: "value", Label: c.p.T("bulk.value"), Hint: c.p.T("bulk.value.hint"), Value: c.query("value"), Fault: components.Of(faults, "value"), Max: civic.MaxLine}
	b.Blocks = []pages.AskBlock{{Choices: &fields}, {Menu: &body}, {Field: &value}}
	if len(faults) > 0 {
		return c.again(pages.BulkChoosePage(b))
	}
	return c.show(pages.BulkChoosePage(b))
}

func titleIn(c *call, t civic.Text) string {
	if s := t.In(c.p.Code).Text; s != "" {
		return s
	}
	return c.p.T("commitment.title.none")
}

// bulkChange reads what shall change from an address or a form.
func bulkChange(get func(string) string) app.BulkChange {
	b := app.BulkChange{Field: get("field"), Value: get("value")}
	if b.Field == "lead" || b.Field == "supporting" {
		b.Value = get("institution")
	}
	return b
}

// bulkPreview shows every row before anything is written.
func (s *Site) bulkPreview(c *call) error {
	w, err := c.bulkPlan()
	if err != nil {
		return err
	}
	var chosen []civic.CommitmentID
	for _, id := range c.r.URL.Query()["chosen"] {
		chosen = append(chosen, civic.CommitmentID(id))
	}
	change := bulkChange(c.query)
	rows, err := s.App.PreviewBulk(c.r.Context(), c.who, w.Plan.ID, chosen, change)
	if faults, ok := c.failed(err); ok {
		// A page that was asked for by its address: the question again, not a failed form.
		a := c.ask(c.p.T("bulk.title"), faults)
		a.Trail = c.planTrail(w)
		a.After = []pages.Link{{URL: c.planURL(w.Slug, "/bulk"), Text: c.p.T("bulk.back")}}
		for i := range a.Faults {
			a.Faults[i].Field = ""
		}
		return c.show(pages.AskPage(a))
	}
	if err != nil {
		return err
	}
	return c.show(pages.BulkPreviewPage(c.bulkRows(w, rows, change, &sent{}, nil)))
}

// bulkRows is the preview with the form that makes the change.
func (c *call) bulkRows(w app.PlanWork, rows []app.BulkRow, change app.BulkChange, f *sent, faults []formFault) pages.BulkPreview {
	a := c.ask(c.p.T("bulk.preview"), faults)
	a.Trail = c.planTrail(w)
	b := pages.BulkPreview{Ask: a, Caption: c.p.T("bulk.caption"), Back: pages.Link{URL: c.planURL(w.Slug, "/bulk"), Text: c.p.T("bulk.back")}}
	hidden := [][2]string{{"field", change.Field}, {"value", change.Value}, {"institution", change.Value}}
	ready := 0
	for _, r := range rows {
		line := c.bulkLine(r)
		if r.Fault == nil && len(r.Changes) > 0 {
			ready++
			hidden = append(hidden, [2]string{"pick", string(r.Commitment) + " " + strconv.Itoa(r.Version)})
		}
		b.Rows = append(b.Rows, line)
	}
	b.Intro = c.p.T("bulk.ready", "count", ready, "total", len(rows))
	if ready == 0 {
		return b
	}
	ask := pages.AskForm{Heading: c.p.T("bulk.apply"), Action: c.planURL(w.Slug, "/bulk"), Hidden: hidden, Button: c.p.T("bulk.apply")}
	if w.Stage.Runs() {
		ask.Text, ask.Blocks = c.p.T("bulk.reason"), c.decision(f, faults, w.Languages, true)
	}
	b.Forms = []pages.AskForm{ask}
	return b
}

func (c *call) bulkLine(r app.BulkRow) pages.BulkLine {
	line := pages.BulkLine{Ref: r.Name, URL: c.commitmentURL(r.Ref), Title: phrase.Of(r.Title.In(c.p.Code)), Same: c.p.T("bulk.same")}
	line.Changes = c.fieldChanges(r.Changes, "")
	if faults, ok := c.failed(r.Fault); ok {
		var texts []string
		for _, f := range faults {
			texts = append(texts, f.Text)
		}
		line.Fault = strings.Join(texts, " ")
	}
	return line
}

// bulkApply makes the change and says what became of every row.
func (s *Site) bulkApply(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	w, err := c.bulkPlan()
	if err != nil {
		return err
	}
	var picks []app.BulkPick
	var chosen []civic.CommitmentID
	for _, pick := range f.all("pick") {
		id, version, _ := strings.Cut(pick, " ")
		n, _ := strconv.Atoi(version)
		picks = append(picks, app.BulkPick{Commitment: civic.CommitmentID(id), Version: max(n, -1)})
		chosen = append(chosen, civic.CommitmentID(id))
	}
	change := bulkChange(f.text)
	rows, err := s.App.ApplyBulk(c.r.Context(), c.who, w.Plan.ID, picks, change, f.amendment(w.Languages))
	if faults, ok := c.failed(err); ok {
		preview, failed := s.App.PreviewBulk(c.r.Context(), c.who, w.Plan.ID, chosen, change)
		if failed != nil {
			return err
		}
		return c.again(pages.BulkPreviewPage(c.bulkRows(w, preview, change, f, faults)))
	}
	if err != nil {
		return err
	}
	if slices.ContainsFunc(rows, func(r app.BulkRow) bool { return r.Fault != nil }) {
		page := c.bulkRows(w, nil, change, f, nil)
		page.Title, page.Intro = c.p.T("bulk.partly"), c.p.T("bulk.partly.help")
		for _, r := range rows {
			page.Rows = append(page.Rows, c.bulkLine(r))
		}
		return c.send(409, pages.BulkPreviewPage(page))
	}
	return c.goOn("/work/plans/" + w.Slug + "?done=bulk")
}

// assignID asks for the ID that OGP's Support Unit gives a commitment.
func (s *Site) assignID(c *call) error {
	page, err := s.App.Commitment(c.r.Context(), c.r.PathValue("commitment"))
	if err != nil {
		return err
	}
	return c.show(pages.AskPage(c.assignForm(page, &sent{}, nil)))
}

func (c *call) assignForm(page app.CommitmentPage, f *sent, faults []formFault) pages.Ask {
	cm := page.Dossier.Commitment
	a := c.ask(c.p.T("planwork.assign"), faults)
	a.Trail = append(c.commitmentTrail(page.Dossier), pages.Link{URL: c.commitmentURL(page.Ref), Text: c.kicker(cm)})
	a.Intro = titleIn(c, cm.Title)
	value := f.text("ogp_id")
	if value == "" {
		value = cm.OGPID
	}
	field := components.Field{Name: "ogp_id", Label: c.p.T("history.field.ogp_id"), Hint: c.p.T("planwork.assign.hint", "prefix", page.Dossier.Member.Prefix), Value: value, Fault: components.Of(faults, "ogp_id"), Max: 12, Dir: "ltr"}
	a.Forms = []pages.AskForm{{Action: c.url("/work/commitments/" + page.Ref + "/id"), Button: c.p.T("planwork.assign.send"), Blocks: []pages.AskBlock{{Field: &field}}}}
	return a
}

func (s *Site) assignIDSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	page, err := s.App.Commitment(c.r.Context(), c.r.PathValue("commitment"))
	if err != nil {
		return err
	}
	err = s.App.AssignID(c.r.Context(), c.who, page.Dossier.Commitment.ID, f.text("ogp_id"))
	if faults, ok := c.failed(err); ok {
		return c.again(pages.AskPage(c.assignForm(page, f, faults)))
	}
	if err != nil {
		return err
	}
	plan := ""
	if n := len(page.Dossier.Plans); n > 0 {
		plan = page.Dossier.Plans[n-1].Slug
	}
	return c.goOn("/work/plans/" + plan + "?done=" + "assigned")
}

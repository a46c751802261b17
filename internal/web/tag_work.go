package web

import (
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// workTaxonomy is the desk of those who change the tags.
func (s *Site) workTaxonomy(c *call) error { return s.taxonomyDesk(c, &sent{}, nil) }

func (s *Site) taxonomyDesk(c *call, f *sent, faults []components.Fault) error {
	timeline, _, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	title := c.p.T("tagwork.taxonomy")
	d := pages.TaxonomyDesk{Page: c.layout("", c.headed(title, faults)), Title: title, Faults: faults, Action: c.url("/work/taxonomy/preview"),
		After: []pages.Link{{URL: c.url("/taxonomy"), Text: c.p.T("taxonomy.page.title")}, {URL: c.url("/work/tags"), Text: c.p.T("tagwork.tags")}}}
	if key := c.query("done"); key != "" {
		d.Done = c.p.Or("tagwork.done."+key, "")
	}
	for _, v := range lastOfSets(timeline) {
		row := c.versionRow(v)
		d.Sets = append(d.Sets, pages.SetRow{VersionRow: row, Act: c.turnLink(v)})
	}
	shipped := components.Choices{Name: "shipped", Legend: c.p.T("tagwork.shipped"), Fault: components.Of(faults, "shipped")}
	for _, name := range taxonomy.Shipped() {
		set, err := taxonomy.ShippedSet(name)
		if err != nil {
			return err
		}
		title := c.tagPhrase(set.About.Title)
		shipped.Items = append(shipped.Items, components.Choice{Value: name, Label: title.Text, Lang: title.Lang, Chosen: f.text("shipped") == name || f.values == nil && name == taxonomy.OpenDigital})
	}
	d.Shipped = shipped
	d.File = components.Upload{Name: "file", Label: c.p.T("tagwork.file"), Hint: c.p.T("tagwork.file.hint"), Accept: ".json", Fault: components.Of(faults, "file")}
	d.Text = components.Field{Name: "text", Label: c.p.T("tagwork.text"), Value: f.values.Get("text"), Fault: components.Of(faults, "text"), Area: true, Rows: 8, Dir: "ltr", Lang: "en", Optional: c.p.T("form.optional")}
	for _, op := range taxonomy.Ops {
		d.Operations = append(d.Operations, pages.Link{URL: c.url("/work/taxonomy/operation?op=" + string(op)), Text: c.p.T(op.Key())})
	}
	if len(faults) > 0 {
		return c.again(pages.TaxonomyDeskPage(d))
	}
	return c.show(pages.TaxonomyDeskPage(d))
}

// lastOfSets are the newest versions of each change set, the newest first.
func lastOfSets(timeline *taxonomy.Timeline) (out []taxonomy.Version) {
	for _, v := range slices.Backward(timeline.Versions()) {
		if v.Set != "" && !slices.ContainsFunc(out, func(o taxonomy.Version) bool { return o.Set == v.Set }) {
			out = append(out, v)
		}
	}
	return out
}

// turnLink leads to where a set is undone, or brought back.
func (c *call) turnLink(v taxonomy.Version) pages.Link {
	if v.Step == taxonomy.StepUndo {
		return pages.Link{URL: c.url("/work/taxonomy/redo" + query("set", v.Set)), Text: c.p.T("tagwork.redo")}
	}
	return pages.Link{URL: c.url("/work/taxonomy/undo" + query("set", v.Set)), Text: c.p.T("tagwork.undo")}
}

// previewTaxonomy shows what a set of the address would do.
func (s *Site) previewTaxonomy(c *call) error {
	return s.previewSet(c, &sent{values: c.r.URL.Query()})
}

// readTaxonomy shows what a set that was sent would do. It writes nothing.
func (s *Site) readTaxonomy(c *call) error {
	f, err := c.form()
	if err == nil {
		err = c.setFile(f)
	}
	if faults, ok := c.faults(err); ok && f != nil {
		return s.taxonomyDesk(c, f, faults)
	}
	if err != nil {
		return err
	}
	if f.text("text") != "" { // what was written or uploaded goes before what is chosen from the start
		f.values.Del("shipped")
	}
	return s.previewSet(c, f)
}

func (s *Site) previewSet(c *call, f *sent) error {
	set, open, ok, err := c.setSent(f)
	if !ok && err == nil {
		return s.taxonomyDesk(c, &sent{}, nil)
	}
	var out app.TagOutlook
	if err == nil {
		out, err = s.App.TryTags(c.r.Context(), set)
	}
	if faults, ok := c.setFaults(err, whole); ok {
		if f.has("op") {
			return s.operationForm(c, f, err)
		}
		return s.taxonomyDesk(c, f, faults)
	}
	if err != nil {
		return err
	}
	_, today, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	page, err := c.setPreview(f, set, open, out, today)
	if err != nil {
		return err
	}
	return c.show(pages.SetPreviewPage(page))
}

// setPreview lays out what a set would do.
func (c *call) setPreview(f *sent, set taxonomy.Set, open []taxonomy.Setting, out app.TagOutlook, today *taxonomy.Graph) (pages.SetPreview, error) {
	p := pages.SetPreview{Page: c.layout("", c.p.T("tagwork.preview")), Name: c.tagPhrase(set.About.Title),
		Trail:   []pages.Link{{URL: c.url("/work/taxonomy"), Text: c.p.T("tagwork.taxonomy")}},
		Touches: c.touches(out),
		Again:   c.url("/work/taxonomy/preview"), Hidden: f.carriedOn(false), Action: c.url("/work/taxonomy/apply"), All: f.carriedOn(true),
		Apply: c.p.N("tagwork.apply", len(out.Changes)), Before: c.p.T("tagwork.before"), After: c.p.T("tagwork.after"),
		Figures: c.figureRows(out.Before, out.After, today, out.Counts)}
	for _, o := range open {
		title := c.settingPhrase(o.Title, o.Name)
		pick := components.Choices{Name: "setting." + o.Name, Legend: title.Text, Lang: title.Lang}
		for _, v := range o.Values {
			label := c.settingPhrase(v.Title, v.Name)
			pick.Items = append(pick.Items, components.Choice{Value: v.Name, Label: label.Text, Lang: label.Lang, Chosen: set.About.Settings[o.Name] == v.Name})
		}
		p.Settings = append(p.Settings, pick)
	}
	for _, e := range out.Effects {
		row := pages.EffectRow{ChangeRow: c.changeRow(out.Before, out.After, today, e.Change), Commitments: c.p.Number(e.Commitments), Members: c.p.Number(e.Members), Person: c.p.Number(len(e.Person))}
		for _, sh := range e.Shifts {
			if sh.Before.Rolled != sh.After.Rolled {
				shift := c.tagRef(out.After, today, sh.Tag)
				shift.Note = c.p.T("tagwork.shift", "before", sh.Before.Rolled, "after", sh.After.Rolled)
				row.Shifts = append(row.Shifts, shift)
			}
		}
		if e.Because != "" {
			row.Because = c.p.T(e.Because)
		}
		p.Effects = append(p.Effects, row)
	}
	most := mostNamed
	if f.has("persons") {
		most = len(out.Person)
	}
	var err error
	if p.Persons, err = c.commitmentsNamed(out.Person[:min(len(out.Person), most)]); err != nil {
		return p, err
	}
	if more := len(out.Person) - len(p.Persons); more > 0 {
		p.MorePersons, p.AllPersons = c.p.N("tagwork.more", more), c.p.N("tagwork.persons.all", len(out.Person))
	}
	return p, nil
}

// touches says how much a set touches, and how much of it needs a person.
func (c *call) touches(out app.TagOutlook) string {
	return c.p.T("tagwork.touches", "commitments", c.p.N("count.commitments", out.Commitments), "members", c.p.N("count.members", out.Members),
		"person", c.p.N("tagwork.person", len(out.Person)))
}

// settingPhrase is what a setting or its value is called: its title, else its name.
func (c *call) settingPhrase(title civic.Text, name string) phrase.Text {
	if title.Blank() {
		return phrase.Text{Lang: civic.Undetermined, Text: name}
	}
	return c.tagPhrase(title)
}

// mostNamed is how many commitments a preview names, unless it is asked for all.
const mostNamed = 50

// commitmentsNamed links commitments.
func (c *call) commitmentsNamed(ids []civic.CommitmentID) (out []pages.TagName, err error) {
	items, err := c.site.App.CommitmentsOf(c.r.Context(), ids...)
	for _, it := range items {
		title := phrase.Of(it.Dossier.Commitment.Title.Original())
		if title.Text == "" {
			title = phrase.Text{Text: c.p.T("commitment.title.none")}
		}
		out = append(out, pages.TagName{URL: c.commitmentURL(it.Ref), Name: title, Note: it.Dossier.Commitment.OGPID})
	}
	return out, err
}

// applyTaxonomy makes the changes of a set.
func (s *Site) applyTaxonomy(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	set, _, ok, err := c.setSent(f)
	if err == nil && !ok {
		return s.taxonomyDesk(c, f, []components.Fault{{Field: "shipped", Text: c.p.T("tagwork.choose")}})
	}
	if err == nil {
		_, err = s.App.ApplyTags(c.r.Context(), c.who, set)
	}
	if faults, ok := c.setFaults(err, whole); ok {
		return s.taxonomyDesk(c, f, faults)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/taxonomy?done=applied")
}

package web

import (
	"slices"
	"strconv"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// taxonomy lists the versions of the tags: the editions of OGP's table, then every
// set of changes that was applied, undone and redone. With ?on= it leads to the
// version that is in force on a day.
func (s *Site) taxonomy(c *call) error {
	timeline, _, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	if day := c.query("on"); day != "" {
		return c.taxonomyOn(timeline, day)
	}
	p := pages.Taxonomy{Page: c.layout("tags", c.p.T("taxonomy.page.title")), Trail: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("nav.tags")}},
		Action: c.url("/taxonomy"), Today: c.site.App.Today(), After: []pages.Link{{URL: c.url("/tags"), Text: c.p.T("tags.all")}, {URL: c.url("/facets"), Text: c.p.T("facets.title")}}}
	p.Page.About = c.p.T("taxonomy.page.lead")
	versions := timeline.Versions()
	p.Count = c.p.N("taxonomy.page.count", len(versions))
	for _, v := range slices.Backward(versions) {
		p.Rows = append(p.Rows, c.versionRow(v))
	}
	return c.show(pages.TaxonomyPage(p))
}

// taxonomyOn leads to the version that is in force on a day.
func (c *call) taxonomyOn(timeline *taxonomy.Timeline, day string) error {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return &civic.Error{Kind: civic.Invalid, Key: taxonomy.KeySetDay, Field: "on", Args: map[string]any{"value": day}}
	}
	number := 0
	for _, p := range timeline.Periods() {
		if p.From <= day {
			number = p.Version.Number
		}
	}
	if number == 0 {
		return &civic.Error{Kind: civic.NotFound, Key: app.KeyBeforeTaxonomy, Args: map[string]any{"date": day}}
	}
	return c.goOn("/taxonomy/" + strconv.Itoa(number))
}

// versionName names a version by its edition or its set.
func (c *call) versionName(v taxonomy.Version) phrase.Text {
	if v.Step == taxonomy.StepEdition {
		return phrase.Text{Text: words{c.p}.edition(v.Edition)}
	}
	return c.tagPhrase(v.About.Title)
}

// versionLink leads to a version.
func (c *call) versionLink(v taxonomy.Version) pages.TagName {
	return pages.TagName{URL: c.url("/taxonomy/" + strconv.Itoa(v.Number)), Name: c.versionName(v), Note: c.p.T("taxonomy.page.version", "number", v.Number)}
}

func (c *call) versionRow(v taxonomy.Version) pages.VersionRow {
	row := pages.VersionRow{Version: c.versionLink(v), Step: c.p.T(v.Step.Key()), From: c.p.CivilDate(v.Effective), InForce: c.p.T("unit.no")}
	if v.InForce {
		row.InForce = c.p.T("unit.yes")
	}
	switch {
	case !v.Why.Blank():
		why := phrase.Of(v.Why.In(c.p.Code))
		row.Why = &why
	case v.Step != taxonomy.StepEdition && v.About.Source != "":
		row.Why = &phrase.Text{Lang: civic.Undetermined, Dir: "auto", Text: v.About.Source}
	}
	return row
}

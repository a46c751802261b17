package app

import (
	"fmt"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/text"
)

// demoEdition is the source of what was written for demonstration; a subject that
// any other source names is real.
const demoEdition civic.Edition = "demo"

func (d *desk) newID() (string, error) {
	return civic.NewID(d.app.now().UnixMilli(), d.app.random)
}

// member finds a member by the source's code or name, or makes it: from the
// reference list of OGP's members, or from what the source says.
func (d *desk) member(row int, r interchange.MemberRef, edition civic.Edition, report *ImportReport) (*card[civic.Member], error) {
	if interchange.MemberClash(r) {
		report.Warnings = append(report.Warnings, interchange.Issue{Row: row, Code: "member_clash", Args: map[string]any{"name": r.Name, "code": r.Code}})
	}
	m := interchange.NewMember(r)
	for _, name := range []string{r.Code, r.Name, m.Slug} {
		if found := d.memberBy[text.Fold(name)]; found != nil && name != "" {
			d.completeMember(found, r, edition)
			return found, nil
		}
	}
	id, err := d.newID()
	if err != nil {
		return nil, err
	}
	m.ID = civic.MemberID(id)
	m.Slug = d.freeSlug("member/", m.Slug)
	c := &card[civic.Member]{now: m, edition: edition, idle: true}
	d.layMember(c)
	return c, nil
}

// completeMember adds what a source says of a member that nobody said before.
func (d *desk) completeMember(c *card[civic.Member], r interchange.MemberRef, edition civic.Edition) {
	before := c.now
	if c.now.Code == "" {
		c.now.Code = r.Code
	}
	if c.now.Region == "" {
		c.now.Region = r.Region
	}
	c.now.Demo = c.now.Demo && edition == demoEdition
	if c.now.Code != before.Code || c.now.Region != before.Region || c.now.Demo != before.Demo {
		c.verb, c.edition = verbUpdate, edition
		d.indexMember(c)
	}
}

// plan finds a member's plan by its number, or makes it. A source that says
// something else of a known plan is told apart by a warning; the plan stays, so the
// source that came first decides its years.
func (d *desk) plan(m *card[civic.Member], draft interchange.Draft, edition civic.Edition, report *ImportReport) (*card[civic.Plan], error) {
	r := draft.Plan
	c := d.planBy[planKey(m.now.ID, r.Number)]
	if c == nil {
		id, err := d.newID()
		if err != nil {
			return nil, err
		}
		regime := r.Regime
		if regime == "" {
			regime = m.now.Regime
		}
		c = &card[civic.Plan]{edition: edition, idle: true, now: civic.Plan{
			ID: civic.PlanID(id), Member: m.now.ID, Number: r.Number, SourceID: r.SourceID, Title: r.Title,
			Slug:      d.freeSlug("plan/", strings.Trim(m.now.Slug+"-"+civic.Slug(r.Number), "-")),
			Submitted: r.Submitted, EndYear: r.EndYear, Length: r.Length, Start: r.Start, End: r.End, Regime: regime,
		}}
		d.layPlan(c)
		return c, nil
	}
	d.completePlan(c, draft, edition, report)
	return c, nil
}

func (d *desk) completePlan(c *card[civic.Plan], draft interchange.Draft, edition civic.Edition, report *ImportReport) {
	r, p := draft.Plan, &c.now
	more := p.Demo && edition != demoEdition
	p.Demo = p.Demo && edition == demoEdition
	year := func(have *int, said int, field string) {
		switch {
		case said == 0 || *have == said:
		case *have == 0:
			*have, more = said, true
		default:
			d.planDiffers(report, draft.Row, planDifference{p.Slug, field, *have, said})
		}
	}
	year(&p.Submitted, r.Submitted, "submitted")
	year(&p.EndYear, r.EndYear, "end_year")
	year(&p.Length, r.Length, "length")
	if p.SourceID == "" && r.SourceID != "" {
		p.SourceID, more = r.SourceID, true
	}
	if len(p.Title) == 0 && len(r.Title) > 0 {
		p.Title, more = r.Title, true
	}
	if p.Start.IsZero() && !r.Start.IsZero() {
		p.Start, more = r.Start, true
	}
	if p.End.IsZero() && !r.End.IsZero() {
		p.End, more = r.End, true
	}
	if more {
		c.verb, c.edition = verbUpdate, edition
	}
}

// planDifference is what a source says otherwise of a known plan.
type planDifference struct {
	plan, field string
	known, said int
}

// planDiffers warns once of each difference, on the first row that has it, and
// counts the rows.
func (d *desk) planDiffers(report *ImportReport, row int, differs planDifference) {
	if at, told := d.differs[differs]; told {
		args := report.Warnings[at].Args
		args["count"] = args["count"].(int) + 1
		return
	}
	d.differs[differs] = len(report.Warnings)
	report.Warnings = append(report.Warnings, interchange.Issue{Row: row, Code: "plan_differs", Args: map[string]any{
		"plan": differs.plan, "field": differs.field, "known": differs.known, "said": differs.said, "count": 1,
	}})
}

// institution finds a member's institution by its folded name, or makes it; a
// name is taken to be in the language of the commitment that has it.
func (d *desk) institution(m civic.MemberID, name, lang string, edition civic.Edition) (*card[civic.Institution], error) {
	if c := d.institutionBy[institutionKey(m, name)]; c != nil {
		if c.now.Demo && edition != demoEdition {
			c.now.Demo, c.verb, c.edition = false, verbUpdate, edition
		}
		return c, nil
	}
	id, err := d.newID()
	if err != nil {
		return nil, err
	}
	c := &card[civic.Institution]{edition: edition, now: civic.Institution{
		ID: civic.InstitutionID(id), Member: m, Name: civic.Text{{Lang: lang, Text: name, Guessed: true}},
	}}
	d.layInstitution(c)
	return c, nil
}

// freeSlug returns slug, or slug-2, slug-3 … when another subject has it.
func (d *desk) freeSlug(space, slug string) string {
	if slug == "" {
		slug = "unnamed"
	}
	free := slug
	for n := 2; d.slugs[space+free]; n++ {
		free = fmt.Sprintf("%s-%d", slug, n)
	}
	return free
}

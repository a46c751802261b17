package app

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"

	"avow/internal/civic"
)

// reportDesk takes in reports one after the other and knows what it has taken:
// plans, commitments and the reports on them are read once.
type reportDesk struct {
	app *App
	who civic.Caller
	ask func(civic.Place) error

	plans       map[string]civic.Plan               // by reference
	commitments map[string]civic.Commitment         // by reference
	filed       map[civic.CommitmentID][]*versioned // oldest first
	at          map[civic.ReportID]*versioned       // of filed
	asked       map[asking]error
}

// versioned is a report with the number of its newest version.
type versioned struct {
	civic.Report
	number int
}

// take turns an input into the report to be written and the verb of its entry, ""
// when nothing changed. Its errors have a kind where the input is at fault.
func (d *reportDesk) take(ctx context.Context, in ReportInput, faults civic.Errors) (civic.Report, string, error) {
	old, err := d.corrected(ctx, in)
	if err != nil {
		return civic.Report{ID: in.ID}, "", err
	}
	if old != nil {
		in.Plan, in.Commitment, in.Milestone, in.Period = string(old.Plan), string(old.Commitment), string(old.Milestone), old.Period
	}
	plan, err := d.plan(ctx, in.Plan)
	if err != nil {
		return civic.Report{ID: in.ID}, "", atField("plan", err)
	}
	c, err := d.commitment(ctx, in.Commitment)
	if err != nil {
		return civic.Report{ID: in.ID}, "", atField("commitment", err)
	}
	if err := d.read(ctx, c.ID); err != nil {
		return civic.Report{ID: in.ID}, "", err
	}
	r := compose(in, plan, c)
	if old != nil {
		r = onto(old.Report, r)
		if err := d.may(c, plan.ID, old.Institution); err != nil {
			return r, "", err
		}
		r.Institution = cmp.Or(r.Institution, old.Institution)
	} else if r.Institution == "" {
		r.Institution = speaksFor(d.who, c, plan.ID)
	}
	if err := d.may(c, plan.ID, r.Institution); err != nil {
		return r, "", err
	}
	if old != nil && in.Version != old.number {
		return r, "", &civic.Error{Kind: civic.Conflict, Key: "report.moved", Args: map[string]any{"ref": string(r.ID), "version": old.number}}
	}
	faults = append(faults, civic.CheckReport(r, plan, c, d.app.today(), d.before(plan, r)...)...)
	if err := faults.Or(); err != nil {
		return r, "", err
	}
	switch {
	case old == nil:
		return d.file(r)
	case reflect.DeepEqual(r, old.Report):
		return r, "", nil
	}
	old.Report, old.number = r, old.number+1
	return r, verbCorrectReport, nil
}

// file gives a new report its ID; a second one on the same thing and period is a Conflict.
func (d *reportDesk) file(r civic.Report) (civic.Report, string, error) {
	for _, f := range d.filed[r.Commitment] {
		if f.Key() == r.Key() {
			return r, "", &civic.Error{Kind: civic.Conflict, Key: "report.once", Field: "period",
				Args: map[string]any{"ref": string(f.ID), "version": f.number}}
		}
	}
	id, err := d.app.newID()
	if err != nil {
		return r, "", err
	}
	r.ID = civic.ReportID(id)
	d.add(r, 1)
	return r, verbReport, nil
}

func (d *reportDesk) add(r civic.Report, number int) {
	v := &versioned{r, number}
	d.filed[r.Commitment] = append(d.filed[r.Commitment], v)
	d.at[r.ID] = v
}

// corrected is the report that an input corrects, nil for a new one.
func (d *reportDesk) corrected(ctx context.Context, in ReportInput) (*versioned, error) {
	if in.ID == "" {
		return nil, nil
	}
	if v := d.at[in.ID]; v != nil {
		return v, nil
	}
	r, _, err := read[civic.Report](ctx, d.app, civic.KindReport, string(in.ID))
	if err != nil {
		return nil, err
	}
	if err := d.read(ctx, r.Commitment); err != nil {
		return nil, err
	}
	return d.at[in.ID], nil
}

// read reads the reports on a commitment, once.
func (d *reportDesk) read(ctx context.Context, c civic.CommitmentID) error {
	if _, done := d.filed[c]; done {
		return nil
	}
	versions, err := d.app.store.Belonging(ctx, civic.KindReport, civic.OfCommitment, string(c))
	if err != nil {
		return err
	}
	if d.filed == nil {
		d.filed, d.at = map[civic.CommitmentID][]*versioned{}, map[civic.ReportID]*versioned{}
	}
	d.filed[c] = nil
	for _, v := range versions {
		if v.Erased {
			continue
		}
		r, err := decodeVersion[civic.Report](v)
		if err != nil {
			return err
		}
		d.add(r, v.Number)
	}
	return nil
}

func (d *reportDesk) plan(ctx context.Context, ref string) (civic.Plan, error) {
	if p, ok := d.plans[ref]; ok {
		return p, nil
	}
	id, err := d.app.store.FindPlan(ctx, ref)
	if err != nil {
		return civic.Plan{}, err
	}
	p, _, err := read[civic.Plan](ctx, d.app, civic.KindPlan, string(id))
	if err == nil {
		if d.plans == nil {
			d.plans = map[string]civic.Plan{}
		}
		d.plans[ref] = p
	}
	return p, err
}

func (d *reportDesk) commitment(ctx context.Context, ref string) (civic.Commitment, error) {
	if c, ok := d.commitments[ref]; ok {
		return c, nil
	}
	id, err := d.app.store.FindCommitment(ctx, ref)
	if err != nil {
		return civic.Commitment{}, err
	}
	c, _, err := read[civic.Commitment](ctx, d.app, civic.KindCommitment, string(id))
	if err == nil {
		if d.commitments == nil {
			d.commitments = map[string]civic.Commitment{}
		}
		d.commitments[ref] = c
	}
	return c, err
}

// placeFor is where somebody reports in a plan on a commitment for one institution:
// who reports for another one of the same commitment, or in another of its plans,
// has no say here.
func placeFor(c civic.Commitment, plan civic.PlanID, i civic.InstitutionID) civic.Place {
	on := within(c, plan)
	on.Institutions = nil
	if i != "" {
		on.Institutions = []civic.InstitutionID{i}
	}
	return on
}

// asking is for whom the permission is asked: a commitment within a plan.
type asking struct {
	commitment  civic.CommitmentID
	plan        civic.PlanID
	institution civic.InstitutionID
}

// may asks for the permission once for each commitment, plan and institution.
func (d *reportDesk) may(c civic.Commitment, plan civic.PlanID, i civic.InstitutionID) error {
	at := asking{c.ID, plan, i}
	if err, known := d.asked[at]; known {
		return err
	}
	if d.asked == nil {
		d.asked = map[asking]error{}
	}
	d.asked[at] = d.ask(placeFor(c, plan, i))
	return d.asked[at]
}

// speaksFor is the institution for which the caller reports when nobody says: the
// lead where that may be, else the first one that may, else the lead.
func speaksFor(who civic.Caller, c civic.Commitment, plan civic.PlanID) civic.InstitutionID {
	var may, first civic.InstitutionID
	for _, role := range []civic.Role{civic.Lead, civic.Supporting} {
		for _, p := range c.Parts {
			if p.Role != role || p.Institution == "" {
				continue
			}
			first = cmp.Or(first, p.Institution)
			if may == "" && who.May(civic.MayReport, placeFor(c, plan, p.Institution)) {
				may = p.Institution
			}
		}
	}
	return cmp.Or(may, first)
}

// before are the report that is corrected and the newest one that goes before it.
func (d *reportDesk) before(plan civic.Plan, r civic.Report) []civic.Report {
	at := func(period string) int {
		return slices.IndexFunc(plan.Periods, func(p civic.Period) bool { return p.Key == period })
	}
	var out []civic.Report
	var last *versioned
	for _, f := range d.filed[r.Commitment] {
		switch {
		case f.Milestone != r.Milestone || f.Plan != r.Plan:
		case f.ID == r.ID:
			out = append(out, f.Report)
		case at(f.Period) < at(r.Period) && (last == nil || at(last.Period) < at(f.Period)):
			last = f
		}
	}
	if last != nil {
		out = append(out, last.Report)
	}
	return out
}

// compose is the report that an input describes.
func compose(in ReportInput, plan civic.Plan, c civic.Commitment) civic.Report {
	r := civic.Report{
		ID: in.ID, Member: c.Member, Plan: plan.ID, Commitment: c.ID, Institution: in.Institution, Period: in.Period, Status: in.Status,
		Done: tidy(in.Done), Challenges: tidy(in.Challenges), Next: tidy(in.Next), Milestone: civic.MilestoneID(in.Milestone),
		Demo: c.Demo,
	}
	if m, ok := c.MilestoneBy(in.Milestone); ok {
		r.Milestone = m.ID
	}
	for _, e := range in.Evidence {
		e.Title, e.URL = tidy(e.Title), strings.TrimSpace(e.URL)
		if e.URL != "" || e.File != nil || e.Title != nil {
			r.Evidence = append(r.Evidence, e)
		}
	}
	for _, s := range in.Steps {
		if m, ok := c.MilestoneBy(string(s.Milestone)); ok {
			s.Milestone = m.ID
		}
		r.Steps = append(r.Steps, s)
	}
	return r
}

// onto keeps of a corrected report what nobody can correct.
func onto(old, r civic.Report) civic.Report {
	r.Dated, r.Order, r.Edition, r.Demo, r.Member = old.Dated, old.Order, old.Edition, old.Demo, old.Member
	return r
}

// tidy leaves out blank phrases and the space around the others.
func tidy(t civic.Text) civic.Text {
	var out civic.Text
	for _, p := range t {
		if p.Text = strings.TrimSpace(p.Text); p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

// atField names the field of an error without one.
func atField(field string, err error) error {
	var e *civic.Error
	if e, _ = err.(*civic.Error); e == nil || e.Field != "" {
		return err
	}
	named := *e
	named.Field = field
	return &named
}

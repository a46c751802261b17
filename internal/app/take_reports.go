package app

import (
	"context"
	"fmt"
	"slices"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/text"
)

// ReportCounts says what an import did with the reports of its files.
type ReportCounts struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"` // kept ones too: filed or corrected by a person here
}

// reportKey tells reports of one source apart: those of a period by it, others by
// what the source says of their time.
type reportKey struct {
	commitment civic.CommitmentID
	milestone  civic.MilestoneID
	when       string
}

func keyOfReport(r civic.Report) reportKey {
	when := "period " + r.Period
	if r.Period == "" {
		when = fmt.Sprintf("%s %s %d", r.Edition, r.Dated.Date, r.Order)
	}
	return reportKey{r.Commitment, r.Milestone, when}
}

// takeReports lays the reports of a source on the desk, after its commitments.
// What a person filed or corrected here stands: a source does not overwrite it.
func (d *desk) takeReports(ctx context.Context, p interchange.Parsed, report *ImportReport) error {
	unplaced := func(draft interchange.ReportDraft, column, code, value string) {
		report.Refused++
		report.Warnings = append(report.Warnings, interchange.Issue{Row: draft.Row, Column: column, Code: code, Args: map[string]any{"value": value}})
	}
	for _, draft := range p.Reports {
		plan := d.planOf(draft)
		if plan == nil {
			unplaced(draft, "", "report_plan_unknown", draft.Plan.Number)
			continue
		}
		if err := d.fetchPlans(ctx, []civic.PlanID{plan.now.ID}); err != nil {
			return err
		}
		if err := d.fetchReports(ctx, plan.now.ID); err != nil {
			return err
		}
		c := d.commitmentOf(draft, plan.now.ID)
		if c == nil {
			unplaced(draft, "commitments", "report_commitment_unknown", draft.OGPID+draft.Number)
			continue
		}
		m, ok := c.now.MilestoneBy(draft.Milestone)
		if !ok {
			unplaced(draft, "indicators", "report_milestone_unknown", draft.Milestone)
			continue
		}
		r := draft.Report
		r.Member, r.Plan, r.Commitment, r.Milestone = c.now.Member, plan.now.ID, c.now.ID, m.ID
		if err := d.layReport(draft, r, report); err != nil {
			return err
		}
	}
	return nil
}

// layReport makes a report, or lays it over the one that it says anew.
func (d *desk) layReport(draft interchange.ReportDraft, r civic.Report, report *ImportReport) error {
	known := d.reportBy[keyOfReport(r)]
	if known == nil {
		id, err := d.newID()
		if err != nil {
			return err
		}
		r.ID = civic.ReportID(id)
		report.Reports.New++
		d.addReport(&card[civic.Report]{now: r, edition: r.Edition})
		return nil
	}
	r.ID, r.Institution, r.Demo = known.now.ID, known.now.Institution, known.now.Demo
	switch {
	case sameSubject(r, known.now):
		report.Reports.Unchanged++
	case d.byPeople[known.now.ID]:
		report.Reports.Unchanged++
		report.Warnings = append(report.Warnings, interchange.Issue{Row: draft.Row, Column: "status", Code: "report_kept",
			Args: map[string]any{"code": draft.Milestone, "period": r.Period}})
	default:
		known.now, known.edition, known.verb = r, r.Edition, verbUpdate
		report.Reports.Changed++
	}
	return nil
}

func (d *desk) addReport(c *card[civic.Report]) {
	d.reports = append(d.reports, c)
	d.reportBy[keyOfReport(c.now)] = c
}

// planOf finds the plan that a report is of; it makes none.
func (d *desk) planOf(draft interchange.ReportDraft) *card[civic.Plan] {
	for _, name := range []string{draft.Member.Code, draft.Member.Name} {
		if m := d.memberBy[text.Fold(name)]; m != nil {
			if plan := d.planBy[planKey(m.now.ID, draft.Plan.Number)]; plan != nil {
				return plan
			}
		}
	}
	return nil
}

func (d *desk) commitmentOf(draft interchange.ReportDraft, plan civic.PlanID) *card[civic.Commitment] {
	if draft.OGPID != "" {
		return d.byOGPID[draft.OGPID]
	}
	for _, c := range d.byPlan[plan] {
		if slices.Contains(c.now.Plans, civic.PlanEntry{Plan: plan, Number: draft.Number}) {
			return c
		}
	}
	return nil
}

// fetchReports brings the reports of a plan to the desk, once.
func (d *desk) fetchReports(ctx context.Context, plan civic.PlanID) error {
	if d.reported[plan] {
		return nil
	}
	d.reported[plan] = true
	versions, err := d.app.store.Belonging(ctx, civic.KindReport, civic.OfPlan, string(plan))
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.Erased {
			continue
		}
		c, err := cardOf[civic.Report](v)
		if err != nil {
			return err
		}
		d.byPeople[c.now.ID] = v.Verb != verbCreate && v.Verb != verbUpdate
		d.addReport(c)
	}
	return nil
}

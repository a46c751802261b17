package app

import (
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
)

// DueReport is a report that somebody may file or has filed, with its place.
type DueReport struct {
	civic.Expectation
	Commitment civic.Commitment
	Ref        string
	Unit       civic.Milestone // zero for the whole commitment
}

// DuePeriod is a period of a plan with the reports on it that are for somebody.
type DuePeriod struct {
	Plan    civic.Plan
	Period  civic.Period
	Member  civic.Member
	Reports []DueReport
}

// DueReports lists the reports that a caller may file: those that are open or
// missing and those that came, by plan and period, the period that is open first
// and then from the newest back.
func (a *App) DueReports(ctx context.Context, who civic.Caller) ([]DuePeriod, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	var out []DuePeriod
	for _, p := range s.plans {
		if p.Slug == "" || len(p.Periods) == 0 || !mayReportIn(who, p) {
			continue
		}
		progress, err := a.rollups.of(ctx, a, p.ID)
		if err != nil {
			return nil, err
		}
		for i, period := range slices.Backward(progress.Plan.Periods) {
			if due := dueIn(who, progress, i); len(due) > 0 {
				out = append(out, DuePeriod{Plan: progress.Plan, Period: period, Member: s.memberOf(p.Member), Reports: due})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y DuePeriod) int { return strings.Compare(y.Period.Start, x.Period.Start) })
	return out, nil
}

// mayReportIn spares the plans in which a caller has no say at all.
func mayReportIn(who civic.Caller, p civic.Plan) bool {
	return slices.ContainsFunc(who.Grants, func(g civic.Grant) bool {
		return slices.Contains(civic.Holders(civic.MayReport), g.Role) && (g.Member == "" || g.Member == p.Member) && (g.Plan == "" || g.Plan == p.ID)
	})
}

func dueIn(who civic.Caller, progress *civic.PlanProgress, period int) []DueReport {
	var out []DueReport
	for _, c := range progress.Commitments {
		on := placeFor(c.Commitment, progress.Plan.ID, speaksFor(who, c.Commitment, progress.Plan.ID))
		if err := who.Ask(civic.MayReport, on); err != nil && civic.KindOf(err) != civic.Unproven {
			continue
		}
		for _, u := range c.Units {
			e := u.Expected[period]
			if e.State == civic.NotYetOpen || e.State == civic.NotExpected {
				continue
			}
			d := DueReport{Expectation: e, Commitment: c.Commitment, Ref: refOf(c.Commitment)}
			d.Unit, _ = c.Commitment.MilestoneBy(string(u.Milestone))
			out = append(out, d)
		}
	}
	return out
}

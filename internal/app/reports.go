package app

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// ReportView is a report with what a reader needs beside it.
type ReportView struct {
	civic.Report
	Version  int               // of its newest version, from 1
	Filed    string            // YYYY-MM-DD of its first version; of an imported one the day it speaks of, "" when it has none
	InPlan   civic.Plan        // zero when the plan is not here
	Of       civic.Period      // zero when the source has none
	By       civic.Institution // zero when not told
	Versions []ReportVersion   // newest first
	State    civic.ExpectationState
	Days     int // late by
}

// ReportVersion is one state of a report: its filing, or a correction.
type ReportVersion struct {
	Number  int
	Entry   int64 // of the record
	At      int64 // microseconds
	Actor   civic.Actor
	Verb    string
	Report  civic.Report
	Change  civic.ReportChange // against the version before; zero in the first
	Stepped bool               // what it says of milestones is otherwise than before
	Erased  bool
}

// Reports returns the reports on a commitment, the newest first.
func (a *App) Reports(ctx context.Context, commitment string) ([]ReportView, error) {
	id, err := a.store.FindCommitment(ctx, commitment)
	if err != nil {
		return nil, err
	}
	c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(id))
	if err != nil {
		return nil, err
	}
	return a.ReportsOn(ctx, c)
}

// ReportsOn is Reports for a commitment that was read already.
func (a *App) ReportsOn(ctx context.Context, c civic.Commitment) ([]ReportView, error) {
	versions, err := a.store.Belonging(ctx, civic.KindReport, civic.OfCommitment, string(c.ID))
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	return a.reportViews(ctx, c, versions)
}

// Report returns one report.
func (a *App) Report(ctx context.Context, id civic.ReportID) (ReportView, error) {
	v, err := a.store.Newest(ctx, civic.KindReport, string(id))
	if err != nil {
		return ReportView{}, err
	}
	r, err := decodeVersion[civic.Report](v)
	if err != nil {
		return ReportView{}, err
	}
	c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(r.Commitment))
	if err != nil {
		return ReportView{}, err
	}
	views, err := a.reportViews(ctx, c, []store.Version{v})
	if err != nil {
		return ReportView{}, err
	}
	return views[0], nil
}

// reportViews puts beside reports on a commitment what their pages show. Erased
// ones are left out.
func (a *App) reportViews(ctx context.Context, c civic.Commitment, versions []store.Version) ([]ReportView, error) {
	out := make([]ReportView, 0, len(versions))
	var bodies []string
	plans := map[civic.PlanID]civic.Plan{}
	for _, v := range versions {
		if v.Erased {
			continue
		}
		r, err := decodeVersion[civic.Report](v)
		if err != nil {
			return nil, err
		}
		plan, known := plans[r.Plan]
		if !known {
			if plan, _, err = read[civic.Plan](ctx, a, civic.KindPlan, string(r.Plan)); err != nil && civic.KindOf(err) != civic.NotFound {
				return nil, err
			}
			plans[r.Plan] = plan
		}
		view := ReportView{Report: r, Version: v.Number, Filed: filedOn(v, r), InPlan: plan}
		if i := slices.IndexFunc(plan.Periods, func(p civic.Period) bool { return p.Key == r.Period }); i >= 0 {
			view.Of = plan.Periods[i]
			e := civic.Expect(plan, c, r.Milestone, view.Of, &civic.Filed{Report: r, On: view.Filed}, a.today())
			view.State, view.Days = e.State, e.Days
		}
		if view.Versions, err = a.reportVersions(ctx, v, r); err != nil {
			return nil, err
		}
		bodies = append(bodies, string(r.Institution))
		out = append(out, view)
	}
	found, err := a.store.NewestOf(ctx, civic.KindInstitution, slices.Compact(slices.Sorted(slices.Values(bodies))))
	if err != nil {
		return nil, err
	}
	by := make(map[civic.InstitutionID]civic.Institution, len(found))
	for id, v := range found {
		if v.Erased {
			continue
		}
		if by[civic.InstitutionID(id)], err = decodeVersion[civic.Institution](v); err != nil {
			return nil, err
		}
	}
	for i := range out {
		out[i].By = by[out[i].Institution]
	}
	slices.SortFunc(out, newestFirst)
	return out, nil
}

// newestFirst orders reports by the period they are on; those of a source without
// periods come last, in the source's order.
func newestFirst(a, b ReportView) int {
	return cmp.Or(cmp.Compare(b.Of.Start, a.Of.Start), cmp.Compare(b.Order, a.Order), cmp.Compare(b.Dated.Date, a.Dated.Date), cmp.Compare(b.ID, a.ID))
}

// reportVersions lists what a report was, the newest state first. newest is read already.
func (a *App) reportVersions(ctx context.Context, newest store.Version, r civic.Report) ([]ReportVersion, error) {
	versions := []store.Version{newest}
	if newest.Number > 1 {
		var err error
		if versions, err = a.store.Versions(ctx, civic.KindReport, newest.ID); err != nil {
			return nil, err
		}
	}
	out := make([]ReportVersion, 0, len(versions))
	for i, v := range versions {
		line := ReportVersion{Number: v.Number, Entry: v.Entry, At: v.At, Actor: v.Actor, Verb: v.Verb, Report: r}
		if v.Entry != newest.Entry {
			var err error
			line.Report, err = decodeVersion[civic.Report](v)
			if line.Erased = civic.KindOf(err) == civic.NotFound; err != nil && !line.Erased {
				return nil, err
			}
		}
		if i > 0 && !line.Erased && !out[i-1].Erased {
			before := out[i-1].Report
			line.Change = civic.CompareReports(before, line.Report)
			line.Stepped = !reflect.DeepEqual(before.Steps, line.Report.Steps)
		}
		out = append(out, line)
	}
	slices.Reverse(out)
	return out, nil
}

// filedOn is the day on which a report came in. Of an imported one nobody here
// knows it: the day that it speaks of stands for it.
func filedOn(v store.Version, r civic.Report) string {
	switch {
	case r.Edition != "" && len(r.Dated.Date) == len(time.DateOnly):
		return r.Dated.Date
	case r.Edition != "":
		return ""
	case v.Number == 1 && v.Edition != jsonlEdition: // else it came in elsewhere, when its ID was made
		return time.UnixMicro(v.At).UTC().Format(time.DateOnly)
	}
	return civic.MadeOn(v.ID)
}

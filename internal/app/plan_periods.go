package app

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
)

// SetPeriods gives a plan its reporting periods and, when languages is not nil,
// its languages. Periods with reports keep their key and their days.
func (a *App) SetPeriods(ctx context.Context, who civic.Caller, plan civic.PlanID, periods []civic.Period, languages []string) error {
	return a.onPlan(ctx, who, plan, func(p civic.Plan) ([]edit, error) {
		if !p.Lives() {
			return nil, notHere(p)
		}
		reported, err := a.reportedPeriods(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		before := p
		periods = slices.Clone(periods)
		for i := range periods {
			n := &periods[i]
			n.Key, n.Title = strings.TrimSpace(n.Key), trimmed(n.Title)
			n.Start, n.End, n.Due = strings.TrimSpace(n.Start), strings.TrimSpace(n.End), strings.TrimSpace(n.Due)
		}
		faults := civic.CheckPeriods(p, periods, reported)
		p.Periods = periods
		if languages != nil {
			p.Languages = languages
			faults = append(faults, civic.CheckLanguages(languages)...)
		}
		if err := faults.Or(); err != nil {
			return nil, err
		}
		if sameSubject(before, p) {
			return nil, nil
		}
		return []edit{{subject: p, verb: verbPeriods}}, nil
	})
}

// ReportedPeriods tells which periods of a plan have reports: they cannot vanish
// or change their days.
func (a *App) ReportedPeriods(ctx context.Context, plan civic.PlanID) (map[string]bool, error) {
	return a.reportedPeriods(ctx, plan)
}

func (a *App) reportedPeriods(ctx context.Context, plan civic.PlanID) (map[string]bool, error) {
	reports, err := belonging[civic.Report](ctx, a, civic.KindReport, civic.OfPlan, string(plan))
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, r := range reports {
		if r.Plan == plan && r.Period != "" {
			out[r.Period] = true
		}
	}
	return out, nil
}

// sameSubject reports whether two states of a subject are written alike.
func sameSubject(x, y civic.Subject) bool {
	bx, errX := civic.Encode(x)
	by, errY := civic.Encode(y)
	return errX == nil && errY == nil && bytes.Equal(bx, by)
}

// trimmed is a text without white space around its phrases and without empty ones.
func trimmed(t civic.Text) civic.Text {
	var out civic.Text
	for _, p := range t {
		if p.Text = strings.TrimSpace(p.Text); p.Text != "" {
			out = append(out, p)
		}
	}
	return out
}

package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
)

// ProcessPage is the process of a plan: its steps, its meetings, its documents, and
// the contributions to it with their responses.
type ProcessPage struct {
	Plan          PlanItem
	Today         string
	Steps         []civic.Step // by day
	Meetings      []civic.Meeting
	Documents     []civic.Document
	Contributions []ContributionView // by month; within a month in no order that tells of time
	Channels      []Choice           // how many came on each channel
	Answered      int
	Open          bool // contributions are taken now
}

// ContributionView is a contribution as everybody sees it: what a hidden one says
// is not here.
type ContributionView struct {
	civic.Contribution
	Commitment *CommitmentItem
}

// Process returns the process of a plan.
func (a *App) Process(ctx context.Context, ref string) (ProcessPage, error) {
	plan, err := a.Plan(ctx, ref)
	if err != nil {
		return ProcessPage{}, err
	}
	p, err := a.process(ctx, plan.Member)
	if err != nil {
		return ProcessPage{}, err
	}
	out := ProcessPage{Plan: plan.PlanItem, Today: a.today(), Open: plan.Stage == civic.Drafting || plan.Stage == civic.Consultation}
	out.Steps = keepIf(p.steps, func(s civic.Step) bool { return s.Plan == plan.ID && s.Withdrawn == "" })
	slices.SortStableFunc(out.Steps, func(x, y civic.Step) int { return cmp.Or(strings.Compare(x.Start, y.Start), cmp.Compare(x.ID, y.ID)) })
	out.Meetings = keepIf(p.meetings, func(m civic.Meeting) bool { return m.Plan == plan.ID && m.Withdrawn == "" })
	slices.SortStableFunc(out.Meetings, func(x, y civic.Meeting) int { return cmp.Or(strings.Compare(x.On, y.On), cmp.Compare(x.ID, y.ID)) })
	out.Documents = keepIf(p.documents, func(d civic.Document) bool { return d.Plan == plan.ID && d.Withdrawn == "" })
	slices.SortStableFunc(out.Documents, func(x, y civic.Document) int {
		return cmp.Or(strings.Compare(x.Dated, y.Dated), cmp.Compare(x.ID, y.ID))
	})
	byID := map[civic.CommitmentID]*CommitmentItem{}
	for i, it := range plan.Items {
		byID[it.Dossier.Commitment.ID] = &plan.Items[i]
	}
	count := map[civic.Channel]int{}
	for _, c := range p.contributions {
		if c.Plan != plan.ID {
			continue
		}
		count[c.Channel]++
		if c.Decision != "" {
			out.Answered++
		}
		if c.Hidden != nil {
			c.Text, c.Place = nil, ""
		}
		out.Contributions = append(out.Contributions, ContributionView{c, byID[c.Commitment]})
	}
	for _, ch := range civic.Channels {
		if count[ch] > 0 {
			out.Channels = append(out.Channels, Choice{Value: string(ch), Count: count[ch]})
		}
	}
	slices.SortStableFunc(out.Contributions, func(x, y ContributionView) int {
		return cmp.Or(strings.Compare(x.Month, y.Month), cmp.Compare(x.ID, y.ID))
	})
	return out, nil
}

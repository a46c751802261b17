package app

import (
	"context"

	"avow/internal/civic"
)

// KeepStep writes a step of a plan's process down, or corrects the one with its ID
// (see KeepDocument). A new step that says of no earlier day counts as announced
// today: here is where it was published.
func (a *App) KeepStep(ctx context.Context, who civic.Caller, s civic.Step, seen int) (civic.StepID, error) {
	s.Title = cleanText(s.Title)
	var groups []string
	for _, g := range s.Groups {
		if g = cleanLine(g); g != "" {
			groups = append(groups, g)
		}
	}
	s.Groups = groups
	id, err := keep(ctx, a, who, keeping[civic.Step]{
		kind: civic.KindStep, id: string(s.ID), seen: seen, add: verbRecordStep, correct: verbCorrectStep, place: placeOfStep,
		make: func(ctx context.Context, id string, before civic.Step) (civic.Step, error) {
			after := s
			after.ID, after.Withdrawn = civic.StepID(id), ""
			if before.ID != "" {
				after.Member, after.Demo = before.Member, before.Demo
				if before.Withdrawn != "" {
					return after, withdrawn(string(civic.KindStep))
				}
			}
			if after.Announced == "" {
				after.Announced = a.today()
				if before.Announced != "" {
					after.Announced = before.Announced
				}
			}
			var e civic.Errors
			plan, _, err := a.within(ctx, &e, after.Member, after.Plan, "")
			if err != nil {
				return after, err
			}
			after.Demo = after.Demo || plan.Demo
			e = append(e, civic.CheckStep(after, a.today())...)
			return after, e.Or()
		},
	})
	return civic.StepID(id), err
}

func placeOfStep(s civic.Step) civic.Place {
	return civic.Place{Member: s.Member, Plans: []civic.PlanID{s.Plan}}
}

// WithdrawStep says that a step was written down by mistake.
func (a *App) WithdrawStep(ctx context.Context, who civic.Caller, id civic.StepID, reason string) error {
	reason = cleanLine(reason)
	return a.act(ctx, who, civic.MayKeepFiles, func(ask func(civic.Place) error) ([]edit, error) {
		s, _, err := read[civic.Step](ctx, a, civic.KindStep, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask(placeOfStep(s)); err != nil {
			return nil, err
		}
		if err := withdrawable(string(civic.KindStep), s.Withdrawn, reason); err != nil {
			return nil, err
		}
		s.Withdrawn = reason
		return []edit{{subject: s, verb: verbWithdrawStep}}, nil
	})
}

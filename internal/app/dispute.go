package app

import (
	"context"
	"reflect"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
)

// The verbs of entries on disputes.
const (
	verbDispute = "dispute"
	verbReply   = "answer_dispute"
	verbSettle  = "settle_dispute"
)

// Dispute contests a report. The same words twice on one report, while the first
// is open, are a Conflict.
func (a *App) Dispute(ctx context.Context, who civic.Caller, report civic.ReportID, claim civic.Text) (civic.DisputeID, error) {
	r, on, err := a.placeOfReport(ctx, report)
	if err != nil {
		return "", err
	}
	id, err := a.newID()
	if err != nil {
		return "", err
	}
	d := civic.Dispute{ID: civic.DisputeID(id), Report: r.ID, Member: r.Member, Plan: r.Plan, Commitment: r.Commitment,
		Claim: cleanText(claim), By: civic.ForumMember, On: a.today(), Demo: r.Demo}
	if who.Has(civic.Reviewer, on) {
		d.By = civic.Reviewer
	}
	err = a.act(ctx, who, civic.MayDispute, func(ask func(civic.Place) error) ([]edit, error) {
		if err := ask(on); err != nil {
			return nil, err
		}
		if e := civic.CheckDispute(d); len(e) > 0 {
			return nil, e
		}
		others, err := a.Disputes(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(others, func(o civic.Dispute) bool { return o.Outcome == "" && reflect.DeepEqual(o.Claim, d.Claim) }) {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "dispute.twice"}
		}
		return []edit{{subject: d, verb: verbDispute}}, nil
	})
	if err != nil {
		return "", err
	}
	return d.ID, nil
}

// Disputes returns the disputes of a report, oldest first.
func (a *App) Disputes(ctx context.Context, report civic.ReportID) ([]civic.Dispute, error) {
	return belonging[civic.Dispute](ctx, a, civic.KindDispute, civic.OfReport, string(report))
}

// AskOn asks whether the caller has a permission on a report.
func (a *App) AskOn(ctx context.Context, who civic.Caller, p civic.Permission, report civic.ReportID) error {
	_, on, err := a.placeOfReport(ctx, report)
	if err != nil {
		return err
	}
	return who.Ask(p, on)
}

// DisputeOf returns one dispute.
func (a *App) DisputeOf(ctx context.Context, id civic.DisputeID) (civic.Dispute, error) {
	d, _, err := read[civic.Dispute](ctx, a, civic.KindDispute, string(id))
	return d, err
}

// OpenDispute is a dispute that is not settled, with what the caller can do.
type OpenDispute struct {
	civic.Dispute
	Answerable, Settleable bool
}

// OpenDisputes returns the disputes at the caller's places: those that it can
// raise, answer or settle, and that are not settled, oldest first.
func (a *App) OpenDisputes(ctx context.Context, who civic.Caller) ([]OpenDispute, error) {
	var out []OpenDispute
	err := a.store.EachNewest(ctx, civic.KindDispute, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		d, err := decodeVersion[civic.Dispute](v)
		if err != nil || d.Settled != "" {
			return err
		}
		on := civic.Place{Member: d.Member, Plans: []civic.PlanID{d.Plan}, Commitment: d.Commitment}
		may := func(p civic.Permission) bool {
			err := who.Ask(p, on)
			return err == nil || civic.KindOf(err) == civic.Unproven
		}
		one := OpenDispute{Dispute: d, Answerable: d.Answered == "" && may(civic.MayAnswer), Settleable: may(civic.MaySettle)}
		if one.Answerable || one.Settleable || may(civic.MayAnswer) || may(civic.MayDispute) {
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

// AnswerDispute is the government's answer to a dispute. A second answer, and one
// after it was settled, is a Conflict.
func (a *App) AnswerDispute(ctx context.Context, who civic.Caller, id civic.DisputeID, answer civic.Text) error {
	return a.editDispute(ctx, who, civic.MayAnswer, verbReply, id, func(d *civic.Dispute) error {
		if d.Answered != "" {
			return &civic.Error{Kind: civic.Conflict, Key: "dispute.answered"}
		}
		d.Answer, d.Answered = cleanText(answer), a.today()
		return nil
	})
}

// SettleDispute ends a dispute with an outcome of civic.DisputeOutcomes and why.
func (a *App) SettleDispute(ctx context.Context, who civic.Caller, id civic.DisputeID, outcome string, why civic.Text) error {
	return a.editDispute(ctx, who, civic.MaySettle, verbSettle, id, func(d *civic.Dispute) error {
		d.Outcome, d.Why, d.Settled = outcome, cleanText(why), a.today()
		return nil
	})
}

func (a *App) editDispute(ctx context.Context, who civic.Caller, p civic.Permission, verb string, id civic.DisputeID, change func(*civic.Dispute) error) error {
	return a.act(ctx, who, p, func(ask func(civic.Place) error) ([]edit, error) {
		d, _, err := read[civic.Dispute](ctx, a, civic.KindDispute, string(id))
		if err != nil {
			return nil, err
		}
		_, on, err := a.placeOfReport(ctx, d.Report)
		if err != nil {
			return nil, err
		}
		if err := ask(on); err != nil {
			return nil, err
		}
		if d.Settled != "" {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "dispute.settled"}
		}
		if err := change(&d); err != nil {
			return nil, err
		}
		if e := civic.CheckDispute(d); len(e) > 0 {
			return nil, e
		}
		return []edit{{subject: d, verb: verb}}, nil
	})
}

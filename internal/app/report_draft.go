package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// WholeCommitment stands in addresses for a report that is on no indicator.
const WholeCommitment = "all"

// ReportDraft is a report that somebody writes, private to that account until it
// is sent. Where the report exists already, it is the correction of it.
type ReportDraft struct {
	Input      ReportInput
	Plan       civic.Plan
	Period     civic.Period
	Commitment civic.Commitment
	Ref        string          // of the commitment, as addresses have it
	Unit       civic.Milestone // zero for the whole commitment
	Existing   civic.Report    // that is corrected; zero for a new one
	Version    int             // its newest version
	Kept       bool            // something was written and not sent yet
	id         string
	revision   int
}

// UnitRef is the unit as addresses have it.
func (d ReportDraft) UnitRef() string {
	if d.Unit.ID == "" {
		return WholeCommitment
	}
	return d.Unit.Name()
}

// DraftReport returns what an account has written of a report and not sent, else
// what the report says, else an empty one. unit is the code or ID of an indicator,
// or WholeCommitment. What is not there is NotFound.
func (a *App) DraftReport(ctx context.Context, who civic.Caller, plan, period, commitment, unit string) (ReportDraft, error) {
	desk := reportDesk{app: a, who: who}
	var d ReportDraft
	var err error
	if d.Plan, err = desk.plan(ctx, plan); err != nil {
		return d, err
	}
	if d.Commitment, err = desk.commitment(ctx, commitment); err != nil {
		return d, err
	}
	d.Ref = refOf(d.Commitment)
	i := slices.IndexFunc(d.Plan.Periods, func(p civic.Period) bool { return p.Key == period })
	if i < 0 {
		return d, notFound("period", period)
	}
	d.Period = d.Plan.Periods[i]
	if unit != WholeCommitment {
		var ok bool
		if d.Unit, ok = d.Commitment.MilestoneBy(unit); !ok {
			return d, notFound("milestone", unit)
		}
	}
	if !slices.Contains(civic.ReportedOn(d.Commitment), d.Unit.ID) {
		return d, notFound("report", unit)
	}
	if err := desk.read(ctx, d.Commitment.ID); err != nil {
		return d, err
	}
	d.Input = ReportInput{Plan: string(d.Plan.ID), Commitment: string(d.Commitment.ID), Milestone: string(d.Unit.ID), Period: period}
	for _, f := range desk.filed[d.Commitment.ID] {
		if f.Plan == d.Plan.ID && f.Period == period && f.Milestone == d.Unit.ID {
			d.Existing, d.Version = f.Report, f.number
			d.Input = correctionOf(f.Report, f.number)
		}
	}
	on := d.Existing.Institution
	if on == "" {
		on = speaksFor(who, d.Commitment, d.Plan.ID)
		d.Input.Institution = on
	}
	if err := who.Ask(civic.MayReport, placeFor(d.Commitment, d.Plan.ID, on)); err != nil {
		return d, err
	}
	row, err := a.store.DraftOf(ctx, d.subject(who))
	switch {
	case civic.KindOf(err) == civic.NotFound:
		return d, nil
	case err != nil:
		return d, err
	}
	var kept ReportInput
	if err := json.Unmarshal(row.Body, &kept); err != nil {
		return d, fmt.Errorf("decode the draft of a report %s: %w", row.ID, err)
	}
	d.id, d.revision = row.ID, row.Revision
	if !d.filed(kept) {
		d.Input, d.Kept = kept, true
	}
	return d, nil
}

// filed reports whether what is kept is the newest text of the report: the program
// was stopped after it had been sent and before it was thrown away.
func (d ReportDraft) filed(kept ReportInput) bool {
	if d.Version <= kept.Version {
		return false
	}
	bare := func(in ReportInput) string {
		in = ReportInput{Status: in.Status, Done: append(civic.Text(nil), in.Done...), Challenges: append(civic.Text(nil), in.Challenges...),
			Next: append(civic.Text(nil), in.Next...), Evidence: append([]civic.Evidence(nil), in.Evidence...), Steps: append([]civic.MilestoneState(nil), in.Steps...)}
		text, err := json.Marshal(in)
		return cmp.Or(string(text), fmt.Sprint(err))
	}
	return bare(kept) == bare(d.Input)
}

// correctionOf is the input that would leave a report as it is.
func correctionOf(r civic.Report, version int) ReportInput {
	return ReportInput{ID: r.ID, Version: version, Plan: string(r.Plan), Commitment: string(r.Commitment), Milestone: string(r.Milestone),
		Institution: r.Institution, Period: r.Period, Status: r.Status, Done: r.Done, Challenges: r.Challenges, Next: r.Next,
		Evidence: slices.Clone(r.Evidence), Steps: slices.Clone(r.Steps)}
}

// subject names the draft: one for each account, period and thing.
func (d ReportDraft) subject(who civic.Caller) string {
	r := civic.Report{Plan: d.Plan.ID, Period: d.Period.Key, Commitment: d.Commitment.ID, Milestone: d.Unit.ID}
	return strings.ToLower("report/" + string(who.Account) + "/" + r.Key())
}

// KeepReportDraft keeps what was written. Nothing of it is public.
func (a *App) KeepReportDraft(ctx context.Context, who civic.Caller, d ReportDraft) error {
	if err := who.Ask(civic.MayReport, placeFor(d.Commitment, d.Plan.ID, d.Input.Institution)); err != nil {
		return err
	}
	body, err := json.Marshal(d.Input)
	if err != nil {
		return err
	}
	row := store.Draft{ID: d.id, Kind: civic.KindReport, Member: d.Commitment.Member, Subject: d.subject(who), Revision: d.revision, Base: d.Input.Version,
		Body: body, Account: who.Account, At: a.now().UnixMicro()}
	if row.ID == "" {
		if row.ID, err = a.newID(); err != nil {
			return err
		}
		return a.store.House(ctx, func(h *store.House) error { return h.AddDraft(row) })
	}
	return a.store.House(ctx, func(h *store.House) error {
		saved, err := h.SaveDraft(row)
		if err == nil && !saved {
			return &civic.Error{Kind: civic.Conflict, Key: "report.draft_moved"}
		}
		return err
	})
}

// CheckReportDraft holds a draft against the rules and writes nothing.
func (a *App) CheckReportDraft(ctx context.Context, who civic.Caller, d ReportDraft) error {
	out, err := a.SaveReports(ctx, who, []ReportInput{d.Input}, ReportsMode{DryRun: true})
	if err != nil {
		return err
	}
	return out[0].Err
}

// SendReportDraft files the report, or corrects it, and throws the draft away.
func (a *App) SendReportDraft(ctx context.Context, who civic.Caller, d ReportDraft) (civic.ReportID, error) {
	id, err := a.SaveReport(ctx, who, d.Input)
	if err != nil && !errors.Is(err, errAfterCommit) {
		return "", err
	}
	return id, errors.Join(err, a.DropReportDraft(ctx, d))
}

// DropReportDraft throws away what was written and not sent.
func (a *App) DropReportDraft(ctx context.Context, d ReportDraft) error {
	if d.id == "" {
		return nil
	}
	return a.store.House(ctx, func(h *store.House) error { return h.DropDraft(d.id) })
}

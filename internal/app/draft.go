package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// Draft is a commitment that is being written: nothing of it is public. ID names
// the draft, Content.ID the commitment that it is or will be.
type Draft struct {
	ID       string
	Plan     civic.PlanID
	LocalID  string // "LTU-2026-03"; never an OGP ID
	Base     int    // version of the published commitment that it began with, 0 for a new one
	Revision int
	Content  civic.Commitment
	Account  civic.AccountID // who saved last, "" for the local operator
	At       int64           // of the last saving, microseconds
}

// New reports whether the draft is of a commitment that was never published.
func (d Draft) New() bool { return d.Base == 0 }

// placeOfDraft is where a question about a draft is asked.
func placeOfDraft(d Draft) civic.Place { return within(d.Content, d.Plan) }

// within is where a question about a commitment in one of its plans is asked: a
// role in another of them has no say here.
func within(c civic.Commitment, plan civic.PlanID) civic.Place {
	on := placeOf(c)
	on.Plans = []civic.PlanID{plan}
	return on
}

func draftOf(row store.Draft) (Draft, error) {
	d := Draft{ID: row.ID, Plan: row.Plan, LocalID: row.LocalID, Base: row.Base, Revision: row.Revision, Account: row.Account, At: row.At}
	if err := json.Unmarshal(row.Body, &d.Content); err != nil {
		return Draft{}, fmt.Errorf("decode the draft %s: %w", row.ID, err)
	}
	return d, nil
}

func (a *App) rowOf(d Draft, who civic.Caller) (store.Draft, error) {
	body, err := civic.Encode(d.Content)
	return store.Draft{ID: d.ID, Kind: civic.KindCommitment, Member: d.Content.Member, Plan: d.Plan, Subject: string(d.Content.ID), LocalID: d.LocalID,
		Base: d.Base, Revision: d.Revision, Body: body, Account: who.Account, At: a.now().UnixMicro()}, err
}

// NewDraft begins a commitment of a plan. Who reports for an institution begins
// with it in the lead.
func (a *App) NewDraft(ctx context.Context, who civic.Caller, plan civic.PlanID) (Draft, error) {
	p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(plan))
	if err != nil {
		return Draft{}, err
	}
	on := placeOfPlan(p)
	for _, g := range who.Grants {
		if g.Institution != "" && g.Commitment == "" && g.Member == p.Member {
			on.Institutions = append(on.Institutions, g.Institution)
		}
	}
	if err := who.Ask(civic.MayDraft, on); err != nil {
		return Draft{}, err
	}
	switch {
	case !p.Lives():
		return Draft{}, notHere(p)
	case p.Stage == civic.Ended:
		return Draft{}, &civic.Error{Kind: civic.Conflict, Key: "planrule.ended"}
	}
	ids := [2]string{}
	for i := range ids {
		if ids[i], err = a.newID(); err != nil {
			return Draft{}, err
		}
	}
	d := Draft{ID: ids[0], Plan: p.ID, Revision: 1, Content: civic.Commitment{
		ID: civic.CommitmentID(ids[1]), Member: p.Member, Plans: []civic.PlanEntry{{Plan: p.ID}}, Start: p.Start, End: p.End, Demo: p.Demo,
	}}
	if len(on.Institutions) > 0 && who.Ask(civic.MayDraft, placeOfPlan(p)) != nil {
		d.Content.Parts = []civic.Part{{Role: civic.Lead, Institution: on.Institutions[0]}}
	}
	for range importTries {
		if d.LocalID, err = a.nextLocalID(ctx, p); err != nil {
			return Draft{}, err
		}
		d.Content.LocalID = d.LocalID
		err = a.addDraft(ctx, who, d)
		if civic.KindOf(err) != civic.Conflict {
			break // else somebody took the same number
		}
	}
	return d, err
}

func (a *App) addDraft(ctx context.Context, who civic.Caller, d Draft) error {
	row, err := a.rowOf(d, who)
	if err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.AddDraft(row) })
}

// nextLocalID gives the next local ID of a plan: the member's code, the year in
// which the plan begins, and a number that no commitment or draft of the plan has.
func (a *App) nextLocalID(ctx context.Context, p civic.Plan) (string, error) {
	m, _, err := read[civic.Member](ctx, a, civic.KindMember, string(p.Member))
	if err != nil {
		return "", err
	}
	code := m.Code
	if code == "" {
		code = strings.ToUpper(m.Slug)
	}
	head := fmt.Sprintf("%s-%04d-", code, p.Start.Year())
	last := 0
	count := func(local string) {
		var n int
		if rest, ok := strings.CutPrefix(local, head); ok {
			if _, err := fmt.Sscanf(rest, "%d", &n); err == nil {
				last = max(last, n)
			}
		}
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return "", err
	}
	for _, o := range s.plans { // plans of a member may begin in the same year
		if o.Member != p.Member || !o.Lives() || o.Start.Year() != p.Start.Year() {
			continue
		}
		commitments, err := a.commitmentsOf(ctx, o.ID)
		if err != nil {
			return "", err
		}
		for _, c := range commitments {
			count(c.LocalID)
		}
		drafts, err := a.store.DraftsOfPlan(ctx, o.ID)
		if err != nil {
			return "", err
		}
		for _, d := range drafts {
			count(d.LocalID)
		}
	}
	return fmt.Sprintf("%s%02d", head, last+1), nil
}

// DraftOf returns the draft of a published commitment, or begins one with its
// newest version. Who else changes it writes on the same draft.
func (a *App) DraftOf(ctx context.Context, who civic.Caller, commitment civic.CommitmentID) (Draft, error) {
	c, number, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(commitment))
	if err != nil {
		return Draft{}, err
	}
	if err := who.Ask(civic.MayDraft, placeOf(c)); err != nil {
		return Draft{}, err // before anything is told of its plans
	}
	p, err := a.livingPlan(ctx, c)
	if err != nil {
		return Draft{}, err
	}
	if err := who.Ask(civic.MayDraft, within(c, p.ID)); err != nil {
		return Draft{}, err
	}
	if c.Dropped {
		return Draft{}, &civic.Error{Kind: civic.Conflict, Key: "planrule.dropped"}
	}
	for range importTries {
		row, err := a.store.DraftOf(ctx, string(c.ID))
		if err == nil {
			return draftOf(row)
		}
		if civic.KindOf(err) != civic.NotFound {
			return Draft{}, err
		}
		id, err := a.newID()
		if err != nil {
			return Draft{}, err
		}
		d := Draft{ID: id, Plan: p.ID, Base: number, Revision: 1, Content: c, Account: who.Account, At: a.now().UnixMicro()}
		if err = a.addDraft(ctx, who, d); civic.KindOf(err) != civic.Conflict {
			return d, err
		}
	}
	return Draft{}, &civic.Error{Kind: civic.Conflict, Key: "import.busy"}
}

// livingPlan returns the newest plan of a commitment that is run here and has not ended.
func (a *App) livingPlan(ctx context.Context, c civic.Commitment) (civic.Plan, error) {
	var last civic.Plan
	for _, e := range slices.Backward(c.Plans) {
		p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(e.Plan))
		if err != nil {
			return p, err
		}
		if p.Lives() && p.Stage != civic.Ended {
			return p, nil
		}
		last = p
	}
	if last.Stage == civic.Ended {
		return last, &civic.Error{Kind: civic.Conflict, Key: "planrule.ended"}
	}
	return last, notHere(last)
}

// Draft returns a draft to who may see it; to anybody else it does not exist.
func (a *App) Draft(ctx context.Context, who civic.Caller, id string) (Draft, error) {
	row, err := a.store.Draft(ctx, id)
	if err != nil {
		return Draft{}, err
	}
	if row.Kind != civic.KindCommitment { // what somebody writes of a report is that account's alone
		return Draft{}, notFound("draft", id)
	}
	d, err := draftOf(row)
	if err != nil {
		return Draft{}, err
	}
	return d, unseen(who.Ask(civic.MayReadDraft, placeOfDraft(d)), "draft", id)
}

// unseen turns the answer "you may not" into "there is no such thing": that a
// draft exists is no news for everybody.
func unseen(err error, kind, ref string) error {
	if civic.KindOf(err) == civic.Forbidden {
		return notFound(kind, ref)
	}
	return err
}

// Drafts returns the drafts of a plan that the caller may see, oldest first.
func (a *App) Drafts(ctx context.Context, who civic.Caller, plan civic.PlanID) ([]Draft, error) {
	rows, err := a.store.DraftsOfPlan(ctx, plan)
	if err != nil {
		return nil, err
	}
	var out []Draft
	for _, row := range rows {
		d, err := draftOf(row)
		if err != nil {
			return nil, err
		}
		if who.May(civic.MayReadDraft, placeOfDraft(d)) {
			out = append(out, d)
		}
	}
	return out, nil
}

// DiscardDraft throws a draft away, at the revision that the person has seen.
func (a *App) DiscardDraft(ctx context.Context, who civic.Caller, id string, revision int) error {
	d, err := a.Draft(ctx, who, id)
	if err != nil {
		return err
	}
	if err := who.Ask(civic.MayDraft, placeOfDraft(d)); err != nil {
		return err
	}
	row, err := a.rowOf(d, who)
	if err != nil {
		return err
	}
	row.Revision = revision
	return a.store.House(ctx, func(h *store.House) error {
		saved, err := h.SaveDraft(row) // only who knows the newest text throws it away
		if err != nil {
			return err
		}
		if !saved {
			return &civic.Error{Kind: civic.Conflict, Key: "draft.moved"}
		}
		return h.DropDraft(id)
	})
}

// errStale says that a draft has a newer text.
var errStale = errors.New("the draft has a newer text")

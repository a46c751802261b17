package app

import (
	"context"
	"strings"

	"avow/internal/civic"
)

// KeepDocument adds a document to a member's repository, or corrects the one with
// its ID: the former version stays in the record. Seen is the version that the
// person had before them, 0 when it does not matter; another one is a Conflict.
// A file must have been kept (see KeepFile); its size and type are those that are
// kept. A withdrawn document is corrected no more.
func (a *App) KeepDocument(ctx context.Context, who civic.Caller, d civic.Document, seen int) (civic.DocumentID, error) {
	if d.File != nil {
		if err := who.AskAnywhere(civic.MayKeepFiles); err != nil {
			return "", err
		}
		f, err := a.keptFile(ctx, *d.File)
		if err != nil {
			return "", err
		}
		d.File = &f
	}
	d.Title, d.URL, d.Lang = cleanText(d.Title), strings.TrimSpace(d.URL), strings.TrimSpace(d.Lang)
	id, err := keep(ctx, a, who, keeping[civic.Document]{
		kind: civic.KindDocument, id: string(d.ID), seen: seen, add: verbPublishDocument, correct: verbCorrectDocument, place: placeOfDocument,
		make: func(ctx context.Context, id string, before civic.Document) (civic.Document, error) {
			after := d
			after.ID, after.Withdrawn = civic.DocumentID(id), ""
			if before.ID != "" {
				after.Member, after.Demo = before.Member, before.Demo
				if before.Withdrawn != "" {
					return after, withdrawn(string(civic.KindDocument))
				}
			}
			return a.checkedDocument(ctx, after)
		},
	})
	return civic.DocumentID(id), err
}

// checkedDocument holds a document against the rules and the record.
func (a *App) checkedDocument(ctx context.Context, d civic.Document) (civic.Document, error) {
	var e civic.Errors
	var meeting *civic.Meeting
	if d.Meeting != "" {
		m, _, err := read[civic.Meeting](ctx, a, civic.KindMeeting, string(d.Meeting))
		switch {
		case civic.KindOf(err) == civic.NotFound || err == nil && (m.Member != d.Member || m.Withdrawn != ""):
			e.Add("meeting", "repository.fault.elsewhere")
		case err != nil:
			return d, err
		default:
			meeting = &m
			if d.Plan == "" {
				d.Plan = m.Plan
			}
		}
	}
	if d.Step != "" {
		s, _, err := read[civic.Step](ctx, a, civic.KindStep, string(d.Step))
		switch {
		case civic.KindOf(err) == civic.NotFound || err == nil && (s.Member != d.Member || d.Plan != "" && s.Plan != d.Plan):
			e.Add("step", "repository.fault.elsewhere")
		case err != nil:
			return d, err
		default:
			d.Plan = s.Plan
		}
	}
	plan, commitment, err := a.within(ctx, &e, d.Member, d.Plan, d.Commitment)
	if err != nil {
		return d, err
	}
	if d.Commitment != "" && len(e) == 0 {
		in := false
		for _, p := range commitment.Plans {
			in = in || p.Plan == d.Plan
		}
		switch {
		case d.Plan == "" && len(commitment.Plans) > 0:
			d.Plan = commitment.Plans[len(commitment.Plans)-1].Plan
		case !in:
			e.Add("commitment", "repository.fault.elsewhere")
		}
	}
	if d.Lang == "" && len(d.Title) > 0 && d.Title[0].Lang != civic.Undetermined {
		d.Lang = d.Title[0].Lang
	}
	d.Demo = d.Demo || plan.Demo
	e = append(e, civic.CheckDocument(d, meeting, a.today())...)
	return d, e.Or()
}

// placeOfDocument is where a question about a document is asked.
func placeOfDocument(d civic.Document) civic.Place {
	p := civic.Place{Member: d.Member, Commitment: d.Commitment}
	if d.Plan != "" {
		p.Plans = []civic.PlanID{d.Plan}
	}
	return p
}

// WithdrawDocument says that a document is no longer offered, and why. Its file is
// not given out any more; that it was here stays in the record.
func (a *App) WithdrawDocument(ctx context.Context, who civic.Caller, id civic.DocumentID, reason string) error {
	reason = cleanLine(reason)
	return a.act(ctx, who, civic.MayKeepFiles, func(ask func(civic.Place) error) ([]edit, error) {
		d, _, err := read[civic.Document](ctx, a, civic.KindDocument, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask(placeOfDocument(d)); err != nil {
			return nil, err
		}
		if err := withdrawable(string(civic.KindDocument), d.Withdrawn, reason); err != nil {
			return nil, err
		}
		d.Withdrawn = reason
		return []edit{{subject: d, verb: verbWithdrawDocument}}, nil
	})
}

// withdrawn is the error of changing what was withdrawn.
func withdrawn(kind string) error {
	return &civic.Error{Kind: civic.Conflict, Key: "repository.withdrawn", Args: map[string]any{"kind": kind}}
}

// withdrawable says what keeps something from being withdrawn: it is already, or
// nobody says why.
func withdrawable(kind, before, reason string) error {
	var e civic.Errors
	switch {
	case before != "":
		return withdrawn(kind)
	case reason == "":
		e.Add("reason", "repository.fault.missing")
	case len([]rune(reason)) > civic.MaxLine:
		e.Add("reason", "repository.fault.long", "count", len([]rune(reason)), "most", civic.MaxLine)
	}
	return e.Or()
}

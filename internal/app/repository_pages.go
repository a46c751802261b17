package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
)

// DocumentFilter selects documents of a member. Empty fields select all.
type DocumentFilter struct {
	Kind       string
	Plan       civic.PlanID
	Step       civic.StepID
	Commitment civic.CommitmentID
}

// DocumentsPage is a member's repository, the newest document first.
type DocumentsPage struct {
	Member    MemberItem
	Forum     *civic.Forum
	Documents []civic.Document
	Withdrawn int      // documents that fit and were withdrawn
	Kinds     []Choice // kinds that occur in the whole repository, in their order
	Plans     []PlanItem
	Steps     map[civic.StepID]civic.Step
	Meetings  map[civic.MeetingID]civic.Meeting
	Newest    string // date of the newest document of the whole repository
}

// Documents returns a member's repository. Withdrawn documents are counted and not listed.
func (a *App) Documents(ctx context.Context, member string, f DocumentFilter) (DocumentsPage, error) {
	m, err := a.Member(ctx, member)
	if err != nil {
		return DocumentsPage{}, err
	}
	p, err := a.process(ctx, m.ID)
	if err != nil {
		return DocumentsPage{}, err
	}
	out := DocumentsPage{Member: m.MemberItem, Forum: p.forum, Plans: m.PlanItems, Steps: map[civic.StepID]civic.Step{}, Meetings: map[civic.MeetingID]civic.Meeting{}}
	for _, s := range p.steps {
		out.Steps[s.ID] = s
	}
	for _, v := range p.meetings {
		out.Meetings[v.ID] = v
	}
	count := map[string]int{}
	for _, d := range p.documents {
		if d.Withdrawn == "" {
			count[d.Kind]++
			out.Newest = max(out.Newest, d.Dated)
		}
		fits := (f.Kind == "" || d.Kind == f.Kind) && (f.Plan == "" || d.Plan == f.Plan) && (f.Step == "" || d.Step == f.Step) &&
			(f.Commitment == "" || d.Commitment == f.Commitment)
		switch {
		case !fits:
		case d.Withdrawn != "":
			out.Withdrawn++
		default:
			out.Documents = append(out.Documents, d)
		}
	}
	for _, k := range civic.DocumentKinds {
		if count[k] > 0 {
			out.Kinds = append(out.Kinds, Choice{Value: k, Count: count[k], Selected: f.Kind == k})
		}
	}
	slices.SortStableFunc(out.Documents, func(x, y civic.Document) int {
		return cmp.Or(strings.Compare(y.Dated, x.Dated), cmp.Compare(y.ID, x.ID))
	})
	return out, nil
}

// DocumentPage is a document with what it belongs to.
type DocumentPage struct {
	civic.Document
	Number     int    // of the newest version
	Kept       string // day on which it was first recorded here
	Member     MemberItem
	Plan       *PlanItem
	Commitment *CommitmentItem
	Meeting    *civic.Meeting
	Step       *civic.Step
}

// Document returns a document, a withdrawn one too.
func (a *App) Document(ctx context.Context, id string) (DocumentPage, error) {
	d, number, err := read[civic.Document](ctx, a, civic.KindDocument, strings.ToLower(id))
	if err != nil {
		return DocumentPage{}, err
	}
	m, err := a.Member(ctx, string(d.Member))
	if err != nil {
		return DocumentPage{}, err
	}
	out := DocumentPage{Document: d, Number: number, Kept: dayOf(string(d.ID)), Member: m.MemberItem}
	for i, p := range m.PlanItems {
		if p.ID == d.Plan {
			out.Plan = &m.PlanItems[i]
		}
	}
	if d.Commitment != "" {
		c, err := a.Commitment(ctx, string(d.Commitment))
		if err != nil {
			return DocumentPage{}, err
		}
		out.Commitment = &c.CommitmentItem
	}
	if d.Meeting != "" {
		v, _, err := read[civic.Meeting](ctx, a, civic.KindMeeting, string(d.Meeting))
		if err != nil {
			return DocumentPage{}, err
		}
		out.Meeting = &v
	}
	if d.Step != "" {
		v, _, err := read[civic.Step](ctx, a, civic.KindStep, string(d.Step))
		if err != nil {
			return DocumentPage{}, err
		}
		out.Step = &v
	}
	return out, nil
}

// DocumentsOf returns the documents of a commitment, the newest first, without
// those that were withdrawn.
func (a *App) DocumentsOf(ctx context.Context, commitment civic.CommitmentID) ([]civic.Document, error) {
	all, err := belonging[civic.Document](ctx, a, civic.KindDocument, civic.OfCommitment, string(commitment))
	if err != nil {
		return nil, err
	}
	all = keepIf(all, func(d civic.Document) bool { return d.Withdrawn == "" })
	slices.SortStableFunc(all, func(x, y civic.Document) int { return strings.Compare(y.Dated, x.Dated) })
	return all, nil
}

// MeetingsPage is a member's forum and its meetings, the newest first.
type MeetingsPage struct {
	Member   MemberItem
	Forum    *civic.Forum
	Rules    *civic.Document // the forum's basic rules
	Today    string
	Meetings []MeetingView
}

// MeetingView is a meeting with its minutes and other documents.
type MeetingView struct {
	civic.Meeting
	Documents []civic.Document
}

// Meetings returns a member's meetings without those that were withdrawn.
func (a *App) Meetings(ctx context.Context, member string) (MeetingsPage, error) {
	m, err := a.Member(ctx, member)
	if err != nil {
		return MeetingsPage{}, err
	}
	p, err := a.process(ctx, m.ID)
	if err != nil {
		return MeetingsPage{}, err
	}
	out := MeetingsPage{Member: m.MemberItem, Forum: p.forum, Today: a.today()}
	for i, d := range p.documents {
		if p.forum != nil && d.ID == p.forum.Rules && d.Withdrawn == "" {
			out.Rules = &p.documents[i]
		}
	}
	for _, v := range p.meetings {
		if v.Withdrawn != "" {
			continue
		}
		view := MeetingView{Meeting: v}
		for _, d := range p.documents {
			if d.Withdrawn == "" && (d.Meeting == v.ID || d.ID == v.Minutes) {
				view.Documents = append(view.Documents, d)
			}
		}
		out.Meetings = append(out.Meetings, view)
	}
	slices.SortStableFunc(out.Meetings, func(x, y MeetingView) int { return cmp.Or(strings.Compare(y.On, x.On), cmp.Compare(x.ID, y.ID)) })
	return out, nil
}

// Forum returns a member's forum and the number of its version; the zero forum and
// 0 when none is described.
func (a *App) Forum(ctx context.Context, member civic.MemberID) (civic.Forum, int, error) {
	f, v, _, err := a.forumOf(ctx, member)
	return f, v.Number, err
}

// AMeeting returns a meeting and the number of its version.
func (a *App) AMeeting(ctx context.Context, id string) (civic.Meeting, int, error) {
	return read[civic.Meeting](ctx, a, civic.KindMeeting, strings.ToLower(id))
}

// AStep returns a step and the number of its version.
func (a *App) AStep(ctx context.Context, id string) (civic.Step, int, error) {
	return read[civic.Step](ctx, a, civic.KindStep, strings.ToLower(id))
}

// KeptMembers returns the members whose process the caller keeps, as a whole or for
// one of its plans, by name.
func (a *App) KeptMembers(ctx context.Context, who civic.Caller) ([]MemberItem, error) {
	members, err := a.Members(ctx)
	if err != nil {
		return nil, err
	}
	plans, err := a.Plans(ctx)
	if err != nil {
		return nil, err
	}
	of := map[civic.MemberID][]civic.PlanID{}
	for _, p := range plans {
		of[p.Member] = append(of[p.Member], p.ID)
	}
	return keepIf(members, func(m MemberItem) bool {
		return who.May(civic.MayKeepFiles, civic.Place{Member: m.ID, Plans: of[m.ID]})
	}), nil
}

package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
)

// The verbs of entries on responsibility.
const (
	verbKeepTension = "keep_tension"
	verbResolve     = "resolve_tension"
	verbKeepTool    = "keep_tool"
	verbChangeTool  = "change_tool"
	verbChangePull  = "change_tension"
)

// KeepTension writes a tension down, or changes the one with its ID. Seen is the
// version that the person had before them, 0 when it does not matter; another one
// is a Conflict.
func (a *App) KeepTension(ctx context.Context, who civic.Caller, t civic.Tension, seen int) (civic.TensionID, error) {
	return a.keepTension(ctx, who, t, seen, verbChangePull)
}

// ResolveTension says that a tension is resolved, since when and how.
func (a *App) ResolveTension(ctx context.Context, who civic.Caller, id civic.TensionID, on string, how civic.Text) error {
	t, _, err := read[civic.Tension](ctx, a, civic.KindTension, string(id))
	if err != nil {
		return err
	}
	if t.Resolved != "" {
		return &civic.Error{Kind: civic.Conflict, Key: "responsibility.already"}
	}
	t.Resolved, t.How = cmp.Or(strings.TrimSpace(on), a.today()), how
	_, err = a.keepTension(ctx, who, t, 0, verbResolve)
	return err
}

func (a *App) keepTension(ctx context.Context, who civic.Caller, t civic.Tension, seen int, verb string) (civic.TensionID, error) {
	t.Topic, t.How = cleanText(t.Topic), cleanText(t.How)
	t.Laws = cleanLines(t.Laws)
	id, err := keep(ctx, a, who, keeping[civic.Tension]{
		kind: civic.KindTension, may: civic.MayKeepDuties, id: string(t.ID), seen: seen, add: verbKeepTension, correct: verb,
		place: func(t civic.Tension) civic.Place { return civic.Place{Member: t.Member} },
		make: func(ctx context.Context, id string, before civic.Tension) (civic.Tension, error) {
			after := t
			after.ID = civic.TensionID(id)
			if before.ID != "" {
				after.Member, after.Demo = before.Member, before.Demo
				if verb != verbResolve {
					after.Resolved, after.How = before.Resolved, before.How
				}
			}
			var e civic.Errors
			if err := a.tied(ctx, &e, after.Member, after.Owner, after.Commitments); err != nil {
				return after, err
			}
			e = append(e, civic.CheckTension(after, a.today())...)
			return after, e.Or()
		},
	})
	return civic.TensionID(id), err
}

// KeepTool writes a tool down, or changes the one with its ID (see KeepTension).
func (a *App) KeepTool(ctx context.Context, who civic.Caller, t civic.Tool, seen int) (civic.ToolID, error) {
	t.Name, t.Maintainer, t.Licence, t.URL = cleanLine(t.Name), cleanLine(t.Maintainer), cleanLine(t.Licence), strings.TrimSpace(t.URL)
	t.Purpose = cleanText(t.Purpose)
	id, err := keep(ctx, a, who, keeping[civic.Tool]{
		kind: civic.KindTool, may: civic.MayKeepDuties, id: string(t.ID), seen: seen, add: verbKeepTool, correct: verbChangeTool,
		place: func(t civic.Tool) civic.Place { return civic.Place{Member: t.Member} },
		make: func(ctx context.Context, id string, before civic.Tool) (civic.Tool, error) {
			after := t
			after.ID = civic.ToolID(id)
			if before.ID != "" {
				after.Member, after.Demo = before.Member, before.Demo
			}
			var e civic.Errors
			if err := a.tied(ctx, &e, after.Member, after.Owner, after.Commitments); err != nil {
				return after, err
			}
			e = append(e, civic.CheckTool(after)...)
			return after, e.Or()
		},
	})
	return civic.ToolID(id), err
}

// cleanLines are a list's texts of one line, without the empty ones.
func cleanLines(in []string) (out []string) {
	for _, s := range in {
		if s = cleanLine(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// tied notes an owner or a commitment that is not of the member.
func (a *App) tied(ctx context.Context, e *civic.Errors, member civic.MemberID, owner civic.InstitutionID, commitments []civic.CommitmentID) error {
	if _, _, err := read[civic.Member](ctx, a, civic.KindMember, string(member)); err != nil {
		return err
	}
	if owner != "" {
		i, _, err := read[civic.Institution](ctx, a, civic.KindInstitution, string(owner))
		if civic.KindOf(err) == civic.NotFound || err == nil && i.Member != member {
			e.Add("owner", "repository.fault.elsewhere")
		} else if err != nil {
			return err
		}
	}
	for _, id := range commitments {
		c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(id))
		if civic.KindOf(err) == civic.NotFound || err == nil && c.Member != member {
			e.Add("commitments", "repository.fault.elsewhere")
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Tension returns a tension and the number of its version.
func (a *App) Tension(ctx context.Context, id civic.TensionID) (civic.Tension, int, error) {
	return read[civic.Tension](ctx, a, civic.KindTension, string(id))
}

// Tool returns a tool and the number of its version.
func (a *App) Tool(ctx context.Context, id civic.ToolID) (civic.Tool, int, error) {
	return read[civic.Tool](ctx, a, civic.KindTool, string(id))
}

// Duty is an institution with what it answers for in the plans that run.
type Duty struct {
	civic.Institution
	Leads, Supports []CommitmentItem
}

// Gap is something that nobody answers for. Exactly one of the fields after Kind is set.
type Gap struct {
	Kind        civic.GapKind
	Commitment  *CommitmentItem
	Tension     *civic.Tension
	Tool        *civic.Tool
	Institution *civic.Institution
}

// Responsibility is who answers for what in a member, gaps first.
type Responsibility struct {
	Member       MemberItem
	Plans        []PlanItem // those that run, else the newest
	Gaps         []Gap
	Duties       []Duty // by name
	Tensions     []civic.Tension
	Tools        []civic.Tool
	Commitments  map[civic.CommitmentID]CommitmentItem
	Institutions map[civic.InstitutionID]civic.Institution
}

// Responsibility returns who answers for what in a member. Ref is its code, slug or ID.
func (a *App) Responsibility(ctx context.Context, ref string) (Responsibility, error) {
	m, err := a.Member(ctx, ref)
	if err != nil {
		return Responsibility{}, err
	}
	r := Responsibility{Member: m.MemberItem, Commitments: map[civic.CommitmentID]CommitmentItem{}, Institutions: map[civic.InstitutionID]civic.Institution{}}
	for _, i := range m.Institutions {
		r.Institutions[i.ID] = i.Institution
	}
	if r.Tensions, err = belonging[civic.Tension](ctx, a, civic.KindTension, civic.OfMember, string(m.ID)); err != nil {
		return r, err
	}
	if r.Tools, err = belonging[civic.Tool](ctx, a, civic.KindTool, civic.OfMember, string(m.ID)); err != nil {
		return r, err
	}
	for _, p := range m.PlanItems {
		if p.Lives() && p.Stage != civic.Ended {
			r.Plans = append(r.Plans, p)
		}
	}
	if len(r.Plans) == 0 && len(m.PlanItems) > 0 {
		r.Plans = m.PlanItems[len(m.PlanItems)-1:]
	}
	duties := map[civic.InstitutionID]*Duty{}
	for _, p := range r.Plans {
		page, err := a.Plan(ctx, p.Slug)
		if err != nil {
			return r, err
		}
		for _, item := range page.Items {
			c := item.Dossier.Commitment
			if _, seen := r.Commitments[c.ID]; seen || c.Dropped {
				continue
			}
			r.Commitments[c.ID] = item
			if !c.Led() {
				r.Gaps = append(r.Gaps, Gap{Kind: civic.NoLead, Commitment: &item})
			}
			for _, part := range c.Parts {
				body, known := r.Institutions[part.Institution]
				if !known {
					continue
				}
				d := duties[body.ID]
				if d == nil {
					d = &Duty{Institution: body}
					duties[body.ID] = d
				}
				if part.Role == civic.Lead {
					d.Leads = append(d.Leads, item)
				} else {
					d.Supports = append(d.Supports, item)
				}
			}
		}
	}
	for _, d := range duties {
		r.Duties = append(r.Duties, *d)
	}
	slices.SortFunc(r.Duties, func(a, b Duty) int {
		return cmp.Or(strings.Compare(foldName(a.Name), foldName(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	r.findGaps(a.today())
	return r, nil
}

// findGaps adds the gaps of tensions, tools and institutions to those of commitments.
func (r *Responsibility) findGaps(today string) {
	for _, t := range r.Tensions {
		if t.Owner == "" && t.Resolved == "" {
			r.Gaps = append(r.Gaps, Gap{Kind: civic.NoOwner, Tension: &t})
		}
	}
	for _, t := range r.Tools {
		for _, kind := range t.Gaps(today) {
			r.Gaps = append(r.Gaps, Gap{Kind: kind, Tool: &t})
		}
	}
	for _, d := range r.Duties {
		if len(d.Leads) == 0 {
			r.Gaps = append(r.Gaps, Gap{Kind: civic.LeadsNothing, Institution: &d.Institution})
		}
	}
	slices.SortStableFunc(r.Gaps, func(a, b Gap) int {
		return cmp.Compare(slices.Index(civic.GapKinds, a.Kind), slices.Index(civic.GapKinds, b.Kind))
	})
}

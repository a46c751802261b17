package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// The verbs of entries on plans that are run here, and on their commitments.
const (
	verbOpen    = "open"    // a plan begins
	verbRevise  = "revise"  // a plan before its adoption, or a proposed commitment, says something else
	verbMove    = "move"    // a plan takes a step to another stage
	verbAdopt   = "adopt"   // this version is the baseline
	verbPeriods = "periods" // a plan gets other reporting periods
	verbDefine  = "define"  // an institution gets its name
	verbPublish = "publish" // a draft is shown for consultation
	verbAmend   = "amend"   // what was adopted changes, with a reason
	verbAssign  = "assign_id"
)

// PlanInput is a plan that somebody opens here.
type PlanInput struct {
	Member     civic.MemberID
	Number     string // "5": unique within the member
	Title      civic.Text
	Start, End string       // YYYY-MM-DD
	Regime     civic.Regime // "": the member's
	Languages  []string     // BCP 47; the first is the one people are asked in first
}

// OpenPlan opens a plan in co-creation. It is public from now on; its drafts are not.
func (a *App) OpenPlan(ctx context.Context, who civic.Caller, in PlanInput) (civic.PlanID, error) {
	id, err := a.newID()
	if err != nil {
		return "", err
	}
	err = a.act(ctx, who, civic.MayPlan, func(ask func(civic.Place) error) ([]edit, error) {
		member, _, err := read[civic.Member](ctx, a, civic.KindMember, string(in.Member))
		if err != nil {
			return nil, err
		}
		if err := ask(civic.Place{Member: member.ID}); err != nil {
			return nil, err
		}
		p := civic.Plan{ID: civic.PlanID(id), Member: member.ID, Stage: civic.Drafting, Demo: member.Demo}
		if in.Regime == "" {
			in.Regime = member.Regime
		}
		p.Number, p.Regime = strings.TrimSpace(in.Number), in.Regime
		in.lay(&p)
		if err := civic.CheckPlan(p).Or(); err != nil {
			return nil, err
		}
		s, err := a.index.current(ctx)
		if err != nil {
			return nil, err
		}
		p.Slug = s.freePlanSlug(member.Slug + "-" + civic.Slug(p.Number))
		for _, o := range s.plans {
			if o.Member == p.Member && strings.EqualFold(o.Number, p.Number) {
				return nil, &civic.Error{Kind: civic.Invalid, Key: "planrule.number_taken", Field: "number", Args: map[string]any{"value": p.Number, "plan": o.Slug}}
			}
		}
		return []edit{{subject: p, verb: verbOpen}}, nil
	})
	return civic.PlanID(id), err
}

// lay puts what may change until the adoption into a plan.
func (in PlanInput) lay(p *civic.Plan) {
	p.Title, p.Languages = in.Title, in.Languages
	p.Start, p.End = civic.When{Date: strings.TrimSpace(in.Start)}, civic.When{Date: strings.TrimSpace(in.End)}
	p.EndYear = p.End.Year()
	p.Length = 0
	if civic.IsDay(p.Start.Date) && civic.IsDay(p.End.Date) {
		p.Length = civic.YearsOf(p.Start.Date, p.End.Date)
	}
}

// freePlanSlug returns slug, or slug-2, slug-3 … when another plan has it.
func (s *snapshot) freePlanSlug(slug string) string {
	free := slug
	for n := 2; ; n++ {
		if _, taken := s.planBy[free]; !taken {
			return free
		}
		free = slug + "-" + strconv.Itoa(n)
	}
}

// ChangePlan changes a plan's title, days and languages while nothing is adopted.
// Member, number and regime stay.
func (a *App) ChangePlan(ctx context.Context, who civic.Caller, plan civic.PlanID, in PlanInput) error {
	return a.onPlan(ctx, who, plan, func(p civic.Plan) ([]edit, error) {
		if p.Stage.Runs() {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.adopted_already"}
		}
		if !p.Lives() {
			return nil, notHere(p)
		}
		before := p
		in.lay(&p)
		if err := civic.CheckPlan(p).Or(); err != nil {
			return nil, err
		}
		if sameSubject(before, p) {
			return nil, nil
		}
		return []edit{{subject: p, verb: verbRevise}}, nil
	})
}

// AmendPlan changes a plan's title and days after its adoption. Languages, member,
// number and regime stay.
func (a *App) AmendPlan(ctx context.Context, who civic.Caller, plan civic.PlanID, in PlanInput, why AmendmentInput) error {
	return a.onPlan(ctx, who, plan, func(p civic.Plan) ([]edit, error) {
		if !p.Stage.Runs() || p.Stage == civic.Ended {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.not_amendable"}
		}
		before := p
		in.Languages = p.Languages
		in.lay(&p)
		amendment := why.amendment()
		faults := append(civic.CheckPlan(p), civic.CheckAmendment(amendment, p.Adopted, a.today())...)
		for field, changed := range map[string]bool{
			"title": !slices.Equal(p.Title, before.Title), "start": p.Start.Date != before.Start.Date, "end": p.End.Date != before.End.Date,
		} {
			if changed {
				amendment.What = append(amendment.What, field)
			}
		}
		slices.Sort(amendment.What)
		if len(amendment.What) == 0 {
			faults.Add("", "planrule.nothing_changed")
		}
		if err := faults.Or(); err != nil {
			return nil, err
		}
		p.Amendments = append(slices.Clone(p.Amendments), amendment)
		return []edit{{subject: p, verb: verbAmend}}, nil
	})
}

// onPlan runs a change of a plan by who may plan there.
func (a *App) onPlan(ctx context.Context, who civic.Caller, plan civic.PlanID, change func(p civic.Plan) ([]edit, error)) error {
	return a.act(ctx, who, civic.MayPlan, func(ask func(civic.Place) error) ([]edit, error) {
		p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(plan))
		if err != nil {
			return nil, err
		}
		if err := ask(placeOfPlan(p)); err != nil {
			return nil, err
		}
		return change(p)
	})
}

// notHere says that a plan was only imported and is not run here.
func notHere(p civic.Plan) error {
	return &civic.Error{Kind: civic.Conflict, Key: "planrule.not_here", Args: map[string]any{"plan": p.Slug}}
}

// DefineInstitution makes an institution of a member, or returns the one that has
// the name already.
func (a *App) DefineInstitution(ctx context.Context, who civic.Caller, member civic.MemberID, name civic.Text) (civic.InstitutionID, error) {
	fresh, err := a.newID()
	if err != nil {
		return "", err
	}
	id := civic.InstitutionID(fresh)
	err = a.act(ctx, who, civic.MayPlan, func(ask func(civic.Place) error) ([]edit, error) {
		m, _, err := read[civic.Member](ctx, a, civic.KindMember, string(member))
		if err != nil {
			return nil, err
		}
		if err := ask(civic.Place{Member: m.ID}); err != nil {
			return nil, err
		}
		i := civic.Institution{ID: id, Member: m.ID, Name: trimmed(name), Demo: m.Demo}
		if err := civic.CheckInstitution(i).Or(); err != nil {
			return nil, err
		}
		known, err := a.institutionsOf(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		for _, k := range known {
			if foldName(k.Name) == foldName(i.Name) {
				id = k.ID
				return nil, nil
			}
		}
		return []edit{{subject: i, verb: verbDefine}}, nil
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// institutionsOf reads the institutions of a member, by name.
func (a *App) institutionsOf(ctx context.Context, member civic.MemberID) ([]civic.Institution, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, id := range s.institutions[member] {
		ids = append(ids, string(id))
	}
	bodies, err := a.institutions(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]civic.Institution, 0, len(bodies))
	for _, b := range bodies {
		out = append(out, b)
	}
	slices.SortFunc(out, func(x, y civic.Institution) int {
		return strings.Compare(foldName(x.Name)+string(x.ID), foldName(y.Name)+string(y.ID))
	})
	return out, nil
}

// PlanMove is a step of a plan to another stage.
type PlanMove struct {
	To     civic.Stage
	On     string     // YYYY-MM-DD, not after today
	By     string     // the body that decided
	Reason civic.Text // needed on the way back to drafting
}

// MovePlan takes a plan to its next stage, or from consultation back to drafting.
// Adoption adopts every commitment that was published: these versions are the baseline.
func (a *App) MovePlan(ctx context.Context, who civic.Caller, plan civic.PlanID, in PlanMove) error {
	return a.onPlan(ctx, who, plan, func(p civic.Plan) ([]edit, error) {
		if !p.Lives() {
			return nil, notHere(p)
		}
		commitments, err := a.commitmentsOf(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		m := civic.Move{To: in.To, On: strings.TrimSpace(in.On), By: strings.TrimSpace(in.By), Reason: trimmed(in.Reason)}
		if err := civic.CheckMove(p, m, len(commitments), a.today()).Or(); err != nil {
			return nil, err
		}
		p.Stage, p.Moves = m.To, append(slices.Clone(p.Moves), m)
		if m.To != civic.AdoptedStage {
			return []edit{{subject: p, verb: verbMove}}, nil
		}
		if p.Submitted == 0 {
			p.Submitted = civic.When{Date: m.On}.Year()
		}
		return a.adopt(ctx, p, commitments, civic.Adoption{On: m.On, By: m.By})
	})
}

// adopt makes the edits of an adoption. What cannot stand as it was published is
// told by the commitment.
func (a *App) adopt(ctx context.Context, p civic.Plan, commitments []civic.Commitment, adoption civic.Adoption) ([]edit, error) {
	p.Adopted = &adoption
	edits := []edit{{subject: p, verb: verbAdopt}}
	for _, c := range commitments {
		if c.Adopted != nil {
			continue // of another plan, too: it was adopted there
		}
		c.Proposed, c.Adopted = false, &adoption
		edits = append(edits, edit{subject: c, verb: verbAdopt})
	}
	return edits, nil
}

// commitmentsOf reads the published commitments of a plan, in the order of their
// numbers and creation.
func (a *App) commitmentsOf(ctx context.Context, plan civic.PlanID) ([]civic.Commitment, error) {
	ids, err := a.store.CommitmentsOfPlans(ctx, []civic.PlanID{plan})
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, texts)
	if err != nil {
		return nil, err
	}
	var out []civic.Commitment
	for _, id := range texts {
		v, ok := versions[id]
		if !ok || v.Erased {
			continue
		}
		c, err := decodeVersion[civic.Commitment](v)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(x, y civic.Commitment) int {
		return strings.Compare(naturalKey(numberIn(x, plan)), naturalKey(numberIn(y, plan)))
	})
	return out, nil
}

func numberIn(c civic.Commitment, plan civic.PlanID) string {
	for _, e := range c.Plans {
		if e.Plan == plan {
			return e.Number
		}
	}
	return ""
}

// AdoptImported takes over a plan that was only imported: it is in implementation
// from now on, with today's texts as its baseline. on and by tell when and by
// whom it was adopted.
func (a *App) AdoptImported(ctx context.Context, who civic.Caller, plan civic.PlanID, on, by string) error {
	return a.onPlan(ctx, who, plan, func(p civic.Plan) ([]edit, error) {
		if p.Lives() {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.lives_already", Args: map[string]any{"plan": p.Slug}}
		}
		commitments, err := a.commitmentsOf(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		adoption := civic.Adoption{On: strings.TrimSpace(on), By: strings.TrimSpace(by)}
		if err := civic.CheckTakeOver(adoption, len(commitments), a.today()).Or(); err != nil {
			return nil, err
		}
		if len(p.Languages) == 0 {
			p.Languages = languagesOf(commitments)
		}
		p.Stage = civic.Implementation
		return a.adopt(ctx, p, commitments, adoption)
	})
}

// languagesOf lists the languages of the commitments' titles, the commonest first.
func languagesOf(commitments []civic.Commitment) []string {
	count := map[string]int{}
	var out []string
	for _, c := range commitments {
		for _, p := range c.Title {
			if !civic.IsLanguage(p.Lang) || p.Lang == civic.Undetermined {
				continue
			}
			if count[p.Lang]++; count[p.Lang] == 1 {
				out = append(out, p.Lang)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y string) int { return count[y] - count[x] })
	// One text in a third language, guessed, is no language of the plan.
	out = slices.DeleteFunc(out, func(l string) bool { return 2*count[l] < len(commitments) })
	if len(out) == 0 {
		return []string{"en"}
	}
	return out
}

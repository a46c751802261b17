package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// someone is an account with a role at a member.
func someone(name string, role civic.AccessRole, scope civic.Scope) civic.Caller {
	id := civic.AccountID(name)
	return civic.Caller{Actor: civic.ActorOf(id), Account: id, Name: name, Strong: true,
		Grants: []civic.Grant{{ID: civic.GrantID("g" + name), Account: id, Role: role, Scope: scope}}}
}

// planRun is a record with Kenya in it, its point of contact, and two institutions.
type planRun struct {
	*App
	t      *testing.T
	ctx    context.Context
	member civic.MemberID
	poc    civic.Caller
	su     civic.Caller
	bodies []civic.InstitutionID
}

var planDay = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

func newRun(t *testing.T, a *App) *planRun {
	t.Helper()
	a.now = func() time.Time { return planDay }
	two(t, a)
	page, err := a.Member(t.Context(), "KEN")
	if err != nil {
		t.Fatal(err)
	}
	l := &planRun{App: a, t: t, ctx: t.Context(), member: page.ID}
	l.poc = someone("poc", civic.PointOfContact, civic.Scope{Member: page.ID})
	l.su = someone("su", civic.SupportUnit, civic.Scope{})
	for _, name := range []string{"Ministry of ICT", "Office of the Ombudsman"} {
		id, err := a.DefineInstitution(l.ctx, l.poc, l.member, english(name))
		l.must(err)
		l.bodies = append(l.bodies, id)
	}
	return l
}

func english(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }

func (l *planRun) must(err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
}

func (l *planRun) input() PlanInput {
	return PlanInput{Member: l.member, Number: "6", Title: english("Sixth plan"), Start: "2026-01-01", End: "2027-12-31", Languages: []string{"en", "sw"}}
}

func (l *planRun) open() civic.PlanID {
	l.t.Helper()
	id, err := l.OpenPlan(l.ctx, l.poc, l.input())
	l.must(err)
	return id
}

// write fills a draft of a plan with everything that publishing needs.
func (l *planRun) write(plan civic.PlanID, title string) Draft {
	l.t.Helper()
	d, err := l.NewDraft(l.ctx, l.poc, plan)
	l.must(err)
	first, err := l.newID()
	l.must(err)
	d, err = l.SaveDraft(l.ctx, l.poc, d.ID, d.Revision, map[string]string{
		"title.en": title, "text.en": "We will publish what we spend.", "start": "2026-02-01", "end": "2027-06-30", "number": "1",
		"lead": string(l.bodies[0]), "problem.en": "Nobody sees it.", "milestones": first,
		"milestone." + first + ".title.en": "The register is open", "milestone." + first + ".due": "2026-09-30",
	})
	l.must(err)
	return d
}

func (l *planRun) move(plan civic.PlanID, to civic.Stage) {
	l.t.Helper()
	l.must(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: to, On: "2026-06-01", By: "Cabinet"}))
}

// adopted is a plan in implementation with one commitment.
func (l *planRun) adopted() (civic.PlanID, civic.CommitmentID) {
	l.t.Helper()
	plan := l.open()
	d := l.write(plan, "Open the budget")
	l.move(plan, civic.Consultation)
	_, err := l.PublishDrafts(l.ctx, l.poc, plan)
	l.must(err)
	l.move(plan, civic.AdoptedStage)
	l.move(plan, civic.Implementation)
	return plan, d.Content.ID
}

func (l *planRun) amendment() AmendmentInput {
	return AmendmentInput{On: "2026-06-20", Reason: english("The tender failed."), By: "Steering committee"}
}

// amend changes answers of an adopted commitment.
func (l *planRun) amend(c civic.CommitmentID, change map[string]string, in AmendmentInput) error {
	d, err := l.DraftOf(l.ctx, l.poc, c)
	l.must(err)
	d, err = l.SaveDraft(l.ctx, l.poc, d.ID, d.Revision, change)
	l.must(err)
	return l.Amend(l.ctx, l.poc, d.ID, in)
}

func (l *planRun) newest(c civic.CommitmentID) civic.Commitment {
	l.t.Helper()
	now, _, err := read[civic.Commitment](l.ctx, l.App, civic.KindCommitment, string(c))
	l.must(err)
	return now
}

func verbsFrom(t *testing.T, a *App, from int64) []string {
	t.Helper()
	versions, err := a.store.Entries(t.Context(), from, 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, v := range versions {
		out = append(out, string(v.Kind)+" "+v.Verb)
	}
	return out
}

// planFaults lists the fields and keys of an error.
func planFaults(err error) []string {
	var several civic.Errors
	var one *civic.Error
	switch {
	case errors.As(err, &several):
	case errors.As(err, &one):
		several = civic.Errors{one}
	}
	var out []string
	for _, e := range several {
		out = append(out, strings.TrimSpace(e.Field+" "+e.Key))
	}
	return out
}

func TestAPlanGoesFromItsOpeningToItsEnd(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		size := recordSize(t, a)
		plan := l.open()
		d := l.write(plan, "Open the budget")
		if d.LocalID != "KEN-2026-01" {
			t.Errorf("the local ID is %q", d.LocalID)
		}
		l.move(plan, civic.Consultation)
		ids, err := l.PublishDrafts(l.ctx, l.poc, plan)
		l.must(err)
		if c := l.newest(ids[0]); !c.Proposed || c.Adopted != nil || c.LocalID != "KEN-2026-01" || c.Parts[0].Name != "Ministry of ICT" {
			t.Errorf("published is %+v", c)
		}
		if _, err := a.store.Draft(l.ctx, d.ID); civic.KindOf(err) != civic.NotFound {
			t.Errorf("the draft is still here: %v", err)
		}
		l.must(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.Drafting, On: "2026-06-02", By: "Forum", Reason: english("Two themes are missing.")}))
		l.must(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.Consultation, On: "2026-06-03", By: "Forum"}))
		l.must(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.AdoptedStage, On: "2026-06-04", By: "Cabinet"}))
		if c := l.newest(ids[0]); c.Proposed || *c.Adopted != (civic.Adoption{On: "2026-06-04", By: "Cabinet"}) {
			t.Errorf("adopted is %+v", c)
		}
		l.must(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.Implementation, On: "2026-06-05", By: "Cabinet"}))
		l.must(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.Ended, On: "2026-06-30", By: "Cabinet"}))
		want := []string{"plan open", "plan move", "commitment publish", "plan move", "plan move", "plan adopt", "commitment adopt", "plan move", "plan move"}
		if got := verbsFrom(t, a, size); !slices.Equal(got, want) {
			t.Errorf("entries are %q, want %q", got, want)
		}
		p, _, err := read[civic.Plan](l.ctx, a, civic.KindPlan, string(plan))
		l.must(err)
		if p.Slug != "kenya-6" || p.Submitted != 2026 || p.EndYear != 2027 || p.Length != 2 || len(p.Moves) != 6 || p.Moves[1].Reason.String() != "Two themes are missing." {
			t.Errorf("the plan is %+v", p)
		}
		for _, refused := range []error{
			l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.Drafting, On: "2026-06-30", By: "x"}),
			l.Amend(l.ctx, l.poc, d.ID, l.amendment()),
		} {
			if refused == nil {
				t.Error("an ended plan was changed")
			}
		}
		if report, err := a.store.Verify(l.ctx, store.VerifyOptions{}); err != nil || !report.OK() {
			t.Errorf("the record does not fit: %v %v", report.Problems, err)
		}
	})
}

func TestWhatAPlanRefuses(t *testing.T) {
	l := newRun(t, newTestApp(t))
	plan := l.open()
	for says, c := range map[string]struct {
		err  error
		want []string
	}{
		"a number that is taken": {second(l.OpenPlan(l.ctx, l.poc, l.input())), []string{"number planrule.number_taken"}},
		"no number, no days, no language": {second(l.OpenPlan(l.ctx, l.poc, PlanInput{Member: l.member})),
			[]string{"number planrule.number_missing", "start planrule.date_missing", "end planrule.date_missing", "languages planrule.languages_missing"}},
		"a step over consultation":       {l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.AdoptedStage, On: "2026-06-01", By: "x"}), []string{"to planrule.move"}},
		"a step tomorrow by nobody":      {l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.Consultation, On: "2026-07-02"}), []string{"on planrule.date_future", "by planrule.by_missing"}},
		"publishing before consultation": {second(l.PublishDrafts(l.ctx, l.poc, plan)), []string{"planrule.not_open"}},
		"taking over a plan that lives":  {l.AdoptImported(l.ctx, l.poc, plan, "2026-01-01", "x"), []string{"planrule.lives_already"}},
	} {
		if got := planFaults(c.err); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", says, got, c.want)
		}
	}
	l.move(plan, civic.Consultation)
	if got := planFaults(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.AdoptedStage, On: "2026-06-01", By: "x"})); !slices.Equal(got, []string{"to planrule.nothing_to_adopt"}) {
		t.Errorf("an empty plan was adopted: %q", got)
	}
	if got := planFaults(l.MovePlan(l.ctx, l.poc, plan, PlanMove{To: civic.Drafting, On: "2026-05-31", By: "x"})); !slices.Equal(got, []string{"on planrule.move_earlier", "reason planrule.text_missing"}) {
		t.Errorf("back without a reason: %q", got)
	}
	empty, err := l.NewDraft(l.ctx, l.poc, plan)
	l.must(err)
	_, err = l.PublishDrafts(l.ctx, l.poc, plan, empty.ID)
	if got := planFaults(err); !slices.Equal(got, []string{"title.en planrule.text_missing", "text.en planrule.text_missing", "lead planrule.lead_missing"}) {
		t.Errorf("an empty draft: %q", got)
	}
}

func second[T any](_ T, err error) error { return err }

// These are refused to everybody who may not, and leave no trace.
func TestEachChangeOfAPlanAsksForItsPermission(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		plan, c := l.adopted()
		other, err := l.NewDraft(l.ctx, l.poc, plan)
		l.must(err)
		body := l.bodies[0]
		kenya := civic.Scope{Member: l.member}
		weak := l.poc
		weak.Strong = false
		size := recordSize(t, a)
		strangers := []struct {
			who  civic.Caller
			kind civic.ErrorKind
		}{
			{civic.Caller{}, civic.Unauthenticated},
			{someone("citizen", civic.Citizen, kenya), civic.Forbidden},
			{someone("foreign", civic.PointOfContact, civic.Scope{Member: "another"}), civic.Forbidden},
			{someone("forum", civic.ForumMember, kenya), civic.Forbidden},
			{someone("admin", civic.Administrator, civic.Scope{}), civic.Forbidden},
			{someone("reporter", civic.Reporter, civic.Scope{Member: l.member, Institution: body}), civic.Forbidden},
			{weak, civic.Unproven},
		}
		for says, call := range map[string]func(who civic.Caller) error{
			"OpenPlan":          func(who civic.Caller) error { return second(a.OpenPlan(l.ctx, who, l.input())) },
			"DefineInstitution": func(who civic.Caller) error { return second(a.DefineInstitution(l.ctx, who, l.member, english("New"))) },
			"MovePlan": func(who civic.Caller) error {
				return a.MovePlan(l.ctx, who, plan, PlanMove{To: civic.Ended, On: "2026-06-30", By: "x"})
			},
			"SetPeriods":    func(who civic.Caller) error { return a.SetPeriods(l.ctx, who, plan, nil, nil) },
			"ChangePlan":    func(who civic.Caller) error { return a.ChangePlan(l.ctx, who, plan, l.input()) },
			"AmendPlan":     func(who civic.Caller) error { return a.AmendPlan(l.ctx, who, plan, l.input(), l.amendment()) },
			"AdoptImported": func(who civic.Caller) error { return a.AdoptImported(l.ctx, who, plan, "2026-01-01", "x") },
			"PublishDrafts": func(who civic.Caller) error { return second(a.PublishDrafts(l.ctx, who, plan)) },
		} {
			for _, s := range strangers {
				if err := call(s.who); civic.KindOf(err) != s.kind {
					t.Errorf("%s by %s: %v", says, s.who.Name, err)
				}
			}
		}
		if err := a.AssignID(l.ctx, l.poc, c, "KE0101"); civic.KindOf(err) != civic.Forbidden {
			t.Errorf("the point of contact assigned an OGP ID: %v", err)
		}
		for _, s := range strangers {
			_, err := a.Draft(l.ctx, s.who, other.ID)
			if s.who.Name == "forum" {
				if err != nil {
					t.Errorf("a forum member cannot read a draft: %v", err)
				}
			} else if kind := civic.KindOf(err); kind != civic.NotFound && kind != civic.Unauthenticated && kind != civic.Unproven {
				t.Errorf("a draft shows to %s: %v", s.who.Name, err)
			}
			if _, err := a.SaveDraft(l.ctx, s.who, other.ID, 1, map[string]string{"title.en": "Mine"}); err == nil {
				t.Errorf("%s wrote a draft", s.who.Name)
			}
		}
		reporter := someone("reporter", civic.Reporter, civic.Scope{Member: l.member, Institution: body})
		mine, err := a.NewDraft(l.ctx, reporter, plan)
		if err != nil || mine.Content.Parts[0].Institution != body {
			t.Errorf("a reporter begins %+v: %v", mine, err)
		}
		if list, err := a.Drafts(l.ctx, reporter, plan); err != nil || len(list) != 1 || list[0].ID != mine.ID {
			t.Errorf("a reporter sees %d drafts: %v", len(list), err)
		}
		if n := recordSize(t, a); n != size {
			t.Errorf("%d entries", n-size)
		}
	})
}

func TestAnAmendmentCarriesItsReasonAndTheBaselineStands(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		plan, c := l.adopted()
		adopted, ok, err := a.Baseline(l.ctx, c)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		m := string(adopted.Milestones[0].ID)
		if got := planFaults(l.amend(c, nil, AmendmentInput{On: "2026-05-01"})); !slices.Equal(got,
			[]string{"by planrule.by_missing", "on planrule.amended_earlier", "reason planrule.text_missing", "planrule.nothing_changed"}) {
			t.Errorf("an empty amendment: %q", got)
		}
		l.must(l.amend(c, map[string]string{"milestone." + m + ".due": "2026-12-31"}, l.amendment()))
		l.must(l.amend(c, map[string]string{"milestone." + m + ".due": "2026-09-30", "title.en": "Open all budgets"}, l.amendment()))
		l.must(a.AssignID(l.ctx, l.su, c, "ke0101"))
		d, err := a.Difference(l.ctx, c)
		l.must(err)
		if len(d.Changes) != 1 || d.Changes[0].Field != "title" || d.Changes[0].Before != "Open the budget" {
			t.Errorf("changes are %+v", d.Changes)
		}
		if len(d.Moved) != 2 || d.Moved[0].Days != 92 || d.Moved[1].Days != -92 || d.Moved[0].Why.By != "Steering committee" || !d.Late() {
			t.Errorf("a date that was pushed back does not stay visible: %+v", d.Moved)
		}
		if len(d.Amendments) != 2 || !slices.Equal(d.Amendments[1].What, []string{"title", "milestone.1.due"}) {
			t.Errorf("amendments are %+v", d.Amendments)
		}
		again, _, err := a.Baseline(l.ctx, c)
		l.must(err)
		if !sameSubject(adopted, again) {
			t.Error("the baseline changed")
		}
		// A commitment that comes later, and one that goes.
		late := l.write(plan, "Audit the audits")
		l.must(l.Amend(l.ctx, l.poc, late.ID, l.amendment()))
		drop, err := l.DraftOf(l.ctx, l.poc, c)
		l.must(err)
		in := l.amendment()
		in.Drops = true
		l.must(l.Amend(l.ctx, l.poc, drop.ID, in))
		if _, err := l.DraftOf(l.ctx, l.poc, c); civic.KindOf(err) != civic.Conflict {
			t.Errorf("a dropped commitment can be changed: %v", err)
		}
		pd, err := a.PlanDifference(l.ctx, "kenya-6")
		l.must(err)
		if pd.Dropped != 1 || pd.Added != 1 || len(pd.Commitments) != 2 || !pd.Known {
			t.Errorf("the plan's difference is %+v", pd)
		}
		if all, err := a.Commitments(l.ctx, CommitmentFilter{}, 0, ""); err != nil || all.Total != 4 {
			t.Errorf("a dropped commitment is gone: %d %v", all.Total, err)
		}
	})
}

func TestOnlyTheSupportUnitAssignsIDsAndNeverToADraft(t *testing.T) {
	l := newRun(t, newTestApp(t))
	plan := l.open()
	d := l.write(plan, "Open the budget")
	if _, err := l.SaveDraft(l.ctx, l.poc, d.ID, d.Revision, map[string]string{"ogp_id": "KE0101"}); civic.KindOf(err) != civic.Invalid {
		t.Errorf("a draft took an OGP ID: %v", err)
	}
	l.move(plan, civic.Consultation)
	ids, err := l.PublishDrafts(l.ctx, l.poc, plan)
	l.must(err)
	key := func(who civic.Caller, id string) []string { return planFaults(l.AssignID(l.ctx, who, ids[0], id)) }
	for _, c := range []struct {
		who  civic.Caller
		id   string
		want string
	}{
		{l.poc, "KE0101", "error.forbidden"},
		{l.su, "KE0101", "ogp_id planrule.ogp_id_proposed"},
		{l.su, "KEN-2026-01", "ogp_id planrule.ogp_id_form"},
		{l.su, "GH0101", "ogp_id planrule.ogp_id_prefix"},
	} {
		if got := key(c.who, c.id); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s by %s: %q, want %s", c.id, c.who.Name, got, c.want)
		}
	}
	l.move(plan, civic.AdoptedStage)
	l.must(l.AssignID(l.ctx, l.su, ids[0], "ke0101"))
	if got := l.newest(ids[0]).OGPID; got != "KE0101" {
		t.Errorf("the ID is %q", got)
	}
	if got := key(l.su, "KE0102"); !slices.Equal(got, []string{"ogp_id planrule.ogp_id_has"}) {
		t.Errorf("it got a second one: %q", got)
	}
	later := l.write(plan, "Another")
	l.must(l.Amend(l.ctx, l.poc, later.ID, l.amendment()))
	if got := planFaults(l.AssignID(l.ctx, l.su, later.Content.ID, "KE0101")); !slices.Equal(got, []string{"ogp_id planrule.ogp_id_taken"}) {
		t.Errorf("an ID was given twice: %q", got)
	}
}

func TestPeriodsWithReportsStay(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		l := newRun(t, a)
		plan, c := l.adopted()
		periods := civic.SuggestPeriods("2026-01-01", "2027-12-31")
		l.must(l.SetPeriods(l.ctx, l.poc, plan, periods, nil))
		size := recordSize(t, a)
		l.must(l.SetPeriods(l.ctx, l.poc, plan, periods, nil))
		if recordSize(t, a) != size {
			t.Error("the same periods made an entry")
		}
		r := civic.Report{ID: "01900000000000000000000009", Member: l.member, Plan: plan, Commitment: c, Period: "2026-1", Status: civic.SelfLimited}
		l.must(a.act(l.ctx, l.poc, civic.MayReport, func(ask func(civic.Place) error) ([]edit, error) {
			return []edit{{subject: r, verb: verbReport}}, ask(civic.Place{Member: l.member})
		}))
		if got := planFaults(l.SetPeriods(l.ctx, l.poc, plan, periods[1:], nil)); !slices.Equal(got, []string{"periods planrule.period_reported"}) {
			t.Errorf("a period with a report went: %q", got)
		}
		moved := slices.Clone(periods)
		moved[0].End = "2026-05-31"
		if got := planFaults(l.SetPeriods(l.ctx, l.poc, plan, moved, nil)); !slices.Equal(got, []string{"period.0.start planrule.period_moved"}) {
			t.Errorf("a period with a report moved: %q", got)
		}
		moved = slices.Clone(periods)
		moved[0].Title, moved[3].Due = english("First half"), "2028-03-31"
		l.must(l.SetPeriods(l.ctx, l.poc, plan, moved, []string{"en"}))
	})
}

package tell_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/store"
	"avow/internal/store/storetest"
	"avow/internal/tell"
)

// book writes a record entry by entry, a day apart.
type book struct {
	t     *testing.T
	store *store.Store
	app   *app.App
	at    time.Time
}

func newBook(t *testing.T, s *store.Store) *book {
	b := &book{t: t, store: s, at: time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)}
	b.app = app.New(s, app.Options{Now: func() time.Time { return b.at }})
	return b
}

func (b *book) write(actor civic.Actor, verb string, subjects ...civic.Subject) {
	b.t.Helper()
	b.at = b.at.AddDate(0, 0, 1)
	err := b.store.Write(b.t.Context(), func(tx *store.Tx) error {
		for _, sub := range subjects {
			p, err := store.Prepare(sub)
			if err != nil {
				return err
			}
			if _, err := tx.Put(p, store.Entry{At: b.at.UnixMicro(), Actor: actor, Verb: verb}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

// story is what is told of a subject, the oldest first, in a language.
func (b *book) story(kind civic.Kind, id, lang string) []string {
	b.t.Helper()
	list, err := b.app.Story(b.t.Context(), kind, id, app.StoryPage{})
	if err != nil {
		b.t.Fatal(err)
	}
	var out []string
	slices.SortStableFunc(list, func(x, y app.Sentence) int { return cmp.Compare(x.Entry, y.Entry) })
	for _, s := range list {
		out = append(out, tell.Say(i18n.For(lang), s.Said()...))
	}
	return out
}

func id(n int) string { return fmt.Sprintf("%026d", n) }

func text(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }

const (
	poc      = civic.Actor("account:00000000000000000000000901")
	reporter = civic.Actor("account:00000000000000000000000902")
)

var (
	country  = civic.Member{ID: civic.MemberID(id(1)), Slug: "northland", Code: "NOR", Name: "Northland", Regime: civic.National}
	ministry = civic.Institution{ID: civic.InstitutionID(id(2)), Member: country.ID, Name: text("Ministry of Justice")}
	plan     = civic.Plan{ID: civic.PlanID(id(3)), Member: country.ID, Slug: "northland-1", Number: "1", Regime: civic.National, Stage: civic.Drafting}
	promise  = civic.Commitment{ID: civic.CommitmentID(id(4)), Member: country.ID, Plans: []civic.PlanEntry{{Plan: plan.ID, Number: "1"}}, Title: text("Open courts"), Proposed: true,
		Parts:      []civic.Part{{Role: civic.Lead, Institution: ministry.ID, Name: "Ministry of Justice"}},
		Milestones: []civic.Milestone{{ID: civic.MilestoneID(id(5)), Kind: "milestone", Title: text("Publish rulings"), Due: civic.When{Date: "2026-12-01"}}, {ID: civic.MilestoneID(id(6)), Kind: "milestone", Title: text("Open hearings"), Due: civic.When{Date: "2027-03-01"}}}}
)

// life writes a short life of a plan.
func life(b *book) {
	p, c := plan, promise
	b.write(civic.LocalOperator, "create", country, ministry)
	b.write(civic.LocalOperator, "grant", civic.Grant{ID: civic.GrantID(id(10)), Account: poc.AccountOf(), Role: civic.PointOfContact, Scope: civic.Scope{Member: country.ID}, By: civic.LocalOperator})
	b.write(poc, "grant", civic.Grant{ID: civic.GrantID(id(11)), Account: reporter.AccountOf(), Role: civic.Reporter, Scope: civic.Scope{Member: country.ID, Institution: ministry.ID}, By: poc})
	b.write(poc, "open", p)
	b.write(poc, "publish", c)
	p.Stage = civic.Consultation
	b.write(poc, "move", p)
	adoption := &civic.Adoption{On: "2026-01-07", By: "the cabinet"}
	p.Stage, p.Adopted, c.Proposed, c.Adopted = civic.AdoptedStage, adoption, false, adoption
	b.write(poc, "adopt", p, c)
	p.Stage = civic.Implementation
	p.Periods = []civic.Period{{Key: "2026-1", Title: text("first half of 2026"), Start: "2026-01-01", End: "2026-06-30", Due: "2026-07-31"},
		{Key: "2026-2", Title: text("second half of 2026"), Start: "2026-07-01", End: "2026-12-31", Due: "2027-01-31"}}
	b.write(poc, "periods", p)
	r := civic.Report{ID: civic.ReportID(id(20)), Member: country.ID, Plan: p.ID, Commitment: c.ID, Institution: ministry.ID, Period: "2026-1", Status: civic.SelfNotStarted}
	b.at = time.Date(2026, 7, 20, 9, 0, 0, 0, time.UTC)
	b.write(reporter, "report", r)
	second := r
	second.ID, second.Period, second.Status = civic.ReportID(id(21)), "2026-2", civic.SelfLimited
	b.at = time.Date(2027, 2, 4, 9, 0, 0, 0, time.UTC)
	b.write(reporter, "report", second)
	c.Milestones = slices.Clone(c.Milestones)
	c.Milestones[1].Due = civic.When{Date: "2027-06-01"}
	c.Amendments = []civic.Amendment{{On: "2027-02-05", Reason: text("The hall is being repaired"), By: "the forum"}}
	b.write(poc, "amend", c)
	second.Status = civic.SelfSubstantial
	b.write(reporter, "correct_report", second)
	b.write(civic.CitizenActor, "testify", civic.Testimony{ID: civic.TestimonyID(id(30)), Report: second.ID, Member: country.ID, Plan: p.ID, Commitment: c.ID, Happened: true,
		Saw: text("I was there and saw CANARY"), Month: "2027-02", Way: civic.Way{Channel: civic.Web}})
	b.write(civic.LocalOperator, "dispute", civic.Dispute{ID: civic.DisputeID(id(31)), Report: second.ID, Member: country.ID, Plan: p.ID, Commitment: c.ID, Claim: text("No ruling is online"), By: civic.ForumMember, On: "2027-02-08"})
	b.write(poc, "end_grant", civic.Grant{ID: civic.GrantID(id(11)), Account: reporter.AccountOf(), Role: civic.Reporter, Scope: civic.Scope{Member: country.ID, Institution: ministry.ID}, By: poc, Ended: poc, Reason: "left the ministry"})
}

func TestTheLifeOfACommitmentIsToldInSentences(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		b := newBook(t, s)
		life(b)
		want := []string{
			"The commitment was published for consultation.",
			"The commitment was adopted on 7 January 2026. Decided by: the cabinet.",
			"Ministry of Justice reported: not started.",
			"Ministry of Justice reported: limited. It had reported not started in the period before. The report came 5 days late.",
			"The due date of milestone 2 was moved from 1 March 2027 to 1 June 2027 (92 days later). Reason: The hall is being repaired. Decided by: the forum.",
			"Ministry of Justice corrected its report: substantial instead of limited.",
			"Somebody told what they saw of what Ministry of Justice reported.",
			"The report of Ministry of Justice was disputed by a member of the forum. The claim: No ruling is online.",
		}
		if got := b.story(civic.KindCommitment, string(promise.ID), "en"); !slices.Equal(got, want) {
			t.Errorf("the commitment's story:\n%s", strings.Join(got, "\n"))
		}
		want = []string{
			"The member was recorded for the first time.",
			"The institution “Ministry of Justice” was recorded.",
			"The role of point of contact was given by the operator of this site.",
			"The role of reporter for Ministry of Justice was given by the point of contact.",
			"The plan was opened. Its commitments are being drafted.",
			"The commitment was published for consultation.",
			"The draft of the plan was opened for comments.",
			"The plan was adopted on 7 January 2026. Decided by: the cabinet.",
			"The commitment was adopted on 7 January 2026. Decided by: the cabinet.",
			"The implementation of the plan began.",
			"The reporting period first half of 2026 was set: from 1 January 2026 to 30 June 2026, reports due by 31 July 2026.",
			"The reporting period second half of 2026 was set: from 1 July 2026 to 31 December 2026, reports due by 31 January 2027.",
		}
		if got := b.story(civic.KindMember, string(country.ID), "en"); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
			t.Errorf("the member's story:\n%s", strings.Join(got, "\n"))
		}
		if got := b.story(civic.KindGrant, id(11), "en"); len(got) != 2 || got[1] != "The role of reporter for Ministry of Justice was ended by the point of contact. Reason: left the ministry." {
			t.Errorf("the grant's story: %q", got)
		}
		for _, lang := range []string{"en", "fr", "es", "ar"} {
			for _, s := range b.story(civic.KindMember, string(country.ID), lang) {
				if strings.ContainsAny(s, "⟦{") || strings.Contains(s, "account:") || strings.Contains(s, "CANARY") || strings.Contains(s, "..") {
					t.Errorf("%s: %q", lang, s)
				}
			}
		}
	})
}

func TestAStoryGoesOnBelowItsLastEntry(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		b := newBook(t, s)
		life(b)
		all, err := b.app.Story(t.Context(), civic.KindMember, string(country.ID), app.StoryPage{})
		if err != nil {
			t.Fatal(err)
		}
		var parts []app.Sentence
		for before := int64(0); ; {
			part, err := b.app.Story(t.Context(), civic.KindMember, string(country.ID), app.StoryPage{Before: before, Limit: 3})
			if err != nil {
				t.Fatal(err)
			}
			if len(part) == 0 {
				break
			}
			parts, before = append(parts, part...), part[len(part)-1].Entry
			if before == 0 {
				break
			}
		}
		if len(parts) != len(all) {
			t.Fatalf("in parts it has %d sentences, whole %d", len(parts), len(all))
		}
		for i := range all {
			if all[i].Entry != parts[i].Entry || all[i].Key != parts[i].Key {
				t.Errorf("sentence %d is %s of %d, not %s of %d", i, parts[i].Key, parts[i].Entry, all[i].Key, all[i].Entry)
			}
		}
		since, next, err := b.app.ChangesSince(t.Context(), 0, 0)
		head, errH := b.app.Head(t.Context())
		if err != nil || errH != nil || next != head.Size || since[0].Entry != 0 || since[len(since)-1].Entry != head.Size-1 {
			t.Errorf("since the beginning: %d sentences, next %d of %d, %v %v", len(since), next, head.Size, err, errH)
		}
		none, again, err := b.app.ChangesSince(t.Context(), next, 0)
		if len(none) != 0 || again != next || err != nil {
			t.Errorf("nothing new: %d %d %v", len(none), again, err)
		}
	})
}

func TestWhatHasNoSentenceIsToldByItsFields(t *testing.T) {
	b := newBook(t, storetest.SQLite(t).Open(t))
	tool := civic.Tool{ID: civic.ToolID(id(40)), Member: country.ID, Name: "Case finder", Licence: "MIT"}
	b.write(civic.LocalOperator, "create", country, ministry)
	b.write(civic.LocalOperator, "create", tool)
	tool.Licence = "EUPL-1.2"
	b.write(civic.LocalOperator, "update", tool)
	member := country
	member.Status = civic.Inactive
	b.write(civic.LocalOperator, "update", member)
	want := []string{"A tool that the commitment rests on was noted: Case finder.", "Licence: changed from “MIT” to “EUPL-1.2”."}
	if got := b.story(civic.KindTool, string(tool.ID), "en"); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	got := b.story(civic.KindMember, string(country.ID), "en")
	if last := got[len(got)-1]; last != "Status: “Inactive” was added." {
		t.Errorf("%q", last)
	}
}

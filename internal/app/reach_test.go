package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// both is a commitment that stands in an ended plan and in the one that runs.
func both(l *living) civic.Commitment {
	old := l.plan
	old.ID, old.Slug, old.Number, old.Stage = "plan000000000000000000000b", "republic-0", "0", civic.Ended
	c := l.c[0]
	c.Plans = append([]civic.PlanEntry{{Plan: old.ID, Number: "1"}}, c.Plans...)
	l.put(old, c)
	return c
}

func in(l *living, role civic.AccessRole, plan civic.PlanID) civic.Caller {
	return civic.Caller{Actor: "account:x", Account: "x", Strong: true, Grants: []civic.Grant{{Role: role, Scope: civic.Scope{Member: l.plan.Member, Plan: plan}}}}
}

func TestARoleInOnePlanDoesNotReachAnotherPlanOfTheSameCommitment(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		ctx, c := context.Background(), both(l)
		here, gone := in(l, civic.Reporter, l.plan.ID), in(l, civic.Reporter, c.Plans[0].Plan)
		before := l.size()
		_, err := l.SaveReport(ctx, gone, l.on(1, "2026-1"))
		refused(t, err, civic.Forbidden, "a report in the other plan")
		_, err = l.DraftReport(ctx, gone, l.plan.Slug, "2026-1", string(c.ID), WholeCommitment)
		refused(t, err, civic.Forbidden, "the draft of a report in the other plan")
		_, err = l.SheetFor(ctx, gone, l.plan.Slug, "2026-1", wordsOf("en"))
		refused(t, err, civic.Forbidden, "the workbook of the other plan")
		_, err = l.DraftOf(ctx, gone, c.ID)
		refused(t, err, civic.Forbidden, "a draft in the other plan")
		d, err := l.DraftOf(ctx, here, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Draft(ctx, gone, d.ID)
		refused(t, err, civic.NotFound, "reading a draft of the other plan")
		_, err = l.SaveDraft(ctx, gone, d.ID, d.Revision, map[string]string{"title.en": "Mine"})
		refused(t, err, civic.NotFound, "writing a draft of the other plan")
		refused(t, l.Amend(ctx, in(l, civic.PointOfContact, c.Plans[0].Plan), d.ID, AmendmentInput{On: l.day, By: "Cabinet", Reason: bothTexts("x")}), civic.NotFound, "amending in the other plan")
		if l.size() != before {
			t.Error("something was written")
		}
		l.save(here, l.on(1, "2026-1"))
	})
}

func TestWhatSomebodyWritesOfAReportIsNoDraftOfACommitment(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		ctx, who := context.Background(), l.reporter(leadBody)
		d, err := l.DraftReport(ctx, who, l.plan.Slug, "2026-1", string(l.c[0].ID), WholeCommitment)
		if err != nil {
			t.Fatal(err)
		}
		d.Input.Done = bothTexts("a canary")
		if err := l.KeepReportDraft(ctx, who, d); err != nil {
			t.Fatal(err)
		}
		row, err := l.store.DraftOf(ctx, d.subject(who))
		if err != nil {
			t.Fatal(err)
		}
		everywhere := civic.Caller{Actor: "account:s", Account: "s", Strong: true, Grants: []civic.Grant{{Role: civic.PointOfContact}, {Role: civic.SupportUnit}}}
		_, err = l.Draft(ctx, everywhere, row.ID)
		refused(t, err, civic.NotFound, "reading what somebody writes of a report")
		refused(t, l.DiscardDraft(ctx, everywhere, row.ID, row.Revision), civic.NotFound, "throwing it away")
	})
}

func TestTheRecordDoesNotTellWhenACitizenSpoke(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		ana := person(t, a, "ana@example.org", civic.Citizen, civic.Scope{})
		hour := time.Hour.Microseconds()
		spoke := time.Now().Add(72*time.Hour).UnixMicro()/hour*hour + 17*time.Minute.Microseconds() + 5
		at := spoke
		a.now = func() time.Time { return time.UnixMicro(at) }
		head, err := a.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		id, err := a.Testify(ctx, ana, TestimonyInput{Report: r.ID, Happened: true, Saw: inEnglish("A canary sings.")})
		if err != nil {
			t.Fatal(err)
		}
		at += 5 * time.Minute.Microseconds()
		enter(t, a, civic.Institution{ID: "institution00000000000000x", Member: r.Member, Name: inEnglish("Office")}, "define")
		at += time.Minute.Microseconds()
		if err := a.ChangeTestimony(ctx, ana, id, false, inEnglish("The canary sang.")); err != nil {
			t.Fatal(err)
		}
		if err := a.WithdrawTestimony(ctx, ana, id); err != nil {
			t.Fatal(err)
		}
		entries, err := a.store.Entries(ctx, head.Size, 10)
		if err != nil || len(entries) != 4 {
			t.Fatal(len(entries), err)
		}
		if entries[0].At != spoke/hour*hour {
			t.Errorf("she spoke at %v, and the record says %v", time.UnixMicro(spoke), time.UnixMicro(entries[0].At))
		}
		if !slices.IsSortedFunc(entries, func(x, y store.Version) int { return cmp.Compare(x.At, y.At) }) || entries[2].At != entries[1].At || entries[3].At != entries[1].At {
			t.Error("the times of the entries do not follow each other")
		}
		for name, list := range map[string]func() ([]Sentence, error){
			"the story of the report": func() ([]Sentence, error) { return a.Story(ctx, civic.KindReport, string(r.ID), StoryPage{}) },
			"the story of the commitment": func() ([]Sentence, error) {
				return a.Story(ctx, civic.KindCommitment, string(r.Commitment), StoryPage{})
			},
			"the story of the testimony": func() ([]Sentence, error) { return a.Story(ctx, civic.KindTestimony, string(id), StoryPage{}) },
			"what changed last":          func() ([]Sentence, error) { return a.Changes(ctx, StoryPage{Limit: 4}) },
		} {
			told, err := list()
			if err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(told)
			if err != nil {
				t.Fatal(err)
			}
			if name != "what changed last" && !slices.ContainsFunc(told, func(s Sentence) bool { return s.Kind == civic.KindTestimony }) {
				t.Errorf("%s does not tell of the testimony", name)
			}
			for _, secret := range []string{"canary", string(ana.Account), "ana@example.org"} {
				if strings.Contains(string(text), secret) {
					t.Errorf("%s tells %q: %s", name, secret, text)
				}
			}
			for _, s := range told {
				if s.Kind == civic.KindTestimony && (!s.Month || time.UnixMicro(s.At).UTC().Format("02 15:04:05.000000") != "01 00:00:00.000000") {
					t.Errorf("%s tells more than the month: %v", name, time.UnixMicro(s.At).UTC())
				}
			}
		}
	})
}

func TestAskingToFollowTellsNothingOfWhatAnAddressFollows(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		two(t, a)
		c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, firstID(t, a))
		if err != nil {
			t.Fatal(err)
		}
		ask := func(mail, lang, cadence string) error {
			return a.Follow(ctx, FollowRequest{Mail: mail, Lang: lang, Cadence: cadence, Commitment: string(c.ID), Name: "x", Address: "https://avow.example"})
		}
		if err := ask("known@example.org", "fr", Weekly); err != nil {
			t.Fatal(err)
		}
		var f store.Follow
		if err := a.store.House(ctx, func(h *store.House) (err error) {
			f, err = h.AskFollow(store.Follow{ID: "00000000000000000000000001", Mail: "known@example.org", Lang: "fr", Kind: FollowCommitment, Target: string(c.ID), Asked: Weekly, Secret: []byte("s"), Created: 1})
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := a.Confirm(ctx, followToken(f, forConfirm)); err != nil {
			t.Fatal(err)
		}
		if err := ask("new@example.org", "fr", Weekly); err != nil {
			t.Fatal(err)
		}
		for i := range followAtOnce + 3 {
			known, other := ask("known@example.org", "ar", Daily), ask("new@example.org", "ar", Daily)
			if civic.KindOf(known) != civic.KindOf(other) {
				t.Errorf("asked %d times: %v for who follows, %v for who does not", i+2, known, other)
			}
			if i+1 >= followAtOnce && civic.KindOf(known) != civic.TooMany {
				t.Errorf("asked %d times: %v", i+2, known)
			}
		}
		now, ok, err := a.store.Follow(ctx, f.ID)
		if err != nil || !ok || now.Lang != "fr" || now.Cadence != Weekly {
			t.Errorf("what somebody else asked for changed the letters: %+v %v", now, err)
		}
	})
}

func TestAStoryDoesNotTellWhichTestimonyCameOffLine(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		r := reported(t, a)
		frank := person(t, a, "frank@example.org", civic.Facilitator, civic.Scope{Plan: r.Plan})
		if _, err := a.Testify(ctx, frank, TestimonyInput{Report: r.ID, Happened: true, Channel: civic.Paper, Consent: true}); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Testify(ctx, person(t, a, "ana@example.org", civic.Citizen, civic.Scope{}), TestimonyInput{Report: r.ID, Happened: true}); err != nil {
			t.Fatal(err)
		}
		told, err := a.Story(ctx, civic.KindReport, string(r.ID), StoryPage{})
		if err != nil {
			t.Fatal(err)
		}
		told = slices.DeleteFunc(told, func(s Sentence) bool { return s.Kind != civic.KindTestimony })
		if len(told) != 2 || told[0].Actor != told[1].Actor || told[0].At != told[1].At || !told[0].Month || !told[1].Month {
			t.Errorf("%+v", told)
		}
	})
}

func TestAWithdrawnFileDoesNotComeBackByItsHash(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		f := r.keep("list.txt", "names of people")
		first, err := r.document(func(d *civic.Document) { d.File, d.URL = &f, "" })
		r.must(err)
		r.day = "2026-01-20"
		again := func() error {
			_, err := r.document(func(d *civic.Document) { d.File, d.URL = &f, "" })
			return err
		}
		r.must(again()) // it is offered: everybody may refer to it
		documents, err := r.Documents(r.ctx, "republic", DocumentFilter{})
		r.must(err)
		for _, d := range documents.Documents {
			r.must(r.WithdrawDocument(r.ctx, r.poc, d.ID, "personal data"))
		}
		if len(documents.Documents) != 2 || first == "" {
			t.Fatalf("%+v", documents.Documents)
		}
		r.day = "2026-01-22"
		refused(t, again(), civic.Invalid, "referring to a file that was withdrawn")
		_, err = r.File(r.ctx, f.SHA256)
		refused(t, err, civic.NotFound, "reading it")
		r.keep("list.txt", "names of people")
		r.must(again())
	})
}

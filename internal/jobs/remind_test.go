package jobs_test

import (
	"strings"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/jobs"
	"avow/internal/mail"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

const ministry = civic.InstitutionID("00000000000000000000000300")

// reporting is a plan whose first period is due on 14 March, with one commitment
// of a ministry and the account of its reporter.
func (h *house) reporting() (civic.AccountID, civic.Commitment) {
	h.t.Helper()
	plan := civic.Plan{ID: civic.PlanID(ident(200)), Slug: "northland-1", Member: north.ID, Number: "1", Stage: civic.Implementation, Languages: []string{"en"},
		Adopted: &civic.Adoption{On: "2025-07-01", By: "Cabinet"}, Periods: []civic.Period{
			{Key: "2025", Start: "2025-07-01", End: "2025-12-31", Due: "2026-03-14"}, {Key: "2026", Start: "2026-01-01", End: "2026-12-31", Due: "2027-03-14"}}}
	c := promise(1, "Clean water")
	c.Adopted = &civic.Adoption{On: "2025-07-01", By: "Cabinet"}
	c.Plans = []civic.PlanEntry{{Plan: plan.ID, Number: "1"}}
	c.Parts = []civic.Part{{Institution: ministry, Role: civic.Lead}}
	h.write("create", civic.Institution{ID: ministry, Member: north.ID, Name: civic.Text{{Lang: "en", Text: "Ministry of Water"}}}, plan, c)
	id, err := h.app.OpenAccount(h.t.Context(), "rita@example.org", "Rita", "en")
	if err != nil {
		h.t.Fatal(err)
	}
	h.write("grant", civic.Grant{ID: civic.GrantID(ident(400)), Account: id, Role: civic.Reporter, By: civic.LocalOperator,
		Scope: civic.Scope{Member: north.ID, Institution: ministry}})
	return id, c
}

// remind makes the reminders of a day, twice, and returns what came.
func (h *house) remind(day string) []mail.Message {
	h.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		h.t.Fatal(err)
	}
	h.at = at.Add(9 * time.Hour)
	r := jobs.Remind{App: h.app, Words: h.words, Address: "https://avow.example"}
	for range 2 {
		if err := r.Run(h.t.Context()); err != nil {
			h.t.Fatal(err)
		}
	}
	return h.post()
}

func TestSomebodyWhoseReportIsAwaitedIsRemindedThreeTimes(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		h.reporting()
		for _, one := range []struct {
			day   string
			comes bool
		}{
			{"2026-02-27", false},
			{"2026-02-28", true}, // 14 days before
			{"2026-03-01", false}, {"2026-03-10", false},
			{"2026-03-11", true}, // 3 days before
			{"2026-03-12", false}, {"2026-03-14", false}, {"2026-03-15", false}, {"2026-03-20", false},
			{"2026-03-21", true}, // 7 days after
			{"2026-03-22", false}, {"2026-03-28", false}, {"2026-05-01", false},
		} {
			got := h.remind(one.day)
			if (len(got) == 1) != one.comes || len(got) > 1 {
				t.Errorf("%s: %d letters", one.day, len(got))
			}
			for _, m := range got {
				if m.To != "rita@example.org" || !strings.Contains(m.Text, "Clean water") || !strings.Contains(m.Text, "https://avow.example/en/account/reminders") {
					t.Errorf("%s: %s\n%s\n%s", one.day, m.To, m.Subject, m.Text)
				}
			}
		}
	})
}

func TestWhoReportedOrWantsNoRemindersGetsNone(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		id, c := h.reporting()
		who := civic.Caller{Actor: civic.ActorOf(id), Account: id}
		if err := h.app.WantReminders(t.Context(), who, false); err != nil {
			t.Fatal(err)
		}
		if got := h.remind("2026-02-28"); len(got) != 0 {
			t.Errorf("who wants none gets %d", len(got))
		}
		if err := h.app.WantReminders(t.Context(), who, true); err != nil {
			t.Fatal(err)
		}
		h.write("report", civic.Report{ID: civic.ReportID(ident(500)), Member: north.ID, Plan: civic.PlanID(ident(200)), Period: "2025", Commitment: c.ID, Institution: ministry,
			Status: civic.SelfCompleted, Done: civic.Text{{Lang: "en", Text: "All wells are clean."}}})
		for _, day := range []string{"2026-03-01", "2026-03-11", "2026-03-21"} {
			if got := h.remind(day); len(got) != 0 {
				t.Errorf("%s: who reported gets %d", day, len(got))
			}
		}
	})
}

func TestAnEndedRoleOrABlockedAccountIsNotReminded(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t).Open(t))
	id, _ := h.reporting()
	if err := h.app.BlockAccount(t.Context(), civic.Operator(), id, true); err != nil {
		t.Fatal(err)
	}
	if got := h.remind("2026-02-28"); len(got) != 0 {
		t.Errorf("a blocked account gets %d", len(got))
	}
	if err := h.app.BlockAccount(t.Context(), civic.Operator(), id, false); err != nil {
		t.Fatal(err)
	}
	if err := h.app.EndGrant(t.Context(), civic.Operator(), civic.GrantID(ident(400)), "Left"); err != nil {
		t.Fatal(err)
	}
	if got := h.remind("2026-03-01"); len(got) != 0 {
		t.Errorf("an ended role gets %d", len(got))
	}
}

func TestWhatWasNotConfirmedInAWeekIsForgotten(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		ask := app.FollowRequest{Mail: "ana@example.org", Lang: "en", Cadence: app.Daily, Member: "northland", Name: "Northland", Address: "https://avow.example"}
		if err := h.app.Follow(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
		token := tokenIn(t, h.post()[0], "confirm")
		h.at = h.at.AddDate(0, 0, 7).Add(time.Second)
		if err := jobs.Sweep(h.app).Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := h.app.Confirm(t.Context(), token); civic.KindOf(err) != civic.Invalid {
			t.Errorf("a wish of last week: %v", err)
		}
	})
}

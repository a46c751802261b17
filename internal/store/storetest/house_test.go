package storetest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
)

// at calls f inside the house.
func at(t *testing.T, s *store.Store, f func(*store.House) error) {
	t.Helper()
	if err := s.House(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// sharedOut lets several take from a queue at once until each of them finds
// nothing, and fails when two took the same thing.
func sharedOut(t *testing.T, s *store.Store, want int, take func(*store.House) ([]string, error)) {
	t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	taken := map[string]int{}
	for range 4 {
		all.Go(func() {
			for {
				var got []string
				err := s.House(context.Background(), func(h *store.House) (err error) { got, err = take(h); return err })
				if err != nil {
					t.Error(err)
				}
				if err != nil || len(got) == 0 {
					return
				}
				mu.Lock()
				for _, id := range got {
					taken[id]++
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for id, n := range taken {
		if n != 1 {
			t.Errorf("%s was taken %d times", id, n)
		}
	}
	if len(taken) != want {
		t.Errorf("%d were taken, not %d", len(taken), want)
	}
}

func TestADraftComesBackAsItWasSaved(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		d := store.Draft{ID: ID(1), Kind: civic.KindCommitment, Member: civic.MemberID(ID(2)), Plan: civic.PlanID(ID(3)), Subject: ID(4), LocalID: "LTU-2026-01", Base: 2,
			Body: []byte(`{"a":"é"}`), Account: "someone", At: 5}
		at(t, s, func(h *store.House) error { return h.AddDraft(d) })
		d.Revision = 1
		for _, find := range []func() (store.Draft, error){func() (store.Draft, error) { return s.Draft(ctx, d.ID) }, func() (store.Draft, error) { return s.DraftOf(ctx, d.Subject) },
			func() (store.Draft, error) { return s.DraftAt(ctx, d.ID, 1) }} {
			if got, err := find(); err != nil || !reflect.DeepEqual(got, d) {
				t.Errorf("%+v %v", got, err)
			}
		}
		// several save from the same revision: one of them does
		var saved int
		var mu sync.Mutex
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				mine := d
				mine.Body = fmt.Appendf(nil, `{"by":%d}`, i)
				var ok bool
				if err := s.House(ctx, func(h *store.House) (err error) { ok, err = h.SaveDraft(mine); return err }); err != nil {
					t.Error(err)
				}
				if ok {
					mu.Lock()
					saved++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if list, err := s.DraftsOfPlan(ctx, d.Plan); saved != 1 || err != nil || len(list) != 1 || list[0].Revision != 2 {
			t.Errorf("%d saved: %+v %v", saved, list, err)
		}
		for _, twice := range []store.Draft{{ID: ID(9), Subject: d.Subject}, {ID: ID(9), Subject: ID(8), LocalID: d.LocalID}} {
			if err := s.House(ctx, func(h *store.House) error { return h.AddDraft(twice) }); civic.KindOf(err) != civic.Conflict {
				t.Errorf("a second draft: %v", err)
			}
		}
		at(t, s, func(h *store.House) error { return h.DropDraft(d.ID) })
		if _, err := s.Draft(ctx, d.ID); civic.KindOf(err) != civic.NotFound {
			t.Errorf("a dropped draft: %v", err)
		}
	})
}

func TestEachMailIsLeasedOnce(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		const many = 30
		at(t, s, func(h *store.House) error {
			for i := range many {
				for range 2 { // the second one with a key is the first
					if err := h.QueueMail(store.QueuedMail{Key: fmt.Sprint("k", i), To: "ana@example.org", Lang: "en", Kind: "digest", Data: []byte(`{}`), Due: int64(i)}); err != nil {
						return err
					}
				}
			}
			return h.QueueMail(store.QueuedMail{To: "later@example.org", Due: 1000})
		})
		var one store.QueuedMail
		sharedOut(t, s, many, func(h *store.House) (ids []string, err error) {
			mails, err := h.LeaseMails(100, 200, 3)
			for i, m := range mails {
				ids = append(ids, m.ID)
				if one = m; m.To != "ana@example.org" || m.Tries != 1 || i > 0 && mails[i-1].Due > m.Due {
					err = fmt.Errorf("%+v", m)
				}
			}
			return ids, err
		})
		if due, err := s.MailDue(ctx, 100); due || err != nil {
			t.Errorf("mails are due while all are leased: %v", err)
		}
		at(t, s, func(h *store.House) error { return h.MailDone(one.ID, 150) })
		at(t, s, func(h *store.House) error { return h.MailLater(one.ID, 1) }) // what is sent waits no more
		sharedOut(t, s, many-1, func(h *store.House) (ids []string, err error) {
			mails, err := h.LeaseMails(201, 300, 50) // the lease has ended
			for _, m := range mails {
				ids = append(ids, m.ID)
			}
			return ids, err
		})
	})
}

func TestEachWebhookIsLeasedOnceAndMovesOnWithItsLease(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		first := store.Webhook{ID: ID(1), Member: "m", Account: "a", URL: "https://example.org/hook", Secret: []byte{1, 0, 255}, Created: 1, Position: 3}
		at(t, s, func(h *store.House) error {
			for i := range 8 {
				w := first
				w.ID = ID(i + 1)
				if err := h.AddWebhook(w); err != nil {
					return err
				}
			}
			return nil
		})
		first.Due = 1
		if got, ok, err := s.Webhook(ctx, first.ID); err != nil || !ok || !reflect.DeepEqual(got, first) {
			t.Errorf("%+v %v %v", got, ok, err)
		}
		if due, err := s.WebhookDue(ctx, 10, 3); due || err != nil {
			t.Errorf("told of nothing: %v", err)
		}
		sharedOut(t, s, 8, func(h *store.House) ([]string, error) {
			w, ok, err := h.LeaseWebhook(10, 100, 5)
			if !ok {
				return nil, err
			}
			return []string{w.ID}, err
		})
		moved := first
		moved.Position, moved.Due = 4, 20
		at(t, s, func(h *store.House) error { return h.MoveWebhook(moved, 99) }) // not its lease
		if got, _, _ := s.Webhook(ctx, first.ID); got.Position != 3 {
			t.Errorf("moved without the lease: %+v", got)
		}
		at(t, s, func(h *store.House) error { return h.MoveWebhook(moved, 100) })
		at(t, s, func(h *store.House) error { return h.EndWebhook(first.ID, 50) })
		at(t, s, func(h *store.House) error { return h.MoveWebhook(first, 20) })
		if got, _, _ := s.Webhook(ctx, first.ID); got.Position != 4 || got.Ended != 50 {
			t.Errorf("%+v", got)
		}
		tries := []store.Delivery{{ID: ID(1), Hook: first.ID, Entry: 3, At: 7, Status: 500, Fault: "hook.fault", Tries: 1}, {ID: ID(2), Hook: first.ID, Entry: 3, At: 8, Status: 204, Tries: 2}}
		at(t, s, func(h *store.House) error {
			return errorsOf(h.AddDelivery(tries[0]), h.AddDelivery(tries[1]), h.SweepFollows(0, 8))
		})
		if got, err := s.Deliveries(ctx, first.ID, 9); err != nil || !reflect.DeepEqual(got, tries[1:]) {
			t.Errorf("%+v %v", got, err)
		}
		if all, err := s.Webhooks(ctx, []string{"m", "other"}); err != nil || len(all) != 8 {
			t.Errorf("%d webhooks, %v", len(all), err)
		}
	})
}

func errorsOf(list ...error) error {
	if i := slices.IndexFunc(list, func(err error) bool { return err != nil }); i >= 0 {
		return list[i]
	}
	return nil
}

func TestAWishIsToldOnceInEachWindow(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		f := store.Follow{ID: ID(1), Mail: "ana@example.org", Lang: "en", Kind: "plan", Target: "p", Asked: "daily", Secret: []byte{9, 0}, Created: 10, Position: 2}
		at(t, s, func(h *store.House) error {
			got, err := h.AskFollow(f)
			if err == nil && !reflect.DeepEqual(got, f) {
				err = fmt.Errorf("%+v", got)
			}
			return err
		})
		if due, err := s.FollowsDue(ctx, "daily", "w1", "", 9); err != nil || len(due) != 0 {
			t.Errorf("due before it was confirmed: %+v %v", due, err)
		}
		at(t, s, func(h *store.House) error { return h.ConfirmFollow(f.ID, 20, 7, "w0") })
		at(t, s, func(h *store.House) error { return h.SweepFollows(1000, 0) }) // only what is not confirmed
		if due, err := s.FollowsDue(ctx, "daily", "w1", "", 9); err != nil || len(due) != 1 || due[0].Position != 7 {
			t.Errorf("%+v %v", due, err)
		}
		sharedOut(t, s, 1, func(h *store.House) ([]string, error) {
			ok, err := h.FollowTold(f.ID, "w1", 8)
			if !ok {
				return nil, err
			}
			return []string{"w1"}, err
		})
		at(t, s, func(h *store.House) error { return errorsOf(h.Remind("a", false, 1), h.Remind("a", false, 2)) })
		if no, err := s.Unreminded(ctx, "a"); !no || err != nil {
			t.Errorf("%v %v", no, err)
		}
		at(t, s, func(h *store.House) error { return errorsOf(h.Remind("a", true, 3), h.EndFollow(f.ID)) })
		if no, err := s.Unreminded(ctx, "a"); no || err != nil {
			t.Errorf("%v %v", no, err)
		}
		if _, ok, err := s.Follow(ctx, f.ID); ok || err != nil {
			t.Errorf("an ended wish: %v", err)
		}
	})
}

func TestOneOfSeveralRequestsWithAKeyRuns(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		begin := func(now, forgotten int64) (row *store.OnceRow) {
			at(t, s, func(h *store.House) (err error) { row, err = h.BeginOnce("key", "hash", now, forgotten); return err })
			return row
		}
		ran := 0
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				var row *store.OnceRow
				if err := s.House(context.Background(), func(h *store.House) (err error) { row, err = h.BeginOnce("key", "hash", 10, 0); return err }); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if row == nil {
					ran++
				} else if row.Request != "hash" || row.Answer.Status != 0 {
					t.Errorf("%+v", row)
				}
			})
		}
		all.Wait()
		if ran != 1 {
			t.Errorf("%d ran", ran)
		}
		answer := store.OnceAnswer{Status: 200, Type: "application/json", Body: []byte("{}")}
		at(t, s, func(h *store.House) error { return h.EndOnce("key", answer) })
		if row := begin(11, 0); row == nil || !reflect.DeepEqual(row.Answer, answer) {
			t.Errorf("%+v", row)
		}
		if row := begin(100, 50); row != nil {
			t.Errorf("a key of long ago: %+v", row)
		}
		at(t, s, func(h *store.House) error { return h.EndOnce("key", store.OnceAnswer{}) })
		if row := begin(101, 50); row != nil {
			t.Errorf("a key that was given up: %+v", row)
		}
	})
}

func TestACodingIsItsCodersOwnUntilItIsDropped(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		ctx, s := context.Background(), db.Open(t)
		say := func(coder civic.Actor, more string) {
			at(t, s, func(h *store.House) error {
				return h.KeepCoding("study", coder, 1, func(body []byte) ([]byte, error) { return append(body, more...), nil })
			})
		}
		say("account:a", "one")
		say("account:b", "two")
		say("account:a", " more")
		for coder, want := range map[civic.Actor]string{"account:a": "one more", "account:b": "two", "account:c": ""} {
			if body, err := s.Coding(ctx, "study", coder); err != nil || string(body) != want {
				t.Errorf("%s said %q, %v", coder, body, err)
			}
		}
		at(t, s, func(h *store.House) error { return h.DropCodings("study") })
		if body, err := s.Coding(ctx, "study", "account:a"); err != nil || body != nil {
			t.Errorf("after it was dropped: %q, %v", body, err)
		}
	})
}

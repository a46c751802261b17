package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
)

type randomBytes struct{}

func (randomBytes) Read(p []byte) (int, error) { return rand.Read(p) }

// ID makes an ID that depends on n alone.
func ID(n int) string { return fmt.Sprintf("%026d", n) }

// Sample is one subject of each kind, the commitment with everything filled.
func Sample() (civic.Member, civic.Institution, civic.Plan, civic.Commitment) {
	m := civic.Member{ID: civic.MemberID(ID(1)), Slug: "north-macedonia", Code: "MKD", Prefix: "MK", Name: "North Macedonia", Regime: civic.National, Region: civic.Europe}
	i := civic.Institution{ID: civic.InstitutionID(ID(2)), Member: m.ID, Name: civic.Text{{Lang: "en", Text: "Ministry of Justice"}}}
	p := civic.Plan{ID: civic.PlanID(ID(3)), Member: m.ID, Slug: "north-macedonia-1", Number: "1", SourceID: "AP_MKD01", Submitted: 2012, Regime: civic.National}
	c := Commitment(4, "MK0001", "Open the justice system", "Publish every ruling of the Straße district court in الشَّفافِيَّة and 教育.")
	c.Member, c.Plans = m.ID, []civic.PlanEntry{{Plan: p.ID, Number: "2.1"}}
	c.Parts = []civic.Part{{Role: civic.Lead, Institution: i.ID, Name: "Ministry of Justice"}}
	c.Milestones = []civic.Milestone{{ID: civic.MilestoneID(ID(5)), Kind: "milestone", Title: civic.Text{{Lang: "en", Text: "Portal goes live"}}}}
	c.Tags = []civic.EditionTags{{Edition: "ogp-2017", Yes: []string{"Access to Justice", "E-Government"}}}
	c.Submitted = 2012
	return m, i, p, c
}

// Commitment makes a small commitment in English.
func Commitment(n int, ogpID, title, text string) civic.Commitment {
	return civic.Commitment{
		ID: civic.CommitmentID(ID(n)), OGPID: ogpID, Member: civic.MemberID(ID(1)), Plans: []civic.PlanEntry{{Plan: civic.PlanID(ID(3)), Number: fmt.Sprint(n)}},
		Title: civic.Text{{Lang: "en", Text: title}}, Text: civic.Text{{Lang: "en", Text: text}},
	}
}

// Put writes subjects in one transaction and returns the entry of the last.
func Put(t testing.TB, s *store.Store, subjects ...civic.Subject) (entry int64) {
	t.Helper()
	err := s.Write(context.Background(), func(tx *store.Tx) (err error) {
		for _, sub := range subjects {
			if entry, err = PutIn(tx, sub); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return entry
}

// PutIn writes a subject in an open transaction.
func PutIn(tx *store.Tx, sub civic.Subject) (int64, error) {
	p, err := store.Prepare(sub)
	if err != nil {
		return 0, err
	}
	return tx.Put(p, store.Entry{At: 1_700_000_000_000_000 + tx.Size(), Actor: civic.LocalOperator, Verb: "import", Edition: "ogp-2017"})
}

// keyOf returns the message key of a *civic.Error, "" of any other.
func keyOf(err error) string {
	var e *civic.Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

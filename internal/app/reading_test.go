package app

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// openStore opens an empty SQLite store.
func openStore(t testing.TB) *store.Store {
	t.Helper()
	st, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "avow.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

// reading is an App with the subjects of a small world.
func reading(t testing.TB, subjects ...civic.Subject) *App {
	t.Helper()
	a := New(openStore(t), Options{Now: func() time.Time { return noon }})
	record(t, a, "create", "ogp-2015", subjects...)
	return a
}

// record writes subjects through the door of the store, in one transaction.
func record(t testing.TB, a *App, verb string, edition civic.Edition, subjects ...civic.Subject) {
	t.Helper()
	if len(subjects) == 0 {
		return
	}
	err := a.store.Write(context.Background(), func(tx *store.Tx) error {
		for _, s := range subjects {
			p, err := store.Prepare(s)
			if err != nil {
				return err
			}
			if _, err := tx.Put(p, store.Entry{At: noon.UnixMicro(), Actor: civic.LocalOperator, Verb: verb, Edition: edition}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testID makes a well-formed ID that ends in n.
func testID(kind byte, n int) string { return fmt.Sprintf("0%c%024d", kind, n) }

func en(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }

var (
	lithuania = civic.Member{ID: civic.MemberID(testID('m', 1)), Slug: "lithuania", Code: "LTU", Prefix: "LT", Name: "Lithuania", Region: civic.Europe, Regime: civic.National}
	kenya     = civic.Member{ID: civic.MemberID(testID('m', 2)), Slug: "kenya", Code: "KEN", Prefix: "KE", Name: "Kenya", Region: civic.Africa, Regime: civic.National}
	buenos    = civic.Member{ID: civic.MemberID(testID('m', 3)), Slug: "buenos-aires", Code: "ARBA", Prefix: "BUE", Name: "Buenos Aires", Region: civic.Americas, Regime: civic.Local, Within: "ARG"}

	lithuania4 = civic.Plan{ID: civic.PlanID(testID('p', 1)), Member: lithuania.ID, Slug: "lithuania-4", Number: "4", SourceID: "AP_LTU04", Submitted: 2018, Regime: civic.National}
	lithuania5 = civic.Plan{ID: civic.PlanID(testID('p', 2)), Member: lithuania.ID, Slug: "lithuania-5", Number: "5", Submitted: 2021, Regime: civic.National}
	kenya3     = civic.Plan{ID: civic.PlanID(testID('p', 3)), Member: kenya.ID, Slug: "kenya-3", Number: "3", Submitted: 2018, Regime: civic.National}

	ministry = civic.Institution{ID: civic.InstitutionID(testID('b', 1)), Member: lithuania.ID, Name: en("Ministry of Justice")}
	tender   = civic.Institution{ID: civic.InstitutionID(testID('b', 2)), Member: lithuania.ID, Name: en("Public Procurement Office")}
)

// completion is an assessment of completion by one edition.
func completion(edition civic.Edition, product civic.Product, value string, missing *civic.Missing) civic.Assessment {
	return civic.Assessment{Product: product, Edition: edition, Year: 2020, Ratings: []civic.Rating{
		{Variable: "completion", Scale: "completion/2017", Value: value, Missing: missing},
	}}
}

func missing(kind civic.MissingKind, code string) *civic.Missing {
	return &civic.Missing{Kind: kind, Code: code}
}

// smallWorld is three members, three plans and six commitments.
func smallWorld() []civic.Subject {
	return []civic.Subject{
		lithuania, kenya, buenos, ministry, tender, lithuania4, lithuania5, kenya3,
		civic.Commitment{
			ID: civic.CommitmentID(testID('c', 1)), OGPID: "LT0031", Member: lithuania.ID, Submitted: 2018,
			Plans: []civic.PlanEntry{{Plan: lithuania4.ID, Number: "10"}},
			Title: en("Publish procurement data"), Text: en("Open contracting for everybody."),
			Parts: []civic.Part{{Role: civic.Lead, Institution: tender.ID, Name: "Public Procurement Office"}, {Role: civic.Supporting, Institution: ministry.ID, Name: "Ministry of Justice"}},
			Tags:  []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Open Contracting", "Open Data"}}},
			Assessments: []civic.Assessment{
				completion("ogp-2024", "progress_report", "limited", nil), completion("ogp-2024", "end_of_term_report", "substantial", nil),
			},
			Sources:    []civic.Source{{Edition: "ogp-2024", Row: 5}},
			Milestones: []civic.Milestone{{ID: civic.MilestoneID(testID('s', 1)), Code: "M1", Kind: "milestone", Title: en("Schema")}},
		},
		civic.Commitment{
			ID: civic.CommitmentID(testID('c', 2)), OGPID: "LT0032", Member: lithuania.ID, Submitted: 2018,
			Plans: []civic.PlanEntry{{Plan: lithuania4.ID, Number: "2"}},
			Title: en("Lobbying register"), Text: en("A public register, with procurement meetings."),
			Tags:        []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Lobbying"}, Unknown: []civic.UnknownTag{{Name: "Tax", Missing: *missing(civic.NoData, "ND")}}}},
			Assessments: []civic.Assessment{completion("ogp-2024", "progress_report", "", missing(civic.NotReported, "NR"))},
			Sources:     []civic.Source{{Edition: "ogp-2024", Row: 4}},
		},
		civic.Commitment{
			ID: civic.CommitmentID(testID('c', 3)), Member: lithuania.ID, Submitted: 2018,
			Plans: []civic.PlanEntry{{Plan: lithuania4.ID, Number: "4.2.2"}}, Title: en("Beneficial owners"), Text: en("Who owns what."),
		},
		civic.Commitment{
			ID: civic.CommitmentID(testID('c', 4)), OGPID: "LT0040", Member: lithuania.ID,
			Plans: []civic.PlanEntry{{Plan: lithuania5.ID, Number: "1"}, {Plan: lithuania4.ID, Number: "4.10"}},
			Title: civic.Text{{Lang: "lt", Text: "Viešieji pirkimai"}}, Text: civic.Text{{Lang: "lt", Text: "Atviri duomenys."}},
			Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Open Data"}}},
		},
		civic.Commitment{
			ID: civic.CommitmentID(testID('c', 5)), OGPID: "KE0023", Member: kenya.ID, Submitted: 2018,
			Plans: []civic.PlanEntry{{Plan: kenya3.ID, Number: "1"}}, Title: en("Open contracting portal"), Text: en("Procurement for all."),
			Assessments: []civic.Assessment{completion("ogp-2024", "progress_report", "limited", nil)}, Sources: []civic.Source{{Edition: "ogp-2024", Row: 3}},
			Tags: []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Open Contracting"}}},
		},
		civic.Commitment{
			ID: civic.CommitmentID(testID('c', 6)), OGPID: "BUE0008", Member: buenos.ID, Submitted: 2020,
			Title: civic.Text{{Lang: "es", Text: "Datos abiertos"}}, Text: civic.Text{{Lang: "es", Text: "Datos."}}, Demo: true,
		},
	}
}

// refsOf lists what a page of a list holds.
func refsOf(l CommitmentList) []string {
	out := []string{}
	for _, i := range l.Items {
		out = append(out, i.Ref)
	}
	return out
}

package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

func TestAFilterSelectsCommitments(t *testing.T) {
	a := reading(t, smallWorld()...)
	third := testID('c', 3)
	for _, c := range []struct {
		says   string
		filter CommitmentFilter
		want   []string
	}{
		{"none: newest year first, then member, plan and number", CommitmentFilter{}, []string{"LT0040", "BUE0008", "KE0023", "LT0032", third, "LT0031"}},
		{"a member by its slug", CommitmentFilter{Member: "kenya"}, []string{"KE0023"}},
		{"a member by the table's code in any case", CommitmentFilter{Member: "arba"}, []string{"BUE0008"}},
		{"a member by the letters of its OGP IDs", CommitmentFilter{Member: "BUE"}, []string{"BUE0008"}},
		{"a member that is not here", CommitmentFilter{Member: "utopia"}, nil},
		{"a region", CommitmentFilter{Region: "africa-middle-east"}, []string{"KE0023"}},
		{"a tag", CommitmentFilter{Tag: "open-contracting"}, []string{"KE0023", "LT0031"}},
		{"a tag that nobody answered", CommitmentFilter{Tag: "tax"}, nil},
		{"the plan's year where the commitment has none", CommitmentFilter{Year: 2021}, []string{"LT0040"}},
		{"the completion of the latest assessment", CommitmentFilter{Completion: "substantial"}, []string{"LT0031"}},
		{"a kind of missing completion", CommitmentFilter{Completion: "not_reported"}, []string{"LT0032"}},
		{"a language", CommitmentFilter{Lang: "lt"}, []string{"LT0040"}},
		{"a language in any case", CommitmentFilter{Lang: "LT"}, []string{"LT0040"}},
		{"a plan, also as the second of two", CommitmentFilter{Plan: "lithuania-4"}, []string{"LT0040", "LT0032", third, "LT0031"}},
		{"several at once", CommitmentFilter{Member: "ltu", Tag: "Open Data", Year: 2018}, []string{"LT0031"}},
		{"words: titles first", CommitmentFilter{Q: "procurement"}, []string{"LT0031", "KE0023", "LT0032"}},
		{"every word", CommitmentFilter{Q: "procurement register"}, []string{"LT0032"}},
		{"an OGP ID", CommitmentFilter{Q: "lt0032"}, []string{"LT0032"}},
		{"nothing but punctuation", CommitmentFilter{Q: " ?! "}, nil},
		{"blanks, which are no search", CommitmentFilter{Q: "  ", Member: "kenya"}, []string{"KE0023"}},
	} {
		t.Run(c.says, func(t *testing.T) {
			l, err := a.Commitments(context.Background(), c.filter, 0, "")
			if err != nil {
				t.Fatal(err)
			}
			if got := refsOf(l); !slices.Equal(got, c.want) || l.Total != len(c.want) || l.Next != "" {
				t.Errorf("got %v (total %d, next %q), want %v", got, l.Total, l.Next, c.want)
			}
		})
	}
}

func TestAListItemCarriesWhatItRefersTo(t *testing.T) {
	a := reading(t, smallWorld()...)
	l, err := a.Commitments(context.Background(), CommitmentFilter{Q: "LT0031"}, 1, "")
	if err != nil || len(l.Items) != 1 {
		t.Fatal(l, err)
	}
	i := l.Items[0]
	if i.Dossier.Member.Slug != "lithuania" || i.Dossier.Plans[0].Slug != "lithuania-4" || len(i.Dossier.Institutions) != 2 || i.Completion != "substantial" {
		t.Errorf("item is %+v", i)
	}
}

func TestEachFilterCountsWhatItsOtherChoicesWouldLeave(t *testing.T) {
	a := reading(t, smallWorld()...)
	l, err := a.Commitments(context.Background(), CommitmentFilter{Region: "europe", Tag: "open-data"}, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"region":     "europe:2*",
		"member":     "lithuania(Lithuania):2",
		"tag":        "anti-corruption-and-integrity(Anti-Corruption and Integrity):2 lobbying(Lobbying):1 open-contracting(Open Contracting):1 open-data(Open Data):2*",
		"facet":      "open_data:2",
		"scope":      "unknown:2",
		"year":       "2021:1 2018:1",
		"completion": "substantial:1 none:1",
		"lang":       "en:1 lt:1",
	}
	for _, f := range l.Facets {
		if got := show(f); got != want[f.Name] {
			t.Errorf("%s: got %s, want %s", f.Name, got, want[f.Name])
		}
	}
}

func TestAChosenValueThatNothingHasStaysVisible(t *testing.T) {
	a := reading(t, smallWorld()...)
	l, err := a.Commitments(context.Background(), CommitmentFilter{Member: "utopia", Tag: "aid", Year: 2003, Completion: "complete", Lang: "fr", Facet: "open_source", Scope: "out"}, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"member": "utopia(utopia):0*", "tag": "aid(Aid):0*", "year": "2003:0*", "completion": "complete:0*", "lang": "fr:0*", "region": "", "facet": "open_source:0*", "scope": "out:0*"}
	for _, f := range l.Facets {
		if got := show(f); got != want[f.Name] {
			t.Errorf("%s: got %s, want %s", f.Name, got, want[f.Name])
		}
	}
}

func show(f Facet) string {
	var out []string
	for _, c := range f.Choices {
		s := c.Value
		if c.Label != "" {
			s += "(" + c.Label + ")"
		}
		s += fmt.Sprintf(":%d", c.Count)
		if c.Selected {
			s += "*"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestPagesFollowOneAnotherWithoutGapOrRepetition(t *testing.T) {
	a := reading(t, smallWorld()...)
	for _, f := range []CommitmentFilter{{}, {Q: "procurement"}, {Member: "lithuania"}} {
		whole, err := a.Commitments(context.Background(), f, 100, "")
		if err != nil {
			t.Fatal(err)
		}
		for limit := 1; limit <= 4; limit++ {
			var got []string
			cursor := ""
			for {
				l, err := a.Commitments(context.Background(), f, limit, cursor)
				if err != nil {
					t.Fatal(err)
				}
				if l.Total != whole.Total {
					t.Errorf("total %d on a page, %d on the whole list", l.Total, whole.Total)
				}
				got = append(got, refsOf(l)...)
				if cursor = l.Next; cursor == "" {
					break
				}
			}
			if !slices.Equal(got, refsOf(whole)) {
				t.Errorf("%+v with limit %d: got %v, want %v", f, limit, got, refsOf(whole))
			}
		}
	}
}

func TestACursorStaysGoodWhenTheListChanges(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	first, err := a.Commitments(ctx, CommitmentFilter{}, 3, "")
	if err != nil {
		t.Fatal(err)
	}
	record(t, a, "create", "ogp-2024", civic.Commitment{ID: civic.CommitmentID(testID('c', 7)), OGPID: "KE0001", Member: kenya.ID, Submitted: 2022, Title: en("New")})
	rest, err := a.Commitments(ctx, CommitmentFilter{}, 10, first.Next)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"LT0032", testID('c', 3), "LT0031"}; !slices.Equal(refsOf(rest), want) || rest.Total != 7 {
		t.Errorf("after the change: %v of %d, want %v of 7", refsOf(rest), rest.Total, want)
	}
}

func TestWhatCannotExistIsInvalidAndNamed(t *testing.T) {
	a := reading(t, smallWorld()...)
	ctx := context.Background()
	l, err := a.Commitments(ctx, CommitmentFilter{}, 1, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		filter CommitmentFilter
		limit  int
		cursor string
		field  string
	}{
		{CommitmentFilter{Region: "atlantis"}, 0, "", "region"},
		{CommitmentFilter{Completion: "finished"}, 0, "", "completion"},
		{CommitmentFilter{Year: 18}, 0, "", "year"},
		{CommitmentFilter{Year: -1}, 0, "", "year"},
		{CommitmentFilter{Lang: "not a language"}, 0, "", "lang"},
		{CommitmentFilter{}, -1, "", "limit"},
		{CommitmentFilter{}, MaxLimit + 1, "", "limit"},
		{CommitmentFilter{}, 0, "x", "cursor"},
		{CommitmentFilter{}, 0, strings.Repeat("A", 1<<20), "cursor"},
		{CommitmentFilter{Member: "kenya"}, 0, l.Next, "cursor"},
	} {
		_, err := a.Commitments(ctx, c.filter, c.limit, c.cursor)
		var e *civic.Error
		if !errors.As(err, &e) || e.Kind != civic.Invalid || e.Field != c.field || e.Key != "query."+c.field {
			t.Errorf("%+v limit %d: got %v, want an invalid %s", c.filter, c.limit, err, c.field)
		}
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("")
	f.Add("x")
	f.Add(position{Filter: CommitmentFilter{}.hash(), Key: orderKey{Year: 2018, Member: "kenya", Ord: 3}}.encode())
	f.Add("eyJmIjoiIn0")
	f.Fuzz(func(t *testing.T, cursor string) {
		p, err := decodeCursor(cursor, CommitmentFilter{})
		if err != nil {
			if civic.KindOf(err) != civic.Invalid {
				t.Errorf("%q: %v is not invalid", cursor, err)
			}
			return
		}
		again, err := decodeCursor(p.encode(), CommitmentFilter{})
		if err != nil || again != p {
			t.Errorf("%q: %+v becomes %+v, %v", cursor, p, again, err)
		}
	})
}

func TestNumbersSortAsPeopleCount(t *testing.T) {
	want := []string{"", "1", "2", "2.1", "2.2", "2.10", "3a", "4.2.2", "10", "010.5", "C01", "C01.1", "C2", "C10"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, func(a, b string) int { return strings.Compare(naturalKey(a), naturalKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

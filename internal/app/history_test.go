package app

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"avow/internal/civic"
)

func date(d string) civic.When  { return civic.When{Date: d} }
func words(w string) civic.When { return civic.When{Words: w} }

func TestDatesAreComparedAtTheCoarserPrecision(t *testing.T) {
	for _, c := range []struct {
		says string
		a, b civic.When
		same bool
	}{
		{"a month and a day in it", date("2012-04"), date("2012-04-05"), true},
		{"a year and a day in it", date("2012"), date("2012-04-05"), true},
		{"a month and a day of another", date("2012-05"), date("2012-04-05"), false},
		{"an undecided date and the month of its second reading", words("04/05/2012"), date("2012-04"), true},
		{"an undecided date and the month of its first reading", words("04/05/2012"), date("2012-05"), true},
		{"an undecided date and another month", words("04/05/2012"), date("2012-06"), false},
		{"an undecided date with a short year", words("4/5/12"), date("2012-05-04"), true},
		{"two undecided dates that differ", words("04/05/2012"), words("04/06/2012"), false},
		{"words with other white space", words("IV quarter  of 2020"), words("IV quarter of 2020"), true},
		{"words and a date", words("IV quarter of 2020"), date("2020"), false},
		{"missing in the same way", civic.When{Missing: missing(civic.NotSpecified, "Not Specified")}, civic.When{Missing: missing(civic.NotSpecified, "Not Specified")}, true},
		{"missing in two ways", civic.When{Missing: missing(civic.NotSpecified, "Not Specified")}, civic.When{Missing: missing(civic.NotReported, "NR")}, false},
		{"missing and a date", civic.When{Missing: missing(civic.NotReported, "NR")}, date("2012"), false},
	} {
		if got := sameWhen(c.a, c.b); got != c.same {
			t.Errorf("%s: same is %v", c.says, got)
		}
		if sameWhen(c.a, c.b) != sameWhen(c.b, c.a) {
			t.Errorf("%s: the other way round it is different", c.says)
		}
	}
}

// state is a commitment as one edition tells it.
func state(edition civic.Edition, change func(*civic.Commitment)) civic.Commitment {
	c := civic.Commitment{
		ID: civic.CommitmentID(testID('c', 1)), Member: lithuania.ID, Plans: []civic.PlanEntry{{Plan: lithuania4.ID, Number: "1"}},
		Title:   civic.Text{{Lang: "en", Text: "A register", Guessed: true}},
		Text:    en("First line.<br/>Second line."),
		Start:   words("04/05/2012"),
		Parts:   []civic.Part{{Role: civic.Lead, Name: "Ministry"}, {Role: civic.Lead, Name: "Agency"}},
		Sources: []civic.Source{{Edition: edition, Cells: []civic.Cell{{Column: "Country", Value: "Lithuania"}}}},
		Assessments: []civic.Assessment{{Product: "progress_report", Edition: edition, Ratings: []civic.Rating{
			{Variable: "completion", Scale: "completion/2017", Missing: missing(civic.NotReported, "NR")},
			{Variable: "specificity", Scale: "specificity/2012", Value: "high", Label: "d. High"},
		}}},
	}
	if change != nil {
		change(&c)
	}
	return c
}

func TestChangedFacts(t *testing.T) {
	// later adds what the edition of 2017 tells of the same commitment.
	later := func(change func(*civic.Commitment), ratings ...civic.Rating) civic.Commitment {
		return state("ogp-2015", func(c *civic.Commitment) {
			c.Sources = append(c.Sources, civic.Source{Edition: "ogp-2017", Cells: []civic.Cell{{Column: "Country", Value: "Lithuania"}}})
			c.Assessments = append(c.Assessments, civic.Assessment{Product: "progress_report", Edition: "ogp-2017", Ratings: ratings})
			if change != nil {
				change(c)
			}
		})
	}
	for _, c := range []struct {
		says   string
		before civic.Commitment
		after  civic.Commitment
		want   []FactChange
	}{
		{"nothing", state("ogp-2015", nil), state("ogp-2015", nil), nil},
		{"white space, line breaks and the order of institutions are no change", state("ogp-2015", nil), state("ogp-2015", func(c *civic.Commitment) {
			c.Text = en(" First line. \nSecond  line.<BR>")
			c.Parts[0], c.Parts[1] = c.Parts[1], c.Parts[0]
		}), nil},
		{"another guess at a language is no change, a person's word is", state("ogp-2015", nil), state("ogp-2015", func(c *civic.Commitment) {
			c.Title = civic.Text{{Lang: "es", Text: "A register"}}
		}), []FactChange{{Field: "title.language", Before: "en", After: "es"}}},
		{"the same rating with another code and label in a newer edition", state("ogp-2015", nil),
			later(nil, civic.Rating{Variable: "specificity", Scale: "specificity/2012", Value: "high", Label: "High"}), nil},
		{"a missing rating becomes a value", state("ogp-2015", nil),
			later(nil, civic.Rating{Variable: "completion", Scale: "completion/2017", Value: "limited"}),
			[]FactChange{{Field: "rating.completion.progress_report", Before: "missing:not_reported:NR", After: "limited"}}},
		{"what only the newer edition asks is an addition", state("ogp-2015", nil),
			later(func(c *civic.Commitment) { c.Short = en("Register") }, civic.Rating{Variable: "starred_2015", Value: "no"}),
			[]FactChange{
				{Field: "short_title", After: "Register", Added: true},
				{Field: "rating.starred_2015.progress_report", After: "no", Added: true},
			}},
		{"the same edition says more: a change", state("ogp-2015", nil), state("ogp-2015", func(c *civic.Commitment) { c.URL = "https://example.org" }),
			[]FactChange{{Field: "url", After: "https://example.org"}}},
		{"something is taken back", state("ogp-2015", func(c *civic.Commitment) { c.URL = "https://example.org" }), state("ogp-2015", nil),
			[]FactChange{{Field: "url", Before: "https://example.org"}}},
		{"an undecided date is decided", state("ogp-2015", nil), later(func(c *civic.Commitment) { c.Start = date("2012-05-04") }), nil},
		{"a number in the plan", state("ogp-2015", nil), state("ogp-2015", func(c *civic.Commitment) { c.Plans = []civic.PlanEntry{{Plan: lithuania4.ID, Number: "2"}} }),
			[]FactChange{{Field: "plan.number", Before: "1", After: "2"}}},
		{"another plan", state("ogp-2015", nil), state("ogp-2015", func(c *civic.Commitment) {
			c.Plans = append(c.Plans, civic.PlanEntry{Plan: lithuania5.ID, Number: "1"})
		}), []FactChange{{Field: "plan", After: string(lithuania5.ID)}, {Field: "plan.number", After: "1"}}},
		{"a cell that no field gives back", state("ogp-2015", nil), state("ogp-2015", func(c *civic.Commitment) { c.Sources[0].Cells[0].Value = "LITHUANIA" }),
			[]FactChange{{Field: "source.Country", Before: "Lithuania", After: "LITHUANIA"}}},
		{"a tag that was answered with no", state("ogp-2017", func(c *civic.Commitment) {
			c.Tags = []civic.EditionTags{{Edition: "ogp-2017", Yes: []string{"Anti-corruption"}}}
		}), state("ogp-2017", func(c *civic.Commitment) {
			c.Tags = []civic.EditionTags{{Edition: "ogp-2017", Yes: []string{"Open Data"}, Unknown: []civic.UnknownTag{{Name: "Aid", Missing: *missing(civic.NotReported, "NR")}}}}
		}), []FactChange{
			{Field: "tag.open-data", Before: "no", After: "yes"}, {Field: "tag.aid", Before: "no", After: "missing:not_reported:NR"},
			{Field: "tag.anti-corruption", Before: "yes", After: "no"},
		}},
		{"a milestone's deadline", state("t", func(c *civic.Commitment) {
			c.Milestones = []civic.Milestone{{Code: "C01.1", Due: date("2019-12")}}
		}), state("t", func(c *civic.Commitment) {
			c.Milestones = []civic.Milestone{{Code: "C01.1", Due: date("2020-06"), Lead: "Agency"}}
		}), []FactChange{{Field: "milestone.C01.1.due", Before: "2019-12", After: "2020-06"}, {Field: "milestone.C01.1.lead", After: "Agency"}}},
		{"a later table no longer holds it", state("ogp-2015", nil), state("ogp-2015", func(c *civic.Commitment) { c.Absent = []civic.Edition{"ogp-2017"} }),
			[]FactChange{{Field: "absent.ogp-2017", After: "yes"}}},
	} {
		t.Run(c.says, func(t *testing.T) {
			if got := ChangedFacts(c.before, c.after); !slices.Equal(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
			for _, d := range DistinctShared(c.before, c.after) {
				if d.Added {
					t.Errorf("%+v is an addition", d)
				}
			}
		})
	}
}

func TestACommitmentThatIsReadAgainHasTheSameFacts(t *testing.T) {
	for _, s := range smallWorld() {
		c, ok := s.(civic.Commitment)
		if !ok {
			continue
		}
		body, err := civic.Encode(c)
		if err != nil {
			t.Fatal(err)
		}
		var again civic.Commitment
		if err := json.Unmarshal(body, &again); err != nil {
			t.Fatal(err)
		}
		if d := ChangedFacts(c, again); d != nil {
			t.Errorf("%s: %+v", refOf(c), d)
		}
	}
}

func TestWhatASourceHoldsTwiceIsNoChangeOfItself(t *testing.T) {
	c := state("t", func(c *civic.Commitment) {
		c.Assessments = append(c.Assessments, completion("t", "progress_report", "limited", nil), completion("t", "progress_report", "complete", nil))
		c.Milestones = []civic.Milestone{{Code: "1", Title: en("First")}, {Code: "1", Title: civic.Text{{Lang: "fr", Text: "Second"}}}}
	})
	if d := ChangedFacts(c, c); d != nil {
		t.Errorf("%+v", d)
	}
}

func TestAPageTellsWhatEachEntryChanged(t *testing.T) {
	a := reading(t, lithuania, lithuania4, lithuania5, state("ogp-2015", nil))
	second := state("ogp-2015", func(c *civic.Commitment) {
		c.Title = en("A public register")
		c.Plans = append(c.Plans, civic.PlanEntry{Plan: lithuania5.ID})
	})
	record(t, a, "update", "ogp-2017", second)
	record(t, a, "confirm", "ogp-2024", second)
	page, err := a.Commitment(context.Background(), testID('c', 1))
	if err != nil {
		t.Fatal(err)
	}
	var got [][5]string
	for _, h := range page.History {
		if h.At != noon.UnixMicro() || h.By != civic.LocalOperator {
			t.Errorf("%+v: wrong time or actor", h)
		}
		got = append(got, [5]string{itoa(int(h.Ledger)), string(h.Source), h.Field, h.Before, h.After})
	}
	want := [][5]string{
		{"5", "ogp-2024", "", "", ""},
		{"4", "ogp-2017", "plan", "", "lithuania-5"},
		{"4", "ogp-2017", "title", "A register", "A public register"},
		{"3", "ogp-2015", "created", "", ""},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

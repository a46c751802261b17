package app

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// told is what an edition says of one commitment.
func told(edition civic.Edition, change func(*civic.Commitment)) civic.Commitment {
	c := source(edition, draft(2, "A register", registerText)).Drafts[0].Commitment
	c.Plans = []civic.PlanEntry{{Plan: lithuania4.ID}}
	if change != nil {
		change(&c)
	}
	return c
}

func TestWhatTheNewestEditionSaysHolds(t *testing.T) {
	url := func(u string) func(*civic.Commitment) { return func(c *civic.Commitment) { c.URL = u } }
	start := func(w civic.When) func(*civic.Commitment) { return func(c *civic.Commitment) { c.Start = w } }
	title := func(p ...civic.Phrase) func(*civic.Commitment) { return func(c *civic.Commitment) { c.Title = p } }
	placed := func(n string) func(*civic.Commitment) {
		return func(c *civic.Commitment) { c.Plans = []civic.PlanEntry{{Plan: lithuania4.ID, Number: n}} }
	}
	lead := func(names ...string) func(*civic.Commitment) {
		return func(c *civic.Commitment) {
			for _, n := range names {
				c.Parts = append(c.Parts, civic.Part{Role: civic.Lead, Name: n})
			}
		}
	}
	for _, c := range []struct {
		says         string
		older, newer func(*civic.Commitment)
		of           func(civic.Commitment) any
		want         any
	}{
		{"a newer address takes the place of the older", url("http://old.example"), url("http://new.example"), func(c civic.Commitment) any { return c.URL }, "http://new.example"},
		{"what only the older says stays", url("http://old.example"), nil, func(c civic.Commitment) any { return c.URL }, "http://old.example"},
		{"what only the newer says is added", nil, url("http://new.example"), func(c civic.Commitment) any { return c.URL }, "http://new.example"},
		{"an undecided date is decided by the older's month", start(date("2012-04")), start(words("04/05/2012")), func(c civic.Commitment) any { return c.Start }, date("2012-04-05")},
		{"the other reading", start(date("2012-05")), start(words("04/05/2012")), func(c civic.Commitment) any { return c.Start }, date("2012-05-04")},
		{"a month that fits no reading decides nothing", start(date("2012-07")), start(words("04/05/2012")), func(c civic.Commitment) any { return c.Start }, words("04/05/2012")},
		{"a year that fits both readings decides nothing", start(date("2012")), start(words("04/05/2012")), func(c civic.Commitment) any { return c.Start }, words("04/05/2012")},
		{"a date becomes missing when the newer says that it is", start(date("2012")), start(civic.When{Missing: missing(civic.NotSpecified, "Not Specified")}), func(c civic.Commitment) any { return c.Start.Missing != nil }, true},
		{"a language that was corrected stays as long as the words do", title(civic.Phrase{Lang: "sw", Text: "A register"}), title(civic.Phrase{Lang: "en", Text: "A  register", Guessed: true}),
			func(c civic.Commitment) any { return c.Title[0] }, civic.Phrase{Lang: "sw", Text: "A  register"}},
		{"other words are guessed anew", title(civic.Phrase{Lang: "sw", Text: "A register"}), title(civic.Phrase{Lang: "en", Text: "Roads", Guessed: true}),
			func(c civic.Commitment) any { return c.Title[0] }, civic.Phrase{Lang: "en", Text: "Roads", Guessed: true}},
		{"the number in the plan is the newer's", placed("1"), placed("2"), func(c civic.Commitment) any { return c.Plans[0].Number }, "2"},
		{"a number that only the older has stays", placed("1"), nil, func(c civic.Commitment) any { return c.Plans[0].Number }, "1"},
		{"the institutions are the newer's", lead("Ministry"), lead("Agency", "Office"), func(c civic.Commitment) any { return partNames(c.Parts, civic.Lead) }, "Agency; Office"},
		{"institutions that only the older names stay", lead("Ministry"), nil, func(c civic.Commitment) any { return partNames(c.Parts, civic.Lead) }, "Ministry"},
	} {
		t.Run(c.says, func(t *testing.T) {
			a, b := told(interchange.OGP2015, c.older), told(interchange.OGP2017, c.newer)
			inOrder, backward := merge(a, b), merge(b, a)
			if got := c.of(inOrder); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
			if got := c.of(backward); !reflect.DeepEqual(got, c.want) {
				t.Errorf("the newer first: got %v, want %v", got, c.want)
			}
			x, _ := json.Marshal(inOrder)
			y, _ := json.Marshal(backward)
			if string(x) != string(y) {
				t.Errorf("the order shows: %s", firstDifference(x, y))
			}
			for _, edition := range []civic.Edition{interchange.OGP2015, interchange.OGP2017} {
				said := map[civic.Edition]civic.Commitment{interchange.OGP2015: a, interchange.OGP2017: b}[edition]
				if got, want := interchange.FullRow(edition, inOrder), interchange.FullRow(edition, said); !slices.Equal(got, want) {
					t.Errorf("the row of %s changed", edition)
				}
			}
			if again := merge(inOrder, a); ChangedFacts(inOrder, again) != nil {
				t.Errorf("the older again: %+v", ChangedFacts(inOrder, again))
			}
		})
	}
}

func TestTagsAndRatingsStandBesideThoseOfOtherEditions(t *testing.T) {
	rated := func(value, tag string) func(*civic.Commitment) {
		return func(c *civic.Commitment) {
			c.Assessments = []civic.Assessment{completion(c.Sources[0].Edition, "progress_report", value, nil)}
			c.Tags = []civic.EditionTags{{Edition: c.Sources[0].Edition, Yes: []string{tag}}}
		}
	}
	c := told(interchange.OGP2017, rated("complete", "E-government"))
	c = merge(c, told(interchange.OGP2015, rated("limited", "Aid")))
	c = merge(c, told(interchange.OGP2024, rated("withdrawn", "Youth")))
	c = merge(c, told(interchange.OGP2017, rated("substantial", "Budgets")))
	var got []string
	for i, a := range c.Assessments {
		got = append(got, string(a.Edition)+" "+a.Ratings[0].Value+" "+c.Tags[i].Yes[0]+" "+string(c.Sources[i].Edition))
	}
	want := []string{"ogp-2015 limited Aid ogp-2015", "ogp-2017 substantial Budgets ogp-2017", "ogp-2024 withdrawn Youth ogp-2024"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestMilestonesKeepTheirIDs(t *testing.T) {
	m := func(id, code, title string) civic.Milestone {
		return civic.Milestone{ID: civic.MilestoneID(id), Code: code, Kind: "milestone", Title: en(title)}
	}
	for _, c := range []struct {
		says        string
		known, told []civic.Milestone
		want        []string // ID, title
	}{
		{"by the source's code", []civic.Milestone{m("1", "C1.1", "Schema"), m("2", "C1.2", "Portal")}, []civic.Milestone{m("8", "C1.2", "A portal"), m("9", "C1.1", "A schema")}, []string{"1 A schema", "2 A portal"}},
		{"by the title where there is no code", []civic.Milestone{m("1", "", "Schema")}, []civic.Milestone{m("9", "", "schema")}, []string{"1 schema"}},
		{"a code and none are two", []civic.Milestone{m("1", "C1.1", "Schema")}, []civic.Milestone{m("9", "", "Schema")}, []string{"1 Schema", "9 Schema"}},
		{"one that the source has no longer stays", []civic.Milestone{m("1", "C1.1", "Schema")}, []civic.Milestone{m("9", "C1.2", "Portal")}, []string{"1 Schema", "9 Portal"}},
		{"a code that a source uses twice: each its own", []civic.Milestone{m("1", "C1.1", "Schema"), m("2", "C1.1", "Portal")}, []civic.Milestone{m("8", "C1.1", "Schema"), m("9", "C1.1", "Portals")}, []string{"1 Schema", "2 Portals"}},
	} {
		var got []string
		for _, k := range mergeMilestones(c.known, c.told) {
			got = append(got, string(k.ID)+" "+k.Title.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.says, got, c.want)
		}
		if c.known[0].Title.String() != "Schema" {
			t.Errorf("%s: the known milestone was changed in place", c.says)
		}
	}
}

func TestATrackersFilesEachTellAPart(t *testing.T) {
	cells := func(all ...string) func(*civic.Commitment) {
		return func(c *civic.Commitment) {
			for i := 0; i < len(all); i += 2 {
				c.Sources[0].Cells = append(c.Sources[0].Cells, civic.Cell{Column: all[i], Value: all[i+1]})
			}
		}
	}
	const tracker = civic.Edition("canada-nap9")
	c := merge(told(tracker, cells("title", "A", "lead", "B")), told(tracker, cells("lead", "C", "support", "D")))
	want := []civic.Cell{{Column: "title", Value: "A"}, {Column: "lead", Value: "C"}, {Column: "support", Value: "D"}}
	if !slices.Equal(c.Sources[0].Cells, want) || len(c.Sources) != 1 {
		t.Errorf("got %+v", c.Sources)
	}
}

func TestATrackersWordsHoldAndLeaveTheRowsOfOGPAsTheyAre(t *testing.T) {
	ogp := told(interchange.OGP2024, func(c *civic.Commitment) { c.OGPID = "CA0001" })
	c := merge(ogp, told("canada-nap9", func(c *civic.Commitment) { c.Title = en("The title since then") }))
	if c.Title.String() != "The title since then" {
		t.Errorf("title %q", c.Title)
	}
	if got := interchange.FullRow(interchange.OGP2024, c); !slices.Equal(got, interchange.FullRow(interchange.OGP2024, ogp)) {
		t.Error("the row of 2024 says what OGP never said")
	}
}

func TestAbsenceIsMarkedToldInHistoryAndTakenAway(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		water, roads, far := draft(2, "Water", "All water."), draft(3, "Roads", "All roads."), draft(4, "Schools", "All schools.", of("Kenya", "2"))
		takeAll(t, a, source(interchange.OGP2015, water, roads, far))
		if r := takeAll(t, a, source(interchange.OGP2017, water)); r.Vanished != 1 || !slices.Equal(codes(r), []string{"0 vanished"}) {
			t.Errorf("a plan with one row less: %+v %v", countsOf(r), codes(r))
		}
		lost := lineOfTitle(t, a, "Roads")
		if h := lost.History[0]; h.Field != "absent.ogp-2017" || h.After != "yes" || h.Verb != verbAbsent || h.Source != interchange.OGP2017 {
			t.Errorf("history begins with %+v", h)
		}
		if s := lineOfTitle(t, a, "Schools"); len(s.Dossier.Commitment.Absent) > 0 {
			t.Error("a plan that the table does not mention says nothing of its commitments")
		}
		// The rest of the table comes in a second file.
		if r := takeAll(t, a, source(interchange.OGP2017, water, roads, far)); r.Vanished != 0 || recordSize(t, a) == 0 {
			t.Errorf("the full table: %+v", countsOf(r))
		}
		found := lineOfTitle(t, a, "Roads")
		if len(found.Dossier.Commitment.Absent) > 0 {
			t.Error("the mark stays although the row is there")
		}
		if h := found.History[0]; h.Field != "absent.ogp-2017" || h.Before != "yes" || h.After != "" {
			t.Errorf("history begins with %+v", h)
		}
		l, err := a.Commitments(ctx, CommitmentFilter{}, 0, "")
		if err != nil || l.Total != 3 {
			t.Errorf("%d commitments, %v", l.Total, err)
		}
	})
}

// lineOfTitle is the page of the one commitment with a title.
func lineOfTitle(t *testing.T, a *App, title string) CommitmentPage {
	t.Helper()
	ctx := context.Background()
	l, err := a.Commitments(ctx, CommitmentFilter{Q: title}, 0, "")
	if err != nil || len(l.Items) != 1 {
		t.Fatalf("%s: %d items, %v", title, len(l.Items), err)
	}
	page, err := a.Commitment(ctx, l.Items[0].Ref)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestFilesOfOneImportTogetherAreTheirEdition(t *testing.T) {
	water, roads := draft(2, "Water", "All water."), draft(2, "Roads", "All roads.")
	a := newTestApp(t)
	if r := takeAll(t, a, source(interchange.OGP2017, water), source(interchange.OGP2017, roads)); r.Created != 2 || r.Vanished != 0 {
		t.Errorf("a table in two files: %+v %v", countsOf(r), codes(r))
	}
	size := recordSize(t, a)
	if r := takeAll(t, a, source(interchange.OGP2017, roads), source(interchange.OGP2017, water)); r.Unchanged != 2 || r.Vanished != 0 || recordSize(t, a) != size {
		t.Errorf("the files in the other order: %+v", countsOf(r))
	}
	b := newTestApp(t)
	if r := takeAll(t, b, source(interchange.OGP2015, water, roads), source(interchange.OGP2017, water)); r.Created != 2 || r.Unchanged != 1 || r.Vanished != 1 {
		t.Errorf("two tables at once: %+v %v", countsOf(r), codes(r))
	}
	if absent := lineOfTitle(t, b, "Roads").Dossier.Commitment.Absent; !slices.Equal(absent, []civic.Edition{interchange.OGP2017}) {
		t.Errorf("absent from %v", absent)
	}
	for _, first := range []civic.Edition{interchange.OGP2015, interchange.OGP2017} {
		c := newTestApp(t)
		if first == interchange.OGP2015 {
			takeAll(t, c, source(interchange.OGP2015, water, roads))
			takeAll(t, c, source(interchange.OGP2017, water))
		} else {
			takeAll(t, c, source(interchange.OGP2017, water))
			takeAll(t, c, source(interchange.OGP2015, water, roads))
		}
		if absent := lineOfTitle(t, c, "Roads").Dossier.Commitment.Absent; !slices.Equal(absent, []civic.Edition{interchange.OGP2017}) {
			t.Errorf("%s first: absent from %v", first, absent)
		}
	}
}

func TestIssuesOfSeveralFilesStandFileByFileAndRowByRow(t *testing.T) {
	a := newTestApp(t)
	warned := func(p interchange.Parsed, rows ...int) interchange.Parsed {
		for _, r := range rows {
			p.Warnings = append(p.Warnings, interchange.Issue{Row: r, Code: "text_damaged"})
		}
		return p
	}
	report := takeAll(t, a, warned(source(interchange.OGP2015, draft(2, "Water", "")), 9, 3), warned(source(interchange.OGP2017, draft(2, "Roads", "")), 7, 1))
	var got []string
	for _, w := range report.Warnings {
		got = append(got, w.File+" "+itoa(w.Row))
	}
	if want := []string{" 0", "file1.csv 3", "file1.csv 9", "file2.csv 1", "file2.csv 7"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	report = takeAll(t, a, warned(source(interchange.OGP2017, draft(2, "Roads", "")), 7))
	if report.Warnings[0].File != "" {
		t.Error("one file alone needs no name")
	}
}

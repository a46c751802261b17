package app

import (
	"context"
	"slices"
	"testing"

	"avow/internal/civic"
	"avow/internal/demo"
	"avow/internal/interchange"
	"avow/internal/taxonomy"
)

func TestADecisionShowsInTheReportsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		one := bare(1, "Rules for algorithms", "Digital Governance")
		record(t, a, "create", "ogp-2024", lithuania, lithuania4, one)
		ask := func() TagQuality {
			q, err := a.TagQuality(ctx, "")
			if err != nil {
				t.Fatal(err)
			}
			return q
		}
		if q := ask(); q.Looked != 1 || len(q.Decided) != 0 {
			t.Fatalf("%d were looked at, decided are %+v", q.Looked, q.Decided)
		}
		ask()
		if len(a.reports.of) != 1 {
			t.Errorf("%d reports are kept", len(a.reports.of))
		}
		err := a.DecideTags(ctx, civic.Operator(), []TagChoice{{Commitment: string(one.ID), Tag: "Open Data", Verdict: civic.TagAccepted}})
		if err != nil {
			t.Fatal(err)
		}
		if q := ask(); q.Looked != 0 || len(q.Decided) != 1 || q.Decided[0].Others != 1 {
			t.Errorf("after a decision %d were looked at, decided are %+v", q.Looked, q.Decided)
		}
		// Another process writes to the same record, and this one does not hear of it.
		two := bare(2, "Rules for networks", "Digital Governance")
		two.Tags = append([]civic.EditionTags{{Edition: "ogp-2017", Yes: []string{"E-Government"}}}, two.Tags...)
		record(t, a, "create", "ogp-2024", two)
		if q := ask(); q.Looked != 1 {
			t.Errorf("after another process wrote %d were looked at", q.Looked)
		}
		losses, err := a.LostTags(ctx)
		if err != nil || len(losses) != 1 || !slices.Equal(losses[0].Lost, []string{string(two.ID)}) {
			t.Errorf("lost are %+v, %v", losses, err)
		}
		// Change sets count at once as well: the tag below leads to another one above it.
		if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
			t.Fatal(err)
		}
		if q, err := a.TagQuality(ctx, "open digital"); err != nil || q.Under.ID != "open-digital" {
			t.Errorf("%+v, %v", q.Under, err)
		}
	})
}

func TestReportsThatAreKeptAreFew(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	_, graph, err := a.Taxonomy(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for tag := range graph.All() {
		if n++; n > 3*mostReports {
			break
		}
		if _, err := a.TagQuality(ctx, string(tag.ID)); err != nil {
			t.Fatal(err)
		}
		if len(a.reports.of) > mostReports {
			t.Fatalf("%d reports are kept after %d", len(a.reports.of), n)
		}
	}
}

// APP-6 of the paper's requirements: what is filed under digital governance alone and
// looks like something else is told with counts before and after, and nothing changes.
func TestWhatIsMisfiledIsToldWithCountsAndNothingChanges(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		takeTable(t, a, table2017)
		takeTable(t, a, table2024)
		size := recordSize(t, a)
		q, err := a.TagQuality(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		// By hand, in the table of 2024: AU0024 and NO0063 have it with tags below it, and
		// else with tags that say how: legislation, regulation, capacity building, public
		// participation. The other five of seven are filed under something else as well.
		if q.Looked != 2 || q.Unread != 0 {
			t.Errorf("%d were looked at, %d were not", q.Looked, q.Unread)
		}
		at := slices.IndexFunc(q.Shifts, func(s taxonomy.Shift) bool { return s.Tag == "digital-governance" })
		if at < 0 || q.Shifts[at].Before != (taxonomy.Count{Direct: 7, Rolled: 7}) || q.Shifts[at].After.Direct != 7-len(q.Misfiled) {
			t.Errorf("counts are %+v with %d misfiled", q.Shifts, len(q.Misfiled))
		}
		// E-government is on more commitments than are looked at, in one table alone.
		q, err = a.TagQuality(ctx, "e-government")
		if err != nil {
			t.Fatal(err)
		}
		has := count(t, a, "e-government").Commitments
		if q.Unread != max(0, has-MostMisfiled) || q.Looked == 0 || len(q.Misfiled) == 0 || len(q.Misfiled) > q.Looked {
			t.Errorf("of %d, %d were looked at, %d were not, %d are misfiled", has, q.Looked, q.Unread, len(q.Misfiled))
		}
		for _, m := range q.Misfiled {
			for _, p := range m.Proposed {
				if slices.Contains(aside, p.Tag.ID) || p.Tag.ID == "e-government" {
					t.Errorf("%s: %s is nothing else", m.Item.Ref, p.Tag.ID)
				}
				i := slices.IndexFunc(q.Shifts, func(s taxonomy.Shift) bool { return s.Tag == p.Tag.ID })
				if i < 0 || q.Shifts[i].After.Direct <= q.Shifts[i].Before.Direct {
					t.Errorf("%s does not grow: %+v", p.Tag.ID, q.Shifts)
				}
			}
		}
		if now := recordSize(t, a); now != size {
			t.Errorf("the report wrote %d entries", now-size)
		}
	})
}

func TestABulkIsListedAsWhatWasDecidedTogether(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		record(t, a, "create", "ogp-2024", lithuania, lithuania4, bare(1, "A", "Open Data"), bare(2, "B", "Open Data"), bare(3, "C", "Open Data"))
		take := func(n int) TagChoice {
			return TagChoice{Commitment: testID('c', n), Tag: "open data", Verdict: civic.TagRemoved, Reason: en("It was a mistake.")}
		}
		first, err := a.DecideTagsTogether(ctx, civic.Operator(), []TagChoice{take(3), take(1)})
		if err != nil {
			t.Fatal(err)
		}
		alone, err := a.DecideTagsTogether(ctx, civic.Operator(), []TagChoice{take(2)})
		if err != nil {
			t.Fatal(err)
		}
		together := func(from int64, limit int) ([]string, int64) {
			said, next, err := a.DecidedTogether(ctx, from, limit)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, s := range said {
				if s.Key != "story.tagged.removed" {
					t.Errorf("told is %s", s.Key)
				}
				out = append(out, s.Subject)
			}
			return out, next
		}
		if got, next := together(first, 0); !slices.Equal(got, []string{testID('c', 3), testID('c', 1)}) || next != 0 {
			t.Errorf("together are %v, then %d", got, next)
		}
		if got, next := together(first, 1); len(got) != 1 || next != first+1 {
			t.Errorf("one of them is %v, then %d", got, next)
		}
		if got, _ := together(alone, 0); !slices.Equal(got, []string{testID('c', 2)}) {
			t.Errorf("alone is %v", got)
		}
		for id, want := range map[string]bool{testID('c', 1): true, testID('c', 2): false} {
			story, err := a.Story(ctx, civic.KindCommitment, id, StoryPage{})
			if err != nil {
				t.Fatal(err)
			}
			if got := slices.ContainsFunc(story[0].More, func(s civic.Said) bool { return s.Key == "story.tagged.together" }); got != want {
				t.Errorf("the history of %s says %+v", id, story[0].Said())
			}
		}
		if again, err := a.DecideTagsTogether(ctx, civic.Operator(), []TagChoice{{Commitment: testID('c', 1), Tag: "gender", Verdict: civic.TagRemoved, Reason: en("No.")}}); err == nil || again != -1 {
			t.Errorf("a tag that is not in force was taken away: %d, %v", again, err)
		}
		if _, _, err := a.DecidedTogether(ctx, 0, 0); civic.KindOf(err) != civic.NotFound {
			t.Errorf("an entry that is no decision: %v", err)
		}
	})
}

func TestADecisionByAProgramAnswersTheProposalThatThereIs(t *testing.T) {
	a := reading(t, lithuania, lithuania4, bare(1, "A register of lobbyists", "Lobbying"))
	ctx := context.Background()
	got, err := a.Answering(ctx, civic.Operator(), []TagChoice{
		{Commitment: testID('c', 1), Tag: "Anti-Corruption and Integrity", Verdict: civic.TagAccepted},
		{Commitment: testID('c', 1), Tag: "Aid", Verdict: civic.TagAccepted},
		{Commitment: "NOBODY0001", Tag: "Aid", Verdict: civic.TagAccepted}})
	if err != nil || len(got) != 3 || got[0].Origin != civic.FromGraph || got[1].Origin != "" || got[2].Origin != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

// The paper's case (domain 3.3, APP-4 and APP-6): an open source commitment that is filed
// under digital governance, and a new tag that nothing has been learned of yet.
func TestWhatIsFiledUnderDigitalGovernanceForWantOfATagIsFound(t *testing.T) {
	a := newTestApp(t)
	ctx := context.Background()
	for _, f := range demo.Files {
		mustImport(t, a, ImportRequest{Format: f.Format, Inputs: []interchange.Input{interchange.BytesInput(f.Name, f.Data)}})
	}
	if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
		t.Fatal(err)
	}
	q, err := a.TagQuality(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(q.Misfiled, func(m Misfiled) bool { return m.Item.Ref == "DE0039" })
	if at < 0 || !slices.ContainsFunc(q.Misfiled[at].Proposed, func(p Proposal) bool { return p.Tag.ID == "open-source" }) {
		t.Errorf("misfiled are %+v", q.Misfiled)
	}
	i := slices.IndexFunc(q.Shifts, func(s taxonomy.Shift) bool { return s.Tag == "open-source" })
	if i < 0 || q.Shifts[i].Before.Direct != 0 || q.Shifts[i].After.Direct == 0 {
		t.Errorf("counts are %+v", q.Shifts)
	}
}

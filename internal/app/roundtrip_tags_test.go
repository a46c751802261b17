package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/store/storetest"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// eachTwo runs a test on each engine with two empty records.
func eachTwo(t *testing.T, run func(t *testing.T, a, b *App)) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		other := storetest.SQLite
		if db.Name != storetest.SQLite(t).Name {
			other = storetest.Postgres
		}
		run(t, appOver(db.Open(t)), appOver(other(t).Open(t)))
	})
}

func fileOf(lines []byte) ImportRequest {
	return ImportRequest{Format: "jsonl", Inputs: []interchange.Input{interchange.BytesInput("all.jsonl", lines)}}
}

func demoFile(t *testing.T) []byte {
	t.Helper()
	demo, err := os.ReadFile("../demo/demo.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return demo
}

// fieldOfItsOwn is a change set that makes a tag.
const fieldOfItsOwn = `{"change_set": "water-field", "title": "Water", "reason": "It is looked for.", "changes": [
	{"op": "create", "names": {"en": "Rivers and wells", "fr": "Rivières et puits"}, "aliases": ["Streams"], "definition": "Water where it is found."},
	{"op": "relate", "tag": "Rivers and wells", "related": "Open Data", "reason": "Gauges are data."}]}`

func setOf(t *testing.T, text string) taxonomy.Set {
	t.Helper()
	set, err := taxonomy.ReadSet(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// furnish fills a record with everything that tags and studies are: the demonstration
// data, the appendix, a set that was applied, undone, redone and undone, decisions, and a
// study from the question to its proposals.
func furnish(t *testing.T, a *App) study.ID {
	t.Helper()
	ctx := context.Background()
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	mustImport(t, a, fileOf(demoFile(t)))
	_, err := a.ApplyTags(ctx, civic.Operator(), appendix(t))
	do(err)
	_, err = a.ApplyTags(ctx, civic.Operator(), setOf(t, fieldOfItsOwn))
	do(err)
	do(a.UndoTags(ctx, civic.Operator(), "water-field", inEnglish("Too early.")))
	do(a.RedoTags(ctx, civic.Operator(), "water-field", inEnglish("Not too early.")))
	su, reviewer := person(t, a, "su@example.org", civic.SupportUnit, civic.Scope{}), person(t, a, "irm@example.org", civic.Reviewer, civic.Scope{})
	id, err := a.FreezeStudy(ctx, su, StudyInput{Title: inEnglish("What is promised"), Question: inEnglish("Which subjects are there?")})
	do(err)
	do(a.SuggestGroups(ctx, su, id, 3))
	p, err := a.WorkStudy(ctx, su, id)
	do(err)
	one, two := p.Groups[0].Key, p.Groups[1].Key
	do(a.NameGroup(ctx, su, id, one, inEnglish("One"), inEnglish("The first.")))
	do(a.NameGroup(ctx, su, id, two, inEnglish("Two"), inEnglish("The second.")))
	do(a.WriteMemo(ctx, su, id, study.OnGroup, p.Groups[2].Key, inEnglish("Not a group of its own.")))
	do(a.WriteMemo(ctx, su, id, study.OnCommitment, string(p.List[0].Commitment), inEnglish("Belongs to both.")))
	to := one
	if p.Items[0].Group == one {
		to = two
	}
	do(a.MoveItem(ctx, reviewer, id, p.List[0].Commitment, to))
	do(a.OpenCoding(ctx, su, id, 2, true))
	do(errors.Join(a.JoinAsCoder(ctx, su, id), a.JoinAsCoder(ctx, reviewer, id)))
	for i, item := range p.List {
		codes := []string{[]string{one, two}[i%2]}
		do(a.Code(ctx, su, id, study.Answer{Commitment: item.Commitment, Codes: codes, Note: "as it reads"}))
		if i%9 == 0 {
			codes = []string{one, two}
		}
		if i > 1 { // two stay without an answer
			do(a.Code(ctx, reviewer, id, study.Answer{Commitment: item.Commitment, Codes: codes}))
		}
	}
	do(errors.Join(a.HandIn(ctx, su, id, false), a.HandIn(ctx, reviewer, id, true)))
	p, err = a.WorkStudy(ctx, su, id)
	do(err)
	for _, o := range p.Open {
		do(a.SettleCodes(ctx, su, id, o.Commitment, []string{one}, inEnglish("Read together.")))
	}
	do(a.ProposeTags(ctx, su, id, map[string]string{one: "Rivers and wells", two: "Open Data"}))
	do(a.PublishStudy(ctx, su, id))
	do(a.DecideTags(ctx, su, []TagChoice{
		{Commitment: p.List[0].Ref, Tag: "Streams", Verdict: civic.TagAccepted, Origin: civic.FromCluster, Study: string(id)},
		{Commitment: p.List[1].Ref, Tag: "open-data", Verdict: civic.TagRejected, Reason: inEnglish("It is not.")},
	}))
	do(a.UndoTags(ctx, civic.Operator(), "water-field", inEnglish("Decided otherwise.")))
	return id
}

// publicTags is what everybody is told of the tags.
func publicTags(t *testing.T, a *App) string {
	t.Helper()
	ctx := context.Background()
	timeline, graph, err := a.Taxonomy(ctx)
	if err != nil {
		t.Fatal(err)
	}
	versions, err := json.Marshal(timeline.Versions())
	if err != nil {
		t.Fatal(err)
	}
	today, err := json.Marshal(graph)
	if err != nil {
		t.Fatal(err)
	}
	var turtle bytes.Buffer
	if err := a.ExportTaxonomy(ctx, "ttl", "https://example.org", &turtle); err != nil {
		t.Fatal(err)
	}
	return answer(t, a) + string(versions) + string(today) + turtle.String()
}

func TestTagsAndStudiesComeBackByteForByte(t *testing.T) {
	eachTwo(t, func(t *testing.T, a, b *App) {
		ctx := context.Background()
		id := furnish(t, a)
		lines := exportSubjects(t, a)
		try := fileOf(lines)
		try.DryRun = true
		tried := mustImport(t, b, try)
		if recordSize(t, b) != 0 || tried.Others.New == 0 {
			t.Errorf("a dry run wrote %d entries; others %+v", recordSize(t, b), tried.Others)
		}
		done := mustImport(t, b, fileOf(lines))
		if countsOf(done) != countsOf(tried) || done.Others != tried.Others || done.Refused+done.Undecided > 0 {
			t.Fatalf("%+v %+v, tried %+v %+v: %v", countsOf(done), done.Others, countsOf(tried), tried.Others, done.Warnings)
		}
		if again := exportSubjects(t, b); !bytes.Equal(lines, again) {
			t.Errorf("the lines differ after a round trip: %s", firstDifference(lines, again))
		}
		if x, y := publicTags(t, a), publicTags(t, b); x != y {
			t.Errorf("the tags answer otherwise: %s", firstDifference([]byte(x), []byte(y)))
		}
		x, errA := a.PublishedStudy(ctx, id)
		y, errB := b.PublishedStudy(ctx, id)
		if errA != nil || errB != nil || !sameSubject(x.Study, y.Study) || len(y.Codings) != 2 || len(x.Open) != len(y.Open) {
			t.Errorf("the study: %v %v, %d codings, %d and %d to talk about", errA, errB, len(y.Codings), len(x.Open), len(y.Open))
		}
		if x.Elsewhere || !y.Elsewhere || y.List[3].Content.Title.String() == "" {
			t.Errorf("frozen elsewhere: %v %v, %+v", x.Elsewhere, y.Elsewhere, y.List[3].Content)
		}
		if _, err := b.RerunStudy(ctx, civic.Operator(), id); civic.KindOf(err) != civic.Conflict {
			t.Errorf("its question asked of another record: %v", err)
		}
		size := recordSize(t, b)
		same := mustImport(t, b, fileOf(lines))
		if recordSize(t, b) != size || same.Others.New+same.Updated+same.Created+same.Refused+same.Undecided != 0 || same.Others.Unchanged != done.Others.New {
			t.Errorf("the same file again: %d entries, %+v %+v %v", recordSize(t, b)-size, countsOf(same), same.Others, same.Warnings)
		}
		for _, app := range []*App{a, b} {
			if report, err := app.store.Verify(ctx, store.VerifyOptions{}); err != nil || !report.OK() {
				t.Errorf("the record does not fit: %v %v", report.Problems, err)
			}
		}
		told, err := b.Changes(ctx, StoryPage{Limit: 200})
		if err != nil || len(told) == 0 {
			t.Errorf("the story of what came: %v", err)
		}
	})
}

func TestWhatASetWentOnToIsTakenOnTopOfWhatIsKnown(t *testing.T) {
	a, b := newTestApp(t), newTestApp(t)
	ctx := context.Background()
	_, err := a.ApplyTags(ctx, civic.Operator(), appendix(t))
	if err != nil {
		t.Fatal(err)
	}
	mustImport(t, b, fileOf(exportSubjects(t, a)))
	if err := a.UndoTags(ctx, civic.Operator(), "open-digital", inEnglish("Not yet.")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.ApplyTags(ctx, civic.Operator(), setOf(t, fieldOfItsOwn)); err != nil {
		t.Fatal(err)
	}
	lines := exportSubjects(t, a)
	known := kindCount(t, b, civic.KindTagChange)
	r := mustImport(t, b, fileOf(lines))
	if r.Refused+r.Undecided > 0 || r.Others.Unchanged != known || r.Others.New != known+2 {
		t.Errorf("%+v %v", r.Others, r.Warnings)
	}
	if x, y := publicTags(t, a), publicTags(t, b); x != y {
		t.Errorf("the tags answer otherwise: %s", firstDifference([]byte(x), []byte(y)))
	}
	// Another record went on otherwise: nothing of it is taken, nothing here changes.
	c := newTestApp(t)
	if _, err := c.ApplyTags(ctx, civic.Operator(), setOf(t, fieldOfItsOwn)); err != nil {
		t.Fatal(err)
	}
	before, size := publicTags(t, c), recordSize(t, c)
	r = mustImport(t, c, fileOf(lines))
	if r.Others.New != 0 || r.Undecided == 0 || r.Warnings[0].Code != "taxonomy_differs" || publicTags(t, c) != before || recordSize(t, c) != size {
		t.Errorf("a taxonomy that went on otherwise: %+v %d %v", r.Others, r.Undecided, r.Warnings)
	}
}

package app

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// gatheredWorld is a small world with one subject of each kind that a plan gathers.
func gatheredWorld() []civic.Subject {
	m, p, c := lithuania.ID, lithuania4.ID, civic.CommitmentID(testID('c', 1))
	report := civic.Report{ID: civic.ReportID(testID('r', 1)), Member: m, Plan: p, Commitment: c, Institution: tender.ID, Period: "2019-1", Status: civic.SelfLimited,
		Done: en("A portal was tested."), Challenges: en("Time."), Evidence: []civic.Evidence{{URL: "https://example.org/portal"}},
		Steps: []civic.MilestoneState{{Milestone: civic.MilestoneID(testID('s', 1)), Status: civic.SelfCompleted, DoneOn: "2019-05-06"}}}
	rules := civic.DocumentID(testID('d', 1))
	meeting := civic.MeetingID(testID('g', 1))
	return append(smallWorld(),
		civic.Grant{ID: civic.GrantID(testID('a', 1)), Account: civic.AccountID(testID('a', 2)), Role: civic.Reporter, Scope: civic.Scope{Member: m, Institution: tender.ID}, By: civic.LocalOperator},
		report,
		civic.Testimony{ID: civic.TestimonyID(testID('t', 1)), Report: report.ID, Member: m, Plan: p, Commitment: c, Happened: true, Month: "2019-08", Way: civic.Way{Channel: civic.Web}},
		civic.Dispute{ID: civic.DisputeID(testID('t', 2)), Report: report.ID, Member: m, Plan: p, Commitment: c, Claim: en("It was not tested."), By: civic.ForumMember, On: "2019-09-01"},
		civic.Forum{ID: civic.ForumID(testID('f', 1)), Member: m, Name: en("The forum"), Rules: rules, Government: 3, Civil: 3},
		civic.Meeting{ID: meeting, Member: m, Plan: p, Kind: "forum", On: "2019-05-01", Title: en("First meeting"), Minutes: civic.DocumentID(testID('d', 2))},
		civic.Step{ID: civic.StepID(testID('g', 2)), Member: m, Plan: p, Kind: "outreach", Title: en("Radio"), Start: "2019-01-02"},
		civic.Document{ID: rules, Member: m, Kind: "forum_rules", Title: en("Rules"), Dated: "2019-01-01", URL: "https://example.org/rules"},
		civic.Document{ID: civic.DocumentID(testID('d', 2)), Member: m, Meeting: meeting, Kind: "minutes", Title: en("Minutes"), Dated: "2019-05-02", URL: "https://example.org/minutes"},
		civic.Contribution{ID: civic.ContributionID(testID('t', 3)), Member: m, Plan: p, Text: en("More portals."), Month: "2019-02", Way: civic.Way{Channel: civic.Paper, Consent: true, Place: "the market"}},
		civic.Tension{ID: civic.TensionID(testID('w', 1)), Member: m, Commitments: []civic.CommitmentID{c}, Topic: en("Open data and privacy"), Laws: []string{"Act 1"}},
		civic.Tool{ID: civic.ToolID(testID('w', 2)), Member: m, Name: "Portal", Commitments: []civic.CommitmentID{c}},
	)
}

func TestWhatAPlanGathersComesBackByteForByte(t *testing.T) {
	eachTwo(t, func(t *testing.T, a, b *App) {
		r := takeLines(t, a, gatheredWorld()...)
		if r.Refused+r.Undecided > 0 || r.Reports.New != 1 || r.Others.New != 11 {
			t.Fatalf("%+v %+v %+v %v", countsOf(r), r.Reports, r.Others, r.Warnings)
		}
		lines := exportSubjects(t, a)
		mustImport(t, b, fileOf(lines))
		if again := exportSubjects(t, b); !bytes.Equal(lines, again) {
			t.Errorf("the lines differ: %s", firstDifference(lines, again))
		}
		size := recordSize(t, b)
		if r := mustImport(t, b, fileOf(lines)); recordSize(t, b) != size || r.Others.Unchanged != 11 || r.Reports.Unchanged != 1 || r.Others.New+r.Reports.New != 0 {
			t.Errorf("again: %+v %+v %v", r.Others, r.Reports, r.Warnings)
		}
		if told, err := b.Changes(context.Background(), StoryPage{}); err != nil || len(told) == 0 {
			t.Errorf("the story: %v", err)
		}
		other := bytes.Replace(lines, []byte("A portal was tested."), []byte("Nothing was tested."), 1)
		if r := mustImport(t, b, fileOf(other)); r.Undecided != 1 || r.Warnings[0].Code != "known_differs" || recordSize(t, b) != size {
			t.Errorf("a report that says otherwise: %+v %v", countsOf(r), r.Warnings)
		}
	})
}

func TestSubjectsOfAnotherRecordFollowTheirMemberAndCommitment(t *testing.T) {
	a := newTestApp(t)
	takeLines(t, a, smallWorld()...)
	world := foreign()
	m, c := world[0].(civic.Member), world[3].(civic.Commitment)
	tool := civic.Tool{ID: civic.ToolID(testID('w', 9)), Member: m.ID, Name: "Portal", Commitments: []civic.CommitmentID{c.ID}}
	r := takeLines(t, a, append(world, tool)...)
	got, _, err := read[civic.Tool](context.Background(), a, civic.KindTool, string(tool.ID))
	if err != nil || r.Refused > 0 || got.Member != lithuania.ID || string(got.Commitments[0]) != testID('c', 1) {
		t.Errorf("%+v, %v, %v", got, err, r.Warnings)
	}
}

// changed returns the lines of a world with one subject changed by its text.
func changed(t *testing.T, lines []byte, old, now string) []byte {
	t.Helper()
	if !bytes.Contains(lines, []byte(old)) {
		t.Fatalf("%q is not in the lines", old)
	}
	return bytes.Replace(lines, []byte(old), []byte(now), 1)
}

func TestEachLineThatCannotBeTakenIsToldWithItsLineAndField(t *testing.T) {
	from := newTestApp(t)
	id := furnish(t, from)
	whole := exportSubjects(t, from)
	at := func(lines []byte, has ...string) int {
		for i, line := range strings.Split(string(lines), "\n") {
			if !slices.ContainsFunc(has, func(h string) bool { return !strings.Contains(line, h) }) {
				return i + 1
			}
		}
		t.Fatalf("no line with %q", has)
		return 0
	}
	without := func(lines []byte, has ...string) []byte {
		n := at(lines, has...)
		all := strings.SplitAfter(string(lines), "\n")
		return []byte(strings.Join(slices.Delete(all, n-1, n), ""))
	}
	study := string(id)
	for _, x := range []struct {
		says, code, key, column string
		lines                   []byte
		has                     []string // of the line that is named
		left                    civic.Kind
	}{
		{"an operation on an unknown tag", "tag_change", taxonomy.KeyUnknownTag, "parents", changed(t, whole, `"parents":["open-digital"]`, `"parents":["no-such-tag"]`), []string{`no-such-tag`}, civic.KindTagChange},
		{"a set that makes a cycle", "tag_change", taxonomy.KeyCycle, "parents", changed(t, whole, `"op":"relate","tag":"rivers-and-wells","related":["open-data"]`, `"op":"add_parent","tag":"open-digital","parents":["digital-government"]`), []string{`"op":"add_parent","tag":"open-digital"`, `"version":5`}, ""},
		{"a tag that is related to one above it", "tag_change", taxonomy.KeyRelatedAbove, "related", changed(t, whole, `"op":"create","tag":"rivers-and-wells"`, `"op":"create","tag":"rivers-and-wells","parents":["open-data"]`), []string{`"op":"relate"`, `"version":5`}, ""},
		{"a place that is there twice", "subject_twice", "", "tag-change", changed(t, whole, `"set":"water-field","place":2`, `"set":"water-field","place":1`), []string{`"op":"relate"`, `"version":5`}, ""},
		{"a set that is not whole", "tag_change", taxonomy.KeyIncomplete, "", without(whole, `"op":"relate"`, `"version":6`), []string{`"version":6`}, ""},
		{"a day before the one before it", "tag_change", taxonomy.KeyDateBefore, "effective", bytes.ReplaceAll(whole, []byte(`"version":5,"effective":"2`), []byte(`"version":5,"effective":"1`)), []string{`"op":"create"`, `"version":5`}, ""},
		{"an undone set that was never applied", "tag_change", taxonomy.KeySetUnknown, "", bytes.ReplaceAll(whole, []byte(`"state":"applied","version":4,`), []byte(`"state":"undone","version":4,`)), nil, civic.KindTagChange},
		{"a version that is left out", "tag_change", taxonomy.KeyVersionOrder, "", bytes.ReplaceAll(whole, []byte(`"version":8,`), []byte(`"version":9,`)), []string{`"op":"create"`, `"version":9`}, ""},
		{"a field that undoing would not have left", "tag_change", taxonomy.KeyNotAsMade, "aliases", lastChanged(t, whole, `"text":"Streams"`, `"text":"Brooks"`), []string{`Brooks`}, ""},
		{"a decision of a kind that does not exist", "value_unknown", "", "tag_decisions.verdict", changed(t, whole, `"verdict":"rejected"`, `"verdict":"perhaps"`), []string{`perhaps`}, ""},
		{"a study of a commitment that is not there", "unknown_reference", "", "items.commitment", without(whole, `"kind":"commitment"`), []string{`"kind":"study"`}, civic.KindStudy},
		{"a study whose coding is not there", "study", "study.fault.no_coding", "coders", without(whole, `"kind":"coding"`, `"label":"B"`), []string{`"kind":"study"`}, civic.KindStudy},
		{"a coding of an unknown study", "unknown_reference", "", "", without(whole, `"kind":"study"`), []string{`"kind":"coding"`}, civic.KindCoding},
		{"a coding of an unknown coder", "study", "study.fault.no_label", "label", changed(t, whole, `"study":"`+study+`","label":"B"`, `"study":"`+study+`","label":"C"`), []string{`"kind":"coding"`, `"label":"C"`}, civic.KindCoding},
		{"an answer with a code that is none", "study", "study.fault.code", "answers", lastChanged(t, whole, `"codes":["`, `"codes":["g99","`), []string{`"kind":"coding"`, `g99`}, civic.KindCoding},
		{"results that are of other codings", "study", "study.fault.whole", "results", changed(t, whole, `"agreed":`, `"agreed":9`), []string{`"kind":"study"`}, civic.KindStudy},
		{"a proposal that no version of the taxonomy has", "study", "study.fault.tag", "tag.g", changed(t, whole, `"tag":"rivers-and-wells"}`, `"tag":"rivers-and-welds"}`), []string{`"kind":"study"`}, civic.KindStudy},
	} {
		t.Run(x.says, func(t *testing.T) {
			a := newTestApp(t)
			req := fileOf(x.lines)
			req.DryRun = true
			tried := mustImport(t, a, req)
			r := mustImport(t, a, fileOf(x.lines))
			if r.Refused == 0 || countsOf(tried) != countsOf(r) || len(tried.Warnings) != len(r.Warnings) {
				t.Fatalf("%+v, tried %+v, %v", countsOf(r), countsOf(tried), r.Warnings)
			}
			line := 0
			if x.has != nil {
				line = at(x.lines, x.has...)
			}
			if !slices.ContainsFunc(r.Warnings, func(i interchange.Issue) bool {
				return i.Code == x.code && (x.key == "" || i.Key == x.key) && strings.HasPrefix(i.Column, x.column) && (line == 0 || i.Row == line)
			}) {
				t.Errorf("no %s %s of %q on line %d: %v", x.code, x.key, x.column, line, r.Warnings)
			}
			if x.left != "" && kindCount(t, a, x.left) != 0 {
				t.Errorf("%d %s were taken", kindCount(t, a, x.left), x.left)
			}
			if _, _, err := a.Taxonomy(context.Background()); err != nil {
				t.Errorf("the taxonomy is broken: %v", err)
			}
		})
	}
}

// lastChanged is changed for the last place.
func lastChanged(t *testing.T, lines []byte, old, now string) []byte {
	t.Helper()
	i := bytes.LastIndex(lines, []byte(old))
	if i < 0 {
		t.Fatalf("%q is not in the lines", old)
	}
	return slices.Concat(lines[:i], []byte(now), lines[i+len(old):])
}

func TestARoleOfAnAccountOfThisDatabaseIsNoMatterOfAFile(t *testing.T) {
	a := newTestApp(t)
	takeLines(t, a, smallWorld()...)
	who := person(t, a, "ana@example.org", civic.Citizen, civic.Scope{})
	size := recordSize(t, a)
	r := takeLines(t, a, civic.Grant{ID: civic.GrantID(testID('a', 1)), Account: who.Account, Role: civic.Administrator, By: civic.LocalOperator})
	if r.Refused != 1 || r.Warnings[0].Code != "grant_here" || recordSize(t, a) != size {
		t.Errorf("%+v %v", countsOf(r), r.Warnings)
	}
}

func TestWhatNeedsAFileThatIsNotKeptHereIsRefusedWithWhatRestsOnIt(t *testing.T) {
	a := newTestApp(t)
	world := gatheredWorld()
	for i, s := range world {
		if r, ok := s.(civic.Report); ok {
			r.Evidence = []civic.Evidence{{File: &civic.File{SHA256: strings.Repeat("ab", 32), Name: "a.png", Type: "image/png", Size: 3}}}
			world[i] = r
		}
	}
	r := takeLines(t, a, world...)
	if r.Refused != 3 || !slices.ContainsFunc(r.Warnings, func(i interchange.Issue) bool { return i.Code == "file_elsewhere" }) || r.Others.New != 9 {
		t.Errorf("%+v %+v %v", countsOf(r), r.Others, r.Warnings)
	}
}

func TestAStudyThatIsCodedElsewhereIsNotFinishedHere(t *testing.T) {
	a, b := newTestApp(t), newTestApp(t)
	ctx := context.Background()
	su, reviewer := coders(t, a)
	id := frozen(t, a, su)
	var errs []error
	for _, name := range []string{"One", "Other"} {
		errs = append(errs, a.NameGroup(ctx, su, id, "", inEnglish(name), inEnglish("It is.")))
	}
	p, err := a.WorkStudy(ctx, su, id)
	errs = append(errs, err, a.OpenCoding(ctx, su, id, 2, true), a.JoinAsCoder(ctx, su, id), a.JoinAsCoder(ctx, reviewer, id))
	for _, who := range []civic.Caller{su, reviewer} {
		errs = append(errs, a.Code(ctx, who, id, study.Answer{Commitment: p.List[0].Commitment}))
	}
	errs = append(errs, a.HandIn(ctx, su, id, true))
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
	lines := exportSubjects(t, a)
	if bytes.Contains(lines, []byte(`"kind":"coding"`)) {
		t.Error("a coding left before all handed in")
	}
	if r := mustImport(t, b, fileOf(lines)); r.Refused+r.Undecided > 0 || !bytes.Equal(lines, exportSubjects(t, b)) {
		t.Fatalf("%+v %v", countsOf(r), r.Warnings)
	}
	if err := b.Code(ctx, reviewer, id, study.Answer{Commitment: p.List[0].Commitment}); err != nil {
		t.Fatal(err)
	}
	refusedWith(t, b.HandIn(ctx, reviewer, id, true), "study.coded_elsewhere")
}

func TestCodingsComeBackInTheOrderInWhichTheyWereHandedIn(t *testing.T) {
	a, b := newTestApp(t), newTestApp(t)
	ctx := context.Background()
	su, reviewer := coders(t, a)
	first, second := frozen(t, a, su), frozen(t, a, su)
	for _, id := range []study.ID{second, first} { // the later study is coded first
		p, err := a.WorkStudy(ctx, su, id)
		errs := []error{err}
		for _, name := range []string{"One", "Other"} {
			errs = append(errs, a.NameGroup(ctx, su, id, "", inEnglish(name), inEnglish("It is.")))
		}
		errs = append(errs, a.OpenCoding(ctx, su, id, 2, false), a.JoinAsCoder(ctx, su, id), a.JoinAsCoder(ctx, reviewer, id))
		for _, who := range []civic.Caller{su, reviewer} {
			errs = append(errs, a.Code(ctx, who, id, study.Answer{Commitment: p.List[0].Commitment}), a.HandIn(ctx, who, id, true))
		}
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	lines := exportSubjects(t, a)
	if r := mustImport(t, b, fileOf(lines)); r.Refused+r.Undecided > 0 || !bytes.Equal(lines, exportSubjects(t, b)) {
		t.Errorf("%v: %s", r.Warnings, firstDifference(lines, exportSubjects(t, b)))
	}
}

package interchange

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

func idOf(n string) string { return "01h0000000000000000000000" + n }

// everyOtherKind is one subject of each kind beside those of smallRecord.
func everyOtherKind() []civic.Subject {
	en := func(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }
	const day = "2026-05-01"
	report := civic.ReportID(idOf("b"))
	return []civic.Subject{
		civic.Grant{ID: civic.GrantID(idOf("a")), Account: civic.AccountID(idOf("z")), Role: civic.Reporter, Scope: civic.Scope{Member: idMember}, By: civic.LocalOperator},
		civic.Report{ID: report, Member: idMember, Plan: idPlan, Commitment: idCommitment, Period: "2026-1", Status: civic.SelfLimited, Done: en("A portal"),
			Evidence: []civic.Evidence{{File: &civic.File{SHA256: strings.Repeat("0a", 32), Name: "a.png", Type: "image/png", Size: 3}}},
			Steps:    []civic.MilestoneState{{Milestone: idMilestone, Status: civic.SelfCompleted, DoneOn: day}}},
		civic.Testimony{ID: civic.TestimonyID(idOf("c")), Report: report, Member: idMember, Plan: idPlan, Commitment: idCommitment, Month: "2026-08", Way: civic.Way{Channel: civic.Web}},
		civic.Dispute{ID: civic.DisputeID(idOf("d")), Report: report, Member: idMember, Plan: idPlan, Commitment: idCommitment, Claim: en("No"), By: civic.Reviewer, On: day},
		civic.Forum{ID: civic.ForumID(idOf("e")), Member: idMember, Name: en("The forum")},
		civic.Meeting{ID: civic.MeetingID(idOf("f")), Member: idMember, Kind: "forum", On: day, Title: en("First")},
		civic.Step{ID: civic.StepID(idOf("g")), Member: idMember, Plan: idPlan, Kind: "outreach", Title: en("Radio"), Start: day},
		civic.Document{ID: civic.DocumentID(idOf("h")), Member: idMember, Kind: "letter", Title: en("Letter"), Dated: day, URL: "https://example.org/l"},
		civic.Contribution{ID: civic.ContributionID(idOf("j")), Member: idMember, Plan: idPlan, Text: en("More"), Month: "2026-02", Way: civic.Way{Channel: civic.SMS, Consent: true}},
		civic.Tension{ID: civic.TensionID(idOf("k")), Member: idMember, Topic: en("Open and closed"), Laws: []string{"Act 1"}},
		civic.Tool{ID: civic.ToolID(idOf("m")), Member: idMember, Name: "Portal"},
		taxonomy.Change{ID: taxonomy.ChangeID(idOf("n")), Set: "water", Place: 1, State: taxonomy.Applied, Version: 4, Effective: day, Op: taxonomy.Create, Tag: "water", Names: en("Water"), Reason: en("So")},
		taxonomy.Change{ID: taxonomy.ChangeID(idOf("n")), Set: "water", Place: 1, State: taxonomy.Undone, Version: 5, Effective: day, Op: taxonomy.Create, Tag: "water", Names: en("Water"), Reason: en("So"), Why: en("No")},
		study.Study{ID: study.ID(idOf("p")), Title: en("What"), Size: 9, Root: "r", On: day, Items: []study.Item{{Commitment: idCommitment, Version: 1, Place: &study.Point{X: 1, Y: 2}}}, Stage: study.StageFrozen},
		study.Coding{ID: idOf("q"), Study: study.ID(idOf("p")), Label: "A", Answers: []study.Answer{{Commitment: idCommitment, Codes: []string{}}}, On: day},
	}
}

func TestEveryKindOfTheRecordIsReadAsItIsWritten(t *testing.T) {
	all := append(smallRecord(), everyOtherKind()...)
	first := rewrite(t, all)
	p, err := ParseJSONL(BytesInput("x", first))
	if err != nil || len(p.Refused) > 0 || !reflect.DeepEqual(p.Subjects, all) {
		t.Fatalf("%v %v", err, p.Refused)
	}
	if again := rewrite(t, p.Subjects); !bytes.Equal(first, again) {
		t.Errorf("wrote\n%s\nthen\n%s", first, again)
	}
	read := map[civic.Kind]bool{}
	for _, s := range p.Subjects {
		read[s.SubjectKind()] = true
	}
	for _, kind := range civic.Kinds {
		if !read[kind] {
			t.Errorf("%s is not among them", kind)
		}
	}
}

func TestLinesOfEveryKindAreRefusedByTheirFields(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(string(rewrite(t, everyOtherKind()))), "\n")
	for _, x := range []struct {
		line              int
		old, now          string
		code, column, key string
	}{
		{1, `"role":"reporter"`, `"role":"king"`, "value_unknown", "role", ""},
		{1, `"account":"` + idOf("z"), `"account":"me`, "id_form", "account", ""},
		{2, `"status":"limited","done"`, `"status":"half","done"`, "value_unknown", "status", ""},
		{2, `"name":"a.png"`, `"name":"a.html"`, "value_unknown", "evidence.file", ""},
		{2, `"done_on":"2026-05-01"`, `"done_on":"2026-05-32"`, "date_impossible", "milestones.done_on", ""},
		{2, `"plan":"` + idPlan + `",`, ``, "id_form", "plan", ""},
		{3, `"month":"2026-08"`, `"month":"2026-08-01"`, "date_impossible", "month", ""},
		{3, `"channel":"web"`, `"channel":"rumour"`, "value_unknown", "channel", ""},
		{4, `"by":"reviewer"`, `"by":"judge"`, "value_unknown", "by", ""},
		{5, `"name":[{"lang":"en","text":"The forum"}]`, `"name":[]`, "field_missing", "name", ""},
		{6, `"kind":"forum","on"`, `"kind":"party","on"`, "value_unknown", "kind", ""},
		{7, `"start":"2026-05-01"`, `"start":"soon"`, "date_impossible", "start", ""},
		{8, `https://example.org/l`, `ftp://example.org/l`, "address_form", "url", ""},
		{9, `"lang":"en"`, `"lang":"e n"`, "language_form", "text", ""},
		{10, `"topic":[{"lang":"en","text":"Open and closed"}]`, `"topic":null`, "field_missing", "topic", ""},
		{11, `"name":"Portal"`, `"name":""`, "field_missing", "name", ""},
		{12, `"op":"create"`, `"op":"praise"`, "tag_change", "op", taxonomy.KeyUnknownOp},
		{12, `"version":4,`, ``, "value_unknown", "version", ""},
		{12, `"state":"applied"`, `"state":"dreamt"`, "value_unknown", "state", ""},
		{12, `"set":"water"`, `"set":"Water"`, "slug_form", "set", ""},
		{12, `"reason":[{"lang":"en","text":"So"}]`, `"reason":[]`, "tag_change", "reason", taxonomy.KeyReason},
		{13, `"version":5`, `"version":4`, "subject_twice", "tag-change", ""},
		{14, idCommitment, "c", "id_form", "items.commitment", ""},
		{15, `"label":"A"`, `"label":"A","secret":1`, "jsonl_key_unknown", "secret", ""},
	} {
		bad := append([]string(nil), lines...)
		if bad[x.line] = strings.Replace(lines[x.line], x.old, x.now, 1); bad[x.line] == lines[x.line] {
			t.Fatalf("%q is not in %s", x.old, lines[x.line])
		}
		p, err := ParseJSONL(BytesInput("x", []byte(strings.Join(bad, "\n"))))
		if err != nil || len(p.Refused) != 1 {
			t.Errorf("%s: %v, %v", x.now, err, p.Refused)
			continue
		}
		if got := p.Refused[0]; got.Row != x.line+1 || got.Code != x.code || got.Column != x.column || got.Key != x.key {
			t.Errorf("%s: %+v", x.now, got)
		}
	}
}

func TestDecisionsOnTagsAreChecked(t *testing.T) {
	c := smallRecord()[3].(civic.Commitment)
	c.Decided = []civic.TagDecision{
		{Tag: "aid", Verdict: civic.TagAccepted, Origin: civic.FromModel, Model: "m", Confidence: 900, On: "2026-05-01"},
		{Tag: "gone-since", Verdict: civic.TagRemoved, Origin: civic.FromPerson, Before: true, Reason: c.Title, By: civic.Reviewer, On: "2026-05-01"},
	}
	good := string(rewrite(t, []civic.Subject{c}))
	for _, x := range []struct{ old, now, code, column string }{
		{`"tag":"aid"`, `"tag":"aid"`, "", ""},
		{`"tag":"aid"`, `"tag":"Aid"`, "slug_form", "tag_decisions.tag"},
		{`"tag":"aid"`, `"tag":"gone-since"`, "tag_twice", "tag_decisions.tag"},
		{`"tag":"aid"`, `"tag":"zebras"`, "tag_twice", "tag_decisions.tag"},
		{`"verdict":"accepted"`, `"verdict":"maybe"`, "value_unknown", "tag_decisions.verdict"},
		{`"origin":"model"`, `"origin":"oracle"`, "value_unknown", "tag_decisions.origin"},
		{`"confidence":900`, `"confidence":1001`, "value_unknown", "tag_decisions.confidence"},
		{`"by":"reviewer"`, `"by":"king"`, "value_unknown", "tag_decisions.by"},
		{`"on":"2026-05-01"`, `"on":""`, "date_impossible", "tag_decisions.on"},
	} {
		p, err := ParseJSONL(BytesInput("x", []byte(strings.Replace(good, x.old, x.now, 1))))
		switch {
		case err != nil:
			t.Errorf("%s: %v", x.now, err)
		case x.code == "" && len(p.Subjects) != 1, x.code != "" && (len(p.Refused) != 1 || p.Refused[0].Code != x.code || p.Refused[0].Column != x.column):
			t.Errorf("%s: %+v", x.now, p.Refused)
		}
	}
}

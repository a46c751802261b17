package interchange

import (
	"strings"
	"testing"

	"avow/internal/civic"
)

func TestPlanOfTheUnitedStatesGivesItsExactNumbers(t *testing.T) {
	p, err := ParseUS(fileInput(t, sourceFile(t, "us/nap5.json")))
	if err != nil {
		t.Fatal(err)
	}
	if p.Records != 61 || len(p.Drafts) != 36 || len(p.Refused) != 0 || p.Edition != "us-nap5" {
		t.Fatalf("%d records, %d commitments, refused %v, edition %s", p.Records, len(p.Drafts), p.Refused, p.Edition)
	}
	checkAccount(t, p)
	subs, untitled := 0, 0
	status := map[string]int{}
	cells := map[string]int{}
	for i, d := range p.Drafts {
		c := d.Commitment
		subs += len(c.Milestones)
		if len(c.Title) == 0 {
			untitled++
		}
		if d.Plan.Number != "5" || d.Plan.Start.Date != "2022" || d.Plan.EndYear != 2024 || d.Member.Code != "USA" {
			t.Errorf("%s: %+v", c.OGPID, d.Plan)
		}
		if i > 0 && p.Drafts[i-1].Commitment.OGPID >= c.OGPID {
			t.Errorf("%s comes after %s", c.OGPID, p.Drafts[i-1].Commitment.OGPID)
		}
		if c.URL == "" || len(c.Theme) == 0 {
			t.Errorf("%s has no address or no theme", c.OGPID)
		}
		for _, m := range c.Milestones {
			if !strings.HasPrefix(m.Code, c.OGPID+".") || m.Lead == "" || strings.Contains(m.Lead, "<") || len(m.Title) == 0 {
				t.Errorf("%s: milestone %+v", c.OGPID, m)
			}
			for _, x := range m.Cells {
				cells[x.Column]++
				if x.Column == "commitment_status" {
					status[x.Value]++
				}
			}
		}
	}
	warned := map[string]int{}
	for _, w := range p.Warnings {
		warned[w.Code]++
	}
	if subs != 43 || untitled != 18 || len(p.Warnings) != 21 || warned["title_unknown"] != 18 || warned["link_malformed"] != 3 {
		t.Errorf("%d sub-commitments, %d without title, %d warnings", subs, untitled, len(p.Warnings))
	}
	if status["In Progress"] != 21 || status["Complete"] != 21 || status["Not Started"] != 1 {
		t.Errorf("status %v", status)
	}
	for _, column := range []string{"aug_2023_progress", "body", "file", "permalink", "c_permalink", "layout"} {
		if cells[column] != 43 {
			t.Errorf("%s is kept on %d of 43 sub-commitments", column, cells[column])
		}
	}
}

const smallUS = `[
{"file":"a.md","title":"Open the woods","permalink":"/national-action-plan/5/US0901/","commitment_id":"us0901","commitment_theme_name":"Woods","commitment_detail_sub":"All of them.","body":""},
{"title":"Count the trees","permalink":"/national-action-plan/5/US0902-1/","c_permalink":"/national-action-plan/5/us0902/","commitment_id":"US0902","commitment_detail_sub_id":"US0902.10","commitment_agency":"Woods <br> Trees","commitment_detail_sub":"Count the trees"},
{"title":"Plant some","permalink":"/national-action-plan/5/US0902-2/","commitment_id":"US0902","commitment_detail_sub_id":"US0902.2"},
{"title":"Again","permalink":"/national-action-plan/5/US0902-2/","commitment_id":"US0902","commitment_detail_sub_id":"US0902.2"},
{"title":"Of another","permalink":"/national-action-plan/5/x/","commitment_id":"US0902","commitment_detail_sub_id":"US0903.1"},
{"title":"Of another plan","permalink":"/national-action-plan/6/x/","commitment_id":"US0904"},
{"title":"Not an ID","permalink":"/national-action-plan/5/x/","commitment_id":"US4"},
{"title":" ","permalink":"/national-action-plan/5/x/","commitment_id":"US0905"},
{"title":"Twice","title":"Thrice","permalink":"/national-action-plan/5/x/","commitment_id":"US0906"},
5]`

func TestSubCommitmentsAreMilestonesAndATitleIsNeverInvented(t *testing.T) {
	p, err := ParseUS(BytesInput("small.json", []byte(smallUS)))
	if err != nil {
		t.Fatal(err)
	}
	checkAccount(t, p)
	if len(p.Drafts) != 2 {
		t.Fatalf("%d drafts", len(p.Drafts))
	}
	var refused []string
	for _, r := range p.Refused {
		refused = append(refused, r.Code)
	}
	if got, want := strings.Join(refused, " "), "code_twice sub_id_form other_plan ogp_id_form title_missing key_twice_record record_no_object"; got != want {
		t.Errorf("refused %s, want %s", got, want)
	}
	own, other := p.Drafts[0].Commitment, p.Drafts[1].Commitment
	if own.OGPID != "US0901" || own.Text.String() != "All of them." || own.URL != "https://open.usa.gov/national-action-plan/5/US0901/" {
		t.Errorf("commitment with its own record: %+v", own)
	}
	if len(other.Title) != 0 || other.Milestones[0].Code != "US0902.2" || other.Milestones[1].Lead != "Woods; Trees" ||
		other.URL != "https://open.usa.gov/national-action-plan/5/us0902/" {
		t.Errorf("commitment without a record of its own: %+v", other)
	}
	kept := map[string]string{}
	for _, c := range other.Milestones[1].Cells {
		kept[c.Column] = c.Value
	}
	if kept["commitment_agency"] != "Woods <br> Trees" {
		t.Errorf("the agency as it stands in the source is lost: %v", kept)
	}
}

func TestTrackerOfTheUnitedStatesThatIsNoneGetsOneClearError(t *testing.T) {
	for text, key := range map[string]string{
		"":            "import.empty_file",
		"{}":          "import.not_this_tracker",
		"[":           "import.not_json",
		"[]":          "import.no_records",
		`[{"a":"b"}]`: "import.us_plan_unknown",
		"[\"\xff\"]":  "import.not_utf8",
	} {
		_, err := ParseUS(BytesInput("x", []byte(text)))
		if e, ok := err.(*civic.Error); !ok || e.Key != key {
			t.Errorf("%q: %v, want %s", text, err, key)
		}
	}
}

func FuzzUS(f *testing.F) {
	f.Add([]byte(smallUS))
	f.Add([]byte(`[{"title":"T","permalink":"/national-action-plan/5/","commitment_id":"US0001"}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := ParseUS(BytesInput("f", data)); err == nil {
			checkAccount(t, p)
		}
	})
}

package interchange

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"avow/internal/civic"
)

// fileInput is a file on disk as an Input.
func fileInput(t *testing.T, path string) Input {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return Input{Name: info.Name(), Size: info.Size(), Open: func() (ReadAtSeekCloser, error) { return os.Open(path) }}
}

func canadaCounts(p Parsed) (commitments, milestones, indicators int) {
	for _, d := range p.Drafts {
		for _, m := range d.Commitment.Milestones {
			if m.Kind == "indicator" {
				indicators++
			} else {
				milestones++
			}
		}
	}
	return len(p.Drafts), milestones, indicators
}

func TestCanadianPlansGiveTheirExactNumbersFromTableAndJSON(t *testing.T) {
	for _, c := range []struct {
		file                                         string
		records, commitments, milestones, indicators int
		edition                                      civic.Edition
		number, start, end                           string
		withLead, withDue, withText, withURL, withFR int
	}{
		{"canada/nap4-2018-2020.csv", 201, 10, 56, 135, "canada-nap4-2018-2020", "4", "2018", "2020", 0, 131, 0, 0, 201},
		{"canada/nap4-2018-2020.json", 201, 10, 56, 135, "canada-nap4-2018-2020", "4", "2018", "2020", 0, 131, 191, 66, 201},
		{"canada/nap5-2022-2024.csv", 130, 5, 19, 106, "canada-nap5-2022-2024", "5", "2022", "2024", 106, 105, 0, 0, 130},
		{"canada/nap5-2022-2024.json", 130, 5, 19, 106, "canada-nap5-2022-2024", "5", "2022", "2024", 106, 105, 0, 0, 130},
	} {
		p, err := ParseCanada(fileInput(t, sourceFile(t, c.file)))
		if err != nil {
			t.Fatalf("%s: %v", c.file, err)
		}
		if len(p.Refused)+len(p.Warnings) > 0 {
			t.Errorf("%s: refused %v, warnings %v", c.file, p.Refused, p.Warnings)
		}
		commitments, milestones, indicators := canadaCounts(p)
		if p.Records != c.records || commitments != c.commitments || milestones != c.milestones || indicators != c.indicators {
			t.Errorf("%s: %d records, %d/%d/%d; want %d, %d/%d/%d", c.file, p.Records, commitments, milestones, indicators,
				c.records, c.commitments, c.milestones, c.indicators)
		}
		covers, lead, due, text, url, fr := 0, 0, 0, 0, 0, 0
		count := func(n *int, yes bool) {
			if yes {
				*n++
			}
		}
		for _, d := range p.Drafts {
			covers += d.Covers
			if d.Plan.Number != c.number || d.Plan.Start.Date != c.start || d.Plan.End.Date != c.end || p.Edition != c.edition {
				t.Errorf("%s: plan %+v of edition %s", c.file, d.Plan, p.Edition)
			}
			if src := d.Commitment.Sources; len(src) != 1 || src[0].Edition != c.edition || src[0].Key != d.Number || src[0].Row != d.Row {
				t.Errorf("%s: source of %s is %+v", c.file, d.Number, src)
			}
			count(&fr, d.Commitment.Title.In("fr").Lang == "fr")
			count(&url, d.Commitment.URL != "")
			for _, m := range d.Commitment.Milestones {
				count(&lead, m.Lead != "")
				count(&due, m.Due.Decided())
				count(&text, len(m.Text) == 2)
				count(&url, len(m.URL) == 2)
				count(&fr, m.Title.In("fr").Lang == "fr" && !m.Title.In("fr").Guessed)
			}
		}
		if covers != c.records || lead != c.withLead || due != c.withDue || text != c.withText || url != c.withURL || fr != c.withFR {
			t.Errorf("%s: covers %d, leads %d, due dates %d, texts %d, addresses %d, French %d", c.file, covers, lead, due, text, url, fr)
		}
	}
}

func TestEveryFieldOfACanadianTrackerIsKept(t *testing.T) {
	p, err := ParseCanada(fileInput(t, sourceFile(t, "canada/nap5-2022-2024.json")))
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]int{}
	var first civic.Milestone
	for _, d := range p.Drafts {
		for _, m := range d.Commitment.Milestones {
			for _, c := range m.Cells {
				cells[c.Column]++
			}
			if m.Code == "C01.1.1" {
				first = m
			}
		}
	}
	if want := map[string]int{"s4d": 106, "supt_sept": 19}; !reflect.DeepEqual(cells, want) {
		t.Errorf("cells %v, want %v", cells, want)
	}
	if first.Parent != "C01.1" || first.Due.Date != "2023-12" || first.DueIn.In("fr").Text != "D'ici 2023" || first.Lead != "nrcan-rncan" {
		t.Errorf("C01.1.1 is %+v", first)
	}
}

func TestTableAndJSONOfOneCanadianPlanHaveTheSameKeysAndTheTableNothingElse(t *testing.T) {
	for _, plan := range []string{"nap4-2018-2020", "nap5-2022-2024"} {
		table, err := ParseCanada(fileInput(t, sourceFile(t, "canada/"+plan+".csv")))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := ParseCanada(fileInput(t, sourceFile(t, "canada/"+plan+".json")))
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range table.Drafts {
			w := whole.Drafts[i]
			if d.Number != w.Number || !reflect.DeepEqual(d.Commitment.Title, w.Commitment.Title) {
				t.Fatalf("%s: %s in the table, %s in the JSON", plan, d.Number, w.Number)
			}
			for k, m := range d.Commitment.Milestones {
				j := w.Commitment.Milestones[k]
				if m.Code != j.Code || !reflect.DeepEqual(m.Title, j.Title) {
					t.Errorf("%s: %s in the table, %s in the JSON", plan, m.Code, j.Code)
				}
				if m.Due.Decided() && m.Due != j.Due || m.Lead != j.Lead || m.DueIn.In("en") != j.DueIn.In("en") || len(m.Cells) > 0 {
					t.Errorf("%s %s: the table says %+v, the JSON %+v", plan, m.Code, m, j)
				}
			}
		}
	}
}

const smallTracker = `{"plan":"nap9-2030-2032","title":"A tracker","novelty":1,
"commitments":{"C01":{"en":"Open forests","fr":"Forêts ouvertes","NAP_url":{"en":"/en/f","fr":"/fr/f"},"extra":["x"]}},
"milestones":{"C01.1":{"en":"Map the woods","fr":"Cartographier les bois","full_text":{"en":"Map them all"}},"C02.1":{"en":"An orphan","fr":""}},
"indicators":{"C01.1.1":{"en":"A map","fr":"Une carte","due_date":"2031-13","s4d":"true"},"C01.1.2":{"en":"B","fr":"B","due_date":""},
"C01.1.3":{"en":"","fr":""},"C01.1":{"en":"milestone among the indicators","fr":""},"C01.1.4":7,"C01.1.5":{"en":"a\u0000b"}}}`

func TestCanadianRecordsThatCannotBeTakenAreRefusedEachWithItsReason(t *testing.T) {
	p, err := ParseCanada(BytesInput("small.json", []byte(smallTracker)))
	if err != nil {
		t.Fatal(err)
	}
	var refused []string
	for _, r := range p.Refused {
		refused = append(refused, r.Code)
	}
	want := "parent_unknown title_missing canada_code_form record_no_object nul_character"
	if got := strings.Join(refused, " "); got != want {
		t.Errorf("refused %s, want %s", got, want)
	}
	if p.Records != 9 || len(p.Drafts) != 1 || p.Drafts[0].Covers != 4 {
		t.Fatalf("%d records, %d drafts", p.Records, len(p.Drafts))
	}
	var warned []string
	for _, w := range p.Warnings {
		warned = append(warned, w.Code)
	}
	if got := strings.Join(warned, " "); got != "key_ignored date_impossible" {
		t.Errorf("warnings %s", got)
	}
	c := p.Drafts[0].Commitment
	if c.URL != "https://open.canada.ca/en/f" {
		t.Errorf("address %q", c.URL)
	}
	wantCells := []civic.Cell{{Column: "plan", Value: "nap9-2030-2032"}, {Column: "NAP_url.en", Value: "/en/f"},
		{Column: "NAP_url.fr", Value: "/fr/f"}, {Column: "extra", Value: `["x"]`}}
	if !reflect.DeepEqual(c.Sources[0].Cells, wantCells) {
		t.Errorf("cells %v", c.Sources[0].Cells)
	}
	if m := c.Milestones[1]; m.Due.Words != "2031-13" || m.Due.Decided() {
		t.Errorf("impossible date became %+v", m.Due)
	}
	if m := c.Milestones[2]; m.Due.Missing == nil || m.Due.Missing.Kind != civic.Blank {
		t.Errorf("blank date became %+v", m.Due)
	}
}

func TestCanadianFilesThatAreNotWhatTheyClaimGetOneClearError(t *testing.T) {
	head := "plan,kind,code,en,fr\n"
	for name, c := range map[string]struct{ text, key string }{
		"empty":                {"", "import.empty_file"},
		"cut off JSON":         {smallTracker[:200], "import.not_json"},
		"no such plan":         {`{"plan":"plan 9","commitments":{},"milestones":{},"indicators":{}}`, "import.canada_plan_name"},
		"no indicators":        {`{"plan":"nap9-2030-2032","commitments":{},"milestones":{}}`, "import.key_missing"},
		"section is a list":    {`{"plan":"nap9-2030-2032","commitments":[],"milestones":{},"indicators":{}}`, "import.needs_object"},
		"section twice":        {`{"plan":"nap9-2030-2032","plan":"x"}`, "import.key_twice"},
		"not UTF-8":            {"{\"plan\":\"\xff\"}", "import.not_utf8"},
		"no records":           {head, "import.no_records"},
		"missing column":       {"plan,kind,code,en\nx,y,z,w\n", "import.column_missing"},
		"doubled column":       {"plan,kind,code,en,fr,en\n,,,,,\n", "import.column_twice"},
		"period the wrong way": {head + "nap9-2032-2030,commitment,C01,a,b\n", "import.canada_plan_name"},
	} {
		_, err := ParseCanada(BytesInput("x", []byte(c.text)))
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func TestCanadianTableKeepsUnknownColumnsAndRefusesStrangeRows(t *testing.T) {
	p, err := ParseCanada(BytesInput("x.csv", []byte("plan,kind,code,en,fr,mood\nnap9-2030-2032,commitment,C01,Open forests,,good\n"+
		"nap8-2030-2032,milestone,C01.1,a,b,\nnap9-2030-2032,promise,C01.1,a,b,\nnap9-2030-2032,commitment,C01,a,b,\n")))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Drafts) != 1 || len(p.Refused) != 3 || p.Refused[0].Code != "other_plan" || p.Refused[1].Code != "value_unknown" || p.Refused[2].Code != "code_twice" {
		t.Fatalf("drafts %d, refused %+v", len(p.Drafts), p.Refused)
	}
	if got := p.Drafts[0].Commitment.Sources[0].Cells; len(got) != 2 || got[1] != (civic.Cell{Column: "mood", Value: "good"}) {
		t.Errorf("cells %v", got)
	}
	if p.Drafts[0].Row != 2 {
		t.Errorf("row %d, want 2: the header counts", p.Drafts[0].Row)
	}
}

func FuzzCanada(f *testing.F) {
	f.Add([]byte(smallTracker))
	f.Add([]byte("plan,kind,code,en,fr,due_date\nnap9-2030-2032,commitment,C01,a,b,\nnap9-2030-2032,milestone,C01.1,a,b,2031-02\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ParseCanada(BytesInput("f", bytes.Clone(data)))
		if err != nil {
			return
		}
		checkAccount(t, p)
	})
}

// checkAccount holds a tracker's numbers against each other: every record is
// covered by a draft or refused.
func checkAccount(t *testing.T, p Parsed) {
	t.Helper()
	covered := len(p.Refused)
	for _, d := range p.Drafts {
		covered += max(d.Covers, 1)
		if d.Member.Name == "" || d.Plan.Number == "" || len(d.Commitment.Sources) != 1 {
			t.Errorf("draft of row %d is not complete: %+v", d.Row, d)
		}
		if _, err := civic.Encode(d.Commitment); err != nil {
			t.Error(err)
		}
	}
	if covered != p.Records {
		t.Errorf("%d records, %d accounted for", p.Records, covered)
	}
}

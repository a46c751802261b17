package interchange

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

const (
	idMember      = "01h00000000000000000000001"
	idInstitution = "01h00000000000000000000002"
	idPlan        = "01h00000000000000000000003"
	idCommitment  = "01h00000000000000000000004"
	idMilestone   = "01h00000000000000000000005"
)

func smallRecord() []civic.Subject {
	coded := "1"
	return []civic.Subject{
		civic.Member{ID: idMember, Slug: "serbia", Code: "SRB", Name: "Serbia", Region: civic.Europe, Regime: civic.National, Joined: 2012},
		civic.Institution{ID: idInstitution, Member: idMember, Name: civic.Text{{Lang: "en", Text: "Office <b>& more\u2028"}}},
		civic.Plan{ID: idPlan, Member: idMember, Slug: "serbia-4", Number: "4", Start: civic.When{Date: "2020"}, Regime: civic.National},
		civic.Commitment{ID: idCommitment, OGPID: "RS0049", Member: idMember, Plans: []civic.PlanEntry{{Plan: idPlan, Number: "8"}},
			Title: civic.Text{{Lang: "en", Text: "A title"}, {Lang: "sr", Text: "Наслов", Guessed: true}}, End: civic.When{Words: "04/05/2012"},
			Parts:      []civic.Part{{Role: civic.Lead, Institution: idInstitution}, {Role: civic.Supporting, Missing: &civic.Missing{Kind: civic.NoData, Code: "ND"}}},
			Milestones: []civic.Milestone{{ID: idMilestone, Kind: "milestone", Title: civic.Text{{Lang: "en", Text: "A step"}}}},
			Tags:       []civic.EditionTags{{Edition: "ogp-2024", Yes: []string{"Open Data"}, Unknown: []civic.UnknownTag{{Name: "Aid", Missing: civic.Missing{Kind: civic.NotReported, Code: "NR"}}}}},
			Assessments: []civic.Assessment{{Product: "results_report", Edition: "ogp-2024", NoYear: &civic.Missing{Kind: civic.Blank}, Ratings: []civic.Rating{
				{Variable: "completion", Scale: "completion/2017", Value: "complete", Coded: &coded},
				{Variable: "early_results", Scale: "early_results/2021", Missing: &civic.Missing{Kind: civic.NoData, Code: "ND"}}}}},
			Sources: []civic.Source{{Edition: "ogp-2024", Row: 7, Cells: []civic.Cell{{Column: "Theme", Value: " x "}}}},
		},
	}
}

func smallJSONL(t testing.TB) []byte {
	t.Helper()
	return rewrite(t, smallRecord())
}

func rewrite(t testing.TB, subjects []civic.Subject) []byte {
	t.Helper()
	var b bytes.Buffer
	j := NewJSONLWriter(&b)
	for _, s := range subjects {
		if err := j.Subject(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJSONLReadAndWrittenAgainHasTheSameBytes(t *testing.T) {
	first := smallJSONL(t)
	p, err := ParseJSONL(BytesInput("x.jsonl", first))
	if err != nil || len(p.Refused) > 0 {
		t.Fatal(err, p.Refused)
	}
	if !reflect.DeepEqual(p.Subjects, smallRecord()) {
		t.Errorf("subjects differ: %+v", p.Subjects)
	}
	if again := rewrite(t, p.Subjects); !bytes.Equal(first, again) {
		t.Errorf("wrote\n%s\nthen\n%s", first, again)
	}
	if !bytes.HasPrefix(first, []byte("{\"format\":\"avow-jsonl\",\"version\":1}\n{\"kind\":\"member\",\"subject\":{\"id\":")) {
		t.Errorf("begins with %.100s", first)
	}
}

func TestJSONLTakesOtherSpacingAndOrderOfLines(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(string(smallJSONL(t))), "\n")
	mixed := "\ufeff" + lines[0] + "\r\n" + lines[4] + "\r\n\r\n" + strings.Replace(lines[1], `{"kind":"member",`, `{ "kind" : "member" , `, 1) + "\n" + lines[3] + "\n" + lines[2]
	p, err := ParseJSONL(BytesInput("x", []byte(mixed)))
	if err != nil || len(p.Refused) > 0 {
		t.Fatal(err, p.Refused)
	}
	if got := rewrite(t, p.Subjects); !bytes.Equal(got, smallJSONL(t)) {
		t.Errorf("got %s", got)
	}
	if !reflect.DeepEqual(p.Lines, []int{4, 6, 5, 2}) {
		t.Errorf("lines %v", p.Lines)
	}
}

func TestJSONLRefusesEachBadLineWithItsNumber(t *testing.T) {
	good := strings.Split(strings.TrimSpace(string(smallJSONL(t))), "\n")
	change := func(line int, old, new string) string {
		out := strings.Replace(good[line], old, new, 1)
		if out == good[line] {
			t.Fatalf("%q is not in line %d", old, line)
		}
		return out
	}
	contacts := slices.DeleteFunc(ColumnKeys(OGP2017), func(key string) bool { return !IsContactColumn(OGP2017, key) })
	contact := func(value string) string {
		old := `"edition":"ogp-2024","row":7,"cells":[{"column":"Theme","value":" x "`
		return change(4, old, `"edition":"ogp-2017","row":7,"cells":[{"column":"`+contacts[0]+`","value":"`+value+`"`)
	}
	for name, c := range map[string]struct{ line, code, column string }{
		"no JSON":               {"nonsense", "jsonl_line", ""},
		"cut off":               {good[4][:80], "jsonl_line", ""},
		"two values":            {good[1] + " {}", "jsonl_line", ""},
		"unknown kind":          {change(1, `"member"`, `"people"`), "kind_unknown", "kind"},
		"unknown field":         {change(1, `"slug"`, `"slag"`), "jsonl_key_unknown", "slag"},
		"field twice":           {change(1, `"slug":"serbia"`, `"slug":"other","slug":"serbia"`), "key_twice_record", "slug"},
		"ID in the wrong form":  {change(1, idMember, "1"), "id_form", "id"},
		"reference in the form": {change(3, `"member":"`+idMember, `"member":"X`), "id_form", "member"},
		"OGP ID":                {change(4, "RS0049", "RS49"), "ogp_id_form", "ogp_id"},
		"NUL":                   {change(1, `"Serbia"`, `"Ser\u0000bia"`), "nul_character", ""},
		"not UTF-8":             {change(1, `"Serbia"`, "\"Ser\xffbia\""), "not_utf8_line", ""},
		"date":                  {change(3, `"2020"`, `"2020-02-30"`), "date_impossible", "start"},
		"region":                {change(1, `"europe"`, `"atlantis"`), "value_unknown", "region"},
		"missing kind":          {change(4, `"kind":"no_data"`, `"kind":"lost"`), "value_unknown", "institutions"},
		"value and missing":     {change(4, `"variable":"early_results"`, `"value":"x","variable":"early_results"`), "value_or_missing", "assessments.ratings"},
		"contact":               {contact("official@example.org"), "contact_cell", "sources.cells"},
		"language":              {change(4, `"lang":"sr"`, `"lang":"s r"`), "language_form", "title"},
	} {
		p, err := ParseJSONL(BytesInput("x", []byte(good[0]+"\n"+good[2]+"\n"+c.line+"\n")))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(p.Refused) != 1 || p.Refused[0].Row != 3 || p.Refused[0].Code != c.code || p.Refused[0].Column != c.column {
			t.Errorf("%s: refused %+v, want %s of %q", name, p.Refused, c.code, c.column)
		}
		if p.Records != 2 || len(p.Subjects) != 1 {
			t.Errorf("%s: %d records, %d subjects", name, p.Records, len(p.Subjects))
		}
	}
	p, err := ParseJSONL(BytesInput("x", []byte(good[0]+"\n"+good[1]+"\n"+good[1]+"\n")))
	if err != nil || len(p.Refused) != 1 || p.Refused[0].Code != "subject_twice" || p.Refused[0].Args["line"] != 2 {
		t.Errorf("the same subject twice: %v, %+v", err, p.Refused)
	}
	if p, err := ParseJSONL(BytesInput("x", []byte(good[0]+"\n"+contact("")+"\n"))); err != nil || len(p.Subjects) != 1 {
		t.Errorf("an empty contact cell: %v, %+v", err, p.Refused)
	}
	escaped := change(1, `"Serbia"`, `"Ser\\u0000bia"`)
	if p, err := ParseJSONL(BytesInput("x", []byte(good[0]+"\n"+escaped+"\n"))); err != nil || len(p.Subjects) != 1 {
		t.Errorf("an escaped backslash before u0000 is no NUL: %v, %+v", err, p.Refused)
	}
}

func TestJSONLFilesThatAreNotWhatTheyClaimGetOneClearError(t *testing.T) {
	for text, key := range map[string]string{
		"":                                       "import.empty_file",
		"{\"kind\":\"member\",\"subject\":{}}\n": "import.jsonl_header",
		"a,b\n":                                  "import.jsonl_header",
		"{\"format\":\"avow-jsonl\",\"version\":2}":              "import.jsonl_version",
		jsonlHeader + "\n" + strings.Repeat("x", maxJSONLLine+1): "import.line_too_long",
	} {
		_, err := ParseJSONL(BytesInput("x", []byte(text)))
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != key {
			t.Errorf("%.40q: %v, want %s", text, err, key)
		}
	}
}

func FuzzParseJSONL(f *testing.F) {
	f.Add(smallJSONL(f))
	f.Add(rewrite(f, everyOtherKind()))
	for _, s := range everyOtherKind() {
		f.Add(rewrite(f, []civic.Subject{s}))
	}
	f.Add([]byte(jsonlHeader + "\n{\"kind\":\"plan\",\"subject\":{\"id\":\"" + idPlan + "\",\"member\":\"" + idMember + "\",\"slug\":\"a-1\",\"number\":\"1\",\"regime\":\"local\"}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ParseJSONL(BytesInput("f", data))
		if err != nil {
			return
		}
		if len(p.Subjects)+len(p.Refused) != p.Records || len(p.Lines) != len(p.Subjects) {
			t.Errorf("%d records: %d taken, %d refused", p.Records, len(p.Subjects), len(p.Refused))
		}
		first := rewrite(t, p.Subjects)
		again, err := ParseJSONL(BytesInput("f", first))
		if err != nil || len(again.Refused) > 0 {
			t.Fatalf("own output is refused: %v, %+v", err, again.Refused)
		}
		if second := rewrite(t, again.Subjects); !bytes.Equal(first, second) {
			t.Errorf("wrote\n%s\nthen\n%s", first, second)
		}
	})
}

package demo_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/demo"
	"avow/internal/interchange"
	"avow/internal/review"
)

var update = flag.Bool("update", false, "write demo.jsonl from source.json")

func parsed(t *testing.T) interchange.Parsed {
	t.Helper()
	f := demo.Files[0]
	p, err := interchange.Parse(f.Format, interchange.BytesInput(f.Name, f.Data), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Refused) > 0 {
		t.Fatalf("refused %+v", p.Refused)
	}
	return p
}

func TestFileIsMadeFromTheReadableSource(t *testing.T) {
	var b bytes.Buffer
	w := interchange.NewJSONLWriter(&b)
	for _, s := range compose(t, readSource(t)) {
		if err := w.Subject(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("demo.jsonl", b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(b.Bytes(), demo.Files[0].Data) {
		t.Error("demo.jsonl is not what source.json says: go test ./internal/demo -update")
	}
}

func TestEveryRowOfTheListOfFactsIsThere(t *testing.T) {
	seen := map[int]bool{}
	for _, c := range readSource(t).Commitments {
		seen[row(t, c.Row)] = true
	}
	for n := 1; n <= 37; n++ {
		// Row 20 counts nine local members of which only those of rows 21 and 22 are named.
		if n != 20 && !seen[n] {
			t.Errorf("row %d is missing", n)
		}
	}
	counts := map[civic.Kind]int{}
	for _, s := range parsed(t).Subjects {
		counts[s.SubjectKind()]++
	}
	want := map[civic.Kind]int{civic.KindMember: 26, civic.KindInstitution: 8, civic.KindPlan: 28, civic.KindCommitment: 45}
	for kind, n := range want {
		if counts[kind] != n {
			t.Errorf("%d of kind %s, want %d", counts[kind], kind, n)
		}
	}
}

func TestKnownOGPIDsAndNoOthersAreThere(t *testing.T) {
	var got []string
	for _, s := range parsed(t).Subjects {
		if c, ok := s.(civic.Commitment); ok {
			if c.OGPID != "" {
				got = append(got, c.OGPID)
			}
			if c.Placeholder != (c.OGPID == "") {
				t.Errorf("%s: placeholder %v with OGP ID %q", c.Title, c.Placeholder, c.OGPID)
			}
		}
	}
	want := "EE0059 KE0012 KR0052 LR0041 LT0030 LT0031 ID0113 CZ0030 RS0049 ARBA0003 ESCAT0004 ARCRR0001 DE0039 NL0049 FI0033 FR0094"
	if strings.Join(got, " ") != want {
		t.Errorf("OGP IDs %s, want %s", strings.Join(got, " "), want)
	}
}

func TestEverythingIsMarkedAsDemonstrationDataAndLeadsSomewhere(t *testing.T) {
	ids := map[string]bool{}
	need := func(name, id string) {
		if !ids[id] {
			t.Errorf("%s refers to %s, which does not come before it", name, id)
		}
	}
	for _, s := range parsed(t).Subjects {
		ids[s.SubjectID()] = true
		switch s := s.(type) {
		case civic.Member:
			if !s.Demo || s.Region == "" {
				t.Errorf("%s: %+v", s.Name, s)
			}
		case civic.Institution:
			need(s.Name.String(), string(s.Member))
			if !s.Demo {
				t.Errorf("%s is not marked", s.Name)
			}
		case civic.Plan:
			need(s.Slug, string(s.Member))
			if !s.Demo || len(s.Title) == 0 {
				t.Errorf("%s: %+v", s.Slug, s)
			}
		case civic.Commitment:
			need(s.Title.String(), string(s.Member))
			for _, p := range s.Plans {
				need(s.Title.String(), string(p.Plan))
			}
			for _, p := range s.Parts {
				need(s.Title.String(), string(p.Institution))
			}
			if !s.Demo || len(s.Plans) == 0 || s.Title.In("en").Lang != "en" || s.Text.In("en").Lang != "en" {
				t.Errorf("%s is not complete", s.Title)
			}
		}
	}
}

func TestNoRatingIsInventedAndEachSaysWhatItRestsOn(t *testing.T) {
	found := map[string][]string{}
	for _, s := range parsed(t).Subjects {
		c, ok := s.(civic.Commitment)
		if !ok {
			continue
		}
		for _, a := range c.Assessments {
			if a.Product == "" || a.Edition == "" || a.Year == 0 && a.NoYear == nil {
				t.Errorf("%s: assessment %+v", c.OGPID, a)
			}
			for _, r := range a.Ratings {
				if r.Variable == "" || r.Scale == "" || (r.Value == "") == (r.Missing == nil) {
					t.Errorf("%s: rating %+v", c.OGPID, r)
				}
				scale, known := review.ScaleByID(r.Scale)
				if known && r.Value != "" && !scale.Has(r.Value) {
					t.Errorf("%s: %q is no value of %s", c.OGPID, r.Value, r.Scale)
				}
				if !known {
					t.Logf("%s: review has no scale %s", c.OGPID, r.Scale)
				}
				value := r.Value
				if r.Missing != nil {
					value = r.Missing.Code
				}
				found[c.OGPID] = append(found[c.OGPID], r.Variable+"="+value)
			}
		}
	}
	want := map[string]string{
		"EE0059": "ambition=high", "KE0012": "ambition=high open_government=marginal", "KR0052": "ambition=No Data",
		"LR0041": "ambition=high open_government=marginal", "LT0030": "ambition=high", "ID0113": "ambition=low open_government=marginal",
		"CZ0030": "ambition=high open_government=major", "ARBA0003": "verifiable=yes relevant=yes newness=continuation strength_of_change=not_binding",
		"ESCAT0004": "verifiable=unclear relevant=unclear", "ARCRR0001": "verifiable=yes", "DE0039": "ambition=low",
		"NL0049": "potential_impact=Pending IRM Review ambition=No Data open_government=Pending ambition=low open_government=marginal",
		"FR0094": "relevant=no ambition=low",
	}
	for id, ratings := range found {
		if got := strings.Join(ratings, " "); got != want[id] {
			t.Errorf("%q has the ratings %s, want %s", id, got, want[id])
		}
		delete(want, id)
	}
	for id := range want {
		t.Errorf("%s has no ratings", id)
	}
}

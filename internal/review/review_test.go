package review

import (
	"slices"
	"testing"

	"avow/internal/civic"
)

func TestScalesAreDistinctAndTheirValuesToo(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Scales {
		if seen[s.ID] {
			t.Errorf("%s occurs twice", s.ID)
		}
		seen[s.ID] = true
		values := slices.Clone(s.Values)
		slices.Sort(values)
		if len(slices.Compact(values)) != len(s.Values) || len(s.Values) < 2 {
			t.Errorf("%s has the values %v", s.ID, s.Values)
		}
	}
}

func TestEachCodeOfTheTablesHasItsKindOfMissing(t *testing.T) {
	for code, want := range map[string]civic.MissingKind{
		"NA": civic.NotApplicable, "N/A": civic.NotApplicable, "NR": civic.NotReported, "ND": civic.NoData, "": civic.Blank,
		"None Specified": civic.NotSpecified, "None specified": civic.NotSpecified, "Not Specified": civic.NotSpecified,
		"Not Applicable": civic.NotApplicable, " NR ": civic.NotReported,
	} {
		m, ok := MissingFromCode(code)
		if !ok || m.Kind != want || m.Code != code {
			t.Errorf("%q is %+v, %v", code, m, ok)
		}
	}
	for _, value := range []string{"0", "None", "Unclear", "No", "Nothing"} {
		if m, ok := MissingFromCode(value); ok {
			t.Errorf("the value %q is taken for missing: %+v", value, m)
		}
	}
	if m, ok := MissingInstitution("Unclear"); !ok || m.Kind != civic.NotSpecified {
		t.Errorf("an unclear institution is %+v", m)
	}
}

func rated(product civic.Product, edition civic.Edition, value string, kind civic.MissingKind) civic.Assessment {
	r := civic.Rating{Variable: "completion", Scale: "completion/2017", Value: value}
	if kind != civic.NotMissing {
		r.Missing = &civic.Missing{Kind: kind}
	}
	return civic.Assessment{Product: product, Edition: edition, Ratings: []civic.Rating{r}}
}

func TestTheLatestCompletionIsTheLastOneThatWasGiven(t *testing.T) {
	cluster := rated(ResultsReport, "b", "complete", "")
	cluster.Unit = "cluster"
	for name, test := range map[string]struct {
		assessments []civic.Assessment
		value       string
		missing     civic.MissingKind
	}{
		"never assessed":              {nil, "", ""},
		"end of term first":           {[]civic.Assessment{rated(ProgressReport, "a", "limited", ""), rated(EndOfTermReport, "a", "complete", "")}, "complete", ""},
		"end of term, other order":    {[]civic.Assessment{rated(EndOfTermReport, "a", "complete", ""), rated(ProgressReport, "a", "limited", "")}, "complete", ""},
		"progress when nothing later": {[]civic.Assessment{rated(ProgressReport, "a", "limited", ""), rated(EndOfTermReport, "a", "", civic.NoData)}, "limited", ""},
		"why the last is missing":     {[]civic.Assessment{rated(ProgressReport, "a", "", civic.NoData), rated(EndOfTermReport, "a", "", civic.NotReported)}, "", civic.NotReported},
		"the newest edition alone":    {[]civic.Assessment{rated(EndOfTermReport, "a", "complete", ""), rated(ProgressReport, "b", "", civic.NotReported)}, "", civic.NotReported},
		"a cluster's is not its own":  {[]civic.Assessment{rated(ProgressReport, "a", "limited", ""), cluster}, "limited", ""},
	} {
		c := civic.Commitment{Assessments: test.assessments, Sources: []civic.Source{{Edition: "a"}, {Edition: "b"}}}
		if value, missing := LatestCompletion(c); value != test.value || missing != test.missing {
			t.Errorf("%s: %q, %q", name, value, missing)
		}
	}
}

func TestStarRulesAskForAllTheirConditionsAtOnce(t *testing.T) {
	row := func(specificity, impact, completion, relevant string) []civic.Assessment {
		return []civic.Assessment{{Product: ProgressReport, Ratings: []civic.Rating{
			{Variable: "specificity", Value: specificity}, {Variable: "potential_impact", Value: impact},
			{Variable: "completion", Value: completion}, {Variable: "relevant", Value: relevant},
		}}}
	}
	for _, test := range []struct {
		row  []civic.Assessment
		want [3]bool
	}{
		{row("low", "moderate", "complete", "yes"), [3]bool{true, false, false}},
		{row("medium", "moderate", "substantial", "yes"), [3]bool{true, true, false}},
		{row("high", "transformative", "complete", "yes"), [3]bool{true, true, true}},
		{row("high", "transformative", "limited", "yes"), [3]bool{}},
		{row("high", "transformative", "complete", "no"), [3]bool{}},
		{row("high", "minor", "complete", "yes"), [3]bool{}},
	} {
		for i, rule := range StarRules {
			if got, verdict := rule.Starred(test.row, ProgressReport); got != test.want[i] || !verdict {
				t.Errorf("%s of %+v: %v", rule.Scale, test.row[0].Ratings, got)
			}
		}
	}
	if _, verdict := StarCurrent.Starred(row("high", "transformative", "complete", "yes"), EndOfTermReport); verdict {
		t.Error("a verdict without a completion at the end of term")
	}
}

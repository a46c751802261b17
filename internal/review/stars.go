package review

import "avow/internal/civic"

// StarRule is one of the three rules by which the IRM gave stars. All its
// conditions must hold at the same assessment; a rule is never applied to another
// period than its own.
type StarRule struct {
	Scale          string // the star scale whose flags it explains: its version
	Specific       bool   // asks for specificity medium or high
	Transformative bool   // asks for transformative potential impact; otherwise moderate will do
	Verifiable     bool   // where specificity has no data, verifiable counts as specific
}

// The rules as OGP's tables follow them: assessments before June 2014; the year
// 2015; the current formula, which "raised the bar".
var (
	StarBeforeJune2014 = StarRule{Scale: "starred/pre-june-2014"}
	Star2015           = StarRule{Scale: "starred/2015", Specific: true}
	StarCurrent        = StarRule{Scale: "starred/current", Specific: true, Transformative: true, Verifiable: true}
)

// StarRules lists the three, oldest first.
var StarRules = []StarRule{StarBeforeJune2014, Star2015, StarCurrent}

// Starred applies the rule to the assessments of one edition, for the completion
// that the given product found. Design (relevance, specificity, impact) is rated
// once, by whichever product of the edition did. The rule gives no verdict (false,
// false) when relevance, impact or completion was not rated.
func (s StarRule) Starred(assessments []civic.Assessment, product civic.Product) (starred, verdict bool) {
	relevant, ok1 := find(assessments, "relevant", "")
	impact, ok2 := find(assessments, "potential_impact", "")
	completion, ok3 := find(assessments, "completion", product)
	if !ok1 || !ok2 || !ok3 {
		return false, false
	}
	starred = relevant.Value == "yes" &&
		(impact.Value == "transformative" || impact.Value == "moderate" && !s.Transformative) &&
		(completion.Value == "substantial" || completion.Value == "complete") &&
		(!s.Specific || s.specific(assessments))
	return starred, relevant.Value != "" && impact.Value != "" && completion.Value != ""
}

func (s StarRule) specific(assessments []civic.Assessment) bool {
	specificity, ok := find(assessments, "specificity", "")
	if specificity.Value == "medium" || specificity.Value == "high" {
		return true
	}
	verifiable, _ := find(assessments, "verifiable", "")
	noData := !ok || specificity.Missing != nil && specificity.Missing.Kind == civic.NoData
	return s.Verifiable && noData && verifiable.Value == "yes"
}

// find returns the rating of a variable by a product, or by any when it is "".
func find(assessments []civic.Assessment, variable string, product civic.Product) (civic.Rating, bool) {
	for _, a := range assessments {
		if a.Unit != "" || product != "" && a.Product != product {
			continue
		}
		for _, r := range a.Ratings {
			if r.Variable == variable {
				return r, true
			}
		}
	}
	return civic.Rating{}, false
}

// StarTally counts how often a rule gives the flag that a table has.
type StarTally struct {
	Edition civic.Edition
	Rule    string // the scale of the flag
	Product civic.Product
	Agree   int
	Flags   int // cells that are yes or no
	Differ  []int
}

// CheckStars holds the star flags of commitments against their rules. Each gives
// the position of a commitment among those handed in that differs (from 0).
func CheckStars(each func(yield func(civic.Commitment) bool)) []StarTally {
	var tallies []StarTally
	i := 0
	for c := range each {
		for _, a := range c.Assessments {
			for _, r := range a.Ratings {
				tallies = checkStar(tallies, i, c, a, r)
			}
		}
		i++
	}
	return tallies
}

func checkStar(tallies []StarTally, i int, c civic.Commitment, a civic.Assessment, flag civic.Rating) []StarTally {
	for _, rule := range StarRules {
		if flag.Scale != rule.Scale || flag.Value == "" {
			continue
		}
		at := -1
		for k, t := range tallies {
			if t.Edition == a.Edition && t.Rule == rule.Scale && t.Product == a.Product {
				at = k
			}
		}
		if at < 0 {
			at = len(tallies)
			tallies = append(tallies, StarTally{Edition: a.Edition, Rule: rule.Scale, Product: a.Product})
		}
		var own []civic.Assessment
		for _, other := range c.Assessments {
			if other.Edition == a.Edition {
				own = append(own, other)
			}
		}
		t := &tallies[at]
		t.Flags++
		if starred, _ := rule.Starred(own, a.Product); starred == (flag.Value == "yes") {
			t.Agree++
		} else {
			t.Differ = append(t.Differ, i)
		}
	}
	return tallies
}

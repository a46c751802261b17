package app

import (
	"slices"
	"strings"
	"sync"

	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/store"
)

// The flat export has the same columns for every selection. Those of ratings are
// named as in a commitment's history: the product and variable of the rating.
// docs/data-dictionary.md describes each; a test compares it with these lists.
var (
	columnsBefore = []string{
		"id", "ogp_id", "member", "member_code", "member_slug", "region", "regime", "plans", "numbers", "submitted", "theme",
		"title", "title_language", "short_title", "text", "text_language", "start", "end", "lead", "supporting",
		"tags", "tags_unknown", "tags_in_force", "milestones", "completion",
	}
	columnsAfter = []string{"other_ratings", "source_url", "editions", "absent_from", "notes", "placeholder", "demo", "versions", "entry"}

	ratedBy = []struct {
		product   civic.Product
		variables []string
	}{
		{review.ProgressReport, []string{
			"specificity", "verifiable", "value_information", "value_participation", "value_accountability", "value_technology", "relevant",
			"challenge_integrity", "challenge_resources", "challenge_services", "challenge_corporate", "challenge_communities",
			"newness", "potential_impact", "completion", "projected_completion", "on_schedule", "starred", "starred_2014", "starred_2015", "starred_current",
		}},
		{review.EndOfTermReport, []string{
			"completion", "change_in_completion", "open_government", "open_government_information", "open_government_participation",
			"open_government_accountability", "starred_current", "carried_forward",
		}},
		{review.ActionPlanReview, []string{"potential_for_results"}},
		{review.ResultsReport, []string{"early_results"}},
	}
)

// ExportColumns lists the columns of the flat export in their order.
func ExportColumns() []string { return slices.Clone(allColumns()) }

var allColumns = sync.OnceValue(func() []string {
	return slices.Concat(columnsBefore, ratingColumns(), columnsAfter)
})

func ratingColumns() []string {
	var out []string
	for _, by := range ratedBy {
		out = append(out, "report_year."+string(by.product))
		for _, v := range by.variables {
			out = append(out, "rating."+v+"."+string(by.product))
		}
	}
	return out
}

// knownRatings is the set of ratingColumns.
var knownRatings = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, c := range ratingColumns() {
		set[c] = true
	}
	return set
})

func rated(field string) bool {
	return strings.HasPrefix(field, "rating.") || strings.HasPrefix(field, "report_year.")
}

// listMark separates the parts of a cell that holds several.
const listMark = "; "

// flatRow makes a commitment's row. A value that is missing is written as in the
// history, "missing:KIND:CODE"; an empty cell means that no source speaks of it.
func (s *snapshot) flatRow(c civic.Commitment, v store.Version) []string {
	said := map[string]string{}
	var others []string
	columns, known := allColumns(), knownRatings()
	for _, f := range Facts(c) {
		if rated(f.Field) && !known[f.Field] {
			others = append(others, f.Field+"="+f.Value)
			continue
		}
		if _, twice := said[f.Field]; !twice {
			said[f.Field] = f.Value
		}
	}
	m := s.memberOf(c.Member)
	var plans, numbers, editions, absent, notes []string
	for _, p := range c.Plans {
		plans, numbers = append(plans, s.planOf(p.Plan).Slug), append(numbers, p.Number)
	}
	for _, src := range c.Sources {
		editions = append(editions, string(src.Edition))
	}
	for _, e := range c.Absent {
		absent = append(absent, string(e))
	}
	for _, n := range c.Notes {
		notes = append(notes, n.Text.String()+" ("+n.Source+")")
	}
	steps := 0
	for _, m := range c.Milestones {
		if m.Kind != "indicator" {
			steps++
		}
	}
	yes, unknown := tagNames(c)
	for column, value := range map[string]string{
		"id": string(c.ID), "member": m.Name, "member_code": m.Code, "member_slug": m.Slug, "region": string(m.Region), "regime": string(m.Regime),
		"plans": strings.Join(plans, listMark), "numbers": strings.Join(numbers, listMark),
		"title_language": c.Title.Original().Lang, "text_language": languageOf(c.Text),
		"tags": strings.Join(yes, listMark), "tags_unknown": strings.Join(unknown, listMark),
		"tags_in_force": joined(s.graph.Held(c), listMark), "milestones": itoa(steps),
		"completion": completionOf(c), "other_ratings": strings.Join(others, listMark), "source_url": c.URL,
		"editions": strings.Join(editions, listMark), "absent_from": strings.Join(absent, listMark), "notes": strings.Join(notes, listMark),
		"placeholder": yesOrEmpty(c.Placeholder), "demo": yesOrEmpty(c.Demo), "versions": itoa(v.Number), "entry": itoa(int(v.Entry)),
	} {
		said[column] = value
	}
	out := make([]string, len(columns))
	for i, column := range columns {
		out[i] = said[column]
	}
	return out
}

// tagNames lists the tags that are answered with yes, and those that are left
// open, with the source's code.
func tagNames(c civic.Commitment) (yes, unknown []string) {
	eachTag(c, func(name string, missing *civic.Missing) {
		if missing == nil {
			yes = append(yes, name)
		} else {
			unknown = append(unknown, name+" ("+missing.Code+")")
		}
	})
	return yes, unknown
}

func languageOf(t civic.Text) string {
	if len(t) == 0 {
		return ""
	}
	return t[0].Lang
}

func yesOrEmpty(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

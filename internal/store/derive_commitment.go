package store

import (
	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/text"
)

// deriveCommitment computes the rows of a commitment from nothing but itself.
func deriveCommitment(c civic.Commitment) (rows []row, places []string) {
	var plans, numbers, tags []string
	for _, p := range c.Plans {
		plans = append(plans, string(p.Plan))
		numbers = append(numbers, p.Number)
	}
	for _, m := range c.TagMarks() {
		tags = append(tags, tagWord(m))
	}
	tags = append(tags, scopeWords(c.Scoped)...)
	completion, missing := review.LatestCompletion(c)
	if completion == "" {
		completion = string(missing)
	}
	lang := c.Text.Original()
	if lang.Text == "" {
		lang = c.Title.Original()
	}
	milestones := int64(0)
	for _, m := range c.Milestones {
		if m.Kind != "indicator" {
			milestones++
		}
	}
	number := map[bool]int64{true: 1}
	title := c.Title.String()
	rows = []row{
		{commitmentTable, []any{c.OGPID, string(c.Member), lines(plans), lines(numbers), int64(c.Submitted), completion, lang.Lang,
			title, text.Fold(title), lines(sorted(tags)), milestones, number[c.Demo], number[c.Proposed]}},
		{searchTable, []any{tokens(titlePhrases(c)...), tokens(bodyPhrases(c)...)}},
	}
	return rows, plans
}

// tagWord is how the derived row writes a tag: "+" and "-" mark what a person
// decided. FacetRow.Tags hands them out so.
func tagWord(m civic.TagMark) string {
	switch {
	case m.Off:
		return "-" + m.Slug
	case m.Decided:
		return "+" + m.Slug
	}
	return m.Slug
}

// scopeWords are how the derived row writes what a person answered of a commitment's
// place in digital government, in the same column: "@" that somebody was asked, "@ROLE",
// "~STRAND" and "#FACET".
func scopeWords(a *civic.ScopeAnswer) []string {
	if a == nil {
		return nil
	}
	words := []string{"@"}
	for _, list := range []struct {
		mark   string
		values []string
	}{{"@", a.Roles}, {"~", a.Strands}, {"#", a.Facets}} {
		for _, v := range list.values {
			words = append(words, list.mark+v)
		}
	}
	return words
}

// titlePhrases are what a search in titles looks at.
func titlePhrases(c civic.Commitment) []civic.Phrase {
	return append(append([]civic.Phrase{}, c.Title...), c.Short...)
}

// bodyPhrases are what a search looks at besides the title.
func bodyPhrases(c civic.Commitment) []civic.Phrase {
	id := civic.Phrase{Lang: civic.Undetermined, Text: c.OGPID}
	all := append(append([]civic.Phrase{id}, c.Text...), c.Theme...)
	for _, m := range c.Milestones {
		all = append(append(all, m.Title...), m.Text...)
	}
	for _, p := range c.Parts {
		all = append(all, civic.Phrase{Lang: civic.Undetermined, Text: p.Name})
	}
	if t := c.Template; t != nil {
		for _, more := range []civic.Text{t.Problem, t.Causes, t.Past, t.Solution, t.Results, t.Transparency, t.Participation, t.Accountability} {
			all = append(all, more...)
		}
	}
	for _, p := range c.Partners {
		all = append(all, civic.Phrase{Lang: civic.Undetermined, Text: p.Name})
	}
	for _, e := range c.Tags {
		for _, name := range e.Yes {
			all = append(all, civic.Phrase{Lang: "en", Text: name})
		}
	}
	return all
}

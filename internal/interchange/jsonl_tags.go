package interchange

import (
	"errors"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// decided checks what people decided on the tags of a commitment. Whether the
// taxonomy has the tag is not asked: a decision stays when the change that made its
// tag is undone.
func (c *subjectCheck) decided(decisions []civic.TagDecision) {
	last := ""
	for _, d := range decisions {
		c.need(d.Tag != "" && civic.Slug(d.Tag) == d.Tag, "tag_decisions.tag", "slug_form", d.Tag)
		c.need(d.Tag > last, "tag_decisions.tag", "tag_twice", d.Tag)
		last = d.Tag
		c.oneOf("tag_decisions.verdict", string(d.Verdict), words(civic.TagVerdicts)...)
		c.oneOf("tag_decisions.origin", string(d.Origin), words(civic.TagOrigins)...)
		c.need(d.Confidence >= 0 && d.Confidence <= 1000, "tag_decisions.confidence", "value_unknown", strconv.Itoa(d.Confidence))
		if d.Study != "" {
			c.id("tag_decisions.study", d.Study)
		}
		if d.Edition != "" {
			c.edition("tag_decisions.edition", d.Edition)
		}
		c.text("tag_decisions.reason", d.Reason)
		c.oneOf("tag_decisions.by", string(d.By), append([]string{""}, words(civic.AccessRoles)...)...)
		c.need(d.On != "" && civic.IsDay(d.On), "tag_decisions.on", "date_impossible", d.On)
	}
}

// tagChange checks an entry of the taxonomy on its own. Whether it can follow what
// is there is for the import to say.
func (c *subjectCheck) tagChange(s taxonomy.Change) {
	c.need(s.Set != "" && civic.Slug(s.Set) == s.Set, "set", "slug_form", s.Set)
	c.need(s.Place >= 1, "place", "value_unknown", strconv.Itoa(s.Place))
	c.need(s.Version >= 1, "version", "value_unknown", strconv.Itoa(s.Version))
	c.oneOf("state", string(s.State), string(taxonomy.Applied), string(taxonomy.Undone))
	c.need(s.Effective != "" && civic.IsDay(s.Effective), "effective", "date_impossible", s.Effective)
	c.text("why", s.Why)
	if s.About != nil {
		c.text("about.title", s.About.Title)
	}
	if found := taxonomy.CheckChange(s, s.Place); c.issue == nil && len(found) > 0 {
		issue := RuleIssue("tag_change", found)
		c.issue = &issue
	}
}

// study checks the IDs of a study; its rules are asked once its codings and
// commitments are known.
func (c *subjectCheck) study(s study.Study) {
	for _, item := range s.Items {
		c.id("items.commitment", string(item.Commitment))
	}
	c.texts("title", s.Title, "question", s.Question)
	for _, g := range s.Groups {
		c.texts("groups.name", g.Name, "groups.definition", g.Definition)
	}
	for _, m := range s.Memos {
		c.text("memos.text", m.Text)
	}
	for _, d := range s.Decisions {
		c.id("decisions.commitment", string(d.Commitment))
		c.text("decisions.reason", d.Reason)
	}
}

func (c *subjectCheck) coding(s study.Coding) {
	c.id("study", string(s.Study))
	for _, a := range s.Answers {
		c.id("answers.commitment", string(a.Commitment))
	}
}

// RuleIssue makes an issue of the first thing that a rule of another room found. The
// column is the field without the place of its operation ("parents" of
// "changes.3.parents").
func RuleIssue(code string, err error) Issue {
	var e *civic.Error
	if !errors.As(err, &e) {
		return Issue{Code: code, Key: "error.internal", Args: map[string]any{}}
	}
	field := e.Field
	if rest, ok := strings.CutPrefix(field, "changes."); ok {
		_, field, _ = strings.Cut(rest, ".")
	}
	return Issue{Column: field, Code: code, Key: e.Key, Args: e.Args}
}

package interchange

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// subjectCheck collects the first thing that is wrong with a subject.
type subjectCheck struct{ issue *Issue }

func (c *subjectCheck) need(ok bool, field, code, value string) {
	if !ok && c.issue == nil {
		c.issue = &Issue{Column: field, Code: code, Args: map[string]any{"field": field, "value": value}}
	}
}

func (c *subjectCheck) id(field, value string) { c.need(civic.IsID(value), field, "id_form", value) }

func (c *subjectCheck) oneOf(field, value string, known ...string) {
	c.need(slices.Contains(known, value), field, "value_unknown", value)
}

func (c *subjectCheck) text(field string, t civic.Text) {
	for _, p := range t {
		c.need(languageTag.MatchString(p.Lang), field, "language_form", p.Lang)
	}
}

func (c *subjectCheck) missing(field string, m *civic.Missing) {
	if m != nil {
		c.need(slices.Contains(civic.MissingKinds, m.Kind), field, "value_unknown", string(m.Kind))
	}
}

func (c *subjectCheck) when(field string, w civic.When) {
	if w.Date != "" {
		_, err := civic.NewDate(w.Date)
		c.need(err == nil, field, "date_impossible", w.Date)
	}
	c.missing(field, w.Missing)
}

// family is the family of scales that a variable is rated on.
func family(variable string) string {
	switch {
	case strings.HasPrefix(variable, "value_"):
		return "ogp_value"
	case strings.HasPrefix(variable, "challenge_"):
		return "grand_challenge"
	case strings.HasPrefix(variable, "open_government"):
		return "open_government"
	case strings.HasPrefix(variable, "starred"):
		return "starred"
	case variable == "projected_completion":
		return "completion"
	}
	return variable
}

// rating holds a rating against its scale.
func (c *subjectCheck) rating(r civic.Rating) {
	const field = "assessments.ratings"
	c.need(r.Variable != "" && r.Scale != "", field, "field_missing", r.Variable)
	c.need(slices.Contains(review.Variables, r.Variable), field, "variable_unknown", r.Variable)
	scale, known := review.ScaleByID(r.Scale)
	c.need(known && scale.Variable == family(r.Variable), field, "scale_unknown", r.Scale)
	said := r.Value != "" || r.Label != "" || r.Coded != nil // a label that is no value of the scale is kept as it is
	c.need(said != (r.Missing != nil) || said && r.Value == "", field, "value_or_missing", r.Variable)
	if r.Value != "" && !scale.Has(r.Value) && c.issue == nil {
		c.issue = &Issue{Column: field, Code: "rating_unknown", Args: map[string]any{"value": r.Value, "known": strings.Join(scale.Values, ", ")}}
	}
	c.missing(field, r.Missing)
}

func (c *subjectCheck) year(field string, year int) {
	c.need(year == 0 || year >= 1900 && year <= 2200, field, "year_form", strconv.Itoa(year))
}

func (c *subjectCheck) address(field, s string) {
	c.need(s == "" || isWebAddress(s), field, "address_form", s)
}

func (c *subjectCheck) edition(field string, e civic.Edition) {
	c.need(e != "", field, "field_missing", "")
	c.need(mapName.MatchString(string(e)) && len(e) <= 80, field, "edition_form", string(e))
}

// checkSubject returns what is wrong with a subject, or nil.
func checkSubject(s civic.Subject) *Issue {
	var c subjectCheck
	c.id("id", s.SubjectID())
	switch s := s.(type) {
	case civic.Member:
		c.need(s.Slug != "" && civic.Slug(s.Slug) == s.Slug, "slug", "slug_form", s.Slug)
		c.need(strings.TrimSpace(s.Name) != "", "name", "field_missing", "")
		c.oneOf("region", string(s.Region), "", string(civic.Africa), string(civic.Americas), string(civic.Asia), string(civic.Europe))
		c.regime(s.Regime)
		c.oneOf("status", string(s.Status), "", string(civic.Active), string(civic.UnderProceduralReview), string(civic.EligibilityReview),
			string(civic.Inactive), string(civic.Suspended), string(civic.Withdrawn))
		c.year("joined", s.Joined)
	case civic.Institution:
		c.id("member", string(s.Member))
		c.need(strings.TrimSpace(s.Name.String()) != "", "name", "field_missing", "")
		c.text("name", s.Name)
	case civic.Plan:
		c.id("member", string(s.Member))
		c.need(s.Slug != "" && civic.Slug(s.Slug) == s.Slug, "slug", "slug_form", s.Slug)
		c.need(s.Number != "", "number", "field_missing", "")
		c.text("title", s.Title)
		c.when("start", s.Start)
		c.when("end", s.End)
		c.regime(s.Regime)
		c.year("submitted", s.Submitted)
		c.year("end_year", s.EndYear)
		c.address("url", s.URL)
		c.livingPlan(s)
	case civic.Commitment:
		c.commitment(s)
	case taxonomy.Change:
		c.tagChange(s)
	case study.Study:
		c.study(s)
	case study.Coding:
		c.coding(s)
	default:
		c.run(s)
	}
	return c.issue
}

func (c *subjectCheck) regime(r civic.Regime) {
	c.oneOf("regime", string(r), string(civic.National), string(civic.Local), string(civic.LegacyLocal), string(civic.OtherRegime))
}

func (c *subjectCheck) commitment(s civic.Commitment) {
	if s.OGPID != "" {
		written, ok := civic.ParseOGPID(s.OGPID)
		c.need(ok && written == s.OGPID, "ogp_id", "ogp_id_form", s.OGPID)
	}
	c.id("member", string(s.Member))
	for _, p := range s.Plans {
		c.id("plans", string(p.Plan))
	}
	c.text("title", s.Title)
	c.text("short_title", s.Short)
	c.text("text", s.Text)
	c.text("theme", s.Theme)
	c.when("start", s.Start)
	c.when("end", s.End)
	for _, p := range s.Parts {
		c.oneOf("institutions.role", string(p.Role), string(civic.Lead), string(civic.Supporting))
		c.missing("institutions", p.Missing)
		c.need((p.Institution == "") == (p.Missing != nil), "institutions", "value_or_missing", p.Name)
		if p.Institution != "" {
			c.id("institutions", string(p.Institution))
		}
	}
	for _, m := range s.Milestones {
		c.id("milestones.id", string(m.ID))
		c.oneOf("milestones.kind", m.Kind, "milestone", "indicator")
		c.text("milestones.title", m.Title)
		c.text("milestones.text", m.Text)
		c.text("milestones.due_in", m.DueIn)
		c.text("milestones.url", m.URL)
		c.when("milestones.start", m.Start)
		c.when("milestones.due", m.Due)
	}
	c.livingCommitment(s)
	c.decided(s.Decided)
	c.year("submitted", s.Submitted)
	c.address("url", s.URL)
	seen := map[string]bool{}
	for _, e := range s.Absent {
		c.edition("absent", e)
	}
	for _, t := range s.Tags {
		c.edition("tags.edition", t.Edition)
		c.need(!seen[string(t.Edition)], "tags.edition", "source_twice", string(t.Edition))
		seen[string(t.Edition)] = true
		for _, u := range t.Unknown {
			c.missing("tags", &u.Missing)
		}
	}
	for _, a := range s.Assessments {
		c.edition("assessments.edition", a.Edition)
		c.oneOf("assessments.product", string(a.Product), products()...)
		c.missing("assessments.no_year", a.NoYear)
		c.year("assessments.year", a.Year)
		c.oneOf("assessments.unit", a.Unit, "", "cluster", "part")
		key := fmt.Sprint(a.Product, a.Edition, a.Year)
		c.need(!seen[key], "assessments", "assessment_twice", string(a.Product))
		seen[key] = true
		rated := map[string]bool{}
		for _, r := range a.Ratings {
			c.rating(r)
			c.need(!rated[r.Variable], "assessments.ratings", "rating_twice", r.Variable)
			rated[r.Variable] = true
		}
	}
	editions := map[civic.Edition]bool{}
	for _, src := range s.Sources {
		c.need(src.Edition != "" && !editions[src.Edition], "sources.edition", "source_twice", string(src.Edition))
		editions[src.Edition] = true
		c.edition("sources.edition", src.Edition)
		for _, cell := range src.Cells {
			c.need(cell.Value == "" || !IsContactColumn(src.Edition, cell.Column), "sources.cells", "contact_cell", cell.Column)
		}
	}
	for _, n := range s.Notes {
		c.text("notes", n.Text)
		c.need(n.Source != "", "notes.source", "field_missing", "")
	}
}

func products() []string {
	names := make([]string, len(review.Products))
	for i, p := range review.Products {
		names[i] = string(p)
	}
	return names
}

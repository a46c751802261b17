package api

import (
	"avow/internal/app"
	"avow/internal/civic"
)

// Commitment is a commitment in a list.
type Commitment struct {
	ID           string        `json:"id" doc:"Our ID; it never changes"`
	OGPID        *string       `json:"ogp_id" doc:"The ID that OGP's Support Unit assigned" example:"LT0031"`
	Title        string        `json:"title"`
	Text         string        `json:"text" doc:"The full text in its original language"`
	ShortTitle   string        `json:"short_title,omitempty"`
	Theme        string        `json:"theme,omitempty"`
	Language     string        `json:"language" doc:"BCP 47 tag of the text; und when it could not be told" example:"en"`
	Guessed      bool          `json:"language_guessed" doc:"True when the language was detected and not given by the source"`
	Direction    string        `json:"direction" enum:"ltr,rtl,auto"`
	Translations []Translation `json:"translations" nullable:"false"`
	Member       MemberRef     `json:"member"`
	Plans        []PlanRef     `json:"plans" nullable:"false"`
	Tags         []Tagging     `json:"tags" nullable:"false" doc:"What each edition of a source says: tags_in_force says what counts"`
	TagsInForce  []string      `json:"tags_in_force" nullable:"false" doc:"The tags that count for it: those of the newest edition of OGP's table that holds it, of other sources and of people's decisions. Each tag above one of them counts it as well, once"`
	Digital      Digital       `json:"digital" doc:"Where it stands in digital government"`
	Institutions []Part        `json:"institutions" nullable:"false"`
	Start        *string       `json:"start" doc:"YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source; null when missing or undecided: see start_detail"`
	End          *string       `json:"end" doc:"As start"`
	StartDetail  Date          `json:"start_detail"`
	EndDetail    Date          `json:"end_detail"`
	Submitted    *int          `json:"submitted" doc:"Year of submission of the plan"`
	Completion   *string       `json:"completion" doc:"Completion in the latest assessment: a value of the scale or a kind of missing; null when never assessed"`
	URL          string        `json:"url" doc:"The page of the commitment here"`
	SourceURL    *string       `json:"source_url" doc:"The page that the source names"`
	Placeholder  bool          `json:"placeholder" doc:"True when an OGP ID exists but is not known here"`
	Demo         bool          `json:"demo" doc:"True for demonstration data"`
	Ledger       int64         `json:"ledger" doc:"Entry of the public record that holds the newest version, counted from 0"`
	LocalID      *string       `json:"local_id" doc:"Given here before there is an OGP ID" example:"LTU-2026-03"`
	Proposed     bool          `json:"proposed" doc:"Published for consultation, not adopted: only on its plan, never in lists"`
	Dropped      bool          `json:"dropped" doc:"True when an amendment took it out of its plan"`
	Adopted      *Decision     `json:"adopted" doc:"The version that first has it is the baseline"`
}

// CommitmentDetail is everything known of a commitment.
type CommitmentDetail struct {
	Commitment
	Ratings    []Rating    `json:"ratings" nullable:"false" doc:"Every rating of every assessment; they are never merged"`
	Milestones []Milestone `json:"milestones" nullable:"false"`
	Notes      []Note      `json:"notes" nullable:"false"`
	Sources    []Source    `json:"sources" nullable:"false" doc:"Each edition's row with every public column"`
	Absent     []string    `json:"absent" nullable:"false" doc:"Later editions that hold the plan but not this commitment"`
	History    []Change    `json:"history" nullable:"false" doc:"What changed, newest first"`
	Template   []Answer    `json:"template" nullable:"false" doc:"Answers to the questions of OGP's commitment template that have no field above: problem.en, partners.civil_society, goals"`
	Amendments []Amendment `json:"amendments" nullable:"false" doc:"Of what was adopted, oldest first"`
}

// MemberRef is the member a commitment or plan belongs to.
type MemberRef struct {
	ID     string `json:"id"`
	Code   string `json:"code" doc:"The code of OGP's table" example:"LTU"`
	Slug   string `json:"slug" example:"lithuania"`
	Name   string `json:"name" example:"Lithuania"`
	Region string `json:"region" doc:"One of OGP's four regions, or empty when the source names none"`
	URL    string `json:"url"`
}

// PlanRef is a plan that a commitment is part of.
type PlanRef struct {
	ID               string `json:"id"`
	Slug             string `json:"slug" example:"lithuania-5"`
	Number           string `json:"number" doc:"The member's first plan is 1"`
	CommitmentNumber string `json:"commitment_number" doc:"The number of the commitment in this plan" example:"4.2.2"`
	Title            string `json:"title,omitempty"`
	Submitted        *int   `json:"submitted"`
	EndYear          *int   `json:"end_year"`
	URL              string `json:"url"`
}

// Tagging is a tag as one edition of a source gives it.
type Tagging struct {
	Slug    string `json:"slug" doc:"The tag as /api/v1/tags lists it: of a merged tag the one that it leads to"`
	Name    string `json:"name" doc:"As the edition writes it"`
	Edition string `json:"edition" example:"ogp-2024"`
	Value   string `json:"value" doc:"yes, or the kind of missing when the source does not answer"`
	Code    string `json:"code,omitempty" doc:"The source's code for missing"`
}

// Part is an institution's part in a commitment.
type Part struct {
	ID      *string  `json:"id" doc:"null when the source names no institution: see missing"`
	Role    string   `json:"role" enum:"lead,supporting"`
	Name    string   `json:"name" doc:"As the source writes it"`
	Missing *Missing `json:"missing"`
}

// Rating is one variable of one assessment.
type Rating struct {
	Variable string   `json:"variable" example:"completion"`
	Scale    string   `json:"scale" doc:"The version of the scale that the value belongs to" example:"completion/2017"`
	Value    *string  `json:"value" example:"substantial"`
	Missing  *Missing `json:"missing"`
	Product  string   `json:"product" doc:"The IRM product that holds the rating"`
	Year     *int     `json:"year" doc:"Year of publication"`
	NoYear   *Missing `json:"year_missing"`
	Edition  string   `json:"edition" doc:"The source that reports it"`
	Current  bool     `json:"current" doc:"False when a newer edition reports the same variable of the same product"`
	Unit     string   `json:"unit" doc:"What was assessed: empty for the commitment itself, cluster or part"`
	Label    string   `json:"label,omitempty" doc:"The source's label where it is not its usual one"`
	Code     *string  `json:"code,omitempty" doc:"The source's code where it disagrees with the label"`
}

// Milestone is a step of a commitment, or an indicator below one.
type Milestone struct {
	ID           string        `json:"id"`
	Code         string        `json:"code"`
	Parent       string        `json:"parent" doc:"Code of the milestone above an indicator"`
	Kind         string        `json:"kind" enum:"milestone,indicator"`
	Title        string        `json:"title"`
	Text         string        `json:"text"`
	Language     string        `json:"language"`
	Translations []Translation `json:"translations" nullable:"false"`
	Start        Date          `json:"start"`
	Due          Date          `json:"due"`
	DueIn        string        `json:"due_in" doc:"The deadline in the source's words"`
	Lead         string        `json:"lead"`
	SourceURL    *string       `json:"source_url"`
	Columns      []Column      `json:"columns" nullable:"false" doc:"Every other field of the source"`
}

// Note is a sentence about a commitment with its source; never a rating.
type Note struct {
	Text     string `json:"text"`
	Language string `json:"language"`
	Source   string `json:"source"`
	Year     *int   `json:"year"`
}

// Source is one edition's row.
type Source struct {
	Edition string   `json:"edition"`
	Row     int      `json:"row" doc:"The spreadsheet's row, header lines counted; 0 when the source has none"`
	Columns []Column `json:"columns" nullable:"false"`
}

// Change is one field that one entry of the record changed.
type Change struct {
	At     string  `json:"at" format:"date-time"`
	By     string  `json:"by"`
	Verb   string  `json:"verb"`
	Source string  `json:"source" doc:"The edition that brought it"`
	Field  string  `json:"field" example:"rating.completion.progress_report"`
	Before *string `json:"before" doc:"null when there was nothing"`
	After  *string `json:"after" doc:"null when there is nothing any more"`
	Ledger int64   `json:"ledger" doc:"Entry of the public record"`
}

func (a *API) commitment(it app.CommitmentItem) Commitment {
	c := it.Dossier.Commitment
	text := c.Text.Original()
	if text.Text == "" {
		text.Lang, text.Guessed = c.Title.Original().Lang, c.Title.Original().Guessed
	}
	out := Commitment{
		ID: string(c.ID), OGPID: orNull(c.OGPID), Title: c.Title.String(), Text: text.Text,
		ShortTitle: c.Short.String(), Theme: c.Theme.String(),
		Language: text.Lang, Guessed: text.Guessed, Direction: civic.Direction(text.Lang),
		Translations: []Translation{}, Member: a.memberRef(it.Dossier.Member), Plans: []PlanRef{}, Tags: []Tagging{}, TagsInForce: slugs(it.Held()), Digital: digital(it.Frame(), c.Scoped),
		Start: orNull(c.Start.Date), End: orNull(c.End.Date), StartDetail: date(c.Start), EndDetail: date(c.End),
		Submitted: yearOrNull(c.Submitted), Completion: orNull(it.Completion), URL: a.site("commitments", it.Ref), SourceURL: orNull(c.URL),
		Placeholder: c.Placeholder, Demo: c.Demo, Ledger: it.Entry,
		LocalID: orNull(c.LocalID), Proposed: c.Proposed, Dropped: c.Dropped, Adopted: decision(c.Adopted),
	}
	out.Translations = translations(out.Translations, "title", c.Title)
	out.Translations = translations(out.Translations, "text", c.Text)
	out.Translations = translations(out.Translations, "short_title", c.Short)
	out.Translations = translations(out.Translations, "theme", c.Theme)
	for i, p := range it.Dossier.Plans {
		ref := PlanRef{ID: string(p.ID), Slug: p.Slug, Number: p.Number, Title: p.Title.String(),
			Submitted: yearOrNull(p.Submitted), EndYear: yearOrNull(p.EndYear), URL: a.site("plans", p.Slug)}
		if i < len(c.Plans) {
			ref.CommitmentNumber = c.Plans[i].Number
		}
		out.Plans = append(out.Plans, ref)
	}
	out.Institutions = each(c.Parts, func(p civic.Part) Part {
		name := p.Name
		if name == "" {
			name = it.Dossier.Institutions[p.Institution].Name.String()
		}
		return Part{orNull(string(p.Institution)), string(p.Role), name, missing(p.Missing)}
	})
	for _, e := range c.Tags {
		for _, name := range e.Yes {
			out.Tags = append(out.Tags, Tagging{it.TagSlug(name), name, string(e.Edition), "yes", ""})
		}
		for _, u := range e.Unknown {
			out.Tags = append(out.Tags, Tagging{it.TagSlug(u.Name), u.Name, string(e.Edition), string(u.Missing.Kind), u.Missing.Code})
		}
	}
	return out
}

func (a *API) commitmentDetail(p app.CommitmentPage) CommitmentDetail {
	c := p.Dossier.Commitment
	out := CommitmentDetail{Commitment: a.commitment(p.CommitmentItem)}
	out.Tags = each(p.Tags, func(t app.TagView) Tagging {
		return Tagging{p.TagSlug(t.Name), t.Name, string(t.Edition), t.Value, t.Code}
	})
	out.Ratings = each(p.Ratings, func(r app.RatingView) Rating {
		return Rating{r.Variable, r.Scale, orNull(r.Value), missing(r.Missing), string(r.Product), yearOrNull(r.Year),
			missing(r.NoYear), string(r.Edition), r.Current, r.Unit, r.Label, r.Coded}
	})
	out.Milestones = each(c.Milestones, func(m civic.Milestone) Milestone {
		t := translations([]Translation{}, "title", m.Title)
		t = translations(t, "text", m.Text)
		t = translations(t, "due_in", m.DueIn)
		t = translations(t, "source_url", m.URL)
		return Milestone{string(m.ID), m.Code, m.Parent, m.Kind, m.Title.String(), m.Text.String(), m.Title.Original().Lang, t,
			date(m.Start), date(m.Due), m.DueIn.String(), m.Lead, orNull(m.URL.String()), columns(m.Cells)}
	})
	out.Notes = each(c.Notes, func(n civic.Note) Note {
		return Note{n.Text.String(), n.Text.Original().Lang, n.Source, yearOrNull(n.Year)}
	})
	out.Sources = each(p.Sources, func(s app.SourceView) Source {
		return Source{string(s.Edition), s.Row, columns(s.Columns)}
	})
	out.Template, out.Amendments = template(c), each(c.Amendments, decided)
	out.Absent = each(c.Absent, func(e civic.Edition) string { return string(e) })
	out.History = each(p.History, func(h app.Change) Change {
		return Change{instant(h.At), string(h.By), h.Verb, string(h.Source), h.Field, orNull(h.Before), orNull(h.After), h.Ledger}
	})
	return out
}

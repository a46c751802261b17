package api

import (
	"avow/internal/app"
	"avow/internal/civic"
)

// Member is a government with its counts.
type Member struct {
	MemberRef
	Prefix          string   `json:"prefix" doc:"Letters of its OGP IDs"`
	Aliases         []string `json:"aliases" nullable:"false" doc:"Other names that sources use"`
	Regime          string   `json:"regime"`
	Within          *string  `json:"within" doc:"Code of the country of a locality"`
	Status          *string  `json:"status" doc:"OGP's word for how it stands; null when no source says"`
	Joined          *int     `json:"joined" doc:"Year"`
	PlanCount       int      `json:"plan_count"`
	CommitmentCount int      `json:"commitment_count"`
	FirstYear       *int     `json:"first_year" doc:"Year of submission of the first plan here"`
	LastYear        *int     `json:"last_year"`
	Demo            bool     `json:"demo"`
}

// MemberDetail is a member with its plans, oldest first, and its institutions.
type MemberDetail struct {
	Member
	Plans        []Plan        `json:"plans" nullable:"false"`
	Institutions []Institution `json:"institutions" nullable:"false"`
}

// Institution is a body of a member and its parts in commitments.
type Institution struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Language     string        `json:"language"`
	Translations []Translation `json:"translations" nullable:"false"`
	Code         *string       `json:"code" doc:"The source's own code"`
	Leads        int           `json:"leads" doc:"Commitments that it leads"`
	Supports     int           `json:"supports"`
}

// Plan is an action plan.
type Plan struct {
	ID              string        `json:"id"`
	Slug            string        `json:"slug" example:"lithuania-5"`
	SourceID        *string       `json:"source_id" example:"AP_LTU05"`
	Number          string        `json:"number"`
	Title           string        `json:"title"`
	Language        string        `json:"language"`
	Translations    []Translation `json:"translations" nullable:"false"`
	Member          MemberRef     `json:"member"`
	Submitted       *int          `json:"submitted" doc:"Year of submission: OGP's action plan cycle"`
	EndYear         *int          `json:"end_year"`
	Length          *int          `json:"length" doc:"Years"`
	Start           Date          `json:"start"`
	End             Date          `json:"end"`
	Regime          string        `json:"regime"`
	CommitmentCount int           `json:"commitment_count"`
	Completion      []Count       `json:"completion" nullable:"false" doc:"Commitments by completion in the latest assessment"`
	URL             string        `json:"url"`
	SourceURL       *string       `json:"source_url"`
	Demo            bool          `json:"demo"`
	Stage           *string       `json:"stage" doc:"drafting, consultation, adopted, implementation or ended; null for a plan that was only imported"`
	Languages       []string      `json:"languages" nullable:"false" doc:"BCP 47; the first comes first"`
	Periods         []Period      `json:"periods" nullable:"false" doc:"Reporting periods, oldest first"`
	Adopted         *Decision     `json:"adopted"`
	Amendments      []Amendment   `json:"amendments" nullable:"false" doc:"Of the plan's own title and days, oldest first"`
	Moves           []Move        `json:"moves" nullable:"false" doc:"From stage to stage, oldest first"`
}

// PlanDetail is a plan with its commitments in the order of their numbers.
type PlanDetail struct {
	Plan
	Commitments []Commitment `json:"commitments" nullable:"false"`
}

// Overview is what is here, in numbers.
type Overview struct {
	Members      int     `json:"members"`
	Plans        int     `json:"plans"`
	Commitments  int     `json:"commitments"`
	Institutions int     `json:"institutions"`
	Milestones   int     `json:"milestones"`
	ByRegion     []Count `json:"by_region" nullable:"false"`
	ByYear       []Count `json:"by_year" nullable:"false" doc:"By year of submission"`
	ByCompletion []Count `json:"by_completion" nullable:"false"`
	Demo         bool    `json:"demo" doc:"Demonstration data is here"`
}

// Record is the head of the public record.
type Record struct {
	Origin     string  `json:"origin" doc:"Names this record; it is the first line of every checkpoint"`
	Entries    int64   `json:"entries"`
	Root       string  `json:"root" doc:"Base64 of the root hash of the Merkle tree (RFC 6962)"`
	Newest     *string `json:"newest" format:"date-time" doc:"Time of the last entry"`
	Checkpoint string  `json:"checkpoint" doc:"The newest signed checkpoint (C2SP tlog-checkpoint); it may be some seconds behind"`
	Key        string  `json:"key" doc:"The key that verifies the checkpoint (note format)"`
}

// Facets are the filters and how many commitments each choice would leave.
type Facets struct {
	Total  int     `json:"total"`
	Facets []Facet `json:"facets" nullable:"false"`
}

// Facet is one filter.
type Facet struct {
	Name    string  `json:"name" example:"region"`
	Choices []Count `json:"choices" nullable:"false"`
}

func (a *API) memberRef(m civic.Member) MemberRef {
	return MemberRef{string(m.ID), m.Code, m.Slug, m.Name, string(m.Region), a.site("members", m.Slug)}
}

func (a *API) member(m app.MemberItem) Member {
	return Member{MemberRef: a.memberRef(m.Member), Prefix: m.Prefix, Aliases: strings0(m.Aliases), Regime: string(m.Regime),
		Within: orNull(m.Within), Status: orNull(string(m.Status)), Joined: yearOrNull(m.Joined), PlanCount: m.Plans,
		CommitmentCount: m.Commitments, FirstYear: yearOrNull(m.FirstYear), LastYear: yearOrNull(m.LastYear), Demo: m.Demo}
}

func (a *API) memberDetail(p app.MemberPage) MemberDetail {
	return MemberDetail{a.member(p.MemberItem),
		each(p.PlanItems, func(i app.PlanItem) Plan { return a.plan(i, p.Member) }),
		each(p.Institutions, func(i app.InstitutionItem) Institution {
			return Institution{string(i.ID), i.Name.String(), i.Name.Original().Lang, translations([]Translation{}, "name", i.Name),
				orNull(i.Code), i.Leads, i.Supports}
		})}
}

// plan needs the member, of which a plan in a list knows the names alone.
func (a *API) plan(p app.PlanItem, m civic.Member) Plan {
	return Plan{ID: string(p.ID), Slug: p.Slug, SourceID: orNull(p.SourceID), Number: p.Number, Title: p.Title.String(),
		Language: p.Title.Original().Lang, Translations: translations([]Translation{}, "title", p.Title),
		Member:    a.memberRef(m),
		Submitted: yearOrNull(p.Submitted), EndYear: yearOrNull(p.EndYear), Length: yearOrNull(p.Length), Start: date(p.Start),
		End: date(p.End), Regime: string(p.Regime), CommitmentCount: p.Commitments, Completion: counts(p.Completion),
		URL: a.site("plans", p.Slug), SourceURL: orNull(p.URL), Demo: p.Demo,
		Stage: orNull(string(p.Stage)), Languages: append([]string{}, p.Languages...), Periods: each(p.Periods, period), Adopted: decision(p.Adopted),
		Amendments: each(p.Amendments, decided), Moves: each(p.Moves, move)}
}

func counts(in []app.Choice) []Count {
	return each(in, func(c app.Choice) Count { return Count{c.Value, c.Label, c.Count} })
}

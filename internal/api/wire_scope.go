package api

import (
	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// Digital is where a commitment stands in digital government.
type Digital struct {
	Facets  []string `json:"facets" nullable:"false" doc:"Facets of digital government"`
	Roles   []string `json:"roles" nullable:"false" doc:"What the government does with the technology: developer, user, target, regulator"`
	Strands []string `json:"strands" nullable:"false" doc:"Strands of open digital"`
	Said    bool     `json:"said" doc:"True when a person answered; else this is what its tags propose"`
	Scope   string   `json:"scope" enum:"in,both,out,unknown" doc:"What the scope rule says of open digital: out when a person said that the government only regulates, unknown when nobody said what it does"`
	Reason  []Phrase `json:"reason" nullable:"false" doc:"Of the person's answer"`
	On      *string  `json:"on" format:"date" doc:"The day of the answer"`
}

// Coverage is how commitments spread over digital government.
type Coverage struct {
	Commitments int       `json:"commitments" doc:"That were looked at"`
	Members     int       `json:"members" doc:"Whose commitments these are"`
	Answered    int       `json:"answered" doc:"Of them a person said something"`
	Facets      []Covered `json:"facets" nullable:"false" doc:"Every facet, also those without a commitment: eight, then the backbone, then civic technology"`
	Roles       []Covered `json:"roles" nullable:"false"`
	Strands     []Covered `json:"strands" nullable:"false"`
	Scopes      []Covered `json:"scopes" nullable:"false" doc:"What the scope rule says: in, both, out, unknown"`
}

// Covered counts the commitments of one value.
type Covered struct {
	Value       string `json:"value"`
	Commitments int    `json:"commitments"`
	Members     int    `json:"members"`
	Said        int    `json:"said" doc:"By a person's word"`
	Proposed    int    `json:"proposed" doc:"From their tags alone"`
}

func digital(f taxonomy.Frame, a *civic.ScopeAnswer) Digital {
	out := Digital{Facets: slugs(f.Facets), Roles: slugs(f.Roles), Strands: slugs(f.Strands), Said: f.Said, Scope: string(f.Scope()), Reason: []Phrase{}}
	if a != nil {
		out.Reason, out.On = phrases(a.Reason), orNull(a.On)
	}
	return out
}

func coverage(c app.Coverage) Coverage {
	rows := func(list []app.Covered) []Covered {
		return each(list, func(v app.Covered) Covered { return Covered(v) })
	}
	return Coverage{c.Commitments, c.Members, c.Answered, rows(c.Facets), rows(c.Roles), rows(c.Strands), rows(c.Scopes)}
}

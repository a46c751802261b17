package api

import (
	"context"

	"avow/internal/app"
	"avow/internal/civic"
)

// Responsibility is who answers for what in the plans of a member that run.
type Responsibility struct {
	Plans        []string  `json:"plans" nullable:"false" doc:"Slugs of the plans that are meant: those that run, else the newest"`
	Gaps         []Gap     `json:"gaps" nullable:"false"`
	Institutions []Duty    `json:"institutions" nullable:"false"`
	Tensions     []Tension `json:"tensions" nullable:"false"`
	Tools        []Tool    `json:"tools" nullable:"false"`
}

// Gap is something that nobody answers for.
type Gap struct {
	Kind string `json:"kind" enum:"no_lead,no_owner,no_maintainer,upkeep_ends,leads_nothing"`
	ID   string `json:"id" doc:"Of the commitment, tension, tool or institution"`
	Name string `json:"name"`
}

// Duty is an institution with its commitments.
type Duty struct {
	ID       string   `json:"id"`
	Name     []Phrase `json:"name" nullable:"false"`
	Leads    []string `json:"leads" nullable:"false" doc:"OGP IDs, or ours"`
	Supports []string `json:"supports" nullable:"false"`
}

// Tension is a pull between legal texts.
type Tension struct {
	ID          string   `json:"id"`
	Topic       []Phrase `json:"topic" nullable:"false"`
	Laws        []string `json:"laws" nullable:"false"`
	Owner       *string  `json:"owner" doc:"ID of the institution; null when nobody owns it"`
	Commitments []string `json:"commitments" nullable:"false" doc:"Our IDs"`
	Resolved    *string  `json:"resolved" doc:"Day, null while it pulls"`
	How         []Phrase `json:"how" nullable:"false"`
}

// Tool is a piece of technology and who keeps it running.
type Tool struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Purpose     []Phrase `json:"purpose" nullable:"false"`
	Owner       *string  `json:"owner" doc:"ID of the institution that answers for it"`
	Maintainer  *string  `json:"maintainer" doc:"null when nobody maintains it"`
	Kind        *string  `json:"maintainer_kind" doc:"government, civil_society, vendor, community or university"`
	Licence     *string  `json:"licence"`
	Until       *string  `json:"until" doc:"Day to which upkeep is secured"`
	URL         *string  `json:"url"`
	Commitments []string `json:"commitments" nullable:"false" doc:"Our IDs"`
}

type newTension struct {
	ByMemberRef
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Topic       []Phrase `json:"topic" maxItems:"20"`
		Laws        []string `json:"laws" maxItems:"100"`
		Owner       string   `json:"owner,omitempty" required:"false" maxLength:"100" doc:"ID of the institution"`
		Commitments []string `json:"commitments,omitempty" required:"false" maxItems:"200" doc:"Our IDs"`
	}
}

type newTool struct {
	ByMemberRef
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Name        string   `json:"name" maxLength:"1000"`
		Purpose     []Phrase `json:"purpose,omitempty" required:"false" maxItems:"20"`
		Owner       string   `json:"owner,omitempty" required:"false" maxLength:"100" doc:"ID of the institution"`
		Maintainer  string   `json:"maintainer,omitempty" required:"false" maxLength:"1000"`
		Kind        string   `json:"maintainer_kind,omitempty" required:"false" maxLength:"50"`
		Licence     string   `json:"licence,omitempty" required:"false" maxLength:"1000" doc:"SPDX identifier, or the words of the contract"`
		Until       string   `json:"until,omitempty" required:"false" maxLength:"10" doc:"YYYY-MM-DD"`
		URL         string   `json:"url,omitempty" required:"false" maxLength:"4000"`
		Commitments []string `json:"commitments,omitempty" required:"false" maxItems:"200" doc:"Our IDs"`
	}
}

func (a *API) mountResponsibility() {
	mount(a, "get-responsibility", func(ctx context.Context, in *ByMemberRef) (*body[Responsibility], error) {
		r, err := a.App.Responsibility(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(responsibility(r)), nil
	})
	change(a, "keep-tension", func(ctx context.Context, who civic.Caller, in *newTension) (*body[Done], error) {
		m, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		b := in.Body
		id, err := a.App.KeepTension(ctx, who, civic.Tension{Member: m.ID, Topic: textOf(b.Topic), Laws: b.Laws, Owner: civic.InstitutionID(b.Owner), Commitments: commitmentIDs(b.Commitments)}, 0)
		return done(string(id), err)
	})
	change(a, "keep-tool", func(ctx context.Context, who civic.Caller, in *newTool) (*body[Done], error) {
		m, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		b := in.Body
		id, err := a.App.KeepTool(ctx, who, civic.Tool{Member: m.ID, Name: b.Name, Purpose: textOf(b.Purpose), Owner: civic.InstitutionID(b.Owner), Maintainer: b.Maintainer, Kind: b.Kind,
			Licence: b.Licence, Until: b.Until, URL: b.URL, Commitments: commitmentIDs(b.Commitments)}, 0)
		return done(string(id), err)
	})
}

func commitmentIDs(list []string) (out []civic.CommitmentID) {
	for _, id := range list {
		out = append(out, civic.CommitmentID(id))
	}
	return out
}

func responsibility(r app.Responsibility) Responsibility {
	ids := func(list []civic.CommitmentID) []string {
		return each(list, func(id civic.CommitmentID) string { return string(id) })
	}
	refs := func(list []app.CommitmentItem) []string {
		return each(list, func(i app.CommitmentItem) string { return i.Ref })
	}
	return Responsibility{
		Plans: each(r.Plans, func(p app.PlanItem) string { return p.Slug }),
		Gaps:  each(r.Gaps, gapOf),
		Institutions: each(r.Duties, func(d app.Duty) Duty {
			return Duty{string(d.ID), phrases(d.Name), refs(d.Leads), refs(d.Supports)}
		}),
		Tensions: each(r.Tensions, func(t civic.Tension) Tension {
			return Tension{string(t.ID), phrases(t.Topic), each(t.Laws, func(s string) string { return s }), orNull(string(t.Owner)), ids(t.Commitments), orNull(t.Resolved), phrases(t.How)}
		}),
		Tools: each(r.Tools, func(t civic.Tool) Tool {
			return Tool{string(t.ID), t.Name, phrases(t.Purpose), orNull(string(t.Owner)), orNull(t.Maintainer), orNull(t.Kind), orNull(t.Licence), orNull(t.Until), orNull(t.URL), ids(t.Commitments)}
		}),
	}
}

func gapOf(g app.Gap) Gap {
	switch {
	case g.Commitment != nil:
		return Gap{string(g.Kind), g.Commitment.Ref, g.Commitment.Dossier.Commitment.Title.String()}
	case g.Tension != nil:
		return Gap{string(g.Kind), string(g.Tension.ID), g.Tension.Topic.String()}
	case g.Tool != nil:
		return Gap{string(g.Kind), string(g.Tool.ID), g.Tool.Name}
	}
	return Gap{string(g.Kind), string(g.Institution.ID), g.Institution.Name.String()}
}

package api

import (
	"context"

	"avow/internal/app"
	"avow/internal/civic"
)

type coverageIn struct {
	Member string `query:"member" maxLength:"200" doc:"Commitments of a member: the table's code or our slug" example:"LTU"`
	Tag    string `query:"tag" maxLength:"200" doc:"Commitments with a tag or one below it: any of its names" example:"open-data"`
}

type scopeChoice struct {
	Ref  string `path:"ref" maxLength:"200" doc:"OGP ID, or ours" example:"LT0031"`
	Body struct {
		Roles   []string `json:"roles" nullable:"false" maxItems:"20" doc:"What the government does with the technology: developer, user, target, regulator; empty: none"`
		Strands []string `json:"strands" nullable:"false" maxItems:"20" doc:"digital_transformation_of_democracy, democratization_of_digital; empty: none"`
		Facets  []string `json:"facets" nullable:"false" maxItems:"50" doc:"Facets of digital government; empty: none"`
		Reason  []Phrase `json:"reason,omitempty" maxItems:"20" doc:"Required when the government only regulates, and when somebody answered otherwise before"`
	}
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
}

func (a *API) mountScope() {
	mount(a, "digital-facets", func(ctx context.Context, in *coverageIn) (*body[Coverage], error) {
		c, err := a.App.Coverage(ctx, app.CoverageFilter{Member: in.Member, Tag: in.Tag})
		if err != nil {
			return nil, err
		}
		return answer(coverage(c)), nil
	})
	change(a, "answer-scope", func(ctx context.Context, who civic.Caller, in *scopeChoice) (*body[Done], error) {
		b := in.Body
		return done(in.Ref, a.App.AnswerScope(ctx, who, in.Ref, app.ScopeChoice{Roles: b.Roles, Strands: b.Strands, Facets: b.Facets, Reason: textOf(b.Reason)}))
	})
}

package api

import (
	"context"

	"avow/internal/app"
	"avow/internal/civic"
)

// Grant is a role in force. Who has it is not told; who gave it is told by the
// name that the public record uses.
type Grant struct {
	ID          string  `json:"id"`
	Role        string  `json:"role" enum:"facilitator,forum_member,reporter,point_of_contact,reviewer,moderator,support_unit,administrator"`
	Member      *string `json:"member" doc:"Slug; null everywhere"`
	Plan        *string `json:"plan" doc:"Slug; null outside a plan"`
	Commitment  *string `json:"commitment" doc:"OGP ID, or ours; null for more than one commitment"`
	Institution *string `json:"institution" doc:"ID of the institution for which it holds"`
	Since       string  `json:"since" format:"date-time"`
	Until       *string `json:"until" doc:"Last day, null without an end"`
	By          string  `json:"by" doc:"Who gave it, as the public record names them: an account by its number" example:"local-operator"`
}

type newGrant struct {
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Mail        string `json:"mail" maxLength:"254" doc:"Of the person; it is never shown"`
		Role        string `json:"role" maxLength:"50" doc:"facilitator, forum_member, reporter, point_of_contact, reviewer, moderator, support_unit or administrator"`
		Member      string `json:"member,omitempty" required:"false" maxLength:"200" doc:"Slug, code or ID; left out: everywhere"`
		Plan        string `json:"plan,omitempty" required:"false" maxLength:"200" doc:"Slug or ID"`
		Commitment  string `json:"commitment,omitempty" required:"false" maxLength:"200" doc:"OGP ID, or ours"`
		Institution string `json:"institution,omitempty" required:"false" maxLength:"100" doc:"ID, for reporters"`
		Until       string `json:"until,omitempty" required:"false" maxLength:"10" doc:"Last day, YYYY-MM-DD"`
		Reason      string `json:"reason,omitempty" required:"false" maxLength:"2000" doc:"Kept in the public record; it names no person"`
		Lang        string `json:"lang,omitempty" required:"false" maxLength:"10" doc:"Language of the invitation, BCP 47"`
	}
}

type endedGrant struct {
	ID     string `path:"id" maxLength:"200" example:"01jgrant00000000000000000a"`
	Reason string `query:"reason" maxLength:"2000" doc:"Kept in the public record; it names no person" example:"Left the ministry"`
}

// Done says of which thing a change was made.
type Done struct {
	ID string `json:"id"`
}

func (a *API) mountGrant() {
	mount(a, "list-grants", func(ctx context.Context, _ *none) (*body[Page[Grant]], error) {
		list, err := a.App.PublicGrants(ctx)
		if err != nil {
			return nil, err
		}
		return answer(page(each(list, grantOf))), nil
	})
	change(a, "grant", func(ctx context.Context, who civic.Caller, in *newGrant) (*body[Done], error) {
		b := in.Body
		req := app.GrantRequest{Mail: b.Mail, Role: civic.AccessRole(b.Role), Until: b.Until, Reason: b.Reason, Address: a.BaseURL, Lang: b.Lang,
			Scope: civic.Scope{Institution: civic.InstitutionID(b.Institution)}}
		if b.Member != "" {
			m, err := a.App.Member(ctx, b.Member)
			if err != nil {
				return nil, err
			}
			req.Scope.Member = m.ID
		}
		if b.Plan != "" {
			p, err := a.App.Plan(ctx, b.Plan)
			if err != nil {
				return nil, err
			}
			req.Scope.Plan = p.ID
		}
		if b.Commitment != "" {
			id, err := a.App.CommitmentID(ctx, b.Commitment)
			if err != nil {
				return nil, err
			}
			req.Scope.Commitment = id
		}
		id, err := a.App.Grant(ctx, who, req)
		if err != nil {
			return nil, err
		}
		return answer(Done{string(id)}), nil
	})
	change(a, "end-grant", func(ctx context.Context, who civic.Caller, in *endedGrant) (*body[Done], error) {
		if err := a.App.EndGrant(ctx, who, civic.GrantID(in.ID), in.Reason); err != nil {
			return nil, err
		}
		return answer(Done{in.ID}), nil
	})
}

func grantOf(g app.GrantView) Grant {
	return Grant{ID: string(g.ID), Role: string(g.Role), Member: orNull(g.InMember.Slug), Plan: orNull(g.InPlan.Slug), Commitment: orNull(g.Ref),
		Institution: orNull(string(g.Institution)), Since: instant(g.Since), Until: orNull(g.Until), By: string(g.By)}
}

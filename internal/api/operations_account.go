package api

import (
	"context"

	"avow/internal/civic"
)

// Account is the account whose token is used.
type Account struct {
	ID     string        `json:"id"`
	Mail   string        `json:"mail" format:"email"`
	Name   string        `json:"name" doc:"As the person calls themselves; may be empty"`
	Lang   string        `json:"lang" doc:"Language of messages, BCP 47" example:"en"`
	Strong bool          `json:"strong" doc:"The token was made with a second factor, which roles that publish need"`
	Roles  []AccountRole `json:"roles" doc:"Those in force today"`
}

// AccountRole is a role and where it holds: in everything that fits each field
// that is not null.
type AccountRole struct {
	ID          string  `json:"id"`
	Role        string  `json:"role" enum:"facilitator,forum_member,reporter,point_of_contact,reviewer,moderator,support_unit,administrator"`
	Member      *string `json:"member"`
	Plan        *string `json:"plan"`
	Commitment  *string `json:"commitment"`
	Institution *string `json:"institution"`
	Until       *string `json:"until" doc:"Last day, null without an end"`
}

func (a *API) mountAccount() {
	change(a, "get-account", func(ctx context.Context, who civic.Caller, _ *none) (*body[Account], error) {
		v, err := a.App.AccountOf(ctx, who.Account)
		if err != nil {
			return nil, err
		}
		return answer(Account{ID: string(v.ID), Mail: v.Mail, Name: v.Name, Lang: v.Lang, Strong: who.Strong, Roles: each(who.Grants, accountRole)}), nil
	})
}

func accountRole(g civic.Grant) AccountRole {
	return AccountRole{ID: string(g.ID), Role: string(g.Role), Member: orNull(string(g.Member)), Plan: orNull(string(g.Plan)), Commitment: orNull(string(g.Commitment)),
		Institution: orNull(string(g.Institution)), Until: orNull(g.Until)}
}

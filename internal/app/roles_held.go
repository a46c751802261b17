package app

import (
	"context"

	"avow/internal/civic"
)

// RoleHeld is a role that somebody has, with the name of where it holds.
type RoleHeld struct {
	civic.Grant
	Place civic.Text // empty for everywhere
}

// RolesHeld names the roles of a caller. What was erased meanwhile has no name.
func (a *App) RolesHeld(ctx context.Context, who civic.Caller) ([]RoleHeld, error) {
	var out []RoleHeld
	for _, g := range who.Grants {
		h := RoleHeld{Grant: g}
		var err error
		switch {
		case g.Commitment != "":
			var v civic.Commitment
			if v, _, err = read[civic.Commitment](ctx, a, civic.KindCommitment, string(g.Commitment)); err == nil {
				h.Place = v.Title
			}
		case g.Institution != "":
			var v civic.Institution
			if v, _, err = read[civic.Institution](ctx, a, civic.KindInstitution, string(g.Institution)); err == nil {
				h.Place = v.Name
			}
		case g.Plan != "":
			var v civic.Plan
			if v, _, err = read[civic.Plan](ctx, a, civic.KindPlan, string(g.Plan)); err == nil {
				h.Place = v.Title
			}
		case g.Member != "":
			var v civic.Member
			if v, _, err = read[civic.Member](ctx, a, civic.KindMember, string(g.Member)); err == nil {
				h.Place = civic.Text{{Lang: "en", Text: v.Name}}
			}
		}
		if err != nil && civic.KindOf(err) != civic.NotFound {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

// Issuers lists the organisations whose sign-in is linked to somebody's account.
func (a *App) Issuers(ctx context.Context, who civic.Caller) ([]string, error) {
	if err := signedIn(who); err != nil {
		return nil, err
	}
	return a.store.Issuers(ctx, who.Account)
}

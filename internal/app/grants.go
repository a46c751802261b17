package app

import (
	"cmp"
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
)

// GrantView is a role as those see it who may end it: with who has it.
type GrantView struct {
	civic.Grant
	Since      int64 // microseconds
	Name, Mail string
	ByName     string       // who gave it, "" when it was no account
	InMember   civic.Member // zero: everywhere
	InPlan     civic.Plan   // zero outside a plan
	Ref        string       // of the commitment
	Body       civic.Text   // the institution for which it holds
}

// GrantsAt returns the roles in force that the caller may end, oldest first: all
// of them for an administrator, else those within the caller's own scope, by the
// address that was invited: a name would tell that the address has an account.
func (a *App) GrantsAt(ctx context.Context, who civic.Caller) ([]GrantView, error) {
	if err := who.AskAnywhere(civic.MayGrantWithin); err != nil {
		return nil, err
	}
	listed, err := a.grantsListed(ctx, func(g civic.Grant) bool { return who.May(civic.GivenBy(g.Role), g.Place()) })
	if err != nil {
		return nil, err
	}
	ids := make([]civic.AccountID, 0, 2*len(listed))
	for _, g := range listed {
		ids = append(ids, g.Account)
		if by := g.By.AccountOf(); by != "" {
			ids = append(ids, by)
		}
	}
	accounts, err := a.store.AccountsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	all := who.May(civic.MayGrant, civic.Place{})
	for i, g := range listed {
		holder, by := accounts[g.Account], accounts[g.By.AccountOf()]
		listed[i].Mail, listed[i].ByName = holder.Mail, by.Name
		if all || g.Account == who.Account {
			listed[i].Name = holder.Name
		}
		if all || by.ID == who.Account {
			listed[i].ByName = cmp.Or(by.Name, by.Mail)
		}
	}
	return listed, nil
}

// GrantAt returns a role in force that the caller may end.
func (a *App) GrantAt(ctx context.Context, who civic.Caller, id civic.GrantID) (GrantView, error) {
	all, err := a.GrantsAt(ctx, who)
	if err != nil {
		return GrantView{}, err
	}
	for _, g := range all {
		if g.ID == id {
			return g, nil
		}
	}
	return GrantView{}, notFound("grant", string(id))
}

// PublicGrants returns every role in force without who has it, oldest first.
func (a *App) PublicGrants(ctx context.Context) ([]GrantView, error) {
	list, err := a.grantsListed(ctx, func(civic.Grant) bool { return true })
	for i := range list {
		list[i].Account, list[i].Reason = "", ""
	}
	return list, err
}

// grantsListed returns the roles in force that fit, with the names of where they hold.
func (a *App) grantsListed(ctx context.Context, fits func(civic.Grant) bool) ([]GrantView, error) {
	today := a.today()
	var out []GrantView
	err := a.store.EachNewest(ctx, civic.KindGrant, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		g, err := decodeVersion[civic.Grant](v)
		if err == nil && g.Holds(today) && fits(g) {
			out = append(out, GrantView{Grant: g, Since: v.At}) // in force: its first version is its newest
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, a.placeNames(ctx, out)
}

// placeNames fills in how the places of roles are called.
func (a *App) placeNames(ctx context.Context, list []GrantView) error {
	s, err := a.index.current(ctx)
	if err != nil {
		return err
	}
	var bodies, promises []string
	for _, g := range list {
		if g.Institution != "" {
			bodies = append(bodies, string(g.Institution))
		}
		if g.Commitment != "" {
			promises = append(promises, string(g.Commitment))
		}
	}
	institutions, err := a.institutions(ctx, slices.Compact(bodies))
	if err != nil {
		return err
	}
	commitments, err := a.store.NewestOf(ctx, civic.KindCommitment, promises)
	if err != nil {
		return err
	}
	for i, g := range list {
		if g.Member != "" {
			list[i].InMember = s.memberOf(g.Member)
		}
		if n, ok := s.planBy[string(g.Plan)]; ok && g.Plan != "" {
			list[i].InPlan = s.plans[n]
		}
		list[i].Body = institutions[g.Institution].Name
		if v, ok := commitments[string(g.Commitment)]; ok && !v.Erased {
			c, err := decodeVersion[civic.Commitment](v)
			if err != nil {
				return err
			}
			list[i].Ref = cmp.Or(c.OGPID, c.LocalID, string(c.ID))
		}
	}
	return nil
}

// RoleCount says how many people hold a role within a member.
type RoleCount struct {
	Role         civic.AccessRole
	People       int
	Institutions []civic.Text // for which they report, by name
}

// RolesAt counts who holds which role within a member, without any name of a person.
func (a *App) RolesAt(ctx context.Context, member civic.MemberID) ([]RoleCount, error) {
	all, err := belonging[civic.Grant](ctx, a, civic.KindGrant, civic.OfMember, string(member))
	if err != nil {
		return nil, err
	}
	people := map[civic.AccessRole]map[civic.AccountID]bool{}
	bodies := map[civic.AccessRole][]string{}
	var ids []string
	for _, g := range a.inForce(all) {
		if people[g.Role] == nil {
			people[g.Role] = map[civic.AccountID]bool{}
		}
		people[g.Role][g.Account] = true
		if id := string(g.Institution); id != "" && !slices.Contains(bodies[g.Role], id) {
			bodies[g.Role], ids = append(bodies[g.Role], id), append(ids, id)
		}
	}
	names, err := a.institutions(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []RoleCount
	for _, role := range civic.AccessRoles {
		if len(people[role]) == 0 {
			continue
		}
		count := RoleCount{Role: role, People: len(people[role])}
		for _, id := range bodies[role] {
			if body, ok := names[civic.InstitutionID(id)]; ok {
				count.Institutions = append(count.Institutions, body.Name)
			}
		}
		slices.SortFunc(count.Institutions, func(a, b civic.Text) int { return cmp.Compare(foldName(a), foldName(b)) })
		out = append(out, count)
	}
	return out, nil
}

// CommitmentID finds a commitment by its OGP ID or ours, in any case; nothing
// there is NotFound.
func (a *App) CommitmentID(ctx context.Context, ref string) (civic.CommitmentID, error) {
	id, err := a.store.FindCommitment(ctx, ref)
	return civic.CommitmentID(id), err
}

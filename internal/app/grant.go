package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// The verbs of entries on roles.
const (
	verbGrant    = "grant"
	verbEndGrant = "end_grant"
)

// GrantRequest says which role an account shall have, and where. Mail is read when
// Account is empty; an address without an account is invited.
type GrantRequest struct {
	Account civic.AccountID
	Mail    string
	Lang    string // of the invitation, "" English
	Address string // public address of the site for the invitation's link, "" for none
	Role    civic.AccessRole
	Scope   civic.Scope // what is left out follows from what is there: the member of a plan
	Until   string      // last day, YYYY-MM-DD; "" without an end
	Reason  string
}

// Grant gives a role and returns its ID. A point of contact gives the roles of
// civic.GrantedWithin inside its own scope, an administrator any. An equal role
// that holds already is a Conflict.
func (a *App) Grant(ctx context.Context, who civic.Caller, req GrantRequest) (civic.GrantID, error) {
	p := civic.GivenBy(req.Role)
	g := civic.Grant{Role: req.Role, Scope: req.Scope, By: who.Actor, Until: strings.TrimSpace(req.Until), Reason: strings.TrimSpace(req.Reason)}
	var err error
	if g.Scope, err = a.wholeScope(ctx, g.Scope); err != nil {
		return "", err
	}
	if err := who.Ask(p, g.Place()); err != nil {
		return "", err // before an account is made for a stranger
	}
	g.Account = req.Account
	mail := req.Mail
	if g.Account != "" {
		mail = "-"
	}
	// The account comes last: who mistyped a day has invited nobody.
	if f := civic.CheckGrant(civic.Grant{Account: civic.AccountID(strings.TrimSpace(mail)), Role: g.Role, Scope: g.Scope, Until: g.Until, Reason: g.Reason}, a.today()); len(f) > 0 {
		return "", f
	}
	if g.Account == "" {
		if g.Account, err = a.OpenAccount(ctx, req.Mail, "", cmp.Or(req.Lang, "en")); err != nil {
			return "", err
		}
	} else if _, err := a.store.Account(ctx, g.Account); err != nil {
		return "", err
	}
	id, err := a.newID()
	if err != nil {
		return "", err
	}
	g.ID = civic.GrantID(id)
	err = a.act(ctx, who, p, func(ask func(civic.Place) error) ([]edit, error) {
		if err := ask(g.Place()); err != nil {
			return nil, err
		}
		held, err := a.GrantsOf(ctx, g.Account)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(held, func(h civic.Grant) bool { return h.Role == g.Role && h.Scope == g.Scope }) {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "grant.held"}
		}
		return []edit{{subject: g, verb: verbGrant}}, nil
	})
	if err != nil {
		return "", err
	}
	return g.ID, a.tellOfGrant(ctx, g, req.Address)
}

// tellOfGrant queues the mail that tells somebody of a role.
func (a *App) tellOfGrant(ctx context.Context, g civic.Grant, address string) error {
	to, err := a.store.Account(ctx, g.Account)
	if err != nil {
		return fmt.Errorf("tell of a role: %w", err)
	}
	words := map[string]string{"role": string(g.Role), "until": g.Until, "member": a.memberName(ctx, g.Member)}
	if address != "" {
		words["link"] = address + "/" + to.Lang + "/sign-in?to=" + url.QueryEscape("/"+to.Lang+"/work")
	}
	data, err := json.Marshal(words)
	if err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error {
		return h.QueueMail(store.QueuedMail{Key: "grant/" + string(g.ID), To: to.Mail, Lang: to.Lang, Kind: "invitation", Data: data, Due: a.now().UnixMicro()})
	})
}

// memberName is how a member is called, "" for none.
func (a *App) memberName(ctx context.Context, id civic.MemberID) string {
	if id == "" {
		return ""
	}
	m, _, err := read[civic.Member](ctx, a, civic.KindMember, string(id))
	if err != nil {
		return ""
	}
	return m.Name
}

// EndGrant ends a role. The last administrator stays.
func (a *App) EndGrant(ctx context.Context, who civic.Caller, id civic.GrantID, reason string) error {
	reason = strings.TrimSpace(reason)
	g, _, err := read[civic.Grant](ctx, a, civic.KindGrant, string(id))
	if err != nil {
		return err
	}
	return a.act(ctx, who, civic.GivenBy(g.Role), func(ask func(civic.Place) error) ([]edit, error) {
		g, _, err := read[civic.Grant](ctx, a, civic.KindGrant, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask(g.Place()); err != nil {
			return nil, err
		}
		if f := civic.CheckGrantEnd(reason); len(f) > 0 {
			return nil, f
		}
		if g.Ended != "" {
			return nil, &civic.Error{Kind: civic.Conflict, Key: "grant.ended"}
		}
		if g.Role == civic.Administrator {
			if err := a.notTheLast(ctx, g.ID); err != nil {
				return nil, err
			}
		}
		g.Ended, g.Reason = who.Actor, reason
		return []edit{{subject: g, verb: verbEndGrant}}, nil
	})
}

// notTheLast refuses to end the role of the only administrator.
func (a *App) notTheLast(ctx context.Context, but civic.GrantID) error {
	all, err := a.everyGrant(ctx)
	if err != nil {
		return err
	}
	for _, g := range all {
		if g.Role == civic.Administrator && g.ID != but {
			return nil
		}
	}
	return &civic.Error{Kind: civic.Conflict, Key: "grant.last_administrator"}
}

// GrantsOf returns the roles of an account that are in force today, oldest first.
func (a *App) GrantsOf(ctx context.Context, account civic.AccountID) ([]civic.Grant, error) {
	all, err := belonging[civic.Grant](ctx, a, civic.KindGrant, civic.OfAccount, string(account))
	if err != nil {
		return nil, err
	}
	return a.inForce(all), nil
}

func (a *App) inForce(all []civic.Grant) []civic.Grant {
	today := a.today()
	return slices.DeleteFunc(all, func(g civic.Grant) bool { return !g.Holds(today) })
}

// everyGrant returns every role that holds today, oldest first.
func (a *App) everyGrant(ctx context.Context) ([]civic.Grant, error) {
	var all []civic.Grant
	err := a.store.EachNewest(ctx, civic.KindGrant, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		g, err := decodeVersion[civic.Grant](v)
		all = append(all, g)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.inForce(all), nil
}

// wholeScope holds the parts of a scope against each other and fills in what
// follows from them. What does not belong together or is not here is a fault of
// its field.
func (a *App) wholeScope(ctx context.Context, s civic.Scope) (civic.Scope, error) {
	var e civic.Errors
	member := func(field string, m civic.MemberID) {
		if s.Member == "" {
			s.Member = m
		} else if s.Member != m {
			e.Add(field, "grant.fault.elsewhere")
		}
	}
	known := func(field string, err error) (bool, error) {
		if civic.KindOf(err) == civic.NotFound {
			e.Add(field, "grant.fault.unknown")
			return false, nil
		}
		return err == nil, err
	}
	if s.Member != "" {
		_, _, err := read[civic.Member](ctx, a, civic.KindMember, string(s.Member))
		if _, err := known("member", err); err != nil {
			return s, err
		}
	}
	if s.Plan != "" {
		plan, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(s.Plan))
		if ok, err := known("plan", err); err != nil {
			return s, err
		} else if ok {
			member("plan", plan.Member)
		}
	}
	if s.Commitment != "" {
		c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(s.Commitment))
		if ok, err := known("commitment", err); err != nil {
			return s, err
		} else if ok {
			member("commitment", c.Member)
			if s.Plan != "" && !slices.ContainsFunc(c.Plans, func(in civic.PlanEntry) bool { return in.Plan == s.Plan }) {
				e.Add("commitment", "grant.fault.elsewhere")
			}
		}
	}
	if s.Institution != "" {
		i, _, err := read[civic.Institution](ctx, a, civic.KindInstitution, string(s.Institution))
		if ok, err := known("institution", err); err != nil {
			return s, err
		} else if ok {
			member("institution", i.Member)
		}
	}
	return s, e.Or()
}

package app

import (
	"context"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// AccountItem is an account as an administrator sees it.
type AccountItem struct {
	ID         civic.AccountID
	Mail, Name string
	Created    int64
	Factor     bool // has a second factor or a passkey
	Blocked    bool
	Own        bool // the caller's
}

// mostAccounts is how many accounts are listed at once.
const mostAccounts = 100

// Accounts lists the accounts whose mail address contains a text, by address; more
// says that there are others.
func (a *App) Accounts(ctx context.Context, who civic.Caller, part string) (list []AccountItem, more bool, err error) {
	if err := who.Ask(civic.MayAdminister, civic.Place{}); err != nil {
		return nil, false, err
	}
	found, err := a.store.Accounts(ctx, strings.ToLower(cleanLine(part)), mostAccounts+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(found) > mostAccounts; more {
		found = found[:mostAccounts]
	}
	for _, f := range found {
		list = append(list, AccountItem{ID: f.ID, Mail: f.Mail, Name: f.Name, Created: f.Created, Factor: f.TOTP != "" || f.Passkeys > 0,
			Blocked: f.Blocked, Own: f.ID == who.Account})
	}
	return list, more, nil
}

// CloseAccount ends the caller's roles and then forgets everything that is known of
// them. What they published stays under the number of the account. The last
// administrator stays.
func (a *App) CloseAccount(ctx context.Context, who civic.Caller) error {
	if err := a.proven(ctx, who); err != nil {
		return err
	}
	held, err := a.GrantsOf(ctx, who.Account)
	if err != nil {
		return err
	}
	if len(held) > 0 {
		// Everybody may lay their own roles down: the program does it in their name.
		err := a.act(ctx, civic.Operator(), civic.MayGrant, func(ask func(civic.Place) error) ([]edit, error) {
			return a.ownGrantsEnd(ctx, who, ask)
		})
		if err != nil {
			return err
		}
	}
	return a.store.House(ctx, func(h *store.House) error { return h.EraseAccount(who.Account) })
}

func (a *App) ownGrantsEnd(ctx context.Context, who civic.Caller, ask func(civic.Place) error) ([]edit, error) {
	held, err := a.GrantsOf(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	var out []edit
	for _, g := range held {
		if err := ask(g.Place()); err != nil {
			return nil, err
		}
		if g.Role == civic.Administrator {
			if err := a.notTheLast(ctx, g.ID); err != nil {
				return nil, err
			}
		}
		g.Ended, g.Reason = who.Actor, ""
		out = append(out, edit{subject: g, verb: verbEndGrant, actor: who.Actor})
	}
	return out, nil
}

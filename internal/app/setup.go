package app

import (
	"context"
	"slices"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// setupLasts is how long a setup link can be used.
const setupLasts = 24 * time.Hour

// HasAdministrator reports whether somebody has the role of administrator today.
func (a *App) HasAdministrator(ctx context.Context) (bool, error) {
	all, err := a.everyGrant(ctx)
	return slices.ContainsFunc(all, func(g civic.Grant) bool { return g.Role == civic.Administrator && g.Scope == civic.Scope{} }), err
}

// NewSetup makes the token of a setup link; the former one ends. Only whoever runs
// the program is given it.
func (a *App) NewSetup(ctx context.Context) (token string, err error) {
	if token, err = a.newSecret(); err != nil {
		return "", err
	}
	now := a.now()
	return token, a.store.House(ctx, func(h *store.House) error {
		if err := h.DropTokens(forSetup, ""); err != nil {
			return err
		}
		return h.AddToken(store.Token{Hash: digest(forSetup, token), Purpose: forSetup, Created: now.UnixMicro(), Expires: now.Add(setupLasts).UnixMicro()})
	})
}

// LookAtSetup returns why a setup link cannot be used, nil when it can.
func (a *App) LookAtSetup(ctx context.Context, token string) error {
	t, ok, err := a.store.Token(ctx, forSetup, digest(forSetup, token))
	if err != nil {
		return err
	}
	return a.setupUsable(t, ok)
}

func (a *App) setupUsable(t store.Token, ok bool) error {
	switch {
	case !ok:
		return refusedSignIn("setup.unknown", "")
	case t.Used != 0:
		return refusedSignIn("setup.used", "")
	case t.Expires < a.now().UnixMicro():
		return refusedSignIn("setup.expired", "")
	}
	return nil
}

// SetUp makes the first administrator with a setup link and signs them in. The
// record says that the program gave the role.
func (a *App) SetUp(ctx context.Context, token, name, mail string, from Arrival) (out SignedIn, err error) {
	var faults civic.Errors
	if mail, err = ParseMail(mail); err != nil {
		faults = append(faults, err.(*civic.Error))
	}
	if name, err = parseName(name); err != nil {
		faults = append(faults, err.(*civic.Error))
	} else if name == "" {
		faults.Add("name", "account.name_missing")
	}
	if len(faults) > 0 {
		return out, faults
	}
	err = a.store.House(ctx, func(h *store.House) error {
		t, ok, err := h.Token(forSetup, digest(forSetup, token))
		if err != nil {
			return err
		}
		if err := a.setupUsable(t, ok); err != nil {
			return err
		}
		if ok, err := h.TakeToken(t.Hash, a.now().UnixMicro()); err != nil || !ok {
			if err == nil {
				err = refusedSignIn("setup.used", "")
			}
			return err
		}
		account, isNew, err := a.openAccount(h, mail, name, from.Lang)
		if err != nil {
			return err
		}
		if err := h.NameAccount(account.ID, name, from.Lang); err != nil {
			return err
		}
		if err := h.BlockAccount(account.ID, false); err != nil {
			return err
		}
		out = SignedIn{Account: account.ID, New: isNew}
		out.Session, err = a.begin(h, account.ID, false, from)
		return err
	})
	if err != nil {
		return SignedIn{}, err
	}
	// The link is used now. Should the role not be written, the next start of the
	// program gives another link.
	id, err := a.newID()
	if err != nil {
		return SignedIn{}, err
	}
	grant := civic.Grant{ID: civic.GrantID(id), Account: out.Account, Role: civic.Administrator, By: civic.ProgramActor}
	err = a.act(ctx, civic.Operator(), civic.MayGrant, func(ask func(civic.Place) error) ([]edit, error) {
		if err := ask(civic.Place{}); err != nil {
			return nil, err
		}
		return []edit{{subject: grant, verb: "grant", actor: civic.ProgramActor}}, nil
	})
	return out, err
}

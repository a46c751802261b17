package app

import (
	"context"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// Account is what is known of a person.
type Account = store.Account

// Caller tells who holds a session: the account with the roles that are in force
// today. An unknown, ended or expired session is a visitor, and so is a blocked account.
func (a *App) Caller(ctx context.Context, session string) (civic.Caller, error) {
	v, ok, err := a.session(ctx, session)
	if err != nil || !ok {
		return civic.Caller{}, err
	}
	return a.callerOf(ctx, v.Account, v.Strong)
}

// callerOf loads an account with its roles; a blocked one is a visitor.
func (a *App) callerOf(ctx context.Context, id civic.AccountID, strong bool) (civic.Caller, error) {
	account, err := a.store.Account(ctx, id)
	if civic.KindOf(err) == civic.NotFound || err == nil && account.Blocked {
		return civic.Caller{}, nil
	}
	if err != nil {
		return civic.Caller{}, err
	}
	grants, err := a.GrantsOf(ctx, id)
	if err != nil {
		return civic.Caller{}, err
	}
	return civic.Caller{Actor: civic.ActorOf(id), Account: id, Name: account.Name, Grants: grants, Strong: strong}, nil
}

// OpenAccount finds the account of a mail address, or makes one with the name and
// the language. It asks nobody: callers authorise.
func (a *App) OpenAccount(ctx context.Context, mail, name, lang string) (civic.AccountID, error) {
	mail, err := ParseMail(mail)
	if err != nil {
		return "", err
	}
	if name, err = parseName(name); err != nil {
		return "", err
	}
	var out store.Account
	err = a.store.House(ctx, func(h *store.House) error {
		out, _, err = a.openAccount(h, mail, name, lang)
		return err
	})
	return out.ID, err
}

func (a *App) openAccount(h *store.House, mail, name, lang string) (store.Account, bool, error) {
	id, err := civic.NewBlindID(a.random)
	if err != nil {
		return store.Account{}, false, err
	}
	return h.OpenAccount(store.Account{ID: civic.AccountID(id), Mail: mail, Name: name, Lang: lang, Created: a.now().UnixMicro()})
}

// AccountOf returns what is known of an account.
func (a *App) AccountOf(ctx context.Context, id civic.AccountID) (Account, error) {
	return a.store.Account(ctx, id)
}

// AccountByMail finds an account by its mail address.
func (a *App) AccountByMail(ctx context.Context, mail string) (Account, error) {
	mail, err := ParseMail(mail)
	if err != nil {
		return Account{}, err
	}
	return a.store.AccountByMail(ctx, mail)
}

// AccountsOf returns what is known of those accounts that exist.
func (a *App) AccountsOf(ctx context.Context, ids []civic.AccountID) (map[civic.AccountID]Account, error) {
	return a.store.AccountsOf(ctx, ids)
}

// NameAccount sets how a person is called and the language of their mails.
func (a *App) NameAccount(ctx context.Context, who civic.Caller, name, lang string) error {
	if err := signedIn(who); err != nil {
		return err
	}
	name, err := parseName(name)
	if err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.NameAccount(who.Account, name, lang) })
}

// BlockAccount keeps an account out, or lets it in again. Its sessions end at once. Nobody
// blocks their own.
func (a *App) BlockAccount(ctx context.Context, who civic.Caller, id civic.AccountID, blocked bool) error {
	if err := who.Ask(civic.MayAdminister, civic.Place{}); err != nil {
		return err
	}
	if blocked && id == who.Account {
		return &civic.Error{Kind: civic.Conflict, Key: "accounts.self"}
	}
	return a.store.House(ctx, func(h *store.House) error { return h.BlockAccount(id, blocked) })
}

// ResetFactors takes all second factors, keys and sessions from an account whose
// holder lost them: the next sign-in by mail enrols a new one.
func (a *App) ResetFactors(ctx context.Context, who civic.Caller, id civic.AccountID) error {
	if err := who.Ask(civic.MayAdminister, civic.Place{}); err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error {
		if err := h.SetTOTP(id, "", 0, nil); err != nil {
			return err
		}
		if err := h.RemovePasskey(id, ""); err != nil {
			return err
		}
		if err := h.RevokeAPIToken(id, ""); err != nil {
			return err
		}
		return h.EndSessions(id, nil)
	})
}

// signedIn returns an Unauthenticated error for somebody without an account.
func signedIn(who civic.Caller) error {
	if who.SignedIn() {
		return nil
	}
	return &civic.Error{Kind: civic.Unauthenticated, Key: "error.sign_in"}
}

// unproven is what somebody is told whose session lacks the second factor.
func unproven() error { return &civic.Error{Kind: civic.Unproven, Key: "error.second_factor"} }

// Sweep removes what nobody can use any more: tokens of yesterday, sessions that
// are over, and what is left of mails that were sent long ago.
func (a *App) Sweep(ctx context.Context) error {
	now := a.now()
	ago := func(d time.Duration) int64 { return now.Add(-d).UnixMicro() }
	err := a.store.House(ctx, func(h *store.House) error {
		return h.SweepAccounts(ago(throttleDay), ago(sessionLasts), ago(mailKeyLasts))
	})
	if err == nil {
		_, err = a.SweepFiles(ctx)
	}
	if err == nil {
		err = a.SweepFollows(ctx)
	}
	return err
}

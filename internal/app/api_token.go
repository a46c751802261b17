package app

import (
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// keyPrefix begins every key for programs, so that it is recognised where it lies
// about.
const keyPrefix = "avow_"

// APIToken is a key with which a program acts for an account.
type APIToken struct {
	ID, Name      string
	Created, Used int64 // Used is the last day, 0: never
	Strong        bool
}

// CallerByToken tells who holds a key of the API. No key is a visitor; one that is
// unknown, or whose account is blocked, is Unauthenticated. A key that was made
// with a second factor counts as one that was.
func (a *App) CallerByToken(ctx context.Context, token string) (civic.Caller, error) {
	if token == "" {
		return civic.Caller{}, nil
	}
	unknown := &civic.Error{Kind: civic.Unauthenticated, Key: "error.token"}
	secret, ok := strings.CutPrefix(token, keyPrefix)
	if !ok || !isSecret(secret) {
		return civic.Caller{}, unknown
	}
	t, ok, err := a.store.APIToken(ctx, digest("key", secret))
	if err != nil {
		return civic.Caller{}, err
	}
	if !ok {
		return civic.Caller{}, unknown
	}
	who, err := a.callerOf(ctx, t.Account, t.Strong)
	if err != nil || !who.SignedIn() {
		if err == nil {
			err = unknown
		}
		return civic.Caller{}, err
	}
	if day := a.day(); t.Used < day {
		short, cancel := context.WithTimeout(ctx, seenPatience)
		defer cancel()
		_ = a.store.House(short, func(h *store.House) error { return h.UseAPIToken(t.Hash, day) }) // noted the next time otherwise
	}
	return who, nil
}

// day is the beginning of the present day, microseconds.
func (a *App) day() int64 {
	const day = 24 * 60 * 60 * 1_000_000
	now := a.now().UnixMicro()
	return now - now%day
}

// publishes reports whether somebody has a role that asks for a second factor.
func publishes(who civic.Caller) bool {
	return slices.ContainsFunc(who.Grants, func(g civic.Grant) bool { return civic.NeedsSecondFactor(g.Role) })
}

// NewAPIToken makes a key. It is shown once, with ShownOnce. A role that publishes
// asks for a session with a second factor.
func (a *App) NewAPIToken(ctx context.Context, who civic.Caller, session, name string) error {
	if err := a.proven(ctx, who); err != nil {
		return err
	}
	if publishes(who) && !who.Strong {
		return unproven()
	}
	name, err := parseName(name)
	if err != nil {
		return err
	}
	if name == "" {
		return &civic.Error{Kind: civic.Invalid, Key: "account.token_name", Field: "name"}
	}
	secret, err := a.newSecret()
	if err != nil {
		return err
	}
	id, err := civic.NewBlindID(a.random)
	if err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error {
		err := h.AddAPIToken(store.APIToken{Hash: digest("key", secret), ID: id, Account: who.Account, Name: name, Created: a.now().UnixMicro(), Strong: who.Strong})
		if err != nil {
			return err
		}
		return a.show(h, who.Account, session, Shown{Name: name, Token: keyPrefix + secret})
	})
}

// APITokens lists somebody's own keys, oldest first.
func (a *App) APITokens(ctx context.Context, who civic.Caller) ([]APIToken, error) {
	if err := signedIn(who); err != nil {
		return nil, err
	}
	all, err := a.store.APITokens(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	out := make([]APIToken, len(all))
	for i, t := range all {
		out[i] = APIToken{t.ID, t.Name, t.Created, t.Used, t.Strong}
	}
	return out, nil
}

// RevokeAPIToken takes one of somebody's own keys away, at once.
func (a *App) RevokeAPIToken(ctx context.Context, who civic.Caller, id string) error {
	if err := signedIn(who); err != nil {
		return err
	}
	if id == "" {
		return notFound("account", id)
	}
	return a.store.House(ctx, func(h *store.House) error { return h.RevokeAPIToken(who.Account, id) })
}

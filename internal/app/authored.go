package app

import (
	"context"

	"avow/internal/civic"
	"avow/internal/store"
)

// noteAuthor keeps, outside the record, which account is about to write something
// whose author the record does not tell, and returns its ID. With a target an
// account writes once: asked again, also after a crash in between, the ID of the
// first time comes back. Who has no account is not noted.
func (a *App) noteAuthor(ctx context.Context, who civic.Caller, kind civic.Kind, id, target string) (string, error) {
	if !who.SignedIn() {
		return id, nil
	}
	err := a.store.House(ctx, func(h *store.House) (err error) {
		id, err = h.Author(who.Account, kind, id, target)
		return err
	})
	return id, err
}

// mine returns a NotFound error unless the caller wrote a subject: whose it is
// instead is nobody's to learn.
func (a *App) mine(ctx context.Context, who civic.Caller, kind civic.Kind, id string) error {
	if err := signedIn(who); err != nil {
		return err
	}
	wrote, err := a.store.Wrote(ctx, who.Account, kind, id)
	if err == nil && !wrote {
		err = notFound(string(kind), id)
	}
	return err
}

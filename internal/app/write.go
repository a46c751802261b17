package app

import (
	"context"
	"errors"
	"fmt"

	"avow/internal/civic"
	"avow/internal/store"
)

// pending is a subject that is ready to be written, with the words of its entry.
type pending struct {
	prepared store.Prepared
	verb     string
	edition  civic.Edition
}

// errAfterCommit says that a change was written and what follows it went wrong.
var errAfterCommit = errors.New("the change is written; after it")

// errMoved says that the record grew between looking and writing.
var errMoved = errors.New("the record moved on")

// write is the one door through which the inside changes: it authorises the
// actor, opens the write transaction, writes each subject with its entry in the
// record, commits, and runs the after-commit work. The changes, which next gives
// one by one, must have been made from the record at size; errMoved, which comes
// before the first of them is asked for, tells the caller to look again.
func (a *App) write(ctx context.Context, actor civic.Actor, permission civic.Permission, size int64, changes int, next func() (pending, error),
	progress func(done int)) error {
	if err := permit(actor, permission); err != nil {
		return err
	}
	at := a.now().UnixMicro()
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		if tx.Size() != size {
			return errMoved
		}
		for i := range changes {
			c, err := next()
			if err != nil {
				return err
			}
			entry := store.Entry{At: at, Actor: actor, Verb: c.verb, Edition: c.edition}
			if _, err := tx.Put(c.prepared, entry); err != nil {
				return fmt.Errorf("write change %d of %d: %w", i+1, changes, err)
			}
			if progress != nil {
				progress(i + 1)
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	if a.afterCommit != nil {
		// The change is written: who goes away now does not leave it without its
		// checkpoint.
		if err := a.afterCommit(context.WithoutCancel(ctx)); err != nil {
			return fmt.Errorf("%w: %w", errAfterCommit, err)
		}
	}
	return nil
}

package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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
	return a.committed(ctx)
}

// committed runs the after-commit work. The change is written: who goes away now
// does not leave it without its checkpoint.
func (a *App) committed(ctx context.Context) error {
	if a.afterCommit == nil {
		return nil
	}
	if err := a.afterCommit(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("%w: %w", errAfterCommit, err)
	}
	return nil
}

// edit is a subject as a person's change leaves it, with the verb of its entry.
type edit struct {
	subject civic.Subject
	verb    string
	edition civic.Edition
	actor   civic.Actor // instead of the caller: a citizen whom the record does not tell
}

// coarse is when the record says that a citizen spoke, so that the moment tells
// nobody who it was: at the full hour, and not before the entry that goes before.
func coarse(at, newest int64) int64 { return max(at-at%time.Hour.Microseconds(), newest) }

// errUnasked says that a use case changes something and asked for no permission.
var errUnasked = errors.New("a change that nobody was asked for")

// act is the door for what a person changes: a few subjects, looked up and
// written while no other change can come between. look reads the record, asks
// for the permission at the place that it finds, checks the input and returns
// the edits; without any, nothing is written. It must not write itself.
func (a *App) act(ctx context.Context, who civic.Caller, p civic.Permission, look func(ask func(civic.Place) error) ([]edit, error)) error {
	at := a.now().UnixMicro()
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		asked := false
		edits, err := look(func(on civic.Place) error {
			asked = true
			return who.Ask(p, on)
		})
		switch {
		case err != nil:
			return err
		case len(edits) == 0:
			return store.ErrNothing
		case !asked:
			return fmt.Errorf("%s: %w", p, errUnasked)
		}
		for _, e := range edits {
			prepared, err := store.Prepare(e.subject)
			if err != nil {
				return fmt.Errorf("prepare %s %s: %w", e.subject.SubjectKind(), e.subject.SubjectID(), err)
			}
			entry := store.Entry{At: at, Actor: cmp.Or(e.actor, who.Actor), Verb: e.verb, Edition: e.edition}
			if entry.Actor == civic.CitizenActor {
				entry.At = coarse(at, tx.Newest())
			}
			if _, err := tx.Put(prepared, entry); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	return a.committed(ctx)
}

// read returns the newest version of a subject, decoded, and the number of that
// version; else a *civic.Error of kind NotFound.
func read[T civic.Subject](ctx context.Context, a *App, kind civic.Kind, id string) (sub T, number int, err error) {
	v, err := a.store.Newest(ctx, kind, id)
	if err != nil {
		return sub, 0, err
	}
	sub, err = decodeVersion[T](v)
	return sub, v.Number, err
}

// belonging returns every subject of a kind that belongs to a target, oldest
// first. Erased ones are left out.
func belonging[T civic.Subject](ctx context.Context, a *App, kind civic.Kind, role, target string) ([]T, error) {
	versions, err := a.store.Belonging(ctx, kind, role, target)
	if err != nil {
		return nil, err
	}
	out := make([]T, 0, len(versions))
	for _, v := range versions {
		if v.Erased {
			continue
		}
		sub, err := decodeVersion[T](v)
		if err != nil {
			return nil, err
		}
		out = append(out, sub)
	}
	return out, nil
}

// decodeVersion reads a version's body; an erased one is NotFound.
func decodeVersion[T civic.Subject](v store.Version) (sub T, err error) {
	if v.Erased {
		return sub, notFound(string(v.Kind), v.ID)
	}
	if err := json.Unmarshal(v.Body, &sub); err != nil {
		return sub, fmt.Errorf("decode %s %s: %w", v.Kind, v.ID, err)
	}
	return sub, nil
}

// newID makes an ID of the present moment.
func (a *App) newID() (string, error) { return civic.NewID(a.now().UnixMilli(), a.random) }

// today is the civil date of the present moment, in UTC: YYYY-MM-DD.
func (a *App) today() string { return a.now().UTC().Format(time.DateOnly) }

// placeOf is where a question about a commitment is asked.
func placeOf(c civic.Commitment) civic.Place {
	p := civic.Place{Member: c.Member, Commitment: c.ID}
	for _, e := range c.Plans {
		p.Plans = append(p.Plans, e.Plan)
	}
	for _, part := range c.Parts {
		if part.Institution != "" {
			p.Institutions = append(p.Institutions, part.Institution)
		}
	}
	return p
}

// placeOfPlan is where a question about a plan is asked.
func placeOfPlan(p civic.Plan) civic.Place {
	return civic.Place{Member: p.Member, Plans: []civic.PlanID{p.ID}}
}

package app

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"avow/internal/civic"
	"avow/internal/store"

	"golang.org/x/time/rate"
)

// App is every use case over one store. It is safe for concurrent use.
type App struct {
	store   *store.Store
	now     func() time.Time
	random  io.Reader
	index   *facetIndex
	parts   *partIndex
	tags    *tagIndex
	decided decisionIndex
	models  modelIndex
	reports reportIndex

	rollups rollups

	asking *rate.Limiter // mails for signing in

	afterCommit func(context.Context) error
}

// Options are what an App takes from the outside. Now is required; Random is
// the source of IDs and salts, the system's when nil.
type Options struct {
	Now    func() time.Time
	Random io.Reader

	// AfterCommit runs after each commit of a change: the place where the newest
	// checkpoint of the record is signed and kept outside the database.
	AfterCommit func(context.Context) error
}

// New returns the use cases over a store. It reads nothing yet: the first
// request fills the index of lists and filters.
func New(st *store.Store, o Options) *App {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	a := &App{store: st, now: o.Now, random: o.Random, parts: newPartIndex(st), afterCommit: o.AfterCommit,
		asking: rate.NewLimiter(rate.Every(time.Minute/throttleAll), throttleAll)}
	a.decided.store = st
	a.tags = &tagIndex{store: st, today: a.today}
	a.index = newFacetIndex(st, a.tags)
	return a
}

// Head returns the newest state of the public record. It costs one small query
// and decides whether a page has changed since it was last sent.
func (a *App) Head(ctx context.Context) (store.Head, error) { return a.store.Head(ctx) }

// permit returns a Forbidden error unless the actor has the permission everywhere.
// Every use case that changes something asks it, or Caller.Ask, first.
func permit(actor civic.Actor, p civic.Permission) error {
	return civic.Caller{Actor: actor}.Ask(p, civic.Place{})
}

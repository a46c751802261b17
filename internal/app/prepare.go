package app

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"avow/internal/store"
)

// How many changes are prepared before the write lock is taken, at most, and how
// far preparing runs ahead of writing after that: a longer import would need
// memory for all its search words at once.
const (
	prepareAhead = 8192
	prepareBatch = 64
)

// preparer does the costly part of writing (encoding, search words, derived
// columns) on all processors.
type preparer struct {
	ctx     context.Context // ends with the first error
	stop    context.CancelFunc
	group   *errgroup.Group
	batches []*batch
	room    chan struct{} // holds one for each batch that was begun and not taken
	ready   []pending     // of the batch that was taken
}

type batch struct {
	changes []change
	out     []pending
	done    chan struct{}
}

// prepare starts the work and waits until the changes are prepared, or of many
// the first prepareAhead. It clears the changes as it goes. The caller closes it,
// after an error too.
func prepare(ctx context.Context, changes []change, progress func(string, int, int)) (*preparer, error) {
	p := &preparer{room: make(chan struct{}, prepareAhead/prepareBatch)}
	ctx, p.stop = context.WithCancel(ctx)
	p.group, p.ctx = errgroup.WithContext(ctx)
	for from := 0; from < len(changes); from += prepareBatch {
		p.batches = append(p.batches, &batch{changes: changes[from:min(from+prepareBatch, len(changes))], done: make(chan struct{})})
	}
	all, work := p.batches, make(chan *batch)
	p.group.Go(func() error { return p.hand(all, work) })
	for range runtime.GOMAXPROCS(0) {
		p.group.Go(func() error {
			for b := range work {
				if err := b.prepare(p.ctx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i, b := range all[:min(len(all), cap(p.room))] {
		progress("prepare", i*prepareBatch, len(changes))
		if err := p.await(b); err != nil {
			return p, err
		}
	}
	return p, nil
}

// hand gives out the batches as there is room for them.
func (p *preparer) hand(batches []*batch, work chan<- *batch) error {
	defer close(work)
	for _, b := range batches {
		select {
		case p.room <- struct{}{}:
		case <-p.ctx.Done():
			return p.ctx.Err()
		}
		select {
		case work <- b:
		case <-p.ctx.Done():
			return p.ctx.Err()
		}
	}
	return nil
}

// close stops what is under way and waits for its end.
func (p *preparer) close() {
	p.stop()
	_ = p.group.Wait() // await has told it
}

func (p *preparer) await(b *batch) error {
	select {
	case <-b.done:
		return nil
	case <-p.ctx.Done():
		return p.group.Wait()
	}
}

// next returns the next change in order. It may be called once for each.
func (p *preparer) next() (pending, error) {
	if len(p.ready) == 0 {
		b := p.batches[0]
		if err := p.await(b); err != nil {
			return pending{}, err
		}
		p.ready, p.batches[0] = b.out, nil
		p.batches = p.batches[1:]
		<-p.room
	}
	one := p.ready[0]
	p.ready[0] = pending{}
	p.ready = p.ready[1:]
	return one, nil
}

func (b *batch) prepare(ctx context.Context) error {
	b.out = make([]pending, len(b.changes))
	for i, c := range b.changes {
		if err := ctx.Err(); err != nil {
			return err
		}
		subject := c.subject()
		prepared, err := store.Prepare(subject)
		if err != nil {
			return fmt.Errorf("prepare %s %s: %w", subject.SubjectKind(), subject.SubjectID(), err)
		}
		b.out[i] = pending{prepared: prepared, verb: c.verb, edition: c.edition}
		b.changes[i] = change{}
	}
	close(b.done)
	return nil
}

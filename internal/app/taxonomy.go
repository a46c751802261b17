package app

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// tagIndex keeps the taxonomy in memory and follows the record.
type tagIndex struct {
	store *store.Store
	today func() string

	mu       sync.Mutex
	head     store.Head
	timeline *taxonomy.Timeline
	day      string // "" when the timeline is new
	graph    *taxonomy.Graph
}

// current returns the taxonomy as the record has it, and its graph of today. The
// graph is another one only when something of it is.
func (x *tagIndex) current(ctx context.Context) (*taxonomy.Timeline, *taxonomy.Graph, error) {
	head, err := x.store.Head(ctx)
	if err != nil {
		return nil, nil, err
	}
	return x.at(ctx, head)
}

// at is current for a state of the record that was read already.
func (x *tagIndex) at(ctx context.Context, head store.Head) (*taxonomy.Timeline, *taxonomy.Graph, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.follow(ctx, head); err != nil {
		x.timeline = nil
		return nil, nil, fmt.Errorf("read the taxonomy: %w", err)
	}
	if day := x.today(); x.day != day {
		x.day = day
		if g := x.timeline.At(day); x.graph == nil || len(taxonomy.Diff(x.graph, g)) > 0 {
			x.graph = g
		}
	}
	return x.timeline, x.graph, nil
}

// follow brings the timeline to a state of the record.
func (x *tagIndex) follow(ctx context.Context, head store.Head) error {
	since := x.head.Size
	switch {
	case x.timeline == nil, x.head.Origin != head.Origin, head.Size < since, head.Size == since && head.Root != x.head.Root:
		since = 0
	case head.Size == since:
		return nil
	}
	var news []taxonomy.Change
	err := x.store.EachVersion(context.WithoutCancel(ctx), civic.KindTagChange, since, func(v store.Version) error {
		c, err := decodeVersion[taxonomy.Change](v)
		if err == nil && v.Entry < head.Size {
			news = append(news, c)
		}
		return err
	})
	if err != nil {
		return err
	}
	switch {
	case since == 0:
		x.timeline, err = taxonomy.NewTimeline(news)
	case len(news) > 0:
		x.timeline, err = x.timeline.With(news...)
	}
	if err != nil {
		return err
	}
	x.head, x.day = head, ""
	return nil
}

// KeyNoDatabase is the message of a place where there is no database yet.
const KeyNoDatabase = store.KeyNoDatabase

// KeyBeforeTaxonomy is the message of a day on which there is no taxonomy yet: date.
const KeyBeforeTaxonomy = "taxonomy.page.before"

// Taxonomy returns the tags through time, and as they are in force today.
func (a *App) Taxonomy(ctx context.Context) (*taxonomy.Timeline, *taxonomy.Graph, error) {
	return a.tags.current(ctx)
}

// TaxonomyAt returns the version of the taxonomy that is in force on a day
// (YYYY-MM-DD), or the one with a number; with neither the one of today. A day that
// is none is Invalid with the field "on", both together are so with the field "version";
// a number that is not there and a day before the first edition are NotFound.
func (a *App) TaxonomyAt(ctx context.Context, day string, number int) (taxonomy.Version, *taxonomy.Graph, error) {
	timeline, graph, err := a.tags.current(ctx)
	if err != nil {
		return taxonomy.Version{}, nil, err
	}
	switch {
	case number != 0 && day != "":
		return taxonomy.Version{}, nil, &civic.Error{Kind: civic.Invalid, Key: "taxonomy.fault.day_and_version", Field: "version"}
	case number != 0:
		return timeline.Version(number)
	}
	if day == "" {
		day = a.today()
	} else if _, err := time.Parse(time.DateOnly, day); err != nil {
		return taxonomy.Version{}, nil, invalid("on", day)
	} else {
		graph = timeline.At(day)
	}
	for _, p := range slices.Backward(timeline.Periods()) {
		if p.From <= day {
			return p.Version, graph, nil
		}
	}
	return taxonomy.Version{}, nil, &civic.Error{Kind: civic.NotFound, Key: KeyBeforeTaxonomy, Args: map[string]any{"date": day}}
}

package app

import (
	"cmp"
	"context"
	"fmt"
	"sync"

	"avow/internal/store"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// mostReports is how many reports are kept, one for each tag that was asked for.
const mostReports = 8

// reportIndex keeps the reports on the tags, which read every commitment. It follows
// the record: when the record has grown, or the taxonomy of today or the model that
// proposes is another one, all of them are made anew when they are asked for.
type reportIndex struct {
	mu     sync.Mutex // held while a report is made
	on     reportedOn
	of     map[taxonomy.ID]TagQuality
	losses *[]EditionLoss
	models driftIndex // follows the record by itself
}

// reportedOn is what a report was made of.
type reportedOn struct {
	head  store.Head
	graph *taxonomy.Graph
	model *tagging.Model
}

// reportOn is what a report would be made of now. The head is read first: whatever is read
// after it is as new or newer.
func (a *App) reportOn(ctx context.Context) (reportedOn, error) {
	head, err := a.store.Head(ctx)
	if err != nil {
		return reportedOn{}, err
	}
	_, graph, err := a.tags.at(ctx, head)
	if err != nil {
		return reportedOn{}, err
	}
	model, _, err := a.tagger(ctx)
	return reportedOn{head, graph, model}, err
}

// reported calls use with the reports of the record as it is now, and with a context
// that outlives the request: a client that goes away takes nothing from those who wait.
func (a *App) reported(ctx context.Context, use func(ctx context.Context, x *reportIndex) error) error {
	x := &a.reports
	x.mu.Lock()
	defer x.mu.Unlock()
	now, err := a.reportOn(ctx) // while this request waited the record may have grown
	if err != nil {
		return err
	}
	if x.on != now {
		x.on, x.of, x.losses = now, map[taxonomy.ID]TagQuality{}, nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxRefresh)
	defer cancel()
	return use(ctx, x)
}

// TagQuality makes the report. under names the tag whose only bearers are looked at;
// the empty name is DefaultMisfiling. What it returns is shared: leave it as it is.
func (a *App) TagQuality(ctx context.Context, under string) (out TagQuality, err error) {
	err = a.reported(ctx, func(ctx context.Context, x *reportIndex) error {
		tag, ok := x.on.graph.Find(cmp.Or(under, DefaultMisfiling))
		if !ok {
			return notFound("tag", TagSlug(under))
		}
		if out, ok = x.of[tag.ID]; ok {
			return nil
		}
		if out, err = a.tagQuality(ctx, x.on.graph, tag); err != nil {
			return fmt.Errorf("report on the tags: %w", err)
		}
		if out.Models, err = x.models.drift(ctx, a); err != nil {
			return fmt.Errorf("compare the models: %w", err)
		}
		if len(x.of) >= mostReports {
			clear(x.of)
		}
		x.of[tag.ID] = out
		return nil
	})
	return out, err
}

// LostTags compares, for each commitment that several editions of OGP's table hold,
// the newest of them with the one before: which tags were lost with nothing in their
// place. The tags with most losses come first. What it returns is shared.
func (a *App) LostTags(ctx context.Context) (out []EditionLoss, err error) {
	err = a.reported(ctx, func(ctx context.Context, x *reportIndex) error {
		if x.losses == nil {
			list, err := a.lostTags(ctx, x.on.graph)
			if err != nil {
				return fmt.Errorf("report on lost tags: %w", err)
			}
			x.losses = &list
		}
		out = *x.losses
		return nil
	})
	return out, err
}
